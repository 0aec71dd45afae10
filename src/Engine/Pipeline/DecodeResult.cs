using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>What a decoder made of a frame, and for a rejected one why and where.</summary>
/// <param name="Outcome">What the frame became.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="FaultByte">Byte in the frame at which the fault was seen.</param>
/// <param name="StreamId">Stream it belongs to, as far as that was read before the fault; 0 = cannot be told.</param>
public readonly record struct DecodeResult(DecodeOutcome Outcome, RejectReason Reason, int FaultByte, uint StreamId)
{
    /// <summary>Records were written.</summary>
    public static DecodeResult Ok => default;

    /// <summary>A frame that was not taken in.</summary>
    public static DecodeResult Rejected(RejectReason reason, int faultByte, uint streamId) =>
        new(DecodeOutcome.Rejected, reason, faultByte, streamId);
}
