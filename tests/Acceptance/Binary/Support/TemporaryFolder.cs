namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>A folder of its own for a test, removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("lob-acceptance-").FullName;

    /// <summary>Path of a journal that does not exist yet.</summary>
    public string Journal => Of("journal");

    public string Of(string name) => Path.Combine(Root, name);

    /// <summary>A file with these lines.</summary>
    public string Write(string name, IEnumerable<string> lines)
    {
        string path = Of(name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
