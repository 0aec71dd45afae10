using System.Text;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Engine.Tests.Numbers;

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void Nothing_is_zero_and_adds_nothing()
    {
        Assert.Equal(0U, Crc32.Of([]));
        Assert.Equal(0xCBF43926, Crc32.Append(0xCBF43926, []));
    }

    // Interleaved best levels as venues sum them up: the worked examples of OKX and Bitfinex (P0 and R0).
    [Theory]
    [InlineData("3366.1:7:3366.8:9:3366:6:3368:8", -1881014294)]
    [InlineData("3366.1:7:3366.8:9:3368:8:3372:8", 831078360)]
    [InlineData("6000:1:6100:-3:5900:2:6200:-4", 1756193398)]
    [InlineData("34753002978:1.54340371:34753003110:-0.75:34753002991:0.2:34753002500:-1.2e-7:34752998120:3", -898242051)]
    public void Levels_have_the_checksum_that_venues_send(string levels, int checksum) =>
        Assert.Equal(checksum, (int)Crc32.Of(Encoding.ASCII.GetBytes(levels)));

    /// <summary>
    /// A recorded Bitfinex book with prices in exponent form and the checksum that came with it (tests of bitfinexcom/bitfinex-api-go): 18 bids, then
    /// asks alone.
    /// </summary>
    [Fact]
    public void A_recorded_book_has_the_checksum_that_was_sent()
    {
        string[] bids =
        [
            "0.0000011:266122.94", "0.00000109:500793.10790141", "0.00000108:776367.43", "0.00000107:23329.54842056", "0.00000106:116868.87735849",
            "0.00000105:205000", "0.00000103:227308.25386407", "0.00000102:105000", "0.00000101:2970", "0.000001:21000", "7e-7:10000", "6.6e-7:10000",
            "6e-7:100000", "4.9e-7:10000", "2.5e-7:2000", "6e-8:100000", "5e-8:200000", "1e-8:640000",
        ];
        string[] asks =
        [
            "0.00000111:-4847.13", "0.00000112:-528102.69042633", "0.00000113:-302397.07", "0.00000114:-339088.93", "0.00000126:-245944.06",
            "0.00000127:-5000", "0.0000013:-5000", "0.00000134:-8249.18938656", "0.00000136:-13161.25184766", "0.00000145:-2914",
            "0.0000015:-54448.5", "0.00000152:-5538.54849594", "0.00000153:-62691.75475079", "0.00000159:-2914", "0.0000016:-52631.10296831",
            "0.00000164:-4000", "0.00000166:-3831.46784605", "0.00000171:-14575.17730379", "0.00000174:-3124.81815395", "0.0000018:-18000",
            "0.00000182:-16000", "0.00000186:-4000", "0.00000189:-10000.686624", "0.00000191:-14500", "0.00000193:-2422",
        ];
        IEnumerable<string> levels = asks.SelectMany((ask, index) => index < bids.Length ? [bids[index], ask] : new[] { ask });
        string text = string.Join(':', levels);

        Assert.Equal(851, text.Length);
        Assert.Equal(-1175357890, (int)Crc32.Of(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Every_length_and_every_place_to_go_on_agree_with_one_bit_at_a_time()
    {
        byte[] bytes = new byte[64];
        new Random(32).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> text = bytes.AsSpan(0, length);
            uint expected = OneBitAtATime(text);
            Assert.Equal(expected, Crc32.Of(text));
            for (int first = 0; first <= length; first++)
            {
                Assert.Equal(expected, Crc32.Append(Crc32.Append(0, text[..first]), text[first..]));
            }
        }
    }

    [Fact]
    public void Every_byte_at_every_place_of_a_word_counts()
    {
        byte[] bytes = new byte[8];
        for (int place = 0; place < bytes.Length; place++)
        {
            for (int value = 0; value < 256; value++)
            {
                bytes[place] = (byte)value;
                Assert.Equal(OneBitAtATime(bytes), Crc32.Of(bytes));
            }
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        byte[] bytes = new byte[1_000];
        uint crc = Crc32.Of(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        crc = Crc32.Append(crc, bytes);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(OneBitAtATime(new byte[2_000]), crc);
    }

    private static uint OneBitAtATime(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
