using System.Globalization;
using System.Text.Json;
using Lob.Fast.VenueSim.Streams;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests.Wire;

/// <summary>Clients that follow Bitfinex's documented algorithm end at the exchange's own book.</summary>
public sealed class BitfinexFollowTests
{
    private const int SequenceAndChecksum = 196_608;

    [Theory]
    [InlineData("tBTCUSD", "25")]
    [InlineData("tETHUSD", "100")]
    [InlineData("tDOGE:USD", "250")]
    public async Task A_book_of_snapshot_and_changes_is_the_true_one_and_has_the_checksums_of_its_numbers_texts(string symbol, string length)
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Bitfinex], Speed = 10 });
        await using SimClient client = await ConnectAsync(exchange, SequenceAndChecksum);
        int channel = await SubscribeAsync(client, $$"""{"event":"subscribe","channel":"book","symbol":"{{symbol}}","prec":"P0","freq":"F0","len":"{{length}}"}""");

        var book = new ReferenceBook();
        SortedDictionary<decimal, (string Price, string Amount)> bids = new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));
        SortedDictionary<decimal, (string Price, string Amount)> asks = [];
        long last = 0;
        int checksums = 0;
        for (int changes = 0; changes < 60 || checksums < 1;)
        {
            JsonElement message = await client.ReceiveAsync();
            long sequence = message[message.GetArrayLength() - 1].GetInt64();
            Assert.Equal(last + 1, sequence);
            last = sequence;
            Assert.Equal(channel, message[0].GetInt32());
            if (message[1].ValueKind == JsonValueKind.String)
            {
                if (message[1].GetString() != "cs") continue;

                Assert.Equal(message[2].GetInt32(), Checksum(bids.Values, asks.Values));
                checksums++;
                continue;
            }

            foreach (JsonElement row in message[1][0].ValueKind == JsonValueKind.Array ? message[1].EnumerateArray().ToArray() : [message[1]])
            {
                decimal price = ReferenceBook.Number(row[0]);
                decimal amount = ReferenceBook.Number(row[2]);
                bool isGone = row[1].GetInt32() == 0;
                book.Set(amount > 0, price, isGone ? 0 : Math.Abs(amount));
                var side = amount > 0 ? bids : asks;
                if (isGone) side.Remove(price);
                else side[price] = (row[0].GetRawText(), row[2].GetRawText());
            }

            book.AssertIs(exchange.Truth(VenueNames.Bitfinex, $"book.P0.F0.{length}", symbol, sequence));
            changes++;
        }
    }

    [Fact]
    public async Task Raw_books_have_the_checksums_of_their_orders()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Bitfinex], Speed = 10 });
        await using SimClient client = await ConnectAsync(exchange, SequenceAndChecksum);
        await SubscribeAsync(client, """{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"R0","freq":"F0","len":"100"}""");

        Dictionary<long, (decimal Price, string Amount)> orders = [];
        for (int checksums = 0; checksums < 1;)
        {
            JsonElement message = await client.ReceiveAsync();
            if (message[1].ValueKind == JsonValueKind.String)
            {
                if (message[1].GetString() != "cs") continue;

                IEnumerable<(string, string)> Side(bool isBid) => orders.Where(order => order.Value.Amount[0] == '-' != isBid)
                    .OrderBy(order => isBid ? -order.Value.Price : order.Value.Price).ThenBy(static order => order.Key)
                    .Select(static order => (order.Key.ToString(CultureInfo.InvariantCulture), order.Value.Amount));
                Assert.Equal(message[2].GetInt32(), Checksum(Side(isBid: true), Side(isBid: false)));
                checksums++;
                continue;
            }

            foreach (JsonElement row in message[1][0].ValueKind == JsonValueKind.Array ? message[1].EnumerateArray().ToArray() : [message[1]])
            {
                if (row[1].GetRawText() == "0") orders.Remove(row[0].GetInt64());
                else orders[row[0].GetInt64()] = (ReferenceBook.Number(row[1]), row[2].GetRawText());
            }
        }
    }

    [Fact]
    public async Task Requests_are_answered_as_the_venue_does()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Bitfinex] });
        await using SimClient client = await ConnectAsync(exchange, 0);

        Assert.Equal((10300, "symbol: invalid"), await RefusedAsync(client, """{"event":"subscribe","channel":"book","symbol":"tNOPEUSD"}"""));
        Assert.Equal((10300, "length: invalid"), await RefusedAsync(client, """{"event":"subscribe","channel":"book","symbol":"tBTCUSD","len":"7"}"""));
        Assert.Equal((10300, "precision: invalid"), await RefusedAsync(client, """{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P9"}"""));
        Assert.Equal((10302, "channel: unknown"), await RefusedAsync(client, """{"event":"subscribe","channel":"nope","symbol":"tBTCUSD"}"""));
        Assert.Equal((10000, "event: unknown"), await RefusedAsync(client, """{"event":"nope"}"""));
        int channel = await SubscribeAsync(client, """{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
        Assert.Equal((10301, "subscribe: dup"), await RefusedAsync(client, """{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}"""));
        await client.SendAsync($$"""{"event":"unsubscribe","chanId":{{channel}}}""");
        JsonElement gone = await client.ReceiveAsync(static message => message.ValueKind == JsonValueKind.Object);
        Assert.Equal("unsubscribed", gone.GetProperty("event").GetString());
        await client.SendAsync("""{"event":"ping","cid":1234}""");
        Assert.Equal(1234, (await client.ReceiveAsync()).GetProperty("cid").GetInt32());
    }

    private static async Task<SimClient> ConnectAsync(LocalExchange exchange, int flags)
    {
        SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Bitfinex], "/ws/2");
        Assert.Equal(2, (await client.ReceiveAsync()).GetProperty("version").GetInt32());
        if (flags == 0) return client;

        await client.SendAsync($$"""{"event":"conf","flags":{{flags}}}""");
        Assert.Equal("OK", (await client.ReceiveAsync()).GetProperty("status").GetString());
        return client;
    }

    private static async Task<int> SubscribeAsync(SimClient client, string request)
    {
        await client.SendAsync(request);
        JsonElement answer = await client.ReceiveAsync(static message => message.ValueKind == JsonValueKind.Object);
        Assert.Equal("subscribed", answer.GetProperty("event").GetString());
        return answer.GetProperty("chanId").GetInt32();
    }

    private static async Task<(int, string)> RefusedAsync(SimClient client, string request)
    {
        await client.SendAsync(request);
        JsonElement answer = await client.ReceiveAsync(static message => message.ValueKind == JsonValueKind.Object);
        Assert.Equal("error", answer.GetProperty("event").GetString());
        return (answer.GetProperty("code").GetInt32(), answer.GetProperty("msg").GetString()!);
    }

    private static int Checksum(IEnumerable<(string, string)> bids, IEnumerable<(string, string)> asks)
    {
        (string, string)[] left = [.. bids.Take(25)];
        (string, string)[] right = [.. asks.Take(25)];
        IEnumerable<string> parts = Enumerable.Range(0, 25).SelectMany(i => left.Skip(i).Take(1).Concat(right.Skip(i).Take(1))).Select(static pair => $"{pair.Item1}:{pair.Item2}");
        return (int)Crc32.Of(System.Text.Encoding.ASCII.GetBytes(string.Join(':', parts)));
    }
}
