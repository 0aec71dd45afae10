namespace Lob.Fast.Venues;

/// <summary>Where what one connection brings goes.</summary>
/// <param name="Connection">Its number, from 0.</param>
/// <param name="Frames">Messages of the socket.</param>
/// <param name="Answers">Book answers of REST; null where none were asked for.</param>
public sealed record ConnectionTargets(ushort Connection, IFrameTarget Frames, IAnswerTarget? Answers);
