using System.Buffers;
using System.Net.WebSockets;

namespace Lob.Fast.Venues.Sessions;

// The working task: requests, pings, the clock.
internal sealed partial class VenueConnection
{
    /// <summary>Streams named in a message; the rest are dots.</summary>
    private const int StreamsNamed = 10;

    /// <summary>How often the clock is looked at when nothing is due sooner: frames are only counted, so silence is noticed that much late.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How long maintenance may last (Bitfinex: up to 120 s), and some.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(150);

    /// <summary>A stream that may or may not begin with a snapshot (OKX) is given this long to send it.</summary>
    private static readonly TimeSpan SnapshotInStreamMax = TimeSpan.FromSeconds(3);

    private readonly List<FeedRequest> _requests = [];
    private long _requestNumber;
    private bool _askedAgain;
    private long? _pausedUntil;
    private long _framesAtChange;
    private long _changedAt;
    private long _pingedAt;
    private long _openedAt;
    private bool _turnedAway;

    /// <summary>Asks the venue for the book of a stream again. Any thread, never waits.</summary>
    public void Resync(FeedStream stream)
    {
        TimeSpan wait;
        lock (_gate)
        {
            // Not subscribed yet, or a snapshot is on its way already: it comes without asking.
            if (stream.Phase != StreamPhase.Running || stream.IsResyncing || Array.IndexOf(_awaited, stream) >= 0)
            {
                return;
            }

            long now = _time.GetTimestamp();
            bool isRepeated = stream.ResyncedAt is { } last && _time.GetElapsedTime(last, now) < _context.Limits.BackOffMax;
            stream.ResyncTries = isRepeated ? stream.ResyncTries + 1 : 0;
            wait = isRepeated ? BackOff.Of(stream.ResyncTries - 1, _context.Limits, _context.Random) : TimeSpan.Zero;
            stream.IsResyncing = true;
            stream.ResyncDue = After(now, wait);
            _resyncs++;
        }

        SessionLog.Resync(_context.Log, Name, stream.ToString(), (long)wait.TotalMilliseconds);
        _signal.Set();
    }

    /// <summary>A snapshot asked for has been handed on, or will not come.</summary>
    public void SnapshotDone(FeedStream stream)
    {
        lock (_gate)
        {
            stream.IsResyncing = false;
        }
    }

    /// <summary>Something of this connection's went wrong elsewhere. Any thread.</summary>
    public void NoteFault(string fault) => _lastFault = fault;

    /// <summary>Hands a snapshot on, unless the connection it was asked for is no more. The snapshot queue's thread.</summary>
    public void Answer(FeedStream stream, long generation, ReadOnlySpan<byte> body, long receivedAtNs)
    {
        if (Generation == generation && _phase is ConnectionPhase.Subscribing or ConnectionPhase.Running)
        {
            _targets.Answers!.Answer(System.Text.Encoding.UTF8.GetBytes(stream.Symbol), body, receivedAtNs);
        }
    }

    private async Task WorkAsync(ClientWebSocket socket, CancellationToken closing)
    {
        ArrayBufferWriter<byte> frame = new();
        _openedAt = _changedAt = _pingedAt = _time.GetTimestamp();
        _framesAtChange = Volatile.Read(ref _frames);
        if (_protocol.WriteGreeting(frame))
        {
            await SendAsync(socket, frame, closing).ConfigureAwait(false);
        }

        while (true)
        {
            frame.ResetWrittenCount();
            TimeSpan wait = Next(frame, out FeedRequest? request);
            if (frame.WrittenCount > 0)
            {
                await SendAsync(socket, frame, closing).ConfigureAwait(false);
                if (request is not null)
                {
                    request.SentAt = _time.GetTimestamp();
                }
            }
            else
            {
                await _signal.WaitAsync(wait, closing).ConfigureAwait(false);
            }
        }
    }

