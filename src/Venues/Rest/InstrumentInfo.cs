namespace Lob.Fast.Venues.Rest;

/// <summary>An instrument as its venue describes it. Numbers are the venue's own text; null = it does not say, or it does not apply.</summary>
public sealed record InstrumentInfo
{
    public required string Symbol { get; init; }

    /// <summary>In the venue's own words: TRADING, Trading, live, online.</summary>
    public string? Status { get; init; }

    /// <summary>Tick.</summary>
    public string? PriceStep { get; init; }

    /// <summary>Lot.</summary>
    public string? QuantityStep { get; init; }

    public string? QuantityMin { get; init; }

    public string? NotionalMin { get; init; }

    /// <summary>What one contract stands for, in <see cref="ContractUnit"/>.</summary>
    public string? ContractValue { get; init; }

    public string? ContractUnit { get; init; }

    /// <summary>spot, linear, inverse … in the venue's own words.</summary>
    public string? Kind { get; init; }
}
