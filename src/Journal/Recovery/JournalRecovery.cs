using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Journal.Recovery;

/// <summary>
/// Brings a journal whose writer was killed into the form a clean close leaves. Runs by itself before appending. Checks the header of every
/// segment, and the records of the last one and of each that was never closed; the others are left to verification.
/// </summary>
public static class JournalRecovery
{
    /// <summary>Recovers a journal; changes nothing in one that was closed cleanly.</summary>
    /// <exception cref="JournalException">Another writer is at work, or records that had a checksum are not what was written.</exception>
    public static RecoveryReport Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new JournalException($"{folder}: no such folder. Name the folder of a journal.");
        }

        using WriterLock writerLock = WriterLock.Take(folder);
        return RunLocked(folder);
    }

    /// <summary>The same for a caller that holds the folder's lock.</summary>
    internal static RecoveryReport RunLocked(string folder)
    {
        List<JournalFinding> findings = [];
        foreach (string path in JournalFolder.TemporaryFiles(folder))
        {
            File.Delete(path);
            findings.Add(new JournalFinding(FindingKind.Repaired, -1, -1, -1, -1, $"{Path.GetFileName(path)}: a segment that was being built when its "
                + "writer was killed; removed."));
        }

        IReadOnlyList<int> numbers = UnwrittenSegment.Without(folder, out string? unwritten);
        JournalReader.ThrowIfHole(folder, numbers);
        if (unwritten is not null)
        {
            File.Delete(unwritten);
            findings.Add(new JournalFinding(FindingKind.Repaired, -1, -1, -1, -1, $"{Path.GetFileName(unwritten)}: a segment whose header never reached "
                + "the disk (a power cut just after it was put in place); removed."));
        }

        long? endIndex = null;
        for (int i = 0; i < numbers.Count; i++)
        {
            endIndex = SegmentRecovery.Run(folder, numbers[i], isLast: i == numbers.Count - 1, endIndex, findings);
        }

        return new RecoveryReport(findings, numbers.Count, numbers.Count == 0 ? 0 : numbers[^1] + 1, endIndex ?? 0);
    }
}
