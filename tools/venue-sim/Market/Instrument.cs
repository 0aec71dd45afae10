namespace Lob.Fast.VenueSim.Market;

/// <summary>How an instrument's numbers are made. A price is a number of ticks, a quantity a number of lots.</summary>
internal sealed record Instrument
{
    /// <summary>In the venue's own words.</summary>
    public required string Symbol { get; init; }

    /// <summary>Base coin.</summary>
    public required string Base { get; init; }

    /// <summary>Quote coin.</summary>
    public required string Quote { get; init; }

    /// <summary>Decimals a price is kept and (where the venue writes zeros) written with.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>A tick, in units of the last price decimal.</summary>
    public required long TickUnits { get; init; }

    /// <summary>Decimals of a quantity.</summary>
    public required int QuantityDecimals { get; init; }

    /// <summary>A lot, in units of the last quantity decimal.</summary>
    public required long LotUnits { get; init; }

    /// <summary>Where the market starts, in ticks.</summary>
    public required long StartTicks { get; init; }

    /// <summary>Median size of an order, in lots.</summary>
    public required long MedianLots { get; init; }

    /// <summary>Whether it is a contract rather than a coin.</summary>
    public bool IsContract { get; init; }

    /// <summary>Whether quantities are contracts of a fixed value in the quote coin.</summary>
    public bool IsInverse { get; init; }
}
