using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Where the sequencer puts input messages, in order: the logic, or a ring to its thread. Called on the decode thread only.</summary>
public interface IMessageInput
{
    /// <summary>Takes one message, complete and valid, its receive times set. The records may change when this returns.</summary>
    void Process(ReadOnlySpan<Record> message);

    /// <summary>The frame that was handed in has no more messages: a ring publishes them now, once a frame.</summary>
    void EndOfFrame();
}
