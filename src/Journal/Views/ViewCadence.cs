using System.Globalization;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// When a row is taken: at points of a grid on the receive axis, or after every message that changed a book. The points of the grid are the
/// multiples of the interval since 1970, so that they do not depend on where a journal, or the part asked for, starts.
/// </summary>
/// <param name="EveryNs">Interval of the grid, ns; 0 = after every message.</param>
public readonly record struct ViewCadence(long EveryNs)
{
    /// <summary>A finer grid than the millisecond that event times are written in would only repeat itself.</summary>
    public const long EveryNsMin = 1_000_000;

    /// <summary>A day: a longer grid has no use, and a bound keeps the arithmetic of points inside a long.</summary>
    public const long EveryNsMax = 86_400_000_000_000;

    private const string MessageWord = "message";

    private static readonly (string Unit, long Ns)[] Units = [("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000)];

    /// <summary>After every message that changed a book.</summary>
    public static ViewCadence EveryMessage => new(0);

    /// <summary>Two seconds, as the OKX exporter has it.</summary>
    public static ViewCadence Default => new(2_000_000_000);

    /// <summary>Whether rows follow the messages and not a grid.</summary>
    public bool IsEveryMessage => EveryNs == 0;

    /// <summary>The first point of the grid at or after a time.</summary>
    public long PointFrom(long timeNs)
    {
        long rest = timeNs % EveryNs;
        return rest == 0 ? timeNs : timeNs > long.MaxValue - EveryNs ? long.MaxValue : timeNs - rest + EveryNs;
    }

    /// <summary>Reads <c>message</c>, or a whole number and <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>: from 1 ms to 24 h.</summary>
    public static bool TryParse(string text, out ViewCadence cadence)
    {
        cadence = default;
        if (text == MessageWord)
        {
            return true;
        }

        foreach ((string unit, long ns) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                && count >= 1 && count <= EveryNsMax / ns)
            {
                cadence = new ViewCadence(count * ns);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (IsEveryMessage)
        {
            return MessageWord;
        }

        long everyNs = EveryNs;
        (string unit, long unitNs) = Units.Last(pair => everyNs % pair.Ns == 0);
        return (EveryNs / unitNs).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
