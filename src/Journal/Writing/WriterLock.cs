namespace Lob.Fast.Journal.Writing;

/// <summary>Keeps a second writer out of a folder, in this process and in others. The system releases it when the process dies.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Locks the folder, which must exist.</summary>
    public static WriterLock Take(string folder)
    {
        string path = Path.Combine(folder, JournalFolder.LockName);
        try
        {
            return new WriterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new JournalException($"{folder}: the journal cannot be written: {exception.Message} Check who may write there.", exception);
        }
        catch (IOException exception) when (File.Exists(path) && !IsReadOnly(exception))
        {
            throw new JournalException(
                $"{folder}: another writer has this journal open ({path} is locked). Stop it first, or write to another folder; "
                    + "reading needs no lock.", exception);
        }
        catch (IOException exception)
        {
            throw new JournalException(
                $"{folder}: the journal cannot be written: {exception.Message} Check the file system and who may write there.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsReadOnly(IOException exception) => exception.Message.Contains("Read-only", StringComparison.OrdinalIgnoreCase);
}
