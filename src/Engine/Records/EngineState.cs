using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>First of a checkpoint's records, two slots with <see cref="EngineChain"/>. Everything up to the record flagged LastInMessage belongs to it.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct EngineState : IRecord
{
    /// <summary>Common part; ReceivedAtNs is the latest time so far, 0 before the first input.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>End of the last sealed second, Unix ns; 0 = none.</summary>
    [FieldOffset(24)] public long LastTimerNs;

    /// <summary>Instruments defined.</summary>
    [FieldOffset(32)] public uint Instruments;

    /// <summary>Streams declared.</summary>
    [FieldOffset(36)] public uint Streams;

    /// <summary>Slots of the whole checkpoint, this one included.</summary>
    [FieldOffset(40)] public uint Slots;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.EngineState;
}
