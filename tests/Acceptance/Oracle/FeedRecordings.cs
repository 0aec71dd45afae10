using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Bybit;
using Lob.Fast.Baselines.Coinbase;
using Lob.Fast.Baselines.Faults;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Baselines.Okx;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The recordings of the venues that send their snapshots in the stream, and the plain replay of each.</summary>
public static class FeedRecordings
{
    public const string BybitLinear = "bybit/linear_orderbook200_4symbols_20260809.rec";
    public const string BybitArchive = "bybit/xrpusdt_orderbook500_20241201.ndjson";
    public const string BybitSpot = "bybit/spot_orderbook50_btcusdt_20260824.ndjson";
    public const string Okx2022 = "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec";
    public const string Okx2026 = "okx/books_btc-usdt_20260824.ndjson";
    public const string BitfinexSequence = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";
    public const string BitfinexChecksum = "bitfinex/p0_len25_checksum_xrpbtc.ndjson";
    public const string CoinbaseExchange = "coinbase/exchange_level2_7products_20210417.rec";
    public const string CoinbaseExchangeBundled = CoinbaseExchange + ".gz";
    public const string CoinbaseAdvanced = "coinbase/advancedtrade_l2data_btc_eth_20260809.rec.gz";

    /// <summary>The plain replay of a recording's venue.</summary>
    public static SimpleFeedReplay ReplayOf(string file)
    {
        string name = file.Replace("synthetic/", "", StringComparison.Ordinal);
        return name.StartsWith("bybit", StringComparison.Ordinal) ? new SimpleBybitReplay()
            : name.StartsWith("okx", StringComparison.Ordinal) ? new SimpleOkxReplay()
            : name.StartsWith("bitfinex", StringComparison.Ordinal) ? new SimpleBitfinexReplay()
            : name.Contains("advanced", StringComparison.Ordinal) ? new SimpleAdvancedTradeReplay()
            : new SimpleExchangeReplay();
    }

    /// <summary>A recording of a feed with just the evidence that it gives; long ones are cut.</summary>
    public static IEnumerable<RecordedFrame> FramesOf(MutatedFeed feed)
    {
        const int FramesOfLong = 500;
        const int LevelsOfSnapshot = 200;
        IEnumerable<RecordedFrame> Cut(string file) => ProofRecordings.Read(file).Take(FramesOfLong);
        return feed == MutatedFeed.Bybit ? Cut(BybitLinear)
            : feed == MutatedFeed.Okx ? ProofRecordings.Read(Okx2026)
            : feed == MutatedFeed.OkxChecksum ? ProofRecordings.Read(Okx2022)
            : feed == MutatedFeed.OkxBoth ? FeedVariants.WithIds(ProofRecordings.Read(Okx2022))
            : feed == MutatedFeed.BitfinexSequence ? Cut(BitfinexSequence)
            : feed == MutatedFeed.BitfinexBoth ? FeedVariants.WithChecksums(Cut(BitfinexSequence))
            : feed == MutatedFeed.BitfinexChecksum ? FeedVariants.WithoutSequence(FeedVariants.WithChecksums(Cut(BitfinexSequence)))
            : feed == MutatedFeed.CoinbaseAdvanced ? FeedVariants.WithShortSnapshots(Cut(CoinbaseAdvanced), LevelsOfSnapshot)
            : feed == MutatedFeed.CoinbaseExchange ? Cut(CoinbaseExchange)
            : throw new ArgumentException($"no recording of {feed}", nameof(feed));
    }

    /// <summary>The recording through the plain replay, to the end.</summary>
    public static SimpleFeedReplay Replayed(string file)
    {
        SimpleFeedReplay replay = ReplayOf(file);
        foreach (RecordedFrame frame in ProofRecordings.Read(file))
        {
            replay.Feed(frame);
        }

        return replay;
    }

    /// <summary>A frame without receive time.</summary>
    public static RecordedFrame Frame(string text) => new(System.Text.Encoding.UTF8.GetBytes(text), ReceivedAtNs: 0);

    /// <summary>Feeds frames; the only book.</summary>
    public static SimpleFeedStream BookAfter(SimpleFeedReplay replay, params string[] frames)
    {
        foreach (string frame in frames)
        {
            replay.Feed(Frame(frame));
        }

        return Assert.Single(replay.Streams);
    }

    /// <summary>Symbol, updates, and that nothing was amiss: of each book in the order of the symbols.</summary>
    public static (string Symbol, int Updates)[] CleanUpdates(SimpleFeedReplay replay)
    {
        Assert.Equal(0, replay.Rejected);
        Assert.All(replay.Streams, static stream =>
        {
            Assert.Equal(SimpleBookState.Live, stream.State);
            Assert.Equal((1, 0, 0, 0), (stream.Snapshots, stream.Gaps, stream.Duplicates, stream.Ignored));
            Assert.Equal((0, 0), (stream.Crossed, stream.ChecksumMismatches));
        });
        return [.. replay.Streams.Select(static stream => (stream.Symbol, stream.Updates)).Order()];
    }
}
