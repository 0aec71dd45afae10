using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Limits and sizes of the logic. They are fixed at the start.</summary>
public sealed record EngineOptions
{
    /// <summary>Log2 of the ladder's window in ticks, 12–24. With hundreds of books 16 saves memory.</summary>
    public int WindowBits { get; init; } = L2Book.WindowBitsDefault;

    /// <summary>Called on the logic thread at every transition of a book's state; for logs. Null = nobody listens.</summary>
    public Action<BookTransition>? OnTransition { get; init; }
}
