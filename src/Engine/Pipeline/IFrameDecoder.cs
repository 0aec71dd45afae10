using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Turns the frames of one venue into records. Called on the decode thread only.</summary>
public interface IFrameDecoder
{
    /// <summary>
    /// Decodes and validates one frame completely. Only with <see cref="DecodeOutcome.Records"/> does <paramref name="batch"/> hold anything
    /// afterwards: for each instrument or stream that is new or changed its definition (a message of its own), then exactly one market-data
    /// message, with First/LastInMessage set and ReceivedAtNs copied from the frame. A rejected frame leaves the decoder as it was, except that
    /// an instrument or stream it named stays undefined.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="batch">Empty on entry.</param>
    DecodeResult Decode(in Frame frame, RecordBuffer batch);

    /// <summary>Takes over a definition (all its slots) from a journal that is continued.</summary>
    void Learn(ReadOnlySpan<Record> definition);
}
