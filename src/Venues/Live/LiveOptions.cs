using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;

namespace Lob.Fast.Venues.Live;

/// <summary>How a live engine runs. Fixed at the start.</summary>
public sealed record LiveOptions
{
    /// <summary>Folder of the journal, continued if there is one; null = books in memory only.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Segments, durability, free-disk floor.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>The threads. Where they park, the engine sleeps until a frame comes.</summary>
    public LayoutPlan Plan { get; init; } = LayoutPlan.Choose(null, WaitKind.Park, null);

    /// <summary>What a checksum that does not match leads to.</summary>
    public MismatchPolicy OnChecksumMismatch { get; init; }

    /// <summary>Folder for the frames as they came, one file a connection; null = not kept.</summary>
    public string? RawFolder { get; init; }

    /// <summary>Most bytes of one such file; then it ends, and a line says so.</summary>
    public long RawBytesMax { get; init; } = 16L << 30;

    /// <summary>Told of each change of a book's state, on the logic thread.</summary>
    public Action<BookTransition>? OnTransition { get; init; }

    /// <summary>Told of each rejected frame, on the decoding thread.</summary>
    public RejectedFrame? OnRejected { get; init; }

    /// <summary>A book that is not live this long after a snapshot was asked for is asked for again.</summary>
    public TimeSpan ResyncAgainAfter { get; init; } = TimeSpan.FromSeconds(10);
}
