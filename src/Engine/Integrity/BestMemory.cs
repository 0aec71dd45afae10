using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// The last best bids and asks by update id: tickers of an instrument, or a book's own. A ticker often arrives before the delta with the same id, sometimes
/// after it; on the recordings the one looked for is at most the tenth latest, so 64 leaves room.
/// </summary>
internal sealed class BestMemory
{
    /// <summary>How many are remembered; the oldest is overwritten.</summary>
    public const int Slots = 64;

    private readonly long[] _updateIds = new long[Slots];
    private readonly RememberedBest[] _bests = new RememberedBest[Slots];
    private int _next;

    public BestMemory() => Array.Fill(_updateIds, Sequence.None);

    /// <summary>Remembers one. An id that is held already keeps the first.</summary>
    public void Remember(in RememberedBest best)
    {
        if (_updateIds.AsSpan().Contains(best.UpdateId))
        {
            return;
        }

        _updateIds[_next] = best.UpdateId;
        _bests[_next] = best;
        _next = (_next + 1) % Slots;
    }

    /// <summary>Where the one with an update id is held; below 0 = nowhere.</summary>
    public int Find(long updateId) => _updateIds.AsSpan().IndexOf(updateId);

    /// <summary>The one that <see cref="Find"/> found.</summary>
    public ref RememberedBest this[int index] => ref _bests[index];

    /// <summary>Takes one out of a checkpoint.</summary>
    public void Restore(in Record record)
    {
        RememberedBest best = Record.Read<RememberedBest>(record);
        best.Header.Flags = RecordFlags.None;
        Remember(best);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Fill(_updateIds, Sequence.None);
        _next = 0;
    }

    /// <summary>
    /// Multiplies prices and quantities when the instrument gets finer. One that no longer fits is forgotten; the others move up, so that which one is overwritten
    /// next is the same as in a memory restored from a checkpoint.
    /// </summary>
    public void Rescale(long priceFactor, long quantityFactor)
    {
        long[] updateIds = [.. _updateIds];
        RememberedBest[] bests = [.. _bests];
        int oldest = _next;
        Clear();
        for (int i = 0; i < Slots; i++)
        {
            int index = (oldest + i) % Slots;
            ref RememberedBest best = ref bests[index];
            if (updateIds[index] == Sequence.None
                || Math.Max(best.BidTicks, best.AskTicks) > long.MaxValue / priceFactor
                || Math.Max(best.BidLots, best.AskLots) > long.MaxValue / quantityFactor)
            {
                continue;
            }

            best.BidTicks *= priceFactor;
            best.AskTicks *= priceFactor;
            best.BidLots *= quantityFactor;
            best.AskLots *= quantityFactor;
            Remember(best);
        }
    }

    /// <summary>Adds all as checkpoint records, oldest first.</summary>
    public void WriteCheckpoint(RecordBuffer target)
    {
        for (int i = 0; i < Slots; i++)
        {
            int index = (_next + i) % Slots;
            if (_updateIds[index] != Sequence.None)
            {
                ref RememberedBest record = ref target.Add<RememberedBest>();
                record = _bests[index];
                record.Header = new RecordHeader { Kind = RecordKind.RememberedBest, Flags = RecordFlags.Checkpoint, Code = record.Header.Code };
            }
        }
    }
}
