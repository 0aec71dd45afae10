using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Recovery;

namespace Lob.Fast.Journal.Verification;

/// <summary>
/// Reads every byte of a journal that means something and says what cannot be: headers, block tables, checksums, the form of the records, and
/// that the segments follow each other. Works while a writer is at work: up to the last checksum everything, behind it the form.
/// Does not judge what the records say: whether seals and other derived records are right is found by deriving them again.
/// </summary>
public static class JournalVerifier
{
    /// <summary>Enough to see the extent of a damage; more would only bury the first.</summary>
    public const int FindingsMax = 100;

    /// <summary>Verifies a journal.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="progress">Told now and then, by the calling thread: slots read so far and slots in all segments.</param>
    /// <exception cref="JournalException">The folder holds no journal at all.</exception>
    public static VerifyReport Run(string folder, Action<long, long>? progress = null)
    {
        string? unwritten = null;
        if (!Directory.Exists(folder) || UnwrittenSegment.WithoutUnlessAlone(folder, out unwritten) is not { Count: > 0 } numbers)
        {
            throw new JournalException($"{folder}: expected segments NNNNNNNN{JournalFolder.SegmentExtension}, found none. Name the folder of a journal.");
        }

        List<JournalFinding> findings = [];
        VerifyReport report = new(findings);
        foreach (string path in JournalFolder.TemporaryFiles(folder))
        {
            findings.Add(new JournalFinding(FindingKind.Note, -1, -1, -1, -1, $"{Path.GetFileName(path)}: a segment that is being built, or was when "
                + "its writer was killed; nobody reads it."));
        }

        if (unwritten is not null)
        {
            findings.Add(new JournalFinding(FindingKind.Note, -1, -1, -1, -1, $"{Path.GetFileName(unwritten)}: a segment whose header never reached the "
                + "disk (a power cut just after it was put in place); nobody reads it, recovery removes it."));
        }

        long total = Total(folder, numbers);
        int caller = Environment.CurrentManagedThreadId;
        long done = 0;
        int damaged = 0;
        void Count(int records)
        {
            long all = Interlocked.Add(ref done, records);
            if (Environment.CurrentManagedThreadId == caller)
            {
                progress?.Invoke(all, total);
            }
        }

        // Each segment stands alone but for its place and its times, which are compared when the one before is known.
        var segments = new VerifiedSegment?[numbers.Count];
        SegmentThreads.ForEach(numbers.Count, i =>
        {
            if (Volatile.Read(ref damaged) < FindingsMax)
            {
                VerifiedSegment segment = Verify(folder, numbers, i, long.MinValue, Count);
                segments[i] = segment;
                Interlocked.Add(ref damaged, segment.Report.Findings.Count(static finding => finding.Kind == FindingKind.Damage));
            }
        });

        long latestNs = long.MinValue;
        for (int i = 0; i < numbers.Count && findings.Count < FindingsMax; i++)
        {
            // One may have been left out for the damage of others behind it.
            VerifiedSegment segment = segments[i] ?? Verify(folder, numbers, i, latestNs, Count);
            if (segment.FirstNs < latestNs)
            {
                // Seldom, and then what is said depends on where the times step back: once more, with what is known now.
                segment = Verify(folder, numbers, i, latestNs, static _ => { });
            }

            findings.AddRange(segment.Report.Findings.Take(FindingsMax - findings.Count));
            report.AddCounts(segment.Report);
            latestNs = Math.Max(latestNs, segment.LatestNs);
        }

        progress?.Invoke(report.Records, total);
        return report;
    }

    private static VerifiedSegment Verify(string folder, IReadOnlyList<int> numbers, int i, long latestNs, Action<int> progress)
    {
        List<JournalFinding> before = [];
        if (i > 0 && numbers[i] != numbers[i - 1] + 1)
        {
            before.Add(new JournalFinding(FindingKind.Damage, numbers[i - 1] + 1, -1, -1, -1, $"expected this segment, found {numbers[i]:D8} next: it is missing."));
        }

        using JournalSegment? segment = Open(folder, numbers[i], before);
        if (segment is null)
        {
            return new VerifiedSegment(new VerifyReport(before), long.MaxValue, long.MinValue);
        }

        using JournalSegment? previous = i > 0 ? Open(folder, numbers[i - 1], []) : null;
        SegmentVerification verification = new(segment, latestNs, progress);
        verification.Run(previous, isLast: i == numbers.Count - 1);
        VerifyReport report = new([.. before, .. verification.Report.Findings]);
        report.AddCounts(verification.Report);
        return new VerifiedSegment(report, verification.FirstNs, verification.LatestNs);
    }

    private static JournalSegment? Open(string folder, int number, List<JournalFinding> findings)
    {
        try
        {
            JournalSegment segment = JournalSegment.Open(folder, number);
            try
            {
                _ = segment.CommittedCount;
                return segment;
            }
            catch
            {
                segment.Dispose();
                throw;
            }
        }
        catch (JournalException exception)
        {
            findings.Add(new JournalFinding(FindingKind.Damage, number, -1, -1, -1, exception.Message));
            return null;
        }
    }

    private static long Total(string folder, IReadOnlyList<int> numbers)
    {
        long total = 0;
        foreach (int number in numbers)
        {
            using JournalSegment? segment = Open(folder, number, []);
            total += segment?.CommittedCount ?? 0;
        }

        return total;
    }

    /// <param name="Report">What was read and found.</param>
    /// <param name="FirstNs">Receive time of its first record; long.MaxValue = none.</param>
    /// <param name="LatestNs">Latest receive time; long.MinValue = none.</param>
    private sealed record VerifiedSegment(VerifyReport Report, long FirstNs, long LatestNs);
}
