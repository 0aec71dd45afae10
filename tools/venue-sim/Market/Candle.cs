namespace Lob.Fast.VenueSim.Market;

/// <summary>A candle in ticks and lots.</summary>
/// <param name="StartMs">Begin of its interval, Unix ms.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest.</param>
/// <param name="Low">Lowest.</param>
/// <param name="Close">Last.</param>
/// <param name="Lots">Volume.</param>
/// <param name="BuyLots">Part of it where the taker bought.</param>
/// <param name="FirstTradeId">First trade in it; −1 = none.</param>
/// <param name="Trades">Trades in it.</param>
/// <param name="TurnoverUnits">Sum of price × quantity, in units of the last price decimal times units of the last quantity decimal.</param>
/// <param name="BuyTurnoverUnits">Part of it where the taker bought.</param>
internal readonly record struct Candle(
    long StartMs, long Open, long High, long Low, long Close, long Lots, long BuyLots, long FirstTradeId, int Trades, Int128 TurnoverUnits, Int128 BuyTurnoverUnits);
