using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Imports;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Imports;

/// <summary>JSON numbers of other programs, exactly.</summary>
public class ImportedNumberTests
{
    private const int Decimals = 14;

    [Theory]
    [InlineData("1e-05", "0.00001")]
    [InlineData("1E-5", "0.00001")]
    [InlineData("2.5e-06", "0.0000025")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("1.50e2", "150")]
    [InlineData("1.5e+3", "1500")]
    [InlineData("12.5e0", "12.5")]
    [InlineData("0.00125e2", "0.125")]
    [InlineData("0.5e1", "5")]
    [InlineData("10e-8", "1e-7")]
    [InlineData("0e5", "0")]
    [InlineData("0.000e-3", "0")]
    [InlineData("1.000000000000000000e-5", "0.00001")]
    [InlineData("9e4", "90000")]
    public void An_exponent_of_any_form_is_resolved(string text, string plain)
    {
        DecimalNumber number = ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), Decimals);

        Assert.Equal(RejectReason.None, number.Reason);
        Assert.Equal(decimal.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture), number.Value / (decimal)PowersOfTen.Of(Decimals));
        Assert.InRange(number.Written, 0, Decimals);
        Assert.True(number.Significant <= number.Written);
    }

    [Theory]
    [InlineData("100.0", 1)]
    [InlineData("100.00", 2)]
    [InlineData("7", 0)]
    [InlineData("2e-8", TextForm.Exponent)]
    [InlineData("9.1e-7", TextForm.Exponent)]
    public void The_text_form_of_other_numbers_stays(string text, int written) =>
        Assert.Equal((RejectReason.None, written), (ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), 8).Reason, ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), 8).Written));

    [Theory]
    [InlineData("1e30")]
    [InlineData("1e-15")]
    [InlineData("1e61")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("0.30000000000000004")]
    [InlineData("12345678901234567890123456789012345678901234567890e-40")]
    public void What_cannot_be_held_exactly_is_out_of_range(string text) =>
        Assert.Equal(RejectReason.NumberOutOfRange, ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), 2).Reason);

    [Theory]
    [InlineData("-1e-05")]
    [InlineData("-5")]
    public void A_minus_is_told(string text) => Assert.True(ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), 8).Negative);

    [Fact]
    public void Numbers_as_Python_writes_them_are_what_they_were()
    {
        // repr of a float in Python: an exponent of two digits at least below 1e-4.
        Random random = new(20261120);
        for (int i = 0; i < 20_000; i++)
        {
            int scale = random.Next(0, 13);
            long digits = random.NextInt64(1, 1_000_000_000);
            decimal value = digits / (decimal)PowersOfTen.Of(scale);
            string plain = value.ToString(CultureInfo.InvariantCulture);
            string mantissa = digits.ToString(CultureInfo.InvariantCulture).TrimEnd('0');
            int exponent = digits.ToString(CultureInfo.InvariantCulture).Length - 1 - scale;
            string text = $"{mantissa[0]}{(mantissa.Length > 1 ? "." + mantissa[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}";

            DecimalNumber number = ImportedNumber.Parse(Encoding.ASCII.GetBytes(text), scale);

            Assert.True(number.Reason == RejectReason.None && number.Value == digits, $"{text}: {number.Reason} {number.Value}, not {plain}");
        }
    }
}
