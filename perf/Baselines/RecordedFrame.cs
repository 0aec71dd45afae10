namespace Lob.Fast.Baselines;

/// <summary>One line of a recording.</summary>
/// <param name="Bytes">The frame as the venue sent it.</param>
/// <param name="ReceivedAtNs">Receive time, Unix ns; 0 = the recording has none.</param>
/// <param name="Symbol">Symbol the recording names for a REST answer (<c>@SYMBOL</c>); null = none.</param>
/// <param name="Connection">Connection the frame came by, from 0.</param>
/// <param name="Line">Line in its file, from 1.</param>
/// <param name="FileIndex">Which of the recording's files, from 0.</param>
public sealed record RecordedFrame(
    ReadOnlyMemory<byte> Bytes, long ReceivedAtNs, string? Symbol = null, int Connection = 0, long Line = 0, int FileIndex = 0);
