using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>One change of a book's state, for logs.</summary>
/// <param name="Stream">The book.</param>
/// <param name="AtNs">When, on the receive axis, Unix ns.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
public readonly record struct BookTransition(BookStream Stream, long AtNs, BookState From, BookState To);
