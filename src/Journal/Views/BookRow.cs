using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;

namespace Lob.Fast.Journal.Views;

/// <summary>One row as the formats see it: a book as it stands, and when. Used again for the next row.</summary>
internal sealed class BookRow(int levelsMax)
{
    private BookLevel[] _bids = [];
    private BookLevel[] _asks = [];
    private int _bidCount;
    private int _askCount;

    public ViewStream Stream { get; private set; } = null!;

    public FollowedBook Followed { get; private set; } = null!;

    public L2Book Book => Followed.Book;

    /// <summary>The point of the grid, or the receive time of the message; Unix ns.</summary>
    public long TimeNs { get; private set; }

    /// <summary>The venue's time of the last message applied, or where it gives none the time of the row; Unix ns.</summary>
    public long EventTimeNs => Followed.VenueTimeNs == 0 ? TimeNs : Followed.VenueTimeNs;

    /// <summary>The sequence that the last message applied named as the one before, or the venue's second sequence; <see cref="Sequence.None"/>.</summary>
    public long PreviousSequence { get; private set; }

    /// <summary>The venue's last checksum; null if the channel has none.</summary>
    public int? Checksum { get; private set; }

    /// <summary>Why the book is about to lose its proof; None in an ordinary row.</summary>
    public GapReason Gap { get; private set; }

    /// <summary>Best first, no more than asked for.</summary>
    public ReadOnlySpan<BookLevel> Bids => _bids.AsSpan(0, _bidCount);

    /// <summary>Best first, no more than asked for.</summary>
    public ReadOnlySpan<BookLevel> Asks => _asks.AsSpan(0, _askCount);

    public void Set(ViewStream stream, FollowedBook followed, BookTrack track, long timeNs, GapReason gap)
    {
        Stream = stream;
        Followed = followed;
        TimeNs = timeNs;
        PreviousSequence = track.PreviousSequence;
        Checksum = track.Checksum;
        Gap = gap;
        _bidCount = Copy(Side.Bid, followed.Book.BidCount, ref _bids);
        _askCount = Copy(Side.Ask, followed.Book.AskCount, ref _asks);
    }

    private int Copy(Side side, int held, ref BookLevel[] levels)
    {
        int count = Math.Min(held, levelsMax);
        if (levels.Length < count)
        {
            levels = new BookLevel[Math.Max(count, levels.Length * 2)];
        }

        return Book.CopyTo(side, levels.AsSpan(0, count));
    }
}
