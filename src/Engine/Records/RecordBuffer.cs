using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// A growing list of slots in native memory: decoding scratch, waiting messages, checkpoints. Growing is a native reallocation and never
/// touches the managed heap. Not thread-safe: one owner.
/// </summary>
public sealed unsafe class RecordBuffer : IDisposable
{
    private Record* _slots;
    private int _capacity;

    /// <summary>Makes room for <paramref name="initialSlots"/> slots.</summary>
    public RecordBuffer(int initialSlots = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialSlots);
        _capacity = initialSlots;
        _slots = (Record*)NativeMemory.AlignedAlloc((nuint)_capacity * Record.SizeInBytes, Record.SizeInBytes);
    }

    /// <summary>Frees memory that an owner forgot.</summary>
    ~RecordBuffer() => Free();

    /// <summary>Slots held.</summary>
    public int Count { get; private set; }

    /// <summary>Slots that fit without growing.</summary>
    public int Capacity => _capacity;

    /// <summary>The slots held. Invalid after the next call that adds.</summary>
    public Span<Record> Records => new(_slots, Count);

    /// <summary>The slot at <paramref name="index"/>, which must be below <see cref="Count"/>.</summary>
    public ref Record this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)index < (uint)Count, "index outside the records held");
            return ref _slots[index];
        }
    }

    /// <summary>Adds a slot whose 64 bytes are zero. The reference is valid until the next call that adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Record Add()
    {
        int index = Count;
        if (index == _capacity)
        {
            Grow(index + 1);
        }

        Count = index + 1;
        ref Record slot = ref _slots[index];
        slot = default;
        return ref slot;
    }

    /// <summary>Adds a zeroed slot of a kind and returns it as the structure of that kind. The header's Kind is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Add<T>() where T : unmanaged, IRecord
    {
        ref Record slot = ref Add();
        slot.Header.Kind = T.Kind;
        return ref Record.As<T>(ref slot);
    }

    /// <summary>Adds a copy of <paramref name="record"/> and returns it, to be changed in place. The reference is valid until the next call that adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Add<T>(in T record) where T : unmanaged, IRecord
    {
        int index = Count;
        if (index == _capacity)
        {
            Grow(index + 1);
        }

        Count = index + 1;
        ref T slot = ref Record.As<T>(ref _slots[index]);
        slot = record;
        return ref slot;
    }

    /// <summary>Adds copies of <paramref name="records"/>.</summary>
    public void AddRange(ReadOnlySpan<Record> records)
    {
        if (Count + records.Length > _capacity)
        {
            Grow(Count + records.Length);
        }

        records.CopyTo(new Span<Record>(_slots + Count, records.Length));
        Count += records.Length;
    }

    /// <summary>Forgets everything behind the first <paramref name="count"/> slots.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count);
        Count = count;
    }

    /// <summary>Forgets the first <paramref name="count"/> slots and moves the rest to the front.</summary>
    public void RemoveFirst(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count);
        Records[count..].CopyTo(Records);
        Count -= count;
    }

    /// <summary>Forgets all slots; the memory stays.</summary>
    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_slots);
        _slots = null;
        _capacity = 0;
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int slots)
    {
        ObjectDisposedException.ThrowIf(_slots == null, this);
        int capacity = (int)Math.Min(Math.Max((long)_capacity * 2, slots), Array.MaxLength);
        _slots = (Record*)NativeMemory.AlignedRealloc(_slots, (nuint)capacity * Record.SizeInBytes, Record.SizeInBytes);
        _capacity = capacity;
    }
}
