using System.Text;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Schemas;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Fuzz;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>
/// The short version of perf/Fuzz: a few thousand damaged frames of each venue, from the recordings of the repository, and always the same ones. Engine and
/// schema must agree but for what docs/FUZZING.md lists, and a rejected frame must leave no trace.
/// </summary>
public sealed class FuzzTests
{
    private const int Seed = 20_261_120;
    private const int FramesPerVenue = 4_000;
    private const int OpeningMax = 200;

    private static readonly Lazy<IReadOnlyList<KnownDifference>> Known =
        new(static () => KnownDifference.Read(Path.Combine(FuzzFiles.Root!, "docs", "FUZZING.md")));

    public static TheoryData<Venue> Venues => [.. FuzzVenues.Supported];

    [Theory]
    [MemberData(nameof(Venues))]
    public void Engine_and_schema_agree_on_damaged_frames(Venue venue)
    {
        FuzzReport report = Play(venue, Known.Value, FramesPerVenue);

        FuzzCounts counts = report.Of(venue);
        Assert.True(report.Unlisted == 0, report.Text());
        Assert.InRange(counts.Mutated, FramesPerVenue * 9 / 10, FramesPerVenue);
        Assert.InRange(counts.RejectedAll, counts.Frames / 10, counts.Frames * 8 / 10);
        Assert.InRange(counts.Accepted, counts.Frames / 20, counts.Frames * 8 / 10);
        Assert.True(counts.Rejected.Count >= 10, report.Text());
        Assert.True(counts.Broken > 0, report.Text());
    }

