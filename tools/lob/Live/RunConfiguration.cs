using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Views;
using Lob.Fast.Venues;

namespace Lob.Fast.Cli.Live;

/// <summary>A long-running engine, as its configuration file or a verb's options describe it.</summary>
internal sealed record RunConfiguration
{
    /// <summary>Folder of the journal, continued if there is one.</summary>
    public required string JournalFolder { get; init; }

    public JournalOptions Journal { get; init; } = new();

    public required LayoutPlan Plan { get; init; }

    public MismatchPolicy OnChecksumMismatch { get; init; }

    /// <summary>Folder for the frames as they came; null = not kept.</summary>
    public string? RawFolder { get; init; }

    /// <summary>Files written beside the journal while it grows.</summary>
    public IReadOnlyList<LiveView> Views { get; init; } = [];

    /// <summary>Port of <c>/metrics</c>, <c>/health</c> and <c>/status</c>; null = none, 0 = any free one.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Address it listens on.</summary>
    public string MetricsAddress { get; init; } = "127.0.0.1";

    /// <summary>What is taken from where.</summary>
    public required IReadOnlyList<FeedOptions> Feeds { get; init; }

    /// <summary>One kind of file.</summary>
    public sealed record LiveView(ViewFormat Format, string OutFolder, ViewCadence Cadence, int? Levels);
}
