using System.Text.Json;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>Clients that follow Binance's documented algorithms end at the exchange's own book.</summary>
public sealed class BinanceFollowTests
{
    private const int Messages = 40;

    [Theory]
    [InlineData(VenueNames.BinanceSpot, "/stream?streams=btcusdt@depth@100ms", "BTCUSDT", "/api/v3/depth?symbol=BTCUSDT&limit=1000")]
    [InlineData(VenueNames.BinanceUsdM, "/public/stream?streams=btcusdt@depth@100ms", "BTCUSDT", "/fapi/v1/depth?symbol=BTCUSDT&limit=1000")]
    [InlineData(VenueNames.BinanceCoinM, "/stream?streams=btcusd_perp@depth@100ms", "BTCUSD_PERP", "/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000")]
    public async Task A_book_of_snapshot_and_changes_is_the_true_one(string venue, string path, string symbol, string snapshotPath)
    {
        bool isSpot = venue == VenueNames.BinanceSpot;
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [venue], Speed = 5 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[venue], path);
        using var http = new HttpClient { BaseAddress = exchange.Endpoints[venue].Rest };

        List<JsonElement> waiting = [await NextAsync(client), await NextAsync(client)];
        JsonElement snapshot = JsonDocument.Parse(await http.GetStringAsync(snapshotPath)).RootElement;
        var book = new ReferenceBook();
        book.Set(isBid: true, snapshot.GetProperty("bids"));
        book.Set(isBid: false, snapshot.GetProperty("asks"));
        long last = snapshot.GetProperty("lastUpdateId").GetInt64();
        Assert.True(last >= waiting[0].GetProperty("U").GetInt64(), "the snapshot is older than the first message");
        book.AssertIs(exchange.Truth(venue, "depth@100ms", symbol, last));

        bool isBridged = false;
        for (int applied = 0; applied < Messages;)
        {
            JsonElement message = waiting.Count > 0 ? waiting[0] : await NextAsync(client);
            if (waiting.Count > 0) waiting.RemoveAt(0);
            long first = message.GetProperty("U").GetInt64();
            long number = message.GetProperty("u").GetInt64();
            if (!isBridged && (isSpot ? number <= last : number < last)) continue;

            if (isSpot) Assert.True(isBridged ? first == last + 1 : first <= last + 1 && last + 1 <= number);
            else Assert.True(isBridged ? message.GetProperty("pu").GetInt64() == last : first <= last || message.GetProperty("pu").GetInt64() <= last);

            isBridged = true;
            book.Set(isBid: true, message.GetProperty("b"));
            book.Set(isBid: false, message.GetProperty("a"));
            last = number;
            applied++;
            TrueBook? truth = exchange.Truth(venue, "depth@100ms", symbol, number);
            book.AssertIs(truth);
            Assert.Equal(number, truth!.Number);
        }
    }

    [Fact]
    public async Task A_stream_on_the_wrong_route_is_acknowledged_and_silent()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BinanceUsdM], Speed = 20 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceUsdM], "/market/ws");

        await client.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","nopeusdt@aggTrade","btcusdt@aggTrade"],"id":"a1"}""");

        JsonElement acknowledged = await client.ReceiveAsync();
        Assert.Equal(JsonValueKind.Null, acknowledged.GetProperty("result").ValueKind);
        Assert.Equal("a1", acknowledged.GetProperty("id").GetString());
        for (int i = 0; i < 20; i++)
            Assert.Equal("aggTrade", (await client.ReceiveAsync()).GetProperty("e").GetString());

        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        JsonElement list = await client.ReceiveAsync(static message => message.TryGetProperty("result", out _));
        Assert.Equal(3, list.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Errors_limits_and_weights_are_those_of_the_venue()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BinanceSpot] });
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.BinanceSpot];
        await using SimClient client = await SimClient.ConnectAsync(endpoint, "/ws");

        await client.SendAsync("""{"id":1}""");
        Assert.Equal(2, (await client.ReceiveAsync()).GetProperty("code").GetInt32());
        await client.SendAsync("nonsense");
        Assert.Equal(3, (await client.ReceiveAsync()).GetProperty("code").GetInt32());
        for (int i = 0; i < 10; i++)
            await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");

        await client.UntilClosedAsync();
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, client.CloseStatus);

        using var http = new HttpClient { BaseAddress = endpoint.Rest };
        HttpResponseMessage answer = await http.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        Assert.True(int.Parse(answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single()) >= 250);
        for (int i = 0; i < 50 && answer.IsSuccessStatusCode; i++)
            answer = await http.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000");

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private static async Task<JsonElement> NextAsync(SimClient client) => (await client.ReceiveAsync()).GetProperty("data");
}
