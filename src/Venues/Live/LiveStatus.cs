using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Venues.Live;

/// <summary>How a live engine stands, for views, metrics and the report at the end.</summary>
public sealed record LiveStatus
{
    /// <summary>When the books were looked at, Unix ns; 0 = not yet.</summary>
    public required long AtNs { get; init; }

    /// <summary>All books, in the order in which they appeared.</summary>
    public required IReadOnlyList<BookFigures> Books { get; init; }

    /// <summary>All connections.</summary>
    public required IReadOnlyList<ConnectionStatus> Connections { get; init; }

    /// <summary>What came in.</summary>
    public required SequencerTotals Input { get; init; }

    /// <summary>From the last byte read off the socket to the frame's records in the journal (split layout: handed to the logic), ns. Each count is right, though not of one moment.</summary>
    public required LogLinearHistogram Latency { get; init; }

    /// <summary>Times a socket had to wait because the engine was behind.</summary>
    public required long BackPressure { get; init; }
}
