using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Arm = System.Runtime.Intrinsics.Arm;

namespace Lob.Fast.Engine.Numbers;

/// <summary>
/// The <see cref="Crc32"/> of texts one behind the other, from the checksum of each: none of their bytes is looked at again. A checksum is a polynomial
/// over bits, and that of a whole is the sum (exclusive or) of those of its parts, each times x^(8 × bytes behind it): one multiplication without
/// carries a part, and one reduction for all.
/// <code>
/// ulong sum = Crc32Join.Part(crcOfFirst, bytesBehind: second.Length) ^ Crc32Join.Part(crcOfSecond, 0);
/// uint crc = Crc32Join.Whole(sum);
/// </code>
/// </summary>
public static class Crc32Join
{
    /// <summary>Most bytes behind a part.</summary>
    public const int BytesMax = 4095;

    /// <summary>x^-1 in reversed bits: with a zero bit behind it becomes 1, which is the highest bit.</summary>
    private const uint Inverse = 0xDB710641;

    // x^(8n - 1) for n bytes: the product of two numbers with reversed bits is one place too low.
    private static readonly uint[] Powers = BuildPowers();

    /// <summary>What a part adds to the sum.</summary>
    /// <param name="checksum">Checksum of the part.</param>
    /// <param name="bytesBehind">Bytes of the whole that stand behind the part.</param>
    /// <exception cref="IndexOutOfRangeException">More than <see cref="BytesMax"/> of them.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Part(uint checksum, int bytesBehind) => Multiply(checksum, Powers[bytesBehind]);

    /// <summary>The checksum of the whole from the sum of its parts.</summary>
    public static uint Whole(ulong sum) => Crc32.Reduce(sum);

    /// <summary>The product without carries of two numbers of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Multiply(ulong left, ulong right) =>
        Pclmulqdq.IsSupported ? Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(left), Vector128.CreateScalar(right), 0).ToScalar()
            : Arm.Aes.IsSupported ? Arm.Aes.PolynomialMultiplyWideningLower(Vector64.CreateScalar(left), Vector64.CreateScalar(right)).ToScalar()
            : MultiplyPlain(left, right);

    /// <summary>What <see cref="Multiply"/> does where no instruction does it.</summary>
    internal static ulong MultiplyPlain(ulong left, ulong right)
    {
        ulong product = 0;
        for (; right != 0; right >>= 1)
        {
            product ^= left & (0 - (right & 1));
            left <<= 1;
        }

        return product;
    }

    private static uint[] BuildPowers()
    {
        uint[] powers = new uint[BytesMax + 1];
        powers[0] = Inverse;
        for (int length = 1; length < powers.Length; length++)
        {
            powers[length] = Crc32.ShiftByte(powers[length - 1]);
        }

        return powers;
    }
}
