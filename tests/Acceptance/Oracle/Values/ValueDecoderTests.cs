using Lob.Fast.Baselines.Values;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Oracle.Values;

/// <summary>
/// The decoders that the engine's own are measured against find the same numbers in every frame of every recording, and the engine's find no more: neither side
/// does less work than the other and calls it the same.
/// </summary>
public sealed class ValueDecoderTests
{
    // Behind a frame, for decoders that load more at once than they use.
    private const int Slack = 64;

    [Theory]
    [MemberData(nameof(FrameCountsTests.Committed), MemberType = typeof(FrameCountsTests))]
    public void Utf8JsonReader_finds_the_same_in_the_repositorys_recordings(Venue venue, string file)
    {
        using IValueDecoder decoder = ValueDecoders.Utf8Json(venue);
        Check(decoder, venue, file);
    }

    [RecordingTheory(BinanceRecordings.UsdM, FeedRecordings.BybitLinear, FeedRecordings.Okx2026, FeedRecordings.CoinbaseAdvanced)]
    [MemberData(nameof(FrameCountsTests.NotCommitted), MemberType = typeof(FrameCountsTests))]
    public void Utf8JsonReader_finds_the_same_in_the_other_recordings(Venue venue, string file)
    {
        using IValueDecoder decoder = ValueDecoders.Utf8Json(venue);
        Check(decoder, venue, file);
    }

    [SimdjsonTheory]
    [MemberData(nameof(FrameCountsTests.Committed), MemberType = typeof(FrameCountsTests))]
    public void Simdjson_finds_the_same_in_the_repositorys_recordings(Venue venue, string file)
    {
        using IValueDecoder decoder = new SimdjsonDecoder(venue);
        Check(decoder, venue, file);
    }

    [SimdjsonTheory(BinanceRecordings.UsdM, FeedRecordings.BybitLinear, FeedRecordings.Okx2026, FeedRecordings.CoinbaseAdvanced)]
    [MemberData(nameof(FrameCountsTests.NotCommitted), MemberType = typeof(FrameCountsTests))]
    public void Simdjson_finds_the_same_in_the_other_recordings(Venue venue, string file)
    {
        using IValueDecoder decoder = new SimdjsonDecoder(venue);
        Check(decoder, venue, file);
    }

    [Theory]
    [InlineData(Venue.BinanceUsdM, BinanceRecordings.Sushi)]
    [InlineData(Venue.Okx, FeedRecordings.Okx2022)]
    [InlineData(Venue.Coinbase, FeedRecordings.CoinbaseExchange)]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec")]
    [InlineData(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec")]
    public void Utf8JsonReader_allocates_nothing_once_its_list_has_its_size(Venue venue, string file)
    {
        using IValueDecoder decoder = ValueDecoders.Utf8Json(venue);
        using var reader = new RecordingReader([Recordings.PathOf(file)]);
        var frames = new List<byte[]>();
        while (reader.TryRead(out RecordedLine line))
        {
            frames.Add(line.Frame.Bytes.ToArray());
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            foreach (byte[] frame in frames)
            {
                decoder.TryDecode(frame);
            }
        }
    }

    [Fact]
    public void A_decoder_that_loses_a_level_is_caught()
    {
        using IValueDecoder decoder = new LosingDecoder(ValueDecoders.Utf8Json(Venue.Okx));
        Assert.Throws<Xunit.Sdk.FailException>(() => Check(decoder, Venue.Okx, FeedRecordings.Okx2022));
    }

    private static void Check(IValueDecoder decoder, Venue venue, string file)
    {
        string path = Recordings.PathOf(file);
        IVenueDecoder codec = CodecFactory.Create(venue, new DecoderOptions { SymbolResolver = () => DepthSymbolScan.OnlySymbol([path]) });
        var expected = new RecordedValues(venue);
        var found = new DecodedValues(venue);
        using var batch = new RecordBuffer();
        using var reader = new RecordingReader([path]);
        byte[] padded = [];
        while (reader.TryRead(out RecordedLine line))
        {
            if (line.Reason != RejectReason.None)
            {
                continue;
            }

            batch.Clear();
            DecodeResult result = codec.Decode(line.Frame, batch);
            expected.Take(batch.Records);
            int length = line.Frame.Bytes.Length;
            if (padded.Length < length + Slack)
            {
                padded = new byte[2 * (length + Slack)];
            }

            line.Frame.Bytes.CopyTo(padded);
            bool isRead = decoder.TryDecode(padded.AsSpan(0, length));
            Assert.True(!expected.IsTooFine || file.StartsWith("synthetic/", StringComparison.Ordinal), $"{file}, line {line.Frame.Line}: too fine");
            if (result.Outcome == DecodeOutcome.Rejected || expected.IsLeftOut || expected.IsTooFine)
            {
                continue;
            }

            // Bare text, which OKX sends as "pong", is no JSON: nothing is in it for either.
            if (!isRead && expected.Values.Count > 0)
            {
                Assert.Fail($"{file}, line {line.Frame.Line}: not read");
            }

            found.Take(isRead ? decoder.Values : default, line.Frame.Bytes);
            Compare(expected, found, $"{file}, line {line.Frame.Line}");
        }
    }

    private static void Compare(RecordedValues expected, DecodedValues found, string where)
    {
        for (int i = 0; i < Math.Max(expected.Values.Count, found.Values.Count); i++)
        {
            if (i >= expected.Values.Count || i >= found.Values.Count || !ValueMessages.Same(expected.Values[i], found.Values[i]))
            {
                string right = i < expected.Values.Count ? ValueMessages.Text(expected.Values[i]) : "nothing";
                string got = i < found.Values.Count ? ValueMessages.Text(found.Values[i]) : "nothing";
                Assert.Fail($"{where}, value {i}:\nengine      {right}\nalternative {got}");
            }
        }

        for (int i = 0; i < found.Symbols.Count; i++)
        {
            Assert.True(found.Symbols[i].Length == 0 || found.Symbols[i] == expected.Symbols[i], $"{where}: {found.Symbols[i]} is not {expected.Symbols[i]}");
        }
    }

    private sealed class LosingDecoder(IValueDecoder inner) : IValueDecoder
    {
        public ReadOnlySpan<FrameValue> Values => inner.Values is [.. var kept, { Kind: FrameValueKind.Level }] ? kept : inner.Values;

        public bool TryDecode(ReadOnlySpan<byte> frame) => inner.TryDecode(frame);

        public void Dispose() => inner.Dispose();
    }
}
