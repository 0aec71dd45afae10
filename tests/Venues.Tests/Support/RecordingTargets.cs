using System.Collections.Concurrent;
using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>Keeps what a feed hands over.</summary>
internal sealed class RecordingTargets : IConnectionSource
{
    /// <summary>Everything in the order it came: <c>opened</c>, <c>closed</c>, <c>frame …</c>, <c>answer SYMBOL …</c>, each behind its connection's number.</summary>
    public ConcurrentQueue<string> Events { get; } = [];

    public List<(string Name, bool HasAnswers)> Connections { get; } = [];

    public ConnectionTargets Connect(Venue venue, string name, bool hasAnswers)
    {
        ushort number = (ushort)Connections.Count;
        Connections.Add((name, hasAnswers));
        Target target = new(number, Events);
        return new ConnectionTargets(number, target, hasAnswers ? target : null);
    }

    /// <summary>Waits until an event of this text has come.</summary>
    public Task UntilAsync(string text) => UntilAsync(() => Events.Contains(text), text);

    /// <summary>Waits until so many events begin like this.</summary>
    public Task UntilAsync(string start, int count) =>
        UntilAsync(() => Events.Count(text => text.StartsWith(start, StringComparison.Ordinal)) >= count, $"{count} × {start}");

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource late = new(ScriptedVenue.Deadline);
        while (!condition())
        {
            if (late.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} did not come; what came: {string.Join(Environment.NewLine, Events)}");
            }

            await Task.Delay(5);
        }
    }

    private sealed class Target(ushort number, ConcurrentQueue<string> events) : IFrameTarget, IAnswerTarget
    {
        public void Opened(long atNs) => events.Enqueue($"{number} opened");

        public void Closed(long atNs) => events.Enqueue($"{number} closed");

        public void Frame(ReadOnlySpan<byte> frame, long receivedAtNs) =>
            events.Enqueue(frame.Length > 10_000 ? $"{number} frame of {frame.Length} bytes" : $"{number} frame {Encoding.UTF8.GetString(frame)}");

        public void Answer(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> body, long receivedAtNs) =>
            events.Enqueue($"{number} answer {Encoding.UTF8.GetString(symbol)} {Encoding.UTF8.GetString(body)}");
    }
}
