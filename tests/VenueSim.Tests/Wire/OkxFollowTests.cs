using System.Text.Json;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>Clients that follow OKX's documented algorithm end at the exchange's own book.</summary>
public sealed class OkxFollowTests
{
    private const int Messages = 40;

    [Theory]
    [InlineData("books", "BTC-USDT")]
    [InlineData("books", "ETH-USDT-SWAP")]
    [InlineData("books5", "BTC-USDT-SWAP")]
    [InlineData("bbo-tbt", "ETH-USDT")]
    public async Task A_book_of_snapshot_and_changes_is_the_true_one(string channel, string symbol)
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx], Speed = 5 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Okx], "/ws/v5/public");
        await client.SendAsync($$"""{"id":"1512","op":"subscribe","args":[{"channel":"{{channel}}","instId":"{{symbol}}"}]}""");
        JsonElement acknowledged = await client.ReceiveAsync();
        Assert.Equal("subscribe", acknowledged.GetProperty("event").GetString());
        Assert.Equal("1512", acknowledged.GetProperty("id").GetString());

        var book = new ReferenceBook();
        long last = 0;
        for (int applied = 0; applied < Messages; applied++)
        {
            JsonElement message = await client.ReceiveAsync();
            JsonElement data = message.GetProperty("data")[0];
            long number = data.GetProperty("seqId").GetInt64();
            if (channel != "books" || message.GetProperty("action").GetString() == "snapshot") book.Clear();
            else Assert.Equal(last, data.GetProperty("prevSeqId").GetInt64());

            if (applied == 0 && channel == "books") Assert.Equal(-1, data.GetProperty("prevSeqId").GetInt64());
            last = number;
            book.Set(isBid: true, data.GetProperty("bids"));
            book.Set(isBid: false, data.GetProperty("asks"));
            book.AssertIs(exchange.Truth(VenueNames.Okx, channel, symbol, number));
        }
    }

    [Fact]
    public async Task Requests_are_answered_as_the_venue_does()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx] });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Okx], "/ws/v5/public");

        await client.SendAsync("ping");
        Assert.Equal("pong", await client.ReceiveTextAsync());
        Assert.Equal("60018", await CodeAsync(client, """{"op":"subscribe","args":[{"channel":"books","instId":"NOPE-USDT"}]}"""));
        Assert.Equal("60018", await CodeAsync(client, """{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT"}]}"""));
        Assert.Equal("60012", await CodeAsync(client, """{"op":"nonsense"}"""));
        Assert.Equal("60012", await CodeAsync(client, "nonsense"));
        Assert.Equal("60013", await CodeAsync(client, """{"op":"subscribe","args":[{"channel":"books"}]}"""));
        Assert.Equal("60011", await CodeAsync(client, """{"op":"subscribe","args":[{"channel":"books-l2-tbt","instId":"BTC-USDT"}]}"""));
    }

    private static async Task<string> CodeAsync(SimClient client, string request)
    {
        await client.SendAsync(request);
        return (await client.ReceiveAsync()).GetProperty("code").GetString()!;
    }
}
