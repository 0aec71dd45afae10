using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lob.Fast.Engine.Numbers;

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
    [InlineData(long.MinValue, 18, 18, "-9.223372036854775808")]
    [InlineData(long.MinValue, 0, 18, "-9223372036854775808.000000000000000000")]
    public void Values_are_written_with_the_decimals_asked_for(long value, int decimals, int written, string expected)
    {
        Assert.Equal(expected, DecimalText.Format(value, decimals, written));
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
    [InlineData(long.MaxValue, 18, 17)]
    [InlineData(1, 18, 0)]
    public void A_digit_is_never_lost(long value, int decimals, int written) =>
        Assert.Throws<ArgumentException>(() => DecimalText.Format(value, decimals, written));

    [Fact]
    public void What_is_written_reads_back_as_the_same_value()
    {
        Gen<(long Value, int Decimals, int Written)> gen =
            from value in Gen.OneOf(
                ArbMap.Default.GeneratorFor<long>(),
                Gen.Choose(-1000, 1000).Select(static v => (long)v),
                Gen.Elements(long.MinValue, long.MaxValue, 0, 1, -1, 1_000_000_000_000_000_000))
            from decimals in Gen.Choose(0, 18)
            from written in Gen.Choose(0, 18)
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

    private static decimal Exact(long value, int decimals)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(value);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, value < 0, (byte)decimals);
    }
}
