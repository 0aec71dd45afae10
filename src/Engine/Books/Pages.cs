using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// Zeroed memory straight from the kernel, page by page. An allocator would not do: it may hand out memory that was used before and has to be cleared, and then
/// every page of a window is resident, whether a level lies there or not. For the same reason the kernel is asked for small pages: with a huge one, one level on
/// a sparse grid would hold 2 MiB.
/// </summary>
internal static unsafe partial class Pages
{
    /// <summary>Bytes of a page, the unit in which residence is counted.</summary>
    public const int Bytes = 4096;

    private const int ProtectReadWrite = 1 | 2;
    private const int MapPrivateAnonymous = 0x02 | 0x20;

    // Virtual memory only: a window is mostly never touched.
    private const int MapNoReserve = 0x4000;
    private const int AdviseNoHugePage = 15;

    /// <summary>Rounded up to whole pages.</summary>
    public static long RoundUp(long bytes) => (bytes + Bytes - 1) & -Bytes;

    /// <summary>Reserves zeroed memory of whole pages. None of it is resident before it is written to.</summary>
    public static byte* Reserve(long bytes)
    {
        void* start = Map(null, (nuint)bytes, ProtectReadWrite, MapPrivateAnonymous | MapNoReserve, -1, 0);
        if ((nint)start == -1)
        {
            throw new InsufficientMemoryException($"cannot map {bytes} bytes for a book, error {Marshal.GetLastSystemError()}");
        }

        // Advice: a kernel without huge pages refuses it, and needs none.
        _ = Advise(start, (nuint)bytes, AdviseNoHugePage);
        return (byte*)start;
    }

    /// <summary>Gives back what <see cref="Reserve"/> gave.</summary>
    public static void Release(void* start, long bytes) => _ = Unmap(start, (nuint)bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
