namespace Lob.Fast.Micro.Rings;

/// <summary>A way from one thread to another for 64-byte records.</summary>
internal interface IHandOver : IDisposable
{
    /// <summary>Writes records that carry the numbers from 0. On the writing thread.</summary>
    void Write(int items);

    /// <summary>Reads as many and returns the sum of their numbers. On the reading thread.</summary>
    long Read(int items);
}
