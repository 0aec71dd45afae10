using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Recordings in which frames are lost, repeated, out of order and cut short again and again, and snapshots of any age arrive in between: books
/// break and come back many times. Whenever the engine says that a book is live, it is the book of the undamaged recording at that sequence.
/// </summary>
public sealed class ResyncTests(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const int FramesOfLong = 1_500;

    private static readonly JournalOptions Tiny = new() { SegmentRecords = JournalOptions.SegmentRecordsMin };

    [Theory]
    [InlineData(BinanceMarket.Spot, Nkn)]
    [InlineData(BinanceMarket.Spot, Spot8)]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.UsdM, Akro)]
    [InlineData(BinanceMarket.UsdM, Keep)]
    public void Live_is_never_wrong_in_the_bundled_recordings(BinanceMarket market, string file) => Check(market, file);

    [RecordingTheory(UsdM, CoinM8)]
    [InlineData(BinanceMarket.UsdM, UsdM)]
    [InlineData(BinanceMarket.CoinM, CoinM8)]
    public void Live_is_never_wrong_in_the_long_recordings(BinanceMarket market, string file) => Check(market, file);

    /// <summary>Journals full of gaps, rejections and images: they rerun, their seals verify, and they can be continued from any point.</summary>
    [Theory]
    [InlineData(BinanceMarket.Spot, Nkn)]
    [InlineData(BinanceMarket.Spot, Spot8)]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.UsdM, Akro)]
    public void Their_journals_rerun_and_can_be_continued(BinanceMarket market, string file)
    {
        using var folder = new TemporaryFolder();
        var recording = new DamagedRecording(market, SymbolOf(file), [.. ProofRecordings.Read(file).Take(FramesOfLong)]);
        for (int seed = 0; seed < 6; seed++)
        {
            List<RecordedFrame> damaged = recording.Damage(seed);
            string whole = folder.Of($"whole{seed}");
            string parts = folder.Of($"parts{seed}");
            using EnginePipeline one = AppendTests.Replay(EnginePipeline.Journaled(market, SymbolOf(file), whole, Tiny), damaged);
            using (JournalReader reader = JournalReader.Open(whole))
            {
                Assert.Null(JournalRerun.Run(reader).Difference);
                Assert.Null(SealVerifier.Verify(reader).Difference);
            }

            int cut = new Random(seed).Next(1, damaged.Count);
            AppendTests.Replay(EnginePipeline.Journaled(market, SymbolOf(file), parts, Tiny), damaged[..cut]).Dispose();
            using EnginePipeline appended = AppendTests.Replay(EnginePipeline.Appending(market, SymbolOf(file), parts, Tiny), damaged[cut..]);
            AppendTests.Compare(one, appended, whole, parts);
        }
    }

    private void Check(BinanceMarket market, string file)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(file).Take(FramesOfLong)];
        var recording = new DamagedRecording(market, SymbolOf(file), frames);
        long breaks = 0;
        long resyncs = 0;
        long liveChecked = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            List<RecordedFrame> damaged = recording.Damage(seed);
            using EnginePipeline engine = EnginePipeline.InMemory(market, SymbolOf(file), new EngineOptions { WindowBits = seed % 2 == 0 ? 12 : 16 });
            var plain = new SimpleBinanceReplay(market, SymbolOf(file));
            var comparison = new BookComparison();
            for (int i = 0; i < damaged.Count; i++)
            {
                engine.Feed(damaged[i]);
                plain.Feed(damaged[i]);
                string what = $"{file}, seed {seed}, frame {i} of {damaged.Count}";
                string? difference = comparison.Difference(engine.Book, plain.Streams.SingleOrDefault());
                Assert.True(difference is null, $"{what}: {difference}");
                if (engine.Book is { State: BookState.Live } book && recording.Digests.TryGetValue(book.LastSequence, out Digest128 digest))
                {
                    Assert.True(digest == book.Book.Digest, $"{what}: live at sequence {book.LastSequence}, and wrong");
                    liveChecked++;
                }
            }

            CheckCounts(engine, plain, $"{file}, seed {seed}");
            breaks += engine.Book!.Totals.Gaps + engine.Book.Totals.Rejected;
            resyncs += engine.Book.Totals.Resyncs;
        }

        output.WriteLine($"{breaks} breaks, {resyncs} resyncs, {liveChecked:N0} times live and compared");
        Assert.True(resyncs > Seeds, $"only {resyncs} resyncs");
    }

    private static void CheckCounts(EnginePipeline engine, SimpleBinanceReplay plain, string what)
    {
        StreamTotals totals = engine.Book!.Totals;
        (long, long, long, long) own = (engine.Logic.Totals.Rejected, totals.Gaps, totals.Duplicates, totals.Resyncs);
        (long, long, long, long) its = (plain.Rejected, plain.Gaps, plain.Duplicates, plain.Resyncs);
        Assert.True(own == its, $"{what}: rejected, gaps, duplicates, resyncs {own}, plain replay {its}");

        Assert.Equal((plain.BboCompared, plain.BboEqual), (totals.BestCompared, totals.BestEqual));
        Assert.Equal(
            plain.Streams[0].Bridges.Select(static bridge => (bridge.SnapshotSequence, bridge.Dropped, bridge.Applied)),
            engine.Book.Bridges.Select(static bridge => (bridge.SnapshotSequence, (int)bridge.Dropped, (int)bridge.Applied)));
    }
}
