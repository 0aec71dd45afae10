namespace Lob.Fast.Engine.Rings;

/// <summary>Burns the core: lowest latency, and only right with a core for each waiting thread; with fewer, threads spin in the way of the one they wait for.</summary>
public readonly struct SpinWaitStrategy : IWaitStrategy
{
    /// <inheritdoc/>
    public void Wait(int attempt) => Processor.Relax(attempt);
}
