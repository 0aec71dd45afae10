using System.Runtime.InteropServices;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Bytes with a page on either side that nobody may read: a reader that goes beyond them ends the process. Linux.</summary>
internal sealed unsafe class GuardedBytes : IDisposable
{
    private const int PageBytes = 65_536;
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 1 | 2;
    private const int MapPrivateAnonymous = 0x02 | 0x20;

    private readonly byte* _memory = (byte*)Map(0, 3 * PageBytes, ProtectNone, MapPrivateAnonymous, -1, 0);

    public GuardedBytes() => Assert.Equal(0, Protect((nint)(_memory + PageBytes), PageBytes, ProtectReadWrite));

    /// <summary>A copy whose last byte is the last one that may be read.</summary>
    public ReadOnlySpan<byte> AtEnd(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = new(_memory + (2 * PageBytes) - bytes.Length, bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }

    /// <summary>A copy whose first byte is the first one that may be read.</summary>
    public ReadOnlySpan<byte> AtStart(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = new(_memory + PageBytes, bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }

    public void Dispose() => _ = Unmap((nint)_memory, 3 * PageBytes);

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nint length);
}
