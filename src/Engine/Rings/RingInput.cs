using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Engine.Rings;

/// <summary>The logic on another thread: messages go into a ring and are published once a frame.</summary>
/// <param name="ring">The ring to the logic's thread.</param>
/// <param name="failure">Where a stage behind the ring leaves what ended it: thrown here, on the thread that feeds.</param>
/// <typeparam name="TWait">How the threads wait for each other.</typeparam>
public readonly struct RingInput<TWait>(RecordRing<TWait> ring, StageFailure failure) : IMessageInput where TWait : struct, IWaitStrategy
{
    /// <inheritdoc/>
    public void Process(ReadOnlySpan<Record> message)
    {
        if (!ring.Append(message))
        {
            failure.Throw();
        }
    }

    /// <inheritdoc/>
    public void EndOfFrame()
    {
        ring.Publish();
        if (ring.IsAbandoned)
        {
            failure.Throw();
        }
    }
}
