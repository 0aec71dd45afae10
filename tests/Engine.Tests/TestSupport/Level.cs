using System.Globalization;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>A level of a hand-made message.</summary>
internal readonly record struct Level(Side Side, long PriceTicks, long QuantityLots, uint OrderCount = 0, TextForm? Form = null)
{
    /// <summary>A level from a venue's own text, at decimals that can hold it; numbers may be in exponent form.</summary>
    public static Level Of(Side side, string price, string quantity, int priceDecimals, int quantityDecimals)
    {
        (long ticks, int priceForm) = Read(price, priceDecimals);
        (long lots, int quantityForm) = Read(quantity, quantityDecimals);
        return new Level(side, ticks, lots, 0, TextForm.Of(priceForm, quantityForm));
    }

    public static Level Bid(long priceTicks, long quantityLots) => new(Side.Bid, priceTicks, quantityLots);

    public static Level Ask(long priceTicks, long quantityLots) => new(Side.Ask, priceTicks, quantityLots);

    private static (long Scaled, int Form) Read(string text, int decimals)
    {
        decimal value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        decimal scaled = value * (decimal)Math.Pow(10, decimals);
        Assert.Equal(decimal.Truncate(scaled), scaled);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return ((long)scaled, text.Contains('e', StringComparison.Ordinal) ? TextForm.Exponent : point < 0 ? 0 : text.Length - point - 1);
    }
}
