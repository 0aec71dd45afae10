using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books.Structures;

/// <summary>
/// No book but its floor: each quantity is stored where its price says, and nothing else is done. Whatever finds a level by its price reads a record and touches a cache
/// line for it, as this does.
/// </summary>
internal sealed unsafe class StoreBook : IBook
{
    private const int Slots = 1 << 20;

    // Both sides, bids first.
    private readonly long* _quantities = (long*)NativeMemory.AllocZeroed(2 * Slots, sizeof(long));

    public long Apply(ReadOnlySpan<Record> levels)
    {
        foreach (ref readonly Record record in levels)
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            long side = level.Header.Side == Side.Bid ? 0 : Slots;
            _quantities[side + (level.PriceTicks & (Slots - 1))] = level.QuantityLots;
        }

        return 0;
    }

    /// <summary>Nothing is forgotten, and nobody looks.</summary>
    public void Clear()
    {
    }

    public void Dispose() => NativeMemory.Free(_quantities);
}
