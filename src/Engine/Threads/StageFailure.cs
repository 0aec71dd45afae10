using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Lob.Fast.Engine.Threads;

/// <summary>What ended a pipeline before its input did: the first failure of any stage, for the thread that feeds it. What follows from it is not kept.</summary>
public sealed class StageFailure
{
    private Exception? _first;

    /// <summary>The failure; null = none.</summary>
    public Exception? First => Volatile.Read(ref _first);

    /// <summary>Keeps a failure if it is the first. Any thread.</summary>
    public void Set(Exception failure) => _ = Interlocked.CompareExchange(ref _first, failure, null);

    /// <summary>Throws the failure as the stage threw it: same type, same words.</summary>
    [DoesNotReturn]
    public void Throw()
    {
        ExceptionDispatchInfo.Throw(First ?? new InvalidOperationException("a stage of the pipeline has stopped reading and left no reason"));
    }

    /// <summary>Throws the failure if there is one.</summary>
    public void ThrowIfAny()
    {
        if (First is not null)
        {
            Throw();
        }
    }
}
