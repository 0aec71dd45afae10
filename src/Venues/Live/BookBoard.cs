using Lob.Fast.Engine.Integrity;

namespace Lob.Fast.Venues.Live;

/// <summary>
/// The figures of all books once a second, from the logic thread to whoever looks. Two tables take turns: the writer fills the one nobody was pointed to and then points
/// there, so neither side waits. A reader that a new table overtakes copies again.
/// </summary>
internal sealed class BookBoard
{
    private readonly Table[] _tables = [new(), new()];
    private long _version;

    /// <summary>Logic thread: takes the books as they are now. Allocates only when books were added.</summary>
    public void Publish(long nowNs, IReadOnlyList<BookStream> books)
    {
        // The version published before must be seen before this table changes.
        Interlocked.MemoryBarrier();
        long next = _version + 1;
        Table table = _tables[next & 1];
        if (table.Books.Length < books.Count)
        {
            table.Books = new BookFigures[Math.Max(16, 2 * books.Count)];
        }

        for (int i = 0; i < books.Count; i++)
        {
            BookStream book = books[i];
            table.Books[i] = new BookFigures
            {
                Venue = book.Instrument.Venue,
                Symbol = book.Instrument.Symbol,
                Channel = book.Channel,
                Connection = book.Connection,
                State = book.State,
                Evidence = book.Evidence,
                Bids = book.Book.BidCount,
                Asks = book.Book.AskCount,
                BestBid = book.Book.BestBid,
                BestAsk = book.Book.BestAsk,
                PriceDecimals = book.Book.PriceDecimals,
                QuantityDecimals = book.Book.QuantityDecimals,
                LastSequence = book.LastSequence,
                Digest = book.Book.Digest,
                Totals = book.Totals,
            };
        }

        table.Count = books.Count;
        table.AtNs = nowNs;
        Volatile.Write(ref _version, next);
    }

    /// <summary>Any thread: a copy of the latest figures, and their time (Unix ns; 0 = none yet).</summary>
    public (long AtNs, BookFigures[] Books) Read()
    {
        while (true)
        {
            long version = Volatile.Read(ref _version);
            Table table = _tables[version & 1];
            BookFigures[] books = table.Books.AsSpan(0, Math.Min(table.Count, table.Books.Length)).ToArray();
            long atNs = table.AtNs;
            Interlocked.MemoryBarrier();

            // The writer fills this table again only once the other one has been published.
            if (Volatile.Read(ref _version) == version)
            {
                return (atNs, books);
            }
        }
    }

    private sealed class Table
    {
        public BookFigures[] Books = [];
        public int Count;
        public long AtNs;
    }
}
