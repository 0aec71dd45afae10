using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>All rows of one recording.</summary>
internal sealed record BenchResult(
    Venue Venue, IReadOnlyList<string> Files, int Frames, int Passes, long Bytes, int BookFrames, long Levels, IReadOnlyList<BenchRow> Rows, LogLinearHistogram PipelineNs);
