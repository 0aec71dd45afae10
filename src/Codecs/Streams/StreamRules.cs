using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>What a stream is and how the logic judges it: the fields of its <see cref="StreamDefinition"/> that follow from the venue's documentation.</summary>
internal readonly record struct StreamRules(StreamRole Role)
{
    /// <summary>How one message follows the one before.</summary>
    public ContinuityRule Continuity { get; init; }

    /// <summary>How a snapshot from elsewhere is joined to the stream.</summary>
    public BridgeRule Bridge { get; init; }

    /// <summary>What the sequence alone proves.</summary>
    public Evidence Evidence { get; init; }

    /// <summary>A live book without a message for longer than this is stale, ns.</summary>
    public long StaleAfterNs { get; init; }

    /// <summary>How the venue computes the checksum of the book.</summary>
    public ChecksumRule Checksum { get; init; }

    /// <summary>What a checksum that does not match leads to.</summary>
    public MismatchPolicy OnMismatch { get; init; }

    /// <summary>Levels a side that the channel shows; 0 = the whole book.</summary>
    public uint DepthLimit { get; init; }
}
