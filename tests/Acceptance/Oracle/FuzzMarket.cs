using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>
/// Two books of one venue, live on one connection after <see cref="Opening"/>, and the next change of the first of them, which bad input is made of by
/// replacing a part of it.
/// </summary>
public sealed record FuzzMarket
{
    /// <summary>Whose frames.</summary>
    public required Venue Venue { get; init; }

    /// <summary>Frames that make both books live; <c>@SYMBOL </c> in front as in a recording.</summary>
    public required IReadOnlyList<string> Opening { get; init; }

    /// <summary>The next change of the first book. Holds <see cref="Price"/>, <see cref="Quantity"/> and <see cref="Time"/> once.</summary>
    public required string Change { get; init; }

    /// <summary>A whole book that may come next, two levels a side; REST answers with <c>@SYMBOL </c>.</summary>
    public required string Snapshot { get; init; }

    /// <summary>A price of the change as it stands there, quotes included.</summary>
    public string Price { get; init; } = "\"0.5\"";

    /// <summary>The quantity beside it.</summary>
    public string Quantity { get; init; } = "\"7\"";

    /// <summary>The time of the change; empty = it has none.</summary>
    public string Time { get; init; } = "1790856049142";

    /// <summary>A required member of the change, with its comma.</summary>
    public string Required { get; init; } = "";

    /// <summary>The first level of a side of the snapshot, and the second: swapped they are unsorted, twice the first they are not distinct.</summary>
    public (string First, string Second) Levels { get; init; } = ("[\"0.5\",\"1\"]", "[\"0.4\",\"2\"]");

    /// <summary>A frame with the symbol of the change in its name only, and another in its body; empty = the venue names it once.</summary>
    public string OtherSymbol { get; init; } = "";

    /// <summary>A market whose numbers are JSON numbers.</summary>
    public bool HasJsonNumbers { get; init; }

    /// <summary>Whether a change that names a price twice is rejected: where none has been seen.</summary>
    public bool RejectsRepeatedPrices { get; init; } = true;

    /// <summary>Whether a snapshot with a fault is a frame of the first book's own stream, so that it breaks that book.</summary>
    public bool SnapshotsInStream { get; init; } = true;

    /// <summary>Whether a wrong time is found before it is known whose the frame is.</summary>
    public bool TimeComesFirst { get; init; }

    /// <summary>Whether one frame may hold several books: then one that is no JSON to its end may be any book's.</summary>
    public bool HoldsSeveralBooks { get; init; }

