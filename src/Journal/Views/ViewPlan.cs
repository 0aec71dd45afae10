namespace Lob.Fast.Journal.Views;

/// <summary>What a walk over the journal without its levels found.</summary>
/// <param name="Streams">The streams asked for, in the order of their declaration.</param>
/// <param name="Segments">The segments that have rows, ascending.</param>
/// <param name="Rows">All rows and gaps.</param>
internal sealed record ViewPlan(IReadOnlyDictionary<uint, ViewStream> Streams, IReadOnlyList<SegmentPlan> Segments, long Rows);
