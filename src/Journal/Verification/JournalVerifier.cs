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
    /// <param name="progress">Told after each block: slots read so far and slots in all segments.</param>
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

        StructureCheck structure = new(onlyForm: false);
        long total = Total(folder, numbers);
        JournalSegment? before = null;
        try
        {
            for (int i = 0; i < numbers.Count && findings.Count < FindingsMax; i++)
            {
                if (i > 0 && numbers[i] != numbers[i - 1] + 1)
                {
                    findings.Add(new JournalFinding(FindingKind.Damage, numbers[i - 1] + 1, -1, -1, -1, $"expected this segment, found {numbers[i]:D8} "
                        + "next: it is missing."));
                }

                JournalSegment? segment = Open(folder, numbers[i], findings);
                if (segment is not null)
                {
                    bool isLast = i == numbers.Count - 1;
                    new SegmentVerification(segment, structure, report, findings, progress, total).Run(before, isLast);
                }

                before?.Dispose();
                before = segment;
            }
        }
        finally
        {
            before?.Dispose();
        }

        report.Messages = structure.Messages;
        return report;
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
}
