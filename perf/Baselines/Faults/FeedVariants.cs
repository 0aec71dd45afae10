using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Feeds;

namespace Lob.Fast.Baselines.Faults;

/// <summary>
/// Recordings made into what the same feed would have sent with other evidence: no recording was found of OKX with ids and checksums, nor a long
/// one of Bitfinex with checksums. Content and order of the book messages stay as recorded.
/// </summary>
public static partial class FeedVariants
{
    private const int UpdatesPerChecksum = 10;

    /// <summary>OKX of 2022 with the ids that came later: each message names the one before, in steps that are not 1.</summary>
    public static IEnumerable<RecordedFrame> WithIds(IEnumerable<RecordedFrame> okx)
    {
        var last = new Dictionary<string, long>();
        int count = 0;
        foreach (RecordedFrame frame in okx)
        {
            string text = TextOf(frame);
            Match checksum = OkxChecksum().Match(text);
            if (!checksum.Success)
            {
                yield return frame;
                continue;
            }

            string instrument = OkxInstrument().Match(text).Groups[1].Value;
            long previous = text.Contains("\"snapshot\"", StringComparison.Ordinal) ? -1 : last[instrument];
            last[instrument] = 80_274_870_000 + 7 * ++count;
            yield return With(frame, text.Insert(checksum.Index + checksum.Length, $",\"seqId\":{last[instrument]},\"prevSeqId\":{previous}"));
        }
    }

    /// <summary>Bitfinex with the flag for checksums too: one after every tenth update of a book.</summary>
    public static IEnumerable<RecordedFrame> WithChecksums(IEnumerable<RecordedFrame> bitfinex)
    {
        var replay = new SimpleBitfinexReplay();
        long sequence = 0;
        foreach (RecordedFrame frame in bitfinex)
        {
            string text = TextOf(frame);
            RecordedFrame next = text.StartsWith('[')
                ? With(frame, BitfinexSequence().Replace(text, $",{++sequence}]"))
                : With(frame, text.Replace("\"flags\":65536", "\"flags\":196608", StringComparison.Ordinal));
            SimpleFrame taken = replay.Feed(next);
            yield return next;
            SimpleFeedStream? book = replay.Streams.FirstOrDefault(stream => stream.Name == taken.Name);
            if (book is not null && taken.Kind == SimpleFrameKind.Message && book.Updates % UpdatesPerChecksum == UpdatesPerChecksum - 1)
            {
                RecordedFrame checksum = With(frame, $"[{book.Name},\"cs\",{SimpleCrc32.Of(book.Book, "-")},{++sequence}]");
                replay.Feed(checksum);
                yield return checksum;
            }
        }
    }

    /// <summary>Bitfinex without the flag for sequence numbers.</summary>
    public static IEnumerable<RecordedFrame> WithoutSequence(IEnumerable<RecordedFrame> bitfinex) => bitfinex.Select(static frame =>
    {
        string text = TextOf(frame);
        return With(frame, text.StartsWith('[')
            ? BitfinexSequence().Replace(text, "]")
            : text.Replace("\"flags\":196608", "\"flags\":131072", StringComparison.Ordinal).Replace("\"flags\":65536", "\"flags\":0", StringComparison.Ordinal));
    });

    /// <summary>Coinbase Advanced Trade with snapshots of no more than so many levels a side, where the venue sends tens of thousands.</summary>
    public static IEnumerable<RecordedFrame> WithShortSnapshots(IEnumerable<RecordedFrame> advanced, int levels) => advanced.Select(frame =>
    {
        string text = TextOf(frame);
        if (text.Length < 100_000)
        {
            return frame;
        }

        JsonNode root = JsonNode.Parse(text)!;
        foreach (JsonNode? message in root["events"]!.AsArray())
        {
            JsonArray updates = message!["updates"]!.AsArray();
            JsonNode[] kept = [.. updates.GroupBy(static row => (string)row!["side"]!).SelectMany(side => side.Take(levels)).Select(static row => row!.DeepClone())];
            message["updates"] = new JsonArray(kept);
        }

        return With(frame, root.ToJsonString());
    });

    private static string TextOf(RecordedFrame frame) => Encoding.UTF8.GetString(frame.Bytes.Span);

    private static RecordedFrame With(RecordedFrame frame, string text) => frame with { Bytes = Encoding.UTF8.GetBytes(text) };

    [GeneratedRegex("\"checksum\":-?[0-9]+")]
    private static partial Regex OkxChecksum();

    [GeneratedRegex("\"instId\":\"([^\"]+)")]
    private static partial Regex OkxInstrument();

    [GeneratedRegex(""",[0-9]+\]$""")]
    private static partial Regex BitfinexSequence();
}
