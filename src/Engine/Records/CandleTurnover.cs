using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of a <see cref="Candle"/>: turnover, times, trades. Its header's Code is 1 when the candle is closed, else 0.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct CandleTurnover : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Turnover in quote units × 10^<see cref="TurnoverDecimals"/>; <see cref="Sequence.None"/> = not told.</summary>
    [FieldOffset(24)] public long Turnover;

    /// <summary>Start of the candle, Unix ns.</summary>
    [FieldOffset(32)] public long StartNs;

    /// <summary>The interval in the venue's own words ("1m", "1M"), ASCII, zero padded.</summary>
    [FieldOffset(40)] public ulong IntervalText;

    /// <summary>Number of trades; <see cref="Sequence.None"/> = not told.</summary>
    [FieldOffset(48)] public long TradeCount;

    /// <summary>Decimals of <see cref="Turnover"/> and of <see cref="CandleTaker.TakerTurnover"/>, 0–18.</summary>
    [FieldOffset(56)] public byte TurnoverDecimals;

    /// <summary>
    /// Decimals of <see cref="Candle.VolumeLots"/> and <see cref="CandleTaker.TakerVolumeLots"/>, 0–14: those of the instrument, or its own where a
    /// venue sends sums with binary rounding noise, which must not make the instrument finer.
    /// </summary>
    [FieldOffset(57)] public byte VolumeDecimals;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Candle;
}
