namespace Lob.Fast.Journal.Views.Live;

/// <summary>All data files of a live view. One thread.</summary>
internal sealed class LiveFiles(ViewRequest request, IView view, Action<string> log) : IRowFiles
{
    /// <summary>Text held in memory: a write is then large enough to be cheap.</summary>
    private const int HeldBytesMax = 1 << 18;

    private readonly Dictionary<ViewPath, LiveFile> _files = [];
    private readonly Dictionary<uint, LiveFile> _lastOf = [];
    private readonly List<LiveFile> _touched = [];
    private readonly List<LiveFile> _finished = [];
    private LiveFile? _row;
    private int _rowStart;
    private long _heldBytes;

    /// <summary>Every file known.</summary>
    public IReadOnlyCollection<LiveFile> All => _files.Values;

    /// <summary>Whether the walk stands where an earlier run may have been already: what it gives is then compared with what is there.</summary>
    public bool IsComparing { get; private set; } = true;

    /// <summary>Whether the last row or gap came behind what an earlier run had written.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Rows appended.</summary>
    public long Rows { get; private set; }

    /// <summary>Called when a file holds more than the walk can give, before anything goes behind it: the state that is kept must know.</summary>
    public Action<LiveFile>? OnSkipped { get; init; }

    /// <summary>A file of an earlier run, which need not have come to write its metadata.</summary>
    public void Restore(ViewStream stream, in ViewPath path, long position, RowSummary summary) =>
        _files.Add(path, new LiveFile(request.OutFolder, stream, path, position, summary) { IsMetadataDue = true });

    /// <inheritdoc/>
    public RowFile Of(ViewStream stream, in ViewPath path)
    {
        if (!_files.TryGetValue(path, out LiveFile? file))
        {
            file = new LiveFile(request.OutFolder, stream, path, position: 0, new RowSummary());
            _files.Add(path, file);
        }

        if (!file.IsOpen)
        {
            Open(file);
        }

        if (!_lastOf.TryGetValue(stream.Id, out LiveFile? last) || last != file)
        {
            if (last != null)
            {
                _finished.Add(last);
            }

            _lastOf[stream.Id] = file;
        }

        if (!file.IsTouched)
        {
            file.IsTouched = true;
            _touched.Add(file);
        }

        file.IsMetadataDue = true;
        _row = file;
        _rowStart = file.HeldBytes;
        IsNew = file.Position + file.HeldBytes >= file.There;
        return file;
    }

    /// <inheritdoc/>
    public void RowDone()
    {
        Rows += IsNew ? 1 : 0;
        _heldBytes += _row!.HeldBytes - _rowStart;
        if (_heldBytes >= HeldBytesMax)
        {
            Flush();
        }
    }

    /// <summary>Writes what is held.</summary>
    public void Flush()
    {
        foreach (LiveFile file in _touched)
        {
            file.Flush();
        }

        _touched.Clear();
        _heldBytes = 0;
    }

    /// <summary>The walk has passed everything that an earlier run can have seen. Behind a flush.</summary>
    public void EndComparing()
    {
        if (!IsComparing)
        {
            return;
        }

        IsComparing = false;
        foreach (LiveFile file in _files.Values)
        {
            if (file.IsOpen)
            {
                Skip(file);
            }
        }
    }

    /// <summary>Files that get no rows for now are known no more once they are gone.</summary>
    public void ForgetGone()
    {
        foreach (LiveFile file in _files.Values.Where(file => !_lastOf.ContainsValue(file) && !file.Exists).ToArray())
        {
            _files.Remove(file.Path);
        }
    }

    /// <summary>Makes sure that a power cut costs nothing. Behind a flush.</summary>
    public void Sync()
    {
        foreach (LiveFile file in _files.Values)
        {
            file.Sync();
        }
    }

    /// <summary>The instrument has another definition: it stands in the metadata of each of its files.</summary>
    public void Redefined(ViewInstrument instrument)
    {
        foreach (LiveFile file in _files.Values.Where(file => file.Stream.Instrument == instrument))
        {
            file.IsMetadataDue = true;
        }
    }

    /// <summary>Writes the metadata of the files that get no more rows for now, or of all. Behind a flush.</summary>
    public void Describe(bool all)
    {
        foreach (LiveFile file in all ? (IEnumerable<LiveFile>)_files.Values : _finished)
        {
            if (file.IsMetadataDue && file.Exists)
            {
                using var text = new MemoryStream();
                MetadataText.WriteFile(text, request, view, file.Stream, file.Path, file.Summary);
                WholeFile.Write(Path.Combine(request.OutFolder, file.Path.Metadata), text.GetBuffer().AsSpan(0, (int)text.Length));
            }

            file.IsMetadataDue = false;
        }

        foreach (LiveFile file in _finished.Where(file => !_lastOf.ContainsValue(file)))
        {
            file.Rest();
        }

        _finished.Clear();
    }

    private void Open(LiveFile file)
    {
        // From here on its name is settled, whatever other channels appear.
        file.Stream.KnownSiblings ??= file.Stream.HasSiblings;
        file.Look();
        if (!IsComparing && Skip(file))
        {
            OnSkipped?.Invoke(file);
        }

        if (file.Position == 0)
        {
            file.Text.Append(view.Head(file.Path, file.Summary));
        }
    }

    private bool Skip(LiveFile file)
    {
        long position = file.Position;
        bool any = file.SkipToEnd();
        if (any)
        {
            log($"{file.Path}: {file.Position - position} bytes are there that the journal does not have (a power cut may have cost it its end); they stay, and rows go on behind them.");
        }

        return any;
    }
}
