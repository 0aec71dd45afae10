using System.Diagnostics;
using Lob.Fast.VenueSim.Hosting;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>Plays a recording to one client: its streams, from the begin, in the recorded rhythm. Begins when the client has stopped subscribing for a moment.</summary>
internal sealed class RecordedPlayer(Recording recording, Session session, double speed)
{
    /// <summary>Clients that subscribe one stream after the other get the begin of all of them.</summary>
    private static readonly TimeSpan QuietBefore = TimeSpan.FromMilliseconds(300);

    /// <summary>At full speed the recording waits this long at an answer for the client to ask.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(2);

    private const int BacklogWanted = 512;

    private readonly HashSet<(string Channel, string Symbol)> _wanted = [];
    private long _lastWantedAt;
    private bool _isPlaying;
    private volatile bool _hasEnded;

    /// <summary>A stream is subscribed. Under the venue's gate, like all of these.</summary>
    public void Want(string channel, string symbol)
    {
        _wanted.Add((channel, symbol));
        _lastWantedAt = Stopwatch.GetTimestamp();
        if (_isPlaying) return;

        _isPlaying = true;
        _ = Task.Run(PlayAsync);
    }

    public void Leave(string channel, string symbol) => _wanted.Remove((channel, symbol));

    /// <summary>The client has gone.</summary>
    public void End() => _hasEnded = true;

    private async Task PlayAsync()
    {
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastWantedAt)) < QuietBefore)
            await Task.Delay(QuietBefore / 4).ConfigureAwait(false);

        long startedAt = Stopwatch.GetTimestamp();
        for (int i = 0; i < recording.Frames.Count && !_hasEnded; i++)
        {
            RecordedFrame frame = recording.Frames[i];
            if (speed > 0) await DelayAsync(startedAt, TimeSpan.FromMicroseconds((frame.AtNs - recording.Frames[0].AtNs) / 1000.0 / speed)).ConfigureAwait(false);

            while (session.Backlog > BacklogWanted && !_hasEnded)
                await Task.Delay(1).ConfigureAwait(false);

            recording.Reached(i);
            if (frame.Kind == RecordedKind.Answer && speed == 0) await AnsweredAsync(i).ConfigureAwait(false);
            else if (frame.Kind == RecordedKind.Control || (frame.Kind == RecordedKind.Data && IsWanted(frame))) session.SendRecorded(frame);
        }
    }

    private bool IsWanted(RecordedFrame frame)
    {
        lock (session.Gate)
        {
            return frame.Streams.Any(_wanted.Contains);
        }
    }

    private static async Task DelayAsync(long startedAt, TimeSpan due)
    {
        TimeSpan left = due - Stopwatch.GetElapsedTime(startedAt);
        if (left > TimeSpan.FromMilliseconds(1)) await Task.Delay(left).ConfigureAwait(false);
    }

    private async Task AnsweredAsync(int index)
    {
        long since = Stopwatch.GetTimestamp();
        while (!recording.IsServed(index) && !_hasEnded && Stopwatch.GetElapsedTime(since) < AnswerWait)
            await Task.Delay(1).ConfigureAwait(false);
    }
}
