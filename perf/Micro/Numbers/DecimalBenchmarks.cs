using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Baselines.Values;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Micro.Numbers;

/// <summary>Decimal texts as venues send them, to a scaled integer. Time a number.</summary>
[MemoryDiagnoser]
public class DecimalBenchmarks
{
    private const int Count = 8;
    private const int Slack = 64;

    private readonly (int Start, int Length)[] _places = new (int, int)[Count];
    private readonly string[] _strings = ["61837.63000000", "0.02510000", "621368.7", "12", "0.4394", "34704.721865", "1922.54", "8.65238172"];
    private byte[] _text = [];

    [GlobalSetup]
    public void SetUp()
    {
        var all = new StringBuilder();
        for (int i = 0; i < Count; i++)
        {
            _places[i] = (all.Length, _strings[i].Length);
            all.Append(_strings[i]).Append('"');
        }

        _text = [.. Encoding.ASCII.GetBytes(all.ToString()), .. new byte[Slack]];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public long Ours_fast_path()
    {
        long sum = 0;
        var scale = new DecimalScale(8);
        foreach ((int start, int _) in _places)
        {
            DecimalParser.TryParseQuoted(ref _text[start], scale, out long value, out _, out _);
            sum += value;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Ours_general()
    {
        long sum = 0;
        foreach ((int start, int length) in _places)
        {
            sum += DecimalParser.Parse(_text.AsSpan(start, length), 8).Value;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Digit_loop()
    {
        long sum = 0;
        foreach ((int start, int length) in _places)
        {
            Utf8JsonNumbers.TryDecimal(_text.AsSpan(start, length), out long value, out _);
            sum += value;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Utf8Parser_two_longs()
    {
        long sum = 0;
        foreach ((int start, int length) in _places)
        {
            ReadOnlySpan<byte> text = _text.AsSpan(start, length);
            Utf8Parser.TryParse(text, out long whole, out int used);
            long fraction = 0;
            if (used < text.Length)
            {
                Utf8Parser.TryParse(text[(used + 1)..], out fraction, out int digits);
                for (; digits < 8; digits++)
                {
                    fraction *= 10;
                }
            }

            sum += (whole * 100_000_000) + fraction;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public decimal Utf8Parser_decimal()
    {
        decimal sum = 0;
        foreach ((int start, int length) in _places)
        {
            Utf8Parser.TryParse(_text.AsSpan(start, length), out decimal value, out _);
            sum += value;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public decimal Decimal_Parse()
    {
        decimal sum = 0;
        foreach (string text in _strings)
        {
            sum += decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
