using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// Levels of one side sorted by key, however far apart: a root with the smallest key of each leaf, and leaves of up to 32 levels. Two levels are enough: with 50,000 levels the
/// root is some 20 KiB to search and, once in some sixteen inserts, to move. Leaves come from <see cref="BookMemory"/> and go back there when they are empty.
/// </summary>
/// <remarks>
/// Invariants: no leaf is empty; the root's key of a leaf is at or below its first key and above the last key of the leaf before. All keys of a side have the same sign
/// (see <see cref="LadderSide"/>), so the difference of two never overflows, which makes the scalar search free of branches.
/// </remarks>
internal sealed unsafe class LevelTree : IDisposable
{
    /// <summary>Bytes of a leaf: keys, then slots.</summary>
    public const int LeafBytes = LeafLevelsMax * (sizeof(long) + SlotBytes);

    private const int LeafLevelsMax = 32;

    /// <summary>Keys compared in one go at the end of a search: all of a leaf.</summary>
    internal const int KeysAtOnce = LeafLevelsMax;

    private const int SlotBytes = 16;

    /// <summary>A leaf with fewer is joined with a neighbour that has room, so that a tree takes at most four times what its levels need.</summary>
    private const int LeafLevelsMin = LeafLevelsMax / 4;

    private const int RootCapacityInitial = 8;

    private readonly BookMemory _memory;
    private long* _rootKeys;
    private byte** _leaves;
    private int* _counts;
    private int _capacity;
    private int _leafCount;

    // Where the last search ended: a hint only, any number is right.
    private int _lastLeaf;

    public LevelTree(BookMemory memory) => _memory = memory;

    ~LevelTree() => FreeRoot();

    /// <summary>Levels held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of leaves and root.</summary>
    public long Bytes => ((long)_leafCount * LeafBytes) + RootBytes;

    /// <summary>Smallest key. There must be a level.</summary>
    public long FirstKey => Keys(0)[0];

    /// <summary>Largest key. There must be a level.</summary>
    public long LastKey => Keys(_leafCount - 1)[_counts[_leafCount - 1] - 1];

    private long RootBytes => _capacity == 0 ? 0 : KeysBytes(_capacity) + ((long)_capacity * (sizeof(byte*) + sizeof(int)));

    /// <summary>The level at a key; null if there is none. Valid until the next change.</summary>
    public LevelSlot* Find(long key)
    {
        if (Count == 0)
        {
            return null;
        }

        int leaf = LeafOf(key);
        int index = LowerBound(Keys(leaf), _counts[leaf], key);
        return index < _counts[leaf] && Keys(leaf)[index] == key ? Slots(leaf) + index : null;
    }

    /// <summary>Sets a level (quantity 0 deletes it) and returns the quantity it had, 0 if it was not held.</summary>
    public long Set(long key, LevelSlot level)
    {
        if (_leafCount == 0 || key > LastKey)
        {
            if (level.Quantity != 0)
            {
                Append(key, level);
            }

            return 0;
        }

        int leaf = LeafOf(key);
        int index = LowerBound(Keys(leaf), _counts[leaf], key);
        if (index < _counts[leaf] && Keys(leaf)[index] == key)
        {
            long before = Slots(leaf)[index].Quantity;
            if (level.Quantity == 0)
            {
                RemoveAt(leaf, index);
            }
            else
            {
                Slots(leaf)[index] = level;
            }

            return before;
        }

        if (level.Quantity != 0)
        {
            Insert(leaf, index, key, level);
        }

        return 0;
    }

    /// <summary>Adds a level behind all others: leaves are filled one behind the other.</summary>
    public void Append(long key, LevelSlot level)
    {
        if (_leafCount == 0 || _counts[_leafCount - 1] == LeafLevelsMax)
        {
            AddLeaf(_leafCount, key);
        }

        int leaf = _leafCount - 1;
        int index = _counts[leaf]++;
        Keys(leaf)[index] = key;
        Slots(leaf)[index] = level;
        Count++;
    }

    /// <summary>The first level. There must be one.</summary>
    public LevelSlot First => Slots(0)[0];

    /// <summary>The last level. There must be one.</summary>
    public LevelSlot Last => Slots(_leafCount - 1)[_counts[_leafCount - 1] - 1];

