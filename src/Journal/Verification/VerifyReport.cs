namespace Lob.Fast.Journal.Verification;

/// <summary>What verification read and found.</summary>
public sealed class VerifyReport
{
    internal VerifyReport(IReadOnlyList<JournalFinding> findings) => Findings = findings;

    /// <summary>In the order of the journal. At most <see cref="JournalVerifier.FindingsMax"/>.</summary>
    public IReadOnlyList<JournalFinding> Findings { get; }

    /// <summary>The first thing that is not as it should be; null = the journal is sound.</summary>
    public JournalFinding? FirstDamage => Findings.FirstOrDefault(static finding => finding.Kind == FindingKind.Damage);

    /// <summary>Whether nothing is damaged.</summary>
    public bool IsSound => FirstDamage is null;

    /// <summary>Segments read.</summary>
    public int Segments { get; internal set; }

    /// <summary>Blocks read.</summary>
    public int Blocks { get; internal set; }

    /// <summary>Committed slots, checkpoints and padding included.</summary>
    public long Records { get; internal set; }

    /// <summary>Of those, slots that a checksum covers. The others were checked by their form.</summary>
    public long RecordsWithChecksum { get; internal set; }

    /// <summary>Complete messages, inputs and derived.</summary>
    public long Messages { get; internal set; }

    /// <summary>Adds what another one counted.</summary>
    internal void AddCounts(VerifyReport other)
    {
        Segments += other.Segments;
        Blocks += other.Blocks;
        Records += other.Records;
        RecordsWithChecksum += other.RecordsWithChecksum;
        Messages += other.Messages;
    }
}
