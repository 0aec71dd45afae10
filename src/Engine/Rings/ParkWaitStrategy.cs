namespace Lob.Fast.Engine.Rings;

/// <summary>Spins, yields, then sleeps a millisecond at a time: costs no processor while nothing happens, and up to a millisecond when something does.</summary>
public readonly struct ParkWaitStrategy : IWaitStrategy
{
    private const int SpinsMax = 100;
    private const int YieldsMax = 1000;

    /// <inheritdoc/>
    public void Wait(int attempt)
    {
        if (attempt < SpinsMax)
        {
            Processor.Relax(attempt);
        }
        else if (attempt < YieldsMax)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(1);
        }
    }
}
