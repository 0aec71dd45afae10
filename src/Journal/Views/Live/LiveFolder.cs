namespace Lob.Fast.Journal.Views.Live;

/// <summary>
/// What a live view keeps in its output folder beside the files: <c>.lob-views/FORMAT.lock</c>, held while it is written, and
/// <c>.lob-views/FORMAT.json</c>, from where to go on. Several formats may be written to one folder at once, each by one writer.
/// </summary>
internal sealed class LiveFolder : IDisposable
{
    public const string Name = ".lob-views";

    private const string LockEnding = ".lock";

    private readonly FileStream _lock;

    private LiveFolder(FileStream lockFile, string statePath)
    {
        _lock = lockFile;
        StatePath = statePath;
    }

    /// <summary>Where the state is kept.</summary>
    public string StatePath { get; }

    /// <summary>Opens a folder for writing; makes it if needed.</summary>
    /// <exception cref="JournalException">Another process writes this format to it.</exception>
    public static LiveFolder Open(string root, ViewFormat format)
    {
        string folder = Path.Combine(root, Name);
        Directory.CreateDirectory(folder);
        string stem = Path.Combine(folder, format.ToName());
        try
        {
            return new LiveFolder(Lock(stem + LockEnding), stem + ".json");
        }
        catch (IOException error)
        {
            throw new JournalException($"{root}: another collector writes {format.ToName()} to this folder ({error.Message}). Stop it, or name another folder.", error);
        }
    }

    /// <summary>For whoever would replace files.</summary>
    /// <exception cref="JournalException">A live view is written there.</exception>
    public static void ThrowIfWritten(string root)
    {
        string folder = Path.Combine(root, Name);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.GetFiles(folder, "*" + LockEnding))
        {
            try
            {
                Lock(path).Dispose();
            }
            catch (IOException error)
            {
                throw new JournalException(
                    $"{root}: a collector writes {Path.GetFileNameWithoutExtension(path)} to this folder ({error.Message}). Stop it, or name another folder.", error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
