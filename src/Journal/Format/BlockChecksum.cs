using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Format;

/// <summary>
/// Running checksum of a block: the low half is CRC-32C over the 8-byte words at even positions, the high half over those at odd positions.
/// Two lanes, because one CRC instruction takes three cycles to its result: alternating lanes hide half of that.
/// </summary>
internal struct BlockChecksum
{
    /// <summary>Low lane, before the final exclusive-or.</summary>
    public uint Low;

    /// <summary>High lane, before the final exclusive-or.</summary>
    public uint High;

    /// <summary>The checksum of no records.</summary>
    public static BlockChecksum Empty => new() { Low = uint.MaxValue, High = uint.MaxValue };

    /// <summary>The checksum so far.</summary>
    public readonly ulong Value => ((ulong)~High << 32) | ~Low;

    /// <summary>Continues over <paramref name="records"/>.</summary>
    public void Add(ReadOnlySpan<Record> records)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<Record, ulong>(records);
        ref ulong first = ref MemoryMarshal.GetReference(words);
        uint low = Low;
        uint high = High;
        for (int i = 0; i < words.Length; i += 2)
        {
            low = BitOperations.Crc32C(low, Unsafe.Add(ref first, i));
            high = BitOperations.Crc32C(high, Unsafe.Add(ref first, i + 1));
        }

        Low = low;
        High = high;
    }
}
