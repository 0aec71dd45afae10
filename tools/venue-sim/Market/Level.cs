namespace Lob.Fast.VenueSim.Market;

/// <summary>All orders at one price, in the order in which they came.</summary>
internal sealed class Level(long ticks)
{
    public long Ticks => ticks;

    public List<Order> Orders { get; } = [];

    /// <summary>Sum of the orders' lots.</summary>
    public long Lots { get; set; }
}
