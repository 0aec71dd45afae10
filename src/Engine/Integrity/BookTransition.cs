using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>One change of a book's state, for logs.</summary>
/// <param name="Stream">The book.</param>
/// <param name="AtNs">When, on the receive axis, Unix ns.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Reason">Why a book broke; None for other changes.</param>
/// <param name="Expected">As in <see cref="Gap"/>: the sequence that should have come, or the venue's checksum.</param>
/// <param name="Found">What came instead, or the book's own checksum.</param>
public readonly record struct BookTransition(
    BookStream Stream, long AtNs, BookState From, BookState To, GapReason Reason = GapReason.None, long Expected = 0, long Found = 0);
