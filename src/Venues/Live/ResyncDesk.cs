using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Live;

/// <summary>
/// Asks the feed of a venue for a new snapshot when a book loses its proof, and again when none has mended it for a while. How and how often the venue may be asked is the
/// feed's matter. Logic thread, but for what is fixed at the start.
/// </summary>
internal sealed class ResyncDesk(TimeSpan againAfter)
{
    private readonly long _againAfterNs = againAfter.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly List<(Venue Venue, IVenueFeed Feed)> _feeds = [];
    private readonly Dictionary<BookStream, long> _askedAtNs = [];

    public IEnumerable<IVenueFeed> Feeds => _feeds.Select(static pair => pair.Feed);

    public void Attach(Venue venue, IVenueFeed feed) => _feeds.Add((venue, feed));

    public void OnTransition(in BookTransition transition)
    {
        switch (transition.To)
        {
            case BookState.Broken:
                Ask(transition.Stream, transition.AtNs);
                break;
            case BookState.Bridging or BookState.Empty:
                // The feed asks by itself when a connection opens; only if that leads nowhere it is reminded.
                _askedAtNs[transition.Stream] = transition.AtNs;
                break;
            default:
                _ = _askedAtNs.Remove(transition.Stream);
                break;
        }
    }

    public void OnSecond(long nowNs, IReadOnlyList<BookStream> books)
    {
        for (int i = 0; i < books.Count; i++)
        {
            BookStream book = books[i];
            if (book.State is BookState.Broken or BookState.Bridging or BookState.Empty
                && _askedAtNs.TryGetValue(book, out long askedAtNs) && nowNs - askedAtNs > _againAfterNs)
            {
                Ask(book, nowNs);
            }
        }
    }

    private void Ask(BookStream book, long nowNs)
    {
        _askedAtNs[book] = nowNs;
        foreach ((Venue venue, IVenueFeed feed) in _feeds)
        {
            if (venue == book.Instrument.Venue)
            {
                feed.Resync(book.Instrument.Symbol, book.Channel);
            }
        }
    }
}
