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

    /// <summary>Instrument of the stream; 0 = none, for signs of life of a whole connection.</summary>
    [FieldOffset(24)] public uint InstrumentId;

    /// <summary>What the stream carries.</summary>
    [FieldOffset(28)] public StreamRole Role;

    /// <summary>How one message follows the one before.</summary>
    [FieldOffset(29)] public ContinuityRule Continuity;

    /// <summary>How a snapshot from elsewhere is joined to the stream.</summary>
    [FieldOffset(30)] public BridgeRule Bridge;

    /// <summary>What the sequence alone proves while it is unbroken: Sequence, or None where there is none. A checksum that matches proves more.</summary>
    [FieldOffset(31)] public Evidence Evidence;

    /// <summary>Connection on which the stream appeared.</summary>
    [FieldOffset(32)] public ushort Connection;

    /// <summary>How the venue computes the checksum of the book, where messages carry one.</summary>
    [FieldOffset(34)] public ChecksumRule Checksum;

    /// <summary>What a checksum that does not match leads to.</summary>
    [FieldOffset(35)] public MismatchPolicy OnMismatch;

    /// <summary>Levels a side that the channel shows: a full side may go on behind its last level. 0 = the whole book.</summary>
    [FieldOffset(36)] public uint DepthLimit;

    /// <summary>A live book without an applied message for longer than this is stale, ns.</summary>
    [FieldOffset(40)] public long StaleAfterNs;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamDefinition;
}
