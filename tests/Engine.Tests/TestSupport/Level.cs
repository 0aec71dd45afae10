using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>A level of a hand-made message.</summary>
internal readonly record struct Level(Side Side, long PriceTicks, long QuantityLots)
{
    public static Level Bid(long priceTicks, long quantityLots) => new(Side.Bid, priceTicks, quantityLots);

    public static Level Ask(long priceTicks, long quantityLots) => new(Side.Ask, priceTicks, quantityLots);
}
