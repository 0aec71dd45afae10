using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of three slots that define an instrument, or a new epoch of it; <see cref="InstrumentSymbol"/> and <see cref="InstrumentLimits"/>
/// continue it. All prices and quantities of later records of this instrument are at these exponents.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct InstrumentDefinition : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 3;

    /// <summary>Common part; the stream id is 0.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Instrument, from 1, unique in the journal.</summary>
    [FieldOffset(24)] public uint InstrumentId;

    /// <summary>Counts definitions of this instrument from 1. Held values are rescaled when it grows.</summary>
    [FieldOffset(28)] public uint Epoch;

    /// <summary>Market the symbol belongs to.</summary>
    [FieldOffset(32)] public Venue Venue;

    /// <summary>Decimals of one price tick, 0–14: a price is PriceTicks × 10^−this.</summary>
    [FieldOffset(34)] public byte PriceDecimals;

    /// <summary>Decimals of one quantity lot, 0–14.</summary>
    [FieldOffset(35)] public byte QuantityDecimals;

    /// <summary>Bit length of the largest price met so far (a growing exponent must still fit it). State of the decoder, kept for restarts.</summary>
    [FieldOffset(36)] public byte PriceBits;

    /// <summary>The same for quantities.</summary>
    [FieldOffset(37)] public byte QuantityBits;

    /// <summary>The venue's price step in ticks; 0 = not known.</summary>
    [FieldOffset(40)] public long PriceStepTicks;

    /// <summary>The venue's quantity step in lots; 0 = not known.</summary>
    [FieldOffset(48)] public long QuantityStepLots;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.InstrumentDefinition;
}
