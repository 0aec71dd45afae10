using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>One transition of a book's state. The header's Code is the new <see cref="BookState"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct BookStateChange : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>The state before.</summary>
    [FieldOffset(24)] public BookState From;

    /// <summary>The proof the book now carries; None unless live or stale.</summary>
    [FieldOffset(25)] public Evidence Evidence;

    /// <summary>Sequence of the last message applied; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(32)] public long LastSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.BookStateChange;
}
