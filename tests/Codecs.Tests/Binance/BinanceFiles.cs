using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>The recordings of Binance, each sequence of files that belongs together once, and what their README counts in them.</summary>
internal static class BinanceFiles
{
    /// <summary>Rows: files, venue, depth changes, REST books, tickers, trades, aggregates, candles, other events.</summary>
    public static TheoryData<string, Venue, Counts> Rows => new()
    {
        { "usdm_btcusdt_20240808.rec.gz", Venue.BinanceUsdM, new Counts(6551, 1, 66089, 21313, 0, 0, 0) },
        { "spot_btcusdt_20240808.rec.gz+spot_btcusdt_20240809.rec.gz", Venue.BinanceSpot, new Counts(3451 + 3044, 1, 28040 + 45134, 9757 + 10147, 0, 0, 0) },
        {
            "coinm_btcusd_perp_20240808.rec.gz+coinm_btcusd_perp_20240809.rec.gz", Venue.BinanceCoinM,
            new Counts(26847 + 17948, 1, 19136 + 29219, 2286 + 2949, 0, 0, 0)
        },
        { "spot_nknusdt_20211012.rec", Venue.BinanceSpot, new Counts(150, 1, 74, 0, 1, 1, 0) },
        { "spot_blzeth_20211012.rec", Venue.BinanceSpot, new Counts(10, 1, 1, 0, 0, 0, 0) },
        { "spot_runeeur_20211012.rec", Venue.BinanceSpot, new Counts(2, 1, 0, 0, 0, 0, 0) },
        { "usdm_sushiusdt_20210722.rec", Venue.BinanceUsdM, new Counts(255, 1, 305, 0, 40, 22, 0) },
        { "usdm_akrousdt_20210722.rec", Venue.BinanceUsdM, new Counts(189, 1, 88, 0, 8, 8, 0) },
        { "usdm_keepusdt_20210722.rec", Venue.BinanceUsdM, new Counts(135, 1, 75, 0, 5, 5, 0) },
    };

    /// <summary>Full paths of one row's files.</summary>
    public static string[] PathsOf(string files) => [.. files.Split('+').Select(static file => TestSupport.Recordings.PathOf("binance/" + file))];

    /// <summary>A decoder set up as `replay` does it.</summary>
    public static BinanceDecoder DecoderFor(Venue venue, string[] paths) =>
        new(venue, new DecoderOptions { SymbolResolver = () => DepthSymbolScan.OnlySymbol(paths) });

    /// <summary>Messages of a recording by kind.</summary>
    internal sealed record Counts(int Deltas, int Snapshots, int Tickers, int Trades, int Aggregates, int Candles, int Unknown);
}
