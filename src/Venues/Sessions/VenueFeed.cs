using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Sessions;

/// <summary>All connections to one venue: shares the streams out among them, runs them, and ends them all when one is refused for good.</summary>
internal sealed class VenueFeed : IVenueFeed
{
    private readonly FeedContext _context;
    private readonly VenueConnection[] _connections;
    private readonly SnapshotQueue _snapshots;
    private readonly Dictionary<(string Symbol, string Channel), (VenueConnection Connection, FeedStream Stream)> _streams = [];

    public VenueFeed(FeedContext context, IReadOnlyList<FeedStream> streams, IConnectionSource source, Uri webSocket)
    {
        _context = context;
        _snapshots = new SnapshotQueue(context);
        List<VenueConnection> connections = [];
        foreach (IGrouping<string, FeedStream> route in streams.GroupBy(context.Protocol.Route))
        {
            int index = 0;
            foreach (List<FeedStream> share in Shares(route))
            {
                List<FeedStream> all = [.. share, .. context.Protocol.Added(share)];
                string name = $"{context.Protocol.Venue.ToName()}/{(route.Key.Length > 0 ? route.Key + "/" : "")}{index}";
                ConnectionTargets targets = source.Connect(context.Protocol.Venue, name, all.Exists(static stream => stream.Source is BookSource.Rest or BookSource.StreamOrRest));
                Uri url = new(webSocket.AbsoluteUri.TrimEnd('/') + context.Protocol.Path(route.Key));
                VenueConnection connection = new(name, url, all, targets, _snapshots, context);
                connections.Add(connection);
                index++;
                foreach (FeedStream stream in all)
                {
                    _streams[(stream.Symbol, context.Protocol.JournalChannel(stream.Channel))] = (connection, stream);
                }
            }
        }

        _connections = [.. connections];
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> tasks = [.. _connections.Select(connection => Task.Run(() => connection.RunAsync(ending.Token), CancellationToken.None))];
        tasks.Add(Task.Run(() => _snapshots.RunAsync(ending.Token), CancellationToken.None));
        try
        {
            Task first = await Task.WhenAny(tasks).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellation.IsCancellationRequested || first.IsFaulted)
            {
                await first.ConfigureAwait(false);
            }
        }
        finally
        {
            _context.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Resync(string symbol, string channel)
    {
        if (_streams.TryGetValue((_context.Protocol.SymbolOf(symbol), _context.Protocol.JournalChannel(channel)), out (VenueConnection Connection, FeedStream Stream) found))
        {
            found.Connection.Resync(found.Stream);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionStatus> Status() => [.. _connections.Select(static connection => connection.Status())];

    // As many streams on each connection as the venue takes, in the order asked for, so that the channels of a symbol stay together.
    private IEnumerable<List<FeedStream>> Shares(IEnumerable<FeedStream> streams)
    {
        VenueDefaults defaults = _context.Defaults;
        int streamsMax = _context.Limits.StreamsPerConnection ?? defaults.StreamsPerConnection;
        List<FeedStream> share = [];
        int books = 0;
        int chars = 0;
        foreach (FeedStream stream in streams)
        {
            int isBook = stream.Source == BookSource.None ? 0 : 1;
            if (share.Count > 0 && (share.Count == streamsMax || books + isBook > defaults.BooksPerConnection || chars + stream.Wire.Length > defaults.NameCharsPerConnection))
            {
                yield return share;
                share = [];
                books = chars = 0;
            }

            share.Add(stream);
            books += isBook;
            chars += stream.Wire.Length;
        }

        if (share.Count > 0)
        {
            yield return share;
        }
    }
}
