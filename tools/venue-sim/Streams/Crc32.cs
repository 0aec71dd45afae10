namespace Lob.Fast.VenueSim.Streams;

/// <summary>CRC-32 of IEEE 802.3, as zlib computes it: the checksum of Bitfinex books, and of OKX books until June 2026.</summary>
internal static class Crc32
{
    private const uint PolynomialReflected = 0xEDB88320;
    private const int TableSize = 256;

    private static readonly uint[] Table = CreateTable();

    public static uint Of(ReadOnlySpan<byte> text)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in text)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];

        return ~crc;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[TableSize];
        for (uint i = 0; i < TableSize; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : PolynomialReflected);

            table[i] = crc;
        }

        return table;
    }
}
