using System.Runtime.CompilerServices;
using System.Text;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Json;

public class DecimalParserTests
{
    [Theory]
    [InlineData("0", 0, 0L, 0, 0)]
    [InlineData("0", 8, 0L, 0, 0)]
    [InlineData("0.000", 2, 0L, 3, 0)]
    [InlineData("61837.63000000", 2, 6183763L, 8, 2)]
    [InlineData("150237642.00000000", 0, 150237642L, 8, 0)]
    [InlineData("0.00002246", 8, 2246L, 8, 8)]
    [InlineData("1.5", 14, 150000000000000L, 1, 1)]
    [InlineData("0.00000000000001", 14, 1L, 14, 14)]
    [InlineData("92233.72036854775807", 14, long.MaxValue, 14, 14)]
    [InlineData("9223372036854775807", 0, long.MaxValue, 0, 0)]
    [InlineData("9223372036854775807.00", 0, long.MaxValue, 2, 0)]
    [InlineData("1.005", 2, 0L, 3, 3)]
    public void Reads(string text, int decimals, long value, int written, int significant)
    {
        DecimalNumber number = DecimalParser.Parse(Encoding.ASCII.GetBytes(text), decimals);
        Assert.Equal((RejectReason.None, value, written, significant), (number.Reason, number.Value, number.Written, number.Significant));
    }

    [Theory]
    [InlineData("", RejectReason.BadNumber, 0)]
    [InlineData("-1", RejectReason.BadNumber, 0)]
    [InlineData("--1", RejectReason.BadNumber, 0)]
    [InlineData("+1", RejectReason.BadNumber, 0)]
    [InlineData(".5", RejectReason.BadNumber, 0)]
    [InlineData("5.", RejectReason.BadNumber, 2)]
    [InlineData("01", RejectReason.BadNumber, 1)]
    [InlineData("00.5", RejectReason.BadNumber, 1)]
    [InlineData("1e5", RejectReason.BadNumber, 1)]
    [InlineData("1.5e5", RejectReason.BadNumber, 3)]
    [InlineData("NaN", RejectReason.BadNumber, 0)]
    [InlineData("1.2.3", RejectReason.BadNumber, 3)]
    [InlineData("1,5", RejectReason.BadNumber, 1)]
    [InlineData(" 1", RejectReason.BadNumber, 0)]
    [InlineData("1 ", RejectReason.BadNumber, 1)]
    [InlineData("1\0", RejectReason.BadNumber, 1)]
    [InlineData("12345678\0", RejectReason.BadNumber, 8)]
    [InlineData("9223372036854775808", RejectReason.NumberOutOfRange, 0)]
    [InlineData("99999999999999999999999999", RejectReason.NumberOutOfRange, 0)]
    [InlineData("0.000000000000001", RejectReason.NumberOutOfRange, 16)]
    [InlineData("0.000000000000000", RejectReason.NumberOutOfRange, 16)]
    public void Rejects_naming_reason_and_byte(string text, RejectReason reason, int faultByte)
    {
        DecimalNumber number = DecimalParser.Parse(Encoding.ASCII.GetBytes(text), 8);
        Assert.Equal((reason, faultByte), (number.Reason, number.FaultByte));
    }

    [Fact]
    public void What_does_not_fit_at_the_scale_is_an_error_and_never_rounded()
    {
        Assert.Equal(RejectReason.NumberOutOfRange, DecimalParser.Parse("92233720369"u8, 9).Reason);
        Assert.Equal(RejectReason.None, DecimalParser.Parse("9223372036"u8, 9).Reason);
    }

