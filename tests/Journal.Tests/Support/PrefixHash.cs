using System.Numerics;
using System.Runtime.InteropServices;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>How many records came, and a hash of all their bytes.</summary>
internal struct PrefixHash
{
    public long Count { get; private set; }

    public uint Hash { get; private set; }

    public void Add(ReadOnlySpan<Record> records)
    {
        uint hash = Hash;
        foreach (ulong word in MemoryMarshal.Cast<Record, ulong>(records))
        {
            hash = BitOperations.Crc32C(hash, word);
        }

        Hash = hash;
        Count += records.Length;
    }
}
