using System.CommandLine;
using System.Globalization;
using Lob.Fast.Cli.Output;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Spans of time as options: a number with ms, s, m, h or d.</summary>
internal static class DurationText
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>An option that takes one.</summary>
    public static Option<string?> Option(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "T" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TryParse(text, out _))
            {
                result.AddError($"'{text}' is no duration. Give a number above 0 with ms, s, m, h or d: 30s.");
            }
        });
        return option;
    }

    /// <summary>One that was validated.</summary>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out TimeSpan duration)
            ? duration
            : throw new UserErrorException($"'{text}' is no duration. Give a number above 0 with ms, s, m, h or d: 30s.") { ExitCode = ExitCode.Usage };

    private static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, double seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && value > 0 && value * seconds < TimeSpan.FromDays(3650).TotalSeconds)
            {
                duration = TimeSpan.FromSeconds(value * seconds);
                return true;
            }
        }

        duration = default;
        return false;
    }
}
