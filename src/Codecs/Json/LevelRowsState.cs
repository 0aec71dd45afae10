using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>What <see cref="LevelRows"/> needs to know, and what it found.</summary>
internal struct LevelRowsState
{
    /// <summary>Header of every record, all but the text form.</summary>
    public RecordHeader Header;

    /// <summary>Scale of prices.</summary>
    public DecimalScale PriceScale;

    /// <summary>Scale of quantities.</summary>
    public DecimalScale QuantityScale;

    /// <summary>
    /// Whether rows tell how many orders stand at the level: their fourth item, or their third where there are only three (OKX: <c>["price","quantity","0","orders"]</c>,
    /// in the answers of <c>market/books-full</c> <c>["price","quantity","orders"]</c>).
    /// </summary>
    public bool OrderCounts;

    /// <summary>How prices must follow each other.</summary>
    public RowOrder Order;

    /// <summary>Price of the row before; −1 before the first, and behind one whose price or quantity was not exact.</summary>
    public long LastPrice;

    /// <summary>All prices met, or-ed: its bit length is that of the largest.</summary>
    public long PricesMet;

    /// <summary>All quantities met, or-ed.</summary>
    public long QuantitiesMet;

    /// <summary>Decimals needed beyond the scales.</summary>
    public DecimalsNeeded Need;

    /// <summary>
    /// What rows are read at fast: the scale of prices, or what is known to be needed beyond it. The message is read again then, and until that is found out for all of its rows
    /// most of them need not be read slowly.
    /// </summary>
    public readonly DecimalScale PriceScaleKnown => Need.Price > PriceScale.Decimals ? new DecimalScale(Need.Price) : PriceScale;

    /// <summary>The same for quantities.</summary>
    public readonly DecimalScale QuantityScaleKnown => Need.Quantity > QuantityScale.Decimals ? new DecimalScale(Need.Quantity) : QuantityScale;

    /// <summary>Whether both allow that.</summary>
    public readonly bool IsFast => PriceScaleKnown.IsFast && QuantityScaleKnown.IsFast;

    /// <summary>Whether a row of a whole side may stand behind one with the price <paramref name="last"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool InOrder(long price, long quantity, long last) =>
        quantity != 0 && (last < 0 || (Order == RowOrder.Falling ? price < last : price > last));
}
