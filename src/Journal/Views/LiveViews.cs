using Lob.Fast.Journal.Views.Live;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Writes the books of a journal out as files while it is written, on a thread of its own that sleeps between looks. It only reads the journal:
/// whoever writes it never waits for it. The files are those of <see cref="ViewConversion"/>, byte for byte; they only grow, and a later
/// <see cref="LiveViews"/> over the same journal goes on behind the last row. Life: <see cref="Start"/>, <see cref="Stop"/>.
/// </summary>
public sealed class LiveViews : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ViewRequest _request;
    private readonly Action<string> _log;
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;
    private LiveViewStatus _status = new() { Rows = 0, Gaps = 0, Files = 0, LagNs = 0 };

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="request">What to write. The journal need not be there yet. Force, Workers and Progress are of no use here.</param>
    /// <param name="log">Takes a line of text, on the thread that writes the rows.</param>
    /// <exception cref="JournalException">The format cannot be written live.</exception>
    public LiveViews(ViewRequest request, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(log);
        if (request.Format == ViewFormat.Npy)
        {
            throw new JournalException("npy: an array says at its start how many rows it has, so it cannot grow. Write jsonl, ndjson or csv live, and arrays afterwards: lob convert JOURNAL --to npy.");
        }

        _request = request;
        _log = log;
    }

    /// <summary>How it stands. Any thread.</summary>
    public LiveViewStatus Status => Volatile.Read(ref _status);

    /// <summary>Starts the thread. What it cannot do is told by <see cref="LiveViewStatus.Failure"/> and the log, never thrown.</summary>
    public void Start()
    {
        if (_thread != null)
        {
            throw new InvalidOperationException("a live view is started once");
        }

        _thread = new Thread(Run) { Name = $"views {_request.Format.ToName()}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Takes everything that is committed, completes the files and ends the thread. Behind the journal's own end; before it the row of the very last message may stay open until a later run.
    /// </summary>
    public void Stop()
    {
        _stop.Set();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Run()
    {
        LiveExport? export = null;
        try
        {
            export = new LiveExport(_request, _log, () => Report(export!, null));
            bool stopping;
            do
            {
                stopping = _stop.Wait(BetweenLooks);
                export.Look();
                Report(export, null);
            }
            while (!stopping);

            export.Close();
        }
        catch (Exception error)
        {
            // Whatever it is: the engine beside it goes on.
            string failure = $"{_request.Format.ToName()} files are written no more: {error.Message}";
            Report(export!, failure);
            _log(failure);
        }
        finally
        {
            export?.Dispose();
        }
    }

    private void Report(LiveExport export, string? failure)
    {
        var status = new LiveViewStatus { Rows = export.Rows, Gaps = export.Gaps, Files = export.Files, LagNs = export.LagNs, Failure = failure };
        if (status != _status)
        {
            Volatile.Write(ref _status, status);
        }
    }
}
