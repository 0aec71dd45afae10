namespace Lob.Fast.Journal.Recovery;

/// <summary>What recovery found and did.</summary>
public sealed class RecoveryReport
{
    internal RecoveryReport(IReadOnlyList<JournalFinding> findings, int segments, int nextSegmentNumber, long endIndex)
    {
        Findings = findings;
        Segments = segments;
        NextSegmentNumber = nextSegmentNumber;
        EndIndex = endIndex;
    }

    /// <summary>In the order of segments. Empty = the journal was closed cleanly.</summary>
    public IReadOnlyList<JournalFinding> Findings { get; }

    /// <summary>Segments in the folder.</summary>
    public int Segments { get; }

    /// <summary>Number of the segment that appending starts.</summary>
    public int NextSegmentNumber { get; }

    /// <summary>Index, in the whole journal, of the slot after the last one.</summary>
    public long EndIndex { get; }

    /// <summary>One line a finding.</summary>
    public override string ToString() =>
        Findings.Count == 0 ? "closed cleanly: nothing to recover" : string.Join(Environment.NewLine, Findings);
}
