using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Lob.Fast.TestSupport;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>
/// The frames of the local exchange have the keys and types of recorded ones: none that no recorded frame of the kind has, and all that every recorded frame of the
/// kind has. Real recordings come first; where there is none of a kind, those made from the documentation.
/// </summary>
public sealed class FrameShapeTests
{
    private const int FramesRead = 4000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(VenueNames.BinanceSpot, "/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade/btcusdt@aggTrade/btcusdt@kline_1m", null,
        "depth,bookTicker,trade,aggTrade,kline_1m", "binance/spot_btcusdt_20240808.rec", "binance/spot_nknusdt_20211012.rec")]
    [InlineData(VenueNames.BinanceUsdM, "/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker", null, "depth,bookTicker", "binance/usdm_sushiusdt_20210722.rec")]
    [InlineData(VenueNames.BinanceUsdM, "/market/stream?streams=btcusdt@aggTrade/btcusdt@kline_1m/btcusdt@trade", null, "aggTrade,kline_1m", "binance/usdm_sushiusdt_20210722.rec")]
    [InlineData(VenueNames.BinanceCoinM, "/stream?streams=btcusd_perp@depth@0ms/btcusd_perp@bookTicker/btcusd_perp@trade", null, "depth,bookTicker,trade",
        "binance/coinm_btcusd_perp_20240808.rec")]
    [InlineData(VenueNames.BybitLinear, "/v5/public/linear", """{"op":"subscribe","args":["orderbook.200.BTCUSDT","publicTrade.BTCUSDT","tickers.BTCUSDT","kline.1.BTCUSDT"]}""",
        "orderbook snapshot,orderbook delta,publicTrade snapshot,tickers snapshot,tickers delta,kline snapshot", "bybit/linear_orderbook200_4symbols_20260809.rec",
        "synthetic/bybit_linear_orderbook50_1_200.rec")]
    [InlineData(VenueNames.BybitSpot, "/v5/public/spot", """{"op":"subscribe","args":["orderbook.50.BTCUSDT","publicTrade.BTCUSDT","tickers.BTCUSDT","kline.1.BTCUSDT"]}""",
        "orderbook snapshot,orderbook delta,publicTrade snapshot,tickers snapshot,kline snapshot", "synthetic/bybit_spot_orderbook50.rec")]
    [InlineData(VenueNames.Okx, "/ws/v5/public",
        """{"id":"1","op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"},{"channel":"books5","instId":"BTC-USDT"},{"channel":"bbo-tbt","instId":"BTC-USDT"},{"channel":"trades","instId":"BTC-USDT"},{"channel":"tickers","instId":"BTC-USDT"}]}""",
        "books snapshot ,books update ,books5  ,bbo-tbt  ,trades  ,tickers  ,books  subscribe", "synthetic/okx_books_2026.rec")]
    [InlineData(VenueNames.Okx, "/ws/v5/business", """{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT"}]}""", "candle1m  ", "synthetic/okx_books_2026.rec")]
    [InlineData(VenueNames.Bitfinex, "/ws/2",
        """{"event":"conf","flags":196608}|{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"100"}|{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}|{"event":"subscribe","channel":"ticker","symbol":"tBTCUSD"}|{"event":"subscribe","channel":"candles","key":"trade:1m:tBTCUSD"}""",
        "info,conf,subscribed book,book snapshot,book update,te,tu,ticker update,cs,candles update", "bitfinex/p0_len100_seqall_7pairs_20210417.rec",
        "synthetic/bitfinex_p0_seq_checksum.rec")]
    [InlineData(VenueNames.Coinbase, "/", """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2","matches","ticker","heartbeat"]}""",
        "snapshot,l2update,match,ticker,heartbeat", "coinbase/exchange_level2_7products_20210417.rec", "synthetic/coinbase_level2.rec")]
    [InlineData(VenueNames.Coinbase, "/", """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["full"]}""", "received,open,done,change,match", "synthetic/coinbase_full.rec")]
    [InlineData(VenueNames.CoinbaseAdvanced, "/",
        """{"type":"subscribe","channel":"level2","product_ids":["BTC-USD"]}|{"type":"subscribe","channel":"market_trades","product_ids":["BTC-USD"]}|{"type":"subscribe","channel":"ticker","product_ids":["BTC-USD"]}|{"type":"subscribe","channel":"candles","product_ids":["BTC-USD"]}|{"type":"subscribe","channel":"heartbeats"}""",
        "l2_data snapshot,l2_data update,market_trades update,ticker snapshot,ticker update,candles snapshot,candles update,heartbeats ",
        "coinbase/advancedtrade_l2data_btc_eth_20260809.rec", "synthetic/coinbase_advanced.rec")]
    public async Task Frames_have_the_keys_and_types_of_recorded_ones(string venue, string path, string? requests, string kinds, params string[] recordings)
    {
        Dictionary<string, (HashSet<string> Any, HashSet<string> All)> recorded = [];
        foreach (string recording in recordings.Where(static name => Recordings.Find(name) is not null))
            Read(venue, Recordings.PathOf(recording), recorded);

        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [venue], Speed = 20, Limits = false });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[venue], path);
        foreach (string request in requests?.Split('|') ?? [])
            await client.SendAsync(request);

        // Kinds of which no recording is present are left out.
        HashSet<string> compared = [.. kinds.Split(',').Where(recorded.ContainsKey)];
        HashSet<string> wanted = [.. compared];
        var kindOf = new FrameKinds(venue);
        for (long startedAt = Stopwatch.GetTimestamp(); wanted.Count > 0 && Stopwatch.GetElapsedTime(startedAt) < Deadline;)
        {
            JsonElement frame = await client.ReceiveAsync();
            if (kindOf.Of(frame) is not { } kind || !compared.Contains(kind)) continue;

            wanted.Remove(kind);
            (HashSet<string> Any, HashSet<string> All) known = recorded[kind];
            HashSet<string> ours = KeyPaths.Of(frame);
            Assert.True(ours.IsSubsetOf(known.Any), $"{kind}: no recorded frame has {string.Join(", ", ours.Except(known.Any))}");
            Assert.True(known.All.IsSubsetOf(ours), $"{kind}: every recorded frame has {string.Join(", ", known.All.Except(ours))}");
        }

        Assert.True(wanted.Count == 0, $"not seen: {string.Join(", ", wanted)}");
    }

    private static void Read(string venue, string path, Dictionary<string, (HashSet<string> Any, HashSet<string> All)> recorded)
    {
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var lines = new StreamReader(plain);
        var kindOf = new FrameKinds(venue);
        for (int i = 0; i < FramesRead && lines.ReadLine() is { } line; i++)
        {
            string text = line[(line.IndexOf(' ') + 1)..];
            if (text[0] is not ('{' or '[')) continue;

            using JsonDocument json = JsonDocument.Parse(text);
            if (kindOf.Of(json.RootElement) is not { } kind) continue;

            HashSet<string> paths = KeyPaths.Of(json.RootElement);
            if (!recorded.TryGetValue(kind, out (HashSet<string> Any, HashSet<string> All) known)) known = ([], [.. paths]);
            known.Any.UnionWith(paths);
            known.All.IntersectWith(paths);
            recorded[kind] = known;
        }
    }
}
