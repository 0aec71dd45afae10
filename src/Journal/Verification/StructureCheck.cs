using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Verification;

/// <summary>
/// Reads the slots of a segment one by one and says what is wrong with the first that cannot stand where it stands.
/// </summary>
/// <param name="onlyForm">
/// Check what a damaged page would break (kinds, flags, message and record borders), and not what a program must keep (streams, times, origins).
/// </param>
/// <param name="latestNs">Latest receive time of the segments before.</param>
internal sealed class StructureCheck(bool onlyForm, long latestNs = long.MinValue)
{
    private readonly HashSet<uint> _streams = [];
    private int _checkpointEnd;
    private uint _lastStream;
    private long _latestNs = latestNs;
    private bool _inMessage;
    private bool _messageIsDerived;
    private bool _inPadding;

    /// <summary>The record that continued slots continue, and how many slots it has so far.</summary>
    private RecordKind _recordKind;

    private uint _recordStream;
    private int _recordSlots;

    /// <summary>Slot after the last one of a complete message, or of the checkpoint.</summary>
    public int LastMessageEnd { get; private set; }

    /// <summary>Receive time of the first record that is not the checkpoint's; long.MaxValue = none yet.</summary>
    public long FirstNs { get; private set; } = long.MaxValue;

    /// <summary>Latest receive time so far, those of checkpoints excepted.</summary>
    public long LatestNs => _latestNs;

    /// <summary>Complete messages seen, checkpoints not among them.</summary>
    public long Messages { get; private set; }

    /// <summary>Whether the last slot seen leaves a message unfinished.</summary>
    public bool InMessage => _inMessage;

    /// <summary>Starts a segment: it must stand alone, so its streams are declared again.</summary>
    public void StartSegment(int checkpointSlots)
    {
        _streams.Clear();
        _lastStream = 0;
        _checkpointEnd = checkpointSlots;
        _inMessage = false;
        _inPadding = false;
        _recordKind = RecordKind.None;
        _recordSlots = 0;
        LastMessageEnd = 0;
    }

    /// <summary>Looks at the next slot.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Next(in Record record, int slot)
    {
        RecordHeader header = record.Header;
        if (!RecordRules.IsDefined(header.Kind))
        {
            return header.Kind == RecordKind.None ? "expected a record, found an unwritten slot (kind 0)" : "expected a defined kind of record, found "
                + $"{(byte)header.Kind}";
        }

        if ((header.Flags & ~RecordRules.FlagsDefined) != 0)
        {
            return $"expected flag bit 7 to be 0, found flags 0x{(byte)header.Flags:X2}";
        }

        bool atBlockStart = (slot & (SegmentLayout.BlockRecords - 1)) == 0;
        if (header.Kind == RecordKind.Padding)
        {
            return Padding(record, slot, atBlockStart);
        }

        if (_inPadding && !atBlockStart)
        {
            return $"expected padding up to the end of the block, found {header.Kind}";
        }

        _inPadding = false;
        return RecordBorders(header, atBlockStart)
            ?? (slot < _checkpointEnd ? InCheckpoint(header, slot) : InMessages(header, slot));
    }

    private string? Padding(in Record record, int slot, bool atBlockStart)
    {
        Record filler = default;
        filler.Header.Kind = RecordKind.Padding;
        if (!AsBytes(record).SequenceEqual(AsBytes(filler)))
        {
            return "expected padding to be zero behind its kind, found something else";
        }

        if (!_inPadding && (atBlockStart || SegmentLayout.BlockRecords - (slot & (SegmentLayout.BlockRecords - 1)) >= SegmentLayout.RecordSlotsMax))
        {
            return $"expected padding in the last {SegmentLayout.RecordSlotsMax - 1} slots of a block only";
        }

        _inPadding = true;
        if (slot < _checkpointEnd && slot + 1 == _checkpointEnd)
        {
            return "expected a checkpoint to end with a record, found padding";
        }

        return null;
    }

