using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Writing;

/// <summary>The journal's thread in the split layout: appends what a <see cref="JournalFeed"/> put into the ring, and rolls and seals where that says.</summary>
public sealed class JournalStage : IDisposable
{
    /// <summary>16 KiB: looked through for controls, then copied while it is still in the first-level cache, then given back.</summary>
    private const int ChunkSlots = 256;

    private readonly RecordRing<NamedWaitStrategy> _ring;
    private readonly JournalWriter _writer;
    private readonly ArrivedCheckpoint _checkpoint = new();

    /// <summary>The last record of a span, of which more slots may follow in the next.</summary>
    private readonly RecordBuffer _begun = new(SegmentLayout.RecordSlotsMax);

    private JournalControl _roll;
    private int _checkpointSlotsLeft;
    private bool _inPieces;

    /// <summary>Reads <paramref name="ring"/>, writes to <paramref name="writer"/>, which is this thread's until <see cref="Run"/> ends.</summary>
    public JournalStage(RecordRing<NamedWaitStrategy> ring, JournalWriter writer)
    {
        _ring = ring;
        _writer = writer;
        writer.ReserveAll();
    }

    /// <summary>Runs until the ring's writer has completed and everything is in the journal.</summary>
    /// <exception cref="JournalException">As <see cref="JournalWriter.Reserve"/>; the journal is closed.</exception>
    public void Run()
    {
        for (ReadOnlySpan<Record> records = _ring.Read(); !records.IsEmpty; records = _ring.Read())
        {
            while (!records.IsEmpty)
            {
                int slots = Take(records);
                if (!_inPieces && _ring.EndsPublication(slots))
                {
                    Commit();
                }

                // Given back last: when the ring is empty, everything is committed.
                _ring.Release(slots);
                records = records[slots..];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begun.Dispose();
        _checkpoint.Records.Dispose();
    }

    /// <summary>Takes records up to the next control, or the control that stands first. Returns how many slots.</summary>
    private int Take(ReadOnlySpan<Record> records)
    {
        if (_checkpointSlotsLeft > 0)
        {
            return TakeCheckpoint(records);
        }

        ref readonly RecordHeader first = ref records[0].Header;
        if (first.Kind == RecordKind.None)
        {
            Obey(Record.Read<JournalControl>(records[0]));
            return 1;
        }

        if (_begun.Count > 0)
        {
            if (first.Has(RecordFlags.Continued))
            {
                _begun.AddRange(records[..1]);
                return 1;
            }

            AppendBegun();
        }

        int slots = 1;
        while (slots < records.Length && records[slots].Header.Kind != RecordKind.None
            && (slots < ChunkSlots || records[slots].Header.Has(RecordFlags.Continued)))
        {
            slots++;
        }

        int whole = slots;
        if (slots == records.Length && (_inPieces || !_ring.EndsPublication(slots)))
        {
            do
            {
                whole--;
            }
            while (records[whole].Header.Has(RecordFlags.Continued));
            _begun.AddRange(records[whole..]);
        }

        if (whole > 0)
        {
            _writer.Append(records[..whole]);
        }

        return slots;
    }

    private void Obey(in JournalControl control)
    {
        // Every control stands between whole messages.
        Commit();
        switch ((JournalControlKind)control.Header.Code)
        {
            case JournalControlKind.Open:
                _inPieces = true;
                break;
            case JournalControlKind.Commit:
                _inPieces = false;
                break;
            case JournalControlKind.Seal:
                _writer.Sealed();
                break;
            case JournalControlKind.Roll:
                _roll = control;
                _checkpoint.Records.Clear();
                _checkpointSlotsLeft = control.CheckpointSlots;
                break;
            default:
                throw new InvalidOperationException("a slot without a kind came to the journal's thread, and is no control either");
        }
    }

    private int TakeCheckpoint(ReadOnlySpan<Record> records)
    {
        int slots = Math.Min(records.Length, _checkpointSlotsLeft);
        _checkpoint.Records.AddRange(records[..slots]);
        _checkpointSlotsLeft -= slots;
        if (_checkpointSlotsLeft == 0)
        {
            _writer.RollAt(_roll, _checkpoint);
        }

        return slots;
    }

    private void AppendBegun()
    {
        if (_begun.Count > 0)
        {
            _writer.Append(_begun.Records);
            _begun.Clear();
        }
    }

    private void Commit()
    {
        AppendBegun();
        _writer.Commit();
    }

    /// <summary>What came through the ring, as the state it is.</summary>
    private sealed class ArrivedCheckpoint : ICheckpointSource
    {
        public RecordBuffer Records { get; } = new();

        public void WriteCheckpoint(RecordBuffer target) => target.AddRange(Records.Records);
    }
}
