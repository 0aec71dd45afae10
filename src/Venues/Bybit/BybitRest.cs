using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Bybit;

/// <summary>REST of Bybit v5 (documentation of 2026-07-24). Every answer comes in an envelope with <c>retCode</c>, errors with HTTP 200 too.</summary>
internal sealed class BybitRest(Venue venue) : RestProtocol
{
    private const int DepthMax = 1000;
    private const int DepthUsual = 50;
    private const int KlinesMax = 1000;
    private const int BadParameter = 10001;
    private const int BadSymbol = 10029;

    private static readonly string[] Intervals = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"];

    /// <inheritdoc/>
    public override Venue Venue => venue;

    /// <inheritdoc/>
    public override RestRequest Time => new("/v5/market/time", 1);

    private string Category => venue switch
    {
        Venue.BybitLinear => "linear",
        Venue.BybitSpot => "spot",
        _ => "inverse",
    };

    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth)
    {
        int limit = depth ?? DepthUsual;
        return limit is >= 1 and <= DepthMax
            ? new RestRequest($"/v5/market/orderbook?category={Category}&symbol={Escaped(symbol)}&limit={limit}", 1)
            : throw UnknownDepth(limit, $"1 to {DepthMax}");
    }

    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs)
    {
        JsonElement book = answer.GetProperty("result");
        return new RestBook
        {
            Venue = venue,
            Symbol = symbol,
            Bids = Levels(book.GetProperty("b")),
            Asks = Levels(book.GetProperty("a")),
            Sequence = book.GetProperty("u").GetInt64(),
            TimeNs = (book.TryGetProperty("cts", out JsonElement matched) ? matched : book.GetProperty("ts")).GetInt64() * NsPerMs,
            ReceivedAtNs = receivedAtNs,
        };
    }

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) =>
        new($"/v5/market/instruments-info?category={Category}&limit=1000{(cursor is null ? "" : $"&cursor={Escaped(cursor)}")}", 1);

    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        JsonElement result = answer.GetProperty("result");
        foreach (JsonElement item in result.GetProperty("list").EnumerateArray())
        {
            JsonElement lot = item.GetProperty("lotSizeFilter");
            instruments.Add(new InstrumentInfo
            {
                Symbol = Text(item, "symbol")!,
                Status = Text(item, "status"),
                PriceStep = Text(item.GetProperty("priceFilter"), "tickSize"),
                QuantityStep = Text(lot, "qtyStep") ?? Text(lot, "basePrecision"),
                QuantityMin = Text(lot, "minOrderQty"),
                NotionalMin = Text(lot, "minNotionalValue") ?? Text(lot, "minOrderAmt"),
                ContractValue = venue == Venue.BybitInverse ? "1" : null,
                ContractUnit = venue == Venue.BybitInverse ? Text(item, "quoteCoin") : null,
                Kind = Text(item, "contractType") ?? Category,
            });
        }

        return Text(result, "nextPageCursor");
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => Number(answer.GetProperty("result").GetProperty("timeNano"));

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        CheckKlines(interval, Intervals, limit, KlinesMax);
        return new RestRequest($"/v5/market/kline?category={Category}&symbol={Escaped(symbol)}&interval={interval}&limit={limit}", 1);
    }

    // Newest first.
    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.GetProperty("result").GetProperty("list").EnumerateArray().Reverse().Select(static row => new RestKline
    {
        StartNs = Number(row[0]) * NsPerMs,
        Open = Text(row[1]),
        High = Text(row[2]),
        Low = Text(row[3]),
        Close = Text(row[4]),
        Volume = Text(row[5]),
    });

    /// <inheritdoc/>
    protected override bool IsError(ReadOnlySpan<byte> body) => !body.StartsWith("{\"retCode\":0,"u8) && CodeOf(body) != 0;

    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        long code = error.GetProperty("retCode").GetInt64();
        return (string.Create(CultureInfo.InvariantCulture, $"{Text(error, "retMsg")} (code {code})"), code is BadParameter or BadSymbol);
    }

    private static long CodeOf(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader json = new(body);
        while (json.Read())
        {
            if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("retCode"u8))
            {
                json.Read();
                return json.GetInt64();
            }
        }

        return -1;
    }
}
