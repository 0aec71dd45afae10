using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests;

public sealed class LocalExchangeTests
{
    [Fact]
    public async Task Every_venue_has_a_port_of_its_own_and_answers_its_own_requests()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions());
        using var http = new HttpClient();

        Assert.Equal(VenueNames.All, exchange.Endpoints.Keys);
        Assert.Equal(VenueNames.All.Count, exchange.Endpoints.Values.Select(static endpoint => endpoint.WebSocket.Port).Distinct().Count());
        foreach ((string venue, string path) in new[]
        {
            (VenueNames.BinanceSpot, "/api/v3/exchangeInfo"), (VenueNames.BinanceUsdM, "/fapi/v1/exchangeInfo"), (VenueNames.BinanceCoinM, "/dapi/v1/exchangeInfo"),
            (VenueNames.BinanceSpot, "/api/v3/klines?symbol=BTCUSDT&interval=1m"), (VenueNames.BinanceUsdM, "/fapi/v1/time"),
            (VenueNames.BybitLinear, "/v5/market/instruments-info?category=linear"), (VenueNames.BybitSpot, "/v5/market/instruments-info?category=spot"),
            (VenueNames.BybitInverse, "/v5/market/orderbook?category=inverse&symbol=BTCUSD&limit=50"), (VenueNames.BybitLinear, "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1"),
            (VenueNames.BybitLinear, "/v5/market/time"), (VenueNames.Okx, "/api/v5/public/instruments?instType=SWAP"), (VenueNames.Okx, "/api/v5/public/time"),
            (VenueNames.Okx, "/api/v5/market/books?instId=BTC-USDT&sz=400"), (VenueNames.Okx, "/api/v5/market/candles?instId=BTC-USDT&bar=1m"),
            (VenueNames.Bitfinex, "/v2/book/tBTCUSD/P0?len=25"), (VenueNames.Bitfinex, "/v2/book/tBTCUSD/R0?len=100"), (VenueNames.Bitfinex, "/v2/conf/pub:list:pair:exchange"),
            (VenueNames.Bitfinex, "/v2/conf/pub:info:pair"), (VenueNames.Bitfinex, "/v2/candles/trade:1m:tBTCUSD/hist"), (VenueNames.Bitfinex, "/v2/platform/status"),
            (VenueNames.Coinbase, "/products"), (VenueNames.Coinbase, "/time"), (VenueNames.Coinbase, "/products/BTC-USD/book?level=2"),
            (VenueNames.Coinbase, "/products/BTC-USD/candles?granularity=60"), (VenueNames.CoinbaseAdvanced, "/api/v3/brokerage/market/products"),
        })
        {
            HttpResponseMessage answer = await http.GetAsync(new Uri(exchange.Endpoints[venue].Rest, path));
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{venue} {path}: {body}");
            using JsonDocument json = JsonDocument.Parse(body);
            Assert.True(body.Length > 2);
        }

        Assert.Equal(404, (int)(await http.GetAsync(new Uri(exchange.Endpoints[VenueNames.Okx].Rest, "/api/v3/time"))).StatusCode);
        Assert.Equal(VenueNames.All, exchange.Status.Venues.Select(static venue => venue.Venue));
    }

    [Fact]
    public async Task Ports_can_be_chosen_and_one_in_use_is_an_error()
    {
        await using LocalExchange first = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx] });

        IOException used = await Assert.ThrowsAsync<IOException>(
            () => LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx], Port = first.Endpoints[VenueNames.Okx].Rest.Port }));
        Assert.Contains("address already in use", used.Message, StringComparison.OrdinalIgnoreCase);
        ArgumentException unknown = await Assert.ThrowsAsync<ArgumentException>(() => LocalExchange.StartAsync(new LocalExchangeOptions { Venues = ["kraken"] }));
        Assert.Contains(VenueNames.BybitInverse, unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_tls_the_certificate_of_the_endpoint_is_the_one_to_trust()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx], Tls = true });
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.Okx];
        using var trusted = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(endpoint.CertificatePath!));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        await socket.ConnectAsync(new Uri(endpoint.WebSocket, "/ws/v5/public"), invoker, deadline.Token);

        Assert.Equal("wss", endpoint.WebSocket.Scheme);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task The_truth_is_also_told_over_http()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BybitLinear], Speed = 10 });
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.BybitLinear];
        await using SimClient client = await SimClient.ConnectAsync(endpoint, "/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}""");
        JsonElement delta = await client.ReceiveAsync(static message => message.TryGetProperty("type", out JsonElement type) && type.GetString() == "delta");
        long number = delta.GetProperty("data").GetProperty("u").GetInt64();
        using var http = new HttpClient { BaseAddress = endpoint.Rest };

        using JsonDocument told = JsonDocument.Parse(await http.GetStringAsync($"/sim/truth?channel=orderbook.50&symbol=BTCUSDT&n={number}"));
        TrueBook truth = exchange.Truth(VenueNames.BybitLinear, "orderbook.50", "BTCUSDT", number)!;
        using JsonDocument latest = JsonDocument.Parse(await http.GetStringAsync("/sim/truth?channel=orderbook.50&symbol=BTCUSDT"));
        using JsonDocument status = JsonDocument.Parse(await http.GetStringAsync("/sim/status"));

        Assert.Equal(truth.Digest.ToString("x32"), told.RootElement.GetProperty("digest").GetString());
        Assert.Equal(number, told.RootElement.GetProperty("number").GetInt64());
        Assert.Equal(truth.BestBid!.Price, told.RootElement.GetProperty("best_bid")[0].GetString());
        Assert.True(latest.RootElement.GetProperty("bids").GetArrayLength() > 5);
        Assert.Equal(1, status.RootElement.GetProperty("connections").GetInt32());
        Assert.Equal(404, (int)(await http.GetAsync("/sim/truth?channel=orderbook.7&symbol=BTCUSDT")).StatusCode);
        Assert.Equal(400, (int)(await http.GetAsync("/sim/truth")).StatusCode);
    }

    [Fact]
    public async Task Binance_sends_ping_frames_and_a_client_that_answers_none_is_cut_off()
    {
        // The client answers while it reads: this one does not read after the first message.
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = [VenueNames.BinanceSpot],
            ServerPingInterval = TimeSpan.FromMilliseconds(200),
            ServerPongTimeout = TimeSpan.FromMilliseconds(400),
        });
        await using SimClient reading = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceSpot], "/ws/btcusdt@depth@100ms");
        await using SimClient silent = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceSpot], "/ws");
        for (long startedAt = Environment.TickCount64; Environment.TickCount64 - startedAt < 2000;)
            await reading.ReceiveTextAsync();

        Assert.Equal(2, exchange.Status.Venues[0].Opened);
        Assert.Equal(1, exchange.Status.Venues[0].Connections);
    }
}
