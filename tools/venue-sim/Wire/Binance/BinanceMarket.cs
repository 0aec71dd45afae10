namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Binance's markets; alike and not compatible.</summary>
internal enum BinanceMarket
{
    Spot,
    UsdM,
    CoinM,
}
