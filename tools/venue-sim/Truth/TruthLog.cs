namespace Lob.Fast.VenueSim.Truth;

/// <summary>How a book stood after each of the last messages of a channel. Numbers rise.</summary>
internal sealed class TruthLog(int kept)
{
    private const int FirstSize = 256;

    private TruthEntry[] _entries = new TruthEntry[Math.Min(FirstSize, kept)];

    /// <summary>Entries ever made; the last one is <c>Count − 1</c>.</summary>
    public long Count { get; private set; }

    public long Oldest => Math.Max(0, Count - _entries.Length);

    public TruthEntry Last => this[Count - 1];

    /// <summary>An entry between <see cref="Oldest"/> and <see cref="Count"/> − 1.</summary>
    public TruthEntry this[long ordinal] => _entries[ordinal % _entries.Length];

    public void Append(in TruthEntry entry)
    {
        // Growing only while nothing has been overwritten: every entry keeps its place.
        if (Count == _entries.Length && _entries.Length < kept) Array.Resize(ref _entries, Math.Min(kept, _entries.Length * 2));
        _entries[Count % _entries.Length] = entry;
        Count++;
    }

    /// <summary>The last entry whose number is not above this one; −1 where it is no longer, or not yet, known.</summary>
    public long Find(long number)
    {
        long low = Oldest;
        long high = Count - 1;
        while (low <= high)
        {
            long middle = (low + high) >> 1;
            if (this[middle].Number <= number) low = middle + 1;
            else high = middle - 1;
        }

        return high >= Oldest ? high : -1;
    }
}
