using Lob.Fast.Codecs;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Venues.Live;

/// <summary>
/// The engine behind live connections. Each connection writes to rings of its own; one thread takes their frames in the order of their receive times, decodes them, and (fused
/// layout) keeps the books and the journal too. Books that lose their proof are asked for again at the feed of their venue.
/// Life: <see cref="Connect"/> for each connection, <see cref="Start"/>, <see cref="Stop"/> once no feed runs any more.
/// </summary>
public sealed partial class LiveEngine : IConnectionSource, IDisposable
{
    // Rings hold two of the largest frames and as much again. Where no snapshot of a whole deep book comes in one message, 2 MiB are beyond anything seen.
    private const int RingBytes = 8 << 20;
    private const int RingBytesOfDeepBooks = FrameRing<ParkWaitStrategy>.CapacityDefault;

    private const int SleepMilliseconds = 100;
    private const int FramesPerLook = 256;

    private readonly LiveOptions _options;
    private readonly WallClock _clock;
    private readonly ILogger _log;
    private readonly VenueRouter _router;
    private readonly List<string> _connections = [];
    private readonly List<RingTarget> _targets = [];
    private readonly List<RawFrames?> _raw = [];
    private readonly WakeGate _gate = new();
    private readonly BookBoard _board = new();
    private readonly ResyncDesk _resyncs;
    private readonly LogLinearHistogram _latency = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PipelineHost<VenueRouter>? _host;
    private StageThread? _thread;
    private bool _running;
    private volatile bool _closing;
    private volatile bool _stopping;

    /// <summary>An engine without connections.</summary>
    public LiveEngine(LiveOptions options, WallClock clock, ILogger log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _router = new VenueRouter(new DecoderOptions { OnChecksumMismatch = options.OnChecksumMismatch });
        _resyncs = new ResyncDesk(options.ResyncAgainAfter);
    }

    /// <summary>Ends when the engine has: cleanly behind <see cref="Stop"/>, or with what ended it early (a full disk).</summary>
    public Task Ended => _ended.Task;

    /// <summary>The journal's findings on being continued, and the layout; null before <see cref="Start"/>.</summary>
    public Journal.Recovery.RecoveryReport? Recovery => _host?.Recovery;

    /// <summary>Decoders, for their counts once the engine has ended.</summary>
    public IReadOnlyList<IVenueDecoder> Decoders => _router.Decoders;

    /// <inheritdoc/>
    public ConnectionTargets Connect(Venue venue, string name, bool hasAnswers)
    {
        if (_host != null)
        {
            throw new InvalidOperationException("connections are made before the engine starts");
        }

        ushort connection = _router.Connect(venue);
        _connections.Add(name);
        RingTarget frames = Add(new RingTarget(connection, name, RingBytesOf(venue), _gate));
        RingTarget? answers = hasAnswers ? Add(new RingTarget(connection, name, RingBytesOf(venue), _gate)) : null;
        return new ConnectionTargets(connection, frames, answers);
    }

    /// <summary>Says who mends the books of a venue. Before <see cref="Start"/>.</summary>
    public void Attach(Venue venue, IVenueFeed feed) => _resyncs.Attach(venue, feed);

    /// <summary>Opens the journal and starts the threads.</summary>
    /// <exception cref="JournalException">The journal cannot be written or continued.</exception>
    public void Start()
    {
        var engine = new EngineOptions { OnTransition = OnTransition, OnSecond = OnSecond };
        _host = new PipelineHost<VenueRouter>(_router, new PipelineOptions { Plan = _options.Plan, Engine = engine }, OpenJournal);
        _raw.AddRange(_connections.Select(name => _options.RawFolder == null ? null : new RawFrames(_options.RawFolder, name, _options.RawBytesMax, _log)));

        // Whatever books an earlier run left, its connections are gone.
        long nowNs = _clock.NowNs;
        foreach (ushort connection in _host.Logic.Books.Select(static book => book.Connection).Distinct().Order().ToArray())
        {
            _host.OnConnection(connection, ConnectionEvent.Closed, nowNs);
        }

        _running = true;
        string thread = LayoutPlan.ThreadNames(_options.Plan.Layout)[1];
        _thread = StageThread.Start(thread, _options.Plan.CoreOf(thread), Run, new StageFailure());
    }

    /// <summary>From here on connections that close are closed by us: their books stay as they are.</summary>
    public void BeginClosing() => _closing = true;

    /// <summary>Takes what is left in the rings, seals the open second, closes the journal. No feed may run any more. Throws what ended the engine early.</summary>
    public void Stop()
    {
        _closing = true;
        _stopping = true;
        _gate.Signal();
        _thread?.Join();
        _ended.Task.GetAwaiter().GetResult();
    }

