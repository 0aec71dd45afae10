using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Engine.Tests.Numbers;

public class Crc32JoinTests
{
    [Fact]
    public void Parts_put_together_have_the_checksum_of_the_whole()
    {
        Random random = new(20_261_120);
        byte[] bytes = new byte[Crc32Join.BytesMax];
        random.NextBytes(bytes);
        for (int round = 0; round < 2_000; round++)
        {
            int end = random.Next(bytes.Length + 1);
            int partMax = random.Next(1, 200);
            ulong sum = 0;
            for (int start = end; start > 0;)
            {
                int length = Math.Min(random.Next(partMax + 1), start);
                sum ^= Crc32Join.Part(Crc32.Of(bytes.AsSpan(start - length, length)), end - start);
                start -= length;
                Assert.Equal(Crc32.Of(bytes.AsSpan(start, end - start)), Crc32Join.Whole(sum));
            }
        }
    }

    [Fact]
    public void Nothing_is_zero() => Assert.Equal(0U, Crc32Join.Whole(0));

    [Fact]
    public void What_is_too_long_is_refused() => Assert.Throws<IndexOutOfRangeException>(() => Crc32Join.Part(0, Crc32Join.BytesMax + 1));

    [Fact]
    public void The_multiplication_of_the_processor_is_the_plain_one()
    {
        Random random = new(7);
        for (int round = 0; round < 100_000; round++)
        {
            uint left = (uint)random.NextInt64(1L << 32) >> random.Next(32);
            uint right = (uint)random.NextInt64(1L << 32) >> random.Next(32);
            Assert.Equal(Crc32Join.MultiplyPlain(left, right), Crc32Join.Multiply(left, right));
        }

        // (x + 1)² = x² + 1: 1 and 1 are 0, without a carry.
        Assert.Equal(0b101UL, Crc32Join.MultiplyPlain(0b11, 0b11));
    }
}
