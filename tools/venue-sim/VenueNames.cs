namespace Lob.Fast.VenueSim;

/// <summary>The venues that the local exchange plays.</summary>
public static class VenueNames
{
    public const string BinanceSpot = "binance-spot";
    public const string BinanceUsdM = "binance-usdm";
    public const string BinanceCoinM = "binance-coinm";
    public const string BybitLinear = "bybit-linear";
    public const string BybitSpot = "bybit-spot";
    public const string BybitInverse = "bybit-inverse";
    public const string Okx = "okx";
    public const string Bitfinex = "bitfinex";
    public const string Coinbase = "coinbase";
    public const string CoinbaseAdvanced = "coinbase-advanced";

    /// <summary>All of them, in the order of their ports.</summary>
    public static IReadOnlyList<string> All { get; } =
        [BinanceSpot, BinanceUsdM, BinanceCoinM, BybitLinear, BybitSpot, BybitInverse, Okx, Bitfinex, Coinbase, CoinbaseAdvanced];
}