    /// <summary>Moves a position, at first 0 and 0, to the next level and gives that; false at the end. For walks during which nothing changes.</summary>
    public bool Next(ref (int Leaf, int Index) position, out long key, out LevelSlot level)
    {
        if (position.Leaf == _leafCount)
        {
            key = 0;
            level = default;
            return false;
        }

        (int leaf, int index) = position;
        key = Keys(leaf)[index];
        level = Slots(leaf)[index];
        position = index + 1 == _counts[leaf] ? (leaf + 1, 0) : (leaf, index + 1);
        return true;
    }

    /// <summary>Removes the first <paramref name="count"/> levels.</summary>
    public void RemoveFirst(int count)
    {
        Count -= count;
        int whole = 0;
        while (whole < _leafCount && count >= _counts[whole])
        {
            count -= _counts[whole];
            _memory.GiveLeaf(_leaves[whole]);
            whole++;
        }

        MoveRoot(whole, 0);
        if (count > 0)
        {
            MoveInLeaf(0, count, 0);
            _counts[0] -= count;
        }
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear()
    {
        for (int i = 0; i < _leafCount; i++)
        {
            _memory.GiveLeaf(_leaves[i]);
        }

        _leafCount = 0;
        Count = 0;
    }

    public void Dispose()
    {
        Clear();
        _memory.NoteRoot(-RootBytes);
        FreeRoot();
        GC.SuppressFinalize(this);
    }

    /// <summary>How many of the sorted keys are below <paramref name="key"/>. From each of them on, <see cref="KeysAtOnce"/> must be readable, whatever they are.</summary>
    internal static int LowerBound(long* keys, int count, long key)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return LowerBoundScalar(keys, count, key);
        }

        int low = 0;
        while (count > KeysAtOnce)
        {
            int half = count >> 1;
            low += (int)((keys[low + half - 1] - key) >> 63) & half;
            count -= half;
        }

        Vector256<long> wanted = Vector256.Create(key);
        ulong below = 0;
        for (int i = 0; i < KeysAtOnce; i += Vector256<long>.Count)
        {
            below |= (ulong)Vector256.LessThan(Vector256.Load(keys + low + i), wanted).ExtractMostSignificantBits() << i;
        }

