namespace Lob.Fast.Acceptance.Python;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("lob-python-").FullName;

    public string Root { get; }

    public string Of(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
