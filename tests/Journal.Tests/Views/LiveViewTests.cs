using System.Diagnostics;
using System.IO.Compression;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Views;
using Lob.Fast.Journal.Views.Live;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Files written beside a growing journal are those of its conversion, whatever happens on the way.</summary>
public sealed class LiveViewTests
{
    private const string Swap = "BTC-USDT-SWAP";
    private const string Hour = "raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/22.jsonl";

    public static TheoryData<ViewFormat, string> Cases
    {
        get
        {
            var cases = new TheoryData<ViewFormat, string>();
            foreach (ViewFormat format in (ViewFormat[])[ViewFormat.Jsonl, ViewFormat.Ndjson, ViewFormat.Csv])
            {
                foreach (string every in (string[])["2s", "100ms", "message"])
                {
                    cases.Add(format, every);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_over_a_growing_journal_give_the_files_of_its_conversion(ViewFormat format, string every)
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, format, every);
        live.Look();
        using (GrowingJournal journal = new(folder.Journal, RecordedJournal.Spot, Journals.Small))
        {
            var random = new Random(7);
            while (journal.Add(random.Next(1, 200)))
            {
                live.Look();
                Assert.Equal(0, live.Export.LagNs);
            }
        }

        live.Close();
        live.AssertConverted($"{format} {every}");
    }

    /// <summary>Killed anywhere, with half a line at the end, while the journal goes on in sessions of its own.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_that_was_killed_goes_on_behind_its_last_whole_line(ViewFormat format, string every)
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, format, every);
        var random = new Random(11);
        using (GrowingJournal journal = new(folder.Journal, RecordedJournal.Spot, Journals.Small))
        {
            while (journal.Add(random.Next(1, 200)))
            {
                live.Look();
                switch (random.Next(4))
                {
                    case 0:
                        live.Kill();
                        Tear(live, format, random);
                        break;
                    case 1:
                        journal.Close();
                        live.Kill();
                        break;
                    default:
                        break;
                }
            }
        }

        live.Close();
        live.AssertConverted($"{format} {every}");
    }

    /// <summary>The rows of an input wait until nothing more can be derived from it.</summary>
    [Theory]
    [InlineData(ViewFormat.Jsonl)]
    [InlineData(ViewFormat.Csv)]
    public void A_look_between_an_input_and_what_is_derived_from_it_writes_no_row_too_many(ViewFormat format)
    {
        using TemporaryFolder folder = new();
        using (OkxFeed feed = new(folder.Of("source"), RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Update(Swap, 1100, 100, 105, "9:5", "");
            feed.Update(Swap, 1200, 106, 108, "8:5", "");
            feed.Update(Swap, 1300, 108, 109, "7:5", "");
            feed.Snapshot(Swap, 1400, 200, "20:1", "21:1");
            feed.Update(Swap, 1500, 200, 201, "19:1", "", 12345);
        }

        using LiveSteps live = new(folder, format, "message");
        using (JournalReader source = JournalReader.Open(folder.Of("source")))
        using (JournalCursor cursor = source.Read())
        {
            CopiedState state = new();
            Assert.True(cursor.MoveNext() && cursor.IsCheckpoint);
            state.Checkpoint = cursor.Message.ToArray();
            using JournalWriter writer = JournalWriter.Create(folder.Journal, state, RecordedJournal.OneSegment);
            while (cursor.MoveNext())
            {
                writer.Reserve(cursor.Message.Length, state);
                writer.Append(cursor.Message);
                writer.Commit();
                live.Look();
            }
        }

        live.Close();
        live.AssertConverted($"{format}");
        string rows = live.Written()[format == ViewFormat.Jsonl ? Hour : "okx/BTC-USDT-SWAP/books.csv"];

        // Three books and two gaps, which only jsonl has rows for; csv has a head.
        Assert.Equal(format == ViewFormat.Jsonl ? 5 : 4, rows.AsSpan().Count('\n'));
    }

    [Fact]
    public void Files_of_a_conversion_are_continued()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Jsonl, "100ms");
        using (GrowingJournal journal = new(folder.Journal, RecordedJournal.Spot, Journals.Small))
        {
            Assert.True(journal.Add(500));
            journal.Close();
            ViewConversion.Run(live.Request(live.Output));
            live.Look();
            Assert.Equal(0, live.Export.Rows);
            Assert.True(journal.Add(500));
        }

