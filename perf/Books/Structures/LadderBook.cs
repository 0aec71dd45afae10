using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books.Structures;

/// <summary>The engine's sides alone: no digest, no counts.</summary>
internal sealed class LadderBook(int windowBits) : IBook
{
    private readonly BookMemory _memory = new(long.MaxValue);
    private LadderSide? _bids;
    private LadderSide? _asks;

    public long Apply(ReadOnlySpan<Record> levels)
    {
        LadderSide bids = _bids ??= new LadderSide(Side.Bid, _memory, windowBits);
        LadderSide asks = _asks ??= new LadderSide(Side.Ask, _memory, windowBits);
        foreach (ref readonly Record record in levels)
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            LadderSide side = level.Header.Side == Side.Bid ? bids : asks;
            side.Set(level.PriceTicks, level.QuantityLots, level.Header.TextForm, level.OrderCount);
        }

        BookLevel bid = bids.Best;
        BookLevel ask = asks.Best;
        return BestSum.Of(bid.PriceTicks, bid.QuantityLots, ask.PriceTicks, ask.QuantityLots);
    }

    public void Clear()
    {
        _bids?.Clear();
        _asks?.Clear();
    }

    public void Dispose()
    {
        _bids?.Dispose();
        _asks?.Dispose();
        _memory.Dispose();
    }
}
