using BenchmarkDotNet.Attributes;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Books;

/// <summary>All level changes of a recording (Binance spot, BTCUSDT, 2024), applied to a book that holds them already after the first pass. Time a pass.</summary>
[MemoryDiagnoser]
public class BookBenchmarks
{
    private readonly SortedDictionary<long, long> _sortedBids = new(Comparer<long>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, long> _sortedAsks = [];
    private readonly Dictionary<long, long> _bids = [];
    private readonly Dictionary<long, long> _asks = [];
    private (Side Side, long Price, long Quantity, TextForm Form)[] _changes = [];
    private L2Book _book = null!;

    [GlobalSetup]
    public void SetUp()
    {
        MicroRecording recording = MicroRecording.Load("binance/spot_btcusdt_20240808.rec.gz");
        IVenueDecoder codec = CodecFactory.Create(Venue.BinanceSpot, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
        using var batch = new RecordBuffer(4096);
        var changes = new List<(Side, long, long, TextForm)>();
        (int priceDecimals, int quantityDecimals) = (0, 0);
        for (int i = 0; i < recording.Count; i++)
        {
            batch.Clear();
            codec.Decode(recording[i], batch);
            foreach (ref readonly Record record in (ReadOnlySpan<Record>)batch.Records)
            {
                if (record.Header.Kind == RecordKind.LevelSet)
                {
                    ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
                    changes.Add((record.Header.Side, level.PriceTicks, level.QuantityLots, record.Header.TextForm));
                }
                else if (record.Header.Kind == RecordKind.InstrumentDefinition && !record.Header.Has(RecordFlags.Continued))
                {
                    ref readonly InstrumentDefinition definition = ref Record.View<InstrumentDefinition>(in record);
                    if (definition.PriceDecimals != priceDecimals || definition.QuantityDecimals != quantityDecimals)
                    {
                        // Changes before a finer epoch are in coarser units.
                        changes.Clear();
                        (priceDecimals, quantityDecimals) = (definition.PriceDecimals, definition.QuantityDecimals);
                    }
                }
            }
        }

        _changes = [.. changes];
        _book = new L2Book(priceDecimals, quantityDecimals);
    }

    [GlobalCleanup]
    public void CleanUp() => _book.Dispose();

    /// <summary>The ladder, with the digest kept up to date.</summary>
    [Benchmark(Baseline = true)]
    public BookLevel Ours()
    {
        foreach ((Side side, long price, long quantity, TextForm form) in _changes)
        {
            _book.Set(side, price, quantity, form);
        }

        return _book.BestBid;
    }

    /// <summary>No digest.</summary>
    [Benchmark]
    public int SortedDictionaries()
    {
        foreach ((Side side, long price, long quantity, TextForm _) in _changes)
        {
            Set(side == Side.Bid ? _sortedBids : _sortedAsks, price, quantity);
        }

        return _sortedBids.Count;
    }

    /// <summary>No digest, and no order: the best level is not known.</summary>
    [Benchmark]
    public int Dictionaries()
    {
        foreach ((Side side, long price, long quantity, TextForm _) in _changes)
        {
            Dictionary<long, long> levels = side == Side.Bid ? _bids : _asks;
            if (quantity == 0)
            {
                levels.Remove(price);
            }
            else
            {
                levels[price] = quantity;
            }
        }

        return _bids.Count;
    }

    private static void Set(SortedDictionary<long, long> levels, long price, long quantity)
    {
        if (quantity == 0)
        {
            levels.Remove(price);
        }
        else
        {
            levels[price] = quantity;
        }
    }
}
