using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>Where the recordings are: those of the repository, else those beside it.</summary>
internal static class TestData
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a recording.</summary>
    /// <param name="recording">For example <c>binance/spot_nknusdt_20211012.rec</c>.</param>
    public static string PathOf(string recording)
    {
        string bundled = Path.Combine(Root, "tests", "data", recording);
        return File.Exists(bundled) ? bundled : Recordings.PathOf(recording);
    }

    /// <summary>All their full paths.</summary>
    public static string[] PathsOf(params string[] recordings) => [.. recordings.Select(PathOf)];

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("no Lob.Fast.sln on the way up");
    }
}
