using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The recordings of Binance and whose rules they follow.</summary>
public static class BinanceRecordings
{
    public const string UsdM = "binance/usdm_btcusdt_20240808.rec.gz";
    public const string Spot8 = "binance/spot_btcusdt_20240808.rec.gz";
    public const string Spot9 = "binance/spot_btcusdt_20240809.rec.gz";
    public const string CoinM8 = "binance/coinm_btcusd_perp_20240808.rec.gz";
    public const string CoinM9 = "binance/coinm_btcusd_perp_20240809.rec.gz";
    public const string Nkn = "binance/spot_nknusdt_20211012.rec";
    public const string Blz = "binance/spot_blzeth_20211012.rec";
    public const string Rune = "binance/spot_runeeur_20211012.rec";
    public const string Sushi = "binance/usdm_sushiusdt_20210722.rec";
    public const string Akro = "binance/usdm_akrousdt_20210722.rec";
    public const string Keep = "binance/usdm_keepusdt_20210722.rec";

    /// <summary>Each recording: market and files.</summary>
    public static TheoryData<BinanceMarket, string[]> All => new()
    {
        { BinanceMarket.UsdM, [UsdM] },
        { BinanceMarket.Spot, [Spot8, Spot9] },
        { BinanceMarket.CoinM, [CoinM8, CoinM9] },
        { BinanceMarket.Spot, [Nkn] },
        { BinanceMarket.Spot, [Blz] },
        { BinanceMarket.Spot, [Rune] },
        { BinanceMarket.UsdM, [Sushi] },
        { BinanceMarket.UsdM, [Akro] },
        { BinanceMarket.UsdM, [Keep] },
    };

    public static IEnumerable<RecordedFrame> Read(params string[] files) => RecordingReader.Read([.. files.Select(Recordings.PathOf)]);

    /// <summary>The one symbol of a recording, from its name: what a REST book in it is of.</summary>
    public static string SymbolOf(string file)
    {
        string name = Path.GetFileName(file).ToUpperInvariant();
        return name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..name.LastIndexOf('_')];
    }

    public static Venue VenueOf(BinanceMarket market) => market switch
    {
        BinanceMarket.Spot => Venue.BinanceSpot,
        BinanceMarket.UsdM => Venue.BinanceUsdM,
        _ => Venue.BinanceCoinM,
    };
}
