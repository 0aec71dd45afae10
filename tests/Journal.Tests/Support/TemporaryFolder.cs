namespace Lob.Fast.Journal.Tests.Support;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("lob-journal-").FullName;

    public string Root { get; }

    /// <summary>A journal's folder in it, not made yet.</summary>
    public string Journal => Path.Combine(Root, "journal");

    public string Of(string name) => Path.Combine(Root, name);

    /// <summary>Copies the segments of a journal as they are now.</summary>
    public static void Copy(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (string path in Directory.EnumerateFiles(from, "*" + JournalFolder.SegmentExtension + "*"))
        {
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)), overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
