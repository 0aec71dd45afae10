namespace Lob.Fast.Baselines;

/// <summary>A frame that something was done to.</summary>
/// <param name="Bytes">What it became.</param>
/// <param name="Mutation">What was done; of several things the first.</param>
public readonly record struct MutatedFrame(byte[] Bytes, FrameMutation Mutation);
