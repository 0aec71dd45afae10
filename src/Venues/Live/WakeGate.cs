namespace Lob.Fast.Venues.Live;

/// <summary>
/// Lets one thread sleep until another has something for it. The sleeper says that it will sleep, looks once more for work, and sleeps; who brings work makes it
/// visible, and then looks whether anybody sleeps. A full fence on each side between its store and its load, so that one of the two always sees the other.
/// </summary>
internal sealed class WakeGate : IDisposable
{
    private readonly AutoResetEvent _event = new(initialState: false);
    private int _sleeping;

    /// <summary>Any thread, after its work is visible.</summary>
    public void Signal()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) != 0 && Interlocked.Exchange(ref _sleeping, 0) != 0)
        {
            _event.Set();
        }
    }

    /// <summary>Sleeper: announces it. To be followed by a last look for work, then <see cref="Sleep"/> or <see cref="StayAwake"/>.</summary>
    public void Announce()
    {
        Volatile.Write(ref _sleeping, 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Sleeper: there was work after all.</summary>
    public void StayAwake() => Volatile.Write(ref _sleeping, 0);

    /// <summary>Sleeper: sleeps until a signal, at most so long.</summary>
    public void Sleep(int milliseconds)
    {
        _ = _event.WaitOne(milliseconds);
        StayAwake();
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();
}
