namespace Lob.Fast.Engine.Rings;

/// <summary>How threads wait for each other, by name.</summary>
public enum WaitKind : byte
{
    /// <summary><see cref="YieldWaitStrategy"/>.</summary>
    Yield = 0,

    /// <summary><see cref="SpinWaitStrategy"/>.</summary>
    Spin = 1,

    /// <summary><see cref="ParkWaitStrategy"/>.</summary>
    Park = 2,
}
