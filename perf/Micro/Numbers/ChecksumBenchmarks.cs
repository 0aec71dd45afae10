using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Micro.Numbers;

/// <summary>Checksums and hashes over a block of records, and over the text of a book's best levels.</summary>
[MemoryDiagnoser]
public class ChecksumBenchmarks
{
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private byte[] _bytes = [];

    [Params(64, 4096)]
    public int Length { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _bytes = new byte[Length];
        new Random(1).NextBytes(_bytes);
    }

    [Benchmark(Baseline = true)]
    public uint Ours_Crc32C() => Crc32C.Of(_bytes);

    [Benchmark]
    public uint Ours_Crc32() => Crc32.Of(_bytes);

    /// <summary>The platform's own quick hash (a form of xxHash32, seeded at random in each process).</summary>
    [Benchmark]
    public int HashCode_AddBytes()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    [Benchmark]
    public int Sha256() => SHA256.HashData(_bytes, _hash);
}
