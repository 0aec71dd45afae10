using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>A ticker's best price and quantity of one side; the header's Code is the side. A ticker message has one for each side it states.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Quote : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Best price in the instrument's ticks.</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>Quantity at that price in the instrument's lots; 0 = this side of the book is empty; <see cref="Sequence.None"/> = not told.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <summary>Update id of the book that the ticker describes; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(40)] public long UpdateId;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Quote;
}
