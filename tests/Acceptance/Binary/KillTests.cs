using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Reading;
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

    /// <summary>One kill in five comes at a random time from the start of the process, before or while the first segment is made.</summary>
    private const int EarlyKills = 10;
    private const int EarlyMsMax = 40;

    /// <summary>The others come when a random number of slots is committed: about 1.1 times the recording, over seven segments and more.</summary>
    private const int SlotsMax = 270_000;

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
        for (int kill = 0; kill < Kills; kill++)
        {
            using TemporaryFolder folder = new();
            bool isEarly = kill < EarlyKills;
            int atMs = random.Next(EarlyMsMax);
            long atSlots = random.NextInt64(SlotsMax);
            string what = $"kill {kill} of seed {Seed}, {(isEarly ? $"{atMs} ms after the start" : $"at {atSlots} slots")}";

            List<(long Count, uint Hash)> seen = isEarly
                ? KillAfter(recording, folder.Journal, atMs, what)
                : KillAt(recording, folder.Journal, atSlots, what);
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
                LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--json");
            }

            JsonElement appended = LobBinary.Replay("binance", [TestData.PathOf(Nkn)], folder.Journal, "--append", "--json").Json();
            Assert.True(expectedDigest == DigestOf(appended), $"{what}: the appended book is another one");
            LobBinary.Run("verify", folder.Journal).Succeeded();
            LobBinary.Run("rerun", folder.Journal).Succeeded();
            AssertPrefixes(folder.Journal, seen, $"{what}, continued");
        }

        output.WriteLine($"{Kills} kills, {withoutSegment} of them before the first segment; {notes} prefixes of up to {slotsSeen} slots in all were noted and found again");
        Assert.InRange(withoutSegment, 0, EarlyKills);
    }

    /// <summary>Kills after a time; nobody follows.</summary>
    private static List<(long Count, uint Hash)> KillAfter(string[] recording, string journal, int ms, string what)
    {
        using Process process = Start(recording, journal);
        Thread.Sleep(ms);
        Kill(process, what);
        return [];
    }

    /// <summary>Follows, and kills when so many slots are committed.</summary>
    private static List<(long Count, uint Hash)> KillAt(string[] recording, string journal, long slots, string what)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using Process process = Start(recording, journal);
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

    private static Process Start(string[] recording, string journal) =>
        LobBinary.Start(["replay", .. recording, "--venue", "binance", "--journal", journal, "--segment-records", "8192", "--durability", "none", "--quiet"]);

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
        replay.GetProperty("instruments").EnumerateArray().Single(static book => book.GetProperty("symbol").GetString() == "NKNUSDT").GetProperty("digest").GetString()!;
}
