using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of a <see cref="Seal"/>: counts of that second. Its header's Code is the <see cref="Evidence"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct SealCounts : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Messages of the stream, applied or not.</summary>
    [FieldOffset(24)] public uint Messages;

    /// <summary>Messages applied to the book.</summary>
    [FieldOffset(28)] public uint Applied;

    /// <summary>Levels set or deleted.</summary>
    [FieldOffset(32)] public uint Levels;

    /// <summary>Times the book broke for missing or mismatching data.</summary>
    [FieldOffset(36)] public uint Gaps;

    /// <summary>Times it became live again.</summary>
    [FieldOffset(40)] public uint Resyncs;

    /// <summary>Frames rejected.</summary>
    [FieldOffset(44)] public uint Rejected;

    /// <summary>Harmless repeats.</summary>
    [FieldOffset(48)] public uint Duplicates;

    /// <summary>Message ends with best bid ≥ best ask.</summary>
    [FieldOffset(52)] public uint Crossed;

    /// <summary>Of those, message ends with best bid = best ask.</summary>
    [FieldOffset(56)] public uint Locked;

    /// <summary>Deletes of levels the book did not hold.</summary>
    [FieldOffset(60)] public uint AbsentDeletes;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Seal;
}
