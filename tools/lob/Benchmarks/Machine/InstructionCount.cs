namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>Instructions that decoding takes, or why they were not counted.</summary>
/// <param name="PerFrame">Mean over the frames counted.</param>
/// <param name="Frames">Different frames that were counted, the first ones of the recording.</param>
/// <param name="Counter">What counted; null when nothing did.</param>
/// <param name="WhyNot">Null when it was counted.</param>
internal sealed record InstructionCount(double PerFrame, int Frames, string? Counter, string? WhyNot)
{
    public static InstructionCount Skipped(string why) => new(0, 0, null, why);
}
