namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>The path class of a USD-M connection: streams of another class are acknowledged and silent.</summary>
internal enum BinanceRoute
{
    /// <summary>Everything: spot and COIN-M have no classes.</summary>
    All,

    /// <summary>Books and best prices. Connections without a class, which are no longer offered, get these too.</summary>
    Public,

    /// <summary>Trades, candles, mark price.</summary>
    Market,

    /// <summary>An account's own.</summary>
    Private,
}
