using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;
using Lob.Fast.Venues.Sessions;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Venues;

/// <summary>Makes the feed of a venue.</summary>
public static class VenueFeeds
{
    /// <summary>Makes a feed; it connects when it is run. Asks <paramref name="connections"/> for each connection it will have.</summary>
    /// <param name="options">What to take, and from where.</param>
    /// <param name="connections">Where each connection's frames go.</param>
    /// <param name="clock">For receive times.</param>
    /// <param name="log">One line for each connection, subscription, refusal, end, resync.</param>
    /// <exception cref="FeedException">Options that cannot work: the message says what is allowed.</exception>
    public static IVenueFeed Create(FeedOptions options, IConnectionSource connections, WallClock clock, ILogger log) =>
        Create(options, connections, clock, log, TimeProvider.System, new EnvironmentCredentials());

    internal static IVenueFeed Create(FeedOptions options, IConnectionSource connections, WallClock clock, ILogger log, TimeProvider time, ICredentialSource credentials)
    {
        VenueProtocol protocol = VenueProtocols.Of(options.Venue, credentials, time);
        List<FeedStream> streams = Streams(protocol, options);
        Uri webSocket = VenueProtocols.WebSocket(protocol, options);
        Uri rest = VenueProtocols.Rest(protocol, options);
        RestProtocol restProtocol = VenueProtocols.RestOf(options.Venue, options.Testnet, credentials, time);
        if (streams.Exists(static stream => stream.Source == BookSource.Rest))
        {
            // Refuses a depth before anything is connected.
            restProtocol.Snapshot(streams[0].Symbol, options.Depth);
        }

        SocketsHttpHandler handler = VenueHttp.Handler(webSocket, options.TrustedCertificates, options.Limits);
        SocketsHttpHandler restHandler = VenueHttp.Handler(rest, options.TrustedCertificates, options.Limits);
        FeedContext context = new()
        {
            Protocol = protocol,
            RestProtocol = restProtocol,
            Options = options,
            Clock = clock,
            Time = time,
            Log = log,
            WebSockets = new HttpMessageInvoker(handler),
            Rest = new RestClient(restHandler, rest, restProtocol, protocol.Defaults, options.Limits, clock, time),
            Connects = new RateBudget(protocol.Defaults.ConnectsMax, protocol.Defaults.ConnectWindow, time),
        };
        return new VenueFeed(context, streams, connections, webSocket);
    }

    private static List<FeedStream> Streams(VenueProtocol protocol, FeedOptions options)
    {
        if (options.Symbols.Count == 0)
        {
            throw new FeedException($"{options.Venue.ToName()}: no symbol is named");
        }

        IReadOnlyList<string> channels = options.Channels is { Count: > 0 } named ? named : [protocol.BookChannel(options.Depth)];
        List<FeedStream> streams = [];
        foreach (string symbol in options.Symbols.Select(protocol.SymbolOf).Distinct())
        {
            CheckSymbol(options.Venue, symbol);
            streams.AddRange(channels.Select(channel => protocol.Stream(symbol, channel)));
        }

        streams = [.. streams.DistinctBy(static stream => (stream.Symbol, stream.Channel))];
        foreach (IGrouping<(string Symbol, string Channel), FeedStream> same in streams.GroupBy(stream => (stream.Symbol, protocol.JournalChannel(stream.Channel))))
        {
            if (same.Count() > 1)
            {
                throw new FeedException($"{options.Venue.ToName()}: {string.Join(" and ", same.Select(static stream => stream.Channel))} of {same.Key.Symbol} are one stream in the journal, take one of them");
            }
        }

        return streams;
    }

    private static void CheckSymbol(Venue venue, string symbol)
    {
        const int CharsMax = 64;
        const string Reserved = "\"\\/?&@#%,";
        if (symbol.Length is 0 or > CharsMax || symbol.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || Reserved.Contains(c, StringComparison.Ordinal)))
        {
            throw new FeedException($"'{symbol}' is no symbol of {venue.ToName()}: they look like {VenueProtocols.SymbolExample(venue)}");
        }
    }
}
