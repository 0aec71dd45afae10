using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>A checkpoint holds everything that anything derived later can depend on: whoever starts at it derives the same bytes.</summary>
public class CheckpointTests
{
    private const int Seeds = 60;
    private const int Steps = 300;
    private const int CutsPerSeed = 12;

    [Fact]
    public void A_logic_restored_at_any_message_end_derives_the_same_bytes()
    {
        var met = new HashSet<string>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            List<Record[]> feed = RandomFeed.Create(seed, Steps);
            var random = new Random(seed);
            HashSet<int> cuts = [0, feed.Count, .. Enumerable.Range(0, CutsPerSeed).Select(_ => random.Next(feed.Count))];
            var checkpoints = new Dictionary<int, Record[]>();
            var straight = new JournalSpy();
            var commits = new List<Record[]>();
            using var logic = new Logic<SpySink>(straight.Sink, new EngineOptions { WindowBits = 12 });
            for (int i = 0; i < feed.Count; i++)
            {
                if (cuts.Contains(i))
                {
                    checkpoints[i] = Checkpoint(logic);
                    Note(checkpoints[i], met);
                }

                logic.Process(feed[i]);
                commits.Add(straight.LastCommit);
            }

            Record[] end = Checkpoint(logic);
            foreach ((int cut, Record[] checkpoint) in checkpoints)
            {
                string where = $"seed {seed}, restored at message {cut} of {feed.Count}";
                var spy = new JournalSpy();
                using var restored = new Logic<SpySink>(spy.Sink, new EngineOptions { WindowBits = 14 });
                restored.Restore(checkpoint);
                Assert.True(Same(checkpoint, Checkpoint(restored)), $"{where}: its own checkpoint differs");
                for (int i = cut; i < feed.Count; i++)
                {
                    restored.Process(feed[i]);
                    Assert.True(Same(commits[i], spy.LastCommit), $"{where}: message {i} ({feed[i][0].Header.Kind}) derives something else");
                }

                Assert.True(Same(end, Checkpoint(restored)), $"{where}: the checkpoint at the end differs");
            }
        }

