using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Rings;

/// <summary>
/// What every ring here does between its one writer and its one reader; a ring adds memory and what lies in it. Positions count units (bytes, slots) from
/// the start, never wrap, and only grow.
/// <code>
///   what        owner    the owner            the other side
///   published   writer   store release        load acquire, when it has read all it has seen
///   consumed    reader   store release        load acquire, when the ring looks full
///   gate        writer   plain (its copy of consumed)
///   seen        reader   plain (its copy of published)
///   completed   writer   failure, then store release    load acquire, before the load of published
///   abandoned   reader   store release        load acquire
/// </code>
/// Write: wait until end − gate ≤ capacity, re-reading consumed; store the units; published ← end. Read: wait until position &lt; seen, re-reading published;
/// load the units; consumed ← position behind them. Nothing else is shared, and no operation is atomic beyond a load or a store of 64 bits.
/// </summary>
/// <typeparam name="TWait">How both sides wait.</typeparam>
public abstract class Ring<TWait> where TWait : struct, IWaitStrategy
{
    private readonly TWait _wait;
    private PaddedSequence _published;
    private PaddedSequence _consumed;
    private PaddedSequence _gate;
    private PaddedSequence _seen;
    private volatile bool _completed;
    private volatile bool _abandoned;
    private Exception? _failure;
    private long _fullWaits;

    private protected Ring(TWait wait, int capacity)
    {
        _wait = wait;
        Capacity = capacity;
    }

    /// <summary>Units that fit; a power of two.</summary>
    public int Capacity { get; }

    /// <summary>Whether everything published was consumed. Exact for the writer as long as it publishes nothing.</summary>
    public bool IsEmpty => _consumed.Read() == _published.Read();

    /// <summary>Writer: how often it has had to wait for room.</summary>
    public long FullWaits => Volatile.Read(ref _fullWaits);

    /// <summary>Whether the reader has gone: nothing will be read any more.</summary>
    public bool IsAbandoned => _abandoned;

    /// <summary>Writer: where the units behind the last publication start.</summary>
    private protected long Published => _published.Own;

    /// <summary>Reader: end of the published units it knows of.</summary>
    private protected long Seen => _seen.Own;

    /// <summary>Writer: no more will come. A failure is thrown on the reader's side once it has read everything before it.</summary>
    public void Complete(Exception? failure = null)
    {
        _failure = failure;
        _completed = true;
    }

    /// <summary>Reader: stops reading; a waiting writer is let go.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>Writer: waits until everything published was consumed. False = the reader has gone.</summary>
    public bool WaitUntilEmpty()
    {
        for (int attempt = 0; !IsEmpty; attempt++)
        {
            if (_abandoned)
            {
                return false;
            }

            _wait.Wait(attempt);
        }

        return true;
    }

    /// <summary>Writer: waits until the units before <paramref name="end"/> may be stored. False = the reader has gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool WaitForRoom(long end) => end - _gate.Own <= Capacity || WaitAtGate(end);

    /// <summary>Writer: makes everything before <paramref name="end"/> visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Publish(long end) => _published.Publish(end);

    /// <summary>Reader: waits until there is something behind <paramref name="position"/>. False = the writer has completed, and everything was read.</summary>
    /// <exception cref="IOException">It has completed with a failure.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool WaitForMore(long position) => _seen.Own > position || WaitForWriter(position);

    /// <summary>Reader: whether there is something behind <paramref name="position"/>, without waiting.</summary>
    private protected bool HasMore(long position)
    {
        if (_seen.Own <= position)
        {
            _seen.Keep(_published.Read());
        }

        return _seen.Own > position;
    }

    /// <summary>Reader: gives everything before <paramref name="position"/> back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Consume(long position) => _consumed.Publish(position);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WaitAtGate(long end)
    {
        for (int attempt = 0; ; attempt++)
        {
            _gate.Keep(_consumed.Read());
            if (end - _gate.Own <= Capacity)
            {
                return true;
            }

            if (_abandoned)
            {
                return false;
            }

            if (attempt == 0)
            {
                Volatile.Write(ref _fullWaits, _fullWaits + 1);
            }

            _wait.Wait(attempt);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WaitForWriter(long position)
    {
        for (int attempt = 0; ; attempt++)
        {
            // Completed is read before the position: what was published before completion is then seen.
            bool completed = _completed;
            _seen.Keep(_published.Read());
            if (_seen.Own > position)
            {
                return true;
            }

            if (completed)
            {
                return _failure == null ? false : throw new IOException(_failure.Message, _failure);
            }

            _wait.Wait(attempt);
        }
    }
}
