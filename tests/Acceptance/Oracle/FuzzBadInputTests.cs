using System.Text;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Fuzz;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>
/// Every kind of bad input of every venue: a named reason; the stream it belongs to broken and no other, or every book of the connection where nobody can tell;
/// no level and no sequence changed; and kept in quarantine with its file, line and byte.
/// </summary>
public sealed class FuzzBadInputTests
{
    private const long ReceivedAtNs = 1_790_856_049_000_000_000;

    public static TheoryData<string> Markets => [.. FuzzMarket.All.Select(static market => market.ToString())];

    [Theory]
    [MemberData(nameof(Markets))]
    public void Bad_input_is_rejected_for_its_reason_and_breaks_only_what_it_concerns(string market)
    {
        List<string> wrong = [];
        foreach (FuzzBadInput bad in FuzzBadInput.All.Where(bad => bad.Market.ToString() == market))
        {
            string fault = Try(bad);
            if (fault.Length > 0)
            {
                wrong.Add($"{bad.What}: {fault}: {Encoding.UTF8.GetString(bad.Frame.AsSpan(0, Math.Min(bad.Frame.Length, 300)))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public void The_change_that_bad_input_is_made_of_is_good(string market)
    {
        FuzzMarket known = FuzzMarket.All.Single(one => one.ToString() == market);
        using FuzzEngine engine = Open(known);
        long before = engine.Books[0].Totals.Applied;
        DecodeResult result = Take(engine, Encoding.UTF8.GetBytes(known.Change), out string fault);

        Assert.Equal((DecodeOutcome.Records, ""), (result.Outcome, fault));
        Assert.Equal(before + 1, engine.Books[0].Totals.Applied);
        Assert.All(engine.Books, static book => Assert.Equal(BookState.Live, book.State));
    }

    /// <summary>What is well formed and yet not wanted: each is counted by its name, and no book loses a level by it.</summary>
    [Theory]
    [InlineData(Venue.BinanceSpot, """{"stream":"btcusdt@nosuchthing","data":{"e":"nosuchthing"}}""", "nosuchthing")]
    [InlineData(Venue.BinanceUsdM, """{"stream":"btcusdt@depth20@100ms","data":{"e":"depthUpdate"}}""", "depth20")]
    [InlineData(Venue.BybitLinear, """{"topic":"nosuchthing.BTCUSDT","type":"snapshot","ts":1,"data":{}}""", "nosuchthing")]
    [InlineData(Venue.BybitSpot, """{"topic":"orderbook.rpi.BTCUSDT","type":"snapshot","ts":1,"data":{}}""", "orderbook.rpi")]
    [InlineData(Venue.Okx, """{"arg":{"channel":"nosuchthing","instId":"BTC-USDT"},"data":[{}]}""", "nosuchthing")]
    [InlineData(Venue.Bitfinex, "[77,[0.5,1,7],3]", "unknown channel")]
    [InlineData(Venue.Coinbase, """{"type":"nosuchthing","product_id":"BTC-USD"}""", "nosuchthing")]
    [InlineData(Venue.CoinbaseAdvanced, """{"channel":"nosuchthing","timestamp":"2026-10-01T12:04:00Z","sequence_num":2,"events":[]}""", "nosuchthing")]
    public void An_unknown_channel_or_id_is_counted_by_name(Venue venue, string frame, string name)
    {
        FuzzMarket market = FuzzMarket.All.Single(one => one.Venue == venue);
        using FuzzEngine engine = Open(market);
        DecodeResult result = Take(engine, Encoding.UTF8.GetBytes(frame), out string fault);

        Assert.Equal((DecodeOutcome.UnknownEvent, ""), (result.Outcome, fault));
        Assert.Equal(1, engine.Decoder.UnknownEvents()[name]);
        Assert.All(engine.Books, static book => Assert.Equal(BookState.Live, book.State));
    }

    /// <summary>A symbol nobody asked for is another instrument, and its frames concern no book there is.</summary>
    [Theory]
    [InlineData(Venue.BinanceSpot, "btcusdt", "newusdt")]
    [InlineData(Venue.BinanceUsdM, "btcusdt", "newusdt")]
    [InlineData(Venue.BybitLinear, "BTCUSDT", "NEWUSDT")]
    [InlineData(Venue.BybitSpot, "BTCUSDT", "NEWUSDT")]
    [InlineData(Venue.Okx, "BTC-USDT", "NEW-USDT")]
    [InlineData(Venue.Coinbase, "BTC-USD", "NEW-USD")]
    [InlineData(Venue.CoinbaseAdvanced, "BTC-USD", "NEW-USD")]
    public void A_change_of_an_unknown_symbol_is_another_book_that_is_not_live(Venue venue, string symbol, string other)
    {
        FuzzMarket market = FuzzMarket.All.Single(one => one.Venue == venue);
        using FuzzEngine engine = Open(market);
        Take(engine, Encoding.UTF8.GetBytes(market.Change.Replace(symbol, other, StringComparison.OrdinalIgnoreCase)), out string fault);

        Assert.Equal("", fault);
        Assert.Equal(3, engine.Books.Count);
        Assert.Equal([BookState.Live, BookState.Live], engine.Books.Take(2).Select(static book => book.State));
        Assert.NotEqual(BookState.Live, engine.Books[2].State);
        Assert.Equal((0, 0), (engine.Books[2].Book.BidCount, engine.Books[2].Book.AskCount));
    }

    /// <summary>A change that came before: a repeat is ignored and counted, a wrong link is a gap. Neither touches a level.</summary>
    [Theory]
    [InlineData(Venue.BinanceSpot, "\"U\":13,\"u\":14", "\"U\":3,\"u\":4", true)]
    [InlineData(Venue.BinanceUsdM, "\"U\":15,\"u\":16,\"pu\":12", "\"U\":3,\"u\":4,\"pu\":2", false)]
    [InlineData(Venue.BybitLinear, "\"u\":11", "\"u\":9", true)]
    [InlineData(Venue.BybitSpot, "\"u\":11", "\"u\":9", true)]
    [InlineData(Venue.Okx, "\"prevSeqId\":10,\"seqId\":15", "\"prevSeqId\":3,\"seqId\":5", false)]
    [InlineData(Venue.Bitfinex, "7],3]", "7],2]", true)]
    [InlineData(Venue.CoinbaseAdvanced, "\"sequence_num\":2", "\"sequence_num\":1", true)]
    public void A_frame_that_goes_back_in_time_changes_no_level(Venue venue, string now, string before, bool isRepeat)
    {
        FuzzMarket market = FuzzMarket.All.Single(one => one.Venue == venue);
        using FuzzEngine engine = Open(market);
        BookStream book = engine.Books[0];
        (Engine.Books.Digest128 digest, long sequence) = (book.Book.Digest, book.LastSequence);
        DecodeResult result = Take(engine, Encoding.UTF8.GetBytes(market.Change.Replace(now, before, StringComparison.Ordinal)), out string fault);

        Assert.Equal((DecodeOutcome.Records, ""), (result.Outcome, fault));
        Assert.Equal((digest, sequence), (book.Book.Digest, book.LastSequence));
        Assert.Equal(isRepeat ? (1, 0) : (0, 1), (book.Totals.Duplicates, book.Totals.Gaps));
        Assert.Equal(isRepeat ? BookState.Live : BookState.Broken, book.State);
        Assert.Equal(BookState.Live, engine.Books[1].State);
    }

    [BinaryTheory]
    [MemberData(nameof(Markets))]
    public void Bad_input_is_kept_in_quarantine_with_file_line_and_byte(string market)
    {
        using TemporaryFolder folder = new();
        FuzzMarket known = FuzzMarket.All.Single(one => one.ToString() == market);

        // What is too long for a line, or holds no line, is for QuarantineTests.
        FuzzBadInput[] bad = [.. FuzzBadInput.All.Where(bad => bad.Market == known && bad.Reason is not (RejectReason.Oversized or RejectReason.Empty))];
        using MemoryStream recording = new();
        List<long> starts = [];
        IEnumerable<(byte[] Frame, bool IsBad)> opening = known.Opening.Select(static frame => (Encoding.UTF8.GetBytes(frame), false));
        foreach ((byte[] frame, bool isBad) in opening.Concat(bad.Select(static one => (one.Frame, true))))
        {
            byte[] line = [.. Encoding.UTF8.GetBytes($"{ReceivedAtNs} "), .. frame, (byte)'\n'];
            if (isBad)
            {
                int symbol = frame[0] == (byte)'@' ? Array.IndexOf(frame, (byte)' ') + 1 : 0;
                starts.Add(recording.Length + ReceivedAtNs.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + 1 + symbol);
            }

            recording.Write(line);
        }

        string path = folder.Of("bad.rec");
        File.WriteAllBytes(path, recording.ToArray());
        JsonElement json = LobBinary.Replay(known.Venue.ToName(), [path], folder.Journal, "--json").Json();

        Assert.Equal(bad.Length, json.GetProperty("rejected").GetInt32());
        byte[] quarantine = File.ReadAllBytes(Path.Combine(folder.Journal, "quarantine.log"));
        for (int i = 0; i < bad.Length; i++)
        {
            string head = $"{bad[i].Reason} {path}:{known.Opening.Count + i + 1}:{starts[i]} byte ";
            Assert.True(quarantine.AsSpan().IndexOf(Encoding.UTF8.GetBytes(head)) >= 0, $"{bad[i].What}: no \"{head}\"");
        }
    }

    private static string Try(FuzzBadInput bad)
    {
        using FuzzEngine engine = Open(bad.Market);
        DecodeResult result = Take(engine, bad.Frame, out string fault);
        BookState Expected(FuzzConcern least) => bad.Concerns >= least ? BookState.Broken : BookState.Live;
        (BookState, BookState) expected = (Expected(FuzzConcern.First), Expected(FuzzConcern.Both));
        (BookState, BookState) found = (engine.Books[0].State, engine.Books[1].State);
        return fault.Length > 0 ? fault
            : result.Outcome != DecodeOutcome.Rejected ? $"{result.Outcome}"
            : result.Reason != bad.Reason ? $"{result.Reason} at byte {result.FaultByte}, not {bad.Reason}"
            : found != expected ? $"the books are {found}, not {expected}"
            : "";
    }

    private static FuzzEngine Open(FuzzMarket market)
    {
        var engine = new FuzzEngine(market.Venue, null);
        foreach (string frame in market.Opening)
        {
            DecodeResult result = Take(engine, Encoding.UTF8.GetBytes(frame), out string fault);
            Assert.True(result.Outcome != DecodeOutcome.Rejected && fault.Length == 0, $"{market}: {frame}: {result} {fault}");
        }

        Assert.All(engine.Books.Take(2), book => Assert.True(book.State == BookState.Live, $"{market}: {book.Instrument.Symbol} is {book.State}"));
        return engine;
    }

    private static DecodeResult Take(FuzzEngine engine, byte[] frame, out string fault)
    {
        string? symbol = null;
        if (frame.Length > 0 && frame[0] == (byte)'@')
        {
            int space = Array.IndexOf(frame, (byte)' ');
            symbol = Encoding.UTF8.GetString(frame[1..space]);
            frame = frame[(space + 1)..];
        }

        return engine.Take(frame, new RecordedFrame(frame, ReceivedAtNs, symbol), out fault);
    }
}
