using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Rings;

/// <summary>
/// Memory that is there twice, back to back: what runs over the end of the first copy is the start of it. So whatever is not larger than a ring lies in one
/// piece, wherever it starts. All its pages are there when it is made.
/// </summary>
internal static unsafe partial class MirroredMemory
{
    private const int ProtNone = 0;
    private const int ProtReadWrite = 3;
    private const int MapShared = 1;
    private const int MapPrivate = 2;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;
    private const int MapPopulate = 0x8000;
    private const uint CloseOnExec = 1;
    private const string Library = "libc";

    /// <summary>Maps <paramref name="bytes"/> twice. Null where that cannot be: other systems, a page that is larger, a sandbox that forbids it.</summary>
    public static byte* TryMap(int bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes % Environment.SystemPageSize != 0)
        {
            return null;
        }

        int file = CreateFile("ring", CloseOnExec);
        if (file < 0)
        {
            return null;
        }

        try
        {
            byte* start = Truncate(file, bytes) == 0 ? Map(null, 2 * (nuint)bytes, ProtNone, MapPrivate | MapAnonymous, -1, 0) : Failed;
            if (start == Failed)
            {
                return null;
            }

            const int Flags = MapShared | MapFixed | MapPopulate;
            if (Map(start, (nuint)bytes, ProtReadWrite, Flags, file, 0) == start
                && Map(start + bytes, (nuint)bytes, ProtReadWrite, Flags, file, 0) == start + bytes)
            {
                return start;
            }

            Free(start, bytes);
            return null;
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>Gives both copies back.</summary>
    public static void Free(byte* start, int bytes) => _ = Unmap(start, 2 * (nuint)bytes);

    private static byte* Failed => (byte*)-1;

    [LibraryImport(Library, EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFile(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "ftruncate")]
    private static partial int Truncate(int file, long bytes);

    [LibraryImport(Library, EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint bytes, int protection, int flags, int file, long offset);

    [LibraryImport(Library, EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "close")]
    private static partial int Close(int file);
}
