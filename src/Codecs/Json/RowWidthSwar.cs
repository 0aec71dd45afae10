using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Json;

/// <summary>Eight words of eight bytes: for processors without the vectors.</summary>
internal readonly struct RowWidthSwar : IRowWidth
{
    private const ulong Quotes = 0x2222222222222222;
    private const ulong Points = 0x2E2E2E2E2E2E2E2E;
    private const ulong Brackets = 0x5D5D5D5D5D5D5D5D;

    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static void Look(ref byte bytes, out RowMasks masks)
    {
        masks = default;
        for (int at = 0; at < 64; at += Swar.Width)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
            masks.NotDigits |= Swar.Gather(Swar.AllNotDigits(Swar.ToDigits(word))) << at;
            masks.Quotes |= Swar.Gather(Swar.AllZeros(word ^ Quotes)) << at;
            masks.Points |= Swar.Gather(Swar.AllZeros(word ^ Points)) << at;
            masks.Brackets |= Swar.Gather(Swar.AllZeros(word ^ Brackets)) << at;
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value) =>
        DecimalParser.TryReadSwar(ref text, whole, length, scale, out value);
}
