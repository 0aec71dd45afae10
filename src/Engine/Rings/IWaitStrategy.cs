namespace Lob.Fast.Engine.Rings;

/// <summary>What a thread does while the other side of a ring has not moved.</summary>
public interface IWaitStrategy
{
    /// <summary>Called again and again; <paramref name="attempt"/> counts from 0 for each wait.</summary>
    void Wait(int attempt);
}
