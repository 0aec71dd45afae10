using System.Diagnostics;
using System.Globalization;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Verification;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>
/// A disk that is full, may not be written to, or belongs to another writer ends a replay with one clear line and exit code 1, never with a signal; what was
/// committed by then is a sound journal.
/// </summary>
public sealed class DiskTests
{
    private const int WaitMsMax = 60_000;
    private const int Rounds = 12;
    private const string SmallSegments = "8192";

    [BinaryTheory(Needs.Mount)]
    [InlineData("none", "8192", 5)]
    [InlineData("interval", "8192", 5)]
    [InlineData("segment", "8192", 5)]
    [InlineData("none", "262144", 2)]
    public void A_full_disk(string durability, string segmentRecords, int segmentsMin)
    {
        using SmallDisk disk = new(40);
        LobResult result = ReplayLong(disk.Journal, segmentRecords, "--durability", durability, "--free-disk-floor", "0");

        result.FailedSaying("lob replay:", disk.Journal, "full", "The journal is closed up to record");
        AssertSound(disk.Journal, segmentsMin);
        Assert.Empty(Directory.GetFiles(disk.Journal, "*.tmp"));
    }

    [BinaryFact(Needs.Mount)]
    public void A_disk_too_small_for_one_segment()
    {
        using SmallDisk disk = new(16);

        Replay(disk.Journal, "--free-disk-floor", "0").FailedSaying("lob replay:", disk.Journal, "full");

        Assert.Empty(Directory.GetFiles(disk.Journal, "*.lobj*"));
    }

    [BinaryFact(Needs.Mount)]
    public void A_disk_that_something_else_fills()
    {
        using SmallDisk disk = new(40);
        File.WriteAllBytes(Path.Combine(disk.Root, "others"), new byte[30 << 20]);
        ReplayLong(disk.Journal, SmallSegments, "--free-disk-floor", "0").FailedSaying("lob replay:", "full");
        AssertSound(disk.Journal, segmentsMin: 2);

        // Room again: the journal goes on where it ended.
        File.Delete(Path.Combine(disk.Root, "others"));
        Replay(disk.Journal, "--free-disk-floor", "0", "--append", "--segment-records", "8192").Succeeded();
        AssertSound(disk.Journal, segmentsMin: 3);
    }

    [BinaryFact(Needs.Mount)]
    public void The_free_disk_floor_refuses_to_start_below_it()
    {
        using SmallDisk disk = new(80);

        // 256 MiB by default.
        Replay(disk.Journal).FailedSaying("lob replay:", disk.Journal, "268,435,456", "floor");

        Assert.Empty(Directory.GetFiles(disk.Journal, "*.lobj*"));
    }

    [BinaryFact(Needs.Mount)]
    public void The_free_disk_floor_stops_before_the_disk_is_full()
    {
        using SmallDisk disk = new(60);

        ReplayLong(disk.Journal, SmallSegments, "--free-disk-floor", "30")
            .FailedSaying("lob replay:", disk.Journal, "floor", "The journal is closed up to record");

        AssertSound(disk.Journal, segmentsMin: 5);
        Assert.True(new DriveInfo(disk.Root).AvailableFreeSpace >= 30 << 20);
    }

    [BinaryFact(Needs.Mount)]
    public void A_full_disk_that_has_no_room_for_the_quarantine()
    {
        // One segment of 8,192 records takes 520 KiB; the broken line does not fit into the rest.
        using SmallDisk disk = new(1);
        using TemporaryFolder folder = new();
        BrokenRecording broken = BrokenRecording.Make(folder, BrokenLine.TruncatedAndLong);

        LobBinary.Run("replay", broken.Path, "--venue", "binance", "--journal", disk.Journal, "--free-disk-floor", "0", "--segment-records", "8192", "--quiet")
            .FailedSaying("lob replay:", "quarantine.log", "space");

        AssertSound(disk.Journal, segmentsMin: 1);
    }

    [BinaryFact(Needs.Mount)]
    public void A_read_only_disk()
    {
        using SmallDisk disk = new(80);
        Replay(disk.Journal, "--free-disk-floor", "0", "--segment-records", "8192").Succeeded();
        disk.MakeReadOnly();

        Replay(Path.Combine(disk.Root, "new")).FailedSaying("lob replay:", Path.Combine(disk.Root, "new"), "ead-only");
        Replay(disk.Journal, "--append").FailedSaying("lob replay:", disk.Journal, "ead-only");

        // Reading needs nothing.
        AssertSound(disk.Journal, segmentsMin: 1);
        LobBinary.Run("book", disk.Journal, "--symbol", "NKNUSDT").Succeeded();
        LobBinary.Run("inspect", disk.Journal).Succeeded();
    }

    [BinaryFact]
    public void A_second_writer_is_refused_and_disturbs_nothing()
    {
        using TemporaryFolder folder = new();
        using Process first = LobBinary.Start(LongArguments(folder.Journal, SmallSegments));
        WaitForSegments(folder.Journal, 1, first);

        // Held where it is, so that it cannot be at its end before the others have tried.
        Signal("STOP", first);
        Replay(folder.Journal).FailedSaying("lob replay:", folder.Journal, "--append");
        Replay(folder.Journal, "--append").FailedSaying("lob replay:", folder.Journal, "another writer");

        Signal("CONT", first);
        LobBinary.Run("verify", folder.Journal).Succeeded();
        first.Kill();
        first.WaitForExit();
        Assert.Equal(137, first.ExitCode);
        Replay(folder.Journal, "--append").Succeeded();
        LobBinary.Run("verify", folder.Journal).Succeeded();
    }

    private static void Signal(string name, Process process)
    {
        Assert.False(process.HasExited, "the first writer was at its end too early");
        using Process kill = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static LobResult Replay(string journal, params string[] more) =>
        LobBinary.Run(["replay", TestData.PathOf(Nkn), "--venue", "binance", "--journal", journal, "--quiet", .. more]);

    private static LobResult ReplayLong(string journal, string segmentRecords, params string[] more) =>
        LobBinary.Run(LongArguments(journal, segmentRecords, more));

    /// <summary>About 180 MB of journal.</summary>
    private static string[] LongArguments(string journal, string segmentRecords, params string[] more) =>
    [
        "replay", .. Enumerable.Repeat(TestData.PathOf(Spot8), Rounds), "--venue", "binance", "--journal", journal,
        "--segment-records", segmentRecords, "--quiet", .. more,
    ];

    private static void WaitForSegments(string journal, int count, Process writer)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!Directory.Exists(journal) || JournalFolder.SegmentNumbers(journal).Count < count)
        {
            Assert.False(writer.HasExited, "the writer is at its end");
            Assert.True(clock.ElapsedMilliseconds < WaitMsMax, "no segment");
            Thread.Sleep(1);
        }
    }

    private static void AssertSound(string journal, int segmentsMin)
    {
        LobBinary.Run("verify", journal).Succeeded();
        VerifyReport report = JournalVerifier.Run(journal);
        Assert.True(report.Segments >= segmentsMin, $"{report.Segments} segments");
        Assert.Empty(report.Findings);
        Assert.Equal(report.Records, report.RecordsWithChecksum);
        LobBinary.Run("rerun", journal).Succeeded();
    }
}
