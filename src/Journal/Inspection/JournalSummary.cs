using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Inspection;

/// <summary>What a journal holds, counted.</summary>
public sealed class JournalSummary
{
    /// <summary>In order.</summary>
    public required IReadOnlyList<SegmentSummary> Segments { get; init; }

    /// <summary>In the order of their ids, each in its latest epoch.</summary>
    public required IReadOnlyList<InstrumentSummary> Instruments { get; init; }

    /// <summary>In the order of their ids.</summary>
    public required IReadOnlyList<StreamSummary> Streams { get; init; }

    /// <summary>Slots by kind; without checkpoints, continued slots and padding, so a record counts once.</summary>
    public required IReadOnlyDictionary<RecordKind, long> RecordsByKind { get; init; }

    /// <summary>Complete messages, inputs and derived, without checkpoints.</summary>
    public required long Messages { get; init; }

    /// <summary>Slots that belong to checkpoints.</summary>
    public required long CheckpointSlots { get; init; }

    /// <summary>Slots that fill up blocks.</summary>
    public required long PaddingSlots { get; init; }

    /// <summary>Receive time of the first record, Unix ns; 0 = none.</summary>
    public required long FirstTimeNs { get; init; }

    /// <summary>Receive time of the last record, Unix ns; 0 = none.</summary>
    public required long LastTimeNs { get; init; }

    /// <summary>What was noticed on the way; verification looks for more.</summary>
    public required IReadOnlyList<JournalFinding> Findings { get; init; }
}
