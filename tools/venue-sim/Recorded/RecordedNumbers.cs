using System.Text;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>How many decimals the prices and quantities of a recorded symbol are written with, found by looking at its rows of books.</summary>
internal static class RecordedNumbers
{
    private const int FramesMax = 200;

    /// <summary>Decimals of prices and quantities, and a price; zeros where no row was found.</summary>
    public static (int PriceDecimals, int QuantityDecimals, decimal Price) Of(Recording recording, string symbol)
    {
        (int Price, int Quantity, decimal Last) found = default;
        foreach (RecordedFrame frame in recording.Frames.Where(frame => frame.Streams.Any(stream => stream.Symbol == symbol)).Take(FramesMax))
        {
            string text = Encoding.UTF8.GetString(frame.Text);
            Scan(text, "[\"", "\",\"", ref found);
            Scan(text, "\"price_level\":\"", "\",\"new_quantity\":\"", ref found);
        }

        return found;
    }

    private static void Scan(string text, string before, string between, ref (int Price, int Quantity, decimal Last) found)
    {
        for (int at = text.IndexOf(before, StringComparison.Ordinal); at >= 0; at = text.IndexOf(before, at + 1, StringComparison.Ordinal))
        {
            int start = at + before.Length;
            int end = text.IndexOf(between, start, StringComparison.Ordinal);
            int last = end < 0 ? -1 : text.IndexOf('"', end + between.Length);
            if (last < 0 || !decimal.TryParse(text.AsSpan(start, end - start), System.Globalization.CultureInfo.InvariantCulture, out decimal price)) continue;

            found = (Math.Max(found.Price, Decimals(text[start..end])), Math.Max(found.Quantity, Decimals(text[(end + between.Length)..last])), price);
        }
    }

    private static int Decimals(string number) => number.Contains('.') ? number.Length - 1 - number.IndexOf('.') : 0;
}
