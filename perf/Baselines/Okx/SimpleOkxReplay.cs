using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Okx;

/// <summary>
/// OKX v5. <c>books</c> and the two <c>-l2-tbt</c> channels: prevSeqId names the message before, and until June 2026 a checksum covers the best
/// 25 levels. <c>books5</c> and <c>bbo-tbt</c>: each message is the whole book. Frames of 2022 have no sequence ids.
/// </summary>
public sealed partial class SimpleOkxReplay : SimpleFeedReplay
{
    private readonly Dictionary<SimpleFeedStream, (long? Previous, long? Last)> _lastIds = [];

    protected override SimpleFrame? TakeText(string text) => text == "pong" ? new SimpleFrame(SimpleFrameKind.Control, "pong") : null;

    protected override SimpleFrame Take(int connection, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("not an object");
        }

        if (Has(root, "event"))
        {
            string name = Text(root, "event");
            if (name == "unsubscribe" && Has(root, "arg"))
            {
                JsonElement ended = Field(root, "arg", JsonValueKind.Object);
                string symbol = Has(ended, "instId") ? Text(ended, "instId") : "";
                Streams.FirstOrDefault(stream => (stream.Connection, stream.Channel, stream.Symbol) == (connection, Text(ended, "channel"), symbol))?.End();
            }

            return new SimpleFrame(SimpleFrameKind.Control, name);
        }

        if (!Has(root, "arg"))
        {
            // An answer to a request; a book in it could only be joined to a stream without snapshots.
            return Has(root, "code") ? new SimpleFrame(SimpleFrameKind.Control, "answer") : new SimpleFrame(SimpleFrameKind.Unknown, "no arg");
        }

        JsonElement arg = Field(root, "arg", JsonValueKind.Object);
        string channel = Text(arg, "channel");
        string instrument = Has(arg, "instId") ? Text(arg, "instId") : "";
        string stream = $"{channel} {instrument}";
        switch (channel)
        {
            case "books" or "books-l2-tbt" or "books50-l2-tbt":
                Linked(connection, root, instrument, channel, stream);
                return new SimpleFrame(SimpleFrameKind.Message, channel, stream);
            case "books5" or "bbo-tbt":
                Whole(connection, root, instrument, channel, stream);
                return new SimpleFrame(SimpleFrameKind.Message, channel, stream);
            default:
                bool isRead = channel is "tickers" or "trades" or "trades-all" || channel.StartsWith("candle", StringComparison.Ordinal);
                return new SimpleFrame(isRead ? SimpleFrameKind.Message : SimpleFrameKind.Unknown, channel, stream);
        }
    }

    /// <inheritdoc/>
    public override string? NameAtStart(string text) =>
        ArgAtStart().Match(text) is { Success: true } match ? $"{match.Groups[1].Value} {match.Groups[2].Value}" : null;

    private void Whole(int connection, JsonElement root, string instrument, string channel, string name)
    {
        List<(SimpleRows Rows, long? Last)> messages = [];
        foreach (JsonElement data in Field(root, "data", JsonValueKind.Array).EnumerateArray())
        {
            messages.Add((RowsOf(data, isWhole: true), Id(data, "seqId")));
        }

        SimpleFeedStream stream = StreamOf(instrument, channel, connection, name);
        foreach ((SimpleRows rows, long? last) in messages)
        {
            stream.Replace(rows, last, SimpleEvidence.None);
        }
    }

    private void Linked(int connection, JsonElement root, string instrument, string channel, string name)
    {
        string action = Text(root, "action");
        bool isSnapshot = action == "snapshot";
        if (!isSnapshot && action != "update")
        {
            throw new FormatException($"neither snapshot nor update: {action}");
        }

        List<(SimpleRows Rows, long? Previous, long? Last, SimpleChecksum? Checksum)> messages = [];
        foreach (JsonElement data in Field(root, "data", JsonValueKind.Array).EnumerateArray())
        {
            long? previous = Id(data, "prevSeqId");
            long? last = Id(data, "seqId");
            if (previous is null != last is null)
            {
                throw new FormatException("one of prevSeqId and seqId is missing");
            }

            messages.Add((RowsOf(data, isSnapshot), previous, last, Checksum(data)));
        }

        SimpleFeedStream stream = StreamOf(instrument, channel, connection, name);
        foreach ((SimpleRows rows, long? previous, long? last, SimpleChecksum? checksum) in messages)
        {
            if (isSnapshot)
            {
                stream.Replace(rows, last, EvidenceOf(last), checksum);
                _lastIds[stream] = (previous, last);
            }
            else if (stream.State != SimpleBookState.Live)
            {
                stream.Wait();
            }
            else if (last is not null && previous != last && _lastIds[stream] == (previous, last) && rows.AreIn(stream.Book))
            {
                stream.Repeat();
            }
            else if (previous != stream.Last)
            {
                stream.Gap();
            }
            else
            {
                // A seqId below prevSeqId is the venue's maintenance: it links, and the count goes on from the lower number.
                stream.Change(rows, last, EvidenceOf(last), checksum);
                _lastIds[stream] = (previous, last);
            }
        }
    }

    private static SimpleEvidence EvidenceOf(long? last) => last is null ? SimpleEvidence.None : SimpleEvidence.Sequence;

    private static SimpleRows RowsOf(JsonElement data, bool isWhole) => SimpleRows.Of(data, "bids", "asks", isWhole, hasOrderCounts: true);

    private static long? Id(JsonElement data, string name) => Has(data, name) ? Integer(data, name, least: -1) : null;

    // 0 in every message since June 2026.
    private SimpleChecksum? Checksum(JsonElement data)
    {
        if (!Has(data, "checksum"))
        {
            return null;
        }

        long stated = Integer(data, "checksum", least: int.MinValue);
        return stated <= int.MaxValue
            ? new SimpleChecksum(stated == 0 ? null : (int)stated, AskSign: "", NowNs)
            : throw new FormatException("a checksum of more than 32 bits");
    }

    [GeneratedRegex("""^\{"arg":\{"channel":"([^"]+)","instId":"([^"]+)(?=")""")]
    private static partial Regex ArgAtStart();
}