    /// <summary>How it stands. Any thread, any time after <see cref="Start"/>.</summary>
    public LiveStatus Status()
    {
        (long atNs, BookFigures[] books) = _board.Read();
        return new LiveStatus
        {
            AtNs = atNs,
            Books = books,
            Connections = [.. _resyncs.Feeds.SelectMany(static feed => feed.Status())],
            Input = _host!.Totals,
            Latency = _latency,
            BackPressure = _targets.Sum(static target => target.Ring.FullWaits),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _gate.Signal();
        _thread?.Join();
        _host?.Dispose();
        _raw.ForEach(static raw => raw?.Dispose());
        _targets.ForEach(static target => target.Dispose());
        _gate.Dispose();
    }

    private static int RingBytesOf(Venue venue) => venue is Venue.Coinbase or Venue.CoinbaseAdvanced ? RingBytesOfDeepBooks : RingBytes;

    private RingTarget Add(RingTarget target)
    {
        _targets.Add(target);
        return target;
    }

    private JournalWriter? OpenJournal(Logic<JournalSink> logic)
    {
        string? folder = _options.JournalFolder;
        return folder == null ? null
            : JournalFolder.HasSegments(folder) ? JournalWriter.OpenForAppend(folder, new ContinuedState(folder, logic, _router.Learn), _options.Journal)
            : JournalWriter.Create(folder, logic, _options.Journal);
    }

    private void OnTransition(BookTransition transition)
    {
        // While an existing journal is read again, what happened then was said then.
        if (_running)
        {
            _options.OnTransition?.Invoke(transition);
            if (!_closing)
            {
                _resyncs.OnTransition(transition);
            }
        }
    }

    private void OnSecond(long nowNs, IReadOnlyList<BookStream> books)
    {
        if (_running)
        {
            _board.Publish(nowNs, books);
            if (!_closing)
            {
                _resyncs.OnSecond(nowNs, books);
            }
        }
    }

    private void Run()
    {
        try
        {
            TakeFrames();
            _host!.Close();
            _board.Publish(_clock.NowNs, _host.Logic.Books);
            _raw.ForEach(static raw => raw?.Dispose());
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            _targets.ForEach(static target => target.Ring.Abandon());
            _ended.SetException(exception);
        }
    }

    private void TakeFrames()
    {
        var nextNs = new long[_targets.Count];
        while (true)
        {
            // Looked at before the rings: once they are found empty behind it, nothing is left.
            bool stopping = _stopping;
            long lookedAtNs = _clock.NowNs;
            if (TakeSome(nextNs))
            {
                continue;
            }

            if (stopping)
            {
                return;
            }

            _host!.OnTime(lookedAtNs);
            Rest(nextNs);
        }
    }

    /// <summary>Takes frames in the order of their receive times, as long as there are any, at most <see cref="FramesPerLook"/>. False = there was none.</summary>
    private bool TakeSome(long[] nextNs)
    {
        int taken = 0;
        int first = Look(nextNs);
        while (first >= 0 && taken < FramesPerLook)
        {
            RingTarget target = _targets[first];
            if (target.Ring.TryRead(out Frame frame, out RejectReason fault, out int faultByte))
            {
                Take(target, frame, fault, faultByte);
                taken++;
            }

            nextNs[first] = target.Ring.NextReceivedAtNs();
            first = First(nextNs);
        }

        return taken > 0;
    }

    private int Look(long[] nextNs)
    {
        for (int i = 0; i < nextNs.Length; i++)
        {
            nextNs[i] = _targets[i].Ring.NextReceivedAtNs();
        }

        return First(nextNs);
    }

    /// <summary>The ring whose next frame is the oldest; -1 = all are empty.</summary>
    private static int First(long[] nextNs)
    {
        int first = -1;
        long firstNs = long.MaxValue;
        for (int i = 0; i < nextNs.Length; i++)
        {
            if (nextNs[i] < firstNs)
            {
                first = i;
                firstNs = nextNs[i];
            }
        }

        return first;
    }

    private void Take(RingTarget target, in Frame frame, RejectReason fault, int faultByte)
    {
        if (frame.Event != ConnectionEvent.None)
        {
            if (!_closing || frame.Event != ConnectionEvent.Closed)
            {
                _host!.OnConnection(frame.Connection, frame.Event, frame.ReceivedAtNs);
            }

            return;
        }

        DecodeResult result;
        if (fault == RejectReason.None)
        {
            result = _host!.OnFrame(frame);
        }
        else
        {
            _host!.OnRejected(frame, fault, faultByte);
            result = DecodeResult.Rejected(fault, faultByte, 0);
        }

        _latency.Record(_clock.NowNs - frame.ReceivedAtNs);
        _raw[frame.Connection]?.Add(frame);
        if (result.Outcome == DecodeOutcome.Rejected)
        {
            _options.OnRejected?.Invoke(target.Name, _router.DecoderOf(frame.Connection), frame, result);
        }
    }

    private void Rest(long[] nextNs)
    {
        switch (_options.Plan.Wait)
        {
            case WaitKind.Spin:
                Thread.SpinWait(1);
                break;
            case WaitKind.Yield:
                _ = Thread.Yield();
                break;
            default:
                _gate.Announce();
                if (Look(nextNs) >= 0 || _stopping)
                {
                    _gate.StayAwake();
                }
                else
                {
                    _gate.Sleep(SleepMilliseconds);
                }

                break;
        }
    }
}
