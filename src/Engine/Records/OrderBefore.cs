using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Second slot of an <see cref="OrderChange"/>: what the venue says the order had before.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct OrderBefore : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Price before; 0 = not told.</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>Quantity before; <see cref="Records.Sequence.None"/> = not told.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.OrderChange;
}
