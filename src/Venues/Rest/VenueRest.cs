using System.Text.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Rest;

/// <summary>What a venue tells by REST, asked within its budget. Any thread; one question at a time, others wait.</summary>
public sealed class VenueRest : IDisposable
{
    private readonly RestProtocol _protocol;
    private readonly RestClient _client;
    private readonly string _advice;

    private VenueRest(RestProtocol protocol, RestClient client, string advice)
    {
        _protocol = protocol;
        _client = client;
        _advice = advice;
    }

    /// <summary>The venue's REST. Nothing is connected yet; symbols and channels of the options do not matter.</summary>
    /// <param name="options">The venue, and where it is found.</param>
    /// <param name="clock">For receive times.</param>
    /// <exception cref="FeedException">Options that cannot work.</exception>
    public static VenueRest Create(FeedOptions options, WallClock clock) => Create(options, clock, TimeProvider.System, new EnvironmentCredentials());

    internal static VenueRest Create(FeedOptions options, WallClock clock, TimeProvider time, ICredentialSource credentials)
    {
        VenueProtocol protocol = VenueProtocols.Of(options.Venue, credentials, time);
        RestProtocol rest = VenueProtocols.RestOf(options.Venue, options.Testnet, credentials, time);
        Uri host = VenueProtocols.Rest(protocol, options);
        SocketsHttpHandler handler = VenueHttp.Handler(host, options.TrustedCertificates, options.Limits);
        return new VenueRest(rest, new RestClient(handler, host, rest, protocol.Defaults, options.Limits, clock, time), protocol.Advice);
    }

    /// <summary>A book.</summary>
    /// <param name="symbol">In the venue's own words.</param>
    /// <param name="depth">Levels a side; null = as many as are usual.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="FeedException">No answer, or one that says no; the message has the status and the venue's words.</exception>
    public async Task<RestBook> BookAsync(string symbol, int? depth, CancellationToken cancellation = default)
    {
        RestBook book = await AskAsync(_protocol.Book(symbol, depth), (answer, atNs) => _protocol.ReadBook(symbol, answer, atNs), cancellation).ConfigureAwait(false);
        return depth is { } levels ? book with { Bids = [.. book.Bids.Take(levels)], Asks = [.. book.Asks.Take(levels)] } : book;
    }

    /// <summary>All instruments of the venue.</summary>
    /// <exception cref="FeedException">As for books.</exception>
    public async Task<IReadOnlyList<InstrumentInfo>> InstrumentsAsync(CancellationToken cancellation = default)
    {
        List<InstrumentInfo> instruments = [];
        string? cursor = null;
        do
        {
            string? page = cursor;
            cursor = await AskAsync(_protocol.Instruments(page), (answer, _) => _protocol.ReadInstruments(answer, page, instruments), cancellation).ConfigureAwait(false);
        }
        while (cursor is not null);

        return instruments;
    }

    /// <summary>The venue's clock, Unix ns.</summary>
    /// <exception cref="FeedException">As for books; Bitfinex does not tell it.</exception>
    public Task<long> ServerTimeNsAsync(CancellationToken cancellation = default) =>
        AskAsync(_protocol.Time, (answer, _) => _protocol.ReadTimeNs(answer), cancellation);

    /// <summary>The latest candles, oldest first; the last one may still be running.</summary>
    /// <param name="symbol">In the venue's own words.</param>
    /// <param name="interval">In the venue's own words.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="FeedException">As for books, or an interval the venue does not offer; the message lists what is allowed.</exception>
    public Task<IReadOnlyList<RestKline>> KlinesAsync(string symbol, string interval, int limit, CancellationToken cancellation = default) =>
        AskAsync<IReadOnlyList<RestKline>>(_protocol.Klines(symbol, interval, limit), (answer, _) => [.. _protocol.ReadKlines(answer).TakeLast(limit)], cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<T> AskAsync<T>(RestRequest request, Func<JsonElement, long, T> read, CancellationToken cancellation)
    {
        try
        {
            return await _client.GetAsync(request, answer => Read(answer, read), cancellation).ConfigureAwait(false);
        }
        catch (RestFaultException fault)
        {
            string allowed = fault.IsFinal ? $". {_advice}" : "";
            throw new FeedException($"{_protocol.Venue.ToName()}: {fault.Message}{allowed}", fault) { MayPass = !fault.IsFinal };
        }
    }

    private static T Read<T>(RestAnswer answer, Func<JsonElement, long, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return read(document.RootElement, answer.ReceivedAtNs);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            throw new RestFaultException($"an answer that is not of the form expected: {e.Message}", isFinal: false, inner: e);
        }
    }
}
