using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Numbers;

/// <summary>
/// CRC-32 as in zlib and IEEE 802.3 (reflected polynomial EDB88320, initial value and final exclusive-or FFFFFFFF), which venues put over the text of
/// a book's best levels. They send it as a signed number: cast to <see cref="int"/> to compare.
/// </summary>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Bytes taken at a time, and tables for that: table k holds the checksums of a byte with k zero bytes behind it.</summary>
    private const int Slices = sizeof(ulong);

    private const int TableLength = 256;

    private static readonly uint[] Tables = BuildTables();

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>
    /// The checksum of a text that goes on: <paramref name="state"/> is the checksum of what came before, 0 for nothing, and the result is that of
    /// both together.
    /// </summary>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~state;
        while (bytes.Length >= Slices)
        {
            crc = Slice(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc);
            bytes = bytes[Slices..];
        }

        if (!bytes.IsEmpty)
        {
            // Fewer bytes are the upper ones of a word that begins with zeros, which add nothing; what they do not reach of the checksum so far stays.
            int shift = 8 * (Slices - bytes.Length);
            crc = Slice((ReadFew(bytes) ^ crc) << shift) ^ (uint)((ulong)crc >> (64 - shift));
        }

        return ~crc;
    }

    /// <summary>The checksum, without its exclusive-or, of eight bytes that the one before was added to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Slice(ulong word)
    {
        // An index is a byte plus a constant multiple of 256 below 8 × 256: inside the tables, so that none of the eight is checked again.
        ref uint table = ref MemoryMarshal.GetArrayDataReference(Tables);
        return Unsafe.Add(ref table, (7 * TableLength) + (int)(byte)word)
            ^ Unsafe.Add(ref table, (6 * TableLength) + (int)(byte)(word >> 8))
            ^ Unsafe.Add(ref table, (5 * TableLength) + (int)(byte)(word >> 16))
            ^ Unsafe.Add(ref table, (4 * TableLength) + (int)(byte)(word >> 24))
            ^ Unsafe.Add(ref table, (3 * TableLength) + (int)(byte)(word >> 32))
            ^ Unsafe.Add(ref table, (2 * TableLength) + (int)(byte)(word >> 40))
            ^ Unsafe.Add(ref table, TableLength + (int)(byte)(word >> 48))
            ^ Unsafe.Add(ref table, (int)(byte)(word >> 56));
    }

    /// <summary>1–7 bytes, the first one lowest.</summary>
    private static ulong ReadFew(ReadOnlySpan<byte> bytes)
    {
        int last = bytes.Length - 1;
        if (bytes.Length >= sizeof(uint))
        {
            uint first = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            return first | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) << (8 * (bytes.Length - sizeof(uint))));
        }

        int middle = bytes.Length / 2;
        return bytes[0] | ((ulong)bytes[middle] << (8 * middle)) | ((ulong)bytes[last] << (8 * last));
    }

    /// <summary>
    /// What is left of a polynomial of degree 63 modulo that of the checksum. Bits are reversed: the highest degrees stand in the low half.
    /// </summary>
    internal static uint Reduce(ulong polynomial)
    {
        uint high = (uint)polynomial;
        return (uint)(polynomial >> 32)
            ^ Tables[(3 * TableLength) + (byte)high]
            ^ Tables[(2 * TableLength) + (byte)(high >> 8)]
            ^ Tables[TableLength + (byte)(high >> 16)]
            ^ Tables[high >> 24];
    }

    /// <summary>A polynomial times x^8, modulo that of the checksum.</summary>
    internal static uint ShiftByte(uint polynomial) => Tables[(byte)polynomial] ^ (polynomial >> 8);

    private static uint[] BuildTables()
    {
        uint[] tables = new uint[Slices * TableLength];
        for (uint value = 0; value < TableLength; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : Polynomial);
            }

            tables[value] = crc;
        }

        for (int index = TableLength; index < tables.Length; index++)
        {
            uint shorter = tables[index - TableLength];
            tables[index] = (shorter >> 8) ^ tables[(byte)shorter];
        }

        return tables;
    }
}
