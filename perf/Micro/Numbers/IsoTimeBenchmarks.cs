using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Micro.Numbers;

/// <summary>A time as Coinbase writes it, to Unix ns (the platform's parsers: to 100 ns).</summary>
[MemoryDiagnoser]
public class IsoTimeBenchmarks
{
    private const string Text = "2026-08-09T21:05:48.170326Z";

    private readonly byte[] _bytes = Encoding.ASCII.GetBytes(Text);

    [Benchmark(Baseline = true)]
    public long Ours()
    {
        IsoTime.Parse(_bytes, out long ns, out _);
        return ns;
    }

    // Utf8Parser knows this form with seven digits only.
    private readonly byte[] _sevenDigits = Encoding.ASCII.GetBytes("2026-08-09T21:05:48.1703260Z");

    [Benchmark]
    public long Utf8Parser_round_trip_form()
    {
        Utf8Parser.TryParse(_sevenDigits, out DateTime time, out _, 'O');
        return time.Ticks;
    }

    [Benchmark]
    public long DateTime_Parse() => DateTime.Parse(Text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks;
}
