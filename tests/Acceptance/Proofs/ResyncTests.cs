using System.Globalization;
using System.Text;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
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

    private void Check(BinanceMarket market, string file)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(file).Take(FramesOfLong)];
        var clean = new CleanRun(market, SymbolOf(file), frames);
        long breaks = 0;
        long resyncs = 0;
        long liveChecked = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            List<RecordedFrame> damaged = Damage(frames, clean, new Random(seed));
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
                if (engine.Book is { State: BookState.Live } book && clean.Digests.TryGetValue(book.LastSequence, out Digest128 digest))
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

        // A ticker that comes when the book is already one delta further is compared by the plain replay only: the engine remembers tickers, not its own bests.
        Assert.Equal((totals.BestCompared, plain.BboCompared), (totals.BestEqual, plain.BboEqual));
        Assert.InRange(totals.BestCompared, plain.BboCompared - 2, plain.BboCompared);
        Assert.Equal(
            plain.Streams[0].Bridges.Select(static bridge => (bridge.SnapshotSequence, bridge.Dropped, bridge.Applied)),
            engine.Book.Bridges.Select(static bridge => (bridge.SnapshotSequence, (int)bridge.Dropped, (int)bridge.Applied)));
    }

    private static List<RecordedFrame> Damage(RecordedFrame[] frames, CleanRun clean, Random random)
    {
        List<RecordedFrame> damaged = [];
        for (int i = 0; i < frames.Length; i++)
        {
            // The first frames stay, so that every stream is known by name.
            switch (i < 10 ? 100 : random.Next(100))
            {
                case 0 or 1:
                    break;
                case 2 or 3:
                    damaged.Add(frames[i]);
                    damaged.Add(frames[i]);
                    break;
                case 4 when i + 1 < frames.Length:
                    damaged.Add(frames[i + 1]);
                    damaged.Add(frames[i]);
                    i++;
                    break;
                case 5:
                    int length = random.Next(1, frames[i].Bytes.Length);
                    damaged.Add(frames[i] with { Bytes = frames[i].Bytes[..length] });
                    break;
                default:
                    damaged.Add(frames[i]);
                    break;
            }

            // Some too old, some too new, some twice.
            if (random.Next(12) == 0 && clean.SnapshotNear(i + random.Next(-40, 20), frames[Math.Min(i, frames.Length - 1)].ReceivedAtNs) is { } snapshot)
            {
                damaged.Add(snapshot);
            }
        }

        return damaged;
    }

    /// <summary>The recording as it is: what its book was at each sequence, and snapshots of it.</summary>
    private sealed class CleanRun
    {
        private readonly List<string?> _snapshots = [];

        public CleanRun(BinanceMarket market, string symbol, RecordedFrame[] frames)
        {
            using EnginePipeline engine = EnginePipeline.InMemory(market, symbol);
            string symbolField = market == BinanceMarket.CoinM ? $"\"symbol\":\"{symbol}\"," : "";
            long last = Sequence.None;
            foreach (RecordedFrame frame in frames)
            {
                engine.Feed(frame);
                if (engine.Book is not { State: BookState.Live } book)
                {
                    _snapshots.Add(null);
                    continue;
                }

                if (book.LastSequence != last)
                {
                    last = book.LastSequence;
                    Digests[last] = book.Book.Digest;
                    _snapshots.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{{\"lastUpdateId\":{last},{symbolField}\"bids\":[{Rows(book.Book, Side.Bid)}],\"asks\":[{Rows(book.Book, Side.Ask)}]}}"));
                }
                else
                {
                    _snapshots.Add(_snapshots[^1]);
                }
            }
        }

        public Dictionary<long, Digest128> Digests { get; } = [];

        /// <summary>A REST answer with the book behind a frame; null where there was none.</summary>
        public RecordedFrame? SnapshotNear(int frame, long receivedAtNs) =>
            _snapshots[Math.Clamp(frame, 0, _snapshots.Count - 1)] is { } text ? new RecordedFrame(Encoding.UTF8.GetBytes(text), receivedAtNs) : null;

        private static string Rows(L2Book book, Side side) =>
            string.Join(',', book.ToArray(side).Select(level => $"[\"{book.PriceOf(level)}\",\"{book.QuantityOf(level)}\"]"));
    }
}