    [Fact]
    public void A_difference_that_is_not_listed_is_found()
    {
        FuzzReport report = Play(Venue.BinanceSpot, [], FramesPerVenue);

        Assert.True(report.Unlisted > 0);
        Assert.Contains("NOT LISTED: binance-spot", report.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_damages_alike_and_every_kind_of_damage_is_done()
    {
        byte[] frame = Encoding.UTF8.GetBytes("""{"e":"depthUpdate","E":1626992741037,"s":"SUSHIUSDT","t":"2022-08-04T15:25:05.010758Z","b":[["7.5040","813"],["7.6090","0"]],"a":[]}""");
        byte[] other = Encoding.UTF8.GetBytes("""{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[]}""");
        FrameMutator one = new(Seed);
        FrameMutator two = new(Seed);
        HashSet<FrameMutation> done = [];
        for (int i = 0; i < 20_000; i++)
        {
            MutatedFrame mutated = one.Mutate(frame, other);
            Assert.Equal(mutated.Bytes, two.Mutate(frame, other).Bytes);
            done.Add(mutated.Mutation);
        }

        Assert.Equal(Enum.GetValues<FrameMutation>().Where(static mutation => mutation != FrameMutation.None), done.Order());
    }

    /// <summary>A decoder that a rejected frame leaves changed is found out by its twin.</summary>
    [Fact]
    public void A_trace_of_a_rejected_frame_is_found()
    {
        using CheckedDecoder checkedDecoder = new(new ForgetfulDecoder(), new ForgetfulDecoder());
        using RecordBuffer batch = new();
        foreach ((string text, bool traced) in new[] { ("good", false), ("bad", false), ("good", true) })
        {
            batch.Clear();
            checkedDecoder.Decode(new Frame { Bytes = Encoding.UTF8.GetBytes(text) }, batch);
            Assert.Equal(traced, checkedDecoder.Fault.Length > 0);
        }
    }

    /// <summary>What fuzzing has found; each was a crash, a record no logic takes, or a wrong verdict.</summary>
    [Theory]
    [InlineData(Venue.Coinbase, RejectReason.Truncated,
        """{"type":"ticker","product_id":"BTC-USD","sequence":1,"best_bid":"1","best_ask":"2"}""", """{"type":"l2update","product_id":"BTC""")]
    [InlineData(Venue.Coinbase, RejectReason.DuplicateField,
        """{"type":"subscriptions","channels":[{"name":"","name":"full","product_ids":["ETH-USD"]}]}""")]
    [InlineData(Venue.Coinbase, RejectReason.WrongType, """{"type":"status","products":"[]"}""")]
    [InlineData(Venue.CoinbaseAdvanced, RejectReason.WrongType,
        """{"channel":"market_trades","timestamp":"2026-10-01T12:04:14.631931891Z","sequence_num":1,"events":[{"type":"snapshot","trades":""}]}""")]
    [InlineData(Venue.CoinbaseAdvanced, RejectReason.WrongType,
        """{"channel":"ticker","timestamp":"2026-10-01T12:04:14.631931891Z","events":"[]","sequence_num":1}""")]
    public void What_was_found_stays_mended(Venue venue, RejectReason reason, params string[] frames)
    {
        using FuzzEngine engine = new(venue, null);
        DecodeResult result = default;
        foreach (string frame in frames)
        {
            result = Take(engine, frame, out string fault);
            Assert.Equal("", fault);
        }

        Assert.Equal((DecodeOutcome.Rejected, reason), (result.Outcome, result.Reason));
    }

    /// <summary>A book that was cut off behind its first side left rows behind, which came in front of the next REST book.</summary>
    [Fact]
    public void A_rest_book_behind_half_a_book_of_Okx_is_a_whole_message()
    {
        const string Book = """{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"snapshot","data":[{"asks":[["2","1","0","1"]],"bids":[["1","1","0","1"]],"ts":"1790856030060","checksum":0,"prevSeqId":-1,"seqId":1}]}""";
        using FuzzEngine engine = new(Venue.Okx, "BTC-USDT");
        foreach (string frame in new[]
        {
            Book,
            Book[..Book.IndexOf("\"bids\"", StringComparison.Ordinal)],
            """{"code":"0","msg":"","data":[{"asks":[["2","1","0","1"]],"bids":[["1","1","0","1"]],"ts":"1790856030060","seqId":1}]}""",
        })
        {
            Take(engine, frame, out string fault);
            Assert.Equal("", fault);
        }
    }

    [Fact]
    public void A_schema_rejects_what_is_no_json_and_says_why()
    {
        foreach (Venue venue in FuzzVenues.Supported)
        {
            VenueSchema schema = VenueSchema.Create(venue, null);
            Assert.Equal(SchemaVerdict.Reject, schema.Judge("{\"a\":1,}"u8.ToArray(), null));
            Assert.False(schema.IsJson);
            Assert.StartsWith("not JSON", schema.Fault.Text, StringComparison.Ordinal);
            Assert.Equal(SchemaVerdict.Reject, schema.Judge([(byte)'"', 0xFF, (byte)'"'], null));
            Assert.Equal("not UTF-8", schema.Fault.Text);
            Assert.Equal(SchemaVerdict.Reject, schema.Judge("true"u8.ToArray(), null));
            Assert.True(schema.IsJson);
        }
    }

    internal static DecodeResult Take(FuzzEngine engine, string frame, out string fault) =>
        engine.Take(Encoding.UTF8.GetBytes(frame), new RecordedFrame(Encoding.UTF8.GetBytes(frame), ReceivedAtNs: 1_790_856_049_000_000_000), out fault);

    private static FuzzReport Play(Venue venue, IReadOnlyList<KnownDifference> known, int frames)
    {
        FuzzReport report = new(known);
        FramePool[] pools =
        [
            .. FuzzSource.All.Where(source => source.Venue == venue)
                .Select(static source => FramePool.Load(source, OpeningMax, committedOnly: true)).OfType<FramePool>(),
        ];
        Assert.NotEmpty(pools);
        for (int i = 0; i < pools.Length; i++)
        {
            new FuzzRun(pools[i], report, Seed + i).Play(frames / pools.Length);
        }

        return report;
    }

    // Counts its frames, rejected ones too, in what it records.
    private sealed class ForgetfulDecoder : IVenueDecoder
    {
        private long _frames;

        public Venue Venue => Venue.BinanceSpot;

        public DecodeResult Decode(in Frame frame, RecordBuffer batch)
        {
            _frames++;
            if (frame.Bytes.SequenceEqual("bad"u8))
            {
                return DecodeResult.Rejected(RejectReason.Syntax, 0, 0);
            }

            batch.Add<MessageBegin>().LastSequence = _frames;
            return DecodeResult.Ok;
        }

        public void Learn(ReadOnlySpan<Record> definition)
        {
        }

        public IReadOnlyList<string> MissingFields() => [];

        public IReadOnlyDictionary<string, long> UnknownEvents() => new Dictionary<string, long>();

        public IReadOnlyDictionary<string, long> ControlMessages() => new Dictionary<string, long>();
    }
}
