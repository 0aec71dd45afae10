namespace Lob.Fast.Perf.Books;

/// <summary>The levels of one message for one book.</summary>
/// <param name="Book">Number of the book, from 0.</param>
/// <param name="Start">First level.</param>
/// <param name="Count">Levels.</param>
/// <param name="IsSnapshot">Whether the book is emptied before.</param>
internal readonly record struct FeedMessage(int Book, int Start, int Count, bool IsSnapshot);
