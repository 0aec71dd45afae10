using System.Diagnostics;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>
/// One number thrown from one spinning thread to another and back: what any hand-over between threads costs at least, on these cores, at this
/// moment. On virtual machines it changes with the placement of the cores, so it stands beside every figure that crosses threads.
/// </summary>
internal sealed class CoreRoundTrip
{
    private const int WarmUps = 20_000;
    private const int Trips = 200_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private PaddedSequence _ball;
    private PaddedSequence _back;
    private volatile bool _over;

    /// <summary>Times of one round trip each, ns, one reading of the clock included; null where two threads cannot run side by side.</summary>
    public static LogLinearHistogram? Measure() =>
        Environment.ProcessorCount > 1 && new CoreRoundTrip().Run() is { Count: > 0 } times ? times : null;

    private LogLinearHistogram Run()
    {
        var other = new Thread(ThrowBack) { Name = "round trip", IsBackground = true };
        other.Start();
        var times = new LogLinearHistogram();
        long start = Stopwatch.GetTimestamp();
        long before = start;
        for (long trip = 1; trip <= WarmUps + Trips && Stopwatch.GetElapsedTime(start, before) < Longest; trip++)
        {
            _ball.Publish(trip);
            while (_back.Read() != trip)
            {
            }

            long now = Stopwatch.GetTimestamp();
            if (trip > WarmUps)
            {
                times.Record(ClockCost.Ns(now - before));
            }

            before = now;
        }

        _over = true;
        other.Join();
        return times;
    }

    private void ThrowBack()
    {
        long seen = 0;
        while (!_over)
        {
            long trip = _ball.Read();
            if (trip != seen)
            {
                seen = trip;
                _back.Publish(trip);
            }
        }
    }
}
