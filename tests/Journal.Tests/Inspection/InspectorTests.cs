using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Inspection;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Inspection;

public sealed class InspectorTests
{
    [Fact]
    public void What_was_written_is_counted()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 3, messages: 300, slotsMax: 100);
        JournalSummary summary = JournalInspector.Run(folder.Journal);

        Assert.Equal(JournalFolder.SegmentNumbers(folder.Journal), summary.Segments.Select(segment => segment.Number));
        Assert.Equal("BTCUSDT", Assert.Single(summary.Instruments).Symbol);
        Assert.Equal(Venue.BinanceUsdM, summary.Instruments[0].Venue);
        Assert.Equal(["depth@100ms", "kline_1m"], summary.Streams.Select(stream => stream.Channel));
        Assert.Equal(written.Count(record => record.Header.Has(RecordFlags.LastInMessage)), summary.Messages);
        foreach (IGrouping<RecordKind, Record> kind in written.Where(record => !record.Header.Has(RecordFlags.Continued)).GroupBy(record => record.Header.Kind))
        {
            Assert.Equal(kind.Count(), summary.RecordsByKind[kind.Key]);
        }

        Assert.Equal(written[0].Header.ReceivedAtNs, summary.FirstTimeNs);
        Assert.Equal(written[^1].Header.ReceivedAtNs, summary.LastTimeNs);
        IEnumerable<Record> deltas = written.Where(record => record.Header is { Kind: RecordKind.MessageBegin, StreamId: MessageMaker.BookStream });
        StreamSummary book = summary.Streams[0];
        Assert.Equal(deltas.Count(), book.Messages);
        Assert.Equal(deltas.Min(record => Record.Read<MessageBegin>(record).LastSequence), book.MinSequence);
        Assert.Equal(deltas.Max(record => Record.Read<MessageBegin>(record).LastSequence), book.MaxSequence);
        Assert.Equal(Sequence.None, summary.Streams[1].MinSequence);
        Assert.Equal(summary.Segments.Sum(segment => (long)segment.CommittedRecords), written.Count + summary.CheckpointSlots + summary.PaddingSlots);
    }

    [PythonFact]
    public void NumPy_reads_a_segment_by_the_printed_types()
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Journal, seed: 3, messages: 20, slotsMax: 30);
        JournalSummary summary = JournalInspector.Run(folder.Journal);
        string script = folder.Of("read.py");
        File.WriteAllText(script, NumpyTypes.Source() + $"""

            s = slots({"'" + JournalFolder.SegmentPath(folder.Journal, 0) + "'"})
            b = s[(s['kind'] == 1) & (s['stream_id'] == 1)].view(DTYPES['message_begin'])
            print(len(s), int(b['last_sequence'].min()), int(b['last_sequence'].max()))

            """);
        string output = PythonScript.Run(script, []).Succeeded();
        StreamSummary book = summary.Streams[0];
        Assert.Equal($"{summary.Segments[0].CommittedRecords} {book.MinSequence} {book.MaxSequence}", output.Trim());
    }
}
