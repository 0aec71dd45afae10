using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// Room for the levels of one side while they are moved or loaded. Native, so that nothing is left to collect; not cleared, so that only what is used becomes resident.
/// </summary>
internal unsafe ref struct LevelList : IDisposable
{
    private readonly KeyedLevel* _levels;
    private int _count;

    public LevelList(int capacity) => _levels = (KeyedLevel*)NativeMemory.Alloc((nuint)Math.Max(1, capacity), (nuint)sizeof(KeyedLevel));

    /// <summary>The levels added.</summary>
    public readonly ReadOnlySpan<KeyedLevel> Span => new(_levels, _count);

    /// <summary>Adds one; there must be room.</summary>
    public void Add(long key, LevelSlot level) => _levels[_count++] = new KeyedLevel(key, level);

    /// <summary>Sorts by key, unless they are so already. False = two have the same key.</summary>
    public readonly bool TrySort()
    {
        if (IsAscending())
        {
            return true;
        }

        new Span<KeyedLevel>(_levels, _count).Sort();
        return IsAscending();
    }

    /// <inheritdoc/>
    public readonly void Dispose() => NativeMemory.Free(_levels);

    private readonly bool IsAscending()
    {
        for (int i = 1; i < _count; i++)
        {
            if (_levels[i - 1].Key >= _levels[i].Key)
            {
                return false;
            }
        }

        return true;
    }
}
