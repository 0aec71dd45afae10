using BenchmarkDotNet.Attributes;
using Lob.Fast.Baselines.Values;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Decoding;

/// <summary>All frames of a recording, each decoded and validated: ours into records, the alternatives into a flat list of values. Time a pass over the recording.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private MicroRecording _recording = null!;
    private IVenueDecoder _codec = null!;
    private IValueDecoder _utf8Json = null!;
    private IValueDecoder? _simdjson;
    private RecordBuffer _batch = null!;

    /// <summary>Recordings of the repository.</summary>
    public static IEnumerable<string> Files =>
    [
        "binance/spot_btcusdt_20240808.rec.gz", "binance/usdm_sushiusdt_20210722.rec", "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec",
        "bitfinex/p0_len100_seqall_7pairs_20210417.rec", "coinbase/exchange_level2_7products_20210417.rec.gz",
        "synthetic/bybit_linear_orderbook50_1_200.rec.gz", "synthetic/coinbase_advanced.rec.gz",
    ];

    [ParamsSource(nameof(Files))]
    public string File { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        Venue venue = File.StartsWith("binance/spot", StringComparison.Ordinal) ? Venue.BinanceSpot
            : File.StartsWith("binance/usdm", StringComparison.Ordinal) ? Venue.BinanceUsdM
            : File.StartsWith("okx", StringComparison.Ordinal) ? Venue.Okx
            : File.StartsWith("bitfinex", StringComparison.Ordinal) ? Venue.Bitfinex
            : File.StartsWith("coinbase", StringComparison.Ordinal) ? Venue.Coinbase
            : File.Contains("bybit", StringComparison.Ordinal) ? Venue.BybitLinear
            : Venue.CoinbaseAdvanced;
        _recording = MicroRecording.Load(File);
        _codec = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
        _utf8Json = ValueDecoders.Utf8Json(venue);
        _simdjson = ValueDecoders.Simdjson(venue);
        _batch = new RecordBuffer(4096);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _utf8Json.Dispose();
        _simdjson?.Dispose();
        _batch.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Ours()
    {
        int records = 0;
        for (int i = 0; i < _recording.Count; i++)
        {
            _batch.Clear();
            _codec.Decode(_recording[i], _batch);
            records += _batch.Count;
        }

        return records;
    }

    [Benchmark]
    public int Utf8JsonReader() => Decode(_utf8Json);

    /// <summary>0 values where the library has not been built (perf/Simdjson/build.sh).</summary>
    [Benchmark]
    public int Simdjson() => _simdjson is null ? 0 : Decode(_simdjson);

    private int Decode(IValueDecoder decoder)
    {
        int values = 0;
        for (int i = 0; i < _recording.Count; i++)
        {
            decoder.TryDecode(_recording[i].Bytes);
            values += decoder.Values.Length;
        }

        return values;
    }
}
