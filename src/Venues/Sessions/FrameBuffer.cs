using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Venues.Sessions;

/// <summary>
/// Memory that a connection's messages are read into: pinned, kept from message to message and from connection to connection, larger when a message calls for it,
/// up to <see cref="Frame.BytesMax"/>. Of a message longer still the beginning is kept and the rest read over: the decoder rejects what is left, so the books
/// it might have been for are visibly broken; left out in silence, a book without sequence numbers would go on wrong. One thread.
/// </summary>
internal sealed class FrameBuffer
{
    /// <summary>Larger than nearly all messages; only whole books are longer.</summary>
    private const int BytesMin = 64 * 1024;

    /// <summary>Where the rest of a message that is too long is read to.</summary>
    private const int Overflow = 64 * 1024;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(BytesMin, pinned: true);
    private int _used;

    /// <summary>Bytes of the message that did not fit.</summary>
    public long LostBytes { get; private set; }

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Message => _bytes.AsSpan(0, _used);

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_used == _bytes.Length)
            {
                Grow();
            }

            return _bytes.AsMemory(_used);
        }
    }

    /// <summary>So many bytes were read into <see cref="Free"/>.</summary>
    public void Add(int bytes)
    {
        int room = Math.Max(0, Frame.BytesMax - _used);
        LostBytes += Math.Max(0, bytes - room);
        _used += Math.Min(bytes, room);
    }

    /// <summary>The next message begins.</summary>
    public void Clear()
    {
        _used = 0;
        LostBytes = 0;
    }

    private void Grow()
    {
        int length = _bytes.Length < Frame.BytesMax ? Math.Min(_bytes.Length * 2, Frame.BytesMax) : Frame.BytesMax + Overflow;
        byte[] larger = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        Message.CopyTo(larger);
        _bytes = larger;
    }
}
