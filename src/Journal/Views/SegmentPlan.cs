namespace Lob.Fast.Journal.Views;

/// <summary>One segment that has rows, and all that its conversion must know of what came before.</summary>
internal sealed class SegmentPlan
{
    /// <summary>Number of the segment.</summary>
    public required int Number { get; init; }

    /// <summary>Receive time of the last input before it, Unix ns.</summary>
    public required long NowNs { get; init; }

    /// <summary>The streams as they stand at its border; copied before they are changed.</summary>
    public required IReadOnlyList<BookTrack> Tracks { get; init; }

    /// <summary>Index in the journal of the slot behind the last one to read.</summary>
    public long EndIndex { get; set; }

    /// <summary>Rows and gaps that were found in it.</summary>
    public long Rows { get; set; }
}
