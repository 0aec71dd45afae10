using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books;

/// <summary>A structure under measurement. Called once a message, so that the call costs nothing a level.</summary>
internal interface IBook : IDisposable
{
    /// <summary>Sets the levels of a message, and gives a number made of the best of both sides, which everybody asks for after each message.</summary>
    long Apply(ReadOnlySpan<Record> levels);

    /// <summary>Forgets all levels.</summary>
    void Clear();
}
