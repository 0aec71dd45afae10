using Lob.Fast.Journal.Views.Live;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Files that appear whole or not at all. Each is written under a temporary name beside its final one, and only when all are there, and none
/// would change a file that exists, are they renamed. One process at a time writes to a folder. A killed one leaves temporary files behind
/// (<c>.NAME.lob-partial</c>, and the folder <c>.lob-convert</c> with the list of them), which the next one removes.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string WorkFolderName = ".lob-convert";
    private const string PartialEnding = ".lob-partial";
    private const string LockName = "lock";
    private const string ListName = "partial-files";
    private const int BufferBytes = 1 << 20;

    private readonly string _root;
    private readonly string _workFolder;
    private readonly FileStream _lock;
    private readonly List<Staged> _staged = [];
    private readonly StreamWriter _list;

    private OutputFolder(string root, string workFolder, FileStream lockFile)
    {
        _root = root;
        _workFolder = workFolder;
        _lock = lockFile;
        _list = new StreamWriter(Path.Combine(workFolder, ListName)) { AutoFlush = true };
    }

    /// <summary>For what is not yet a file of its own; gone at the end.</summary>
    public string SpillFolder => _workFolder;

    /// <summary>Opens a folder for writing; makes it if needed.</summary>
    /// <exception cref="JournalException">Another process writes to it.</exception>
    public static OutputFolder Open(string root)
    {
        LiveFolder.ThrowIfWritten(root);
        string work = Path.Combine(root, WorkFolderName);
        Directory.CreateDirectory(work);
        FileStream lockFile;
        try
        {
            lockFile = new FileStream(Path.Combine(work, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new JournalException($"{root}: another conversion writes to this folder ({error.Message}). Wait for its end, or name another folder.", error);
        }

        RemoveLeftovers(root, work);
        return new OutputFolder(root, work, lockFile);
    }

    /// <summary>Writes a file under its temporary name.</summary>
    /// <param name="path">Path in the folder.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Bytes written.</returns>
    public long Stage(string path, Action<Stream> write)
    {
        string final = Path.Combine(_root, path);
        string folder = Path.GetDirectoryName(final)!;
        string partial = Path.Combine(folder, "." + Path.GetFileName(final) + PartialEnding);
        Directory.CreateDirectory(folder);
        _list.WriteLine(partial);
        _staged.Add(new Staged(path, final, partial));
        using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        write(file);

        // Before the final name says that it is complete: a power cut must not leave an empty file under it.
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    /// <summary>Gives every file its final name.</summary>
    /// <param name="force">Replace files that are there and differ.</param>
    /// <returns>Files that are new or replaced, and files that were there already, byte for byte.</returns>
    /// <exception cref="JournalException">A file is there and differs; nothing was changed.</exception>
    public (int Written, int Unchanged) Publish(bool force)
    {
        List<Staged> changed = [.. _staged.Where(static staged => !File.Exists(staged.Final) || !IsSame(staged.Final, staged.Partial))];
        if (!force && changed.Find(static staged => File.Exists(staged.Final)) is { } differs)
        {
            throw new JournalException($"{differs.Final}: there is such a file already, with other content. Name another folder, or replace it with --force.");
        }

        foreach (Staged staged in changed)
        {
            File.Move(staged.Partial, staged.Final, overwrite: true);
        }

        return (changed.Count, _staged.Count - changed.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Staged staged in _staged)
        {
            File.Delete(staged.Partial);
        }

        _list.Dispose();
        _lock.Dispose();
        Directory.Delete(_workFolder, recursive: true);
    }

    private static void RemoveLeftovers(string root, string work)
    {
        string list = Path.Combine(work, ListName);
        if (File.Exists(list))
        {
            string inside = Path.GetFullPath(root) + Path.DirectorySeparatorChar;
            foreach (string partial in File.ReadAllLines(list))
            {
                bool own = partial.EndsWith(PartialEnding, StringComparison.Ordinal) && Path.GetFullPath(partial).StartsWith(inside, StringComparison.Ordinal);
                if (own && File.Exists(partial))
                {
                    File.Delete(partial);
                }
            }
        }

        foreach (string left in Directory.GetFiles(work).Where(static path => Path.GetFileName(path) != LockName))
        {
            File.Delete(left);
        }
    }

    private static bool IsSame(string left, string right)
    {
        using var first = new FileStream(left, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var second = new FileStream(right, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (first.Length != second.Length)
        {
            return false;
        }

        byte[] firstBytes = new byte[BufferBytes];
        byte[] secondBytes = new byte[BufferBytes];
        while (true)
        {
            int count = first.ReadAtLeast(firstBytes, BufferBytes, throwOnEndOfStream: false);
            if (count != second.ReadAtLeast(secondBytes, BufferBytes, throwOnEndOfStream: false)
                || !firstBytes.AsSpan(0, count).SequenceEqual(secondBytes.AsSpan(0, count)))
            {
                return false;
            }

            if (count == 0)
            {
                return true;
            }
        }
    }

    private sealed record Staged(string Path, string Final, string Partial);
}
