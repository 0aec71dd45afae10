using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Json;

/// <summary>Eight words of eight bytes: for processors without the vectors.</summary>
internal readonly struct RowWidthSwar : IRowWidth
{
    private const ulong Brackets = 0x5D5D5D5D5D5D5D5D;

    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static void Look(ref byte bytes, out ulong notDigits, out ulong brackets)
    {
        notDigits = 0;
        brackets = 0;
        for (int at = 0; at < 64; at += Swar.Width)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
            notDigits |= Swar.Gather(Swar.AllNotDigits(Swar.ToDigits(word))) << at;
            brackets |= Swar.Gather(Swar.AllZeros(word ^ Brackets)) << at;
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value) =>
        DecimalParser.TryReadSwar(ref text, whole, length, scale, out value);
}
