using System.Text;

namespace Lob.Fast.Baselines.Feeds;

/// <summary>CRC-32 of IEEE 802.3, bit by bit, read as a signed number as OKX and Bitfinex state it.</summary>
public static class SimpleCrc32
{
    private const uint Polynomial = 0xEDB88320;

    public static int Of(string ascii)
    {
        uint crc = uint.MaxValue;
        foreach (byte letter in Encoding.ASCII.GetBytes(ascii))
        {
            crc ^= letter;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return unchecked((int)~crc);
    }

    /// <summary>
    /// Checksum over the best 25 levels: price and quantity of bid 1, of ask 1, of bid 2 … joined with ':', texts as sent. Where one side is
    /// shorter, the other goes on alone.
    /// </summary>
    /// <param name="book">The book.</param>
    /// <param name="askSign">What stands before the quantity of an ask: "-" on Bitfinex, nothing on OKX.</param>
    public static int Of(SimpleBook book, string askSign)
    {
        const int Levels = 25;
        List<string> parts = [];
        SimpleLevel[] bids = [.. book.Bids.Values.Take(Levels)];
        SimpleLevel[] asks = [.. book.Asks.Values.Take(Levels)];
        for (int i = 0; i < Levels; i++)
        {
            if (i < bids.Length)
            {
                parts.Add($"{bids[i].PriceText}:{bids[i].QuantityText}");
            }

            if (i < asks.Length)
            {
                parts.Add($"{asks[i].PriceText}:{askSign}{asks[i].QuantityText}");
            }
        }

        return Of(string.Join(':', parts));
    }
}
