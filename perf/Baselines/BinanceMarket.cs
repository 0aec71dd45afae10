namespace Lob.Fast.Baselines;

/// <summary>The three Binance markets. Spot has one set of sequence rules, both futures markets another.</summary>
public enum BinanceMarket
{
    /// <summary>Spot: <c>U</c> follows the previous <c>u</c>.</summary>
    Spot,

    /// <summary>USD-M futures: <c>pu</c> names the previous <c>u</c>.</summary>
    UsdM,

    /// <summary>COIN-M futures: as USD-M.</summary>
    CoinM,
}
