using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books.Structures;

/// <summary>The engine's book: ladder, tree, digest.</summary>
internal sealed class OwnBook : IBook
{
    private readonly L2Book _book = new(0, 0);

    public long ResidentBytes => _book.ResidentBytes;

    public string Windows => $"2^{_book.WindowBits.Bids}/2^{_book.WindowBits.Asks}";

    public int Levels => _book.BidCount + _book.AskCount;

    public long Apply(ReadOnlySpan<Record> levels)
    {
        _book.Apply(levels, out _, out _);
        BookLevel bid = _book.BestBid;
        BookLevel ask = _book.BestAsk;
        return BestSum.Of(bid.PriceTicks, bid.QuantityLots, ask.PriceTicks, ask.QuantityLots);
    }

    public void Clear() => _book.Clear();

    public void Dispose() => _book.Dispose();
}
