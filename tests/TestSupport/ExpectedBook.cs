using System.Text.Json;

namespace Lob.Fast.TestSupport;

/// <summary>What must be found about one book of a synthetic recording.</summary>
public sealed record ExpectedBook
{
    /// <summary>Images in the recording, repeated ones too.</summary>
    public required int Snapshots { get; init; }

    /// <summary>Images with the id of the one before.</summary>
    public required int RepeatedSnapshots { get; init; }

    /// <summary>Deltas in the recording.</summary>
    public required int Deltas { get; init; }

    /// <summary>Deltas that came while the book was not live, with the one at which a gap showed.</summary>
    public required int DeltasNotApplied { get; init; }

    /// <summary>How often a missing frame ended the proof.</summary>
    public required int Gaps { get; init; }

    /// <summary>Empty updates that say that nothing happened.</summary>
    public required int Keepalives { get; init; }

    /// <summary>Updates that link to the last one and begin lower ids.</summary>
    public required int SequenceResets { get; init; }

    /// <summary>Deletes of what the book does not hold.</summary>
    public required int RowsOfAbsentLevels { get; init; }

    /// <summary>How many checksums were <c>equal</c>, <c>different</c>, <c>not_verified</c> (book not live) and <c>not_offered</c> (0).</summary>
    public required IReadOnlyDictionary<string, int> Checksums { get; init; }

    /// <summary>Pairs of lines, from 1: where the proof ended, and where a snapshot repaired it.</summary>
    public required IReadOnlyList<IReadOnlyList<int?>> NotLiveLines { get; init; }

    /// <summary>Whether the book is proven at the end.</summary>
    public required bool LiveAtEnd { get; init; }

    /// <summary>The book's own id at the end; null where it has none.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Of the final book; see <see cref="ExpectedProbe.Fingerprint"/>.</summary>
    public required uint Fingerprint { get; init; }

    /// <summary>The book in between.</summary>
    public required IReadOnlyList<ExpectedProbe> Probes { get; init; }

    /// <summary>Final bids, best first; null where <see cref="FinalBookAsIn"/> is set. <see cref="SyntheticRecordings.FinalBook"/> gives them as texts.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Bids { get; init; }

    /// <summary>Final asks, in the same way.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Asks { get; init; }

    /// <summary>The recording whose final book is the same.</summary>
    public string? FinalBookAsIn { get; init; }
}
