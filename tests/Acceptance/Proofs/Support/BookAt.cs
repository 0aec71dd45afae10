using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>A copy of a book at one moment.</summary>
internal sealed class BookAt
{
    private readonly (BookState State, Evidence Evidence, long LastSequence, long VenueTimeNs, PriceRange KnownRange, Digest128 Digest) _head;
    private readonly (string Price, string Quantity)[] _bids;
    private readonly (string Price, string Quantity)[] _asks;

    public BookAt(BookStream book)
    {
        _head = (book.State, book.Evidence, book.LastSequence, book.VenueTimeNs, book.KnownRange, book.Book.Digest);
        _bids = Levels(book.Book, Side.Bid);
        _asks = Levels(book.Book, Side.Ask);
    }

    public BookAt(FollowedBook book)
    {
        _head = (book.State, book.Evidence, book.LastSequence, book.VenueTimeNs, book.KnownRange, book.Book.Digest);
        _bids = Levels(book.Book, Side.Bid);
        _asks = Levels(book.Book, Side.Ask);
    }

    /// <summary>What differs, in words; null = nothing.</summary>
    public string? DifferenceTo(BookAt other) =>
        _head != other._head ? $"{_head}, not {other._head}" : DifferenceInLevels(other);

    /// <summary>What differs in the levels; null = nothing.</summary>
    public string? DifferenceInLevels(BookAt other) =>
        !_bids.SequenceEqual(other._bids) ? "the bids differ"
        : !_asks.SequenceEqual(other._asks) ? "the asks differ"
        : null;

    private static (string Price, string Quantity)[] Levels(L2Book book, Side side) =>
        [.. book.ToArray(side).Select(level => (book.PriceOf(level), book.QuantityOf(level)))];
}
