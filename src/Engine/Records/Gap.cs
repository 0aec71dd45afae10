using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>A live (or stale) book lost its proof. The header's Code is a <see cref="GapReason"/>. The message before it was not applied.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Gap : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>The sequence (or checksum) that had to come.</summary>
    [FieldOffset(24)] public long Expected;

    /// <summary>The one that came: FirstSequence under <see cref="ContinuityRule.Range"/>, PreviousSequence under <see cref="ContinuityRule.Link"/>.</summary>
    [FieldOffset(32)] public long Found;

    /// <summary>Sequence of the last message applied: the book is frozen there.</summary>
    [FieldOffset(40)] public long LastSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Gap;
}
