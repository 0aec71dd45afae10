using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>The number of decimals that decimal texts are read at, with what the fast path needs of it.</summary>
public readonly struct DecimalScale
{
    /// <summary>Most decimals the fast path reads: one register of digits.</summary>
    internal const int FastDecimalsMax = Swar.Width;

    /// <summary>A scale of <paramref name="decimals"/>, 0–14.</summary>
    public DecimalScale(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)TextForm.DecimalsMax);
        Decimals = decimals;
        Power = PowersOfTen.Of(decimals);
        FractionMask = decimals switch
        {
            0 => 0,
            < FastDecimalsMax => ulong.MaxValue >> (64 - (8 * decimals)),
            _ => ulong.MaxValue,
        };
    }

    /// <summary>Decimals, 0–14: a value is read as an integer × 10^−this.</summary>
    public int Decimals { get; }

    /// <summary>10^<see cref="Decimals"/>.</summary>
    internal long Power { get; }

    /// <summary>The bytes of a register that hold fraction digits which are kept.</summary>
    internal ulong FractionMask { get; }

    /// <summary>Whether <see cref="DecimalParser.TryParseQuoted"/> may be used.</summary>
    internal bool IsFast => Decimals <= FastDecimalsMax;
}
