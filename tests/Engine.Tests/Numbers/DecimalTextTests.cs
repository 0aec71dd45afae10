using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Numbers;

public class DecimalTextTests
{
    [Theory]
    [InlineData(15023764200000000, 8, 8, "150237642.00000000")]
    [InlineData(150237642, 0, 8, "150237642.00000000")]
    [InlineData(6180020, 2, 2, "61800.20")]
    [InlineData(6180020, 2, 1, "61800.2")]
    [InlineData(6180020, 2, 4, "61800.2000")]
    [InlineData(5, 3, 3, "0.005")]
    [InlineData(-5, 3, 3, "-0.005")]
    [InlineData(-1500, 3, 1, "-1.5")]
    [InlineData(0, 14, 0, "0")]
    [InlineData(0, 0, 14, "0.00000000000000")]
    [InlineData(long.MaxValue, 0, 0, "9223372036854775807")]
    [InlineData(long.MinValue, 14, 14, "-92233.72036854775808")]
    [InlineData(long.MinValue, 0, 14, "-9223372036854775808.00000000000000")]
    [InlineData(1_000_000_000_000_000_000, 18, 0, "1")]
    [InlineData(-10_000, 18, 14, "-0.00000000000001")]
    public void Values_are_written_with_the_decimals_asked_for(long value, int decimals, int written, string expected)
    {
        Assert.Equal(expected, DecimalText.Format(value, decimals, written));
        Assert.Equal(expected, Bytes(value, decimals, written));
        Assert.True(expected.Length <= DecimalText.CharactersMax);
    }

    [Theory]
    [InlineData(15023764200000000, 8, "150237642")]
    [InlineData(6180020, 2, "61800.2")]
    [InlineData(100, 0, "100")]
    [InlineData(100, 1, "10")]
    [InlineData(0, 8, "0")]
    [InlineData(-10, 2, "-0.1")]
    [InlineData(long.MinValue, 18, "-9.223372036854775808")]
    public void The_short_form_has_no_trailing_zeros(long value, int decimals, string expected) =>
        Assert.Equal(expected, DecimalText.FormatShort(value, decimals));

