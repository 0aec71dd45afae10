namespace Lob.Fast.TestSupport;

/// <summary>
/// Where the recorded market data is. The recordings are large and not part of the repository, so a test that needs one
/// uses <see cref="RecordingFactAttribute"/> and is skipped, with the reason, where it is absent.
/// </summary>
public static class Recordings
{
    /// <summary>Names the folder that holds the recordings; wins over the search.</summary>
    public const string FolderVariable = "LOB_CAPTURES";

    private const string FolderBesideTheSources = "shared/captures";

    /// <summary>The folder with the recordings, or null where there is none.</summary>
    public static string? Folder { get; } = FindFolder(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory);

    /// <summary>The full path of a recording, whether it exists or not; null where there is no folder at all.</summary>
    /// <param name="relativePath">For example <c>okx/books_btc-usdt_20260824.ndjson</c>.</param>
    public static string? Find(string relativePath)
    {
        if (Folder is null)
        {
            return null;
        }

        string path = Path.Combine(Folder, relativePath);
        return File.Exists(path) ? path : null;
    }

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

        for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, FolderBesideTheSources);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