    private async Task SendAsync(ClientWebSocket socket, ArrayBufferWriter<byte> frame, CancellationToken closing)
    {
        await _messages.TakeAsync(1, closing).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(frame.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, closing).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            throw new WebSocketException("the connection is closed", e);
        }
    }

    // What is to be sent now; else how long nothing is.
    private TimeSpan Next(ArrayBufferWriter<byte> frame, out FeedRequest? request)
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            request = null;
            TimeSpan wait = Tick;
            CheckAge(now);
            CheckSilence(now);
            CheckRequests(now, ref wait);
            CheckAwaited(now);
            CheckResyncs(now, ref wait);
            if (IsPingDue(now, ref wait))
            {
                _pingedAt = now;
                _protocol.WritePing(frame, ++_requestNumber);
            }
            else
            {
                WriteRequest(frame, now, ref wait, out request);
            }

            return wait;
        }
    }

    private void CheckAge(long now)
    {
        TimeSpan? ageMax = _context.Limits.ConnectionAgeMax ?? _context.Defaults.ConnectionAgeMax;
        if (ageMax is { } age && _time.GetElapsedTime(_openedAt, now) >= age)
        {
            throw new SessionEndedException($"open for {age}: replaced before the venue ends it", isPlanned: true);
        }
    }

    private void CheckSilence(long now)
    {
        long frames = Volatile.Read(ref _frames);
        if (frames != _framesAtChange || (_pausedUntil is { } until && now < until))
        {
            _framesAtChange = frames;
            _changedAt = now;
            return;
        }

        TimeSpan silenceMax = _context.Limits.SilenceMax ?? _context.Defaults.SilenceMax;
        if (_time.GetElapsedTime(_changedAt, now) >= silenceMax)
        {
            throw new SessionEndedException($"nothing came for {silenceMax.TotalSeconds:0.#} s");
        }
    }

    private void CheckRequests(long now, ref TimeSpan wait)
    {
        foreach (FeedRequest late in _requests)
        {
            TimeSpan left = _context.Limits.AcknowledgeTimeout - _time.GetElapsedTime(late.SentAt, now);
            if (left > TimeSpan.Zero)
            {
                wait = Shorter(wait, left);
                continue;
            }

            int streams = late.Streams.Count;
            if (_askedAgain && !late.Leaves && late.Streams.TrueForAll(static stream => stream.IsAdded))
            {
                // Nobody asked for these: they only show that the connection lives. What was asked for goes on without them.
                SessionLog.WithoutHeartbeats(_context.Log, Name, streams);
                late.Streams.ForEach(static stream => stream.Phase = StreamPhase.Refused);
                _requests.Remove(late);
                NoteRunning();
                wait = TimeSpan.Zero;
                return;
            }

            if (_askedAgain)
            {
                throw new SessionEndedException(
                    $"{streams} streams still unacknowledged when asked twice, {_context.Limits.AcknowledgeTimeout.TotalSeconds:0.#} s each: {string.Join(", ", late.Streams.Take(StreamsNamed))}");
            }

            _askedAgain = true;
            SessionLog.AskedAgain(_context.Log, Name, streams);
            foreach (FeedStream stream in late.Streams)
            {
                stream.Phase = late.Leaves ? StreamPhase.Leaving : StreamPhase.Wanted;
            }

            _requests.Remove(late);
            wait = TimeSpan.Zero;
            return;
        }
    }

    // First frames that do not come: a quiet market, or one that does not exist. Asking for the book tells.
    private void CheckAwaited(long now)
    {
        foreach (FeedStream stream in _awaited)
        {
            TimeSpan max = stream.Source == BookSource.StreamOrRest ? SnapshotInStreamMax : _context.Limits.AcknowledgeTimeout;
            if (_time.GetElapsedTime(stream.AwaitedSince, now) < max)
            {
                continue;
            }

            if (stream.FramesSeen == 0)
            {
                SessionLog.Silent(_context.Log, Name, stream.ToString(), (long)max.TotalSeconds);
            }

            if (stream.Source is BookSource.Rest or BookSource.StreamOrRest)
            {
                AskForSnapshot(stream);
            }
            else
            {
                _snapshots.Ask(this, stream, isProbe: true);
            }

            _awaited = [.. _awaited.Where(awaited => awaited != stream)];
        }
    }

    private void CheckResyncs(long now, ref TimeSpan wait)
    {
        foreach (FeedStream stream in _streams)
        {
            if (stream.ResyncDue is not { } due)
            {
                continue;
            }

            if (now < due)
            {
                wait = Shorter(wait, _time.GetElapsedTime(now, due));
                continue;
            }

            stream.ResyncDue = null;
            stream.ResyncedAt = now;
            if (stream.Source == BookSource.Rest)
            {
                AskForSnapshot(stream);
            }
            else
            {
                stream.Phase = StreamPhase.Leaving;
            }
        }
    }

    private bool IsPingDue(long now, ref TimeSpan wait)
    {
        if ((_context.Limits.PingInterval ?? _context.Defaults.PingInterval) is not { } interval)
        {
            return false;
        }

        long since = _context.Defaults.PingsInQuietOnly ? Math.Max(_pingedAt, _changedAt) : _pingedAt;
        TimeSpan left = interval - _time.GetElapsedTime(since, now);
        wait = left > TimeSpan.Zero ? Shorter(wait, left) : wait;
        return left <= TimeSpan.Zero;
    }

    // Ends before beginnings: what is asked for anew must have ended first.
    private void WriteRequest(ArrayBufferWriter<byte> frame, long now, ref TimeSpan wait, out FeedRequest? request)
    {
        request = null;
        bool leaves = Array.Exists(_streams, static stream => stream.Phase == StreamPhase.Leaving);
        StreamPhase from = leaves ? StreamPhase.Leaving : StreamPhase.Wanted;
        FeedStream? first = Array.Find(_streams, stream => stream.Phase == from);
        if (first is null)
        {
            return;
        }

        if (_requestsPerHour is not null && !_requestsPerHour.TryTake(out TimeSpan untilRoom))
        {
            wait = Shorter(wait, untilRoom);
            return;
        }

        List<FeedStream> streams =
        [
            .. _streams.Where(stream => stream.Phase == from && _protocol.MayShareRequest(first, stream)).Take(_context.Defaults.StreamsPerRequest),
        ];
        request = new FeedRequest(++_requestNumber, leaves, streams) { SentAt = now };
        if (leaves)
        {
            _protocol.WriteUnsubscribe(frame, streams, request.Number);
        }
        else
        {
            _protocol.WriteSubscribe(frame, streams, request.Number);
            Await(streams, now);
        }

        foreach (FeedStream stream in streams)
        {
            stream.Phase = leaves ? StreamPhase.AskedToLeave : StreamPhase.Asked;
        }

        _requests.Add(request);
    }

    // Data may come before the acknowledgement, so its first frames are looked for from now on.
    private void Await(List<FeedStream> streams, long now)
    {
        foreach (FeedStream stream in streams)
        {
            stream.FramesSeen = 0;
            stream.AwaitedSince = now;
        }

        _awaited = [.. _awaited.Except(streams), .. streams.Where(stream => stream.Source is BookSource.Rest or BookSource.StreamOrRest || _protocol.IsSilentAboutUnknown)];
    }

    private long After(long now, TimeSpan span) => now + (long)(span.TotalSeconds * _time.TimestampFrequency);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
