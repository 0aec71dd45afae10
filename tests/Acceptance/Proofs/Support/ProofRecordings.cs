using Lob.Fast.Baselines;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>Recordings for the proofs: those that come with the repository where they suffice, the others where they are present.</summary>
public static class ProofRecordings
{
    /// <summary>Recordings in the repository, so that a bare clone proves something.</summary>
    public static TheoryData<BinanceMarket, string[]> Bundled => new()
    {
        { BinanceMarket.Spot, [Spot8] },
        { BinanceMarket.Spot, [Nkn] },
        { BinanceMarket.Spot, [Blz] },
        { BinanceMarket.Spot, [Rune] },
        { BinanceMarket.UsdM, [Sushi] },
        { BinanceMarket.UsdM, [Akro] },
        { BinanceMarket.UsdM, [Keep] },
    };

    /// <summary>The long ones that are not in the repository.</summary>
    public static TheoryData<BinanceMarket, string[]> Long => new()
    {
        { BinanceMarket.UsdM, [UsdM] },
        { BinanceMarket.Spot, [Spot8, Spot9] },
        { BinanceMarket.CoinM, [CoinM8, CoinM9] },
    };

    /// <summary>The root of the repository.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string PathOf(string file)
    {
        string bundled = Path.Combine(RepositoryRoot, "tests", "data", file);
        return File.Exists(bundled) ? bundled : Recordings.PathOf(file);
    }

    public static string[] PathsOf(params string[] files) => [.. files.Select(PathOf)];

    public static IEnumerable<RecordedFrame> Read(params string[] files) => RecordingReader.Read(PathsOf(files));

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("no Lob.Fast.sln on the way up");
    }
}
