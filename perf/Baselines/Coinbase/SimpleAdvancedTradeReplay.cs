using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Coinbase;

/// <summary>Coinbase Advanced Trade, <c>l2_data</c>: <c>sequence_num</c> counts the frames of all channels of a connection, from 0.</summary>
public sealed partial class SimpleAdvancedTradeReplay : SimpleFeedReplay
{
    private const string Books = "l2_data";

    private readonly AcknowledgedBooks _acknowledged = new();

    protected override SimpleFrame Take(int connection, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("not an object");
        }

        if (!Has(root, "channel"))
        {
            // Errors are the one frame without a channel, and are not counted.
            return Has(root, "type") ? new SimpleFrame(SimpleFrameKind.Control, Text(root, "type")) : new SimpleFrame(SimpleFrameKind.Unknown, "no channel");
        }

        string channel = Text(root, "channel");
        long sequence = Integer(root, "sequence_num");
        List<(string Product, bool IsSnapshot, SimpleRows Rows)> messages = [];
        if (channel == Books)
        {
            messages.AddRange(Field(root, "events", JsonValueKind.Array).EnumerateArray().Select(Message));
        }

        if (sequence == 0)
        {
            StartOver(connection);
            _acknowledged.Forget(connection);
        }

        bool isNew = Counted(connection, sequence);
        if (isNew && channel == "subscriptions")
        {
            _acknowledged.Take(connection, ListedBooks(root), Streams);
        }

        foreach ((string product, bool isSnapshot, SimpleRows rows) in messages)
        {
            SimpleFeedStream book = StreamOf(product, Books, connection, product);
            if (isNew)
            {
                Book(book, isSnapshot, rows, sequence);
            }
            else
            {
                book.Repeat();
            }
        }

        return channel switch
        {
            Books => new SimpleFrame(SimpleFrameKind.Message, channel, messages.Count == 1 ? messages[0].Product : null),
            "heartbeats" => new SimpleFrame(SimpleFrameKind.Heartbeat, channel, channel),
            "subscriptions" => new SimpleFrame(SimpleFrameKind.Control, channel, channel),
            "ticker" or "market_trades" or "candles" => new SimpleFrame(SimpleFrameKind.Message, channel, channel),
            _ => new SimpleFrame(SimpleFrameKind.Unknown, channel, channel),
        };
    }

    // A book frame names its product in its first event; of the others it is enough that they are none.
    /// <inheritdoc/>
    public override string? NameAtStart(string text)
    {
        Match match = ChannelAtStart().Match(text);
        return !match.Success ? null
            : match.Groups[1].Value != Books ? match.Groups[1].Value
            : match.Groups[2].Success ? match.Groups[2].Value : null;
    }

    private static IEnumerable<string> ListedBooks(JsonElement root) =>
        Field(root, "events", JsonValueKind.Array).EnumerateArray()
            .Select(static item => Field(item, "subscriptions", JsonValueKind.Object))
            .Where(static listed => listed.TryGetProperty("level2", out _))
            .SelectMany(static listed => listed.GetProperty("level2").EnumerateArray().Select(static product => product.GetString()!));

    private static void Book(SimpleFeedStream book, bool isSnapshot, SimpleRows rows, long sequence)
    {
        if (isSnapshot)
        {
            book.Replace(rows, sequence, SimpleEvidence.Sequence);
        }
        else if (book.State == SimpleBookState.Live)
        {
            book.Change(rows, sequence, SimpleEvidence.Sequence);
        }
        else
        {
            book.Ignore();
        }
    }

    private static (string Product, bool IsSnapshot, SimpleRows Rows) Message(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("an event that is no object");
        }

        bool isSnapshot = Text(message, "type") switch
        {
            "snapshot" => true,
            "update" => false,
            _ => throw new FormatException("neither snapshot nor update"),
        };
        List<SimpleRow> bids = [];
        List<SimpleRow> asks = [];
        foreach (JsonElement update in Field(message, "updates", JsonValueKind.Array).EnumerateArray())
        {
            if (update.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("an update that is no object");
            }

            List<SimpleRow> side = Text(update, "side") switch
            {
                "bid" => bids,
                "offer" => asks,
                _ => throw new FormatException("neither bid nor offer"),
            };
            side.Add(Row(Text(update, "price_level"), Text(update, "new_quantity")));
        }

        var rows = new SimpleRows(bids, asks);
        return (Text(message, "product_id"), isSnapshot, isSnapshot ? rows.Whole() : rows);
    }

    [GeneratedRegex("""^\{"channel":"([^"]+)"(?:.{0,200}?"type":"[^"]+","product_id":"([^"]+)")?""")]
    private static partial Regex ChannelAtStart();
}
