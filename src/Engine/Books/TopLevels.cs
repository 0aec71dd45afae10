using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// The best levels of both sides of a book as somebody watches them (<see cref="L2Book.Watch"/>). A change inside them is noted when it happens and walked when they are read:
/// most messages change levels further down, and cost nothing then. Owned by the book's thread.
/// </summary>
public sealed class TopLevels
{
    private readonly L2Book _book;
    private readonly BookLevel[] _bids;
    private readonly BookLevel[] _asks;
    private int _bidCount;
    private int _askCount;
    private bool _bidsChanged = true;
    private bool _asksChanged = true;

    internal TopLevels(L2Book book, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        _book = book;
        _bids = new BookLevel[depth];
        _asks = new BookLevel[depth];
    }

    /// <summary>Most levels a side.</summary>
    public int Depth => _bids.Length;

    /// <summary>The best bids as they stand now, best first. Valid until the book changes.</summary>
    public ReadOnlySpan<BookLevel> Bids
    {
        get
        {
            if (_bidsChanged)
            {
                _bidCount = _book.CopyTo(Side.Bid, _bids);
                _bidsChanged = false;
            }

            return _bids.AsSpan(0, _bidCount);
        }
    }

    /// <summary>The best asks as they stand now, best first. Valid until the book changes.</summary>
    public ReadOnlySpan<BookLevel> Asks
    {
        get
        {
            if (_asksChanged)
            {
                _askCount = _book.CopyTo(Side.Ask, _asks);
                _asksChanged = false;
            }

            return _asks.AsSpan(0, _askCount);
        }
    }

    /// <summary>A level was set.</summary>
    internal void Note(Side side, long priceTicks)
    {
        if (side == Side.Bid)
        {
            _bidsChanged |= _bidCount < _bids.Length || priceTicks >= _bids[^1].PriceTicks;
        }
        else
        {
            _asksChanged |= _askCount < _asks.Length || priceTicks <= _asks[^1].PriceTicks;
        }
    }

    /// <summary>All levels of a message were set.</summary>
    internal void Note(ReadOnlySpan<Record> levels)
    {
        foreach (ref readonly Record record in levels)
        {
            if (_bidsChanged && _asksChanged)
            {
                return;
            }

            Note(record.Header.Side, Record.View<LevelSet>(in record).PriceTicks);
        }
    }

    /// <summary>Anything may have changed.</summary>
    internal void NoteAll()
    {
        _bidsChanged = true;
        _asksChanged = true;
    }
}
