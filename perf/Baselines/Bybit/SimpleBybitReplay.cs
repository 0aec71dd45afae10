using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Bybit;

/// <summary>Bybit v5, <c>orderbook.{depth}.{symbol}</c>: any snapshot starts over, u = 1 is a snapshot whatever its type, else u rises by one.</summary>
public sealed partial class SimpleBybitReplay : SimpleFeedReplay
{
    protected override SimpleFrame Take(int connection, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("not an object");
        }

        if (!Has(root, "topic"))
        {
            return Control(root);
        }

        string topic = Text(root, "topic");
        string[] parts = topic.Split('.', 3);
        bool isNumbered = parts.Length == 3 && parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit);
        if (parts[0] == "orderbook" && isNumbered)
        {
            Book(connection, root, topic, parts[2], $"orderbook.{parts[1]}");
            return new SimpleFrame(SimpleFrameKind.Message, $"orderbook.{parts[1]}", topic);
        }

        SimpleFrameKind kind = parts[0] is "publicTrade" or "tickers" or "kline" ? SimpleFrameKind.Message : SimpleFrameKind.Unknown;
        return new SimpleFrame(kind, parts[0], topic);
    }

    /// <inheritdoc/>
    public override string? NameAtStart(string text) => TopicAtStart().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static SimpleFrame Control(JsonElement root)
    {
        // Options and spreads answer a subscription with a type instead of an op.
        string field = Has(root, "op") ? "op" : "type";
        return Has(root, field) ? new SimpleFrame(SimpleFrameKind.Control, Text(root, field)) : new SimpleFrame(SimpleFrameKind.Unknown, "no topic");
    }

    private void Book(int connection, JsonElement root, string topic, string symbol, string channel)
    {
        JsonElement data = Field(root, "data", JsonValueKind.Object);
        string type = Text(root, "type");
        long u = Integer(data, "u");
        bool isSnapshot = type == "snapshot" || (type == "delta" && u == 1);
        if (!isSnapshot && type != "delta")
        {
            throw new FormatException($"neither snapshot nor delta: {type}");
        }

        if (Text(data, "s") != symbol)
        {
            throw new FormatException("the symbol is not the one of the topic");
        }

        // A price that comes twice says two things of one level; the venue never does that.
        SimpleRows rows = SimpleRows.Of(data, "b", "a", isSnapshot).Distinct();
        SimpleFeedStream stream = StreamOf(symbol, channel, connection, topic);
        long? seq = Has(data, "seq") ? Integer(data, "seq") : null;
        if (isSnapshot)
        {
            stream.Second = seq;
            stream.Replace(rows, u, SimpleEvidence.Sequence);
        }
        else if (stream.State != SimpleBookState.Live)
        {
            stream.Ignore();
        }
        else if (u <= stream.Last && !(seq > stream.Second))
        {
            stream.Repeat();
        }
        else if (u == stream.Last + 1)
        {
            stream.Second = seq;
            stream.Change(rows, u, SimpleEvidence.Sequence);
        }
        else
        {
            stream.Gap();
        }
    }

    // Options send an id in front.
    [GeneratedRegex("""^\{(?:"id":"[^"]*",)?"topic":"([^"]+)(?=")""")]
    private static partial Regex TopicAtStart();
}
