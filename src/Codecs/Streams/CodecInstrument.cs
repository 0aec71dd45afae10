using System.Numerics;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Codecs.Streams;

/// <summary>What a decoder knows of an instrument.</summary>
internal sealed class CodecInstrument
{
    /// <summary>Number in the journal.</summary>
    public required uint Id { get; init; }

    /// <summary>The venue's own symbol (Binance: upper case).</summary>
    public required byte[] Symbol { get; init; }

    /// <summary>Definitions so far.</summary>
    public uint Epoch { get; set; }

    /// <summary>Exponent of prices.</summary>
    public int PriceDecimals { get; set; }

    /// <summary>Exponent of quantities.</summary>
    public int QuantityDecimals { get; set; }

    /// <summary>All prices met, or-ed.</summary>
    public long PricesMet { get; set; }

    /// <summary>All quantities met, or-ed.</summary>
    public long QuantitiesMet { get; set; }

    /// <summary>Steps, minimums, contract size, as far as the venue has told them.</summary>
    public InstrumentTerms Terms { get; set; }

    /// <summary>All that changes with the frames.</summary>
    public InstrumentNumbers State => new(Epoch, PriceDecimals, QuantityDecimals, PricesMet, QuantitiesMet, Terms);

    /// <summary>Goes back to an earlier <see cref="State"/>.</summary>
    public void CopyFrom(in InstrumentNumbers state) =>
        (Epoch, PriceDecimals, QuantityDecimals, PricesMet, QuantitiesMet, Terms) = state;

    /// <summary>Bit length of the largest value that went into <paramref name="met"/>.</summary>
    public static int Bits(long met) => 64 - BitOperations.LeadingZeroCount((ulong)met);

    /// <summary>
    /// The largest value of this bit length, with <paramref name="decimals"/> more decimals; false = it does not fit a long. Judged by bit
    /// length, because that is what a definition keeps: a restarted decoder decides the same.
    /// </summary>
    public static bool TryGrow(long met, int decimals, out long grown)
    {
        UInt128 largest = ((UInt128.One << Bits(met)) - 1) * (ulong)PowersOfTen.Of(decimals);
        grown = largest > long.MaxValue ? 0 : (long)largest;
        return largest <= long.MaxValue;
    }
}
