namespace Lob.Fast.Cli.Benchmarks;

/// <summary>What is to be measured, and how long.</summary>
internal sealed record BenchRequest
{
    /// <summary>Frames of a recording that a quick run looks at, the first ones.</summary>
    private const int QuickFrames = 1_000;

    // Over three rounds: six beyond p99.99.
    private const int LatencyFramesDefault = 20_000;
    private const int LatencyRoundsDefault = 3;

    /// <summary>Measured rounds of every variant.</summary>
    public required int Rounds { get; init; }

    /// <summary>Where journals are written; they are deleted.</summary>
    public required string JournalRoot { get; init; }

    /// <summary>What is measured, by name; empty = all.</summary>
    public required IReadOnlyCollection<string> Only { get; init; }

    /// <summary>Seconds instead of minutes: to see that all of it runs, not for figures.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>Frames of a recording that are kept.</summary>
    public int FramesMax => IsQuick ? QuickFrames : int.MaxValue;

    /// <summary>Frames of one round of latencies.</summary>
    public int LatencyFrames => IsQuick ? QuickFrames : LatencyFramesDefault;

    /// <summary>Rounds of latencies, and runs that find the greatest rate.</summary>
    public int LatencyRounds => IsQuick ? 1 : LatencyRoundsDefault;

    /// <summary>Whether something is to be measured.</summary>
    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name);
}
