using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// SHA-256 over the chain hash before (32 bytes, zeros at first) and the bytes of all seal slots of this second, in order. ReceivedAtNs is the end of the second.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct SealChain : IRecord
{
    /// <summary>Common part; the stream id is 0.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>The new chain hash.</summary>
    [FieldOffset(24)] public Hash32 Hash;

    /// <summary>Position in the chain, from 1.</summary>
    [FieldOffset(56)] public uint Index;

    /// <summary>Seals hashed.</summary>
    [FieldOffset(60)] public uint Seals;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.SealChain;
}
