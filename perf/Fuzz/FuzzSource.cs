using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>Recordings of one venue that frames are taken from, in the order of their connection.</summary>
/// <param name="Venue">Whose frames they are.</param>
/// <param name="Recording">A recording from its beginning: <c>venue/file</c>, with or without <c>.gz</c>.</param>
/// <param name="Symbol">Symbol of REST books that name none; null = every one says it.</param>
/// <param name="More">A file of single frames of several times, which are damaged too, but not played in order; null = none.</param>
public sealed record FuzzSource(Venue Venue, string Recording, string? Symbol = null, string? More = null)
{
    /// <summary>All there are. Those that may not be passed on are left out where they are not at hand.</summary>
    public static IReadOnlyList<FuzzSource> All { get; } =
    [
        new(Venue.BinanceSpot, "binance/spot_btcusdt_20240808.rec", "BTCUSDT", "binance/edge_messages_2019-2021.ndjson"),
        new(Venue.BinanceSpot, "binance/spot_nknusdt_20211012.rec", "NKNUSDT"),
        new(Venue.BinanceSpot, "binance/spot_runeeur_20211012.rec", "RUNEEUR"),
        new(Venue.BinanceUsdM, "binance/usdm_btcusdt_20240808.rec", "BTCUSDT", "binance/edge_messages_2019-2021.ndjson"),
        new(Venue.BinanceUsdM, "binance/usdm_sushiusdt_20210722.rec", "SUSHIUSDT"),
        new(Venue.BinanceCoinM, "binance/coinm_btcusd_perp_20240808.rec", "BTCUSD_PERP"),

        // In the form of COIN-M, whose recording may not be passed on.
        new(Venue.BinanceCoinM, "binance/usdm_keepusdt_20210722.rec", "KEEPUSDT"),
        new(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec", More: "bybit/edge_messages_v5_2023-2025.ndjson"),
        new(Venue.BybitLinear, "bybit/linear_orderbook200_4symbols_20260809.rec", More: "synthetic/bybit_rest.rec"),
        new(Venue.BybitLinear, "synthetic/bybit_orderbook500_archive.ndjson"),
        new(Venue.BybitSpot, "synthetic/bybit_spot_orderbook50.rec", More: "bybit/spot_orderbook50_btcusdt_20260824.ndjson"),
        // Linear and inverse write alike.
        new(Venue.BybitInverse, "synthetic/bybit_linear_orderbook50_1_200.rec", More: "bybit/edge_messages_v5_2023-2025.ndjson"),
        new(Venue.Okx, "synthetic/okx_books_2026.rec", More: "okx/edge_messages_v5_2021-2024.ndjson"),
        new(Venue.Okx, "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec"),
        new(Venue.Okx, "synthetic/okx_books_legacy_checksum.rec", More: "okx/books_btc-usdt_20260824.ndjson"),
        new(Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum.rec", More: "bitfinex/edge_messages_2019-2021.ndjson"),
        new(Venue.Bitfinex, "bitfinex/p0_len100_seqall_7pairs_20210417.rec"),
        new(Venue.Bitfinex, "synthetic/bitfinex_r0.rec", More: "bitfinex/p0_len25_checksum_xrpbtc.ndjson"),
        new(Venue.Coinbase, "synthetic/coinbase_level2.rec", More: "coinbase/edge_messages_2019-2022.ndjson"),
        new(Venue.Coinbase, "synthetic/coinbase_full.rec", More: "synthetic/coinbase_rest_level3.rec"),
        new(Venue.Coinbase, "coinbase/exchange_level2_7products_20210417.rec", More: "coinbase/exchange_full_excerpt_20170625.ndjson"),
        new(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec"),
        new(Venue.CoinbaseAdvanced, "coinbase/advancedtrade_l2data_btc_eth_20260809.rec"),
    ];
}