        return low + BitOperations.PopCount(below & ((1UL << count) - 1));
    }

    /// <summary>The same where there are no vectors.</summary>
    internal static int LowerBoundScalar(long* keys, int count, long key)
    {
        int low = 0;
        while (count > 1)
        {
            int half = count >> 1;
            low += (int)((keys[low + half - 1] - key) >> 63) & half;
            count -= half;
        }

        return low - (int)((keys[low] - key) >> 63);
    }

    /// <summary>Of the root's keys, with room behind them for a search to read.</summary>
    private static long KeysBytes(int capacity) => (long)(capacity + KeysAtOnce) * sizeof(long);

    private long* Keys(int leaf) => (long*)_leaves[leaf];

    private LevelSlot* Slots(int leaf) => (LevelSlot*)(_leaves[leaf] + (LeafLevelsMax * sizeof(long)));

    /// <summary>The leaf in which a key is, or belongs.</summary>
    private int LeafOf(long key)
    {
        // Most levels of a message come in order, so the leaf is often the one of the level before.
        int last = _lastLeaf;
        if (last + 1 < _leafCount && key >= _rootKeys[last] && key < _rootKeys[last + 1])
        {
            return last;
        }

        // One more when the key is a leaf's own.
        int above = LowerBound(_rootKeys, _leafCount, key);
        return _lastLeaf = above < _leafCount && _rootKeys[above] == key ? above : Math.Max(0, above - 1);
    }

    private void Insert(int leaf, int index, long key, LevelSlot level)
    {
        if (_counts[leaf] == LeafLevelsMax)
        {
            Split(leaf);
            if (index > _counts[leaf])
            {
                index -= _counts[leaf++];
            }
        }

        MoveInLeaf(leaf, index, index + 1);
        Keys(leaf)[index] = key;
        Slots(leaf)[index] = level;
        _counts[leaf]++;
        Count++;
        if (key < _rootKeys[leaf])
        {
            _rootKeys[leaf] = key;
        }
    }

    private void RemoveAt(int leaf, int index)
    {
        MoveInLeaf(leaf, index + 1, index);
        Count--;
        if (--_counts[leaf] < LeafLevelsMin)
        {
            if (_counts[leaf] == 0)
            {
                RemoveLeaf(leaf);
            }
            else if (leaf + 1 < _leafCount && _counts[leaf] + _counts[leaf + 1] <= LeafLevelsMax - LeafLevelsMin)
            {
                Join(leaf);
            }
            else if (leaf > 0 && _counts[leaf - 1] + _counts[leaf] <= LeafLevelsMax - LeafLevelsMin)
            {
                Join(leaf - 1);
            }
        }
    }

    private void Split(int leaf)
    {
        const int Half = LeafLevelsMax / 2;
        AddLeaf(leaf + 1, Keys(leaf)[Half]);
        CopyLevels(leaf, Half, leaf + 1, 0, LeafLevelsMax - Half);
        _counts[leaf] = Half;
        _counts[leaf + 1] = LeafLevelsMax - Half;
    }

    /// <summary>Takes the next leaf's levels in.</summary>
    private void Join(int leaf)
    {
        CopyLevels(leaf + 1, 0, leaf, _counts[leaf], _counts[leaf + 1]);
        _counts[leaf] += _counts[leaf + 1];
        RemoveLeaf(leaf + 1);
    }

    private void CopyLevels(int from, int fromIndex, int to, int toIndex, int count)
    {
        Unsafe.CopyBlock(Keys(to) + toIndex, Keys(from) + fromIndex, (uint)(count * sizeof(long)));
        Unsafe.CopyBlock(Slots(to) + toIndex, Slots(from) + fromIndex, (uint)(count * SlotBytes));
    }

    /// <summary>Moves the levels of a leaf from an index on to another index.</summary>
    private void MoveInLeaf(int leaf, int from, int to)
    {
        int count = _counts[leaf] - from;
        new Span<long>(Keys(leaf) + from, count).CopyTo(new Span<long>(Keys(leaf) + to, count));
        new Span<LevelSlot>(Slots(leaf) + from, count).CopyTo(new Span<LevelSlot>(Slots(leaf) + to, count));
    }

    /// <summary>Puts an empty leaf at a place in the root.</summary>
    private void AddLeaf(int at, long key)
    {
        if (_leafCount == _capacity)
        {
            GrowRoot();
        }

        MoveRoot(at, at + 1);
        _rootKeys[at] = key;
        _leaves[at] = _memory.TakeLeaf();
        _counts[at] = 0;
    }

    private void RemoveLeaf(int leaf)
    {
        _memory.GiveLeaf(_leaves[leaf]);
        MoveRoot(leaf + 1, leaf);
    }

    /// <summary>Moves the leaves of the root from an index on to another index.</summary>
    private void MoveRoot(int from, int to)
    {
        int count = _leafCount - from;
        new Span<long>(_rootKeys + from, count).CopyTo(new Span<long>(_rootKeys + to, count));
        new Span<nint>(_leaves + from, count).CopyTo(new Span<nint>(_leaves + to, count));
        new Span<int>(_counts + from, count).CopyTo(new Span<int>(_counts + to, count));
        _leafCount += to - from;
    }

    private void GrowRoot()
    {
        long before = RootBytes;
        _capacity = Math.Max(RootCapacityInitial, _capacity * 2);
        _rootKeys = (long*)NativeMemory.Realloc(_rootKeys, (nuint)KeysBytes(_capacity));
        _leaves = (byte**)NativeMemory.Realloc(_leaves, (nuint)(_capacity * sizeof(byte*)));
        _counts = (int*)NativeMemory.Realloc(_counts, (nuint)_capacity * sizeof(int));
        _memory.NoteRoot(RootBytes - before);
    }

    private void FreeRoot()
    {
        NativeMemory.Free(_rootKeys);
        NativeMemory.Free(_leaves);
        NativeMemory.Free(_counts);
        _rootKeys = null;
        _leaves = null;
        _counts = null;
        _capacity = 0;
    }
}
