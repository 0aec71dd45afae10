using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Okx;

/// <summary>REST of OKX v5 (documentation of 2026-08). Answers come in an envelope with <c>code</c>, errors with HTTP 200 too.</summary>
internal sealed class OkxRest(bool testnet) : RestProtocol
{
    private const int DepthMax = 400;
    private const int KlinesMax = 300;

    // Shares of the budget of 20 in 2 s: the book may be asked 40 times, the rest 10 or 20 times.
    private const int Usual = 1;
    private const int Rare = 2;

    private const string NoSuchInstrument = "51001";
    private const string BadParameter = "51000";

    private static readonly string[] Kinds = ["SPOT", "SWAP", "FUTURES"];

    private static readonly string[] Intervals =
    [
        "1s", "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "1W", "1M", "6Hutc", "12Hutc", "1Dutc", "1Wutc", "1Mutc",
    ];

    /// <inheritdoc/>
    public override Venue Venue => Venue.Okx;

    /// <inheritdoc/>
    public override RestRequest Time => new("/api/v5/public/time", Rare);

    // A stream with fewer levels than the book of REST would be joined to more than it keeps up: both have 400.
    /// <inheritdoc/>
    public override RestRequest Snapshot(string symbol, int? depth) => Book(symbol, DepthMax);

    /// <inheritdoc/>
    public override RestRequest Book(string symbol, int? depth)
    {
        int limit = depth ?? DepthMax;
        return limit is >= 1 and <= DepthMax
            ? new RestRequest($"/api/v5/market/books?instId={Escaped(symbol)}&sz={limit}", Usual)
            : throw UnknownDepth(limit, $"1 to {DepthMax}");
    }

    /// <inheritdoc/>
    public override RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs)
    {
        JsonElement book = answer.GetProperty("data")[0];
        return new RestBook
        {
            Venue = Venue.Okx,
            Symbol = symbol,
            Bids = Levels(book.GetProperty("bids")),
            Asks = Levels(book.GetProperty("asks")),
            Sequence = book.TryGetProperty("seqId", out JsonElement sequence) ? Number(sequence) : null,
            TimeNs = Number(book.GetProperty("ts")) * NsPerMs,
            ReceivedAtNs = receivedAtNs,
        };
    }

    /// <inheritdoc/>
    public override RestRequest Instruments(string? cursor) => new($"/api/v5/public/instruments?instType={cursor ?? Kinds[0]}", Usual);

    /// <inheritdoc/>
    public override string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments)
    {
        foreach (JsonElement item in answer.GetProperty("data").EnumerateArray())
        {
            instruments.Add(new InstrumentInfo
            {
                Symbol = Text(item, "instId")!,
                Status = Text(item, "state"),
                PriceStep = Text(item, "tickSz"),
                QuantityStep = Text(item, "lotSz"),
                QuantityMin = Text(item, "minSz"),
                ContractValue = Text(item, "ctVal"),
                ContractUnit = Text(item, "ctValCcy"),
                Kind = Text(item, "ctType") ?? Text(item, "instType"),
            });
        }

        int next = Array.IndexOf(Kinds, cursor ?? Kinds[0]) + 1;
        return next < Kinds.Length ? Kinds[next] : null;
    }

    /// <inheritdoc/>
    public override long ReadTimeNs(JsonElement answer) => Number(answer.GetProperty("data")[0].GetProperty("ts")) * NsPerMs;

    /// <inheritdoc/>
    public override RestRequest Klines(string symbol, string interval, int limit)
    {
        CheckKlines(interval, Intervals, limit, KlinesMax);
        return new RestRequest($"/api/v5/market/candles?instId={Escaped(symbol)}&bar={interval}&limit={limit}", Usual);
    }

    // Newest first.
    /// <inheritdoc/>
    public override IEnumerable<RestKline> ReadKlines(JsonElement answer) => answer.GetProperty("data").EnumerateArray().Reverse().Select(static row => new RestKline
    {
        StartNs = Number(row[0]) * NsPerMs,
        Open = Text(row[1]),
        High = Text(row[2]),
        Low = Text(row[3]),
        Close = Text(row[4]),
        Volume = Text(row[5]),
    });

    /// <inheritdoc/>
    public override void Prepare(HttpRequestMessage request)
    {
        if (testnet)
        {
            request.Headers.Add("x-simulated-trading", "1");
        }
    }

    /// <inheritdoc/>
    protected override bool IsError(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader json = new(body);
        while (json.Read())
        {
            if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("code"u8))
            {
                json.Read();
                return !json.ValueTextEquals("0"u8);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    protected override (string Words, bool IsFinal) ReadError(JsonElement error)
    {
        string code = Text(error, "code") ?? "";
        return ($"{Text(error, "msg")} (code {code})", code is NoSuchInstrument or BadParameter);
    }
}
