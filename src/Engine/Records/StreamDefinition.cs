using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of two slots that declare a stream (the id is in the header); <see cref="StreamChannel"/> continues it. The rules by which the logic
/// judges the stream are declared here, so that a journal can be rerun without the codec that wrote it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct StreamDefinition : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 2;

    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Instrument of the stream.</summary>
    [FieldOffset(24)] public uint InstrumentId;

    /// <summary>What the stream carries.</summary>
    [FieldOffset(28)] public StreamRole Role;

    /// <summary>How one message follows the one before.</summary>
    [FieldOffset(29)] public ContinuityRule Continuity;

    /// <summary>How a snapshot from elsewhere is joined to the stream.</summary>
    [FieldOffset(30)] public BridgeRule Bridge;

    /// <summary>The proof a live book of this stream carries as long as the venue keeps its word.</summary>
    [FieldOffset(31)] public Evidence Evidence;

    /// <summary>Connection on which the stream appeared.</summary>
    [FieldOffset(32)] public ushort Connection;

    /// <summary>A live book without an applied message for longer than this is stale, ns.</summary>
    [FieldOffset(40)] public long StaleAfterNs;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamDefinition;
}
