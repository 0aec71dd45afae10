using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// Head of the seal chain: each link is SHA-256 over the link before (32 bytes, zeros at first) and the 64 bytes of every seal slot of one second, in their
/// order. Allocates nothing after construction.
/// </summary>
public sealed class SealChainHasher : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Hash32 _head;

    /// <summary>The last link; zeros before the first.</summary>
    public Hash32 Head => _head;

    /// <summary>Links so far.</summary>
    public uint Index { get; private set; }

    /// <summary>Adds a link over the seals of one second.</summary>
    public void Append(ReadOnlySpan<Record> seals)
    {
        _hash.AppendData(_head);
        _hash.AppendData(MemoryMarshal.AsBytes(seals));
        _hash.GetHashAndReset(_head);
        Index++;
    }

    /// <summary>Continues a chain.</summary>
    public void Restore(in Hash32 head, uint index)
    {
        _head = head;
        Index = index;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
