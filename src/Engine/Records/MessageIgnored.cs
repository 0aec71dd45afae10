using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>The message just before it, of the same stream, was not applied. The header's Code is an <see cref="IgnoreReason"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct MessageIgnored : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>LastSequence of the message.</summary>
    [FieldOffset(24)] public long MessageSequence;

    /// <summary>LastSequence of the book.</summary>
    [FieldOffset(32)] public long BookSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.MessageIgnored;
}
