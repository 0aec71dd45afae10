using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Third slot of a <see cref="Candle"/>: the takers' buying, and the end of the candle.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct CandleTaker : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Volume bought by takers, in lots; <see cref="Sequence.None"/> = not told.</summary>
    [FieldOffset(24)] public long TakerVolumeLots;

    /// <summary>Turnover bought by takers × 10^<see cref="CandleTurnover.TurnoverDecimals"/>; <see cref="Sequence.None"/> = not told.</summary>
    [FieldOffset(32)] public long TakerTurnover;

    /// <summary>End of the candle as the venue states it, Unix ns; 0 = not told.</summary>
    [FieldOffset(40)] public long CloseNs;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Candle;
}
