using Lob.Fast.Codecs.Okx;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Every frame of every recording: nothing is rejected, and the counts are the README's.</summary>
public class OkxRecordingTests
{
    private const string NoUnknown = "";

    [RecordingFact(OkxFiles.Books2026)]
    public void The_books_of_2026_are_linked_by_their_ids()
    {
        List<MessageBegin> books = [];
        OkxFiles.Counts counts = Decode(OkxFiles.Books2026, (message, _) => books.Add(Record.Read<MessageBegin>(message[0])));
        Assert.Equal(new OkxFiles.Counts(6, 1, 0, 0, "subscribe=1", NoUnknown), counts);
        Assert.Equal(-1, books[0].PreviousSequence);
        Assert.Equal(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, (SnapshotLimits)books[0].Detail);
        Assert.All(books, static begin => Assert.Equal((ChecksumPresence.NotOffered, Sequence.None), (begin.ChecksumPresence, begin.FirstSequence)));
        Assert.All(books.Zip(books.Skip(1)), static pair => Assert.Equal(pair.First.LastSequence, pair.Second.PreviousSequence));
    }

    [RecordingFact(OkxFiles.Books2022)]
    public void The_books_of_2022_have_checksums_and_no_ids()
    {
        OkxFiles.Counts counts = Decode(OkxFiles.Books2022, static (message, _) =>
        {
            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            if (begin.Type is MessageType.BookDelta or MessageType.BookSnapshot)
            {
                Assert.Equal((ChecksumPresence.Offered, Sequence.None, Sequence.None), (begin.ChecksumPresence, begin.LastSequence, begin.PreviousSequence));
                Assert.Equal(SnapshotLimits.None, (SnapshotLimits)begin.Detail);
            }
        });
        Assert.Equal(new OkxFiles.Counts(92 + 98, 2, 3, 5, "subscribe=12", NoUnknown), counts);
    }

    [RecordingFact(OkxFiles.Edge)]
    public void Single_messages_of_several_years_are_decoded_or_counted_by_their_channel()
    {
        const string Unknown = "funding-rate=2 index-tickers=3 mark-price=4 open-interest=3 opt-summary=2 price-limit=1 liquidations=2 liquidation-orders=1";
        Assert.Equal(new OkxFiles.Counts(4, 3, 4, 5, "subscribe=2", Unknown), Decode(OkxFiles.Edge, static (_, _) => { }));
    }

    // All frames through one decoder; what the messages hold is checked by the caller.
    private static OkxFiles.Counts Decode(string file, Action<Record[], OkxDecoder> check)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        using RecordBuffer batch = new();
        OkxDecoder decoder = new();
        Dictionary<MessageType, int> counts = [];
        while (reader.TryRead(out RecordedLine line))
        {
            Assert.Equal(RejectReason.None, line.Reason);
            batch.Clear();
            DecodeResult result = decoder.Decode(line.Frame, batch);
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}, {string.Join(", ", decoder.MissingFields())}");
            foreach (Record[] message in OkxMessages.Split(batch, static _ => { }))
            {
                OkxMessages.CheckShape(message, line.Frame);
                MessageType type = Record.Read<MessageBegin>(message[0]).Type;
                counts[type] = counts.GetValueOrDefault(type) + 1;
                check(message, decoder);
            }
        }

        return new OkxFiles.Counts(
            counts.GetValueOrDefault(MessageType.BookDelta),
            counts.GetValueOrDefault(MessageType.BookSnapshot),
            counts.GetValueOrDefault(MessageType.Ticker),
            counts.GetValueOrDefault(MessageType.Trades),
            Text(decoder.ControlMessages()),
            Text(decoder.UnknownEvents()));
    }

    private static string Text(IReadOnlyDictionary<string, long> counts) => string.Join(' ', counts.Select(static count => $"{count.Key}={count.Value}"));
}
