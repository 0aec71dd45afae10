using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>One trade. The header's Code is the taker's side (Binance <c>m</c> true: the buyer was the maker, so the taker sold).</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Trade : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Price in the instrument's ticks.</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>Quantity in the instrument's lots.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <summary>Low half of the trade id; a numeric id is held here as it is. <see cref="Sequence.None"/> = no id.</summary>
    [FieldOffset(40)] public long TradeIdLow;

    /// <summary>High half of a 128-bit id; 0 for numeric ids.</summary>
    [FieldOffset(48)] public long TradeIdHigh;

    /// <summary>Sequence of the trade where the venue has one; <see cref="Records.Sequence.None"/>.</summary>
    [FieldOffset(56)] public long TradeSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Trade;
}
