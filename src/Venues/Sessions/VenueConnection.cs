using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Sessions;

/// <summary>
/// One connection of a feed through all its reconnects. Two tasks run while it is open: one reads messages and hands them on, the other one sends requests and pings
/// and watches the clock. What both touch is guarded by one lock, which no data frame takes.
/// </summary>
internal sealed partial class VenueConnection
{
    /// <summary>How long a goodbye may take before the socket is simply cut.</summary>
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly FeedContext _context;
    private readonly VenueProtocol _protocol;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly ConnectionTargets _targets;
    private readonly FeedStream[] _streams;
    private readonly SnapshotQueue _snapshots;
    private readonly WakeSignal _signal;
    private readonly RateBudget _messages;
    private readonly RateBudget? _requestsPerHour;
    private readonly Lock _gate = new();

    private volatile ConnectionPhase _phase = ConnectionPhase.Waiting;
    private volatile string? _lastFault;
    private long _opened;
    private long _resyncs;

    public VenueConnection(string name, Uri url, IEnumerable<FeedStream> streams, ConnectionTargets targets, SnapshotQueue snapshots, FeedContext context)
    {
        _context = context;
        _protocol = context.Protocol;
        _time = context.Time;
        _url = url;
        _targets = targets;
        _snapshots = snapshots;
        Name = name;
        _streams = [.. streams];
        _signal = new WakeSignal(_time);
        _messages = new RateBudget(context.Defaults.MessagesPerSecond, TimeSpan.FromSeconds(1), _time);
        _requestsPerHour = context.Defaults.RequestsPerHour is { } requests ? new RateBudget(requests, TimeSpan.FromHours(1), _time) : null;
    }

    /// <summary>As logs and metrics call it.</summary>
    public string Name { get; }

    /// <summary>Which opening this is, from 1: an answer asked for during an earlier one belongs to books that are no more.</summary>
    public long Generation => Volatile.Read(ref _opened);

    public IReadOnlyList<FeedStream> Streams => _streams;

    /// <summary>Stays connected until cancelled.</summary>
    /// <exception cref="FeedException">The venue refuses for good.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        int tries = 0;
        try
        {
            while (true)
            {
                _phase = ConnectionPhase.Waiting;
                await _context.Connects.TakeAsync(1, cancellation).ConfigureAwait(false);
                long begunAt = _time.GetTimestamp();
                TimeSpan wait;
                try
                {
                    await ConnectAndStayAsync(cancellation).ConfigureAwait(false);
                    throw new InvalidOperationException("a connection ended without a reason");
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested && e is SessionEndedException or WebSocketException or HttpRequestException or IOException)
                {
                    // One that held for a while was a good one. Others count as failed, whatever ended them: a venue may ask each new connection to leave again.
                    bool hasHeld = _time.GetElapsedTime(begunAt) >= _context.Limits.BackOffMax;
                    tries = hasHeld ? 0 : tries;
                    wait = hasHeld && e is SessionEndedException { IsPlanned: true } ? TimeSpan.Zero
                        : _turnedAway ? _context.Limits.BackOffMax
                        : BackOff.Of(tries, _context.Limits, _context.Random);
                    tries++;
                    Note(Explain(e), wait);
                }

                _phase = ConnectionPhase.Waiting;
                await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or SessionEndedException or WebSocketException or HttpRequestException or IOException)
        {
            SessionLog.Closed(_context.Log, Name);
        }
        finally
        {
            _phase = ConnectionPhase.Ended;
        }
    }

    /// <summary>How it stands. Any thread.</summary>
    public ConnectionStatus Status()
    {
        lock (_gate)
        {
            return new ConnectionStatus
            {
                Name = Name,
                Connection = _targets.Connection,
                Phase = _phase,
                Frames = Volatile.Read(ref _frames),
                Bytes = Volatile.Read(ref _bytes),
                Opened = _opened,
                Resyncs = _resyncs,
                LastFrameAtNs = Volatile.Read(ref _lastFrameAtNs),
                Streams = (_streams.Count(static stream => stream.Phase == StreamPhase.Running), _streams.Length),
                LastFault = _lastFault,
            };
        }
    }

