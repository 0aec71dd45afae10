using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Times in the ISO 8601 form that Coinbase writes: <c>YYYY-MM-DDTHH:MM:SS[.f]Z</c>, UTC, with 1–9 fraction digits. Exact to the nanosecond; a time
/// and its count of fraction digits give the text back. Leap seconds (:60) are not written by any venue and are not taken.
/// </summary>
internal static class IsoTime
{
    /// <summary>Most fraction digits: nanoseconds.</summary>
    public const int FractionDigitsMax = 9;

    /// <summary>Most bytes <see cref="Format"/> writes.</summary>
    public const int LengthMax = WholeLength + 1 + FractionDigitsMax + 1;

    private const int WholeLength = 19;
    private const int YearMin = 2000;
    private const int YearMax = 2199;
    private const long NsPerSecond = 1_000_000_000;
    private const int SecondsPerDay = 86_400;
    private const int DaysPerEra = 146_097;

    // 1970-01-01 counted from 0000-03-01, the day that the arithmetic below starts at: years begin in March, so that a leap day is a year's last.
    private const int EpochDay = 719_468;

    // 2000-01-01T00:00:00Z and 2200-01-01T00:00:00Z.
    private const long NsMin = 946_684_800 * NsPerSecond;
    private const long NsEnd = 7_258_118_400 * NsPerSecond;

    // Year and month up to the second dash, the day between that dash and the T, and the time of day: XORed with its form, a text becomes its digits with zeros
    // for what stands between them. Added to the limits, a digit above 9 and whatever else is not zero reach the high bit of their byte.
    private const int DayAt = 7;
    private const int ClockAt = 11;
    private const ulong MonthForm = 0x2D30_302D_3030_3030;
    private const ulong MonthLimits = 0x7F76_767F_7676_7676;
    private const uint DayForm = 0x5430_302D;
    private const uint DayLimits = 0x7F76_767F;
    private const ulong ClockForm = 0x3030_3A30_303A_3030;
    private const ulong ClockLimits = 0x7676_7F76_767F_7676;

    // The date read last: its digits above its day since 1970. One word, so that a decoder on another thread finds both or neither. No date has these digits.
    private static ulong _lastDate = ulong.MaxValue;

    private static ReadOnlySpan<byte> MonthLengths => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <param name="text">The text, no more and no less.</param>
    /// <param name="unixNs">Nanoseconds since 1970; 0 unless the result is None.</param>
    /// <param name="fractionDigits">Digits behind the point, 0–9; 0 unless the result is None.</param>
    /// <returns>
    /// None; <see cref="RejectReason.BadNumber"/> = not of this form, or a day or an hour that does not exist;
    /// <see cref="RejectReason.ImpossibleValue"/> = a time before 2000 or after 2199, such as 0001-01-01 for "none".
    /// </returns>
    public static RejectReason Parse(ReadOnlySpan<byte> text, out long unixNs, out int fractionDigits) =>
        TryParseAgain(text, out unixNs, out fractionDigits) ? RejectReason.None : ParseAny(text, out unixNs, out fractionDigits);

