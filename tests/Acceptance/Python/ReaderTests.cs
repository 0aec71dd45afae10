using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Python;

/// <summary>examples/python/lob_journal.py on journals with everything that is hard on a reader.</summary>
public class ReaderTests
{
    [PythonFact]
    public void Books_at_many_times_are_those_of_the_other_reader()
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("journal");
        Write(journal, seed: 1, deltas: 2000);
        using JournalReader reader = JournalReader.Open(journal);
        Assert.True(reader.Segments.Count >= 3, "the journal should have several segments");
        List<Record> all = AllRecords(reader);
        foreach (RecordKind kind in (RecordKind[])[RecordKind.Gap, RecordKind.MessageIgnored, RecordKind.Resync, RecordKind.FrameRejected, RecordKind.Connection])
        {
            Assert.Contains(all, record => record.Header.Kind == kind);
        }

        // Around every change of a state and every segment's start, and at times that nothing points out.
        Random random = new(2);
        List<long> times = [.. all.Where(static record => record.Header.Kind is RecordKind.BookStateChange or RecordKind.InstrumentDefinition)
            .Select(static record => record.Header.ReceivedAtNs)];
        times.AddRange(reader.Segments.Select(static segment => segment.StartTimeNs));
        times.AddRange(Enumerable.Range(0, 20).Select(_ => random.NextInt64(all[0].Header.ReceivedAtNs, all[^1].Header.ReceivedAtNs)));
        times = [.. times.SelectMany(static time => (long[])[time - 1, time]).Where(time => time > SyntheticJournal.StartNs).Distinct().Order()];

        List<BookAnswer> expected = [];
        foreach (string venue in (string[])["binance-spot", "binance-usdm"])
        {
            expected.AddRange(times.Select(time => At(reader, venue, time)));
            expected.Add(At(reader, venue, long.MaxValue - 1));
        }

        string questions = JsonSerializer.Serialize(expected.Select(static answer => new Dictionary<string, object>
        {
            ["symbol"] = answer.Symbol,
            ["channel"] = answer.Channel,
            ["venue"] = answer.Venue,
            ["at_ns"] = answer.AtNs,
        }));
        string output = PythonScript.Run("tests/oracle/books.py", [journal], questions).Succeeded();
        BookAnswer[] found = JsonSerializer.Deserialize<BookAnswer[]>(output, Naming)!;
        Assert.Equal(expected.Count, found.Length);
        foreach ((BookAnswer left, BookAnswer right) in expected.Zip(found))
        {
            Assert.Equal(JsonSerializer.Serialize(left with { AtNs = 0 }, Naming), JsonSerializer.Serialize(right, Naming));
        }

