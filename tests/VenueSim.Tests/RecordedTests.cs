using System.Diagnostics;
using System.Globalization;
using Lob.Fast.TestSupport;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests;

/// <summary>With a recording a client gets the recording's own frames, those it has subscribed to, and its answers over REST.</summary>
public sealed class RecordedTests
{
    private const string Usdm = "binance/usdm_sushiusdt_20210722.rec";
    private const string Bitfinex = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";
    private const string Coinbase = "coinbase/exchange_level2_7products_20210417.rec";

    [RecordingFact(Usdm)]
    public async Task Binance_gives_back_the_streams_and_the_snapshot_at_its_moment()
    {
        string[] frames = [.. File.ReadLines(Recordings.PathOf(Usdm)).Select(static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        string[] wanted = [.. frames.Where(static frame => frame.Contains("@depth", StringComparison.Ordinal) || frame.Contains("@bookTicker", StringComparison.Ordinal))];
        await using LocalExchange exchange = await StartAsync(VenueNames.BinanceUsdM, Usdm);
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.BinanceUsdM];
        await using SimClient client = await SimClient.ConnectAsync(endpoint, "/public/stream?streams=sushiusdt@depth@100ms/sushiusdt@bookTicker");
        using var http = new HttpClient { BaseAddress = endpoint.Rest };

        Task<string> snapshot = http.GetStringAsync("/fapi/v1/depth?symbol=SUSHIUSDT&limit=1000");
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], await client.ReceiveTextAsync());

