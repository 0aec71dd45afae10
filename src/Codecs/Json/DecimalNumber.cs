using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>What a decimal text says.</summary>
public struct DecimalNumber
{
    /// <summary>The number without its sign × 10^decimals asked for. 0 when <see cref="Significant"/> is more than that: nothing is ever rounded.</summary>
    public long Value;

    /// <summary>Decimals as written, 0–14; <see cref="TextForm.Exponent"/> when written with an exponent.</summary>
    public int Written;

    /// <summary>Decimals without trailing zeros: the fewest that hold the number exactly.</summary>
    public int Significant;

    /// <summary>It stands behind a minus. Never set for zero.</summary>
    public bool Negative;

    /// <summary>None, <see cref="RejectReason.BadNumber"/> or <see cref="RejectReason.NumberOutOfRange"/>.</summary>
    public RejectReason Reason;

    /// <summary>Byte of the text at which the fault was seen.</summary>
    public int FaultByte;
}
