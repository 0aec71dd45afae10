using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// The book that a reader makes of the journal, knowing no rule of the venue, is the engine's: at the end, and at times and sequences on the
/// way, from the segment that the reader finds for each.
/// </summary>
public sealed class ReadersBookTests(ITestOutputHelper output)
{
    private const int Points = 40;

    [Theory]
    [MemberData(nameof(ProofRecordings.Bundled), MemberType = typeof(ProofRecordings))]
    public void Of_the_bundled_recordings(BinanceMarket market, string[] files) => Check(market, files);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(ProofRecordings.Long), MemberType = typeof(ProofRecordings))]
    public void Of_the_long_recordings(BinanceMarket market, string[] files) => Check(market, files);

    private void Check(BinanceMarket market, string[] files)
    {
        using var folder = new TemporaryFolder();
        var atTimes = new List<(long TimeNs, BookAt Book)>();
        var atSequences = new List<(long Sequence, BookAt Book)>();
        RecordedFrame[] frames = [.. ProofRecordings.Read(files)];
        var random = new Random(20240808);
        HashSet<int> chosen = [.. Enumerable.Range(0, Points).Select(_ => random.Next(frames.Length)), frames.Length - 1];
        BookAt end;
        using (EnginePipeline engine = EnginePipeline.Journaled(
            market, SymbolOf(files[0]), folder.Of("journal"), new JournalOptions { SegmentRecords = JournalOptions.SegmentRecordsMin }))
        {
            bool timeWanted = false;
            bool sequenceWanted = false;
            for (int i = 0; i < frames.Length; i++)
            {
                BookState before = engine.Book?.State ?? BookState.Empty;
                long sequence = engine.Book?.LastSequence ?? Sequence.None;
                engine.Feed(frames[i]);
                timeWanted |= chosen.Contains(i);
                sequenceWanted |= chosen.Contains(i);
                if (engine.Book is not { State: BookState.Live } book)
                {
                    continue;
                }

                // A point in time lies behind all messages of that time.
                if (timeWanted && (i + 1 == frames.Length || frames[i + 1].ReceivedAtNs > engine.Logic.NowNs))
                {
                    atTimes.Add((engine.Logic.NowNs, new BookAt(book)));
                    timeWanted = false;
                }

                if (sequenceWanted && before == BookState.Live && book.LastSequence != sequence)
                {
                    atSequences.Add((book.LastSequence, new BookAt(book)));
                    sequenceWanted = false;
                }
            }

            engine.Close();
            end = new BookAt(engine.Book!);
        }

        using JournalReader reader = JournalReader.Open(folder.Of("journal"));
        AssertSame(end, ReadUntil(reader, reader.Segments[0].Number, static _ => false), "from the first segment to the end");
        AssertSame(end, ReadUntil(reader, reader.Segments[^1].Number, static _ => false), "from the last segment's checkpoint to the end");
        foreach ((long timeNs, BookAt book) in atTimes)
        {
            AssertSame(book, ReadUntil(reader, reader.FindSegment(timeNs), message => message.Header.ReceivedAtNs > timeNs), $"at time {timeNs}");
        }

        uint streamId = StreamId(reader);
        foreach ((long sequence, BookAt book) in atSequences)
        {
            BookAt found = ReadUntil(reader, reader.FindSegment(streamId, sequence), message => LiesBehind(message, streamId, sequence));
            AssertSame(book, found, $"at sequence {sequence}");
        }

        output.WriteLine($"{reader.Segments.Count} segments, {atTimes.Count} times, {atSequences.Count} sequences");
        Assert.True(frames.Length < 20 || (atTimes.Count > 5 && atSequences.Count > 5), "too few points");
    }

    private static BookAt ReadUntil(JournalReader reader, int segment, Predicate<Record> isBehind)
    {
        using var follower = new BookFollower();
        using JournalCursor cursor = reader.Read(segment);
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                follower.Start(cursor.Message);
            }
            else if (isBehind(cursor.Message[0]))
            {
                break;
            }
            else
            {
                follower.OnMessage(cursor.Message);
            }
        }

        follower.Flush();
        return new BookAt(follower.Books.Single());
    }

    private static bool LiesBehind(in Record message, uint streamId, long sequence)
    {
        long last = message.Header.StreamId != streamId ? Sequence.None : message.Header.Kind switch
        {
            RecordKind.MessageBegin => Record.Read<MessageBegin>(message).LastSequence,
            RecordKind.BookImage => Record.Read<BookImage>(message).LastSequence,
            _ => Sequence.None,
        };
        return last != Sequence.None && last > sequence;
    }

    private static uint StreamId(JournalReader reader)
    {
        using var follower = new BookFollower();
        using JournalCursor cursor = reader.Read(reader.Segments[^1].Number);
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                follower.Start(cursor.Message);
            }
            else
            {
                follower.OnMessage(cursor.Message);
            }
        }

        return follower.Books.Single().StreamId;
    }

    private static void AssertSame(BookAt expected, BookAt actual, string what)
    {
        if (actual.DifferenceTo(expected) is { } difference)
        {
            Assert.Fail($"{what}: {difference}");
        }
    }
}
