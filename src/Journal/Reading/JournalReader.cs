using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Recovery;

namespace Lob.Fast.Journal.Reading;

/// <summary>
/// A journal opened for reading: all its segments, mapped. Needs no lock; another process may be writing. Not thread-safe: each thread opens
/// its own. Everything handed out is invalid after <see cref="Dispose"/>.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly List<JournalSegment> _segments = [];

    private JournalReader(string folder) => Folder = folder;

    /// <summary>The journal's folder.</summary>
    public string Folder { get; }

    /// <summary>The segments found so far, ascending and without holes. Older ones may have been deleted by retention.</summary>
    public IReadOnlyList<JournalSegment> Segments => _segments;

    /// <summary>Opens a journal.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="fromSegment">Segments before this number are left alone: not mapped, so that their disk space is free once they are deleted.</param>
    /// <exception cref="JournalException">The folder holds no such segment, a number is missing between two, or a header is damaged.</exception>
    public static JournalReader Open(string folder, int fromSegment = 0)
    {
        if (!Directory.Exists(folder))
        {
            throw new JournalException($"{folder}: no such folder. Name the folder of a journal.");
        }

        JournalReader reader = new(folder);
        try
        {
            IReadOnlyList<int> numbers = UnwrittenSegment.WithoutUnlessAlone(folder, out _);
            if (numbers.Count == 0)
            {
                throw new JournalException($"{folder}: expected segments NNNNNNNN{JournalFolder.SegmentExtension}, found none. Name the folder of a journal.");
            }

            ThrowIfHole(folder, numbers);
            if (numbers[^1] < fromSegment)
            {
                throw new JournalException($"{folder}: expected segment {fromSegment:D8}, found none behind {numbers[^1]:D8}.");
            }

            foreach (int number in numbers.Where(number => number >= fromSegment))
            {
                reader._segments.Add(JournalSegment.Open(folder, number));
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Looks whether segments were added.</summary>
    /// <returns>Whether there are more now.</returns>
    public bool Refresh()
    {
        int before = _segments.Count;
        while (File.Exists(JournalFolder.SegmentPath(Folder, _segments[^1].Number + 1)) && !UnwrittenSegment.Is(Folder, _segments[^1].Number + 1))
        {
            _segments.Add(JournalSegment.Open(Folder, _segments[^1].Number + 1));
        }

        return _segments.Count > before;
    }

    /// <summary>
    /// A cursor over the messages from the start of a segment, its checkpoint first; without a number from the oldest segment.
    /// </summary>
    public JournalCursor Read(int? fromSegment = null, CheckpointMode checkpoints = CheckpointMode.First)
    {
        int first = _segments[0].Number;
        int number = fromSegment ?? first;
        if (number < first || number > _segments[^1].Number)
        {
            throw new JournalException($"{Folder}: expected a segment from {first} to {_segments[^1].Number}, asked for {number}.");
        }

        return new JournalCursor(this, number - first, checkpoints);
    }

    /// <summary>
    /// The segment to start from to reach the state at a time: the last one that starts at or before it. The oldest if the time is before all.
    /// </summary>
    /// <param name="atTimeNs">On the receive axis, Unix ns.</param>
    public int FindSegment(long atTimeNs)
    {
        // Times never step back, so the search touches few segments, however many there are.
        int found = 0;
        int behind = _segments.Count;
        while (behind - found > 1)
        {
            int middle = (found + behind) / 2;
            (found, behind) = _segments[middle].StartTimeNs <= atTimeNs ? (middle, behind) : (found, middle);
        }

        return _segments[found].Number;
    }

    /// <summary>
    /// The segment to start from to reach the state of a book stream after its last message at or below a sequence: the last one whose
    /// checkpoint has the stream at or below it. The oldest if none has.
    /// </summary>
    public int FindSegment(uint streamId, long sequence)
    {
        for (int i = _segments.Count - 1; i > 0; i--)
        {
            foreach (ref readonly Record record in _segments[i].Checkpoint)
            {
                if (record.Header.Kind == RecordKind.StreamState && record.Header.StreamId == streamId && !record.Header.Has(RecordFlags.Continued))
                {
                    // A book that is not proven may stand anywhere: where it was frozen, or at a snapshot.
                    StreamState state = Record.Read<StreamState>(record);
                    bool proven = (BookState)state.Header.Code is BookState.Live or BookState.Stale;
                    if (proven && state.LastSequence <= sequence)
                    {
                        return _segments[i].Number;
                    }

                    break;
                }
            }
        }

        return _segments[0].Number;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (JournalSegment segment in _segments)
        {
            segment.Dispose();
        }

        _segments.Clear();
    }

    /// <summary>Throws if a number between the first and the last is missing.</summary>
    internal static void ThrowIfHole(string folder, IReadOnlyList<int> numbers)
    {
        for (int i = 1; i < numbers.Count; i++)
        {
            if (numbers[i] != numbers[i - 1] + 1)
            {
                throw new JournalException(
                    $"{folder}: expected segment {numbers[i - 1] + 1:D8} after {numbers[i - 1]:D8}, found {numbers[i]:D8}. Restore what is missing, or "
                        + "move the segments before the hole away.");
            }
        }
    }
}
