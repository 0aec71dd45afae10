namespace Lob.Fast.Fuzz;

/// <summary>Where recordings lie: in <c>tests/data</c> of the repository, and in the folder that LOB_CAPTURES names.</summary>
public static class FuzzFiles
{
    private const string FolderVariable = "LOB_CAPTURES";

    /// <summary>The top folder of the repository, seen from the working folder or the program; null = neither lies in it.</summary>
    public static string? Root { get; } = FindRoot(Environment.CurrentDirectory) ?? FindRoot(AppContext.BaseDirectory);

    /// <summary>Path of a recording, compressed or not; null = it is not at hand.</summary>
    /// <param name="name"><c>venue/file</c>.</param>
    /// <param name="committedOnly">Look only in the repository.</param>
    public static string? Find(string name, bool committedOnly)
    {
        string? bundled = Root is null ? null : Path.Combine(Root, "tests", "data");
        string?[] folders = [bundled, committedOnly ? null : Environment.GetEnvironmentVariable(FolderVariable)];
        return folders.Where(static folder => folder is not null)
            .SelectMany(folder => new[] { Path.Combine(folder!, name), Path.Combine(folder!, name + ".gz") })
            .FirstOrDefault(File.Exists);
    }

    private static string? FindRoot(string folder)
    {
        DirectoryInfo? directory = new(folder);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName;
    }
}