        Assert.Contains(found, static answer => answer.State == "Broken");
        Assert.Contains(found, static answer => answer.State == "Empty");
        Assert.Contains(found, static answer => answer.State == "Bridging");
    }

    [PythonFact]
    public void Tables_hold_what_a_plain_reading_finds()
    {
        using TemporaryFolder folder = new();
        Write(folder.Of("journal"), seed: 3, deltas: 3000);
        _ = PythonScript.Run("tests/oracle/tables.py", [folder.Of("journal")]).Succeeded();
    }

    [PythonFact]
    public void A_journal_is_followed_while_it_is_written()
    {
        using TemporaryFolder folder = new();
        string path = folder.Of("journal");
        using SyntheticJournal journal = new(path, seed: 4);
        journal.Run(10);
        using Follower follower = new(path);
        long seen = 0;
        int segments = 0;
        foreach (int deltas in (int[])[1, 100, 0, 700, 1, 1500])
        {
            journal.Run(deltas);
            string[] answer = follower.Look();
            Assert.Equal("same", answer[0]);
            Assert.Equal(deltas > 0, long.Parse(answer[1]) > 0);
            Assert.Equal("open", answer[3]);
            seen += long.Parse(answer[1]);
            segments = int.Parse(answer[2]);
        }

        journal.Close();
        Assert.Equal("closed", follower.Look()[3]);
        Assert.True(segments > 2 && seen > 10_000, $"{segments} segments and {seen} records are too few to tell");
    }

    [PythonFact]
    public void The_summary_names_what_there_is()
    {
        using TemporaryFolder folder = new();
        Write(folder.Of("journal"), seed: 5, deltas: 100);
        string output = PythonScript.Run("examples/python/lob_journal.py", [folder.Of("journal")]).Succeeded();
        Assert.Contains("stream binance-spot BTCUSDT depth@100ms: Book, Live, evidence Sequence", output, StringComparison.Ordinal);
        Assert.Contains("stream binance-usdm BTCUSDT /fapi/v1/depth: BookSnapshots", output, StringComparison.Ordinal);
    }

    [PythonFact]
    public void What_is_no_journal_or_damaged_is_said()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such folder", Refuse(folder.Of("nothing")), StringComparison.Ordinal);
        Assert.Contains("expected segments NNNNNNNN.lobj, found none", Refuse(folder.Root), StringComparison.Ordinal);

        string journal = folder.Of("journal");
        Write(journal, seed: 6, deltas: 1500);
        string first = JournalFolder.SegmentPath(journal, 0);
        string second = JournalFolder.SegmentPath(journal, 1);
        byte[] bytes = File.ReadAllBytes(first);

        Assert.Contains("magic: expected", RefuseChanged(0, 0x55), StringComparison.Ordinal);
        Assert.Contains("format version: expected 0x1, found 0x63", RefuseChanged(8, 99), StringComparison.Ordinal);
        Assert.Contains("byte order mark", RefuseChanged(16, 1), StringComparison.Ordinal);
        Assert.Contains("committed records: expected", RefuseChanged(SegmentHeader.CommittedOffset + 6, 1), StringComparison.Ordinal);
        File.WriteAllBytes(first, bytes[..^64]);
        Assert.Contains("truncated", Refuse(journal), StringComparison.Ordinal);
        File.WriteAllBytes(first, bytes[..100]);
        Assert.Contains("truncated", Refuse(journal), StringComparison.Ordinal);
        File.WriteAllBytes(first, bytes);
        File.Move(second, second + ".away");
        Assert.Contains("expected segment 00000001 after 00000000, found 00000002", Refuse(journal), StringComparison.Ordinal);
        File.Move(second + ".away", second);
        _ = PythonScript.Run("examples/python/lob_journal.py", [journal]).Succeeded();

        // Retention takes the oldest away: every segment stands alone.
        File.Delete(first);
        _ = PythonScript.Run("examples/python/lob_journal.py", [journal]).Succeeded();

        string RefuseChanged(int offset, byte value)
        {
            byte[] changed = [.. bytes];
            changed[offset] = value;
            File.WriteAllBytes(first, changed);
            return Refuse(journal);
        }

        static string Refuse(string path)
        {
            ProcessRun run = PythonScript.Run("examples/python/lob_journal.py", [path]);
            Assert.Equal(1, run.ExitCode);
            Assert.DoesNotContain("Traceback", run.Error, StringComparison.Ordinal);
            return run.Error;
        }
    }

    internal static void Write(string folder, int seed, int deltas)
    {
        using SyntheticJournal journal = new(folder, seed);
        journal.Run(deltas);
        journal.Close();
    }

    private static readonly JsonSerializerOptions Naming = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static List<Record> AllRecords(JournalReader reader)
    {
        List<Record> records = [];
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        while (cursor.MoveNext())
        {
            records.AddRange(cursor.Message);
        }

        return records;
    }

    private static BookAnswer At(JournalReader reader, string venue, long timeNs)
    {
        using BookFollower follower = new();
        using JournalCursor cursor = reader.Read(reader.FindSegment(timeNs));
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                follower.Start(cursor.Message);
            }
            else if (cursor.Message[0].Header.ReceivedAtNs > timeNs)
            {
                break;
            }
            else
            {
                follower.OnMessage(cursor.Message);
            }
        }

        follower.Flush();
        FollowedBook book = follower.Books.Single(book => book.Venue.ToName() == venue);
        L2Book levels = book.Book;
        string? low = book.KnownRange.LowTicks == long.MinValue ? null : DecimalText.FormatShort(book.KnownRange.LowTicks, levels.PriceDecimals);
        string? high = book.KnownRange.HighTicks == long.MaxValue ? null : DecimalText.FormatShort(book.KnownRange.HighTicks, levels.PriceDecimals);
        return new BookAnswer(
            venue, book.Symbol, book.Channel, book.LastSequence == Sequence.None ? null : book.LastSequence, book.VenueTimeNs, book.State.ToString(),
            book.Evidence.ToString(), [low, high], Texts(Side.Bid), Texts(Side.Ask), timeNs);

        string[][] Texts(Side side) => [.. levels.ToArray(side).Select(level => (string[])[levels.PriceOf(level), levels.QuantityOf(level)])];
    }

    private sealed record BookAnswer(
        string Venue, string Symbol, string Channel, long? Sequence, long EventTimeNs, string State, string Evidence, string?[] KnownRange,
        string[][] Bids, string[][] Asks, long AtNs);

    /// <summary>tests/oracle/follow.py at work.</summary>
    private sealed class Follower : IDisposable
    {
        private readonly Process _process;

        public Follower(string journal)
        {
            _process = PythonScript.Start("tests/oracle/follow.py", [journal, SyntheticJournal.Symbol, SyntheticJournal.BookChannel, "binance-spot"]);
            Assert.Equal("opened", _process.StandardOutput.ReadLine());
        }

        /// <summary>Whether it is the same, new records, segments, state of the last one.</summary>
        public string[] Look()
        {
            _process.StandardInput.WriteLine();
            _process.StandardInput.Flush();
            string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_process.StandardError.ReadToEnd());
            return answer.Split(' ');
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
