namespace Lob.Fast.Venues.Sessions;

/// <summary>So many in so long a time, over a sliding window. Any thread.</summary>
internal sealed class RateBudget(int count, TimeSpan window, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long At, int Weight)> _taken = new();
    private int _used;

    /// <summary>Takes a share if there is room; else says how long to wait.</summary>
    public bool TryTake(out TimeSpan wait, int weight = 1)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            Forget(now);

            // A share larger than the whole budget goes alone.
            if (_used == 0 || _used + weight <= count)
            {
                _taken.Enqueue((now, weight));
                _used += weight;
                wait = TimeSpan.Zero;
                return true;
            }

            wait = window - time.GetElapsedTime(_taken.Peek().At, now);
            return false;
        }
    }

    /// <summary>Waits until there is room, and takes it.</summary>
    public async Task TakeAsync(int weight, CancellationToken cancellation)
    {
        while (!TryTake(out TimeSpan wait, weight))
        {
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The venue counts more than we did: somebody else uses the same address.</summary>
    public void Raise(int used)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            Forget(now);
            if (used > _used)
            {
                _taken.Enqueue((now, used - _used));
                _used = used;
            }
        }
    }

    private void Forget(long now)
    {
        while (_taken.TryPeek(out (long At, int Weight) oldest) && time.GetElapsedTime(oldest.At, now) >= window)
        {
            _used -= _taken.Dequeue().Weight;
        }
    }
}
