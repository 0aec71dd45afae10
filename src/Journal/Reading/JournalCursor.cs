using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Reading;

/// <summary>
/// Walks the complete messages of a journal in order, over all segments. A message is everything from a slot flagged FirstInMessage to the
/// slot flagged LastInMessage; derived messages follow the input message that they came from. Padding is never seen. At the end of what is
/// committed <see cref="MoveNext"/> returns false and may be called again: that is how a journal is followed while it is written.
/// </summary>
public sealed class JournalCursor : IDisposable
{
    private readonly JournalReader _reader;
    private readonly CheckpointMode _checkpoints;

    /// <summary>Holds a message that padding interrupts, in one piece.</summary>
    private readonly RecordBuffer _scratch = new(SegmentLayout.RecordSlotsMax);

    private readonly int _startOrdinal;
    private int _ordinal;
    private JournalSegment _segment;
    private SegmentState _state;
    private int _end;

    /// <summary>Slot at which the next message starts.</summary>
    private int _next;

    private int _start;
    private int _slots;
    private bool _fromScratch;

    internal JournalCursor(JournalReader reader, int startOrdinal, CheckpointMode checkpoints)
    {
        _reader = reader;
        _checkpoints = checkpoints;
        _startOrdinal = startOrdinal;
        _ordinal = startOrdinal;
        _segment = reader.Segments[startOrdinal];
    }

    /// <summary>The current message, or checkpoint, without padding. Valid until the next <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<Record> Message => _fromScratch ? _scratch.Records : _segment.Slots.Slice(_start, _slots);

    /// <summary>Whether <see cref="Message"/> is a checkpoint.</summary>
    public bool IsCheckpoint { get; private set; }

    /// <summary>Whether <see cref="Message"/> was produced by the logic.</summary>
    public bool IsDerived => !IsCheckpoint && Message[0].Header.Has(RecordFlags.Derived);

    /// <summary>Number of the segment that holds the current message.</summary>
    public int SegmentNumber => _segment.Number;

    /// <summary>Slot of the current message's first record, from the start of the segment.</summary>
    public int Slot => _start;

    /// <summary>Slot of the current message's first record in the whole journal.</summary>
    public long Index => _segment.FirstIndex + _start;

    /// <summary>
    /// After <see cref="MoveNext"/> returned false: whether the journal's writer has stopped. A later session may still add segments.
    /// </summary>
    public bool IsEnded { get; private set; }

    /// <summary>Goes to the next complete message.</summary>
    /// <returns>False if none is committed yet.</returns>
    /// <exception cref="JournalException">The records are damaged; names segment and slot.</exception>
    public bool MoveNext()
    {
        while (true)
        {
            if (_next < _end && (_next == 0 ? TakeCheckpoint() || TakeMessage() : TakeMessage()))
            {
                return true;
            }

            if (!FindMore())
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>Looks for more committed records in this segment, then for the next segment.</summary>
    private bool FindMore()
    {
        // The state first: if it says that no more will come, the count read after it is final.
        SegmentState state = _segment.State;
        int end = _segment.CommittedCount;
        if (end > _end)
        {
            _state = state;
            _end = end;
            return true;
        }

        _state = state;
        IsEnded = false;
        if (_state == SegmentState.Open)
        {
            return false;
        }

        if (_ordinal + 1 == _reader.Segments.Count && !_reader.Refresh())
        {
            IsEnded = _state == SegmentState.Closed;
            return false;
        }

        // An unfinished message at the tail stays behind unread: its writer was killed before the end of it.
        JournalSegment next = _reader.Segments[_ordinal + 1];
        long expected = _segment.FirstIndex + end;
        if (next.FirstIndex != expected)
        {
            throw new JournalException(
                $"{next.Path}: byte 48, first record index: expected {expected}, the end of the segment before, found {next.FirstIndex}. One of the two "
                    + "files is from another journal.");
        }

        _ordinal++;
        _segment = next;
        _end = 0;
        _next = 0;
        return true;
    }

    private bool TakeCheckpoint()
    {
        int slots = _segment.CheckpointCount;
        _next = slots;
        bool wanted = _checkpoints == CheckpointMode.All || (_checkpoints == CheckpointMode.First && _ordinal == _startOrdinal);
        if (slots == 0 || !wanted)
        {
            return false;
        }

        IsCheckpoint = true;
        SetMessage(0, slots, HasPadding(_segment.Checkpoint));
        return true;
    }

    private bool TakeMessage()
    {
        ReadOnlySpan<Record> records = _segment.Slots[.._end];
        int start = _next;
        while (start < records.Length && records[start].Header.Kind == RecordKind.Padding)
        {
            start++;
        }

        if (start == records.Length)
        {
            _next = start;
            return false;
        }

        if (!records[start].Header.Has(RecordFlags.FirstInMessage))
        {
            ThrowNoMessage(start, records[start]);
        }

        bool hasPadding = false;
        for (int i = start; i < records.Length; i++)
        {
            ref readonly RecordHeader header = ref records[i].Header;
            hasPadding |= header.Kind == RecordKind.Padding;
            if (header.Has(RecordFlags.LastInMessage))
            {
                IsCheckpoint = false;
                SetMessage(start, i + 1 - start, hasPadding);
                _next = i + 1;
                return true;
            }
        }

        return false;
    }

    private void SetMessage(int start, int slots, bool hasPadding)
    {
        _start = start;
        _slots = slots;
        _fromScratch = hasPadding;
        if (!hasPadding)
        {
            return;
        }

        _scratch.Clear();
        foreach (ref readonly Record record in _segment.Slots.Slice(start, slots))
        {
            if (record.Header.Kind != RecordKind.Padding)
            {
                _scratch.Add() = record;
            }
        }
    }

    private static bool HasPadding(ReadOnlySpan<Record> records)
    {
        foreach (ref readonly Record record in records)
        {
            if (record.Header.Kind == RecordKind.Padding)
            {
                return true;
            }
        }

        return false;
    }

    private void ThrowNoMessage(int slot, in Record record) =>
        throw new JournalException(
            $"{_segment.Path}: record {slot}: expected the first slot of a message, found kind {(byte)record.Header.Kind} with flags "
                + $"0x{(byte)record.Header.Flags:X2}. The segment is damaged: verify says where.");
}
