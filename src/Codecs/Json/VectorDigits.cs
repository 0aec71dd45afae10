using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Codecs.Json;

/// <summary>Numbers of up to 16 bytes of text in one register. <see cref="Swar"/> does the same eight bytes at a time where the processor cannot.</summary>
internal static class VectorDigits
{
    /// <summary>Bytes looked at in one go.</summary>
    public const int Width = 16;

    /// <summary>Whether the processor can move bytes about and add up products of neighbours. Known when the code is compiled.</summary>
    public static bool IsSupported => Sse41.IsSupported;

    /// <summary>What, added to a byte, makes the digits the ten smallest signed values: x64 compares bytes as signed.</summary>
    public const byte ToSmallest = 0x80 - '0';

    /// <summary>The largest of those ten.</summary>
    public const sbyte LargestDigit = sbyte.MinValue + 9;

    /// <summary>A bit for each of the bytes that is no ASCII digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotDigits(Vector128<byte> text) =>
        Vector128.GreaterThan((text + Vector128.Create(ToSmallest)).AsSByte(), Vector128.Create(LargestDigit)).ExtractMostSignificantBits();

    /// <summary>
    /// Whether the text has no digit in front, by what <see cref="NotDigits"/> says. To be asked instead of comparing the count of digits with 0: on a processor without BMI1 the
    /// runtime counts with BSF and then reads BSF's zero flag, which tells of the mask and not of the count, so that the comparison is never true
    /// (https://github.com/dotnet/runtime/issues/133783, seen with .NET 10.0 on 2026-11-20).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEmpty(uint notDigits) => (notDigits & 1) != 0;

    /// <summary>
    /// How digits are brought into order at a scale of <paramref name="decimals"/> (0–14): the place each of the 16 digits of the result has in a text whose point is
    /// the first byte. See <see cref="TryRead"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Places(int decimals)
    {
        // The digit before the point comes to 15 - decimals, the one behind it to the next; the point itself is stepped over.
        Vector128<sbyte> fromPoint = Vector128<sbyte>.Indices - Vector128.Create((sbyte)(Width - decimals));
        return fromPoint - Vector128.GreaterThan(fromPoint, Vector128.Create((sbyte)-1));
    }

    /// <summary>
    /// The number in the first <paramref name="length"/> bytes (1–16): <paramref name="whole"/> digits, and if there is more, a point and digits. False = it does not
    /// fit: <paramref name="whole"/> and <paramref name="decimals"/> are more than 15 together, or digits beyond the scale are not zeros.
    /// </summary>
    /// <param name="text">16 bytes, of which those behind the number do not matter.</param>
    /// <param name="whole">Digits before the point.</param>
    /// <param name="length">Bytes of the number.</param>
    /// <param name="decimals">Decimals of the scale.</param>
    /// <param name="places"><see cref="Places"/> of <paramref name="decimals"/>.</param>
    /// <param name="value">The number × 10^decimals.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(Vector128<byte> text, int whole, int length, int decimals, Vector128<sbyte> places, out long value)
    {
        Vector128<byte> digits = text - Vector128.Create((byte)'0');
        digits &= Vector128.GreaterThan(Vector128.Create((sbyte)length), Vector128<sbyte>.Indices).AsByte();
        uint zeros = Vector128.Equals(digits, Vector128<byte>.Zero).ExtractMostSignificantBits();
        uint beyond = (zeros ^ ushort.MaxValue) >> (whole + 1 + decimals);

        // A place before the first byte is negative and gives a zero, one behind the last digit finds the zeros put there.
        value = Sum(Ssse3.Shuffle(digits, (places + Vector128.Create((sbyte)whole)).AsByte()));
        return whole + decimals < Width && beyond == 0;
    }

    /// <summary>The integer in the first <paramref name="length"/> bytes (1–16), all of them digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInteger(Vector128<byte> text, int length)
    {
        Vector128<sbyte> places = Vector128<sbyte>.Indices + Vector128.Create((sbyte)(length - Width));
        return Sum(Ssse3.Shuffle(text - Vector128.Create((byte)'0'), places.AsByte()));
    }

    // 16 digits, the most significant first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Sum(Vector128<byte> digits)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)((1 << 8) | 10)).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create((1 << 16) | 100).AsInt16());
        Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create((1 << 16) | 10_000).AsInt16()).AsUInt64().ToScalar();
        return (long)(((uint)eights * 100_000_000UL) + (eights >> 32));
    }
}
