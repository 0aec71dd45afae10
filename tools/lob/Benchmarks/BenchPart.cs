namespace Lob.Fast.Cli.Benchmarks;

/// <summary>The part of a recording that a measurement is about; what is played twice counts twice.</summary>
/// <param name="Frames">Frames in it.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Levels">Levels in them; 0 = not counted.</param>
internal readonly record struct BenchPart(long Frames, long Bytes, long Levels);
