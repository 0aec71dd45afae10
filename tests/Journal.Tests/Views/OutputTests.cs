using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Views;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Files appear whole or not at all, and what is there stays.</summary>
public sealed class OutputTests : IClassFixture<OutputTests.OneJournal>
{
    private readonly OneJournal _journal;

    public OutputTests(OneJournal journal) => _journal = journal;

    [Fact]
    public void A_second_run_finds_the_same_files_and_leaves_them()
    {
        using TemporaryFolder output = new();
        ViewReport first = Convert(output);
        SortedDictionary<string, string> before = RecordedJournal.Files(output.Root);

        ViewReport second = Convert(output);

        Assert.Equal(3, first.Written);
        Assert.Equal((0, 3), (second.Written, second.Unchanged));
        ViewSame.Assert(before, RecordedJournal.Files(output.Root), "the second run");
        Assert.Equal(
            [
                "binance-spot/NKNUSDT/depth@100ms.csv", "binance-spot/NKNUSDT/depth@100ms.csv.meta.json", "meta/binance-spot/instruments/NKNUSDT.json",
            ],
            before.Keys);
    }

    [Fact]
    public void Other_rows_do_not_replace_a_file_unless_told_to()
    {
        using TemporaryFolder output = new();
        Convert(output);
        SortedDictionary<string, string> before = RecordedJournal.Files(output.Root);

        JournalException error = Assert.Throws<JournalException>(() => Convert(output, levels: 3));

        Assert.Contains("depth@100ms.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        ViewSame.Assert(before, RecordedJournal.Files(output.Root), "a refused run");

        ViewReport forced = Convert(output, levels: 3, force: true);
        Assert.Equal((2, 1), (forced.Written, forced.Unchanged));
        Assert.NotEqual(before["binance-spot/NKNUSDT/depth@100ms.csv"], RecordedJournal.Files(output.Root)["binance-spot/NKNUSDT/depth@100ms.csv"]);
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_and_nothing_else()
    {
        using TemporaryFolder output = new();
        Directory.CreateDirectory(output.Of("binance-spot"));
        string partial = output.Of("binance-spot/.depth.csv.lob-partial");
        string foreign = output.Of("binance-spot/.own.lob-partial");
        File.WriteAllText(partial, "half");
        File.WriteAllText(foreign, "not of a conversion");
        Directory.CreateDirectory(output.Of(".lob-convert"));
        File.WriteAllText(output.Of(".lob-convert/00000001-000000"), "spilled");
        File.WriteAllLines(output.Of(".lob-convert/partial-files"), [partial, "/nowhere/else/.x.lob-partial"]);

        Convert(output);

        Assert.False(File.Exists(partial));
        Assert.True(File.Exists(foreign));
        Assert.False(Directory.Exists(output.Of(".lob-convert")));
        Assert.True(File.Exists(output.Of("binance-spot/NKNUSDT/depth@100ms.csv")));
    }

    [Fact]
    public void Two_conversions_into_one_folder_do_not_run_at_once()
    {
        using TemporaryFolder output = new();
        Directory.CreateDirectory(output.Of(".lob-convert"));
        using (new FileStream(output.Of(".lob-convert/lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            JournalException error = Assert.Throws<JournalException>(() => Convert(output));
            Assert.Contains("another conversion", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, Convert(output).Written);
    }

    [Fact]
    public void A_damaged_journal_leaves_no_file()
    {
        using TemporaryFolder journal = new();
        using TemporaryFolder output = new();
        RecordedJournal.Write(journal.Journal, RecordedJournal.Spot, Journals.Small);
        string segment = Directory.GetFiles(journal.Journal, "*.lobj").Order(StringComparer.Ordinal).ElementAt(3);
        using (FileStream file = File.OpenWrite(segment))
        {
            // The magic of its header.
            file.Write(new byte[16]);
        }

        Assert.Throws<JournalException>(() => Convert(output, journal: journal.Journal));

        Assert.Empty(RecordedJournal.Files(output.Root));
    }

    [Fact]
    public void A_symbol_that_is_not_there_is_answered_with_those_that_are()
    {
        using TemporaryFolder output = new();
        JournalException error = Assert.Throws<JournalException>(() => Convert(output, symbol: "BTCUSDT"));

        Assert.Contains("BTCUSDT: no such book stream", error.Message, StringComparison.Ordinal);
        Assert.Contains("binance-spot NKNUSDT depth@100ms", error.Message, StringComparison.Ordinal);
        Assert.Empty(RecordedJournal.Files(output.Root));
    }

    [Fact]
    public void A_symbol_is_found_in_small_letters_too()
    {
        using TemporaryFolder output = new();
        Assert.Equal(3, Convert(output, symbol: "nknusdt").Written);
    }

    [Fact]
    public void A_range_behind_the_end_has_no_rows()
    {
        using TemporaryFolder output = new();
        ViewReport report = ViewConversion.Run(new ViewRequest
        {
            JournalFolder = _journal.Folder,
            OutFolder = output.Root,
            Format = ViewFormat.Csv,
            FromNs = 1_900_000_000_000_000_000,
        });

        Assert.Equal(0, report.Rows);
        Assert.Equal(["meta/binance-spot/instruments/NKNUSDT.json"], RecordedJournal.Files(output.Root).Keys);
    }

    private ViewReport Convert(TemporaryFolder output, int? levels = null, bool force = false, string? symbol = null, string? journal = null) =>
        ViewConversion.Run(new ViewRequest
        {
            JournalFolder = journal ?? _journal.Folder,
            OutFolder = output.Root,
            Format = ViewFormat.Csv,
            Levels = levels,
            Force = force,
            Symbol = symbol,
            Venue = Venue.BinanceSpot,
        });

    /// <summary>A small recording.</summary>
    public sealed class OneJournal : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public OneJournal() => RecordedJournal.Write(Folder, RecordedJournal.Nkn, Journals.Small);

        public string Folder => _folder.Journal;

        public void Dispose() => _folder.Dispose();
    }
}
