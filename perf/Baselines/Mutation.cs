namespace Lob.Fast.Baselines;

/// <summary>A recording with one fault in it.</summary>
/// <param name="Frames">The frames with the fault.</param>
/// <param name="Position">Index of the frame that was hit, in the original list; what was in front of it is unchanged.</param>
/// <param name="Message">What was hit.</param>
/// <param name="Fault">How.</param>
/// <param name="Case">Which case of the rule it is.</param>
/// <param name="What">What was done, for messages of tests.</param>
public sealed record Mutation(IReadOnlyList<RecordedFrame> Frames, int Position, MutatedMessage Message, Fault Fault, string Case, string What);
