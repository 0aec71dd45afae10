using System.Collections.Concurrent;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Venues.Tests.Live;

/// <summary>A feed without a network: a recording, as fast as the engine takes it and with the times of now. Answers of REST, which begin with their symbol or are told apart by it, go the way of answers.</summary>
internal sealed class RecordedFeed(Venue venue, string recording, IConnectionSource connections, WallClock clock) : IVenueFeed
{
    private readonly ConnectionTargets _targets = connections.Connect(venue, $"{venue.ToName()}/0", hasAnswers: true);

    public string Path { get; } = Recordings.PathOf(recording);

    public ConcurrentQueue<(string Symbol, string Channel)> Resyncs { get; } = [];

    public Task RunAsync(CancellationToken cancellation) => Task.Run(Play, cancellation);

    public void Resync(string symbol, string channel) => Resyncs.Enqueue((symbol, channel));

    public IReadOnlyList<ConnectionStatus> Status() => [];

    public void Open(long atNs) => _targets.Frames.Opened(atNs);

    public void Close(long atNs) => _targets.Frames.Closed(atNs);

    private void Play()
    {
        using RecordingReader reader = new([Path]);
        while (reader.TryRead(out RecordedLine line))
        {
            Frame frame = line.Frame;
            if (frame.Symbol.IsEmpty)
            {
                _targets.Frames.Frame(frame.Bytes, clock.NowNs);
            }
            else
            {
                _targets.Answers!.Answer(frame.Symbol, frame.Bytes, clock.NowNs);
            }
        }
    }
}
