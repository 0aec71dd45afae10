using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>What became of the frames of one venue.</summary>
public sealed class FuzzCounts
{
    /// <summary>Frames, damaged and good ones.</summary>
    public long Frames { get; set; }

    /// <summary>Of them damaged.</summary>
    public long Mutated { get; set; }

    /// <summary>Became records.</summary>
    public long Accepted { get; set; }

    /// <summary>Acknowledgements, notices, errors of the venue.</summary>
    public long Control { get; set; }

    /// <summary>Events that are not read.</summary>
    public long Unknown { get; set; }

    /// <summary>Rejected, by reason.</summary>
    public SortedDictionary<RejectReason, long> Rejected { get; } = [];

    /// <summary>Live books that a rejected frame broke, their levels and sequence untouched.</summary>
    public long Broken { get; set; }

    /// <summary>Differences that are listed.</summary>
    public long Listed { get; set; }

    /// <summary>Differences that are not.</summary>
    public long Unlisted { get; set; }

    /// <summary>Time of it all, ns.</summary>
    public long ElapsedNs { get; set; }

    /// <summary>The slowest frame through the engine, ns, and its length.</summary>
    public (long Ns, int Bytes) Slowest { get; set; }

    /// <summary>All rejected.</summary>
    public long RejectedAll => Rejected.Values.Sum();
}