    // A time on the date that was read last. False = another date, or a fault.
    private static bool TryParseAgain(ReadOnlySpan<byte> text, out long unixNs, out int fractionDigits)
    {
        (unixNs, fractionDigits) = (0, 0);
        if (text.Length <= WholeLength || text[^1] != (byte)'Z')
        {
            return false;
        }

        ref byte start = ref MemoryMarshal.GetReference(text);
        ulong month = Unsafe.ReadUnaligned<ulong>(ref start) ^ MonthForm;
        uint day = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, DayAt)) ^ DayForm;
        ulong clock = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, ClockAt)) ^ ClockForm;
        ulong wrong = (month + MonthLimits) | month | (day + DayLimits) | day | (clock + ClockLimits) | clock;
        ulong last = _lastDate;
        if ((wrong & Swar.HighBits) != 0 || DigitsOf(month, day) != last >> 32)
        {
            return false;
        }

        // Tens and ones together, each pair where its tens stood.
        ulong pairs = (clock * ((10UL << 8) + 1)) >> 8;
        uint hour = (byte)pairs;
        uint minute = (byte)(pairs >> 24);
        uint second = (byte)(pairs >> 48);
        if (hour > 23 || minute > 59 || second > 59 || !TryParseFraction(text, out uint fractionNs, out fractionDigits))
        {
            return false;
        }

        uint secondOfDay = (((hour * 60) + minute) * 60) + second;
        unixNs = ((((long)(uint)last * SecondsPerDay) + secondOfDay) * NsPerSecond) + fractionNs;
        return true;
    }

    // The eight digits of a date, two to a byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DigitsOf(ulong month, uint day) => (uint)month | (((uint)(month >> 40) | (day << 8)) << 4);

    // What stands between the second and the Z, in ns.
    private static bool TryParseFraction(ReadOnlySpan<byte> text, out uint ns, out int digits)
    {
        ns = 0;
        digits = 0;
        int length = text.Length - WholeLength - 2;
        if (length is <= 0 or > FractionDigitsMax)
        {
            return length < 0;
        }

        // The eight bytes up to the Z, or up to the ninth digit; the digits are the last of them.
        int eight = Math.Min(length, Swar.Width);
        ulong fraction = Swar.ToDigits(MemoryMarshal.Read<ulong>(text[(WholeLength + 1 + eight - Swar.Width)..])) >> (64 - (8 * eight));
        uint ninth = length > Swar.Width ? (uint)text[^2] - '0' : 0;
        if (text[WholeLength] != (byte)'.' || Swar.NotDigits(fraction) != 0 || ninth > 9)
        {
            return false;
        }

        ns = ((uint)Swar.ToNumber(fraction) * 10) + ninth;
        digits = length;
        return true;
    }

    private static RejectReason ParseAny(ReadOnlySpan<byte> text, out long unixNs, out int fractionDigits)
    {
        (unixNs, fractionDigits) = (0, 0);
        if (text.Length <= WholeLength || text[^1] != (byte)'Z')
        {
            return RejectReason.BadNumber;
        }

        ref byte start = ref MemoryMarshal.GetReference(text);
        uint wrong = 0;
        uint year = (Two(ref start, 0, ref wrong) * 100) + Two(ref start, 2, ref wrong);
        uint month = Two(ref start, 5, ref wrong);
        uint day = Two(ref start, 8, ref wrong);
        uint hour = Two(ref start, 11, ref wrong);
        uint minute = Two(ref start, 14, ref wrong);
        uint second = Two(ref start, 17, ref wrong);
        wrong |= (uint)(text[4] ^ '-') | (uint)(text[7] ^ '-') | (uint)(text[10] ^ 'T') | (uint)(text[13] ^ ':') | (uint)(text[16] ^ ':');
        if (wrong != 0 || month - 1 > 11 || day - 1 >= MonthLength(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return RejectReason.BadNumber;
        }

        uint fraction = 0;
        int digits = text.Length - WholeLength - 2;
        if (digits >= 0)
        {
            if (text[WholeLength] != (byte)'.' || digits is 0 or > FractionDigitsMax)
            {
                return RejectReason.BadNumber;
            }

            foreach (byte letter in text.Slice(WholeLength + 1, digits))
            {
                uint digit = (uint)letter - '0';
                if (digit > 9)
                {
                    return RejectReason.BadNumber;
                }

                fraction = (fraction * 10) + digit;
            }
        }

        if (year is < YearMin or > YearMax)
        {
            return RejectReason.ImpossibleValue;
        }

        fractionDigits = Math.Max(digits, 0);
        uint secondOfDay = (((hour * 60) + minute) * 60) + second;
        int days = DayOf(year, month, day);
        unixNs = ((((long)days * SecondsPerDay) + secondOfDay) * NsPerSecond) + (fraction * PowersOfTen.Of(FractionDigitsMax - fractionDigits));
        ulong monthDigits = Unsafe.ReadUnaligned<ulong>(ref start) ^ MonthForm;
        _lastDate = ((ulong)DigitsOf(monthDigits, Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, DayAt)) ^ DayForm) << 32) | (uint)days;
        return RejectReason.None;
    }

    /// <summary>Writes a time with <paramref name="fractionDigits"/> digits (0 = no point) and gives the bytes written.</summary>
    /// <param name="utf8">Takes the text; <see cref="LengthMax"/> bytes always suffice.</param>
    /// <param name="unixNs">Nanoseconds since 1970, within 2000–2199.</param>
    /// <param name="fractionDigits">0–9.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time outside those years, or no such count of digits.</exception>
    /// <exception cref="ArgumentException">A digit that is not zero would be lost.</exception>
    public static int Format(Span<byte> utf8, long unixNs, int fractionDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unixNs, NsMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unixNs, NsEnd);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)fractionDigits, (uint)FractionDigitsMax, nameof(fractionDigits));
        (long seconds, long ns) = Math.DivRem(unixNs, NsPerSecond);
        (long fraction, long lost) = Math.DivRem(ns, PowersOfTen.Of(FractionDigitsMax - fractionDigits));
        if (lost != 0)
        {
            throw new ArgumentException($"{unixNs} ns cannot be written with {fractionDigits} fraction digits", nameof(fractionDigits));
        }

        (long days, long secondOfDay) = Math.DivRem(seconds, SecondsPerDay);
        (int year, int month, int day) = DateOf((int)days);
        Write(utf8[..4], year);
        utf8[4] = (byte)'-';
        Write(utf8.Slice(5, 2), month);
        utf8[7] = (byte)'-';
        Write(utf8.Slice(8, 2), day);
        utf8[10] = (byte)'T';
        Write(utf8.Slice(11, 2), (int)secondOfDay / 3600);
        utf8[13] = (byte)':';
        Write(utf8.Slice(14, 2), (int)secondOfDay / 60 % 60);
        utf8[16] = (byte)':';
        Write(utf8.Slice(17, 2), (int)secondOfDay % 60);
        int length = WholeLength;
        if (fractionDigits > 0)
        {
            utf8[length] = (byte)'.';
            Write(utf8.Slice(length + 1, fractionDigits), (int)fraction);
            length += 1 + fractionDigits;
        }

        utf8[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>Two digits; anything else sets <paramref name="wrong"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Two(ref byte start, int at, ref uint wrong)
    {
        uint tens = (uint)Unsafe.Add(ref start, at) - '0';
        uint ones = (uint)Unsafe.Add(ref start, at + 1) - '0';

        // A byte below '0' wraps around to the top of the range: one comparison tells both sides.
        wrong |= (tens > 9 ? 1u : 0) | (ones > 9 ? 1u : 0);
        return (tens * 10) + ones;
    }

    private static uint MonthLength(uint year, uint month) =>
        month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : (uint)MonthLengths[(int)month - 1];

    /// <summary>Days since 1970-01-01 of a day that exists, in the years the journal holds.</summary>
    private static int DayOf(uint year, uint month, uint day)
    {
        uint marchYear = month > 2 ? year : year - 1;
        uint marchMonth = month > 2 ? month - 3 : month + 9;

        // Months from March on repeat 31, 30, 31, 30, 31: 153 days in five.
        uint dayOfYear = (((153 * marchMonth) + 2) / 5) + day - 1;
        return (int)((marchYear * 365) + (marchYear / 4) - (marchYear / 100) + (marchYear / 400) + dayOfYear) - EpochDay;
    }

    /// <summary>The date of a day since 1970-01-01: the reverse of <see cref="DayOf"/>.</summary>
    private static (int Year, int Month, int Day) DateOf(int daysSince1970)
    {
        (int era, int dayOfEra) = Math.DivRem(daysSince1970 + EpochDay, DaysPerEra);

        // Taking out the leap days so far (one in 1461 days, less one in 36,524, and the era's own last day) leaves years of 365 days.
        int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / (DaysPerEra - 1))) / 365;
        int dayOfYear = dayOfEra - ((yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100));
        int marchMonth = ((5 * dayOfYear) + 2) / 153;
        int day = dayOfYear - (((153 * marchMonth) + 2) / 5) + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        return ((era * 400) + yearOfEra + (month <= 2 ? 1 : 0), month, day);
    }

    private static void Write(Span<byte> utf8, int number)
    {
        for (int at = utf8.Length - 1; at >= 0; at--)
        {
            (number, int digit) = Math.DivRem(number, 10);
            utf8[at] = (byte)('0' + digit);
        }
    }
}