        Assert.Equal(Array.Find(frames, static frame => frame.StartsWith("{\"lastUpdateId\"", StringComparison.Ordinal)), await snapshot);
        Assert.Equal(404, (int)(await http.GetAsync("/fapi/v1/depth?symbol=NOPEUSDT&limit=1000")).StatusCode);
        Assert.Contains("\"tickSize\":\"0.0001\"", await http.GetStringAsync("/fapi/v1/exchangeInfo"), StringComparison.Ordinal);
    }

    [RecordingFact(Usdm)]
    public async Task The_rhythm_is_the_recorded_one_times_the_speed()
    {
        const double Speed = 20;
        const int Frames = 100;
        long[] recorded = [.. File.ReadLines(Recordings.PathOf(Usdm)).Where(static line => line.Contains("@depth", StringComparison.Ordinal)).Take(Frames)
            .Select(static line => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture))];
        await using LocalExchange exchange = await StartAsync(VenueNames.BinanceUsdM, Usdm, Speed);
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceUsdM], "/public/ws/sushiusdt@depth@100ms");

        await client.ReceiveTextAsync();
        long startedAt = Stopwatch.GetTimestamp();
        for (int i = 1; i < Frames; i++)
            await client.ReceiveTextAsync();

        // A busy machine may be late, never early.
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, ((recorded[^1] - recorded[0]) / 1e9 / Speed) - 0.1, ((recorded[^1] - recorded[0]) / 1e9 / Speed) + 5);
    }

    [RecordingFact(Usdm)]
    public async Task A_connection_that_is_not_combined_gets_what_is_inside()
    {
        await using LocalExchange exchange = await StartAsync(VenueNames.BinanceUsdM, Usdm);
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceUsdM], "/market/ws/sushiusdt@aggTrade");

        Assert.StartsWith("{\"e\":\"aggTrade\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [RecordingFact(Bitfinex)]
    public async Task Bitfinex_gives_back_acknowledgements_and_numbers_as_recorded()
    {
        string[] frames = [.. File.ReadLines(Recordings.PathOf(Bitfinex)).Select(static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        await using LocalExchange exchange = await StartAsync(VenueNames.Bitfinex, Bitfinex);
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Bitfinex], "/ws/2");
        await client.SendAsync("""{"event":"conf","flags":196608}""");
        foreach (string symbol in frames.Where(static frame => frame.Contains("\"subscribed\",\"channel\":\"book\"", StringComparison.Ordinal)).Select(SymbolOf))
        {
            await client.SendAsync($$"""{"event":"subscribe","channel":"book","symbol":"{{symbol}}","prec":"P0","freq":"F0","len":"100"}""");
            await client.SendAsync($$"""{"event":"subscribe","channel":"trades","symbol":"{{symbol}}"}""");
            await client.SendAsync($$"""{"event":"subscribe","channel":"ticker","symbol":"{{symbol}}"}""");
        }

        foreach (string frame in frames)
            Assert.Equal(frame, await client.ReceiveTextAsync());
    }

    [RecordingFact(Coinbase)]
    public async Task Coinbase_gives_back_acknowledgements_as_recorded_and_only_the_products_asked_for()
    {
        string[] wanted = [.. File.ReadLines(Recordings.PathOf(Coinbase)).Select(static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Where(static frame => frame.Contains("\"subscriptions\"", StringComparison.Ordinal)
                || (frame.Contains("\"product_id\":\"SKL-BTC\"", StringComparison.Ordinal)
                    && (frame.Contains("\"snapshot\"", StringComparison.Ordinal) || frame.Contains("\"l2update\"", StringComparison.Ordinal))))];
        await using LocalExchange exchange = await StartAsync(VenueNames.Coinbase, Coinbase);
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Coinbase], "/");
        await client.SendAsync("""{"type":"subscribe","product_ids":["SKL-BTC"],"channels":["level2"]}""");

        foreach (string frame in wanted)
            Assert.Equal(frame, await client.ReceiveTextAsync());
    }

    [Theory]
    [InlineData(VenueNames.BybitLinear, "bybit_linear_orderbook50_1_200.rec", "/v5/public/linear", """{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}""", "\"topic\":\"orderbook.50.BTCUSDT\"")]
    [InlineData(VenueNames.Okx, "okx_books_2026.rec", "/ws/v5/public", """{"op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""", "\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"}")]
    [InlineData(VenueNames.CoinbaseAdvanced, "coinbase_advanced.rec", "/", """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""", "\"channel\":\"l2_data\"")]
    public async Task Others_give_back_the_streams_too(string venue, string recording, string path, string request, string part)
    {
        string file = SyntheticRecordings.PathOf(recording);
        await using Stream opened = File.OpenRead(file);
        await using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new System.IO.Compression.GZipStream(opened, System.IO.Compression.CompressionMode.Decompress) : opened;
        using var lines = new StreamReader(plain);
        string[] frames = (await lines.ReadToEndAsync()).Split('\n');
        await using LocalExchange exchange = await LocalExchange.StartAsync(
            new LocalExchangeOptions { Venues = [venue], Speed = 0, Recordings = new Dictionary<string, IReadOnlyList<string>> { [venue] = [file] } });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[venue], path);
        await client.SendAsync(request);

        foreach (string frame in frames.Where(line => line.Contains(part, StringComparison.Ordinal) && !line.Contains("\"event\":", StringComparison.Ordinal)))
        {
            string? received;
            do received = await client.ReceiveTextAsync();
            while (received is not null && (!received.Contains(part, StringComparison.Ordinal) || received.Contains("\"event\":", StringComparison.Ordinal)));

            Assert.Equal(frame[(frame.IndexOf(' ', StringComparison.Ordinal) + 1)..], received);
        }
    }

    [Fact]
    public async Task Instruments_are_answered_at_once_and_books_that_were_not_recorded_not_at_all()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = [VenueNames.BybitLinear, VenueNames.Bitfinex],
            Recordings = new Dictionary<string, IReadOnlyList<string>>
            {
                [VenueNames.BybitLinear] = [SyntheticRecordings.PathOf("bybit_rest.rec"), SyntheticRecordings.PathOf("bybit_linear_orderbook50_1_200.rec")],
                [VenueNames.Bitfinex] = [SyntheticRecordings.PathOf("bitfinex_p0_seq_checksum.rec")],
            },
        });
        using var http = new HttpClient();

        string instruments = await http.GetStringAsync(new Uri(exchange.Endpoints[VenueNames.BybitLinear].Rest, "/v5/market/instruments-info?category=linear"));
        Assert.Contains("lotSizeFilter", instruments, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await http.GetAsync(new Uri(exchange.Endpoints[VenueNames.BybitLinear].Rest, "/v5/market/orderbook?category=linear&symbol=DOGEUSDT"))).StatusCode);
        Assert.Equal(404, (int)(await http.GetAsync(new Uri(exchange.Endpoints[VenueNames.Bitfinex].Rest, "/v2/book/tBTCUSD/P0?len=25"))).StatusCode);
    }

    private static Task<LocalExchange> StartAsync(string venue, string recording, double speed = 0) => LocalExchange.StartAsync(
        new LocalExchangeOptions { Venues = [venue], Speed = speed, Recordings = new Dictionary<string, IReadOnlyList<string>> { [venue] = [Recordings.PathOf(recording)] } });

    private static string SymbolOf(string frame)
    {
        const string Key = "\"symbol\":\"";
        int start = frame.IndexOf(Key, StringComparison.Ordinal) + Key.Length;
        return frame[start..frame.IndexOf('"', start)];
    }
}
