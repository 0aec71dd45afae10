using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Reruns;

/// <summary>What the logic derived from the last input, consumed by comparison.</summary>
internal sealed class ProducedRecords : IDisposable
{
    private readonly RecordBuffer _records = new();
    private int _compared;

    public void Clear()
    {
        _records.Clear();
        _compared = 0;
    }

    public void Add(ReadOnlySpan<Record> records)
    {
        if (records[0].Header.Has(RecordFlags.Derived))
        {
            _records.AddRange(records);
        }
    }

    /// <summary>Compares a derived message of the journal with what comes next here; null = the same.</summary>
    public string? Take(ReadOnlySpan<Record> message)
    {
        ReadOnlySpan<Record> rest = _records.Records[_compared..];
        if (rest.Length < message.Length)
        {
            return $"the journal holds a derived {message[0].Header.Kind} of {message.Length} slots that the rerun does not give";
        }

        _compared += message.Length;
        return JournalRerun.Compare(message, rest[..message.Length], "derived records");
    }

    public void Dispose() => _records.Dispose();

    /// <summary>Says what was derived here and is not in the journal; null = nothing.</summary>
    public string? Missing() =>
        _compared == _records.Count ? null : $"the rerun derives a {_records[_compared].Header.Kind} that the journal does not hold";
}
