namespace Lob.Fast.TestSupport;

/// <summary>
/// Where the recorded market data is: some of it in the repository (<c>tests/data</c>), the rest, which is large or may not be passed on, in a folder
/// beside it. A test that needs a recording uses <see cref="RecordingFactAttribute"/> and is skipped, with the reason, where it is in neither. A recording
/// is named the same way wherever it is, and whether it is compressed or not: <c>a.rec</c> also finds <c>a.rec.gz</c>, and the other way round.
/// </summary>
public static class Recordings
{
    /// <summary>Names the folder that holds the recordings which are not in the repository; wins over the search.</summary>
    public const string FolderVariable = "LOB_CAPTURES";

    private const string FolderBesideTheSources = "shared/captures";
    private const string FolderInTheRepository = "tests/data";
    private const string Solution = "Lob.Fast.sln";
    private const string Compressed = ".gz";

    /// <summary>The folder with the recordings beside the repository, or null where there is none.</summary>
    public static string? Folder { get; } = FindFolder(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory);

    /// <summary>The folder with the recordings of the repository, or null where the tests run outside of it.</summary>
    public static string? Bundled { get; } = FindBundled(AppContext.BaseDirectory);

    /// <summary>The full path of a recording, the repository's own copy first; null where it is absent.</summary>
    /// <param name="relativePath">For example <c>okx/books_btc-usdt_20260824.ndjson</c>.</param>
    public static string? Find(string relativePath) => FindIn(Bundled, relativePath) ?? FindIn(Folder, relativePath);

    /// <summary>The full path of a recording that a <see cref="RecordingFactAttribute"/> has already found to be present.</summary>
    public static string PathOf(string relativePath) =>
        Find(relativePath) ?? throw new FileNotFoundException(WhySkipped(relativePath), relativePath);

    /// <summary>The reason to skip a test that needs these recordings, or null if they are all present.</summary>
    public static string? WhySkipped(params string[] relativePaths)
    {
        ArgumentNullException.ThrowIfNull(relativePaths);
        string[] missing = [.. relativePaths.Where(path => Find(path) is null)];
        return missing.Length == 0 ? null : $"skipped: recording not present: {string.Join(", ", missing)}";
    }

    /// <summary>The folder that <paramref name="named"/> says, else the first <c>shared/captures</c> on the way up from <paramref name="start"/>.</summary>
    public static string? FindFolder(string? named, string start)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : null;
        }

        return FoldersUpFrom(start).Select(folder => Path.Combine(folder, FolderBesideTheSources)).FirstOrDefault(Directory.Exists);
    }

    /// <summary>The folder <c>tests/data</c> of the repository that <paramref name="start"/> is in.</summary>
    public static string? FindBundled(string start)
    {
        string? repository = FoldersUpFrom(start).FirstOrDefault(static folder => File.Exists(Path.Combine(folder, Solution)));
        return repository is null ? null : Path.Combine(repository, FolderInTheRepository);
    }

    /// <summary>The recording's path in that folder as it is named, else in its other form: compressed or not. Null where there is neither.</summary>
    public static string? FindIn(string? folder, string relativePath)
    {
        if (folder is null)
        {
            return null;
        }

        string path = Path.Combine(folder, relativePath);
        string otherForm = path.EndsWith(Compressed, StringComparison.Ordinal) ? path[..^Compressed.Length] : path + Compressed;
        return File.Exists(path) ? path : File.Exists(otherForm) ? otherForm : null;
    }

    private static IEnumerable<string> FoldersUpFrom(string start)
    {
        for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
        {
            yield return directory.FullName;
        }
    }
}
