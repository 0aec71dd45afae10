namespace Lob.Fast.Engine.Rings;

/// <summary>Spins a little, then lets other threads run: the default where cores are few.</summary>
public readonly struct YieldWaitStrategy : IWaitStrategy
{
    private const int SpinsMax = 100;

    /// <inheritdoc/>
    public void Wait(int attempt)
    {
        if (attempt < SpinsMax)
        {
            Processor.Relax(attempt);
        }
        else
        {
            Thread.Yield();
        }
    }
}
