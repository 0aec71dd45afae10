using System.Runtime.InteropServices;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// Streams by the bytes of their name: open addressing, at most half full, with the last hit remembered. Finding allocates nothing; only the streams
/// of a rejected frame are removed again.
/// </summary>
internal sealed class StreamTable
{
    private const int SlotsInitial = 64;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private CodecStream?[] _slots = new CodecStream?[SlotsInitial];
    private CodecStream? _last;

    /// <summary>Streams held.</summary>
    public int Count { get; private set; }

    /// <summary>The stream of this name, or null.</summary>
    public CodecStream? Find(ReadOnlySpan<byte> name)
    {
        if (_last is not null && name.SequenceEqual(_last.Name))
        {
            return _last;
        }

        int mask = _slots.Length - 1;
        for (int index = (int)Hash(name) & mask; _slots[index] is { } stream; index = (index + 1) & mask)
        {
            if (name.SequenceEqual(stream.Name))
            {
                return _last = stream;
            }
        }

        return null;
    }

    /// <summary>Adds a stream whose name is new.</summary>
    public void Add(CodecStream stream)
    {
        Count++;
        if (Count * 2 > _slots.Length)
        {
            CodecStream?[] old = _slots;
            _slots = new CodecStream?[old.Length * 2];
            foreach (CodecStream? moved in old)
            {
                if (moved is not null)
                {
                    Place(moved);
                }
            }
        }

        Place(stream);
    }

    /// <summary>Removes a stream that was added.</summary>
    public void Remove(CodecStream stream)
    {
        CodecStream?[] old = _slots;
        _slots = new CodecStream?[old.Length];
        _last = null;
        Count--;
        foreach (CodecStream? kept in old)
        {
            if (kept is not null && !ReferenceEquals(kept, stream))
            {
                Place(kept);
            }
        }
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * Multiplier;
        while (name.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * Multiplier;
            hash ^= hash >> 32;
            name = name[sizeof(ulong)..];
        }

        foreach (byte letter in name)
        {
            hash = (hash ^ letter) * Multiplier;
        }

        return (uint)(hash >> 32);
    }

    private void Place(CodecStream stream)
    {
        int mask = _slots.Length - 1;
        int index = (int)Hash(stream.Name) & mask;
        while (_slots[index] is not null)
        {
            index = (index + 1) & mask;
        }

        _slots[index] = stream;
    }
}
