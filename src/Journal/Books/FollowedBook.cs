using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Books;

/// <summary>A book as a reader of the journal knows it.</summary>
public sealed class FollowedBook : IDisposable
{
    private readonly uint _depthLimit;

    internal FollowedBook(uint streamId, Venue venue, string symbol, string channel, uint depthLimit, L2Book book)
    {
        _depthLimit = depthLimit;
        StreamId = streamId;
        Venue = venue;
        Symbol = symbol;
        Channel = channel;
        Book = book;
    }

    /// <summary>Id of the stream.</summary>
    public uint StreamId { get; }

    /// <summary>Market of the symbol.</summary>
    public Venue Venue { get; }

    /// <summary>The venue's own symbol.</summary>
    public string Symbol { get; }

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; }

    /// <summary>The levels.</summary>
    public L2Book Book { get; }

    /// <summary>State of the book.</summary>
    public BookState State { get; internal set; }

    /// <summary>What proves it.</summary>
    public Evidence Evidence { get; internal set; }

    /// <summary>Last sequence applied; <see cref="Sequence.None"/>.</summary>
    public long LastSequence { get; internal set; } = Sequence.None;

    /// <summary>Event time of the last message applied, Unix ns; 0 = none.</summary>
    public long VenueTimeNs { get; internal set; }

    /// <summary>PreviousSequence of the last message applied; <see cref="Sequence.None"/>, also behind an image.</summary>
    public long PreviousSequence { get; internal set; } = Sequence.None;

    /// <summary>The checksum last sent with a message that was applied; see <see cref="ChecksumPresence"/>. Behind an image there is none yet.</summary>
    public int Checksum { get; private set; }

    /// <summary>Whether <see cref="Checksum"/> says anything.</summary>
    public ChecksumPresence ChecksumPresence { get; private set; }

    /// <summary>Prices inside which every level is known.</summary>
    public PriceRange KnownRange => _depthLimit > 0 ? Book.RangeOfDepth(_depthLimit) : SnapshotRange;

    /// <summary>What the last image or snapshot said of that.</summary>
    internal PriceRange SnapshotRange { get; set; } = PriceRange.Unbounded;

    /// <summary>Whether deltas may be applied.</summary>
    internal bool IsProven => State is BookState.Live or BookState.Stale;

    internal void NoteChecksum(int checksum, ChecksumPresence presence) => (Checksum, ChecksumPresence) = (checksum, presence);

    /// <inheritdoc/>
    public void Dispose() => Book.Dispose();
}
