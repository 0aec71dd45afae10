namespace Lob.Fast.VenueSim.Market;

/// <summary>An order that rests in the book.</summary>
/// <param name="id">Rises with time.</param>
/// <param name="isBid">Its side.</param>
/// <param name="ticks">Its price.</param>
/// <param name="lots">Its quantity.</param>
internal sealed class Order(long id, bool isBid, long ticks, long lots)
{
    public long Id => id;

    public bool IsBid => isBid;

    public long Ticks => ticks;

    /// <summary>What is left of it.</summary>
    public long Lots { get; set; } = lots;
}
