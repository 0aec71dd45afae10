using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Venues.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>What is said to options that cannot work.</summary>
internal static class FeedRefusals
{
    public static string Of(FeedOptions options, ICredentialSource? credentials = null) => Assert.Throws<FeedException>(() =>
        VenueFeeds.Create(options, new RecordingTargets(), new WallClock(), NullLogger.Instance, TimeProvider.System, credentials ?? new GivenCredentials())).Message;
}
