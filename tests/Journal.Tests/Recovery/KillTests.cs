using System.Diagnostics;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Recovery;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Recovery;

public sealed class KillTests
{
    private const int Kills = 6;

    [Fact]
    public void A_killed_writer_loses_nothing_that_a_follower_in_another_process_has_seen()
    {
        using TemporaryFolder folder = new();
        Random random = new(20261120);
        List<PrefixHash> seen = [];
        for (int session = 0; session < Kills; session++)
        {
            int lifeMs = random.Next(2, 120);
            using (Process child = Child.Start("append", folder.Journal, session.ToString()))
            {
                Assert.Equal("appending", child.StandardOutput.ReadLine());
                Follow(folder.Journal, seen, lifeMs);
                child.Kill();
                child.WaitForExit();
            }

            AssertPrefixes(folder.Journal, seen, $"session {session}, killed after {lifeMs} ms, before recovery");
            RecoveryReport recovery = JournalRecovery.Run(folder.Journal);
            Assert.NotEmpty(recovery.Findings);
            Assert.DoesNotContain(recovery.Findings, finding => finding.Kind == FindingKind.Damage);
            AssertPrefixes(folder.Journal, seen, $"session {session}, after recovery");
            VerifyReport report = JournalVerifier.Run(folder.Journal);
            Assert.True(report.IsSound, report.FirstDamage?.ToString());
            Assert.Equal(report.Records, report.RecordsWithChecksum);
        }

        Assert.True(seen[^1].Count > 1000, "the writer was killed before it wrote anything");
    }

    private static void Follow(string folder, List<PrefixHash> seen, int lifeMs)
    {
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        PrefixHash prefix = default;
        Stopwatch clock = Stopwatch.StartNew();
        do
        {
            while (cursor.MoveNext() && clock.ElapsedMilliseconds < lifeMs)
            {
                prefix.Add(cursor.Message);
                if (prefix.Count % 97 == 0)
                {
                    seen.Add(prefix);
                }
            }
        }
        while (clock.ElapsedMilliseconds < lifeMs);

        seen.Add(prefix);
        seen.Sort((left, right) => left.Count.CompareTo(right.Count));
    }

    private static void AssertPrefixes(string folder, List<PrefixHash> seen, string when)
    {
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        PrefixHash prefix = default;
        foreach (PrefixHash noted in seen)
        {
            while (prefix.Count < noted.Count && cursor.MoveNext())
            {
                prefix.Add(cursor.Message);
            }

            Assert.True(prefix.Equals(noted), $"{when}: after {noted.Count} records the hash is {prefix.Hash:X8} at {prefix.Count}, the follower saw {noted.Hash:X8}");
        }
    }
}
