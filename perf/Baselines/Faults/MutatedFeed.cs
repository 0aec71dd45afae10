using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Bybit;
using Lob.Fast.Baselines.Coinbase;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Baselines.Okx;

namespace Lob.Fast.Baselines.Faults;

/// <summary>A feed whose snapshots come in the stream, and the evidence it gives.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Sequence">What it numbers.</param>
/// <param name="Checksum">When it states checksums.</param>
/// <param name="Patterns">Where its frames hold what can be altered.</param>
/// <param name="Create">A plain replay of it.</param>
public sealed record MutatedFeed(string Name, FeedSequence Sequence, FeedChecksum Checksum, FeedPatterns Patterns, Func<SimpleFeedReplay> Create)
{
    public static MutatedFeed Bybit { get; } = new(
        "Bybit", FeedSequence.Messages, FeedChecksum.None, FeedPatterns.Bybit, static () => new SimpleBybitReplay());

    /// <summary>Before the ids came (2022).</summary>
    public static MutatedFeed OkxChecksum { get; } = new(
        "OKX, checksum only", FeedSequence.None, FeedChecksum.InEach, FeedPatterns.Okx, static () => new SimpleOkxReplay());

    /// <summary>Until June 2026.</summary>
    public static MutatedFeed OkxBoth { get; } = new(
        "OKX, ids and checksum", FeedSequence.Links, FeedChecksum.InEach, FeedPatterns.Okx, static () => new SimpleOkxReplay());

    /// <summary>Since June 2026.</summary>
    public static MutatedFeed Okx { get; } = new(
        "OKX, ids only", FeedSequence.Links, FeedChecksum.None, FeedPatterns.Okx, static () => new SimpleOkxReplay());

    public static MutatedFeed BitfinexChecksum { get; } = new(
        "Bitfinex, checksums", FeedSequence.None, FeedChecksum.Apart, FeedPatterns.Bitfinex, static () => new SimpleBitfinexReplay());

    public static MutatedFeed BitfinexSequence { get; } = new(
        "Bitfinex, SEQ_ALL", FeedSequence.Frames, FeedChecksum.None, FeedPatterns.Bitfinex, static () => new SimpleBitfinexReplay());

    public static MutatedFeed BitfinexBoth { get; } = new(
        "Bitfinex, both", FeedSequence.Frames, FeedChecksum.Apart, FeedPatterns.Bitfinex, static () => new SimpleBitfinexReplay());

    public static MutatedFeed CoinbaseAdvanced { get; } = new(
        "Coinbase Advanced Trade", FeedSequence.Frames, FeedChecksum.None, FeedPatterns.CoinbaseAdvanced, static () => new SimpleAdvancedTradeReplay());

    public static MutatedFeed CoinbaseExchange { get; } = new(
        "Coinbase Exchange level2", FeedSequence.None, FeedChecksum.None, FeedPatterns.CoinbaseExchange, static () => new SimpleExchangeReplay());

    /// <summary>All, those with most evidence first.</summary>
    public static IReadOnlyList<MutatedFeed> All { get; } =
        [OkxBoth, BitfinexBoth, Bybit, Okx, OkxChecksum, BitfinexSequence, BitfinexChecksum, CoinbaseAdvanced, CoinbaseExchange];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
