using System.Runtime.InteropServices;
using Lob.Fast.Journal.Native;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The thread that syncs segments, so that the one that appends waits for a disk only when a segment starts: its header and checkpoint are synced before it
/// gets its name. It owns segments that have ended: syncs, unmaps and closes them.
/// </summary>
internal sealed class JournalFlusher : IDisposable
{
    private const int IntervalMs = 1000;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Queue<MappedFile> _ended = new();
    private readonly string _folder;
    private readonly bool _everySecond;
    private readonly Thread _thread;
    private MappedFile? _open;
    private bool _namesChanged;
    private bool _stopping;
    private Exception? _failure;

    public JournalFlusher(string folder, bool everySecond)
    {
        _folder = folder;
        _everySecond = everySecond;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal flush" };
        _thread.Start();
    }

    /// <summary>A segment was put in place: its name must survive, and in <c>interval</c> its content too.</summary>
    public void SegmentStarted(MappedFile file)
    {
        lock (_gate)
        {
            _open = file;
            _namesChanged = true;
        }

        _ = _wake.Set();
    }

    /// <summary>A segment has ended; it is no longer the caller's.</summary>
    public void SegmentEnded(MappedFile file)
    {
        lock (_gate)
        {
            _open = ReferenceEquals(_open, file) ? null : _open;
            _ended.Enqueue(file);
        }

        _ = _wake.Set();
    }

    /// <summary>Throws what the thread met. Called where a failure can be reported: when a segment starts, and at the end.</summary>
    public void ThrowIfFailed()
    {
        Exception? failure = Volatile.Read(ref _failure);
        if (failure is not null)
        {
            throw new JournalException(failure.Message, failure);
        }
    }

    /// <summary>Waits until everything that has ended is synced.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        _ = _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        bool stopping = false;
        while (!stopping)
        {
            _ = _wake.WaitOne(_everySecond ? IntervalMs : Timeout.Infinite);
            lock (_gate)
            {
                stopping = _stopping;
            }

            // One after the other whatever happens: a file that cannot be synced does not keep the others from it.
            SyncEnded();
            Try(SyncNames);
            Try(SyncOpen);
        }
    }

    /// <summary>Keeps the first failure, which <see cref="ThrowIfFailed"/> reports; later ones mostly follow from it.</summary>
    private void Try(Action sync)
    {
        try
        {
            sync();
        }
        catch (JournalException exception)
        {
            _ = Interlocked.CompareExchange(ref _failure, exception, null);
        }
    }

    private void SyncEnded()
    {
        while (true)
        {
            MappedFile? file;
            lock (_gate)
            {
                if (!_ended.TryDequeue(out file))
                {
                    return;
                }
            }

            using (file)
            {
                Try(file.Sync);
            }
        }
    }

    private void SyncNames()
    {
        lock (_gate)
        {
            if (!_namesChanged)
            {
                return;
            }

            _namesChanged = false;
        }

        int folder = Posix.Open(_folder, Posix.OpenReadOnlyCloseOnExec);
        int error = folder >= 0 && Posix.Sync(folder) == 0 ? 0 : Marshal.GetLastPInvokeError();
        if (folder >= 0)
        {
            _ = Posix.Close(folder);
        }

        if (error != 0)
        {
            throw new JournalException(
                $"{_folder}: the folder cannot be synced: {Posix.Describe(error)}. Whether a power cut would keep the newest segment's name is unknown; check the disk.");
        }
    }

    private void SyncOpen()
    {
        MappedFile? open;
        lock (_gate)
        {
            open = _everySecond ? _open : null;
        }

        // Ended segments are disposed of by this thread only, so the file stays open while it is synced.
        open?.Sync();
    }
}
