using Lob.Fast.Acceptance.Oracle;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// The feeds with snapshots in the stream allocate nothing either. Their recordings can simply be played again: each starts with snapshots, or with a new
/// connection. <see cref="AllocationTests"/> shows that the way of measuring sees an allocation.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FeedAllocationTests(ITestOutputHelper output)
{
    private const int FramesMin = 100_000;
    private const int WarmUpRounds = 3;
    private const long NsPerSecond = 1_000_000_000;

    private static readonly JournalOptions ManySegments = new() { SegmentRecords = 1 << 17 };

    [Theory]
    [InlineData(Venue.Okx, FeedRecordings.Okx2022)]
    [InlineData(Venue.Okx, "synthetic/okx_books_2026.rec")]
    [InlineData(Venue.Bitfinex, FeedRecordings.BitfinexSequence)]
    [InlineData(Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum.rec")]
    [InlineData(Venue.Coinbase, FeedRecordings.CoinbaseExchange)]
    [InlineData(Venue.Coinbase, "synthetic/coinbase_full.rec")]
    [InlineData(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec")]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec")]
    [InlineData(Venue.BybitSpot, "synthetic/bybit_spot_orderbook50.rec")]
    public void The_repositorys_recordings_again_and_again(Venue venue, string file) => Check(venue, file);

    [RecordingTheory(FeedRecordings.BybitLinear, FeedRecordings.CoinbaseAdvanced)]
    [InlineData(Venue.BybitLinear, FeedRecordings.BybitLinear)]
    [InlineData(Venue.CoinbaseAdvanced, FeedRecordings.CoinbaseAdvanced)]
    public void The_other_recordings_again_and_again(Venue venue, string file) => Check(venue, file);

    private void Check(Venue venue, string file)
    {
        using var folder = new TemporaryFolder();
        using EnginePipeline pipeline = EnginePipeline.Journaled(venue, folder.Of("journal"), ManySegments);
        RecordedFrame[] frames = [.. ProofRecordings.Read(file)];
        long roundNs = frames[^1].ReceivedAtNs - frames[0].ReceivedAtNs + NsPerSecond;
        byte[][] bytes = [.. frames.Select(static frame => frame.Bytes.ToArray())];
        byte[][] symbols = [.. frames.Select(static frame => System.Text.Encoding.ASCII.GetBytes(frame.Symbol ?? ""))];
        string? firstSeen = null;
        int round = 0;
        for (; round < WarmUpRounds; round++)
        {
            Play(round);
        }

        long allocated = 0;
        int played = 0;
        for (; played < FramesMin; round++)
        {
            allocated += Play(round);
            played += frames.Length;
        }

        pipeline.Close();
        output.WriteLine($"{played:N0} frames, {pipeline.Logic.Totals.Records:N0} records: {allocated} bytes outside of new segments");
        Assert.Equal(0, pipeline.Logic.Totals.Rejected);
        Assert.All(pipeline.Logic.Books, static book => Assert.Equal(BookState.Live, book.State));
        Assert.True(pipeline.Logic.Totals.Messages > played / 2);
        Assert.True(allocated == 0, $"{allocated:N0} bytes allocated, first at {firstSeen}");

        long Play(int number)
        {
            long sum = 0;
            for (int i = 0; i < frames.Length; i++)
            {
                int segment = pipeline.Writer!.SegmentNumber;
                long before = GC.GetAllocatedBytesForCurrentThread();
                DecodeResult result = pipeline.Sequencer.OnFrame(new Frame
                {
                    Bytes = bytes[i],
                    Symbol = symbols[i],
                    ReceivedAtNs = frames[i].ReceivedAtNs + (number * roundNs),
                    Line = i + 1,
                });

                // Acknowledgements set channels up: that may take a few bytes, and happens before there is anything to be late for.
                bool counts = pipeline.Writer.SegmentNumber == segment && result.Outcome != DecodeOutcome.Control;
                long bytesOfFrame = counts ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
                sum += bytesOfFrame;
                if (bytesOfFrame > 0 && number >= WarmUpRounds)
                {
                    firstSeen ??= $"round {number}, line {i + 1}, {bytesOfFrame} bytes: {System.Text.Encoding.UTF8.GetString(bytes[i].AsSpan(0, Math.Min(120, bytes[i].Length)))}";
                }
            }

            return sum;
        }
    }
}
