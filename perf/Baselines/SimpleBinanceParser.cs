using System.Globalization;
using System.Text;
using System.Text.Json;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines;

/// <summary>Reads Binance frames with <see cref="JsonDocument"/>, once and completely, before anything is believed.</summary>
public static class SimpleBinanceParser
{
    private static readonly long TimeMinMs = DateTimeOffset.Parse("2000-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
    private static readonly long TimeMaxMs = DateTimeOffset.Parse("2200-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>The message of a frame.</summary>
    /// <exception cref="FormatException">The frame is not what the venue sends: the message says what is wrong.</exception>
    public static SimpleMessage Parse(ReadOnlyMemory<byte> frame, BinanceMarket market)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(frame);
        }
        catch (JsonException fault)
        {
            throw new FormatException(fault.Message, fault);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("not an object");
            }

            if (Has(root, "stream") || Has(root, "data"))
            {
                return Enveloped(Text(root, "stream"), Field(root, "data", JsonValueKind.Object), market);
            }

            bool isBook = Has(root, "lastUpdateId") || (Has(root, "bids") && Has(root, "asks"));
            return isBook ? Snapshot(root) : new SimpleControl();
        }
    }

    /// <summary>The stream name that a frame begins with, even if the rest of it cannot be read; null = none.</summary>
    public static string? StreamNameOf(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> start = "{\"stream\":\""u8;
        if (!frame.StartsWith(start))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = frame[start.Length..];
        int end = rest.IndexOf((byte)'"');
        return end < 0 ? null : Encoding.UTF8.GetString(rest[..end]);
    }

    /// <summary>Whether a frame begins as a REST book does, even if the rest of it cannot be read.</summary>
    public static bool BeginsAsSnapshot(ReadOnlySpan<byte> frame) => frame.StartsWith("{\"lastUpdateId\":"u8);

    /// <summary>Symbol (upper case) and channel of a stream name: <c>btcusdt@depth@100ms</c> is BTCUSDT and <c>depth@100ms</c>.</summary>
    public static (string Symbol, string Channel) Split(string streamName)
    {
        int at = streamName.IndexOf('@', StringComparison.Ordinal);
        return at <= 0
            ? throw new FormatException($"stream name without a symbol: {streamName}")
            : (streamName[..at].ToUpperInvariant(), streamName[(at + 1)..]);
    }

    private static SimpleMessage Enveloped(string streamName, JsonElement data, BinanceMarket market)
    {
        // Streams of the whole market begin with '!'.
        if (streamName.IndexOf('@', StringComparison.Ordinal) < 1 || streamName[0] == '!')
        {
            return new SimpleControl();
        }

        (string symbol, string channel) = Split(streamName);
        string kind = channel.Split('@')[0];
        kind = kind == "!bookTicker" ? "bookTicker" : kind;
        string expected = kind switch
        {
            "depth" => "depthUpdate",
            "bookTicker" or "trade" or "aggTrade" => kind,
            _ => kind.StartsWith("kline_", StringComparison.Ordinal) ? "kline" : "",
        };

        // Spot's ticker states no event. An event that is not the channel's is something new, not a fault.
        bool isNamed = kind != "bookTicker" || Has(data, "e");
        if (expected.Length == 0 || (isNamed && Text(data, "e") != expected))
        {
            return new SimpleControl();
        }

        SimpleMessage message;
        switch (kind)
        {
            case "depth":
                message = Delta(symbol, channel, data, market);
                break;
            case "bookTicker":
                message = Ticker(symbol, channel, data);
                break;
            case "trade" or "aggTrade":
                Trade(data, isAggregate: kind == "aggTrade");
                message = new SimpleOther(symbol, channel);
                break;
            default:
                Candle(Field(data, "k", JsonValueKind.Object), symbol);
                Time(data, "E");
                message = new SimpleOther(symbol, channel);
                break;
        }

        ExpectSymbol(data, symbol);
        return channel.Any(static c => c is <= ' ' or > '~')
            ? throw new FormatException($"a blank in the channel {channel}")
            : message;
    }

    private static void ExpectSymbol(JsonElement parent, string symbol)
    {
        if (!Text(parent, "s").Equals(symbol, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("the symbol is not the one of the stream name");
        }
    }

    private static void Trade(JsonElement data, bool isAggregate)
    {
        Time(data, "E");
        Time(data, "T");
        Flag(data, "m");
        Quantity(data, "q");
        string origin = !isAggregate && Has(data, "X") ? Text(data, "X") : "";
        if (origin == "NA")
        {
            Number(Text(data, "p"));
        }
        else
        {
            Price(data, "p");
        }

        if (!isAggregate)
        {
            Integer(data, "t");
            return;
        }

        InOrder(Integer(data, "f"), Integer(data, "l"));
        if (Has(data, "a"))
        {
            Integer(data, "a");
        }
    }

    private static void Candle(JsonElement candle, string symbol)
    {
        ExpectSymbol(candle, symbol);
        Time(candle, "t");
        Time(candle, "T");
        Flag(candle, "x");
        string interval = Text(candle, "i");
        if (interval.Length is 0 or > 8 || interval.Any(static c => c is <= ' ' or > '~'))
        {
            throw new FormatException("no interval of the venue");
        }

        InOrder(Integer(candle, "f", least: -1), Integer(candle, "L", least: -1));
        bool hasTrades = Integer(candle, "n") > 0;
        foreach (string name in new[] { "o", "h", "l", "c" })
        {
            if (hasTrades)
            {
                Price(candle, name);
            }
            else
            {
                Number(Text(candle, name));
            }
        }

        foreach (string name in new[] { "v", "V", "q", "Q" })
        {
            Quantity(candle, name);
        }
    }

    private static void InOrder(long first, long last)
    {
        if (first > last)
        {
            throw new FormatException("the first id is above the last");
        }
    }

    private static SimpleDelta Delta(string symbol, string channel, JsonElement data, BinanceMarket market)
    {
        Time(data, "E");
        long previous = 0;
        if (market != BinanceMarket.Spot)
        {
            Time(data, "T");
            previous = Integer(data, "pu", least: 0);
        }

        long first = Integer(data, "U");
        long last = Integer(data, "u");
        InOrder(first, last);
        return new SimpleDelta(symbol, channel, first, last, previous, Rows(data, "b"), Rows(data, "a"));
    }

    private static SimpleSnapshot Snapshot(JsonElement root)
    {
        OptionalTimes(root);
        IReadOnlyList<SimpleRow> bids = Rows(root, "bids");
        IReadOnlyList<SimpleRow> asks = Rows(root, "asks");
        if (!IsSorted(bids, -1) || !IsSorted(asks, 1))
        {
            throw new FormatException("snapshot rows are not sorted best first");
        }

        if (bids.Concat(asks).Any(static row => row.Quantity == 0))
        {
            throw new FormatException("a snapshot level without quantity");
        }

        return new SimpleSnapshot(Has(root, "symbol") ? Text(root, "symbol") : null, Integer(root, "lastUpdateId"), bids, asks);
    }

    private static SimpleTicker Ticker(string symbol, string channel, JsonElement data)
    {
        OptionalTimes(data);
        return new SimpleTicker(
            symbol,
            channel,
            Integer(data, "u"),
            TickerSide(Text(data, "b"), Text(data, "B")),
            TickerSide(Text(data, "a"), Text(data, "A")));
    }

    // A ticker of an empty side states quantity 0, and then a price of 0 is no fault.
    private static SimpleBest TickerSide(string priceText, string quantityText)
    {
        var side = new SimpleBest(Number(priceText), Number(quantityText));
        return side is { Price: 0, Quantity: > 0 } ? throw new FormatException("a price of zero") : side;
    }

    private static void Time(JsonElement parent, string name)
    {
        // Milliseconds, or microseconds where the connection asked for them.
        long time = Integer(parent, name);
        bool isMs = time >= TimeMinMs && time < TimeMaxMs;
        bool isUs = time >= TimeMinMs * 1_000 && time < TimeMaxMs * 1_000;
        if (!isMs && !isUs)
        {
            throw new FormatException($"{name} is not a time of this or the last century");
        }
    }

    private static void OptionalTimes(JsonElement parent)
    {
        foreach (string name in new[] { "E", "T" })
        {
            if (Has(parent, name))
            {
                Time(parent, name);
            }
        }
    }
}
