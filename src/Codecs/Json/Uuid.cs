using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// UUIDs as venues write order and trade ids: 36 characters, hex digits of either case in groups of 8, 4, 4, 4 and 12. As numbers they are in the order
/// of the text: the first digit is the highest of the high half. Any version and variant is taken.
/// </summary>
internal static class Uuid
{
    /// <summary>Characters of the text.</summary>
    public const int Length = 36;

    private const ulong Repeat = 0x0101010101010101;

    /// <summary>Reads <paramref name="text"/>. False = it is not a UUID.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong high, out ulong low)
    {
        (high, low) = (0, 0);
        if (text.Length != Length || text[8] != (byte)'-' || text[13] != (byte)'-' || text[18] != (byte)'-' || text[23] != (byte)'-')
        {
            return false;
        }

        // The digits between the dashes, eight to a register.
        ref byte start = ref MemoryMarshal.GetReference(text);
        ulong first = Unsafe.ReadUnaligned<ulong>(ref start);
        ulong second = Join(ref Unsafe.Add(ref start, 9), ref Unsafe.Add(ref start, 14));
        ulong third = Join(ref Unsafe.Add(ref start, 19), ref Unsafe.Add(ref start, 24));
        ulong fourth = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 28));
        if ((HexDigits(first) & HexDigits(second) & HexDigits(third) & HexDigits(fourth)) != Swar.HighBits)
        {
            return false;
        }

        high = ((ulong)ToNumber(first) << 32) | ToNumber(second);
        low = ((ulong)ToNumber(third) << 32) | ToNumber(fourth);
        return true;
    }

    /// <summary>Writes the text, <see cref="Length"/> bytes, in lower case.</summary>
    public static void Format(Span<byte> utf8, ulong high, ulong low)
    {
        utf8 = utf8[..Length];
        for (int at = 0; at < Length; at++)
        {
            if (at is 8 or 13 or 18 or 23)
            {
                utf8[at] = (byte)'-';
                continue;
            }

            utf8[at] = "0123456789abcdef"u8[(int)(high >> 60)];
            high = (high << 4) | (low >> 60);
            low <<= 4;
        }
    }

    private static ulong Join(ref byte first, ref byte second) =>
        Unsafe.ReadUnaligned<uint>(ref first) | ((ulong)Unsafe.ReadUnaligned<uint>(ref second) << 32);

    /// <summary>Marks in its high bit each byte that is a hex digit; exact for every byte.</summary>
    private static ulong HexDigits(ulong word)
    {
        // Without its high bit no byte carries into the next; adding 0x80 - c sets the high bit of bytes from c up.
        ulong plain = word & ~Swar.HighBits;
        ulong lower = plain | (Repeat * 0x20);
        ulong decimalDigits = (plain + (Repeat * (0x80 - '0'))) & ~(plain + (Repeat * (0x80 - '9' - 1)));
        ulong letters = (lower + (Repeat * (0x80 - 'a'))) & ~(lower + (Repeat * (0x80 - 'f' - 1)));
        return (decimalDigits | letters) & ~word & Swar.HighBits;
    }

    /// <summary>Eight hex digits, the first most significant, as a number.</summary>
    private static uint ToNumber(ulong word)
    {
        // Letters of both cases have bit 6 set and 1 to 6 in the low nibble.
        ulong nibbles = (word & (Repeat * 0x0F)) + (((word >> 6) & Repeat) * 9);
        ulong bytes = ((nibbles << 4) | (nibbles >> 8)) & 0x00FF00FF00FF00FF;
        bytes = (bytes | (bytes >> 8)) & 0x0000FFFF0000FFFF;
        return BinaryPrimitives.ReverseEndianness((uint)(bytes | (bytes >> 16)));
    }
}
