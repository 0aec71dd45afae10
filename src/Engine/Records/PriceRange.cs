namespace Lob.Fast.Engine.Records;

/// <summary>The range of prices, both ends included, inside which a book knows every level.</summary>
/// <param name="LowTicks">Lowest known price, ticks; long.MinValue = no limit.</param>
/// <param name="HighTicks">Highest known price, ticks; long.MaxValue = no limit.</param>
public readonly record struct PriceRange(long LowTicks, long HighTicks)
{
    /// <summary>Nothing was cut off on either side.</summary>
    public static PriceRange Unbounded => new(long.MinValue, long.MaxValue);

    /// <summary>Where a snapshot ends that was cut off: at the worst price of each side that its <see cref="SnapshotLimits"/> name.</summary>
    /// <param name="message">Its MessageBegin and levels.</param>
    public static PriceRange OfSnapshot(ReadOnlySpan<Record> message)
    {
        var limits = (SnapshotLimits)Record.Read<MessageBegin>(message[0]).Detail;
        long low = (limits & SnapshotLimits.BidsCut) != 0 ? WorstPrice(message, Side.Bid) : long.MinValue;
        long high = (limits & SnapshotLimits.AsksCut) != 0 ? WorstPrice(message, Side.Ask) : long.MaxValue;
        return new PriceRange(low, high);
    }

    private static long WorstPrice(ReadOnlySpan<Record> message, Side side)
    {
        long worst = side == Side.Bid ? long.MaxValue : long.MinValue;
        foreach (ref readonly Record record in message[1..])
        {
            if (record.Header.Side == side)
            {
                long price = Record.Read<LevelSet>(record).PriceTicks;
                worst = side == Side.Bid ? Math.Min(worst, price) : Math.Max(worst, price);
            }
        }

        return worst;
    }
}
