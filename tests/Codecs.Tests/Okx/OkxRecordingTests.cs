using System.Text;
using System.Text.Json;
using Lob.Fast.Codecs.Okx;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Every frame of every recording: nothing is rejected, the counts are the README's, and the records hold all that the frames say.</summary>
public class OkxRecordingTests
{
    private const string Nothing = "";

    // Fields that a journal does not keep; docs/fields/okx.md says so too.
    private static readonly string[] NotKept =
    [
        "instType", "last", "lastSz", "open24h", "high24h", "low24h", "volCcy24h", "vol24h", "sodUtc0", "sodUtc8", "count",
    ];

    [RecordingFact(OkxFiles.Books2026)]
    public void The_books_of_2026_are_linked_by_their_ids()
    {
        List<MessageBegin> books = [];
        OkxFiles.Counts counts = Decode(TestSupport.Recordings.PathOf(OkxFiles.Books2026), message => books.Add(Record.Read<MessageBegin>(message[0])));
        Assert.Equal(new OkxFiles.Counts(6, 1, 0, 0, 0, 0, "subscribe=1", Nothing), counts);
        Assert.Equal(-1, books[0].PreviousSequence);
        Assert.Equal(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, (SnapshotLimits)books[0].Detail);
        Assert.All(books, static begin => Assert.Equal((ChecksumPresence.NotOffered, Sequence.None), (begin.ChecksumPresence, begin.FirstSequence)));
        Assert.All(books.Zip(books.Skip(1)), static pair => Assert.Equal(pair.First.LastSequence, pair.Second.PreviousSequence));
    }

    [RecordingFact(OkxFiles.Books2022)]
    public void The_books_of_2022_have_checksums_and_no_ids()
    {
        OkxFiles.Counts counts = Decode(TestSupport.Recordings.PathOf(OkxFiles.Books2022), static message =>
        {
            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            if (begin.Type is MessageType.BookDelta or MessageType.BookSnapshot)
            {
                Assert.Equal((ChecksumPresence.Offered, Sequence.None, Sequence.None), (begin.ChecksumPresence, begin.LastSequence, begin.PreviousSequence));
                Assert.Equal(SnapshotLimits.None, (SnapshotLimits)begin.Detail);
            }
        });
        Assert.Equal(new OkxFiles.Counts(92 + 98, 2, 3, 5, 0, 0, "subscribe=12", Nothing), counts);
    }

    [RecordingFact(OkxFiles.Edge)]
    public void Single_messages_of_several_years_are_decoded_or_counted_by_their_channel()
    {
        const string Unknown = "funding-rate=2 index-tickers=3 mark-price=4 open-interest=3 opt-summary=2 price-limit=1 liquidations=2 liquidation-orders=1";
        Assert.Equal(
            new OkxFiles.Counts(4, 3, 4, 5, 0, 0, "subscribe=2", Unknown),
            Decode(TestSupport.Recordings.PathOf(OkxFiles.Edge), static _ => { }));
    }

    [Fact]
    public void Generated_recordings_hold_what_their_makers_counted()
    {
        const string Controls = "subscribe=8 error=1 pong=3 unsubscribe=1 notice=1";
        Assert.Equal(
            new OkxFiles.Counts(225 + 218 + 15, 2 + 1 + 1 + 115 + 157 + 1, 34, 0, 190, 20, Controls, "mark-price=1"),
            Decode(SyntheticRecordings.PathOf("okx_books_2026.rec"), static _ => { }));
        Assert.Equal(
            new OkxFiles.Counts(224 + 218 + 15, 2 + 1 + 1 + 115 + 157 + 1, 34, 0, 190, 20, Controls, "mark-price=1"),
            Decode(SyntheticRecordings.PathOf("okx_books_2026_gap.rec"), static _ => { }));
        foreach (string legacy in new[] { "okx_books_legacy_checksum.rec", "okx_books_legacy_bad_checksum.rec" })
        {
            Assert.Equal(
                new OkxFiles.Counts(239 + 142, 2 + 2, 0, 0, 176, 0, "subscribe=4 unsubscribe=2", Nothing),
                Decode(SyntheticRecordings.PathOf(legacy), static message =>
                {
                    MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                    Assert.True(begin.ChecksumPresence == ChecksumPresence.Offered || begin.Type == MessageType.AggregateTrades);
                }));
        }
    }

    // All frames through one decoder, each message written back and compared with the item it came from.
    private static OkxFiles.Counts Decode(string path, Action<Record[]> check)
    {
        using RecordingReader reader = new([path]);
        using RecordBuffer batch = new();
        OkxDecoder decoder = new();
        OkxFrameWriter writer = new();
        Dictionary<MessageType, int> counts = [];
        while (reader.TryRead(out RecordedLine line))
        {
            Assert.Equal(RejectReason.None, line.Reason);
            batch.Clear();
            DecodeResult result = decoder.Decode(line.Frame, batch);
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}, {string.Join(", ", decoder.MissingFields())}");
            string text = Encoding.UTF8.GetString(line.Frame.Bytes);
            int item = 0;
            foreach (Record[] message in Batches.Messages(batch, writer.Learn))
            {
                Batches.CheckShape(message, line.Frame);
                MessageType type = Record.Read<MessageBegin>(message[0]).Type;
                counts[type] = counts.GetValueOrDefault(type) + 1;
                if (type == MessageType.Ended)
                {
                    // The end of a stream, which no data frame says.
                    continue;
                }

                check(message);
                using JsonDocument original = JsonDocument.Parse(text);
                string written = writer.Write(message);
                using JsonDocument back = JsonDocument.Parse(written);
                if (!SameFrame(original.RootElement, back.RootElement, item++))
                {
                    Assert.Fail($"line {line.Frame.Line}\n{text}\n{written}");
                }
            }
        }

        return new OkxFiles.Counts(
            counts.GetValueOrDefault(MessageType.BookDelta),
            counts.GetValueOrDefault(MessageType.BookSnapshot),
            counts.GetValueOrDefault(MessageType.Ticker),
            counts.GetValueOrDefault(MessageType.Trades),
            counts.GetValueOrDefault(MessageType.AggregateTrades),
            counts.GetValueOrDefault(MessageType.Candles),
            Text(decoder.ControlMessages()),
            Text(decoder.UnknownEvents()));
    }

    private static string Text(IReadOnlyDictionary<string, long> counts) => string.Join(' ', counts.Select(static count => $"{count.Key}={count.Value}"));

    // The written frame has one item.
    private static bool SameFrame(JsonElement original, JsonElement back, int item)
    {
        bool same = original.EnumerateObject().Count() == back.EnumerateObject().Count();
        foreach (JsonProperty member in back.EnumerateObject())
        {
            same &= original.TryGetProperty(member.Name, out JsonElement value)
                && (member.Name == "data" ? SameItem(value[item], Assert.Single(member.Value.EnumerateArray())) : Same(value, member.Value));
        }

        return same;
    }

    private static bool SameItem(JsonElement original, JsonElement back)
    {
        const int CurrencyVolume = 6;
        return original.ValueKind == JsonValueKind.Array
            ? original.EnumerateArray().Zip(back.EnumerateArray()).Where(static (_, index) => index != CurrencyVolume).All(static pair => Same(pair.First, pair.Second))
            : Same(original, back);
    }

    private static bool Same(JsonElement original, JsonElement back) => JsonComparison.Same(original, back, static (_, name) => NotKept.Contains(name));
}
