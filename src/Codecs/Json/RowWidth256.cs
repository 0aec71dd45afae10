using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Json;

/// <summary>Two loads of 32 bytes.</summary>
internal readonly struct RowWidth256 : IRowWidth
{
    /// <inheritdoc/>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && VectorDigits.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Look(ref byte bytes, out RowMasks masks)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref bytes);
        Vector256<byte> high = Vector256.LoadUnsafe(ref bytes, (nuint)Vector256<byte>.Count);
        masks.NotDigits = NotDigits(low) | ((ulong)NotDigits(high) << Vector256<byte>.Count);
        masks.Quotes = Find(low, high, (byte)'"');
        masks.Points = Find(low, high, (byte)'.');
        masks.Brackets = Find(low, high, (byte)']');
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value) =>
        VectorDigits.TryRead(Vector128.LoadUnsafe(ref text), whole, length, scale.Decimals, places, out value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotDigits(Vector256<byte> bytes) =>
        Vector256.GreaterThan((bytes + Vector256.Create(VectorDigits.ToSmallest)).AsSByte(), Vector256.Create(VectorDigits.LargestDigit)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(Vector256<byte> low, Vector256<byte> high, byte wanted) =>
        Vector256.Equals(low, Vector256.Create(wanted)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(high, Vector256.Create(wanted)).ExtractMostSignificantBits() << Vector256<byte>.Count);
}
