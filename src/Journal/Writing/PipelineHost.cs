using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// Decoder, sequencer, logic and journal put together in a layout. All calls come from one thread, which decodes; in the fused layout it does all the rest too. A
/// full ring makes it wait: nothing is dropped. What ends a stage on another thread (a full disk ends the journal) is thrown here, by this or a later call, in the
/// same words as in the fused layout.
/// </summary>
/// <typeparam name="TDecoder">Decoder of the venue.</typeparam>
/// <typeparam name="TSink">Sink of the logic: the journal's, or one that stands in front of it.</typeparam>
public class PipelineHost<TDecoder, TSink> : IDisposable
    where TDecoder : IFrameDecoder
    where TSink : struct, IRecordSink
{
    private readonly StageFailure _failure = new();
    private readonly JournalWriter? _writer;
    private readonly InputSequencer<TDecoder, TSink>? _fused;
    private readonly FrameSequencer<TDecoder, RingInput<NamedWaitStrategy>>? _split;
    private readonly RecordRing<NamedWaitStrategy>? _messages;
    private readonly RecordRing<NamedWaitStrategy>? _records;
    private readonly LogicStage<TSink, NamedWaitStrategy>? _logicStage;
    private readonly JournalFeed? _feed;
    private readonly JournalStage? _journalStage;
    private readonly StageThread? _logicThread;
    private readonly StageThread? _journalThread;
    private bool _ended;

    /// <summary>Opens the journal and starts the threads of the layout.</summary>
    /// <param name="decoder">The decoder, used on the calling thread only.</param>
    /// <param name="options">Layout and sizes.</param>
    /// <param name="sink">Makes the logic's sink of the journal's.</param>
    /// <param name="openJournal">
    /// Opens the journal for a logic that has seen nothing yet, on the calling thread; null, or one that returns null = books in memory only. The writer is then this
    /// object's.
    /// </param>
    public PipelineHost(TDecoder decoder, PipelineOptions options, Func<JournalSink, TSink> sink, Func<Logic<TSink>, JournalWriter?>? openJournal = null)
    {
        var target = new JournalSink.Target();
        Logic = new Logic<TSink>(sink(new JournalSink(target)), options.Engine);
        Plan = options.Plan;
        try
        {
            _writer = openJournal?.Invoke(Logic);
            if (Plan.Layout == Layout.Fused)
            {
                target.Writer = _writer;
                _fused = new InputSequencer<TDecoder, TSink>(decoder, Logic);
                return;
            }

            var wait = new NamedWaitStrategy(Plan.Wait);
            _messages = new RecordRing<NamedWaitStrategy>(wait, options.MessageRingSlots, options.MirrorRings);
            _logicStage = new LogicStage<TSink, NamedWaitStrategy>(_messages, Logic);
            _split = new FrameSequencer<TDecoder, RingInput<NamedWaitStrategy>>(
                decoder, new RingInput<NamedWaitStrategy>(_messages, _failure), Logic.NowNs);
            if (_writer != null)
            {
                _records = new RecordRing<NamedWaitStrategy>(wait, options.JournalRingSlots, options.MirrorRings);
                target.Feed = _feed = new JournalFeed(_records, _writer, _failure);
                _journalStage = new JournalStage(_records, _writer);
                _journalThread = StageThread.Start("journal", Plan.CoreOf("journal"), _journalStage.Run, _failure, _records.Abandon);
            }

            _logicThread = StageThread.Start("logic", Plan.CoreOf("logic"), RunLogic, _failure, _messages.Abandon);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Layout, waiting and cores.</summary>
    public LayoutPlan Plan { get; }

    /// <summary>The logic. In the split layout it is another thread's until <see cref="Drain"/> or <see cref="Close"/> returns.</summary>
    public Logic<TSink> Logic { get; }

    /// <summary>What recovery found in a journal that is continued; null = no journal.</summary>
    public Recovery.RecoveryReport? Recovery => _writer?.Recovery;

    /// <summary>Counts of frames since the start.</summary>
    public ref readonly SequencerTotals Totals => ref _fused != null ? ref _fused.Totals : ref _split!.Totals;

    /// <summary>Takes one frame. Returns what the decoder made of it, so that the caller can keep a rejected one.</summary>
    public DecodeResult OnFrame(in Frame frame) => _fused != null ? _fused.OnFrame(frame) : _split!.OnFrame(frame);

    /// <summary>A piece of input that is no frame at all; see <see cref="FrameSequencer{TDecoder,TInput}.OnRejected"/>.</summary>
    public void OnRejected(in Frame frame, RejectReason reason, int faultByte)
    {
        if (_fused != null)
        {
            _fused.OnRejected(frame, reason, faultByte);
        }
        else
        {
            _split!.OnRejected(frame, reason, faultByte);
        }
    }

    /// <summary>A connection was opened or closed; see <see cref="FrameSequencer{TDecoder,TInput}.OnConnection"/>.</summary>
    public void OnConnection(ushort connection, ConnectionEvent happened, long atNs)
    {
        if (_fused != null)
        {
            _fused.OnConnection(connection, happened, atNs);
        }
        else
        {
            _split!.OnConnection(connection, happened, atNs);
        }
    }

    /// <summary>Time passed without a frame; see <see cref="FrameSequencer{TDecoder,TInput}.OnTime"/>.</summary>
    public void OnTime(long nowNs)
    {
        if (_fused != null)
        {
            _fused.OnTime(nowNs);
        }
        else
        {
            _split!.OnTime(nowNs);
        }
    }

    /// <summary>Waits until everything handed in so far has gone through the logic and stands committed in the journal.</summary>
    public void Drain()
    {
        // In this order: what the logic has given back it has handed on.
        bool isRead = (_messages?.WaitUntilEmpty() ?? true) && (_records?.WaitUntilEmpty() ?? true);
        if (!isRead)
        {
            _failure.Throw();
        }
    }

    /// <summary>The input ended cleanly: the open second is sealed, all threads end, the journal is closed.</summary>
    public void Close()
    {
        if (_fused != null)
        {
            _fused.Close();
        }
        else
        {
            _split!.Close();
        }

        End();
        _failure.ThrowIfAny();
        _writer?.Dispose();
    }

    /// <summary>Ends the threads, and closes the journal behind the last whole message, if <see cref="Close"/> has not.</summary>
    public void Dispose()
    {
        End();
        try
        {
            _writer?.Dispose();
        }
        finally
        {
            _fused?.Dispose();
            _split?.Dispose();
            _logicStage?.Dispose();
            _feed?.Dispose();
            _journalStage?.Dispose();
            _messages?.Dispose();
            _records?.Dispose();
            Logic.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private void RunLogic()
    {
        try
        {
            _logicStage!.Run();
        }
        finally
        {
            // The journal takes what was whole, also when the logic has failed.
            _records?.Complete();
        }
    }

    private void End()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _messages?.Complete();
        _logicThread?.Join();
        if (_logicThread == null)
        {
            // The system refused that thread: nobody else tells the one behind it that nothing comes.
            _records?.Complete();
        }

        _journalThread?.Join();
    }
}
