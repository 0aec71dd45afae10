using System.Reflection;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Demo;

/// <summary>The recordings inside this binary, so that the demo needs nothing but it. Their origin stands in tests/data/binance/README.md.</summary>
internal static class BundledRecordings
{
    private const string Prefix = "recordings/";

    public static IReadOnlyList<(Venue Venue, string Name)> All { get; } =
    [
        (Venue.BinanceSpot, "spot_btcusdt_20240808.rec.gz"),
        (Venue.BinanceSpot, "spot_nknusdt_20211012.rec"),
        (Venue.BinanceUsdM, "usdm_sushiusdt_20210722.rec"),
    ];

    /// <summary>Writes one of them into a folder and returns its path.</summary>
    public static string Extract(string name, string folder)
    {
        string path = Path.Combine(folder, name);
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"the recording {name} is not in this binary");
        using FileStream file = File.Create(path);
        resource.CopyTo(file);
        return path;
    }
}
