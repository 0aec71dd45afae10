using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of an <see cref="EngineState"/>: head of the seal chain.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct EngineChain : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>The last chain hash; zeros before the first.</summary>
    [FieldOffset(24)] public Hash32 Hash;

    /// <summary>Chain records so far.</summary>
    [FieldOffset(56)] public uint Index;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.EngineState;
}
