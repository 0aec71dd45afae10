namespace Lob.Fast.Engine.Records;

/// <summary>A market with its own symbols and wire rules. Values are part of the journal format.</summary>
public enum Venue : ushort
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>Bybit linear contracts.</summary>
    BybitLinear = 1,

    /// <summary>Bybit spot.</summary>
    BybitSpot = 2,

    /// <summary>Bybit inverse contracts.</summary>
    BybitInverse = 3,

    /// <summary>Binance spot.</summary>
    BinanceSpot = 4,

    /// <summary>Binance USD-M futures.</summary>
    BinanceUsdM = 5,

    /// <summary>Binance COIN-M futures.</summary>
    BinanceCoinM = 6,

    /// <summary>OKX, all instrument types.</summary>
    Okx = 7,

    /// <summary>Bitfinex.</summary>
    Bitfinex = 8,

    /// <summary>Coinbase Exchange.</summary>
    Coinbase = 9,

    /// <summary>Coinbase Advanced Trade.</summary>
    CoinbaseAdvanced = 10,
}
