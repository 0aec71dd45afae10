namespace Lob.Fast.TestSupport;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder, which exists and is empty.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("lob-test-").FullName;

    /// <summary>A journal's folder in it, not made yet.</summary>
    public string Journal => Of("journal");

    /// <summary>Path of something in it.</summary>
    public string Of(string name) => Path.Combine(Root, name);

    /// <summary>A file with these lines.</summary>
    public string Write(string name, IEnumerable<string> lines)
    {
        string path = Of(name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
