using System.Net.WebSockets;

namespace Lob.Fast.Venues.Sessions;

// The reading task: messages to the engine, control frames to the session.
internal sealed partial class VenueConnection
{
    private readonly FrameBuffer _buffer = new();
    private readonly ControlFrame _control = new();

    private long _frames;
    private long _bytes;
    private long _lastFrameAtNs;

    /// <summary>Streams whose first frames are waited for. Replaced as a whole, under the lock; empty in all but the first moments of a connection.</summary>
    private volatile FeedStream[] _awaited = [];

    // No cancellation token: it would be registered and given back with each message. The socket is aborted instead.
    private async Task ReadAsync(ClientWebSocket socket)
    {
        _buffer.Clear();
        while (true)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(_buffer.Free, CancellationToken.None).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                string description = string.IsNullOrEmpty(socket.CloseStatusDescription) ? "" : $", \"{socket.CloseStatusDescription}\"";
                throw new SessionEndedException($"closed by the venue ({(int?)socket.CloseStatus ?? 0}{description})");
            }

            _buffer.Add(result.Count);
            if (result.EndOfMessage)
            {
                Take(_context.Clock.NowNs);
                _buffer.Clear();
            }
        }
    }

    private void Take(long receivedAtNs)
    {
        ReadOnlySpan<byte> frame = _buffer.Message;
        if (_buffer.LostBytes > 0)
        {
            SessionLog.TooLong(_context.Log, Name, frame.Length + _buffer.LostBytes);
        }

        Volatile.Write(ref _frames, _frames + 1);
        Volatile.Write(ref _bytes, _bytes + frame.Length + _buffer.LostBytes);
        Volatile.Write(ref _lastFrameAtNs, receivedAtNs);
        _targets.Frames.Frame(frame, receivedAtNs);
        if (_protocol.MayBeControl(frame))
        {
            TakeControl(frame);
        }

        if (_awaited.Length > 0)
        {
            NoteData(frame);
        }
    }

    private void NoteData(ReadOnlySpan<byte> frame)
    {
        foreach (FeedStream stream in _awaited)
        {
            if (_protocol.IsOf(frame, stream))
            {
                lock (_gate)
                {
                    stream.FramesSeen++;
                    NoteFirstFrames(stream, _protocol.IsChange(frame));
                }

                return;
            }
        }
    }

    // Under the lock.
    private void NoteFirstFrames(FeedStream stream, bool isChange)
    {
        // Two: a snapshot asked for any earlier may be older than the first change and cannot be joined to it.
        const int FramesBeforeSnapshot = 2;
        switch (stream.Source)
        {
            case BookSource.Rest:
                if (stream.FramesSeen < FramesBeforeSnapshot)
                {
                    return;
                }

                AskForSnapshot(stream);
                break;
            case BookSource.StreamOrRest when isChange:
                AskForSnapshot(stream);
                break;
            default:
                break;
        }

        _awaited = [.. _awaited.Where(awaited => awaited != stream)];
    }

    // Under the lock.
    private void AskForSnapshot(FeedStream stream)
    {
        stream.IsResyncing = true;
        stream.ResyncDue = null;
        _snapshots.Ask(this, stream, isProbe: false);
    }

    private void TakeControl(ReadOnlySpan<byte> frame)
    {
        _protocol.ReadControl(frame, _control);
        if (_control.Kind == ControlKind.None)
        {
            return;
        }

        lock (_gate)
        {
            switch (_control.Kind)
            {
                case ControlKind.RequestDone:
                    RequestDone();
                    break;
                case ControlKind.Subscribed:
                    Subscribed();
                    break;
                case ControlKind.Unsubscribed:
                    Unsubscribed();
                    break;
                case ControlKind.List:
                    Listed();
                    break;
                case ControlKind.Refused:
                    Refused();
                    break;
                case ControlKind.Pause:
                    SessionLog.Notice(_context.Log, Name, _control.Text);
                    _pausedUntil = After(_time.GetTimestamp(), PauseMax);
                    break;
                case ControlKind.Reconnect:
                    throw new SessionEndedException(_control.Text, isPlanned: true);
                default:
                    throw new SessionEndedException(_control.Text);
            }

            NoteRunning();
        }

        _signal.Set();
    }

    private void RequestDone()
    {
        if (RequestOf() is { } request)
        {
            foreach (FeedStream stream in request.Streams)
            {
                Advance(stream, request.Leaves);
            }

            _requests.Remove(request);
        }
    }

    private void Subscribed()
    {
        if (Find(_control.Channel, _control.Symbol) is { } stream)
        {
            stream.VenueChannel = _control.VenueChannel;
            if (stream.Phase == StreamPhase.Asked)
            {
                Advance(stream, leaves: false);
                Settle(stream);
            }
        }
    }

    private void Unsubscribed()
    {
        FeedStream? stream = _control.VenueChannel != 0
            ? Array.Find(_streams, candidate => candidate.VenueChannel == _control.VenueChannel)
            : Find(_control.Channel, _control.Symbol);
        if (stream?.Phase == StreamPhase.AskedToLeave)
        {
            Advance(stream, leaves: true);
            Settle(stream);
        }
    }

    private void Listed()
    {
        foreach (FeedStream stream in _streams)
        {
            bool isListed = _control.Listed.Contains((stream.Channel, stream.Symbol));
            if ((stream.Phase == StreamPhase.Asked && isListed) || (stream.Phase == StreamPhase.AskedToLeave && !isListed))
            {
                Advance(stream, leaves: !isListed);
                Settle(stream);
            }
        }
    }

    private void Refused()
    {
        FeedRequest? request = RequestOf();
        FeedStream? named = _control.Channel is null ? null : Find(_control.Channel, _control.Symbol);
        List<FeedStream> refused = named is not null ? [named] : request is not null ? [.. request.Streams] : [];
        if (refused.Count == 0)
        {
            SessionLog.Refused(_context.Log, Name, _control.Text);
            return;
        }

        string words = $"{string.Join(", ", refused.Take(StreamsNamed))}{(refused.Count > StreamsNamed ? " …" : "")}: {_control.Text}";
        if (refused.Exists(static stream => stream.Phase == StreamPhase.AskedToLeave))
        {
            throw new SessionEndedException($"the end of a subscription was refused: {words}");
        }

        if (!refused.Exists(static stream => stream.HasRun))
        {
            throw new FeedException($"{Name}: the venue refuses {words}. {_protocol.Advice}");
        }

        // It ran before, so the options are right: delisted, or a matter of moments. The others go on.
        _lastFault = $"refused: {words}";
        SessionLog.Refused(_context.Log, Name, words);
        foreach (FeedStream stream in refused)
        {
            stream.Phase = StreamPhase.Refused;
            stream.IsResyncing = false;
            Settle(stream);
        }
    }

    // A stream is granted, or its end is: then it is to be subscribed again, for ends are only asked for to begin anew.
    private void Advance(FeedStream stream, bool leaves)
    {
        if (leaves)
        {
            stream.Phase = StreamPhase.Wanted;
            stream.VenueChannel = 0;
            return;
        }

        stream.Phase = StreamPhase.Running;
        stream.HasRun = true;
        if (stream.ResyncDue is null && stream.Source is not BookSource.Rest)
        {
            stream.IsResyncing = false;
        }
    }

    private FeedRequest? RequestOf() =>
        _control.Request is { } number ? _requests.Find(request => request.Number == number) : _requests.Count > 0 ? _requests[0] : null;

    private FeedStream? Find(string? channel, string? symbol) =>
        Array.Find(_streams, stream => stream.Channel == channel && stream.Symbol == symbol);

    // A stream is answered: requests that wait for nothing more are done.
    private void Settle(FeedStream stream)
    {
        foreach (FeedRequest request in _requests)
        {
            request.Streams.Remove(stream);
        }

        _requests.RemoveAll(static request => request.Streams.Count == 0);
    }

    private void NoteRunning()
    {
        if (_phase == ConnectionPhase.Subscribing && Array.TrueForAll(_streams, static stream => stream.Phase is StreamPhase.Running or StreamPhase.Refused))
        {
            _phase = ConnectionPhase.Running;
            _askedAgain = false;
            SessionLog.Subscribed(_context.Log, Name, _streams.Length);
        }
    }
}
