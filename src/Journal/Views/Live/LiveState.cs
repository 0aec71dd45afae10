namespace Lob.Fast.Journal.Views.Live;

/// <summary>Where the walk stood, and how long each file was, when it came to the start of a segment: from there a later run goes on.</summary>
internal sealed record LiveState
{
    /// <summary>What was asked for: other options would give other rows.</summary>
    public required string Options { get; init; }

    /// <summary>Number of the segment.</summary>
    public required int Segment { get; init; }

    /// <summary>Index of its first slot in the journal.</summary>
    public required long FirstIndex { get; init; }

    /// <summary>Receive time of its checkpoint, Unix ns; 0 = it has none.</summary>
    public required long CheckpointNs { get; init; }

    /// <summary>Receive time of the last input before it, Unix ns.</summary>
    public required long NowNs { get; init; }

    /// <summary>The files may hold rows already that messages up to this segment give.</summary>
    public required int ComparedUntil { get; init; }

    /// <summary>The streams as they stood.</summary>
    public required IReadOnlyList<TrackState> Tracks { get; init; }

    /// <summary>The files as they stood, by their paths.</summary>
    public required Dictionary<ViewPath, FileState> Files { get; init; }

    /// <summary>A stream.</summary>
    internal readonly record struct TrackState(BookTrack Track, bool? KnownSiblings);

    /// <summary>A file.</summary>
    internal readonly record struct FileState(uint StreamId, long Bytes, RowSummary Summary);
}
