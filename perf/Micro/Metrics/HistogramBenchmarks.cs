using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Micro.Metrics;

/// <summary>One latency recorded.</summary>
[MemoryDiagnoser]
public class HistogramBenchmarks
{
    private readonly LogLinearHistogram _ours = new();
    private readonly SortedDictionary<long, long> _sorted = [];
    private Meter _meter = null!;
    private MeterListener _listener = null!;
    private Histogram<long> _instrument = null!;
    private long _value;

    /// <summary>What the listener has added up.</summary>
    public long Seen { get; private set; }

    [GlobalSetup]
    public void SetUp()
    {
        _meter = new Meter("micro");
        _instrument = _meter.CreateHistogram<long>("latency");
        _listener = new MeterListener();
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Seen += value);
        _listener.EnableMeasurementEvents(_instrument);
        _listener.Start();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Ours() => _ours.Record(Next());

    /// <summary>The platform's instrument with a listener that only adds up.</summary>
    [Benchmark]
    public void Meter_with_listener() => _instrument.Record(Next());

    /// <summary>Counts a value, exactly.</summary>
    [Benchmark]
    public void SortedDictionary_of_counts()
    {
        long value = Next();
        _sorted[value] = _sorted.GetValueOrDefault(value) + 1;
    }

    // 200 to 4,295 ns, in no order.
    private long Next() => 200 + ((_value += 2_654_435_761) >> 7 & 4_095);
}
