using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Codecs.Json;

/// <summary>16 bytes of a frame in one register.</summary>
internal static class VectorText
{
    /// <summary>Bytes looked at in one go.</summary>
    public const int Width = 16;

    /// <summary>A bit for each quote, backslash and control character: whatever is not plain text in a string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotPlain(Vector128<byte> text) =>
        (Vector128.Equals(text, Vector128.Create((byte)'"')) | Vector128.Equals(text, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(text, Vector128.Create((byte)(' ' - 1))), text)).ExtractMostSignificantBits();

    /// <summary>The bytes from <paramref name="bytes"/> (0–16) on, zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShiftDown(Vector128<byte> text, int bytes)
    {
        if (!Ssse3.IsSupported)
        {
            return Vector128.Shuffle(text, Vector128<byte>.Indices + Vector128.Create((byte)bytes));
        }

        // An index of 16 or more gets its high bit, which means zero.
        const byte ToHighBit = 0x80 - Width;
        return Ssse3.Shuffle(text, Vector128<byte>.Indices + Vector128.Create((byte)(ToHighBit + bytes)));
    }
}
