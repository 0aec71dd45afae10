using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// The last tickers of an instrument by update id. A ticker often arrives before the delta with the same id; on the recordings the one looked
/// for is at most the tenth latest, so 64 leaves room.
/// </summary>
internal sealed class TickerMemory
{
    /// <summary>Tickers remembered; the oldest is overwritten.</summary>
    public const int Slots = 64;

    private readonly long[] _updateIds = new long[Slots];
    private readonly RememberedTicker[] _tickers = new RememberedTicker[Slots];
    private int _next;

    public TickerMemory() => Array.Fill(_updateIds, Sequence.None);

    /// <summary>Remembers a ticker. An id that is held already keeps the first one.</summary>
    public void Remember(in RememberedTicker ticker)
    {
        if (_updateIds.AsSpan().Contains(ticker.UpdateId))
        {
            return;
        }

        _updateIds[_next] = ticker.UpdateId;
        _tickers[_next] = ticker;
        _next = (_next + 1) % Slots;
    }

    /// <summary>Finds the ticker with an update id.</summary>
    public bool TryFind(long updateId, out RememberedTicker ticker)
    {
        int index = _updateIds.AsSpan().IndexOf(updateId);
        ticker = index >= 0 ? _tickers[index] : default;
        return index >= 0;
    }

    /// <summary>
    /// Multiplies prices and quantities when the instrument gets finer. One that no longer fits is forgotten; the others move up, so that the
    /// one overwritten next is the same as in a memory restored from a checkpoint.
    /// </summary>
    public void Rescale(long priceFactor, long quantityFactor)
    {
        long[] updateIds = [.. _updateIds];
        RememberedTicker[] tickers = [.. _tickers];
        int oldest = _next;
        Array.Fill(_updateIds, Sequence.None);
        _next = 0;
        for (int i = 0; i < Slots; i++)
        {
            int index = (oldest + i) % Slots;
            ref RememberedTicker ticker = ref tickers[index];
            if (updateIds[index] == Sequence.None
                || Math.Max(ticker.BidTicks, ticker.AskTicks) > long.MaxValue / priceFactor
                || Math.Max(ticker.BidLots, ticker.AskLots) > long.MaxValue / quantityFactor)
            {
                continue;
            }

            ticker.BidTicks *= priceFactor;
            ticker.AskTicks *= priceFactor;
            ticker.BidLots *= quantityFactor;
            ticker.AskLots *= quantityFactor;
            Remember(ticker);
        }
    }

    /// <summary>Adds all remembered tickers as checkpoint records, oldest first.</summary>
    public void WriteCheckpoint(RecordBuffer target)
    {
        for (int i = 0; i < Slots; i++)
        {
            int index = (_next + i) % Slots;
            if (_updateIds[index] != Sequence.None)
            {
                ref RememberedTicker record = ref target.Add<RememberedTicker>();
                record = _tickers[index];
                record.Header = new RecordHeader { Kind = RecordKind.RememberedTicker, Flags = RecordFlags.Checkpoint };
            }
        }
    }
}
