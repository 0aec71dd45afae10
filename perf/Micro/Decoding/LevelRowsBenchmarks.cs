using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Baselines.Values;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Decoding;

/// <summary>Forty levels of one side, <c>[["61837.63000000","0.02510000"], …]</c>. Time a level.</summary>
[MemoryDiagnoser]
public class LevelRowsBenchmarks
{
    private const int Levels = 40;
    private const int Slack = 64;

    private readonly long[] _numbers = new long[2 * Levels];
    private readonly decimal[] _decimals = new decimal[2 * Levels];
    private byte[] _text = [];
    private int _length;
    private RecordBuffer _batch = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < Levels; i++)
        {
            text.Append(i == 0 ? "" : ",").Append($"[\"{61_837 - i}.{i % 10}3000000\",\"0.{25_100_000 + (i * 7_919)}\"]");
        }

        _length = text.Append(']').Length;
        _text = [.. Encoding.ASCII.GetBytes(text.ToString()), .. new byte[Slack]];
        _batch = new RecordBuffer(4096);
    }

    [GlobalCleanup]
    public void CleanUp() => _batch.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Levels)]
    public int Ours()
    {
        _batch.Clear();
        var scanner = new JsonScanner(_text.AsSpan(0, _length));
        var state = new LevelRowsState { PriceScale = new DecimalScale(2), QuantityScale = new DecimalScale(8), LastPrice = -1 };
        return LevelRows.Read(ref scanner, ref state, _batch) ? _batch.Count : 0;
    }

    [Benchmark(OperationsPerInvoke = Levels)]
    public int Utf8JsonReader_digit_loop()
    {
        int count = 0;
        var reader = new Utf8JsonReader(_text.AsSpan(0, _length));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && Utf8JsonNumbers.TryDecimal(reader.ValueSpan, out long value, out _))
            {
                _numbers[count++] = value;
            }
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Levels)]
    public int Utf8JsonReader_Utf8Parser_decimal()
    {
        int count = 0;
        var reader = new Utf8JsonReader(_text.AsSpan(0, _length));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out decimal value, out _))
            {
                _decimals[count++] = value;
            }
        }

        return count;
    }
}
