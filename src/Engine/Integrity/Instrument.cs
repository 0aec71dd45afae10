using System.Numerics;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>An instrument as the logic knows it: its definition, its book streams, and what it remembers for them. Owned by the logic thread.</summary>
public sealed class Instrument : IDisposable
{
    private readonly Record[] _definition = new Record[InstrumentDefinition.Slots];
    private readonly List<BookStream> _books = [];
    private readonly RecordBuffer _heldSnapshot = new(16);
    private int _priceBits;
    private int _quantityBits;

    /// <summary>From the three slots of a definition.</summary>
    internal Instrument(ReadOnlySpan<Record> definition)
    {
        definition.CopyTo(_definition);
        Symbol = Record.Read<InstrumentSymbol>(_definition[1]).Symbol.ToString();
        _priceBits = First.PriceBits;
        _quantityBits = First.QuantityBits;
    }

    /// <summary>Id in the journal, from 1.</summary>
    public uint Id => First.InstrumentId;

    /// <summary>Market of the symbol.</summary>
    public Venue Venue => First.Venue;

    /// <summary>The venue's own symbol.</summary>
    public string Symbol { get; }

    /// <summary>Decimals of a price tick.</summary>
    public int PriceDecimals => First.PriceDecimals;

    /// <summary>Decimals of a quantity lot.</summary>
    public int QuantityDecimals => First.QuantityDecimals;

    /// <summary>Definitions so far, from 1.</summary>
    public uint Epoch => First.Epoch;

    internal BestMemory Tickers { get; } = new();

    internal IReadOnlyList<BookStream> Books => _books;

    private InstrumentDefinition First => Record.Read<InstrumentDefinition>(_definition[0]);

    /// <summary>Takes a new epoch: everything held is rescaled.</summary>
    internal void Redefine(ReadOnlySpan<Record> definition)
    {
        InstrumentDefinition before = First;
        InstrumentDefinition now = Record.Read<InstrumentDefinition>(definition[0]);
        int priceGrowth = now.PriceDecimals - before.PriceDecimals;
        int quantityGrowth = now.QuantityDecimals - before.QuantityDecimals;
        if (priceGrowth < 0 || quantityGrowth < 0)
        {
            throw new InvalidDataException($"instrument {Symbol}: epoch {now.Epoch} makes prices or quantities coarser; an epoch may only make them finer");
        }

        definition.CopyTo(_definition);
        long priceFactor = PowersOfTen.Of(priceGrowth);
        long quantityFactor = PowersOfTen.Of(quantityGrowth);
        _priceBits = Math.Max(Grown(_priceBits, priceFactor), now.PriceBits);
        _quantityBits = Math.Max(Grown(_quantityBits, quantityFactor), now.QuantityBits);
        Tickers.Rescale(priceFactor, quantityFactor);
        Rescale(_heldSnapshot.Records, priceFactor, quantityFactor);
        foreach (BookStream book in _books)
        {
            book.Rescale(now.PriceDecimals, now.QuantityDecimals, priceFactor, quantityFactor);
        }
    }

    /// <summary>
    /// Notes how many bits the values of a message have (given or-ed together), which a later epoch must still be able to hold. Only the bit
    /// lengths are remembered: they are what a checkpoint keeps, so a state restored from one goes on exactly as the original.
    /// </summary>
    internal void NoteMagnitudes(long prices, long quantities)
    {
        _priceBits = Math.Max(_priceBits, 64 - BitOperations.LeadingZeroCount((ulong)prices));
        _quantityBits = Math.Max(_quantityBits, 64 - BitOperations.LeadingZeroCount((ulong)quantities));
    }

    /// <summary>The same for a message that is kept without being applied.</summary>
    internal void NoteMagnitudes(ReadOnlySpan<Record> message)
    {
        long prices = 0;
        long quantities = 0;
        foreach (ref readonly Record record in message[1..])
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            prices |= level.PriceTicks;
            quantities |= level.QuantityLots;
        }

        NoteMagnitudes(prices, quantities);
    }

    /// <summary>A new book stream of this instrument; a snapshot that came before any delta is handed to it, and to the next one as well.</summary>
    internal void Attach(BookStream book, DerivedRecords derived)
    {
        _books.Add(book);
        if (_heldSnapshot.Count > 0)
        {
            book.OnSnapshot(_heldSnapshot.Records, derived);
        }
    }

    /// <summary>The same when the stream comes out of a checkpoint, which holds its state already.</summary>
    internal void AttachRestored(BookStream book) => _books.Add(book);

    /// <summary>A snapshot that was asked for apart: for the books that need one, or held until there is one.</summary>
    internal void OnSnapshot(ReadOnlySpan<Record> message, DerivedRecords derived)
    {
        if (_books.Count == 0)
        {
            HoldSnapshot(message);
            return;
        }

        _heldSnapshot.Clear();
        foreach (BookStream book in _books)
        {
            book.OnSnapshot(message, derived);
        }
    }

    /// <summary>The venue says that nothing of the instrument is missing.</summary>
    internal void OnHeartbeat(DerivedRecords derived)
    {
        foreach (BookStream book in _books)
        {
            book.OnHeartbeat(derived);
        }
    }

    /// <summary>A ticker: compared with every book that stands at its update id, and remembered for those that will.</summary>
    internal void OnTicker(in RememberedBest ticker)
    {
        Tickers.Remember(ticker);
        foreach (BookStream book in _books)
        {
            book.OnTicker(ticker);
        }
    }

    internal void WriteCheckpoint(RecordBuffer target)
    {
        int start = target.Count;
        target.AddRange(_definition);
        Checkpoints.Mark(target.Records[start..]);
        ref InstrumentDefinition first = ref Record.As<InstrumentDefinition>(ref target[start]);
        first.PriceBits = (byte)_priceBits;
        first.QuantityBits = (byte)_quantityBits;
        Tickers.WriteCheckpoint(target);
        Checkpoints.AddMessages(target, _heldSnapshot.Records);
    }

    /// <summary>Keeps the latest snapshot for a book stream that has not appeared yet.</summary>
    internal void HoldSnapshot(ReadOnlySpan<Record> message)
    {
        _heldSnapshot.Clear();
        _heldSnapshot.AddRange(message);
        NoteMagnitudes(message);
        Checkpoints.RestoreMessages(_heldSnapshot.Records);
    }

    /// <inheritdoc/>
    public void Dispose() => _heldSnapshot.Dispose();

    internal static void Rescale(Span<Record> records, long priceFactor, long quantityFactor)
    {
        foreach (ref Record record in records)
        {
            if (record.Header.Kind == RecordKind.LevelSet)
            {
                ref LevelSet level = ref Record.As<LevelSet>(ref record);
                level.PriceTicks = checked(level.PriceTicks * priceFactor);
                level.QuantityLots = checked(level.QuantityLots * quantityFactor);
            }
        }
    }

    /// <summary>Bits of the largest value of so many bits, after it was multiplied; at most the 63 of a long.</summary>
    private static int Grown(int bits, long factor)
    {
        UInt128 largest = ((UInt128.One << bits) - 1) * (ulong)factor;
        return Math.Min(63, 128 - (int)UInt128.LeadingZeroCount(largest));
    }
}
