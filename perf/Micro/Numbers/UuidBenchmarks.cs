using System.Buffers.Text;
using System.Text;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Micro.Numbers;

/// <summary>An order id to two 64-bit halves.</summary>
[MemoryDiagnoser]
public class UuidBenchmarks
{
    private readonly byte[] _text = Encoding.ASCII.GetBytes("c1ac921c-021f-446d-ad6f-06057a6c17f5");

    [Benchmark(Baseline = true)]
    public ulong Ours()
    {
        Uuid.TryParse(_text, out ulong high, out ulong low);
        return high ^ low;
    }

    [Benchmark]
    public Guid Utf8Parser_Guid()
    {
        Utf8Parser.TryParse(_text, out Guid id, out _);
        return id;
    }
}
