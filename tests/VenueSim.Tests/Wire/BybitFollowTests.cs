using System.Text.Json;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>Clients that follow Bybit's documented algorithm end at the exchange's own book.</summary>
public sealed class BybitFollowTests
{
    private const int Messages = 40;

    [Theory]
    [InlineData(VenueNames.BybitLinear, "/v5/public/linear", "orderbook.50", "BTCUSDT")]
    [InlineData(VenueNames.BybitLinear, "/v5/public/linear", "orderbook.200", "ETHUSDT")]
    [InlineData(VenueNames.BybitSpot, "/v5/public/spot", "orderbook.50", "BTCUSDT")]
    [InlineData(VenueNames.BybitInverse, "/v5/public/inverse", "orderbook.1", "BTCUSD")]
    public async Task A_book_of_snapshot_and_changes_is_the_true_one(string venue, string path, string channel, string symbol)
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [venue], Speed = 5 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[venue], path);
        await client.SendAsync($$"""{"op":"subscribe","args":["{{channel}}.{{symbol}}"]}""");

        var book = new ReferenceBook();
        long last = 0;
        for (int applied = 0; applied < Messages; applied++)
        {
            JsonElement message = await client.ReceiveAsync(static message => message.TryGetProperty("topic", out _));
            JsonElement data = message.GetProperty("data");
            long number = data.GetProperty("u").GetInt64();
            if (message.GetProperty("type").GetString() == "snapshot") book.Clear();
            else Assert.Equal(last + 1, number);

            last = number;
            book.Set(isBid: true, data.GetProperty("b"));
            book.Set(isBid: false, data.GetProperty("a"));
            book.AssertIs(exchange.Truth(venue, channel, symbol, number));
        }
    }

    [Fact]
    public async Task Requests_are_answered_as_the_venue_does()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BybitLinear] });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BybitLinear], "/v5/public/linear");

        Assert.Equal("error:handler not found,topic:orderbook.500.BTCUSDT", await MessageAsync(client, """{"req_id":"1","op":"subscribe","args":["orderbook.500.BTCUSDT"]}"""));
        Assert.Equal("error:handler not found,topic:orderbook.50.NOPEUSDT", await MessageAsync(client, """{"op":"subscribe","args":["orderbook.50.NOPEUSDT"]}"""));
        Assert.Equal("", await MessageAsync(client, """{"op":"subscribe","args":["publicTrade.BTCUSDT"]}"""));
        Assert.Equal("error:already subscribed,topic:publicTrade.BTCUSDT", await MessageAsync(client, """{"op":"subscribe","args":["publicTrade.BTCUSDT"]}"""));
        Assert.Equal("pong", await MessageAsync(client, """{"req_id":"7","op":"ping"}"""));
        Assert.Equal("error:invalid op", await MessageAsync(client, """{"op":"nonsense"}"""));
        Assert.StartsWith("Failed to decode incoming data:", await MessageAsync(client, "nonsense"), StringComparison.Ordinal);
        Assert.Equal("", await MessageAsync(client, """{"op":"unsubscribe","args":["publicTrade.BTCUSDT"]}"""));
    }

    [Fact]
    public async Task Level_1_is_repeated_with_the_same_number_when_nothing_changes()
    {
        // So slow that the market stands still after the snapshot.
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BybitLinear], Speed = 0.02 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BybitLinear], "/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["orderbook.1.BTCUSDT"]}""");

        long last = -1;
        while (true)
        {
            JsonElement message = await client.ReceiveAsync(static message => message.TryGetProperty("topic", out _));
            long number = message.GetProperty("data").GetProperty("u").GetInt64();
            if (number == last) break;

            last = number;
        }
    }

    private static async Task<string> MessageAsync(SimClient client, string request)
    {
        await client.SendAsync(request);
        JsonElement answer = await client.ReceiveAsync(static message => message.TryGetProperty("success", out _));
        return answer.GetProperty("ret_msg").GetString()!;
    }
}
