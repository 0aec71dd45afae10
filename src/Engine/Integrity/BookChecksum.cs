using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>The checksum of a book as its venue computes it: CRC-32 (IEEE) over the text that <see cref="ChecksumRule"/> describes. Allocates nothing.</summary>
public static class BookChecksum
{
    /// <summary>Levels a side that go into it.</summary>
    private const int Depth = 25;

    // Price, colon, minus, quantity, colon.
    private const int PairBytesMax = (2 * DecimalText.CharactersMax) + 3;

    /// <summary>The checksum of the book as it stands, as the signed number that venues send.</summary>
    public static int Of(L2Book book, ChecksumRule rule)
    {
        Span<BookLevel> bids = stackalloc BookLevel[Depth];
        Span<BookLevel> asks = stackalloc BookLevel[Depth];
        int bidCount = book.CopyTo(Side.Bid, bids);
        int askCount = book.CopyTo(Side.Ask, asks);
        Span<byte> text = stackalloc byte[2 * PairBytesMax];
        uint crc = 0;
        for (int i = 0; i < Math.Max(bidCount, askCount); i++)
        {
            int length = 0;
            if (i < bidCount)
            {
                length = Add(text, length, book, bids[i], isFirst: i == 0, minus: false);
            }

            if (i < askCount)
            {
                length = Add(text, length, book, asks[i], isFirst: i == 0 && bidCount == 0, minus: rule == ChecksumRule.InterleavedSigned);
            }

            crc = Crc32.Append(crc, text[..length]);
        }

        return (int)crc;
    }

    private static int Add(Span<byte> text, int length, L2Book book, in BookLevel level, bool isFirst, bool minus)
    {
        if (!isFirst)
        {
            text[length++] = (byte)':';
        }

        length += DecimalText.Format(text[length..], level.PriceTicks, book.PriceDecimals, level.TextForm.PriceDecimals);
        text[length++] = (byte)':';
        if (minus)
        {
            text[length++] = (byte)'-';
        }

        return length + DecimalText.Format(text[length..], level.QuantityLots, book.QuantityDecimals, level.TextForm.QuantityDecimals);
    }
}
