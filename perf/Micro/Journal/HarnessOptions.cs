using System.Globalization;

namespace Lob.Fast.Micro.Journal;

/// <summary>What both harnesses of the journal take.</summary>
internal sealed record HarnessOptions
{
    /// <summary>Every case once a round, one after the other, so that a slow moment of the machine meets all of them.</summary>
    public int Rounds { get; private init; } = 9;

    /// <summary>Where files are made, on the disk that is to be measured; removed at the end.</summary>
    public string Folder { get; private init; } = Path.Combine(Path.GetTempPath(), $"lob-micro-{Environment.ProcessId}");

    /// <summary>Only the cases whose name holds this.</summary>
    public string Only { get; private init; } = "";

    /// <summary>Where the figures are written as JSON; null = nowhere.</summary>
    public string? JsonPath { get; private init; }

    /// <exception cref="ArgumentException">An option that is none.</exception>
    public static HarnessOptions Parse(string[] args)
    {
        HarnessOptions options = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--folder" => options with { Folder = value },
                "--only" => options with { Only = value },
                "--json" => options with { JsonPath = value },
                _ => throw new ArgumentException($"no such option: {args[i]}"),
            };
        }

        return options;
    }
}
