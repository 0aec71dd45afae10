using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of two slots: an order now has this price and quantity; <see cref="OrderBefore"/> continues it. Where a venue does not tell new orders
/// from changed ones (Bitfinex R0) an id that is not known is a new order. The header's Code is an <see cref="OrderCode"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct OrderChange : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 2;

    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>New price in the instrument's ticks; 0 = not told.</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>New quantity in lots.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <summary>Low half of the order id; a numeric id is held here as it is.</summary>
    [FieldOffset(40)] public long OrderIdLow;

    /// <summary>High half of a 128-bit id (the first eight bytes of a UUID); 0 for numeric ids.</summary>
    [FieldOffset(48)] public long OrderIdHigh;

    /// <summary>Sequence of the event where the venue has one; <see cref="Records.Sequence.None"/>.</summary>
    [FieldOffset(56)] public long OrderSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.OrderChange;
}