    /// <summary>All markets.</summary>
    public static IReadOnlyList<FuzzMarket> All { get; } =
    [
        new()
        {
            Venue = Venue.BinanceSpot,
            Opening =
            [
                Spot("btcusdt", 9, 10, "[\"0.5\",\"1\"]"),
                "@BTCUSDT {\"lastUpdateId\":10,\"bids\":[[\"0.5\",\"1\"]],\"asks\":[[\"0.6\",\"1\"]]}",
                Spot("btcusdt", 11, 12, "[\"0.4\",\"1\"]"),
                Spot("ethusdt", 9, 10, "[\"0.5\",\"1\"]"),
                "@ETHUSDT {\"lastUpdateId\":10,\"bids\":[[\"0.5\",\"1\"]],\"asks\":[[\"0.6\",\"1\"]]}",
                Spot("ethusdt", 11, 12, "[\"0.4\",\"1\"]"),
            ],
            Change = Spot("btcusdt", 13, 14, "[\"0.5\",\"7\"]"),
            Snapshot = "@BTCUSDT {\"lastUpdateId\":20,\"bids\":[[\"0.5\",\"1\"],[\"0.4\",\"2\"]],\"asks\":[[\"0.6\",\"1\"]]}",
            Required = "\"u\":14,",
            OtherSymbol = Spot("btcusdt", 13, 14, "").Replace("\"BTCUSDT\"", "\"ETHUSDT\"", StringComparison.Ordinal),
            RejectsRepeatedPrices = false,
            SnapshotsInStream = false,
        },
        new()
        {
            Venue = Venue.BinanceUsdM,
            Opening =
            [
                Futures("btcusdt", 9, 10, 8),
                "@BTCUSDT {\"lastUpdateId\":10,\"E\":1790856049000,\"T\":1790856049000,\"bids\":[[\"0.5\",\"1\"]],\"asks\":[[\"0.6\",\"1\"]]}",
                Futures("btcusdt", 11, 12, 10),
                Futures("ethusdt", 9, 10, 8),
                "@ETHUSDT {\"lastUpdateId\":10,\"E\":1790856049000,\"T\":1790856049000,\"bids\":[[\"0.5\",\"1\"]],\"asks\":[[\"0.6\",\"1\"]]}",
                Futures("ethusdt", 11, 12, 10),
            ],
            Change = Futures("btcusdt", 15, 16, 12),
            Snapshot = "@BTCUSDT {\"lastUpdateId\":20,\"bids\":[[\"0.5\",\"1\"],[\"0.4\",\"2\"]],\"asks\":[[\"0.6\",\"1\"]]}",
            Required = "\"pu\":12,",
            OtherSymbol = Futures("btcusdt", 15, 16, 12).Replace("\"BTCUSDT\"", "\"ETHUSDT\"", StringComparison.Ordinal),
            RejectsRepeatedPrices = false,
            SnapshotsInStream = false,
        },
        Bybit(Venue.BybitLinear),
        Bybit(Venue.BybitSpot),
        new()
        {
            Venue = Venue.Okx,
            Opening = [Okx("BTC-USDT", "snapshot", -1, 10, "[\"0.5\",\"1\",\"0\",\"1\"]"), Okx("ETH-USDT", "snapshot", -1, 10, "[\"0.5\",\"1\",\"0\",\"1\"]")],
            Change = Okx("BTC-USDT", "update", 10, 15, "[\"0.5\",\"7\",\"0\",\"1\"]"),
            Snapshot = Okx("BTC-USDT", "snapshot", -1, 20, "[\"0.5\",\"1\",\"0\",\"1\"],[\"0.4\",\"2\",\"0\",\"1\"]"),
            Levels = ("[\"0.5\",\"1\",\"0\",\"1\"]", "[\"0.4\",\"2\",\"0\",\"1\"]"),
            Time = "\"1790856049142\"",
            Required = "\"prevSeqId\":10,",
            OtherSymbol = Okx("BTC-USDT", "update", 10, 15, "").Replace("\"asks\"", "\"instId\":\"ETH-USDT\",\"asks\"", StringComparison.Ordinal),
        },
        new()
        {
            Venue = Venue.Bitfinex,
            Opening =
            [
                """{"event":"info","version":2,"platform":{"status":1}}""",
                """{"event":"conf","status":"OK","flags":65536}""",
                """{"event":"subscribed","channel":"book","chanId":1,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25","pair":"BTCUSD"}""",
                """{"event":"subscribed","channel":"book","chanId":2,"symbol":"tETHUSD","prec":"P0","freq":"F0","len":"25","pair":"ETHUSD"}""",
                "[1,[[0.5,1,1],[0.6,1,-1]],1]",
                "[2,[[0.5,1,1],[0.6,1,-1]],2]",
            ],
            Change = "[1,[0.5,1,7],3]",
            Snapshot = "",
            HasJsonNumbers = true,
            Price = "0.5",
            Quantity = ",7]",
            Time = "",
            Required = ",3",
            RejectsRepeatedPrices = false,
        },
        new()
        {
            Venue = Venue.Coinbase,
            Opening =
            [
                """{"type":"snapshot","product_id":"BTC-USD","bids":[["0.5","1"]],"asks":[["0.6","1"]]}""",
                """{"type":"snapshot","product_id":"ETH-USD","bids":[["0.5","1"]],"asks":[["0.6","1"]]}""",
            ],
            Change = """{"type":"l2update","product_id":"BTC-USD","changes":[["buy","0.5","7"]],"time":"2026-10-01T12:02:00.025373Z"}""",
            Snapshot = """{"type":"snapshot","product_id":"BTC-USD","bids":[["0.5","1"],["0.4","2"]],"asks":[["0.6","1"]]}""",
            Time = "\"2026-10-01T12:02:00.025373Z\"",
            Required = "\"changes\":[[\"buy\",\"0.5\",\"7\"]],",
        },
        new()
        {
            Venue = Venue.CoinbaseAdvanced,
            Opening = [Advanced("BTC-USD", 0, "snapshot", Level("0.5", "1")), Advanced("ETH-USD", 1, "snapshot", Level("0.5", "1"))],
            Change = Advanced("BTC-USD", 2, "update", Level("0.5", "7")),
            Snapshot = Advanced("BTC-USD", 2, "snapshot", $"{Level("0.5", "1")},{Level("0.4", "2")}"),
            Levels = (Level("0.5", "1"), Level("0.4", "2")),
            Time = "\"2026-10-01T12:04:00.334450401Z\"",
            Required = "\"new_quantity\":\"7\"",
            TimeComesFirst = true,
            HoldsSeveralBooks = true,
        },
    ];

