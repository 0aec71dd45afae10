using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Writing;

/// <summary>A slot in the ring to the journal's thread that is no record (its kind is none) but says what to do. Never in a journal.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
internal struct JournalControl : IRecord
{
    /// <summary>Common part; Code is a <see cref="JournalControlKind"/>.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Roll: the reservation that did not fit, in slots.</summary>
    [FieldOffset(24)] public int Slots;

    /// <summary>Roll: slots of the checkpoint, which follow.</summary>
    [FieldOffset(28)] public int CheckpointSlots;

    /// <summary>Roll: slots of the segment that ends, as the sender counts them.</summary>
    [FieldOffset(32)] public int EndSlot;

    /// <summary>Roll: capacity of the segment that starts.</summary>
    [FieldOffset(36)] public int Capacity;

    /// <summary>Roll: slot behind its checkpoint, padding included.</summary>
    [FieldOffset(40)] public int FirstSlot;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.None;
}
