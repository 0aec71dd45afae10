using System.Reflection;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Demo;

/// <summary>The recordings inside this binary, so that the demo needs nothing but it. Their origin stands in the README of each folder of tests/data.</summary>
internal static class BundledRecordings
{
    private const string Prefix = "recordings/";

    public static IReadOnlyList<BundledRecording> All { get; } =
    [
        new(Venue.BinanceSpot, "spot_btcusdt_20240808.rec.gz"),
        new(Venue.BinanceSpot, "spot_nknusdt_20211012.rec"),
        new(Venue.BinanceUsdM, "usdm_sushiusdt_20210722.rec"),
        new(Venue.Okx, "books_uni-usd-swap_btc-usd-220527_20220513.rec"),
        new(Venue.Bitfinex, "p0_len100_seqall_7pairs_20210417.rec"),
        new(Venue.Coinbase, "exchange_level2_7products_20210417.rec.gz"),
        new(Venue.BybitLinear, "bybit_linear_orderbook50_1_200.rec.gz", IsSynthetic: true),
        new(Venue.CoinbaseAdvanced, "coinbase_advanced.rec.gz", IsSynthetic: true),
    ];

    /// <summary>Writes one of them into a folder and returns its path.</summary>
    public static string Extract(string name, string folder)
    {
        string path = Path.Combine(folder, name);
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"the recording {name} is not in this binary");
        using FileStream file = File.Create(path);
        resource.CopyTo(file);
        return path;
    }
}
