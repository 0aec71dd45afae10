using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>One price level: the quantity now resting there. The header's Code is the side, its TextForm how the venue wrote both numbers.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct LevelSet : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Price in units of 10^−(price decimals of the instrument).</summary>
    [FieldOffset(24)] public long PriceTicks;

    /// <summary>Quantity in units of 10^−(quantity decimals of the instrument); 0 deletes the level.</summary>
    [FieldOffset(32)] public long QuantityLots;

    /// <summary>Number of orders at the level where the venue tells (OKX, Bitfinex); 0 = not told.</summary>
    [FieldOffset(40)] public uint OrderCount;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.LevelSet;
}
