using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lob.Fast.Journal.Native;

/// <summary>The C library's calls that .NET has no equivalent for. 64-bit Linux, x64 and arm64: off_t and size_t are 64 bits wide.</summary>
internal static partial class Posix
{
    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapShared = 1;

    /// <summary>Linux 5.14: allocates and maps pages for writing in one go; EINVAL before that.</summary>
    public const int AdvisePopulateWrite = 23;

    public const int SyncAndWait = 4;

    public const int OpenReadOnlyCloseOnExec = 0x80000;

    public const int Interrupted = 4;
    public const int NoSpace = 28;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle file, long offset, long bytes);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static unsafe partial byte* Map(void* address, nuint bytes, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static unsafe partial int Unmap(void* address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    public static unsafe partial int Advise(void* address, nuint bytes, int advice);

    [LibraryImport(Library, EntryPoint = "msync", SetLastError = true)]
    public static unsafe partial int SyncMapped(void* address, nuint bytes, int flags);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int SyncData(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int file);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    /// <summary>The system's words for an error number.</summary>
    public static string Describe(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
