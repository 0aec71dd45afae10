using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Engine.Books;

/// <summary>Levels in the venue's own text. Off the hot path.</summary>
public static class LevelText
{
    /// <summary>The price as the venue last wrote it.</summary>
    public static string PriceOf(this L2Book book, in BookLevel level) =>
        DecimalText.Format(level.PriceTicks, book.PriceDecimals, level.TextForm.PriceDecimals);

    /// <summary>The quantity as the venue last wrote it.</summary>
    public static string QuantityOf(this L2Book book, in BookLevel level) =>
        DecimalText.Format(level.QuantityLots, book.QuantityDecimals, level.TextForm.QuantityDecimals);
}
