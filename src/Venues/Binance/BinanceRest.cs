using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Binance;

/// <summary>REST of Binance spot (<c>/api/v3</c>), USD-M (<c>/fapi/v1</c>) and COIN-M (<c>/dapi/v1</c>), documentation of 2026-07.</summary>
internal sealed class BinanceRest(Venue venue) : RestProtocol
{
    private const int SpotDepthMax = 5000;
    private const int FuturesDepthMax = 1000;
    private const int UnknownSymbol = -1121;
    private const int BadSymbol = -1100;
    private const int ProbeDepth = 5;

    private static readonly int[] FuturesDepths = [5, 10, 20, 50, 100, 500, 1000];
    private static readonly string[] Intervals = ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    /// <inheritdoc/>
    public override Venue Venue => venue;

    private bool IsSpot => venue == Venue.BinanceSpot;

    private string Root => venue switch
    {
        Venue.BinanceSpot => "/api/v3",
        Venue.BinanceUsdM => "/fapi/v1",
        _ => "/dapi/v1",
    };

    /// <inheritdoc/>
    public override RestRequest Time => new($"{Root}/time", 1);

    /// <inheritdoc/>
    public override RestRequest Probe(string symbol) => Book(symbol, ProbeDepth);

    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth)
    {
        int limit = depth ?? (IsSpot ? SpotDepthMax : FuturesDepthMax);
        if (IsSpot ? limit is < 1 or > SpotDepthMax : !FuturesDepths.Contains(limit))
        {
            throw UnknownDepth(limit, IsSpot ? $"1 to {SpotDepthMax}" : string.Join(", ", FuturesDepths));
        }

        return new RestRequest($"{Root}/depth?symbol={Escaped(symbol)}&limit={limit}", IsSpot ? SpotWeight(limit) : FuturesWeight(limit));
    }

    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs) => new()
    {
        Venue = venue,
        Symbol = symbol,
        Bids = Levels(answer.GetProperty("bids")),
        Asks = Levels(answer.GetProperty("asks")),
        Sequence = answer.GetProperty("lastUpdateId").GetInt64(),
        TimeNs = answer.TryGetProperty("T", out JsonElement time) ? time.GetInt64() * NsPerMs : null,
        ReceivedAtNs = receivedAtNs,
    };

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) => new($"{Root}/exchangeInfo", IsSpot ? 20 : 1);

    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        foreach (JsonElement symbol in answer.GetProperty("symbols").EnumerateArray())
        {
            Dictionary<string, JsonElement> filters = symbol.GetProperty("filters").EnumerateArray()
                .GroupBy(static filter => Text(filter, "filterType") ?? "").ToDictionary(static group => group.Key, static group => group.First());
            string? Filter(string type, string member) => filters.TryGetValue(type, out JsonElement filter) ? Text(filter, member) : null;
            instruments.Add(new InstrumentInfo
            {
                Symbol = Text(symbol, "symbol")!,
                Status = Text(symbol, "status") ?? Text(symbol, "contractStatus"),
                PriceStep = Filter("PRICE_FILTER", "tickSize"),
                QuantityStep = Filter("LOT_SIZE", "stepSize"),
                QuantityMin = Filter("LOT_SIZE", "minQty"),
                NotionalMin = Filter("NOTIONAL", "minNotional") ?? Filter("MIN_NOTIONAL", "minNotional") ?? Filter("MIN_NOTIONAL", "notional"),
                ContractValue = Text(symbol, "contractSize"),
                ContractUnit = Text(symbol, "contractSize") is null ? null : Text(symbol, "quoteAsset"),
                Kind = IsSpot ? "SPOT" : Text(symbol, "contractType"),
            });
        }

        return null;
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => answer.GetProperty("serverTime").GetInt64() * NsPerMs;

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        const int SpotLimitMax = 1000;
        const int FuturesLimitMax = 1500;
        CheckKlines(interval, Intervals, limit, IsSpot ? SpotLimitMax : FuturesLimitMax);
        return new RestRequest($"{Root}/klines?symbol={Escaped(symbol)}&interval={interval}&limit={limit}", IsSpot ? 2 : 10);
    }

    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.EnumerateArray().Select(static row => new RestKline
    {
        StartNs = row[0].GetInt64() * NsPerMs,
        Open = Text(row[1]),
        High = Text(row[2]),
        Low = Text(row[3]),
        Close = Text(row[4]),
        Volume = Text(row[5]),
    });

    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        long code = error.GetProperty("code").GetInt64();
        return ($"{Text(error, "msg")} (code {code})", code is UnknownSymbol or BadSymbol);
    }

    // Weights of the documentation; those of futures below 1000 are the long-standing ones.
    private static int SpotWeight(int limit) => limit switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    };

    private static int FuturesWeight(int limit) => limit switch
    {
        <= 50 => 2,
        <= 100 => 5,
        <= 500 => 10,
        _ => 20,
    };
}
