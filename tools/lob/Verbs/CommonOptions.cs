using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Options that several verbs have, with the same words and the same checks.</summary>
internal static class CommonOptions
{
    private const int MiBShift = 20;

    public static Argument<string> Journal() => NoOptions(new Argument<string>("JOURNAL") { Description = "Folder of a journal." });

    /// <summary>A mistyped option is not to be taken for a path; one that begins like an option is written <c>./-x</c>.</summary>
    public static Argument<T> NoOptions<T>(Argument<T> argument)
    {
        argument.Validators.Add(static result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (token.Value.StartsWith('-'))
                {
                    result.AddError($"There is no option '{token.Value}'.");
                }
            }
        });
        return argument;
    }

    /// <summary>A venue by name. A name that is none is a usage error that lists what is allowed.</summary>
    public static Option<string?> VenueName(bool required)
    {
        Option<string?> option = new("--venue")
        {
            Description = $"One of {string.Join(", ", VenueNames.All)}; bybit and binance mean linear and spot.",
            Required = required,
            HelpName = "V",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var name }] && !VenueNames.TryParse(name, out _))
            {
                result.AddError($"'{name}' is no venue. Allowed: {string.Join(", ", VenueNames.All)}.");
            }
        });
        return option;
    }

    public static Option<string?> Symbol(string description) => new("--symbol") { Description = description, HelpName = "S" };

    public static Option<int?> Levels() => NotBelow(new Option<int?>("--levels") { Description = "Levels a side; all without it.", HelpName = "N" }, 1);

    public static Option<string> DurabilityName()
    {
        Option<string> option = new("--durability")
        {
            Description = $"When the disk has what was committed: {string.Join(", ", DurabilityNames.All)}.",
            DefaultValueFactory = static _ => DurabilityNames.All.First(),
            HelpName = "NAME",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var name }] && !DurabilityNames.TryParse(name, out _))
            {
                result.AddError($"'{name}' is no durability. Allowed: {string.Join(", ", DurabilityNames.All)}.");
            }
        });
        return option;
    }

    public static Option<int> SegmentRecords()
    {
        Option<int> option = new("--segment-records")
        {
            Description = $"Least records of a segment, {JournalOptions.SegmentRecordsMin} to {SegmentLayout.CapacityMax}; "
                + $"rounded up to whole blocks of {SegmentLayout.BlockRecords}.",
            DefaultValueFactory = static _ => JournalOptions.SegmentRecordsDefault,
            HelpName = "N",
        };
        return NotAbove(NotBelow(option, JournalOptions.SegmentRecordsMin), SegmentLayout.CapacityMax);
    }

    /// <summary>In MiB; <see cref="JournalOptions.FreeDiskFloorBytes"/> has the bytes.</summary>
    public static Option<int> FreeDiskFloor() => NotBelow(
        new Option<int>("--free-disk-floor")
        {
            Description = "MiB that stay free on the journal's disk: it is closed cleanly before less would.",
            DefaultValueFactory = static _ => (int)(JournalOptions.FreeDiskFloorBytesDefault >> MiBShift),
            HelpName = "MIB",
        },
        0);

    public static Option<string> LayoutName()
    {
        Option<string> option = new("--layout")
        {
            Description = $"fused: decode, logic and journal on one thread; split: on one each; auto: split from {LayoutPlan.SplitCoresMin} usable cores.",
            DefaultValueFactory = static _ => LayoutNames.Auto,
            HelpName = "NAME",
        };
        option.AcceptOnlyFromAmong([.. LayoutNames.All]);
        return option;
    }

    public static Option<string> WaitName()
    {
        Option<string> option = new("--wait")
        {
            Description = "What a thread does while it waits for another: spin burns its core, yield lets others run, park sleeps.",
            DefaultValueFactory = static _ => WaitKind.Yield.ToName(),
            HelpName = "NAME",
        };
        option.AcceptOnlyFromAmong([.. WaitNames.All]);
        return option;
    }

    public static Option<string?> Pin() => new("--pin")
    {
        Description = "Keep each thread on one core once it is warm: auto, or the cores of "
            + $"{string.Join(", ", LayoutPlan.ThreadNames(Layout.Fused))} (split: {string.Join(", ", LayoutPlan.ThreadNames(Layout.Split))}), for instance 2,3.",
        HelpName = "CORES",
    };

    /// <summary>The threads of a layout, of names that were validated.</summary>
    /// <exception cref="UserErrorException">Cores that cannot be used.</exception>
    public static LayoutPlan ParsePlan(string layoutName, string waitName, string? pin)
    {
        _ = LayoutNames.TryParse(layoutName, out Layout? layout);
        _ = WaitNames.TryParse(waitName, out WaitKind wait);
        try
        {
            return LayoutPlan.Choose(layout, wait, pin == null ? null : ParseCores(pin));
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"--pin {pin}: {exception.Message}.") { ExitCode = ExitCode.Usage };
        }
    }

    public static long ParseFreeDiskFloor(int mebibytes) => (long)mebibytes << MiBShift;

    public static Option<string> OnChecksumMismatch()
    {
        Option<string> option = new("--on-checksum-mismatch")
        {
            Description = "resync: a checksum that does not match breaks the book, until a snapshot; warn: it is counted and the book stays, proven by its sequence only.",
            DefaultValueFactory = static _ => "resync",
        };
        option.AcceptOnlyFromAmong("resync", "warn");
        return option;
    }

    /// <summary>An address; null where none was given.</summary>
    /// <exception cref="UserErrorException">It is none of these schemes.</exception>
    public static Uri? ParseUri(string option, string? text, string plain, string secure) =>
        text == null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == plain || uri.Scheme == secure) ? uri
        : throw new UserErrorException($"{option}: '{text}' is no address that begins with {plain}:// or {secure}://.") { ExitCode = ExitCode.Usage };

    /// <summary>The venue of a name that was validated.</summary>
    public static Venue Parse(string name) =>
        VenueNames.TryParse(name, out Venue venue) ? venue : throw new UserErrorException($"'{name}' is no venue. Allowed: {string.Join(", ", VenueNames.All)}.");

    /// <summary>The durability of a name that was validated.</summary>
    public static Durability ParseDurability(string name) =>
        DurabilityNames.TryParse(name, out Durability durability)
            ? durability
            : throw new UserErrorException($"'{name}' is no durability. Allowed: {string.Join(", ", DurabilityNames.All)}.");

    /// <summary>A moment: Unix nanoseconds, or ISO 8601 (UTC when it names no offset).</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static long ParseTimeNs(string text)
    {
        if (TimeText.TryParse(text, out long unixNs))
        {
            return unixNs;
        }

        throw new UserErrorException($"'{text}' is no time. Give Unix nanoseconds (1723161600000000000) or ISO 8601 (2024-08-09T00:00:00Z).")
        {
            ExitCode = ExitCode.Usage,
        };
    }

    private static int[] ParseCores(string pin)
    {
        if (pin == LayoutNames.Auto)
        {
            return [];
        }

        string[] parts = pin.Split(',');
        var cores = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out cores[i]))
            {
                throw new ArgumentException($"expected auto or numbers of cores with commas between, found '{parts[i]}'");
            }
        }

        return cores;
    }

    public static Option<T> NotAbove<T>(Option<T> option, long most)
    {
        option.Validators.Add(result =>
        {
            if (NumberOf(result) is { } value && value > most)
            {
                result.AddError($"{option.Name} must be at most {most}, not {value}.");
            }
        });
        return option;
    }

    public static Option<T> NotBelow<T>(Option<T> option, long least)
    {
        option.Validators.Add(result =>
        {
            if (NumberOf(result) is { } value && value < least)
            {
                result.AddError($"{option.Name} must be at least {least}, not {value}.");
            }
        });
        return option;
    }

    /// <summary>Whether an option was typed, whatever its value: for validators, where asking for a value that cannot be had throws.</summary>
    public static bool IsGiven(this CommandResult command, Option option) => command.GetResult(option) is { IdentifierTokenCount: > 0 };

    /// <summary>What was typed; null where that is no number, which the parser says by itself.</summary>
    private static long? NumberOf(OptionResult result) =>
        result.Tokens is [{ Value: var text }] && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
