using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Coinbase;

/// <summary>Coinbase Exchange, <c>level2</c>: a snapshot, then changes that nothing links, so nothing missing is ever noticed.</summary>
public sealed partial class SimpleExchangeReplay : SimpleFeedReplay
{
    private const string Channel = "level2";

    private readonly AcknowledgedBooks _acknowledged = new();

    protected override SimpleFrame Take(int connection, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("not an object");
        }

        string type = Text(root, "type");
        switch (type)
        {
            case "snapshot" or "l2update":
                string product = Text(root, "product_id");
                SimpleRows rows = type == "snapshot" ? SimpleRows.Of(root, "bids", "asks", isWhole: true) : Changes(root);
                Book(StreamOf(product, Channel, connection, product), type == "snapshot", rows);
                return new SimpleFrame(SimpleFrameKind.Message, type, product);
            case "heartbeat":
                return new SimpleFrame(SimpleFrameKind.Heartbeat, type);
            case "subscriptions":
                _acknowledged.Take(connection, ListedBooks(root), Streams);
                return new SimpleFrame(SimpleFrameKind.Control, type);
            case "error":
                return new SimpleFrame(SimpleFrameKind.Control, type);
            case "ticker" or "match" or "last_match" or "received" or "open" or "done" or "change" or "activate":
                return new SimpleFrame(SimpleFrameKind.Message, type, type);
            default:
                return new SimpleFrame(SimpleFrameKind.Unknown, type);
        }
    }

    // A book frame names its product; of the others it is enough that they are none.
    /// <inheritdoc/>
    public override string? NameAtStart(string text)
    {
        Match match = TypeAtStart().Match(text);
        return !match.Success ? null
            : match.Groups[1].Value is not ("snapshot" or "l2update") ? match.Groups[1].Value
            : match.Groups[2].Success ? match.Groups[2].Value : null;
    }

    private static void Book(SimpleFeedStream book, bool isSnapshot, SimpleRows rows)
    {
        if (isSnapshot)
        {
            book.Replace(rows, null, SimpleEvidence.None);
        }
        else if (book.State == SimpleBookState.Live)
        {
            book.Change(rows, null, SimpleEvidence.None);
        }
        else
        {
            book.Ignore();
        }
    }

    private static IEnumerable<string> ListedBooks(JsonElement root) =>
        Field(root, "channels", JsonValueKind.Array).EnumerateArray()
            .Where(static channel => Text(channel, "name") is "level2" or "level2_batch")
            .SelectMany(static channel => Field(channel, "product_ids", JsonValueKind.Array).EnumerateArray().Select(static product => product.GetString()!));

    private static SimpleRows Changes(JsonElement root)
    {
        List<SimpleRow> bids = [];
        List<SimpleRow> asks = [];
        foreach (JsonElement change in Field(root, "changes", JsonValueKind.Array).EnumerateArray())
        {
            if (change.ValueKind != JsonValueKind.Array || change.GetArrayLength() < 3 || change.EnumerateArray().Take(3).Any(static text => text.ValueKind != JsonValueKind.String))
            {
                throw new FormatException("a change does not begin with three strings");
            }

            List<SimpleRow> side = change[0].GetString() switch
            {
                "buy" => bids,
                "sell" => asks,
                _ => throw new FormatException("neither buy nor sell"),
            };
            side.Add(Row(change[1].GetString()!, change[2].GetString()!));
        }

        return new SimpleRows(bids, asks);
    }

    [GeneratedRegex("""^\{"type":"([^"]+)"(?:,"product_id":"([^"]+)")?""")]
    private static partial Regex TypeAtStart();
}
