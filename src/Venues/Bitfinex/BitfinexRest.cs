using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Bitfinex;

/// <summary>REST of Bitfinex v2 (documentation of 2026-09). All answers are arrays; numbers are kept as they were written.</summary>
internal sealed class BitfinexRest : RestProtocol
{
    private const int DepthUsual = 100;
    private const int KlinesMax = 10_000;
    private const int BookWeight = 1;

    // Endpoints other than books are allowed about 30 calls a minute.
    private const int OtherWeight = 7;
    private const int BadSymbol = 10020;

    private static readonly int[] Depths = [1, 25, 100, 250];
    private static readonly string[] Intervals = ["1m", "5m", "15m", "30m", "1h", "3h", "6h", "12h", "1D", "1W", "14D", "1M"];

    /// <inheritdoc/>
    public override Venue Venue => Venue.Bitfinex;

    /// <inheritdoc/>
    public override RestRequest Time => throw new FeedException("bitfinex does not tell its time by REST");

    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth)
    {
        int limit = depth ?? DepthUsual;
        return Depths.Contains(limit)
            ? new RestRequest($"/v2/book/{symbol}/P0?len={limit}", BookWeight)
            : throw UnknownDepth(limit, string.Join(", ", Depths));
    }

    // Rows of price, orders, amount; asks have negative amounts.
    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs)
    {
        ILookup<bool, RestLevel> sides = answer.EnumerateArray()
            .Select(static row => (Price: Text(row[0]), Amount: Text(row[2])))
            .ToLookup(static row => row.Amount.StartsWith('-'), static row => new RestLevel(row.Price, row.Amount.TrimStart('-')));
        return new RestBook { Venue = Venue.Bitfinex, Symbol = symbol, Bids = [.. sides[false]], Asks = [.. sides[true]], ReceivedAtNs = receivedAtNs };
    }

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) => new("/v2/conf/pub:info:pair", OtherWeight);

    // There is no tick: prices have five significant digits.
    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        const int SizeMin = 3;
        instruments.AddRange(answer[0].EnumerateArray().Select(static pair => new InstrumentInfo
        {
            Symbol = "t" + Text(pair[0]),
            QuantityMin = pair[1].GetArrayLength() > SizeMin && Text(pair[1][SizeMin]) is { Length: > 0 } size ? size : null,
            QuantityStep = "0.00000001",
        }));
        return null;
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => throw new InvalidOperationException("it cannot be asked for");

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        CheckKlines(interval, Intervals, limit, KlinesMax);
        return new RestRequest($"/v2/candles/trade:{interval}:{symbol}/hist?limit={limit}", OtherWeight);
    }

    // Newest first; the close stands before the high.
    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.EnumerateArray().Reverse().Select(static row => new RestKline
    {
        StartNs = row[0].GetInt64() * NsPerMs,
        Open = Text(row[1]),
        Close = Text(row[2]),
        High = Text(row[3]),
        Low = Text(row[4]),
        Volume = Text(row[5]),
    });

    /// <inheritdoc/>
    protected override bool IsError(ReadOnlySpan<byte> body) => body.StartsWith("[\"error\""u8);

    // ["error",10020,"symbol: invalid"]
    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        long code = error[1].GetInt64();
        return ($"{Text(error[2])} (code {code})", code == BadSymbol);
    }
}
