using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Turns the frames of one venue into records. Called on the decode thread only.</summary>
public interface IFrameDecoder
{
    /// <summary>
    /// Decodes and validates one frame completely. Afterwards <paramref name="batch"/> holds whole messages in the order in which they apply: the
    /// definition of each instrument or stream that is new or changed (a message of its own), a Connection record where the frame proves that the
    /// connection is a new one, and any number of market-data messages, with First/LastInMessage set and ReceivedAtNs copied from the frame. With
    /// <see cref="DecodeOutcome.Records"/> there is at least one; with Control and UnknownEvent there may be some, where the frame consumed a number
    /// of its connection. A rejected frame leaves nothing, and the decoder as it was.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="batch">Empty on entry.</param>
    DecodeResult Decode(in Frame frame, RecordBuffer batch);

    /// <summary>Takes over a definition (all its slots) from a journal that is continued.</summary>
    void Learn(ReadOnlySpan<Record> definition);
}
