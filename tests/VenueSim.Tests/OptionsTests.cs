using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Streams;
using Lob.Fast.VenueSim.Tests.Support;

namespace Lob.Fast.VenueSim.Tests;

/// <summary>What can be asked of the local exchange beyond its defaults.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task Okx_books_have_the_old_checksums_when_asked_for()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.Okx], Speed = 10, OkxChecksums = true });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.Okx], "/ws/v5/public");
        await client.SendAsync("""{"op":"subscribe","args":[{"channel":"books","instId":"ETH-USDT-SWAP"}]}""");

        SortedDictionary<decimal, string> bids = new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));
        SortedDictionary<decimal, string> asks = [];
        for (int i = 0; i < 20; i++)
        {
            JsonElement data = (await client.ReceiveAsync(static message => message.TryGetProperty("data", out _))).GetProperty("data")[0];
            foreach ((string name, SortedDictionary<decimal, string> side) in new[] { ("bids", bids), ("asks", asks) })
            {
                foreach (JsonElement row in data.GetProperty(name).EnumerateArray())
                {
                    if (row[1].GetString() == "0") side.Remove(ReferenceBook.Number(row[0]));
                    else side[ReferenceBook.Number(row[0])] = $"{row[0].GetString()}:{row[1].GetString()}";
                }
            }

            string[] left = [.. bids.Values.Take(25)];
            string[] right = [.. asks.Values.Take(25)];
            string text = string.Join(':', Enumerable.Range(0, 25).SelectMany(level => left.Skip(level).Take(1).Concat(right.Skip(level).Take(1))));
            Assert.Equal((int)Crc32.Of(Encoding.ASCII.GetBytes(text)), data.GetProperty("checksum").GetInt32());
        }
    }

    [Fact]
    public void The_checksum_is_that_of_the_documents()
    {
        // bitfinex and okx, protocols' worked examples.
        Assert.Equal(1756193398, (int)Crc32.Of("6000:1:6100:-3:5900:2:6200:-4"u8));
        Assert.Equal(-1881014294, (int)Crc32.Of("3366.1:7:3366.8:9:3366:6:3368:8"u8));
    }

    [Fact]
    public async Task A_connection_that_is_too_old_is_announced_and_closed()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(
            new LocalExchangeOptions { Venues = [VenueNames.BinanceSpot], ConnectionAgeMax = TimeSpan.FromMilliseconds(300) });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceSpot], "/stream?streams=btcusdt@depth@100ms");

        await client.ReceiveAsync(static message => message.GetProperty("stream").GetString() == "!serverShutdown");
        await client.UntilClosedAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Fact]
    public async Task Answers_of_rest_can_be_slow()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BinanceSpot], RestDelay = TimeSpan.FromMilliseconds(400) });
        using var http = new HttpClient { BaseAddress = exchange.Endpoints[VenueNames.BinanceSpot].Rest };
        long startedAt = Stopwatch.GetTimestamp();

        await http.GetStringAsync("/api/v3/depth?symbol=BTCUSDT&limit=100");

        Assert.True(Stopwatch.GetElapsedTime(startedAt) > TimeSpan.FromMilliseconds(390));
    }

    [Fact]
    public async Task Symbols_can_be_chosen_and_limits_left_out()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = [VenueNames.BinanceSpot],
            Symbols = new Dictionary<string, IReadOnlyList<string>> { [VenueNames.BinanceSpot] = ["ADAUSDT", "WHATEVERUSDT"] },
            Limits = false,
        });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BinanceSpot], "/ws");

        for (int i = 0; i < 50; i++)
            await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");

        for (int i = 0; i < 50; i++)
            Assert.Equal(3, (await client.ReceiveAsync()).GetProperty("id").GetInt32());

        await client.SendAsync("""{"method":"SUBSCRIBE","params":["whateverusdt@depth@100ms"],"id":4}""");
        Assert.Equal("WHATEVERUSDT", (await client.ReceiveAsync(static message => message.TryGetProperty("s", out _))).GetProperty("s").GetString());
        Assert.Equal(["ADAUSDT", "WHATEVERUSDT"], exchange.Status.Venues[0].Symbols);
    }

    [Fact]
    public async Task At_full_speed_the_markets_run_as_fast_as_the_client_reads_and_nothing_is_lost()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [VenueNames.BybitLinear], Speed = 0 });
        await using SimClient client = await SimClient.ConnectAsync(exchange.Endpoints[VenueNames.BybitLinear], "/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}""");
        long startedAt = Stopwatch.GetTimestamp();

        long last = 0;
        for (int i = 0; i < 5000; i++)
        {
            JsonElement message = await client.ReceiveAsync(static message => message.TryGetProperty("topic", out _));
            long number = message.GetProperty("data").GetProperty("u").GetInt64();
            Assert.True(last == 0 || number == last + 1);
            last = number;
        }

        // At the markets' own speed this takes 100 s.
        Assert.True(Stopwatch.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(20));
    }
}
