using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Json;

public class IsoTimeTests
{
    private const long NsPerTick = 100;

    [Theory]
    [InlineData("2000-01-01T00:00:00Z", 946_684_800_000_000_000L, 0)]
    [InlineData("2014-11-07T08:19:27.028459Z", 1_415_348_367_028_459_000L, 6)]
    [InlineData("2023-02-09T20:32:50.714964855Z", 1_675_974_770_714_964_855L, 9)]
    [InlineData("2024-02-29T23:59:59.9Z", 1_709_251_199_900_000_000L, 1)]
    [InlineData("2024-02-29T23:59:59.90Z", 1_709_251_199_900_000_000L, 2)]
    [InlineData("2000-02-29T00:00:00.000000000Z", 951_782_400_000_000_000L, 9)]
    [InlineData("2199-12-31T23:59:59.999999999Z", 7_258_118_399_999_999_999L, 9)]
    public void Times_are_read_and_written(string text, long unixNs, int digits)
    {
        Assert.Equal(RejectReason.None, Parse(text, out long read, out int fractionDigits));
        Assert.Equal((unixNs, digits), (read, fractionDigits));
        Assert.Equal(text, Text(unixNs, digits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2024-02-28")]
    [InlineData("2024-02-28T00:00:00")]
    [InlineData("2024-02-28T00:00:00.Z")]
    [InlineData("2024-02-28T00:00:00.0000000000Z")]
    [InlineData("2024-02-28T00:00:00,5Z")]
    [InlineData("2024-02-28T00:00:005Z")]
    [InlineData("2024-02-28T00:00:00.5")]
    [InlineData("2024-02-28T00:00:00.5z")]
    [InlineData("2024-02-28T00:00:00.-5Z")]
    [InlineData("2024-02-28T00:00:00.5 Z")]
    [InlineData("2024-02-28T00:00:00+00:00")]
    [InlineData("2024-02-28T00:00:00.5+00:00Z")]
    [InlineData("2024-02-28 00:00:00Z")]
    [InlineData("2024-02-28t00:00:00Z")]
    [InlineData(" 2024-02-28T00:00:00Z")]
    [InlineData("2024-02-28T00:00:00ZZ")]
    [InlineData("2024-00-28T00:00:00Z")]
    [InlineData("2024-13-28T00:00:00Z")]
    [InlineData("2024-02-00T00:00:00Z")]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("2024-04-31T00:00:00Z")]
    [InlineData("2024-02-28T24:00:00Z")]
    [InlineData("2024-02-28T00:60:00Z")]
    [InlineData("2024-02-28T23:59:60Z")]
    [InlineData("0000-00-00T00:00:00Z")]
    public void What_is_no_such_time_is_a_bad_number(string text)
    {
        Assert.Equal(RejectReason.BadNumber, Parse(text, out long unixNs, out int digits));
        Assert.Equal((0, 0), (unixNs, digits));
    }

    [Theory]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00.000000Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1999-12-31T23:59:59.999999999Z")]
    [InlineData("2200-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Times_that_cannot_be_are_told_apart(string text)
    {
        Assert.Equal(RejectReason.ImpossibleValue, Parse(text, out long unixNs, out int digits));
        Assert.Equal((0, 0), (unixNs, digits));
    }

    [Fact]
    public void Every_byte_of_the_form_is_checked()
    {
        const string Form = "2024-02-08T10:20:10.123456789Z";
        byte[] text = Encoding.ASCII.GetBytes(Form);
        for (int place = 0; place < text.Length; place++)
        {
            for (int value = 0; value < 256; value++)
            {
                // Digits may be others; what they say is checked elsewhere.
                text[place] = (byte)value;
                bool digit = char.IsAsciiDigit(Form[place]);
                if (digit ? !char.IsAsciiDigit((char)value) : value != Form[place])
                {
                    Assert.Equal(RejectReason.BadNumber, IsoTime.Parse(text, out _, out _));
                }
            }

            text[place] = (byte)Form[place];
        }

        Assert.Equal(RejectReason.None, IsoTime.Parse(text, out _, out _));
    }

    [Theory]
    [InlineData("2024-02-08T10:20:10Z")]
    [InlineData("2024-02-08T10:20:10.123456Z")]
    [InlineData("2024-02-08T10:20:10.12345678Z")]
    [InlineData("2024-02-08T10:20:10.123456789Z")]
    public void Every_byte_says_the_same_whatever_was_read_before(string form)
    {
        for (int place = 0; place < form.Length; place++)
        {
            for (int value = 0; value < 128; value++)
            {
                string text = $"{form[..place]}{(char)value}{form[(place + 1)..]}";
                RejectReason reason = Parse(text, out long unixNs, out int digits);
                if (reason == RejectReason.None)
                {
                    Assert.Equal(text, Text(unixNs, digits));
                }
            }
        }
    }

    [Fact]
    public void Every_day_is_the_day_that_DateTime_says()
    {
        DateTime end = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (DateTime day = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc); day < end; day = day.AddDays(1))
        {
            string text = day.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Assert.Equal(RejectReason.None, Parse(text, out long unixNs, out _));
            Assert.Equal((day - DateTime.UnixEpoch).Ticks * NsPerTick, unixNs);
            Assert.Equal(text, Text(unixNs, 0));
        }
    }

    [Fact]
    public void Every_day_number_is_a_day_or_not_as_in_the_calendar()
    {
        for (int year = 2000; year < 2200; year++)
        {
            for (int month = 1; month <= 12; month++)
            {
                for (int day = DateTime.DaysInMonth(year, month) + 1; day <= 99; day += 7)
                {
                    Assert.Equal(RejectReason.BadNumber, Parse($"{year}-{month:D2}-{day:D2}T00:00:00Z", out _, out _));
                }

                Assert.Equal(RejectReason.BadNumber, Parse($"{year}-{month:D2}-{DateTime.DaysInMonth(year, month) + 1}T00:00:00Z", out _, out _));
            }
        }
    }

    [Fact]
    public void Any_time_is_read_and_written_as_by_DateTime()
    {
        long from = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long to = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        Random random = new(8601);
        for (int round = 0; round < 50_000; round++)
        {
            int digits = random.Next(8);
            long unit = (long)Math.Pow(10, 7 - digits);
            DateTime time = new(random.NextInt64(from, to) / unit * unit, DateTimeKind.Utc);
            string format = "yyyy-MM-dd'T'HH:mm:ss" + (digits == 0 ? "" : "." + new string('f', digits)) + "'Z'";
            string text = time.ToString(format, CultureInfo.InvariantCulture);

            Assert.Equal(RejectReason.None, Parse(text, out long unixNs, out int read));
            Assert.Equal(((time - DateTime.UnixEpoch).Ticks * NsPerTick, digits), (unixNs, read));
            Assert.Equal(text, Text(unixNs, digits));
        }
    }

    [Theory]
    [InlineData(946_684_799_999_999_999L, 9)]
    [InlineData(7_258_118_400_000_000_000L, 0)]
    [InlineData(0L, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(946_684_800_000_000_000L, -1)]
    [InlineData(946_684_800_000_000_000L, 10)]
    public void Only_times_that_can_be_are_written(long unixNs, int digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Text(unixNs, digits));

    [Theory]
    [InlineData(946_684_800_000_000_001L, 8)]
    [InlineData(946_684_800_500_000_000L, 0)]
    public void A_digit_is_never_lost(long unixNs, int digits) => Assert.Throws<ArgumentException>(() => Text(unixNs, digits));

    [Fact]
    public void It_allocates_nothing()
    {
        byte[] text = "2023-02-09T20:32:50.714964855Z"u8.ToArray();
        byte[] written = new byte[IsoTime.LengthMax];
        long before = 0;
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            IsoTime.Parse(text, out long unixNs, out int digits);
            IsoTime.Format(written, unixNs, digits);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(text, written);
    }

    // Behind a time on another date, and behind one on its own: what was read before changes nothing.
    private static RejectReason Parse(string text, out long unixNs, out int fractionDigits)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        IsoTime.Parse("2001-02-03T04:05:06Z"u8, out _, out _);
        RejectReason reason = IsoTime.Parse(bytes, out unixNs, out fractionDigits);
        IsoTime.Parse([.. bytes.Take(10), .. "T00:00:00Z"u8], out _, out _);
        Assert.Equal((reason, unixNs, fractionDigits), (IsoTime.Parse(bytes, out long again, out int digitsAgain), again, digitsAgain));
        return reason;
    }

    private static string Text(long unixNs, int fractionDigits)
    {
        byte[] text = new byte[IsoTime.LengthMax];
        return Encoding.ASCII.GetString(text, 0, IsoTime.Format(text, unixNs, fractionDigits));
    }
}
