using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of two slots: two orders traded; <see cref="OrderMatchTaker"/> continues it. The header's Code is an <see cref="OrderCode"/> with the maker's side.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct OrderMatch : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 2;

    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Price in the instrument's ticks.</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>Quantity traded, in lots.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <summary>Low half of the maker's order id.</summary>
    [FieldOffset(40)] public long MakerIdLow;

    /// <summary>High half of the maker's order id.</summary>
    [FieldOffset(48)] public long MakerIdHigh;

    /// <summary>Trade id.</summary>
    [FieldOffset(56)] public long TradeId;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.OrderMatch;
}
