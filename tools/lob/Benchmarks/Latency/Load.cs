namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>How frames are offered.</summary>
/// <param name="Kind">When frames become due.</param>
/// <param name="Share">Mean rate as a share of what the layout can do; 0 in the closed loop.</param>
internal readonly record struct Load(LoadKind Kind, double Share)
{
    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Load> All { get; } =
        [new(LoadKind.OneAtATime, 0), new(LoadKind.Even, 0.5), new(LoadKind.Even, 0.8), new(LoadKind.Recorded, 0.5)];

    public override string ToString() => Kind switch
    {
        LoadKind.OneAtATime => "one at a time",
        LoadKind.Even => $"even, {Share * 100:F0} %",
        _ => $"recorded, {Share * 100:F0} %",
    };
}
