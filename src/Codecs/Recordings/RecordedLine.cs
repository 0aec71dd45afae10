using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Recordings;

/// <summary>One line of a recording. Valid until the next read.</summary>
public readonly ref struct RecordedLine
{
    /// <summary>
    /// The frame. Of a line that is not one, <see cref="Frame.Bytes"/> is the line itself, or its first
    /// <see cref="RecordingReader.PrefixBytes"/> bytes when it is too long to hold.
    /// </summary>
    public required Frame Frame { get; init; }

    /// <summary>
    /// None = a frame. <see cref="RejectReason.BadLine"/> = not of the form "time frame", "time @SYMBOL frame" or a bare frame;
    /// <see cref="RejectReason.ImpossibleValue"/> = its time is not between 2000 and 2200; <see cref="RejectReason.Empty"/> = nothing in it;
    /// <see cref="RejectReason.Oversized"/> = longer than <see cref="Frame.BytesMax"/>.
    /// </summary>
    public RejectReason Reason { get; init; }

    /// <summary>Byte in the line at which the fault was seen.</summary>
    public int FaultByte { get; init; }

    /// <summary>Bytes of the frame, or of the line that is none, also where <see cref="Frame.Bytes"/> is only a prefix.</summary>
    public long Length { get; init; }
}
