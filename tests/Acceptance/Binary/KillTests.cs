using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>
/// <c>replay</c> is killed (SIGKILL) at random moments. What a follower in another process had seen committed by then is there for ever, the journal verifies,
/// and it can be continued.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 20261120;
    private const int Kills = 50;

    /// <summary>Fewer under the JIT, where each of the five processes a kill takes half a second to start.</summary>
    private const int KillsUnderJit = 15;
    private const int KillsOfOne = 12;

    /// <summary>One kill in five comes at a random time from the start of the process, before or while the first segment is made.</summary>
    private const int EarlyEvery = 5;
    private const int EarlyMsMax = 40;

    /// <summary>The others come when a random number of slots is committed: about 1.1 times the recording, over seven segments and more.</summary>
    private const int SlotsMax = 270_000;

    /// <summary>Small segments, of which many are seen to roll; one kill in five meets larger ones, of which another thread makes the next ready.</summary>
    private const string SegmentRecords = "8192";
    private const string SegmentRecordsPrepared = "262144";
    private const int PreparedEvery = 5;

    private const int WaitMsMax = 60_000;

    // Long enough that no kill comes too late: the recording is 240,000 slots.
    private const int Rounds = 4;

    [BinaryFact]
    public void What_a_follower_saw_survives_every_kill_and_the_journal_goes_on()
    {
        Random random = new(Seed);
        string[] recording = [.. Enumerable.Repeat(TestData.PathOf(Spot8), Rounds)];
        string expectedDigest = DigestOf(LobBinary.Run("replay", TestData.PathOf(Nkn), "--venue", "binance", "--json").Succeeded().Json());
        long slotsSeen = 0;
        int notes = 0;
        int withoutSegment = 0;
        int kills = LobBinary.IsNative ? Kills : KillsUnderJit;
        for (int kill = 0; kill < kills; kill++)
        {
            using TemporaryFolder folder = new();
            bool isEarly = kill % EarlyEvery == EarlyEvery - 1;
            int atMs = random.Next(EarlyMsMax);
            long atSlots = random.NextInt64(SlotsMax);
            string segmentRecords = kill % PreparedEvery == 0 ? SegmentRecordsPrepared : SegmentRecords;
            string[] arguments =
            [
                "replay", .. recording, "--venue", "binance", "--journal", folder.Journal,
                "--segment-records", segmentRecords, "--durability", "none", "--quiet",
            ];
            string what = $"kill {kill} of seed {Seed}, {(isEarly ? $"{atMs} ms after the start" : $"at {atSlots} slots")}";

            List<(long Count, uint Hash)> seen = isEarly
                ? KillAfter(arguments, atMs, what)
                : KillAt(arguments, folder.Journal, atSlots, what);
            notes += seen.Count;
            if (!JournalFolder.HasSegments(folder.Journal))
            {
                withoutSegment++;
                LobBinary.Run("verify", folder.Journal).FailedSaying(folder.Journal);
            }
            else
            {
                slotsSeen += AssertPrefixes(folder.Journal, seen, $"{what}, before recovery");
                LobBinary.Run("verify", folder.Journal).Succeeded();
            }

            JsonElement appended = LobBinary.Replay("binance", [TestData.PathOf(Nkn)], folder.Journal, "--append", "--json").Json();
            Assert.True(expectedDigest == DigestOf(appended), $"{what}: the appended book is another one");
            LobBinary.Run("verify", folder.Journal).Succeeded();
            LobBinary.Run("rerun", folder.Journal).Succeeded();
            AssertPrefixes(folder.Journal, seen, $"{what}, continued");
        }

        output.WriteLine($"{kills} kills, {withoutSegment} of them before the first segment");
        output.WriteLine($"{notes} prefixes of {slotsSeen} slots in all were noted and found again");
        Assert.InRange(withoutSegment, 0, kills / EarlyEvery);
    }

    [BinaryFact]
    public void A_journal_that_is_killed_again_and_again_keeps_everything()
    {
        Random random = new(Seed);
        using TemporaryFolder folder = new();
        List<(long Count, uint Hash)> seen = [];
        string[] arguments =
        [
            "replay", .. Enumerable.Repeat(TestData.PathOf(Spot8), Rounds), "--venue", "binance", "--journal", folder.Journal,
            "--segment-records", SegmentRecords, "--append", "--quiet",
        ];
        for (int kill = 0; kill < KillsOfOne; kill++)
        {
            // Every second kill comes early, while the journal is recovered and read to be continued.
            int atMs = random.Next(EarlyMsMax * 2);
            long atSlots = (seen.Count == 0 ? 0 : seen[^1].Count) + random.NextInt64(SlotsMax / KillsOfOne);
            string what = $"kill {kill} of one journal, seed {Seed}";
            if (kill % 2 == 1)
            {
                KillAfter(arguments, atMs, what);
            }
            else
            {
                seen.AddRange(KillAt(arguments, folder.Journal, atSlots, what));
            }

            AssertPrefixes(folder.Journal, seen, what);
            LobBinary.Run("verify", folder.Journal).Succeeded();
        }

        LobBinary.Replay("binance", [TestData.PathOf(Nkn)], folder.Journal, "--append");
        AssertPrefixes(folder.Journal, seen, "continued");
        LobBinary.Run("verify", folder.Journal).Succeeded();
        LobBinary.Run("rerun", folder.Journal).Succeeded();
        Assert.True(JournalFolder.SegmentNumbers(folder.Journal).Count > KillsOfOne / 2);
    }

    [BinaryFact]
    public void The_comparison_itself_can_fail()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance", [TestData.PathOf(Nkn)], folder.Journal);
        CommittedPrefix prefix;
        int slot;
        using (JournalReader reader = JournalReader.Open(folder.Journal))
        {
            prefix = new(reader);
            prefix.Advance();
            slot = reader.Segments[0].CommittedCount / 2;
        }

        Assert.Equal(prefix.Count, AssertPrefixes(folder.Journal, [prefix.Note], "unchanged"));
        string path = JournalFolder.SegmentPath(folder.Journal, 0);
        using FlippedByte flipped = new(path, new FileInfo(path).Length - ((JournalOptions.SegmentRecordsDefault - slot) * 64L), 1);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertPrefixes(folder.Journal, [prefix.Note], "changed"));
    }

    /// <summary>Kills after a time; nobody follows.</summary>
    private static List<(long Count, uint Hash)> KillAfter(string[] arguments, int ms, string what)
    {
        using Process process = LobBinary.Start(arguments);
        Thread.Sleep(ms);
        Kill(process, what);
        return [];
    }

    /// <summary>Follows, and kills when so many slots are committed.</summary>
    private static List<(long Count, uint Hash)> KillAt(string[] arguments, string journal, long slots, string what)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using Process process = LobBinary.Start(arguments);
        while (!JournalFolder.HasSegments(journal) && clock.ElapsedMilliseconds < WaitMsMax)
        {
            Thread.Sleep(1);
        }

        List<(long Count, uint Hash)> seen = [];
        using JournalReader reader = JournalReader.Open(journal);
        CommittedPrefix prefix = new(reader);
        while (prefix.Count <= slots && clock.ElapsedMilliseconds < WaitMsMax)
        {
            long before = prefix.Count;
            prefix.Advance();
            if (prefix.Count > before)
            {
                seen.Add(prefix.Note);
            }
        }

        Kill(process, what);
        prefix.Advance();
        seen.Add(prefix.Note);
        Assert.True(prefix.Count > slots, $"{what}: only {prefix.Count} slots came in {clock.ElapsedMilliseconds} ms");
        return seen;
    }

    private static void Kill(Process process, string what)
    {
        process.Kill();
        process.WaitForExit();
        Assert.True(process.ExitCode == 128 + 9, $"{what}: exit code {process.ExitCode}, it was at its end before");
    }

    /// <returns>Slots of the longest prefix.</returns>
    private static long AssertPrefixes(string journal, List<(long Count, uint Hash)> seen, string when)
    {
        if (seen.Count == 0)
        {
            return 0;
        }

        using JournalReader reader = JournalReader.Open(journal);
        CommittedPrefix prefix = new(reader);
        foreach ((long count, uint hash) in seen)
        {
            prefix.Advance(count);
            Assert.True(prefix.Note == (count, hash), $"{when}: {prefix.Count} slots with hash {prefix.Hash:X8}; the follower saw {count} with {hash:X8}");
        }

        return seen[^1].Count;
    }

    private static string DigestOf(JsonElement replay) =>
        replay.GetProperty("instruments").EnumerateArray()
            .Single(static book => book.GetProperty("symbol").GetString() == "NKNUSDT")
            .GetProperty("digest").GetString()!;
}
