using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of a candle's three slots; <see cref="CandleTurnover"/> and <see cref="CandleTaker"/> continue it. Prices in the instrument's
/// ticks, volume in its lots. The TextForm gives the decimals of the close and the volume as written. First and last trade id are in the MessageBegin.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Candle : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>First price.</summary>
    [FieldOffset(24)] public long OpenTicks;

    /// <summary>Highest price.</summary>
    [FieldOffset(32)] public long HighTicks;

    /// <summary>Lowest price.</summary>
    [FieldOffset(40)] public long LowTicks;

    /// <summary>Last price.</summary>
    [FieldOffset(48)] public long CloseTicks;

    /// <summary>Volume in base units (or contracts).</summary>
    [FieldOffset(56)] public long VolumeLots;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Candle;
}
