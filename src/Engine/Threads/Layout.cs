namespace Lob.Fast.Engine.Threads;

/// <summary>How decode, logic and journal are spread over threads. What comes out is the same to the byte.</summary>
public enum Layout : byte
{
    /// <summary>All on one thread, each a direct call from the one before: no hand-over costs anything.</summary>
    Fused = 0,

    /// <summary>A thread each, a record ring between each two: a frame is decoded while the one before is in the books.</summary>
    Split = 1,
}
