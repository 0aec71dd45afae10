using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.CoinbaseAdvanced;

/// <summary>The open part of Coinbase Advanced Trade's REST (documentation of 2026-07).</summary>
internal sealed class AdvancedRest(TimeProvider time) : RestProtocol
{
    private const string Root = "/api/v3/brokerage";
    private const int KlinesMax = 350;

    private static readonly (string Name, int Seconds)[] Granularities =
    [
        ("ONE_MINUTE", 60), ("FIVE_MINUTE", 300), ("FIFTEEN_MINUTE", 900), ("THIRTY_MINUTE", 1800), ("ONE_HOUR", 3600),
        ("TWO_HOUR", 7200), ("SIX_HOUR", 21600), ("ONE_DAY", 86400),
    ];

    /// <inheritdoc/>
    public override Venue Venue => Venue.CoinbaseAdvanced;

    /// <inheritdoc/>
    public override RestRequest Time => new($"{Root}/time", 1);

    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth) => depth is null or >= 1
        ? new RestRequest($"{Root}/market/product_book?product_id={Escaped(symbol)}{(depth is { } limit ? $"&limit={limit}" : "")}", 1)
        : throw UnknownDepth(depth.Value, "any from 1 up, or none for the whole book");

    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs)
    {
        JsonElement book = answer.GetProperty("pricebook");
        return new RestBook
        {
            Venue = Venue.CoinbaseAdvanced,
            Symbol = symbol,
            Bids = Side(book, "bids"),
            Asks = Side(book, "asks"),
            TimeNs = Text(book, "time") is { } text ? TimeNs(text) : null,
            ReceivedAtNs = receivedAtNs,
        };
    }

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) => new($"{Root}/market/products", 1);

    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        foreach (JsonElement product in answer.GetProperty("products").EnumerateArray())
        {
            bool isContract = product.TryGetProperty("future_product_details", out JsonElement contract) && contract.ValueKind == JsonValueKind.Object;
            instruments.Add(new InstrumentInfo
            {
                Symbol = Text(product, "product_id")!,
                Status = Text(product, "status"),
                PriceStep = Text(product, "price_increment") ?? Text(product, "quote_increment"),
                QuantityStep = Text(product, "base_increment"),
                QuantityMin = Text(product, "base_min_size"),
                NotionalMin = Text(product, "quote_min_size"),
                ContractValue = isContract ? Text(contract, "contract_size") : null,
                ContractUnit = isContract ? Text(contract, "contract_root_unit") : null,
                Kind = Text(product, "product_type"),
            });
        }

        return null;
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => Number(answer.GetProperty("epochMillis")) * NsPerMs;

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        CheckKlines(interval, Granularities.Select(static pair => pair.Name), limit, KlinesMax);
        int seconds = Array.Find(Granularities, pair => pair.Name == interval).Seconds;
        long end = time.GetUtcNow().ToUnixTimeSeconds();
        long start = end - ((long)seconds * limit);
        string range = string.Create(CultureInfo.InvariantCulture, $"start={start}&end={end}");
        return new RestRequest($"{Root}/market/products/{Escaped(symbol)}/candles?{range}&granularity={interval}&limit={limit}", 1);
    }

    // Newest first.
    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.GetProperty("candles").EnumerateArray().Reverse().Select(static candle => new RestKline
    {
        StartNs = Number(candle.GetProperty("start")) * NsPerS,
        Open = Text(candle, "open")!,
        High = Text(candle, "high")!,
        Low = Text(candle, "low")!,
        Close = Text(candle, "close")!,
        Volume = Text(candle, "volume")!,
    });

    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        string code = Text(error, "error") ?? "";
        return ($"{Text(error, "message")} ({code})", code is "NOT_FOUND" or "INVALID_ARGUMENT");
    }

    private static List<RestLevel> Side(JsonElement book, string side) =>
        [.. book.GetProperty(side).EnumerateArray().Select(static level => new RestLevel(Text(level, "price")!, Text(level, "size")!))];
}
