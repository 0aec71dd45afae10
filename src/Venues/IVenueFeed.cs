namespace Lob.Fast.Venues;

/// <summary>All connections to one venue. Made by <c>VenueFeeds.Create</c>, which refuses options that cannot work.</summary>
public interface IVenueFeed
{
    /// <summary>Connects, subscribes, and stays connected until cancelled; then says goodbye and returns. </summary>
    /// <exception cref="FeedException">The venue refuses for good: a symbol, a channel, credentials.</exception>
    Task RunAsync(CancellationToken cancellation);

    /// <summary>
    /// A book is not proven (any more): the venue's way to a new snapshot is taken for this one stream (unsubscribe and subscribe, or a REST snapshot; all channels of the
    /// connection where only that helps). Any thread, never waits; one at a time a stream, repeated ones with back-off, within the venue's budget.
    /// </summary>
    /// <param name="symbol">In the venue's own words.</param>
    /// <param name="channel">As in the journal.</param>
    void Resync(string symbol, string channel);

    /// <summary>How its connections stand. Any thread.</summary>
    IReadOnlyList<ConnectionStatus> Status();
}
