using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>What to write out of a journal, how, and where to.</summary>
public sealed record ViewRequest
{
    /// <summary>Folder of the journal. It may be written at the same time: what is committed when the conversion starts is converted.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>Folder that the files go to; made if needed.</summary>
    public required string OutFolder { get; init; }

    /// <summary>Form of the files.</summary>
    public required ViewFormat Format { get; init; }

    /// <summary>When a row is taken.</summary>
    public ViewCadence Cadence { get; init; } = ViewCadence.Default;

    /// <summary>Levels a side; null = what the format has without being told.</summary>
    public int? Levels { get; init; }

    /// <summary>Only this symbol, in the venue's own words, large and small letters alike; null = all.</summary>
    public string? Symbol { get; init; }

    /// <summary>Only this venue; null = all.</summary>
    public Venue? Venue { get; init; }

    /// <summary>Only this channel, in the venue's own words; null = all.</summary>
    public string? Channel { get; init; }

    /// <summary>First moment of the rows, on the receive axis, Unix ns.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>First moment that is no longer asked for, on the receive axis, Unix ns.</summary>
    public long UntilNs { get; init; } = long.MaxValue;

    /// <summary>Whether files that are there and differ are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Threads that convert; the files do not depend on it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Called now and then with the share done, 0 to 1, on the thread that asked for the conversion.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Levels a side of the rows.</summary>
    internal int LevelsMax => Levels ?? Format switch
    {
        ViewFormat.Jsonl => JsonlView.LevelsDefault,
        ViewFormat.Csv => CsvView.LevelsDefault,
        ViewFormat.Npy => NpyView.LevelsDefault,
        _ => int.MaxValue,
    };

    /// <summary>A writer of the format.</summary>
    internal IView CreateView() => Format switch
    {
        ViewFormat.Jsonl => new JsonlView(),
        ViewFormat.Ndjson => new NdjsonView(),
        ViewFormat.Csv => new CsvView(LevelsMax),
        _ => new NpyView(LevelsMax),
    };
}
