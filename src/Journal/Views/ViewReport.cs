using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>What a conversion wrote.</summary>
public sealed record ViewReport
{
    /// <summary>The streams asked for, those without a row included.</summary>
    public required IReadOnlyList<StreamReport> Streams { get; init; }

    /// <summary>Data files, metadata not counted.</summary>
    public required int Files { get; init; }

    /// <summary>Files of all kinds that were not there, or replaced.</summary>
    public required int Written { get; init; }

    /// <summary>Files of all kinds that were there already, byte for byte.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Bytes of the data files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows of all files.</summary>
    public long Rows => Streams.Sum(static stream => stream.Rows);

    /// <summary>Gaps met.</summary>
    public long Gaps => Streams.Sum(static stream => stream.Gaps);

    /// <summary>One book stream.</summary>
    /// <param name="Venue">Market of the symbol.</param>
    /// <param name="Symbol">The venue's own symbol.</param>
    /// <param name="Channel">Channel in the venue's own words.</param>
    /// <param name="Rows">Rows written, lines that show a gap included.</param>
    /// <param name="Gaps">Times at which the book lost its proof.</param>
    /// <param name="Files">Paths of its data files in the output folder.</param>
    public sealed record StreamReport(Venue Venue, string Symbol, string Channel, long Rows, long Gaps, IReadOnlyList<string> Files);
}
