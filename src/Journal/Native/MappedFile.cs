using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lob.Fast.Journal.Native;

/// <summary>
/// A file mapped as a whole. Its space is reserved before it is mapped, because a store to a page for which a full disk has no room is a
/// SIGBUS; and it is never truncated, because so is an access behind the end. Spans into it are invalid after <see cref="Dispose"/>.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private byte* _base;

    private MappedFile(string path, SafeFileHandle? handle, byte* address, long bytes)
    {
        Path = path;
        _handle = handle;
        _base = address;
        Bytes = bytes;
    }

    /// <summary>Unmaps what an owner forgot.</summary>
    ~MappedFile() => Release();

    /// <summary>Path under which it was opened.</summary>
    public string Path { get; }

    /// <summary>Size of file and mapping.</summary>
    public long Bytes { get; }

    /// <summary>Address of byte 0.</summary>
    public byte* Base
    {
        get
        {
            ObjectDisposedException.ThrowIf(_base == null, this);
            return _base;
        }
    }

    /// <summary>Creates a file of zeros with all its space reserved. If that fails, nothing stays behind.</summary>
    public static MappedFile Create(string path, long bytes)
    {
        SafeFileHandle handle = Open(path, FileMode.CreateNew, FileAccess.ReadWrite);
        try
        {
            int error;
            do
            {
                error = Posix.Allocate(handle, 0, bytes);
            }
            while (error == Posix.Interrupted);

            if (error != 0)
            {
                string advice = error == Posix.NoSpace ? "The disk is full: free some space, or name another folder." : "Name a folder on another file system.";
                throw new JournalException($"{path}: cannot reserve {bytes:N0} bytes: {Posix.Describe(error)}. {advice}");
            }

            return Map(path, handle, bytes, Posix.ProtRead | Posix.ProtWrite, keepHandle: true);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Maps an existing file for reading, or for repair.</summary>
    public static MappedFile OpenExisting(string path, bool writable, long bytesMin)
    {
        SafeFileHandle handle = Open(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read);
        try
        {
            long bytes = RandomAccess.GetLength(handle);
            if (bytes < bytesMin)
            {
                throw new JournalException($"{path}: expected a journal segment of at least {bytesMin:N0} bytes, found {bytes:N0}. The file is cut off "
                    + "or no segment.");
            }

            MappedFile file = Map(path, handle, bytes, writable ? Posix.ProtRead | Posix.ProtWrite : Posix.ProtRead, keepHandle: writable);
            if (!writable)
            {
                // The mapping keeps the file; a reader of a long journal would run out of handles.
                handle.Dispose();
            }

            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Waits until everything written is on the disk.</summary>
    public void Sync()
    {
        if (_handle is not null && Posix.SyncData(_handle) != 0)
        {
            throw new JournalException($"{Path}: fdatasync failed: {Posix.Describe(Marshal.GetLastPInvokeError())}. What the disk holds of this segment "
                + "is unknown; check the disk.");
        }
    }

    /// <summary>
    /// Waits until the first <paramref name="bytes"/> bytes, and what the file system must know to find them, are on the disk. Pages behind them that were
    /// only made ready stay out of it.
    /// </summary>
    public void SyncStart(long bytes)
    {
        if (Posix.SyncMapped(Base, (nuint)bytes, Posix.SyncAndWait) != 0)
        {
            throw new JournalException($"{Path}: msync failed: {Posix.Describe(Marshal.GetLastPInvokeError())}. What the disk holds of this segment "
                + "is unknown; check the disk.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private static SafeFileHandle Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string verb = mode == FileMode.CreateNew ? "created" : access == FileAccess.Read ? "read" : "written";
            throw new JournalException($"{path}: the segment cannot be {verb}: {exception.Message} Check that the folder exists and that this user may "
                + "use it.", exception);
        }
    }

    private static MappedFile Map(string path, SafeFileHandle handle, long bytes, int protection, bool keepHandle)
    {
        byte* address = Posix.Map(null, (nuint)bytes, protection, Posix.MapShared, handle, 0);
        return (nint)address != -1
            ? new MappedFile(path, keepHandle ? handle : null, address, bytes)
            : throw new JournalException($"{path}: cannot map {bytes:N0} bytes: {Posix.Describe(Marshal.GetLastPInvokeError())}.");
    }

    private void Release()
    {
        if (_base != null)
        {
            _ = Posix.Unmap(_base, (nuint)Bytes);
            _base = null;
        }

        _handle?.Dispose();
    }
}
