using System.Text;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>The checksum of a book by way of its text, written out as venues describe it.</summary>
internal static class PlainChecksum
{
    private const int Depth = 25;

    /// <summary>The checksum of the book as it stands.</summary>
    public static int Of(L2Book book, ChecksumRule rule)
    {
        BookLevel[] bids = book.ToArray(Side.Bid);
        BookLevel[] asks = book.ToArray(Side.Ask);
        string minus = rule == ChecksumRule.InterleavedSigned ? "-" : "";
        List<string> parts = [];
        for (int i = 0; i < Depth; i++)
        {
            if (i < bids.Length)
            {
                parts.Add($"{book.PriceOf(bids[i])}:{book.QuantityOf(bids[i])}");
            }

            if (i < asks.Length)
            {
                parts.Add($"{book.PriceOf(asks[i])}:{minus}{book.QuantityOf(asks[i])}");
            }
        }

        return (int)Crc32.Of(Encoding.ASCII.GetBytes(string.Join(':', parts)));
    }
}
