using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>The logic on the same thread: a direct call.</summary>
/// <typeparam name="TSink">Sink of the logic.</typeparam>
public readonly struct LogicInput<TSink>(Logic<TSink> logic) : IMessageInput where TSink : struct, IRecordSink
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Process(ReadOnlySpan<Record> message) => logic.Process(message);

    /// <inheritdoc/>
    public void EndOfFrame()
    {
    }
}
