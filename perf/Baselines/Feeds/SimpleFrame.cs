namespace Lob.Fast.Baselines.Feeds;

/// <summary>A frame as it was understood.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="What">The channel of a message, the name of a control or unknown frame, the fault of a rejected one.</param>
/// <param name="Name">The name by which frames of this stream begin; null = the frame belongs to no stream.</param>
public readonly record struct SimpleFrame(SimpleFrameKind Kind, string What, string? Name = null);