        // The test is worth something only if the cuts met every state there is.
        string[] all =
        [
            "Empty", "Bridging", "Live", "Stale", "Broken", "deltas wait", "snapshot waits", "snapshot held", "tickers", "open counters",
            "crossed", "locked", "range", "broken since", "dropped", "own best", "compared", "finer epoch", "sealed before",
        ];
        Assert.Empty(all.Except(met));
    }

    [Fact]
    public void A_checkpoint_is_one_message_and_says_how_long_it_is()
    {
        using Market market = Market.LiveSpot();
        Record[] checkpoint = Checkpoint(market.Logic);
        Assert.All(checkpoint, static record => Assert.True(record.Header.Has(RecordFlags.Checkpoint)));
        Assert.Equal(RecordFlags.Checkpoint | RecordFlags.FirstInMessage, checkpoint[0].Header.Flags);
        Assert.True(checkpoint[^1].Header.Has(RecordFlags.LastInMessage));
        Assert.All(checkpoint[1..], static record => Assert.False(record.Header.Has(RecordFlags.FirstInMessage)));
        Assert.All(checkpoint[..^1], static record => Assert.False(record.Header.Has(RecordFlags.LastInMessage)));
        EngineState state = Record.Read<EngineState>(checkpoint[0]);
        Assert.Equal(((uint)checkpoint.Length, 1u, 3u, market.NowNs), (state.Slots, state.Instruments, state.Streams, state.Header.ReceivedAtNs));
    }

    [Fact]
    public void Filler_inside_a_checkpoint_is_skipped()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(200, 1, 1, 1, 1);
        Record[] checkpoint = Checkpoint(market.Logic);
        var padded = new List<Record>();
        foreach (Record record in checkpoint)
        {
            padded.Add(new Record { Header = new RecordHeader { Kind = RecordKind.Padding } });
            padded.Add(record);
        }

        using var restored = new Logic<NullSink>(default);
        restored.Restore(padded.ToArray());
        Assert.Equal(RecordBytes.Bytes(checkpoint), RecordBytes.Bytes(Checkpoint(restored)));
    }

    [Fact]
    public void A_checkpoint_of_nothing_is_restored_to_nothing()
    {
        using var empty = new Logic<NullSink>(default);
        Record[] checkpoint = Checkpoint(empty);
        Assert.Equal(2, checkpoint.Length);
        using var restored = new Logic<NullSink>(default);
        restored.Restore(checkpoint);
        Assert.Equal((0, 0), (restored.Instruments.Count, restored.Books.Count));
    }

    [Fact]
    public void A_ticker_forgotten_at_a_finer_epoch_leaves_no_hole()
    {
        using Market market = Market.LiveSpot();
        for (int i = 0; i < 64; i++)
        {
            market.Ticker(200 + i, 9_900, 10, i == 10 ? long.MaxValue / 10 : 10_100, 20);
        }

        market.Process(Messages.Instrument(1, 2, 4, 3, market.NowNs));
        using var restored = new Logic<SpySink>(new JournalSpy().Sink);
        restored.Restore(Checkpoint(market.Logic));

        // One more ticker: both still know the oldest one, or neither does.
        Record[] ticker = Messages.Ticker(Market.TickerStream, 300, market.NowNs, 1, 1, 2, 2);
        market.Process(ticker);
        restored.Process(ticker);
        Assert.Equal(RecordBytes.Bytes(Checkpoint(market.Logic)), RecordBytes.Bytes(Checkpoint(restored)));
        Record[] delta = Messages.Delta(1, 101, 200, Sequence.None, market.NowNs);
        market.Process(delta);
        restored.Process(delta);
        Assert.Equal(1, market.Stream.Totals.BestCompared);
        Assert.Equal(1, restored.Books[0].Totals.BestCompared);
    }

    [Fact]
    public void What_is_no_checkpoint_is_refused()
    {
        using Market market = Market.Spot();
        market.Delta(100, 101, Bid(5, 1));
        market.Ticker(105, 1, 1, 2, 1);
        Record[] checkpoint = Checkpoint(market.Logic);

        // Cut off anywhere.
        for (int length = 0; length < checkpoint.Length; length++)
        {
            using var logic = new Logic<NullSink>(default);
            Assert.Throws<InvalidDataException>(() => logic.Restore(checkpoint.AsSpan(0, length)));
        }

        using var other = new Logic<NullSink>(default);
        Assert.Throws<InvalidDataException>(() => other.Restore(Messages.Delta(1, 1, 1, 1, 1, Bid(1, 1))));
        Assert.Throws<InvalidOperationException>(() => market.Logic.Restore(checkpoint));
    }

    [Fact]
    public void Definitions_are_handed_out_for_a_decoder_that_goes_on()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(200, 1, 1, 1, 1);
        var learned = new List<(RecordKind, int, uint)>();
        market.Logic.WriteDefinitions(definition => learned.Add((definition[0].Header.Kind, definition.Length, definition[0].Header.StreamId)));
        Assert.Equal(
            [
                (RecordKind.InstrumentDefinition, 3, 0u), (RecordKind.StreamDefinition, 2, 1u),
                (RecordKind.StreamDefinition, 2, 2u), (RecordKind.StreamDefinition, 2, 3u),
            ],
            learned);
    }

    private static bool Same(Record[] left, Record[] right) => RecordBytes.Bytes(left).AsSpan().SequenceEqual(RecordBytes.Bytes(right));

    private static Record[] Checkpoint(ICheckpointSource logic)
    {
        using var buffer = new RecordBuffer(16);
        logic.WriteCheckpoint(buffer);
        return buffer.Records.ToArray();
    }

    /// <summary>Which states a checkpoint has.</summary>
    private static void Note(Record[] checkpoint, HashSet<string> met)
    {
        bool inStream = false;
        if (Record.Read<EngineChain>(checkpoint[1]).Index > 0)
        {
            met.Add("sealed before");
        }

        for (int i = 2; i < checkpoint.Length; i++)
        {
            switch (checkpoint[i].Header.Kind)
            {
                case RecordKind.InstrumentDefinition:
                    inStream = false;
                    if (Record.Read<InstrumentDefinition>(checkpoint[i]).Epoch > 1)
                    {
                        met.Add("finer epoch");
                    }

                    i += InstrumentDefinition.Slots - 1;
                    break;
                case RecordKind.RememberedBest:
                    met.Add(!inStream ? "tickers" : checkpoint[i].Header.Code == 0 ? "own best" : "compared");
                    break;
                case RecordKind.MessageBegin:
                    met.Add(inStream ? "deltas wait" : "snapshot held");
                    break;
                case RecordKind.StreamState:
                    inStream = true;
                    NoteStream(checkpoint.AsSpan(i, StreamState.Slots + 1), met);
                    i += StreamState.Slots - 1;
                    break;
                default:
                    break;
            }
        }
    }

    private static void NoteStream(ReadOnlySpan<Record> slots, HashSet<string> met)
    {
        StreamState state = Record.Read<StreamState>(slots[0]);
        StreamStateTimes times = Record.Read<StreamStateTimes>(slots[1]);
        SealCounts counts = Record.Read<SealCounts>(slots[4]);
        BookImage image = Record.Read<BookImage>(slots[StreamState.Slots]);
        met.Add(((BookState)state.Header.Code).ToString());
        Note(state.SnapshotWaits != 0, "snapshot waits");
        Note(state.Dropped != 0, "dropped");
        Note(times.BrokenSinceNs != 0, "broken since");
        Note(times.CrossedSinceNs != 0 && times.Locked == 0, "crossed");
        Note(times.CrossedSinceNs != 0 && times.Locked == 1, "locked");
        Note(counts.Applied > 0 && counts.Levels > 0, "open counters");
        Note(image.KnownLowTicks != long.MinValue && image.KnownHighTicks != long.MaxValue, "range");

        void Note(bool holds, string what)
        {
            if (holds)
            {
                met.Add(what);
            }
        }
    }
}
