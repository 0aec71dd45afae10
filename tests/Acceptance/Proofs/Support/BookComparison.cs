using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>
/// Compares the whole book of the engine with that of the plain replay: state, sequence, and every level of both sides in order, digit by digit.
/// Digits are made here, into a stack buffer, not by the engine. Where the plain book has not been touched since the last comparison, and the
/// engine's scale is the same, its levels must be the very ones that were compared then, which says the same and costs less.
/// </summary>
internal sealed class BookComparison
{
    private const int CharactersMax = 48;

    private readonly VerifiedSide _bids = new(Side.Bid);
    private readonly VerifiedSide _asks = new(Side.Ask);
    private (long Changes, int PriceDecimals, int QuantityDecimals)? _verified;

    /// <summary>Levels compared digit by digit so far.</summary>
    public long LevelsCompared { get; private set; }

    /// <summary>The first difference in words; null = none.</summary>
    public string? Difference(BookStream? engine, SimpleDepthStream? plain)
    {
        if (engine is null || plain is null)
        {
            return engine is null == plain is null ? null : $"engine {(engine is null ? "has no book" : "has a book")}, plain replay not so";
        }

        if (StateOf(engine.State) != plain.State)
        {
            return $"state {engine.State}, plain replay {plain.State}";
        }

        if (engine.LastSequence != (plain.Last ?? Sequence.None))
        {
            return $"sequence {engine.LastSequence}, plain replay {plain.Last}";
        }

        var at = (plain.Book.Changes, engine.Book.PriceDecimals, engine.Book.QuantityDecimals);
        if (at == _verified)
        {
            return _bids.DifferenceFromVerified(engine.Book) ?? _asks.DifferenceFromVerified(engine.Book);
        }

        LevelsCompared += plain.Book.Bids.Count + plain.Book.Asks.Count;
        string? difference = _bids.Difference(engine.Book, plain.Book.Bids) ?? _asks.Difference(engine.Book, plain.Book.Asks);
        _verified = difference is null ? at : null;
        return difference;
    }

    // The plain replay has no clock, so a book that has been quiet for long is live to it.
    private static SimpleBookState StateOf(BookState state) => state switch
    {
        BookState.Empty => SimpleBookState.Empty,
        BookState.Bridging => SimpleBookState.Bridging,
        BookState.Broken => SimpleBookState.Broken,
        _ => SimpleBookState.Live,
    };

    /// <summary>Writes value × 10^−decimals with <paramref name="written"/> decimals; empty if a digit would be lost.</summary>
    private static ReadOnlySpan<char> Write(long value, int decimals, int written, Span<char> buffer)
    {
        if (written >= decimals)
        {
            value = checked(value * PowersOfTen.Of(written - decimals));
        }
        else
        {
            (value, long rest) = Math.DivRem(value, PowersOfTen.Of(decimals - written));
            if (rest != 0)
            {
                return default;
            }
        }

        int at = buffer.Length;
        for (int digit = 0; value != 0 || digit <= written; digit++)
        {
            if (digit == written && written > 0)
            {
                buffer[--at] = '.';
            }

            (value, long last) = Math.DivRem(value, 10);
            buffer[--at] = (char)('0' + last);
        }

        return buffer[at..];
    }

    private sealed class VerifiedSide(Side side)
    {
        private BookLevel[] _verified = new BookLevel[4096];
        private BookLevel[] _scratch = new BookLevel[4096];
        private int _count;

        /// <summary>Compares with the levels that were the plain book's when they were last compared with it.</summary>
        public string? DifferenceFromVerified(L2Book book)
        {
            int count = book.CopyTo(side, _scratch);
            int equal = _scratch.AsSpan(0, count).CommonPrefixLength(_verified.AsSpan(0, _count));
            return equal == _count && count == _count && CountOf(book) == _count
                ? null
                : $"{side} changed at level {equal} of {count} although the plain book did not";
        }

        public string? Difference(L2Book book, IReadOnlyDictionary<decimal, SimpleLevel> plain)
        {
            if (_verified.Length <= CountOf(book))
            {
                _verified = new BookLevel[CountOf(book) * 2];
                _scratch = new BookLevel[CountOf(book) * 2];
            }

            _count = book.CopyTo(side, _verified);
            if (_count != plain.Count || CountOf(book) != plain.Count)
            {
                return $"{_count} {side} levels ({CountOf(book)} counted), plain replay {plain.Count}";
            }

            Span<char> buffer = stackalloc char[CharactersMax];
            int index = 0;
            foreach ((_, SimpleLevel level) in plain)
            {
                BookLevel own = _verified[index];
                if (!Write(own.PriceTicks, book.PriceDecimals, own.TextForm.PriceDecimals, buffer).SequenceEqual(level.PriceText)
                    || !Write(own.QuantityLots, book.QuantityDecimals, own.TextForm.QuantityDecimals, buffer).SequenceEqual(level.QuantityText))
                {
                    return $"{side} level {index} is {book.PriceOf(own)} {book.QuantityOf(own)}, plain replay {level.PriceText} {level.QuantityText}";
                }

                index++;
            }

            return null;
        }

        private int CountOf(L2Book book) => side == Side.Bid ? book.BidCount : book.AskCount;
    }
}
