using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>The number of decimals that decimal texts are read at, and what the fast paths need of it. Made anew for each message, so it is no more than a number.</summary>
public readonly struct DecimalScale
{
    /// <summary>Most decimals the fast paths read: one register of digits.</summary>
    internal const int FastDecimalsMax = Swar.Width;

    /// <summary>A scale of <paramref name="decimals"/>, 0–14.</summary>
    public DecimalScale(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)TextForm.DecimalsMax);
        Decimals = decimals;
    }

    /// <summary>Decimals, 0–14: a value is read as an integer × 10^−this.</summary>
    public int Decimals { get; }

    /// <summary>10^<see cref="Decimals"/>.</summary>
    internal long Power => PowersOfTen.Of(Decimals);

    /// <summary>The bytes of a register that hold fraction digits which are kept.</summary>
    internal ulong FractionMask => Decimals switch
    {
        0 => 0,
        < FastDecimalsMax => ulong.MaxValue >> (64 - (8 * Decimals)),
        _ => ulong.MaxValue,
    };

    /// <summary>See <see cref="VectorDigits.Places"/>.</summary>
    internal Vector128<sbyte> Places
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => VectorDigits.Places(Decimals);
    }

    /// <summary>Whether <see cref="DecimalParser.TryParseQuoted"/> may be used.</summary>
    internal bool IsFast => Decimals <= FastDecimalsMax;
}
