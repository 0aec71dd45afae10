using System.Globalization;
using System.Text.RegularExpressions;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Unix nanoseconds as text, and back.</summary>
internal static partial class TimeText
{
    private const long NsPerSecond = 1_000_000_000;
    private const int FractionDigitsMax = 9;

    // The last whole second that fits a long as nanoseconds: in the year 2262.
    private const long SecondsMax = long.MaxValue / NsPerSecond - 1;

    /// <summary>ISO 8601 in UTC with nine decimals.</summary>
    public static string Iso(long unixNs)
    {
        DateTime second = DateTime.UnixEpoch.AddSeconds(unixNs / NsPerSecond);
        return second.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "." + (unixNs % NsPerSecond).ToString("D9", CultureInfo.InvariantCulture) + "Z";
    }

    /// <summary>
    /// Reads Unix nanoseconds, or ISO 8601: a date, or a date and a time with up to nine decimals, in UTC unless it names an offset. Exact to the nanosecond.
    /// </summary>
    public static bool TryParse(string text, out long unixNs)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out unixNs))
        {
            return true;
        }

        Match match = IsoForm().Match(text);
        string time = match.Groups["time"].Value;
        string wholeTime = time.Length == 0 ? "00:00:00" : time.Length == 5 ? time + ":00" : time;
        string offset = match.Groups["offset"].Value is { } given and not ("" or "Z") ? given : "+00:00";
        string whole = $"{match.Groups["date"].Value}T{wholeTime}{offset}";
        if (!DateTimeOffset.TryParseExact(whole, "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset second))
        {
            return false;
        }

        long seconds = second.ToUnixTimeSeconds();
        if (seconds is < 0 or > SecondsMax)
        {
            return false;
        }

        string fraction = match.Groups["fraction"].Value.PadRight(FractionDigitsMax, '0');
        unixNs = (seconds * NsPerSecond) + long.Parse(fraction, CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(@"^(?<date>\d{4}-\d\d-\d\d)([T ](?<time>\d\d:\d\d(:\d\d)?)(\.(?<fraction>\d{1,9}))?(?<offset>Z|[+-]\d\d:\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoForm();
}
