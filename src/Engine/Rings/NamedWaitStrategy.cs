namespace Lob.Fast.Engine.Rings;

/// <summary>
/// The strategy of a name that is chosen when the program runs. The choice is made in the waiting loop, where there is nothing else to do: the way through a
/// ring that is neither full nor empty costs the same as with a strategy known to the compiler.
/// </summary>
public readonly struct NamedWaitStrategy(WaitKind kind) : IWaitStrategy
{
    /// <inheritdoc/>
    public void Wait(int attempt)
    {
        switch (kind)
        {
            case WaitKind.Spin:
                default(SpinWaitStrategy).Wait(attempt);
                break;
            case WaitKind.Park:
                default(ParkWaitStrategy).Wait(attempt);
                break;
            default:
                default(YieldWaitStrategy).Wait(attempt);
                break;
        }
    }
}
