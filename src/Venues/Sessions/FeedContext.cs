using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Venues.Rest;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Venues.Sessions;

/// <summary>What all connections of a feed share.</summary>
internal sealed class FeedContext : IDisposable
{
    public required VenueProtocol Protocol { get; init; }

    public required RestProtocol RestProtocol { get; init; }

    public required FeedOptions Options { get; init; }

    public required WallClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>For jitter.</summary>
    public Random Random { get; } = Random.Shared;

    public required HttpMessageInvoker WebSockets { get; init; }

    public required RestClient Rest { get; init; }

    /// <summary>New connections.</summary>
    public required RateBudget Connects { get; init; }

    public FeedLimits Limits => Options.Limits;

    public VenueDefaults Defaults => Protocol.Defaults;

    /// <inheritdoc/>
    public void Dispose()
    {
        WebSockets.Dispose();
        Rest.Dispose();
    }
}
