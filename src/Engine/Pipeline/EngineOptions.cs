using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Limits and sizes of the logic. They are fixed at the start.</summary>
public sealed record EngineOptions
{
    /// <summary>Log2 of the widest window of a book's ladder in ticks, 12–24; 0 = none, trees alone. How wide each is, its levels and the budget decide.</summary>
    public int WindowBits { get; init; } = L2Book.WindowBitsDefault;

    /// <summary>
    /// Bytes that the levels of all books may hold in memory, 2 GiB when nothing else is said. Within it books are made fast; when it is used up, they are kept in
    /// some 40 bytes a level. It never changes what is journaled.
    /// </summary>
    public long BookMemoryBudgetBytes { get; init; } = BookMemory.BudgetBytesDefault;

    /// <summary>Called on the logic thread at every transition of a book's state; for logs. Null = nobody listens.</summary>
    public Action<BookTransition>? OnTransition { get; init; }

    /// <summary>Called on the logic thread behind every Timer, with the time and all books: for views that look once a second. Null = nobody does.</summary>
    public Action<long, IReadOnlyList<BookStream>>? OnSecond { get; init; }
}