    [Theory]
    [InlineData(5, 1, 0)]
    [InlineData(-5, 1, 0)]
    [InlineData(long.MaxValue, 18, 14)]
    [InlineData(long.MinValue, 18, 14)]
    [InlineData(1, 18, 0)]
    public void A_digit_is_never_lost(long value, int decimals, int written)
    {
        Assert.Throws<ArgumentException>(() => DecimalText.Format(value, decimals, written));
        Assert.Throws<ArgumentException>(() => Bytes(value, decimals, written));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(19, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 16)]
    public void Scales_and_forms_that_do_not_exist_are_refused(int decimals, int written)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DecimalText.Format(0, decimals, written));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bytes(0, decimals, written));
    }

    // What `String(x)` gives in JavaScript.
    [Theory]
    [InlineData(2, 8, "2e-8")]
    [InlineData(91, 8, "9.1e-7")]
    [InlineData(12, 8, "1.2e-7")]
    [InlineData(-12, 8, "-1.2e-7")]
    [InlineData(7, 7, "7e-7")]
    [InlineData(70, 8, "7e-7")]
    [InlineData(700_000, 12, "7e-7")]
    [InlineData(66, 8, "6.6e-7")]
    [InlineData(1, 7, "1e-7")]
    [InlineData(1, 8, "1e-8")]
    [InlineData(1, 10, "1e-10")]
    [InlineData(1, 14, "1e-14")]
    [InlineData(1, 18, "1e-18")]
    [InlineData(10, 11, "1e-10")]
    [InlineData(12_345, 14, "1.2345e-10")]
    [InlineData(10_305, 14, "1.0305e-10")]
    [InlineData(99_999_999, 14, "9.9999999e-7")]
    [InlineData(-99_999_999, 14, "-9.9999999e-7")]
    [InlineData(999_999_999_999, 18, "9.99999999999e-7")]
    [InlineData(1, 6, "0.000001")]
    [InlineData(-1, 6, "-0.000001")]
    [InlineData(100, 8, "0.000001")]
    [InlineData(100_000_001, 14, "0.00000100000001")]
    [InlineData(107, 8, "0.00000107")]
    [InlineData(50079310790141, 8, "500793.10790141")]
    [InlineData(10_000, 0, "10000")]
    [InlineData(1_000_000, 2, "10000")]
    [InlineData(0, 0, "0")]
    [InlineData(0, 8, "0")]
    [InlineData(0, 18, "0")]
    public void The_exponent_form_is_that_of_JavaScript(long value, int decimals, string expected)
    {
        Assert.Equal(expected, DecimalText.Format(value, decimals, TextForm.Exponent));
        Assert.Equal(expected, Bytes(value, decimals, TextForm.Exponent));
    }

    [Fact]
    public void Numbers_below_a_millionth_are_written_with_the_shortest_digits_that_a_double_has()
    {
        Random random = new(20_260_902);
        for (int round = 0; round < 20_000; round++)
        {
            int decimals = random.Next(7, PowersOfTen.ExponentMax + 1);
            long value = random.NextInt64(1, PowersOfTen.Of(random.Next(1, decimals - 5)));
            double nearest = double.Parse($"{value}e-{decimals}", CultureInfo.InvariantCulture);
            string expected = nearest.ToString("R", CultureInfo.InvariantCulture)
                .Replace("E-0", "e-", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
            Assert.Contains("e-", expected, StringComparison.Ordinal);
            Assert.Equal(expected, Bytes(value, decimals, TextForm.Exponent));
            Assert.Equal("-" + expected, DecimalText.Format(-value, decimals, TextForm.Exponent));
        }
    }

    [Theory]
    [InlineData(6180020, 2, 4)]
    [InlineData(-5, 3, 3)]
    [InlineData(0, 0, 0)]
    [InlineData(-91, 8, TextForm.Exponent)]
    [InlineData(1, 10, TextForm.Exponent)]
    [InlineData(long.MinValue, 0, 14)]
    public void Text_that_does_not_fit_is_refused_and_nothing_behind_it_is_touched(long value, int decimals, int written)
    {
        string expected = DecimalText.Format(value, decimals, written);
        byte[] bytes = [.. Enumerable.Repeat((byte)'#', DecimalText.CharactersMax + 1)];
        Assert.Equal(expected.Length, DecimalText.Format(bytes.AsSpan(0, expected.Length), value, decimals, written));
        Assert.Equal(expected + new string('#', bytes.Length - expected.Length), Encoding.ASCII.GetString(bytes));
        Assert.Throws<ArgumentException>(() => DecimalText.Format(bytes.AsSpan(0, expected.Length - 1), value, decimals, written));
    }

    [Fact]
    public void Writing_into_bytes_allocates_nothing()
    {
        byte[] bytes = new byte[DecimalText.CharactersMax];
        int length = 0;
        long before = 0;
        for (int round = 0; round < 2_000; round++)
        {
            if (round == 1_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            length += DecimalText.Format(bytes, round - 1_000, 8, 8) + DecimalText.Format(bytes, round - 1_000, 10, TextForm.Exponent);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(length > 0);
    }

    [Fact]
    public void Every_count_of_digits_is_written_whole()
    {
        for (int exponent = 0; exponent <= PowersOfTen.ExponentMax; exponent++)
        {
            foreach (long value in new[] { PowersOfTen.Of(exponent) - 1, PowersOfTen.Of(exponent), PowersOfTen.Of(exponent) + 1 })
            {
                Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Bytes(value, 0, 0));
                Assert.Equal((-value).ToString(CultureInfo.InvariantCulture), Bytes(-value, 0, 0));
            }
        }

        for (int bit = 0; bit < 63; bit++)
        {
            Assert.Equal((1L << bit).ToString(CultureInfo.InvariantCulture), Bytes(1L << bit, 0, 0));
        }
    }

    /// <summary>Room for the longest text is the way with eight digits at a time, room for this one alone the way with a loop.</summary>
    [Fact]
    public void Eight_digits_at_a_time_are_the_same_text()
    {
        Random random = new(20_261_120);
        byte[] bytes = new byte[DecimalText.CharactersMax];
        for (int round = 0; round < 200_000; round++)
        {
            int decimals = random.Next(PowersOfTen.ExponentMax + 1);
            int written = random.Next(TextForm.DecimalsMax + 1);
            long value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            if (written < decimals)
            {
                value -= value % PowersOfTen.Of(decimals - written);
            }

            int length = DecimalText.Format(bytes, value, decimals, written);
            byte[] exact = new byte[length];
            Assert.Equal(length, DecimalText.Format(exact, value, decimals, written));
            Assert.Equal(Encoding.ASCII.GetString(exact), Encoding.ASCII.GetString(bytes, 0, length));
        }

        // Every four digits, in each half of both registers.
        for (long four = 0; four < 10_000; four++)
        {
            long eight = (four * 10_000) + 9_999 - four;
            Assert.Equal($"{eight}.{eight:D8}", Bytes((eight * 100_000_000) + eight, 8, 8));
        }
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_value()
    {
        Gen<(long Value, int Decimals, int Written)> gen =
            from value in Gen.OneOf(
                ArbMap.Default.GeneratorFor<long>(),
                Gen.Choose(-1000, 1000).Select(static v => (long)v),
                Gen.Elements(long.MinValue, long.MaxValue, 0, 1, -1, 1_000_000_000_000_000_000))
            from decimals in Gen.Choose(0, 18)
            from written in Gen.Choose(0, TextForm.DecimalsMax)
            select (value, decimals, written);

        Prop.ForAll(gen.ToArbitrary(), static t =>
        {
            BigInteger factor = BigInteger.Pow(10, Math.Max(0, t.Decimals - t.Written));
            if (t.Value % factor != 0)
            {
                Assert.Throws<ArgumentException>(() => DecimalText.Format(t.Value, t.Decimals, t.Written));
                return true;
            }

            string text = DecimalText.Format(t.Value, t.Decimals, t.Written);
            Assert.Equal(text, Bytes(t.Value, t.Decimals, t.Written));
            Assert.Equal(t.Written, text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0);
            Assert.Equal(
                t.Value * BigInteger.Pow(10, 18 - t.Decimals),
                BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 18 - t.Written));
            Assert.Equal(Exact(t.Value, t.Decimals), decimal.Parse(DecimalText.FormatShort(t.Value, t.Decimals), CultureInfo.InvariantCulture));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_260_902UL, 1UL));
    }

    [Fact]
    public void Powers_of_ten_are_what_they_say()
    {
        for (int i = 0; i <= PowersOfTen.ExponentMax; i++)
        {
            Assert.Equal(BigInteger.Pow(10, i), PowersOfTen.Of(i));
        }

        Assert.Throws<IndexOutOfRangeException>(() => PowersOfTen.Of(PowersOfTen.ExponentMax + 1));
        Assert.Throws<IndexOutOfRangeException>(() => PowersOfTen.Of(-1));
    }

    private static string Bytes(long value, int decimals, int written)
    {
        byte[] bytes = new byte[DecimalText.CharactersMax];
        return Encoding.ASCII.GetString(bytes, 0, DecimalText.Format(bytes, value, decimals, written));
    }

    private static decimal Exact(long value, int decimals)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(value);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, value < 0, (byte)decimals);
    }
}
