using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Rest;

/// <summary>A venue's REST side: what to ask for, what it costs, and how to read it. Holds no state; any thread.</summary>
internal abstract class RestProtocol
{
    protected const long NsPerMs = 1_000_000;
    protected const long NsPerS = 1_000_000_000;

    /// <summary>HTTP says the client asks too often.</summary>
    protected const int TooManyRequests = 429;

    /// <summary>Binance: the address is banned, for not having kept away.</summary>
    protected const int Banned = 418;

    /// <summary>The venue.</summary>
    public abstract Venue Venue { get; }

    /// <summary>The request for the book that a stream's book starts with.</summary>
    public virtual RestRequest Snapshot(string symbol, int? depth) => Book(symbol, depth);

    /// <summary>The cheapest request that says whether a symbol exists.</summary>
    public virtual RestRequest Probe(string symbol) => Book(symbol, null);

    /// <summary>The request for a book of so many levels a side.</summary>
    /// <exception cref="FeedException">The depth is not offered.</exception>
    public abstract RestRequest Book(string symbol, int? depth);

    /// <summary>Reads its answer.</summary>
    public abstract RestBook ReadBook(string symbol, JsonElement answer, long receivedAtNs);

    /// <summary>The request for a page of the instruments, the first one without a cursor.</summary>
    public abstract RestRequest Instruments(string? cursor);

    /// <summary>Reads its answer; returns the next page's cursor, null = that was the last.</summary>
    public abstract string? ReadInstruments(JsonElement answer, string? cursor, List<InstrumentInfo> instruments);

    /// <summary>The request for the venue's time.</summary>
    /// <exception cref="FeedException">The venue does not tell it.</exception>
    public abstract RestRequest Time { get; }

    /// <summary>Reads its answer, Unix ns.</summary>
    public abstract long ReadTimeNs(JsonElement answer);

    /// <summary>The request for the latest candles.</summary>
    /// <exception cref="FeedException">The interval is not offered, or not so many at a time.</exception>
    public abstract RestRequest Klines(string symbol, string interval, int limit);

    /// <summary>Reads its answer, in the order sent.</summary>
    public abstract IEnumerable<RestKline> ReadKlines(JsonElement answer);

    /// <summary>Headers of the venue's own for a request.</summary>
    public virtual void Prepare(HttpRequestMessage request)
    {
    }

    /// <summary>What is wrong with an answer; null = nothing.</summary>
    public RestFaultException? FaultOf(in RestAnswer answer)
    {
        bool isBusy = answer.Status is TooManyRequests or Banned;
        if (answer.Status == 200 && !IsErrorOrNoJson(answer.Body.Span))
        {
            return null;
        }

        (string words, bool isFinal) = Words(answer);
        string status = answer.Status == 200 ? "" : $"HTTP {answer.Status} ";
        return new RestFaultException($"{status}{words}".TrimEnd(), isFinal && !isBusy, answer.RetryAfter);
    }

    /// <summary>Whether the body of an answer with status 200 is an error all the same. Looks at its beginning only: books are long.</summary>
    protected virtual bool IsError(ReadOnlySpan<byte> body) => false;

    /// <summary>The venue's words in an error, and whether they are for good.</summary>
    protected abstract (string Words, bool IsFinal) ReadError(JsonElement error);

    /// <summary>A member's text, numbers as they were written; null where it is absent, null or empty.</summary>
    protected static string? Text(JsonElement item, string member) =>
        item.TryGetProperty(member, out JsonElement value) && Text(value) is { Length: > 0 } text ? text : null;

    /// <summary>A value's text, numbers as they were written.</summary>
    protected static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    /// <summary>A value that is a number or a text of one.</summary>
    protected static long Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, NumberStyles.Integer, CultureInfo.InvariantCulture) : value.GetInt64();

    /// <summary>A time of ISO 8601, Unix ns.</summary>
    protected static long TimeNs(string text)
    {
        const long NsPerTick = 100;
        return (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;
    }

    /// <summary>Rows of price and quantity.</summary>
    protected static List<RestLevel> Levels(JsonElement rows) => [.. rows.EnumerateArray().Select(static row => new RestLevel(Text(row[0]), Text(row[1])))];

    /// <summary>A value as part of a query.</summary>
    protected static string Escaped(string value) => Uri.EscapeDataString(value);

    /// <summary>A depth that is not offered.</summary>
    protected FeedException UnknownDepth(int depth, string allowed) => new($"{Venue.ToName()} does not offer a book of {depth} levels by REST: {allowed}");

    /// <summary>A candle's interval or number that is not offered.</summary>
    protected void CheckKlines(string interval, IEnumerable<string> intervals, int limit, int limitMax)
    {
        if (!intervals.Contains(interval))
        {
            throw new FeedException($"{Venue.ToName()} has no candles of '{interval}': {string.Join(", ", intervals)}");
        }

        if (limit < 1 || limit > limitMax)
        {
            throw new FeedException($"{Venue.ToName()} gives 1 to {limitMax} candles at a time, not {limit}");
        }
    }

    private bool IsErrorOrNoJson(ReadOnlySpan<byte> body)
    {
        try
        {
            return IsError(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return true;
        }
    }

    private (string Words, bool IsFinal) Words(in RestAnswer answer)
    {
        // An error page is no JSON: its beginning says enough.
        const int CharsShown = 200;
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return ReadError(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            string text = System.Text.Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, CharsShown)]);
            return (text.ReplaceLineEndings(" ").Trim(), false);
        }
    }
}