    /// <summary>The name tests show.</summary>
    public override string ToString() => Venue.ToName();

    private static FuzzMarket Bybit(Venue venue) => new()
    {
        Venue = venue,
        Opening = [Bybit("BTCUSDT", "snapshot", 10, "[\"0.5\",\"1\"]"), Bybit("ETHUSDT", "snapshot", 20, "[\"0.5\",\"1\"]")],
        Change = Bybit("BTCUSDT", "delta", 11, "[\"0.5\",\"7\"]"),
        Snapshot = Bybit("BTCUSDT", "snapshot", 30, "[\"0.5\",\"1\"],[\"0.4\",\"2\"]"),
        Required = ",\"u\":11",
        OtherSymbol = Bybit("BTCUSDT", "delta", 11, "").Replace("\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\"", StringComparison.Ordinal),
    };

    private static string Spot(string symbol, int first, int last, string bids) =>
        $$$"""{"stream":"{{{symbol}}}@depth@100ms","data":{"e":"depthUpdate","E":1790856049142,"s":"{{{symbol.ToUpperInvariant()}}}","U":{{{first}}},"u":{{{last}}},"b":[{{{bids}}}],"a":[]}}""";

    private static string Futures(string symbol, int first, int last, int previous) =>
        $$$"""{"stream":"{{{symbol}}}@depth@100ms","data":{"e":"depthUpdate","E":1790856049142,"T":1790856049141,"s":"{{{symbol.ToUpperInvariant()}}}","U":{{{first}}},"u":{{{last}}},"pu":{{{previous}}},"b":[["0.5","7"]],"a":[]}}""";

    private static string Bybit(string symbol, string type, int id, string bids) =>
        $$$"""{"topic":"orderbook.50.{{{symbol}}}","type":"{{{type}}}","ts":1790856049142,"data":{"s":"{{{symbol}}}","b":[{{{bids}}}],"a":[["0.6","1"]],"u":{{{id}}},"seq":100}}""";

    private static string Okx(string symbol, string action, int previous, int id, string bids) =>
        $$$"""{"arg":{"channel":"books","instId":"{{{symbol}}}"},"action":"{{{action}}}","data":[{"asks":[["0.6","1","0","1"]],"bids":[{{{bids}}}],"ts":"1790856049142","checksum":0,"prevSeqId":{{{previous}}},"seqId":{{{id}}}}]}""";

    private static string Advanced(string product, int number, string type, string updates) =>
        $$$"""{"channel":"l2_data","timestamp":"2026-10-01T12:04:00.334450401Z","sequence_num":{{{number}}},"events":[{"type":"{{{type}}}","product_id":"{{{product}}}","updates":[{{{updates}}}]}]}""";

    private static string Level(string price, string quantity) =>
        $$"""{"side":"bid","event_time":"2026-10-01T12:04:00.294116Z","price_level":"{{price}}","new_quantity":"{{quantity}}"}""";
}