        live.Close();
        live.AssertConverted("continued");
    }

    [Fact]
    public void A_stream_that_appears_later_is_taken_in_and_the_first_stays_where_it_began()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Jsonl, "message");
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Snapshot("ETH-USDT-SWAP", 1100, 100, "10:1", "11:1");
            live.Look();
            feed.Line(
                "{\"arg\":{\"channel\":\"books-l2-tbt\",\"instId\":\"BTC-USDT-SWAP\"},\"action\":\"snapshot\",\"data\":[{\"asks\":[[\"11\",\"1\",\"0\",\"1\"]],"
                    + "\"bids\":[[\"10\",\"1\",\"0\",\"1\"]],\"ts\":\"1700000001000\",\"checksum\":0,\"prevSeqId\":-1,\"seqId\":100}]}",
                1200);
            live.Kill();
            live.Look();
            feed.Update(Swap, 3_600_000, 100, 101, "10:2", "");
            feed.Update(Swap, 3_600_100, 101, 102, "10:3", "");
            live.Look();
        }

        live.Close();
        Assert.Equal(
            [
                "meta/okx/instruments/BTC-USDT-SWAP.json", "meta/okx/instruments/ETH-USDT-SWAP.json", Hour, Hour + ".meta.json",
                "raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/23.jsonl", "raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/23.jsonl.meta.json",
                "raw/okx/l2_perps/BTC-USDT-SWAP/books-l2-tbt/2023-11-14/22.jsonl", "raw/okx/l2_perps/BTC-USDT-SWAP/books-l2-tbt/2023-11-14/22.jsonl.meta.json",
                "raw/okx/l2_perps/ETH-USDT-SWAP/2023-11-14/22.jsonl", "raw/okx/l2_perps/ETH-USDT-SWAP/2023-11-14/22.jsonl.meta.json",
            ],
            live.Written().Keys);
        Assert.Contains(live.Log, static line => line.Contains("books-l2-tbt", StringComparison.Ordinal));
    }

    [Fact]
    public void The_exporters_log_line_is_written_for_each_row_that_is_new()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Jsonl, "2s");
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1 12:1");
            live.Look();
            feed.Update(Swap, 2500, 100, 105, "9:5", "");
            feed.Update(Swap, 2600, 106, 108, "8:5", "");
            live.Look();
            Assert.Equal(["[BTC-USDT-SWAP] Snapshot written: bids=1, asks=2, gap=false", "[BTC-USDT-SWAP] Snapshot written: bids=2, asks=2, gap=true"], live.Log);
            Assert.Equal((2, 1, 1), (live.Export.Rows, live.Export.Gaps, live.Export.Files));
            live.Kill();
            live.Look();
        }

        Assert.Equal(2, live.Log.Count);
        Assert.Equal(0, live.Export.Rows);
    }

    /// <summary>Retention compresses an hour that is over, while nothing runs.</summary>
    [Fact]
    public void Rows_that_were_compressed_are_not_repeated()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Jsonl, "message");
        string file = Path.Combine(live.Output, Hour);
        string before;
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Update(Swap, 1100, 100, 101, "9:5", "");
            feed.Update(Swap, 1200, 101, 102, "8:5", "");
            live.Look();
            live.Kill();
            before = File.ReadAllText(file);
            using (GZipStream compressed = new(File.Create(file + ".gz"), CompressionMode.Compress))
            {
                compressed.Write(File.ReadAllBytes(file));
            }

            File.Delete(file);
            live.Look();
            Assert.False(File.Exists(file));
            feed.Update(Swap, 1300, 102, 103, "7:5", "");
        }

        live.Close();
        string[] lines = [.. before.Split('\n', StringSplitOptions.RemoveEmptyEntries), .. File.ReadAllLines(file)];
        Assert.Equal(["100", "101", "102", "103"], lines.Select(static line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("seqId").GetRawText()));
    }

    [Fact]
    public void Segments_that_were_deleted_meanwhile_leave_a_hole_that_is_told()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Ndjson, "100ms");
        using GrowingJournal journal = new(folder.Journal, RecordedJournal.Spot, Journals.Small);
        Assert.True(journal.Add(300));
        live.Look();
        live.Kill();
        _ = journal.Add(int.MaxValue);
        string[] segments = [.. Directory.GetFiles(folder.Journal, "*.lobj").Order(StringComparer.Ordinal)];
        Assert.True(segments.Length > 4);
        Array.ForEach(segments[..^2], File.Delete);

        live.Look();
        live.Kill();
        live.Look();
        journal.Close();
        live.Close();

        Assert.Contains(live.Log, static line => line.Contains("were deleted", StringComparison.Ordinal));
        string[] lines = live.Written()["binance-spot/BTCUSDT/depth@100ms.ndjson"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, lines.Distinct().Count());
    }

    /// <summary>A power cut may cost a journal its last records, and spare the rows that were made of them.</summary>
    [Fact]
    public void Rows_that_the_journal_has_lost_stay_and_others_go_on_behind_them()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Ndjson, "message");
        string file = Path.Combine(live.Output, "okx/BTC-USDT-SWAP/books.ndjson");
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Update(Swap, 1100, 100, 101, "9:5", "");
        }

        live.Look();
        live.Kill();
        const string lost = "{\"lost\":1}\n";
        File.AppendAllText(file, lost);
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Update(Swap, 1300, 101, 102, "8:5", "");
            for (int i = 0; i < 3; i++)
            {
                live.Look();
                live.Kill();
                feed.Update(Swap, 1400 + i, 102 + i, 103 + i, "8:6", "");
            }
        }

        live.Close();
        string[] sequences = [.. File.ReadLines(file).Select(static line => line.Contains("lost", StringComparison.Ordinal) ? "lost" : line[(line.IndexOf("\"u\":", StringComparison.Ordinal) + 4)..(line.IndexOf("\"u\":", StringComparison.Ordinal) + 7)])];
        Assert.Equal(["100", "101", "lost", "102", "103", "104", "105"], sequences);
        Assert.Single(live.Log);
    }

    [Fact]
    public void Other_options_another_journal_and_a_second_writer_are_refused()
    {
        using TemporaryFolder folder = new();
        using LiveSteps live = new(folder, ViewFormat.Csv, "2s");
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Update(Swap, 3000, 100, 101, "10:2", "");
        }

        live.Look();
        Refused(folder, "2s", 3, "another collector");
        JournalException conversion = Assert.Throws<JournalException>(() => ViewConversion.Run(live.Request(live.Output) with { Force = true }));
        Assert.Contains("a collector writes csv", conversion.Message, StringComparison.Ordinal);
        live.Close();

        Refused(folder, "4s", 3, "every 2s");
        Refused(folder, "2s", 4, "3 levels");

        string csv = Path.Combine(live.Output, "okx/BTC-USDT-SWAP/books.csv");
        string written = File.ReadAllText(csv);
        File.WriteAllText(csv, written.Replace("Live", "Dead", StringComparison.Ordinal));
        Refused(folder, "2s", 3, "holds other rows");
        File.WriteAllText(csv, written);

        string state = Path.Combine(live.Output, LiveFolder.Name, "csv.json");
        string kept = File.ReadAllText(state);
        Assert.Contains("\"first_index\":0,", kept, StringComparison.Ordinal);
        File.WriteAllText(state, kept.Replace("\"first_index\":0,", "\"first_index\":8,", StringComparison.Ordinal));
        Refused(folder, "2s", 3, "another journal");
        File.WriteAllText(state, "{");
        Refused(folder, "2s", 3, "not the state of a live view");
        Assert.Equal(written, File.ReadAllText(csv));

        static void Refused(TemporaryFolder folder, string every, int levels, string why)
        {
            using LiveSteps other = new(folder, ViewFormat.Csv, every) { Levels = levels };
            JournalException error = Assert.Throws<JournalException>(other.Look);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arrays_are_refused_and_told_how_to_have_them()
    {
        JournalException error = Assert.Throws<JournalException>(
            static () => new LiveViews(new ViewRequest { JournalFolder = "j", OutFolder = "o", Format = ViewFormat.Npy }, static _ => { }));
        Assert.Contains("lob convert", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The thread itself, beside a writer that does not wait for it.</summary>
    [Fact]
    public void A_thread_writes_beside_the_journals_writer()
    {
        using TemporaryFolder folder = new();
        using LiveSteps steps = new(folder, ViewFormat.Jsonl, "message");
        using (LiveViews live = new(steps.Request(steps.Output), static _ => { }))
        using (LiveViews lines = new(steps.Request(steps.Output) with { Format = ViewFormat.Ndjson }, static _ => { }))
        {
            live.Start();
            lines.Start();
            using (GrowingJournal journal = new(folder.Journal, RecordedJournal.Spot, Journals.Small))
            {
                Assert.True(journal.Add(1000));
                Await(() => live.Status is { Rows: > 0, LagNs: 0 } && lines.Status.Rows > 0);
                while (journal.Add(100))
                {
                }
            }

            live.Stop();
            lines.Stop();
            Assert.Null(live.Status.Failure);
            Assert.Null(lines.Status.Failure);
            Assert.Equal(live.Status.Rows, lines.Status.Rows + live.Status.Gaps);
        }

        using TemporaryFolder converted = new();
        ViewConversion.Run(steps.Request(converted.Root));
        ViewConversion.Run(steps.Request(converted.Root) with { Format = ViewFormat.Ndjson });
        ViewSame.Assert(RecordedJournal.Files(converted.Root), steps.Written(), "the thread");
    }

    [Fact]
    public void A_full_disk_ends_the_view_with_one_line_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Of("live"), "okx/BTC-USDT-SWAP/books.ndjson");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.CreateSymbolicLink(file, "/dev/full");
        AssertFails(folder, "books.ndjson");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_ends_the_view_with_one_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Of("live"), "a file");
        AssertFails(folder, folder.Of("live"));
    }

    private static void AssertFails(TemporaryFolder folder, string what)
    {
        using LiveSteps steps = new(folder, ViewFormat.Ndjson, "message");
        List<string> log = [];
        using LiveViews live = new(steps.Request(steps.Output), log.Add);
        live.Start();
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Update(Swap, 1100, 100, 101, "9:5", "");
            Await(() => live.Status.Failure != null);
            feed.Update(Swap, 1200, 101, 102, "8:5", "");
        }

        live.Stop();
        Assert.Contains(what, live.Status.Failure, StringComparison.Ordinal);
        Assert.Equal(live.Status.Failure, Assert.Single(log));
    }

    private static void Await(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "waited for a minute");
            Thread.Yield();
        }
    }

    /// <summary>What a kill leaves of what was written since the last border: only a part, and half a line at its end.</summary>
    private static void Tear(LiveSteps live, ViewFormat format, Random random)
    {
        LiveState? state = LiveStateText.Load(Path.Combine(live.Output, LiveFolder.Name, format.ToName() + ".json"));
        foreach (string path in live.Written().Keys.Where(path => path.EndsWith("." + format.ToName(), StringComparison.Ordinal)))
        {
            long settled = state!.Files.FirstOrDefault(file => file.Key.ToString() == path).Value.Bytes;
            using FileStream file = File.OpenWrite(Path.Combine(live.Output, path));
            file.SetLength(random.NextInt64(settled, file.Length + 1));
        }
    }
}
