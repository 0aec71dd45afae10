using System.Buffers.Binary;
using System.Text;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Tests.Json;

public class UuidTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", 0UL, 0UL)]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", 0x0011223344556677UL, 0x8899AABBCCDDEEFFUL)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("d50ec984-77a8-460a-b958-66f114b0de9b", 0xD50EC98477A8460AUL, 0xB95866F114B0DE9BUL)]
    public void Text_is_the_number_in_the_order_it_is_written(string text, ulong high, ulong low)
    {
        Assert.True(Uuid.TryParse(Encoding.ASCII.GetBytes(text), out ulong readHigh, out ulong readLow));
        Assert.Equal((high, low), (readHigh, readLow));
        Assert.Equal(text, Text(high, low));
    }

    [Fact]
    public void It_reads_and_writes_as_Guid_does()
    {
        Random random = new(36);
        byte[] number = new byte[16];
        for (int round = 0; round < 10_000; round++)
        {
            random.NextBytes(number);
            Guid guid = new(number, bigEndian: true);
            (ulong high, ulong low) = (BinaryPrimitives.ReadUInt64BigEndian(number), BinaryPrimitives.ReadUInt64BigEndian(number.AsSpan(8)));
            string text = guid.ToString("D");

            Assert.True(Uuid.TryParse(Encoding.ASCII.GetBytes(text), out ulong readHigh, out ulong readLow));
            Assert.Equal((high, low), (readHigh, readLow));
            Assert.True(Uuid.TryParse(Encoding.ASCII.GetBytes(text.ToUpperInvariant()), out readHigh, out readLow));
            Assert.Equal((high, low), (readHigh, readLow));
            Assert.Equal(text, Text(high, low));
        }
    }

    [Fact]
    public void A_wrong_byte_is_seen_at_every_place()
    {
        byte[] text = "d50ec984-77a8-460a-b958-66f114b0de9b"u8.ToArray();
        for (int place = 0; place < text.Length; place++)
        {
            byte right = text[place];
            for (int value = 0; value < 256; value++)
            {
                text[place] = (byte)value;
                bool expected = place is 8 or 13 or 18 or 23 ? value == '-' : char.IsAsciiHexDigit((char)value);
                Assert.Equal(expected, Uuid.TryParse(text, out ulong high, out ulong low));
                Assert.True(expected || (high, low) == (0, 0));
            }

            text[place] = right;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("d50ec984-77a8-460a-b958-66f114b0de9")]
    [InlineData("d50ec984-77a8-460a-b958-66f114b0de9b0")]
    [InlineData("d50ec98477a8460ab95866f114b0de9b")]
    [InlineData("{d50ec984-77a8-460a-b958-66f114b0de9b}")]
    [InlineData("0x0ec984-77a8-460a-b958-66f114b0de9b")]
    public void Other_texts_are_none(string text) => Assert.False(Uuid.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));

    [Fact]
    public void Too_little_room_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Uuid.Format(new byte[Uuid.Length - 1], 0, 0));

    [Fact]
    public void It_allocates_nothing()
    {
        byte[] text = "d50ec984-77a8-460a-b958-66f114b0de9b"u8.ToArray();
        byte[] written = new byte[Uuid.Length];
        long before = 0;
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(Uuid.TryParse(text, out ulong high, out ulong low));
            Uuid.Format(written, high, low);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(text, written);
    }

    private static string Text(ulong high, ulong low)
    {
        byte[] text = new byte[Uuid.Length];
        Uuid.Format(text, high, low);
        return Encoding.ASCII.GetString(text);
    }
}
