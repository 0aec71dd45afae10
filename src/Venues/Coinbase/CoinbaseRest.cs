using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Coinbase;

/// <summary>REST of Coinbase Exchange (documentation of 2026-07). Books of single orders are signed where there is a key.</summary>
internal sealed class CoinbaseRest(CoinbaseCredentials? credentials, TimeProvider time) : RestProtocol
{
    private const int KlinesMax = 300;
    private const string OrdersQuery = "?level=3";

    private static readonly string[] Granularities = ["60", "300", "900", "3600", "21600", "86400"];

    /// <inheritdoc/>
    public override Venue Venue => Venue.Coinbase;

    /// <inheritdoc/>
    public override RestRequest Time => new("/time", 1);

    // Every order of the book: what the channel full changes.
    /// <inheritdoc/>
    public override RestRequest Snapshot(string symbol, int? depth) => new($"/products/{Escaped(symbol)}/book{OrdersQuery}", 1);

    /// <inheritdoc/>
    public override RestRequest Probe(string symbol) => new($"/products/{Escaped(symbol)}", 1);

    // The whole book; whoever asked for less gets its beginning.
    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth) => depth is null or >= 1
        ? new RestRequest($"/products/{Escaped(symbol)}/book?level={(depth == 1 ? 1 : 2)}", 1)
        : throw UnknownDepth(depth.Value, "any from 1 up, or none for the whole book");

    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs) => new()
    {
        Venue = Venue.Coinbase,
        Symbol = symbol,
        Bids = Levels(answer.GetProperty("bids")),
        Asks = Levels(answer.GetProperty("asks")),
        Sequence = answer.GetProperty("sequence").GetInt64(),
        TimeNs = Text(answer, "time") is { } text ? TimeNs(text) : null,
        ReceivedAtNs = receivedAtNs,
    };

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) => new("/products", 1);

    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        instruments.AddRange(answer.EnumerateArray().Select(static product => new InstrumentInfo
        {
            Symbol = Text(product, "id")!,
            Status = Text(product, "status"),
            PriceStep = Text(product, "quote_increment"),
            QuantityStep = Text(product, "base_increment"),
            NotionalMin = Text(product, "min_market_funds"),
            Kind = "spot",
        }));
        return null;
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => (long)(answer.GetProperty("epoch").GetDecimal() * 1_000_000_000);

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        CheckKlines(interval, Granularities, limit, KlinesMax);
        return new RestRequest($"/products/{Escaped(symbol)}/candles?granularity={interval}", 1);
    }

    // Newest first; low and high stand before the open.
    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.EnumerateArray().Reverse().Select(static row => new RestKline
    {
        StartNs = row[0].GetInt64() * NsPerS,
        Low = Text(row[1]),
        High = Text(row[2]),
        Open = Text(row[3]),
        Close = Text(row[4]),
        Volume = Text(row[5]),
    });

    /// <inheritdoc/>
    public override void Prepare(HttpRequestMessage request)
    {
        if (credentials is null || request.RequestUri is not { } url || url.Query != OrdersQuery)
        {
            return;
        }

        string timestamp = CoinbaseCredentials.Timestamp(time.GetUtcNow());
        request.Headers.Add("CB-ACCESS-KEY", credentials.Key);
        request.Headers.Add("CB-ACCESS-SIGN", credentials.Sign(timestamp, url.PathAndQuery));
        request.Headers.Add("CB-ACCESS-TIMESTAMP", timestamp);
        request.Headers.Add("CB-ACCESS-PASSPHRASE", credentials.Passphrase);
    }

    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        string words = Text(error, "message") ?? "";
        return (words, words is "NotFound" or "Invalid product id" || words.StartsWith("Unauthorized", StringComparison.OrdinalIgnoreCase));
    }
}
