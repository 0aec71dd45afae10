namespace Lob.Fast.VenueSim.Recorded;

/// <summary>A frame of a recording.</summary>
/// <param name="AtNs">When it was received, Unix ns.</param>
/// <param name="Text">As the venue sent it.</param>
/// <param name="Kind">What to do with it.</param>
/// <param name="Streams">Whose data it is: channel and symbol in the venue's words.</param>
/// <param name="Answer">Of an answer: what was asked for, see <see cref="RecordedRequest"/>.</param>
internal sealed record RecordedFrame(long AtNs, byte[] Text, RecordedKind Kind, IReadOnlyList<(string Channel, string Symbol)> Streams, RecordedRequest? Answer = null);
