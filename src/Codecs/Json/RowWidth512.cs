using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Json;

/// <summary>One load of 64 bytes.</summary>
internal readonly struct RowWidth512 : IRowWidth
{
    /// <inheritdoc/>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && VectorDigits.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Look(ref byte bytes, out RowMasks masks)
    {
        Vector512<byte> text = Vector512.LoadUnsafe(ref bytes);
        Vector512<sbyte> digitsSmallest = (text + Vector512.Create(VectorDigits.ToSmallest)).AsSByte();
        masks.NotDigits = Vector512.GreaterThan(digitsSmallest, Vector512.Create(VectorDigits.LargestDigit)).ExtractMostSignificantBits();
        masks.Quotes = Vector512.Equals(text, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
        masks.Points = Vector512.Equals(text, Vector512.Create((byte)'.')).ExtractMostSignificantBits();
        masks.Brackets = Vector512.Equals(text, Vector512.Create((byte)']')).ExtractMostSignificantBits();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value) =>
        VectorDigits.TryRead(Vector128.LoadUnsafe(ref text), whole, length, scale.Decimals, places, out value);
}
