using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Timer = Lob.Fast.Engine.Records.Timer;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>
/// Puts everything that comes from outside into one order, and time with it: decodes each frame, stamps its records with a receive time that never
/// steps back, puts a Timer in front of a frame that crosses a second, and hands complete messages to the logic. What it hands on is the input
/// of the journal; nothing behind it looks at a clock. Single thread; whether the logic runs on it too is the matter of <typeparamref name="TInput"/>.
/// </summary>
/// <typeparam name="TDecoder">Decoder of the venue.</typeparam>
/// <typeparam name="TInput">Where messages go: the logic itself, or a ring to it.</typeparam>
public class FrameSequencer<TDecoder, TInput> : IDisposable
    where TDecoder : IFrameDecoder
    where TInput : struct, IMessageInput
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly TDecoder _decoder;
    private readonly TInput _input;
    private readonly RecordBuffer _batch = new(4096);
    private SequencerTotals _totals;
    private long _nowNs;

    /// <summary>Feeds <paramref name="input"/>, whose clock stands at <paramref name="nowNs"/> (Unix ns; 0 = before the first input).</summary>
    public FrameSequencer(TDecoder decoder, TInput input, long nowNs)
    {
        _decoder = decoder;
        _input = input;
        _nowNs = nowNs;
    }

    /// <summary>Counts of frames since the start.</summary>
    public ref readonly SequencerTotals Totals => ref _totals;

    /// <summary>Takes one frame. Returns what the decoder made of it, so that the caller can keep a rejected one.</summary>
    public DecodeResult OnFrame(in Frame frame)
    {
        _batch.Clear();
        DecodeResult result = _decoder.Decode(frame, _batch);
        _totals.Frames++;
        _totals.Bytes += frame.Bytes.Length;
        switch (result.Outcome)
        {
            case DecodeOutcome.Rejected:
                bool timeFromVenue = Advance(frame.ReceivedAtNs, 0);
                Reject(frame, result, timeFromVenue);
                _input.EndOfFrame();
                return result;
            case DecodeOutcome.UnknownEvent:
                _totals.UnknownEvents++;
                break;
            case DecodeOutcome.Control:
                _totals.Control++;
                break;
            default:
                break;
        }

        Span<Record> records = _batch.Records;
        if (records.IsEmpty)
        {
            Advance(frame.ReceivedAtNs, 0);
        }
        else
        {
            Stamp(frame.ReceivedAtNs, records);
            Publish(records);
        }

        _input.EndOfFrame();
        return result;
    }

    /// <summary>A piece of input that is no frame at all (an oversized or malformed line of a recording): counted and journaled like a rejected frame.</summary>
    public void OnRejected(in Frame frame, RejectReason reason, int faultByte)
    {
        _totals.Frames++;
        _totals.Bytes += frame.Bytes.Length;
        bool timeFromVenue = Advance(frame.ReceivedAtNs, 0);
        Reject(frame, DecodeResult.Rejected(reason, faultByte, 0), timeFromVenue);
        _input.EndOfFrame();
    }

    /// <summary>A connection was opened or closed, in its place between its frames.</summary>
    /// <param name="connection">Which one.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="atNs">When, Unix ns.</param>
    public void OnConnection(ushort connection, ConnectionEvent happened, long atNs)
    {
        Advance(atNs, 0);
        Record record = Record.Of(new Connection
        {
            Header = new RecordHeader
            {
                Kind = RecordKind.Connection,
                Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage,
                Code = (byte)happened,
                ReceivedAtNs = _nowNs,
            },
            ConnectionId = connection,
        });
        _input.Process(new ReadOnlySpan<Record>(in record));
        _input.EndOfFrame();
    }

    /// <summary>
    /// No frame came, but time passed: a Timer at the last whole second crossed. The clock stays there, so that a frame which was read before now and comes
    /// up later keeps its own time.
    /// </summary>
    /// <param name="nowNs">Now, Unix ns.</param>
    public void OnTime(long nowNs)
    {
        long secondNs = nowNs - (nowNs % NsPerSecond);
        if (_nowNs != 0 && secondNs > _nowNs)
        {
            PublishTimer(secondNs, TimerEvent.Second);
            _nowNs = secondNs;
            _input.EndOfFrame();
        }
    }

    /// <summary>The input ended cleanly: the open second is sealed.</summary>
    public void Close()
    {
        if (_nowNs != 0)
        {
            PublishTimer(_nowNs, TimerEvent.Close);
            _input.EndOfFrame();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Publish(ReadOnlySpan<Record> records)
    {
        int start = 0;
        for (int i = 0; i < records.Length; i++)
        {
            if (records[i].Header.Has(RecordFlags.LastInMessage))
            {
                _input.Process(records[start..(i + 1)]);
                start = i + 1;
            }
        }
    }

    /// <summary>Moves the clock on and gives all records of a frame its time.</summary>
    private void Stamp(long receivedAtNs, Span<Record> records)
    {
        bool timeFromVenue = Advance(receivedAtNs, records[^1].Header.VenueTimeNs);
        if (!timeFromVenue && receivedAtNs == _nowNs)
        {
            return;
        }

        RecordFlags flag = timeFromVenue ? RecordFlags.TimeFromVenue : RecordFlags.None;
        foreach (ref Record record in records)
        {
            record.Header.ReceivedAtNs = _nowNs;
            record.Header.Flags |= flag;
        }
    }

    /// <summary>
    /// Moves the clock to the time of a frame, never back, with a Timer at the last whole second crossed. Returns true when the time is not a receive time.
    /// </summary>
    private bool Advance(long receivedAtNs, long venueTimeNs)
    {
        bool timeFromVenue = receivedAtNs == 0;
        long timeNs = timeFromVenue ? venueTimeNs : receivedAtNs;
        if (timeNs <= _nowNs)
        {
            if (timeNs != 0 && timeNs < _nowNs)
            {
                _totals.TimeSteppedBack++;
            }

            return timeFromVenue;
        }

        long secondNs = timeNs - (timeNs % NsPerSecond);
        if (_nowNs != 0 && secondNs > _nowNs)
        {
            PublishTimer(secondNs, TimerEvent.Second);
        }

        _nowNs = timeNs;
        return timeFromVenue;
    }

    private void PublishTimer(long atNs, TimerEvent timerEvent)
    {
        var timer = new Timer
        {
            Header = new RecordHeader
            {
                Kind = RecordKind.Timer,
                Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage,
                Code = (byte)timerEvent,
                ReceivedAtNs = atNs,
            },
        };
        Record record = Record.Of(timer);
        _input.Process(new ReadOnlySpan<Record>(in record));
    }

    private void Reject(in Frame frame, in DecodeResult result, bool timeFromVenue)
    {
        _totals.Rejected++;
        var rejected = new FrameRejected
        {
            Header = new RecordHeader
            {
                Kind = RecordKind.FrameRejected,
                Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage | (timeFromVenue ? RecordFlags.TimeFromVenue : RecordFlags.None),
                Code = (byte)result.Reason,
                StreamId = result.StreamId,
                ReceivedAtNs = _nowNs,
            },
            Line = frame.Line,
            FrameStartByte = frame.StartByte,
            FaultByte = (uint)result.FaultByte,
            FrameBytes = (uint)frame.Bytes.Length,
            FrameCrc = Crc32C.Of(frame.Bytes),
            ConnectionId = frame.Connection,
            FileIndex = frame.FileIndex,
        };
        Record record = Record.Of(rejected);
        _input.Process(new ReadOnlySpan<Record>(in record));
    }
}
