namespace Lob.Fast.Engine.Records;

/// <summary>The range of prices, both ends included, inside which a book knows every level.</summary>
/// <param name="LowTicks">Lowest known price, ticks; long.MinValue = no limit.</param>
/// <param name="HighTicks">Highest known price, ticks; long.MaxValue = no limit.</param>
public readonly record struct PriceRange(long LowTicks, long HighTicks)
{
    /// <summary>Nothing was cut off on either side.</summary>
    public static PriceRange Unbounded => new(long.MinValue, long.MaxValue);
}