    /// <summary>Continued slots follow a slot of the same record, in the same block, and a record has all its slots.</summary>
    private string? RecordBorders(in RecordHeader header, bool atBlockStart)
    {
        if (header.Has(RecordFlags.Continued))
        {
            bool isSameRecord = header.Kind == _recordKind && header.StreamId == _recordStream && ++_recordSlots <= SegmentLayout.RecordSlotsMax;
            if (atBlockStart || header.Has(RecordFlags.FirstInMessage) || !isSameRecord)
            {
                return $"expected the slot that this {header.Kind} slot continues directly before it, found {_recordKind}";
            }

            return null;
        }

        string? missing = MissingSlots();
        _recordKind = header.Kind;
        _recordStream = header.StreamId;
        _recordSlots = 1;
        return missing;
    }

    private string? MissingSlots()
    {
        int expected = RecordRules.SlotsOf(_recordKind);
        return expected == 0 || expected == _recordSlots || _recordSlots == 0
            ? null
            : $"expected the {_recordKind} before to have {expected} slots, found {_recordSlots}";
    }

    private string? InCheckpoint(in RecordHeader header, int slot)
    {
        if (!header.Has(RecordFlags.Checkpoint))
        {
            return $"expected the Checkpoint flag in the first {_checkpointEnd} slots, found {header.Kind} without it";
        }

        Declare(header);
        if (slot + 1 < _checkpointEnd)
        {
            return null;
        }

        LastMessageEnd = slot + 1;
        string? missing = MissingSlots();
        _recordSlots = 0;
        return header.Has(RecordFlags.LastInMessage) ? missing : "expected the checkpoint's last slot to be flagged LastInMessage";
    }

    private string? InMessages(in RecordHeader header, int slot)
    {
        if (header.Has(RecordFlags.Checkpoint))
        {
            return $"expected no Checkpoint flag behind the checkpoint, found {header.Kind} with it";
        }

        bool first = header.Has(RecordFlags.FirstInMessage);
        if (first == _inMessage)
        {
            return first ? "expected the message before to end first, found FirstInMessage" : "expected FirstInMessage where a message starts";
        }

        if (first)
        {
            _messageIsDerived = header.Has(RecordFlags.Derived);
        }

        _inMessage = true;
        if (!onlyForm && Origin(header, first) is string problem)
        {
            return problem;
        }

        if (header.Has(RecordFlags.LastInMessage))
        {
            _inMessage = false;
            LastMessageEnd = slot + 1;
            Messages++;
            string? missing = MissingSlots();
            _recordSlots = 0;
            return missing;
        }

        return null;
    }

    private string? Origin(in RecordHeader header, bool first)
    {
        bool derived = header.Has(RecordFlags.Derived);
        if (derived != _messageIsDerived)
        {
            return "expected all records of a message to be derived, or none";
        }

        if (RecordRules.IsStateKind(header.Kind))
        {
            return $"expected {header.Kind} in checkpoints only";
        }

        // Levels are the one kind that is both: input in a venue's message, derived in an image.
        if (header.Kind != RecordKind.LevelSet && RecordRules.IsDerivedKind(header.Kind) != derived)
        {
            return derived ? $"expected an input, found {header.Kind} flagged Derived" : $"expected {header.Kind} to be flagged Derived";
        }

        if (header.Kind == RecordKind.MessageBegin && !first)
        {
            return "expected MessageBegin to be FirstInMessage";
        }

        Declare(header);

        // A rejected frame may name a stream that never came to be.
        if (header.StreamId != _lastStream && header.StreamId != 0 && header.Kind != RecordKind.FrameRejected)
        {
            if (!_streams.Contains(header.StreamId))
            {
                return $"expected stream {header.StreamId} to be declared before in this segment";
            }

            _lastStream = header.StreamId;
        }

        if (FirstNs == long.MaxValue)
        {
            FirstNs = header.ReceivedAtNs;
        }

        if (header.ReceivedAtNs < _latestNs)
        {
            return $"expected a receive time of at least {_latestNs}, found {header.ReceivedAtNs}";
        }

        _latestNs = header.ReceivedAtNs;
        return null;
    }

    private static ReadOnlySpan<byte> AsBytes(in Record record) => MemoryMarshal.AsBytes(new ReadOnlySpan<Record>(in record));

    private void Declare(in RecordHeader header)
    {
        if (header.Kind == RecordKind.StreamDefinition)
        {
            _ = _streams.Add(header.StreamId);
        }
    }
}