    [Fact]
    public void Any_decimal_is_read_as_it_was_written() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<ulong, byte, byte>(static (seed, written, extra) =>
        {
            int decimals = written % (TextForm.DecimalsMax + 1);
            long value = (long)(seed % (1UL << (extra % 63)));
            string text = DecimalText.Format(value, decimals, decimals);
            DecimalNumber number = DecimalParser.Parse(Encoding.ASCII.GetBytes(text), decimals);
            return number.Reason == RejectReason.None && number.Value == value && number.Written == decimals;
        }));

    [Fact]
    public void The_fast_path_says_what_the_careful_one_says_or_nothing()
    {
        const string Alphabet = "0000123456789.....-e\"x\0";
        Random random = new(20240808);
        int fast = 0;
        Span<byte> text = stackalloc byte[64];
        for (int round = 0; round < 300_000; round++)
        {
            text.Fill((byte)'7');
            int length = random.Next(20);
            for (int index = 0; index < length; index++)
            {
                // Mostly numbers of the usual form, so that both ways are taken often.
                text[index] = (byte)(random.Next(8) == 0 ? Alphabet[random.Next(Alphabet.Length)] : "0123456789"[random.Next(10)]);
            }

            if (length > 2 && random.Next(2) == 0)
            {
                text[random.Next(length)] = (byte)'.';
            }

            text[length] = (byte)'"';
            DecimalScale scale = new(random.Next(9));
            bool swar = DecimalParser.TryParseSwar(ref text[0], scale, out long swarValue, out int swarWritten, out int swarRead) && text[swarRead] == (byte)'"';
            bool taken = DecimalParser.TryParseQuoted(ref text[0], scale, out long value, out int written, out int read);
            Assert.True(taken || !swar);
            if (swar)
            {
                Assert.Equal((value, written, read), (swarValue, swarWritten, swarRead));
            }

            if (taken)
            {
                fast++;
                DecimalNumber number = DecimalParser.Parse(text[..read], scale.Decimals);
                Assert.Equal((byte)'"', text[read]);
                Assert.Equal((RejectReason.None, value, written), (number.Reason, number.Value, number.Written));
                Assert.True(number.Significant <= scale.Decimals);
            }
        }

        Assert.InRange(fast, 10_000, 299_999);
    }

    [Fact]
    public void A_text_at_the_end_of_a_frame_is_read_as_anywhere_else()
    {
        Random random = new(20261120);
        using GuardedBytes memory = new();
        int atEnd = 0;
        for (int round = 0; round < 100_000; round++)
        {
            string usual = $"{random.Next(100_000)}.{random.Next(100_000)}000";
            byte[] text = Encoding.ASCII.GetBytes(random.Next(4) == 0 ? RandomDecimal.Next(random) : usual[random.Next(4)..]);
            byte[] frame = [.. new byte[random.Next(20)], .. text, (byte)'"', .. Enumerable.Repeat((byte)random.Next(), random.Next(20))];
            int start = Array.IndexOf(frame, (byte)'"') - text.Length;
            DecimalScale scale = new(random.Next(9));
            if (DecimalParser.TryParseText(memory.AtEnd(frame), start, text.Length, scale, out long value, out int written))
            {
                DecimalNumber number = DecimalParser.Parse(text, scale.Decimals);
                Assert.Equal((RejectReason.None, value, written), (number.Reason, number.Value, number.Written));
                Assert.True(number.Significant <= scale.Decimals);
                atEnd += frame.Length - start < DecimalParser.LookAhead ? 1 : 0;
            }
        }

        Assert.True(!VectorDigits.IsSupported || atEnd > 10_000);
    }

    [Fact]
    public void The_fast_path_takes_what_venues_usually_write()
    {
        foreach (string text in new[] { "0", "61837.63000000", "0.00000000", "58710.20", "0.014", "1001", "9999999.99999999" })
        {
            byte[] bytes = [.. Encoding.ASCII.GetBytes(text + "\""), .. new byte[32]];
            Assert.True(DecimalParser.TryParseQuoted(ref bytes[0], new DecimalScale(8), out long value, out _, out int length), text);
            Assert.Equal(text.Length, length);
            Assert.Equal(DecimalParser.Parse(Encoding.ASCII.GetBytes(text), 8).Value, value);
        }
    }

    [Theory]
    [InlineData("0", 8, 0L, false, 0, 0)]
    [InlineData("0.00", 8, 0L, false, 2, 0)]
    [InlineData("1", 8, 100000000L, false, 0, 0)]
    [InlineData("-1", 8, 100000000L, true, 0, 0)]
    [InlineData("-528102.69042633", 8, 52810269042633L, true, 8, 8)]
    [InlineData("0.000001", 8, 100L, false, 6, 6)]
    [InlineData("-0.0000001", 8, 10L, true, 7, 7)]
    [InlineData("-1.5", 0, 0L, true, 1, 1)]
    [InlineData("-9223372036854775807", 0, long.MaxValue, true, 0, 0)]
    [InlineData("7e-7", 8, 70L, false, 15, 7)]
    [InlineData("7e-7", 7, 7L, false, 15, 7)]
    [InlineData("7e-7", 6, 0L, false, 15, 7)]
    [InlineData("6.6e-7", 8, 66L, false, 15, 8)]
    [InlineData("-1.2e-7", 8, 12L, true, 15, 8)]
    [InlineData("-1.2e-7", 0, 0L, true, 15, 8)]
    [InlineData("2e-8", 14, 2000000L, false, 15, 8)]
    [InlineData("1e-14", 14, 1L, false, 15, 14)]
    [InlineData("1.02e-12", 14, 102L, false, 15, 14)]
    [InlineData("9.9999999e-7", 14, 99999999L, false, 15, 14)]
    public void Signed_numbers_are_read(string text, int decimals, long value, bool negative, int written, int significant)
    {
        DecimalNumber number = DecimalParser.ParseSigned(Encoding.ASCII.GetBytes(text), decimals);
        Assert.Equal(
            (RejectReason.None, value, negative, written, significant),
            (number.Reason, number.Value, number.Negative, number.Written, number.Significant));
    }

    [Theory]
    [InlineData("", RejectReason.BadNumber, 0)]
    [InlineData("-", RejectReason.BadNumber, 1)]
    [InlineData("--1", RejectReason.BadNumber, 1)]
    [InlineData("+1", RejectReason.BadNumber, 0)]
    [InlineData("-0", RejectReason.BadNumber, 0)]
    [InlineData("-0.00", RejectReason.BadNumber, 0)]
    [InlineData("-01", RejectReason.BadNumber, 2)]
    [InlineData("-1.", RejectReason.BadNumber, 3)]
    [InlineData("1E-7", RejectReason.BadNumber, 1)]
    [InlineData("e-7", RejectReason.BadNumber, 0)]
    [InlineData("-e-7", RejectReason.BadNumber, 1)]
    [InlineData("0e-7", RejectReason.BadNumber, 0)]
    [InlineData("-0e-7", RejectReason.BadNumber, 1)]
    [InlineData("0.7e-7", RejectReason.BadNumber, 0)]
    [InlineData("10e-8", RejectReason.BadNumber, 0)]
    [InlineData("100000000000000000000e-8", RejectReason.BadNumber, 0)]
    [InlineData("1.0e-7", RejectReason.BadNumber, 2)]
    [InlineData("1.20e-7", RejectReason.BadNumber, 3)]
    [InlineData("1.e-7", RejectReason.BadNumber, 2)]
    [InlineData(".1e-7", RejectReason.BadNumber, 0)]
    [InlineData("1e", RejectReason.BadNumber, 2)]
    [InlineData("1e-", RejectReason.BadNumber, 3)]
    [InlineData("1e7", RejectReason.BadNumber, 2)]
    [InlineData("1e+7", RejectReason.BadNumber, 2)]
    [InlineData("1e21", RejectReason.BadNumber, 2)]
    [InlineData("1e-07", RejectReason.BadNumber, 3)]
    [InlineData("1e-0", RejectReason.BadNumber, 3)]
    [InlineData("1e-6", RejectReason.BadNumber, 3)]
    [InlineData("9.9e-6", RejectReason.BadNumber, 5)]
    [InlineData("1e-1", RejectReason.BadNumber, 3)]
    [InlineData("1e-7e", RejectReason.BadNumber, 4)]
    [InlineData("1e-7.5", RejectReason.BadNumber, 4)]
    [InlineData("1e-7 ", RejectReason.BadNumber, 4)]
    [InlineData("1x2e-7", RejectReason.BadNumber, 0)]
    [InlineData("1.x2e-7", RejectReason.BadNumber, 2)]
    [InlineData("NaN", RejectReason.BadNumber, 0)]
    [InlineData("null", RejectReason.BadNumber, 0)]
    [InlineData("-0.000000000000001", RejectReason.NumberOutOfRange, 17)]
    [InlineData("-9223372036854775808", RejectReason.NumberOutOfRange, 1)]
    [InlineData("1e-15", RejectReason.NumberOutOfRange, 3)]
    [InlineData("1.5e-14", RejectReason.NumberOutOfRange, 5)]
    [InlineData("-1.5e-14", RejectReason.NumberOutOfRange, 6)]
    [InlineData("5e-324", RejectReason.NumberOutOfRange, 3)]
    [InlineData("1e-99999999999999999999", RejectReason.NumberOutOfRange, 3)]
    public void Signed_numbers_that_could_not_be_written_back_are_rejected(string text, RejectReason reason, int faultByte)
    {
        DecimalNumber number = DecimalParser.ParseSigned(Encoding.ASCII.GetBytes(text), 8);
        Assert.Equal((reason, faultByte), (number.Reason, number.FaultByte));
        Assert.False(number.Negative);
    }

    [Fact]
    public void Any_signed_number_is_read_as_it_was_written() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<long, byte, byte>(static (seed, form, size) =>
        {
            int written = form % (TextForm.Exponent + 1);
            int decimals = written == TextForm.Exponent ? TextForm.DecimalsMax : written;
            long value = seed >> (size % 63);
            string text = DecimalText.Format(value, decimals, written);
            DecimalNumber number = DecimalParser.ParseSigned(Encoding.ASCII.GetBytes(text), decimals);
            long read = number.Negative ? -number.Value : number.Value;
            return value == long.MinValue
                ? number.Reason == RejectReason.NumberOutOfRange
                : number.Reason == RejectReason.None && read == value && DecimalText.Format(read, decimals, number.Written) == text;
        }));

    [Fact]
    public void Whatever_is_accepted_can_be_written_back()
    {
        const string Alphabet = "0000112345679....---ee";
        Random random = new(20_260_902);
        int exponents = 0;
        Span<byte> buffer = stackalloc byte[24];
        for (int round = 0; round < 1_000_000; round++)
        {
            Span<byte> text = buffer[..random.Next(1, 8)];
            foreach (ref byte letter in text)
            {
                letter = (byte)Alphabet[random.Next(Alphabet.Length)];
            }

            DecimalNumber number = DecimalParser.ParseSigned(text, TextForm.DecimalsMax);
            if (number.Reason == RejectReason.None)
            {
                exponents += number.Written == TextForm.Exponent ? 1 : 0;
                long value = number.Negative ? -number.Value : number.Value;
                Assert.Equal(Encoding.ASCII.GetString(text), DecimalText.Format(value, TextForm.DecimalsMax, number.Written));
            }
        }

        Assert.True(exponents > 50, $"{exponents} exponents");
    }

    [Fact]
    public void The_fast_path_of_signed_numbers_says_what_the_careful_one_says_or_nothing()
    {
        const string Alphabet = "0000123456789.....--ee,]\"x\0";
        Random random = new(20_240_808);
        int fast = 0;
        int negatives = 0;
        Span<byte> text = stackalloc byte[64];
        for (int round = 0; round < 300_000; round++)
        {
            text.Fill((byte)'7');
            int length = random.Next(20);
            for (int index = 0; index < length; index++)
            {
                text[index] = (byte)(random.Next(8) == 0 ? Alphabet[random.Next(Alphabet.Length)] : "0123456789"[random.Next(10)]);
            }

            if (length > 2 && random.Next(2) == 0)
            {
                text[random.Next(length)] = (byte)'.';
            }

            if (random.Next(2) == 0)
            {
                text[0] = (byte)'-';
            }

            text[length] = (byte)",]}\""[random.Next(4)];
            DecimalScale scale = new(random.Next(9));
            if (DecimalParser.TryParseNumber(ref text[0], scale, out long value, out bool negative, out int written, out int read))
            {
                fast++;
                negatives += negative ? 1 : 0;
                DecimalNumber number = DecimalParser.ParseSigned(text[..read], scale.Decimals);
                Assert.True(text[read] is (byte)',' or (byte)']');
                Assert.Equal((RejectReason.None, value, negative, written), (number.Reason, number.Value, number.Negative, number.Written));
                Assert.True(number.Significant <= scale.Decimals);
            }
        }

        Assert.InRange(fast, 10_000, 299_999);
        Assert.InRange(negatives, 1_000, fast - 1_000);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("271510.49", true)]
    [InlineData("-528102.69042633", true)]
    [InlineData("-9999999.99999999", true)]
    [InlineData("-0.000001", true)]
    [InlineData("-1", true)]
    [InlineData("-0", false)]
    [InlineData("-0.0", false)]
    [InlineData("-", false)]
    [InlineData("--1", false)]
    [InlineData("7e-7", false)]
    [InlineData("12345678", false)]
    [InlineData("0.123456789", false)]
    public void The_fast_path_takes_the_numbers_venues_usually_write(string text, bool taken)
    {
        foreach (string end in new[] { ",", "]" })
        {
            byte[] bytes = [.. Encoding.ASCII.GetBytes(text + end), .. new byte[DecimalParser.LookAhead]];
            Assert.Equal(taken, DecimalParser.TryParseNumber(ref bytes[0], new DecimalScale(8), out long value, out bool negative, out _, out int length));
            if (taken)
            {
                DecimalNumber number = DecimalParser.ParseSigned(Encoding.ASCII.GetBytes(text), 8);
                Assert.Equal((number.Value, number.Negative, text.Length), (value, negative, length));
            }
        }
    }

    /// <summary>In fully optimised code at once, as in <see cref="JsonScannerTests.An_integer_without_digits_is_none"/>.</summary>
    [Fact]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void A_number_without_digits_before_the_point_is_none()
    {
        foreach (string text in new[] { ".5", "\"", ".", "-1", "" })
        {
            byte[] bytes = [.. Encoding.ASCII.GetBytes(text + "\""), .. new byte[DecimalParser.LookAhead]];
            Assert.False(VectorDigits.IsSupported && DecimalParser.TryParseVector(ref bytes[0], new DecimalScale(8), out _, out _, out _), text);
            Assert.False(DecimalParser.TryParseSwar(ref bytes[0], new DecimalScale(8), out _, out _, out _), text);
        }
    }

    [Fact]
    public void Signed_numbers_are_read_without_allocating()
    {
        byte[][] texts = [.. new[] { "-528102.69042633", "-1.2e-7", "1e-6", "1e-15", "-0" }.Select(Encoding.ASCII.GetBytes)];
        long before = 0;
        int good = 0;
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] text in texts)
            {
                good += DecimalParser.ParseSigned(text, 8).Reason == RejectReason.None ? 1 : 0;
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(4, good);
    }

    [Fact]
    public void Eight_digits_at_once_are_their_number()
    {
        Random random = new(8);
        for (int round = 0; round < 10_000; round++)
        {
            int number = random.Next(100_000_000);
            string digits = number.ToString("D8", System.Globalization.CultureInfo.InvariantCulture);
            ulong word = BitConverter.ToUInt64(Encoding.ASCII.GetBytes(digits));
            Assert.Equal(0UL, Swar.NotDigits(Swar.ToDigits(word)));
            Assert.Equal(number, Swar.ToNumber(Swar.ToDigits(word)));
        }
    }

    [Fact]
    public void A_byte_that_is_no_digit_is_found_at_every_place()
    {
        for (int place = 0; place < Swar.Width; place++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] bytes = "12345678"u8.ToArray();
                bytes[place] = (byte)value;
                ulong word = BitConverter.ToUInt64(bytes);
                Assert.Equal(char.IsAsciiDigit((char)value) ? 8 : place, Swar.FirstHit(Swar.NotDigits(Swar.ToDigits(word))));
                Assert.Equal(value is < 0x20 or '"' or '\\' ? place : 8, Swar.FirstHit(Swar.NotPlain(word)));
            }
        }
    }
}
