using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>Clients that follow Coinbase's documented algorithms end at the exchange's own book.</summary>
public sealed class CoinbaseFollowTests
{
    private const int Messages = 60;

    private static readonly CoinbaseCredentials Credentials = new("key", Convert.ToBase64String([.. Enumerable.Range(0, 64).Select(static i => (byte)i)]), "words");

    [Theory]
    [InlineData("level2")]
    [InlineData("level2_batch")]
    public async Task A_book_of_levels_is_the_true_one(string channel)
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Coinbase], Speed = 5 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Coinbase], "/");
        await client.SendAsync($$"""{"type":"subscribe","product_ids":["BTC-USD","DOGE-USD"],"channels":["{{channel}}","heartbeat"]}""");
        Assert.Equal("subscriptions", Type(await client.ReceiveAsync()));

        var book = new ReferenceBook();
        for (int number = 1; number <= Messages;)
        {
            JsonElement message = await client.ReceiveAsync();
            if (Type(message) == "heartbeat" || message.GetProperty("product_id").GetString() != "DOGE-USD") continue;

            if (Type(message) == "snapshot")
            {
                book.Set(isBid: true, message.GetProperty("bids"));
                book.Set(isBid: false, message.GetProperty("asks"));
            }
            else
            {
                foreach (JsonElement change in message.GetProperty("changes").EnumerateArray())
                    book.Set(change[0].GetString() == "buy", ReferenceBook.Number(change[1]), ReferenceBook.Number(change[2]));
            }

            book.AssertIs(exchange.Truth(VenueNames.Coinbase, channel, "DOGE-USD", number));
            number++;
        }
    }

    [Fact]
    public async Task A_book_of_orders_is_the_true_one()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Coinbase], Speed = 5 });
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.Coinbase];
        await using SimClient client = await SimClient.ConnectAsync(endpoint, "/");
        await client.SendAsync("""{"type":"subscribe","product_ids":["ETH-USD"],"channels":["full"]}""");
        await client.ReceiveAsync(static message => Type(message) != "subscriptions");
        using var http = new HttpClient { BaseAddress = endpoint.Rest };
        JsonElement snapshot = JsonDocument.Parse(await http.GetStringAsync("/products/ETH-USD/book?level=3")).RootElement;

        Dictionary<string, (bool IsBid, decimal Price, decimal Size)> orders = [];
        foreach (bool isBid in (bool[])[true, false])
        {
            foreach (JsonElement row in snapshot.GetProperty(isBid ? "bids" : "asks").EnumerateArray())
                orders.Add(row[2].GetString()!, (isBid, ReferenceBook.Number(row[0]), ReferenceBook.Number(row[1])));
        }

        long last = snapshot.GetProperty("sequence").GetInt64();
        int matches = 0;
        for (int applied = 0; applied < 300 || matches == 0;)
        {
            JsonElement message = await client.ReceiveAsync();
            long sequence = message.GetProperty("sequence").GetInt64();
            if (sequence <= last) continue;

            Assert.Equal(last + 1, sequence);
            last = sequence;
            applied++;
            string id = message.TryGetProperty("order_id", out JsonElement named) ? named.GetString()! : message.GetProperty("maker_order_id").GetString()!;
            switch (Type(message))
            {
                case "open":
                    orders.Add(id, (message.GetProperty("side").GetString() == "buy", ReferenceBook.Number(message.GetProperty("price")), ReferenceBook.Number(message.GetProperty("remaining_size"))));
                    break;
                case "change":
                    orders[id] = orders[id] with { Size = ReferenceBook.Number(message.GetProperty("new_size")) };
                    break;
                case "match":
                    matches++;
                    orders[id] = orders[id] with { Size = orders[id].Size - ReferenceBook.Number(message.GetProperty("size")) };
                    break;
                case "done":
                    orders.Remove(id);
                    break;
            }

            var book = new ReferenceBook();
            foreach ((bool isBid, decimal price, decimal size) in orders.Values)
                book.Set(isBid, price, size + (isBid ? book.Bids : book.Asks).GetValueOrDefault(price));

            book.AssertIs(exchange.Truth(VenueNames.Coinbase, "full", "ETH-USD", sequence));
        }
    }

    [Fact]
    public async Task Signed_channels_need_the_right_signature()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Coinbase], CoinbaseCredentials = Credentials });
        VenueEndpoint endpoint = exchange.Endpoints[VenueNames.Coinbase];
        await using SimClient client = await SimClient.ConnectAsync(endpoint, "/");

        Assert.Equal("error", await AnswerAsync("level2", null));
        Assert.Equal("error", await AnswerAsync("level2", "wrong"));
        Assert.Equal("subscriptions", await AnswerAsync("ticker", null));
        Assert.Equal("subscriptions", await AnswerAsync("level2", Credentials.Passphrase));

        using var http = new HttpClient { BaseAddress = endpoint.Rest };
        Assert.Equal(401, (int)(await http.GetAsync("/products/BTC-USD/book?level=3")).StatusCode);
        Assert.Equal(200, (int)(await http.GetAsync("/products/BTC-USD/book?level=2")).StatusCode);

        async Task<string> AnswerAsync(string channel, string? passphrase)
        {
            string seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            string sign = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Credentials.Secret), Encoding.UTF8.GetBytes($"{seconds}GET/users/self/verify")));
            string signed = passphrase is null ? "" : $$""","key":"{{Credentials.Key}}","passphrase":"{{passphrase}}","timestamp":"{{seconds}}","signature":"{{sign}}" """;
            await client.SendAsync($$"""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["{{channel}}"]{{signed}}}""");
            return Type(await client.ReceiveAsync(static message => Type(message) is "error" or "subscriptions"));
        }
    }

    [Fact]
    public async Task A_connection_without_subscription_is_closed_and_a_wrong_one_refused()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Coinbase] });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Coinbase], "/");
        await client.SendAsync("""{"type":"subscribe","product_ids":["NOPE-USD"],"channels":["level2"]}""");
        Assert.Equal("NOPE-USD is not a valid product", (await client.ReceiveAsync()).GetProperty("reason").GetString());

        await client.UntilClosedAsync();
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
        Assert.Equal(1, exchange.Status.Venues[0].LimitsExceeded);
    }

    [Fact]
    public async Task A_book_of_advanced_trade_is_the_true_one()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.CoinbaseAdvanced], Speed = 5 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.CoinbaseAdvanced], "/");
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""");
        await client.SendAsync("""{"type":"subscribe","channel":"heartbeats"}""");
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"market_trades"}""");

        var book = new ReferenceBook();
        int heartbeats = 0;
        for (int sequence = 0, applied = 0; applied < Messages || heartbeats == 0; sequence++)
        {
            JsonElement message = await client.ReceiveAsync();
            Assert.Equal(sequence, message.GetProperty("sequence_num").GetInt64());
            if (message.GetProperty("channel").GetString() == "heartbeats") heartbeats++;
            if (message.GetProperty("channel").GetString() != "l2_data") continue;

            JsonElement happened = message.GetProperty("events")[0];
            if (happened.GetProperty("product_id").GetString() != "ETH-USD") continue;

            foreach (JsonElement update in happened.GetProperty("updates").EnumerateArray())
                book.Set(update.GetProperty("side").GetString() == "bid", ReferenceBook.Number(update.GetProperty("price_level")), ReferenceBook.Number(update.GetProperty("new_quantity")));

            book.AssertIs(exchange.Truth(VenueNames.CoinbaseAdvanced, "level2", "ETH-USD", sequence));
            applied++;
        }
    }

    private static string Type(JsonElement message) => message.GetProperty("type").GetString()!;
}
