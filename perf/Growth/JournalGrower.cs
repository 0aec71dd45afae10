using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Growth;

/// <summary>
/// Plays the inputs of a journal again and again into another one. Times and sequences move on from round to round, so that each goes on where the one before
/// ended: one unbroken recording of any length. For books whose messages name the one before (Binance futures).
/// </summary>
internal sealed class JournalGrower : IDisposable
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly RecordBuffer _inputs = new();
    private readonly List<(int Start, int Slots)> _messages = [];
    private readonly JournalSink.Target _target = new();
    private readonly Logic<JournalSink> _logic;
    private readonly long _roundNs;
    private readonly long _roundSequences;
    private int _next;
    private int _round;

    /// <summary>Reads the inputs of <paramref name="source"/> and starts a journal in <paramref name="folder"/>.</summary>
    public JournalGrower(string source, string folder)
    {
        uint book = 0;
        long firstNs = 0;
        long lastNs = 0;
        long firstPrevious = 0;
        long last = 0;
        using (var reader = JournalReader.Open(source))
        using (JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None))
        {
            while (cursor.MoveNext())
            {
                ReadOnlySpan<Record> message = cursor.Message;
                if (cursor.IsDerived || (message[0].Header.Kind == RecordKind.Timer && message[0].Header.Code != (byte)TimerEvent.Second))
                {
                    continue;
                }

                _messages.Add((_inputs.Count, message.Length));
                _inputs.AddRange(message);
                firstNs = firstNs == 0 ? message[0].Header.ReceivedAtNs : firstNs;
                lastNs = message[0].Header.ReceivedAtNs;
                if (message[0].Header.Kind == RecordKind.MessageBegin)
                {
                    MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                    if (begin.Type == MessageType.BookDelta && begin.PreviousSequence != Sequence.None)
                    {
                        (firstPrevious, book) = book == 0 ? (begin.PreviousSequence, begin.Header.StreamId) : (firstPrevious, book);
                        last = begin.LastSequence;
                    }
                }
            }
        }

        _roundNs = (((lastNs - firstNs) / NsPerSecond) + 1) * NsPerSecond;
        _roundSequences = last - firstPrevious;
        _logic = new Logic<JournalSink>(new JournalSink(_target));
        Writer = JournalWriter.Create(folder, _logic);
        _target.Writer = Writer;
    }

    /// <summary>The journal that grows.</summary>
    public JournalWriter Writer { get; }

    /// <summary>Receive time of the last input, Unix ns.</summary>
    public long NowNs { get; private set; }

    /// <summary>Plays until so many segments are complete. What was committed may be read meanwhile.</summary>
    public void GrowTo(int segments)
    {
        using RecordBuffer message = new();
        while (Writer.SegmentNumber < segments)
        {
            (int start, int slots) = _messages[_next];
            message.Clear();
            message.AddRange(_inputs.Records.Slice(start, slots));
            if (_round == 0 || !IsOfFirstRound(message[0]))
            {
                Shift(message.Records);
                NowNs = message[0].Header.ReceivedAtNs;
                _logic.Process(message.Records);
            }

            _next++;
            if (_next == _messages.Count)
            {
                _next = 0;
                _round++;
            }
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        _logic.Dispose();
        _inputs.Dispose();
    }

    /// <summary>Streams and instruments are declared once, and the book is bridged once.</summary>
    private static bool IsOfFirstRound(in Record first) =>
        first.Header.Kind is RecordKind.InstrumentDefinition or RecordKind.StreamDefinition
        || (first.Header.Kind == RecordKind.MessageBegin && first.Header.Code == (byte)MessageType.BookSnapshot);

    private void Shift(Span<Record> message)
    {
        foreach (ref Record record in message)
        {
            record.Header.ReceivedAtNs += _round * _roundNs;
            record.Header.VenueTimeNs += record.Header.VenueTimeNs == 0 ? 0 : _round * _roundNs;
        }

        if (message[0].Header.Kind == RecordKind.MessageBegin)
        {
            ref MessageBegin begin = ref Record.As<MessageBegin>(ref message[0]);
            begin.FirstSequence = Shifted(begin.FirstSequence);
            begin.LastSequence = Shifted(begin.LastSequence);
            begin.PreviousSequence = Shifted(begin.PreviousSequence);
        }
    }

    private long Shifted(long sequence) => sequence == Sequence.None ? sequence : sequence + (_round * _roundSequences);
}