    private void Note(string reason, TimeSpan wait)
    {
        _lastFault = reason;
        SessionLog.Disconnected(_context.Log, Name, reason, (long)wait.TotalMilliseconds);
    }

    private static string Explain(Exception e) => e switch
    {
        SessionEndedException => e.Message,
        _ => e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message,
    };

    private async Task ConnectAndStayAsync(CancellationToken cancellation)
    {
        _turnedAway = false;
        _phase = ConnectionPhase.Connecting;
        SessionLog.Connecting(_context.Log, Name, _url);
        using ClientWebSocket socket = new();
        await ConnectAsync(socket, cancellation).ConfigureAwait(false);
        Open();
        _targets.Frames.Opened(_context.Clock.NowNs);
        try
        {
            await StayAsync(socket, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Close();
            _targets.Frames.Closed(_context.Clock.NowNs);
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        // The server's pings are answered by the library; pings of ours are the venue's own frames, so that their answers are seen.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("User-Agent", RestClient.UserAgent);
        using CancellationTokenSource late = new(_context.Limits.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await socket.ConnectAsync(_url, _context.WebSockets, either.Token).ConfigureAwait(false);
        }
        catch (WebSocketException) when (socket.HttpStatusCode is not (0 or HttpStatusCode.OK or HttpStatusCode.SwitchingProtocols))
        {
            _turnedAway = socket.HttpStatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden or (HttpStatusCode)418;
            throw new SessionEndedException($"{_url} answers with HTTP {(int)socket.HttpStatusCode} instead of a WebSocket");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SessionEndedException($"{_url} cannot be connected to within {_context.Limits.ConnectTimeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (_opened == 0 && IsCertificateRefused(e, out string words))
        {
            throw new FeedException(
                $"{Name}: the certificate of {_url.Host} is not trusted: {words} "
                + "A server's certificate must be issued for its name by somebody this system trusts, or by one named in TrustedCertificates (PEM).",
                e);
        }
    }

    private static bool IsCertificateRefused(Exception e, out string words)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is AuthenticationException)
            {
                words = at.Message;
                return true;
            }
        }

        words = "";
        return false;
    }

    // Reads and works until one of the two ends, then ends the other one. Leaves by an exception, always.
    private async Task StayAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reading = ReadAsync(socket);
        Task working = WorkAsync(socket, closing.Token);
        Task first = await Task.WhenAny(reading, working).ConfigureAwait(false);
        await closing.CancelAsync().ConfigureAwait(false);
        if (first == working)
        {
            await SayGoodbyeAsync(socket, reading).ConfigureAwait(false);
        }

        socket.Abort();
        await Task.WhenAll(reading, working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();

        // What the venue said in closing explains more than a send that failed because of it.
        if (reading.Exception?.InnerException is FeedException or SessionEndedException && working.Exception?.InnerException is not (FeedException or SessionEndedException))
        {
            first = reading;
        }

        await first.ConfigureAwait(false);
    }

    private async Task SayGoodbyeAsync(ClientWebSocket socket, Task reading)
    {
        if (socket.State != WebSocketState.Open)
        {
            return;
        }

        using CancellationTokenSource late = new(GoodbyeTimeout);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late.Token).ConfigureAwait(false);
            await reading.WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or SessionEndedException or FeedException or IOException or ObjectDisposedException)
        {
            // It is over either way.
            return;
        }
    }

    // A new connection knows of no stream.
    private void Open()
    {
        lock (_gate)
        {
            _opened++;
            _requests.Clear();
            _requestNumber = 0;
            _askedAgain = false;
            _pausedUntil = null;
            _awaited = [];
            foreach (FeedStream stream in _streams)
            {
                stream.Phase = StreamPhase.Wanted;
                stream.VenueChannel = 0;
                stream.FramesSeen = 0;
                stream.IsResyncing = false;
                stream.ResyncDue = null;
            }

            _phase = ConnectionPhase.Subscribing;
        }

        SessionLog.Connected(_context.Log, Name, _streams.Length);
    }

    private void Close()
    {
        lock (_gate)
        {
            _phase = ConnectionPhase.Waiting;
            _awaited = [];
            foreach (FeedStream stream in _streams)
            {
                stream.Phase = StreamPhase.Wanted;
            }
        }
    }
}
