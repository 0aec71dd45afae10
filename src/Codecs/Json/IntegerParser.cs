using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Codecs.Json;

/// <summary>The fast path for integers that are no prices: ids, sequences, counts. What it does not take, the scanner reads.</summary>
internal static class IntegerParser
{
    /// <summary>Bytes from the first one of the text that <see cref="TryParse"/> may look at.</summary>
    public const int LookAhead = 2 * Swar.Width;

    /// <summary>Reads 1–15 digits, no sign, no leading zero; what stands behind them is for the caller to check. False = something else, or wrong.</summary>
    /// <param name="text">First byte of the number; <see cref="LookAhead"/> bytes must be readable.</param>
    /// <param name="number">What it says.</param>
    /// <param name="length">Bytes of the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ref byte text, out long number, out int length)
    {
        ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref text));
        length = Swar.FirstHit(Swar.NotDigits(digits));
        number = 0;
        if ((uint)(length - 1) < Swar.Width - 1)
        {
            number = Swar.ToNumber(digits << (64 - (8 * length)));
            return (byte)digits != 0 || length == 1;
        }

        if (length == 0 || (byte)digits == 0)
        {
            return false;
        }

        ulong more = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, Swar.Width)));
        int moreLength = Swar.FirstHit(Swar.NotDigits(more));
        if (moreLength == Swar.Width)
        {
            return false;
        }

        length += moreLength;
        number = Swar.ToNumber(digits) * PowersOfTen.Of(moreLength);
        number += moreLength == 0 ? 0 : Swar.ToNumber(more << (64 - (8 * moreLength)));
        return true;
    }
}
