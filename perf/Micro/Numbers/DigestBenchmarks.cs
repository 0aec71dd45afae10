using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Engine.Books;

namespace Lob.Fast.Micro.Numbers;

/// <summary>The digest of a book after one level has changed: ours takes the old level out and the new one in. Time a change.</summary>
[MemoryDiagnoser]
public class DigestBenchmarks
{
    private const int Changes = 64;
    private const long PriceScale = 10_000_000_000_000_000;
    private const long QuantityScale = 10_000_000_000;

    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private readonly long[] _level = new long[3];
    private Digest128 _digest;
    private long _quantity;

    [Benchmark(Baseline = true, OperationsPerInvoke = Changes)]
    public Digest128 Ours()
    {
        for (int i = 0; i < Changes; i++)
        {
            long before = _quantity++;
            _digest = _digest - Digest128.OfLevel(1, 6_183_763 + i, PriceScale, before, QuantityScale)
                + Digest128.OfLevel(1, 6_183_763 + i, PriceScale, _quantity, QuantityScale);
        }

        return _digest;
    }

    /// <summary>The same sum with SHA-256 as the hash of a level.</summary>
    [Benchmark(OperationsPerInvoke = Changes)]
    public Digest128 Sha256_of_each_level()
    {
        for (int i = 0; i < Changes; i++)
        {
            long before = _quantity++;
            _digest = _digest - Sha256(6_183_763 + i, before) + Sha256(6_183_763 + i, _quantity);
        }

        return _digest;
    }

    /// <summary>The platform's quick hash, 32 bits: what an index would use, too short to prove anything.</summary>
    [Benchmark(OperationsPerInvoke = Changes)]
    public int HashCode_Combine()
    {
        int sum = 0;
        for (int i = 0; i < Changes; i++)
        {
            long before = _quantity++;
            sum += HashCode.Combine(1, 6_183_763L + i, _quantity) - HashCode.Combine(1, 6_183_763L + i, before);
        }

        return sum;
    }

    private Digest128 Sha256(long price, long quantity)
    {
        (_level[0], _level[1], _level[2]) = (1, price, quantity);
        SHA256.HashData(MemoryMarshal.AsBytes(_level.AsSpan()), _hash);
        return MemoryMarshal.Read<Digest128>(_hash);
    }
}
