using System.Globalization;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Unix nanoseconds as text.</summary>
internal static class TimeText
{
    /// <summary>ISO 8601 in UTC with nine decimals.</summary>
    public static string Iso(long unixNs)
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(unixNs / TimeSpan.NanosecondsPerTick);
        return time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture) + (unixNs % TimeSpan.NanosecondsPerTick).ToString("D2", CultureInfo.InvariantCulture) + "Z";
    }
}
