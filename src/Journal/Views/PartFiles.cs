namespace Lob.Fast.Journal.Views;

/// <summary>All parts of output files that one segment gives. One thread.</summary>
internal sealed class PartFiles(string spillFolder, int segment) : IRowFiles
{
    /// <summary>Text of one segment's parts held in memory: with a worker a core this is some MiB a core, and a write is large enough to be cheap.</summary>
    private const int HeldBytesMax = 16 << 20;

    private readonly Dictionary<ViewPath, PartFile> _parts = [];
    private int _looksLeft = LooksBetween;

    /// <summary>Rows between two looks at how much is held: a row is 50 KB at 400 levels a side.</summary>
    private const int LooksBetween = 64;

    public IReadOnlyCollection<PartFile> Parts => _parts.Values;

    /// <inheritdoc/>
    public RowFile Of(ViewStream stream, in ViewPath path)
    {
        if (!_parts.TryGetValue(path, out PartFile? part))
        {
            part = new PartFile(stream, path, Path.Combine(spillFolder, $"{segment:D8}-{_parts.Count:D6}"));
            _parts.Add(path, part);
        }

        return part;
    }

    /// <inheritdoc/>
    public void RowDone()
    {
        if (--_looksLeft > 0)
        {
            return;
        }

        _looksLeft = LooksBetween;
        long held = _parts.Values.Sum(static part => (long)part.Text.Length);
        if (held > HeldBytesMax)
        {
            SpillAll();
        }
    }

    /// <summary>Moves everything out of memory.</summary>
    public void SpillAll()
    {
        foreach (PartFile part in _parts.Values)
        {
            if (part.Text.Length > 0)
            {
                part.Spill();
            }
        }
    }
}
