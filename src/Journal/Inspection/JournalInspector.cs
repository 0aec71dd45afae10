using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Inspection;

/// <summary>Counts what a journal holds. Works while a writer is at work.</summary>
public sealed class JournalInspector
{
    private const int KindsMax = 256;

    private readonly SortedDictionary<uint, InstrumentSummary> _instruments = [];
    private readonly SortedDictionary<uint, StreamCount> _streams = [];
    private readonly List<SegmentSummary> _segments = [];
    private readonly List<JournalFinding> _findings = [];
    private readonly long[] _kinds = new long[KindsMax];
    private StreamCount? _lastStream;
    private long _messages;
    private long _checkpointSlots;
    private long _paddingSlots;

    private JournalInspector()
    {
    }

    /// <summary>Inspects a journal.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="progress">Told after each segment: segments read so far and segments in all.</param>
    /// <exception cref="JournalException">The folder holds no journal, or one whose headers are damaged.</exception>
    public static JournalSummary Run(string folder, Action<int, int>? progress = null)
    {
        using JournalReader reader = JournalReader.Open(folder);
        JournalInspector inspector = new();
        foreach (JournalSegment segment in reader.Segments)
        {
            inspector.Add(segment);
            progress?.Invoke(inspector._segments.Count, reader.Segments.Count);
        }

        return inspector.Summary();
    }

    private JournalSummary Summary()
    {
        SortedDictionary<RecordKind, long> kinds = [];
        for (int kind = 0; kind < KindsMax; kind++)
        {
            if (_kinds[kind] > 0)
            {
                kinds.Add((RecordKind)kind, _kinds[kind]);
            }
        }

        return new JournalSummary
        {
            Segments = _segments,
            Instruments = [.. _instruments.Values],
            Streams = [.. _streams.Values.Select(static stream => stream.Summary())],
            RecordsByKind = kinds,
            Messages = _messages,
            CheckpointSlots = _checkpointSlots,
            PaddingSlots = _paddingSlots,
            FirstTimeNs = _segments.Find(static segment => segment.FirstTimeNs != 0)?.FirstTimeNs ?? 0,
            LastTimeNs = _segments.FindLast(static segment => segment.LastTimeNs != 0)?.LastTimeNs ?? 0,
            Findings = _findings,
        };
    }

    private void Add(JournalSegment segment)
    {
        SegmentState state = segment.State;
        ReadOnlySpan<Record> records = segment.Committed;
        BlockIndex index = BlockIndex.Empty;
        for (int slot = 0; slot < records.Length; slot++)
        {
            ref readonly Record record = ref records[slot];
            if (record.Header.Kind == RecordKind.Padding)
            {
                _paddingSlots++;
                continue;
            }

            AddDefinition(records, slot);
            if (record.Header.Has(RecordFlags.Checkpoint))
            {
                _checkpointSlots++;
                continue;
            }

            index.Add(record);
            _messages += record.Header.Has(RecordFlags.LastInMessage) ? 1 : 0;
            if (!record.Header.Has(RecordFlags.Continued))
            {
                _kinds[(byte)record.Header.Kind]++;
            }

            if (record.Header.Kind == RecordKind.MessageBegin)
            {
                AddMessage(record);
            }
        }

        if (state == SegmentState.Open)
        {
            _findings.Add(new JournalFinding(FindingKind.Note, segment.Number, -1, -1, -1, "open: a writer is at work, or was killed and recovery has "
                + "not run."));
        }

        _segments.Add(new SegmentSummary(
            segment.Number, state, SegmentLayout.FileBytes(segment.Capacity), segment.Capacity, records.Length,
            segment.CheckpointCount, segment.FirstIndex, index.FirstTimeNs, index.LastTimeNs));
    }

    /// <summary>Takes in a definition that starts at a slot; its continued slots follow it in the same block.</summary>
    private void AddDefinition(ReadOnlySpan<Record> records, int slot)
    {
        ref readonly Record record = ref records[slot];
        if (record.Header.Has(RecordFlags.Continued))
        {
            return;
        }

        if (record.Header.Kind == RecordKind.InstrumentDefinition && slot + InstrumentDefinition.Slots <= records.Length)
        {
            InstrumentDefinition definition = Record.Read<InstrumentDefinition>(record);
            string symbol = Record.Read<InstrumentSymbol>(records[slot + 1]).Symbol.ToString();
            _instruments[definition.InstrumentId] = new InstrumentSummary(
                definition.InstrumentId, definition.Venue, symbol, definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals);
        }
        else if (record.Header.Kind == RecordKind.StreamDefinition && slot + StreamDefinition.Slots <= records.Length
            && !_streams.ContainsKey(record.Header.StreamId))
        {
            StreamDefinition definition = Record.Read<StreamDefinition>(record);
            string channel = Record.Read<StreamChannel>(records[slot + 1]).Channel.ToString();
            _streams[record.Header.StreamId] = new StreamCount(record.Header.StreamId, definition, channel);
        }
    }

    private void AddMessage(in Record record)
    {
        if (_lastStream?.Id != record.Header.StreamId && !_streams.TryGetValue(record.Header.StreamId, out _lastStream))
        {
            return;
        }

        _lastStream!.Add(Record.Read<MessageBegin>(record));
    }

    /// <summary>A stream while it is counted.</summary>
    private sealed class StreamCount(uint id, in StreamDefinition definition, string channel)
    {
        private readonly uint _instrumentId = definition.InstrumentId;
        private readonly StreamRole _role = definition.Role;
        private long _messages;
        private long _minSequence = long.MaxValue;
        private long _maxSequence = Sequence.None;
        private long _firstTimeNs;
        private long _lastTimeNs;

        public uint Id => id;

        public void Add(in MessageBegin message)
        {
            if (message.LastSequence != Sequence.None)
            {
                _minSequence = Math.Min(_minSequence, message.LastSequence);
                _maxSequence = Math.Max(_maxSequence, message.LastSequence);
            }

            _firstTimeNs = _messages++ == 0 ? message.Header.ReceivedAtNs : _firstTimeNs;
            _lastTimeNs = message.Header.ReceivedAtNs;
        }

        public StreamSummary Summary() => new(
            id, _instrumentId, _role, channel, _messages,
            _maxSequence == Sequence.None ? Sequence.None : _minSequence, _maxSequence, _firstTimeNs, _lastTimeNs);
    }
}
