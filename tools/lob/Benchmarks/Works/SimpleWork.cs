using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Bybit;
using Lob.Fast.Baselines.Coinbase;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Baselines.Okx;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>The simple implementation: JsonDocument, decimal, SortedDictionary.</summary>
internal sealed class SimpleWork(RecordedFrame[] frames, int passes, Venue venue, string? symbol) : IBenchWork
{
    private readonly Action<RecordedFrame> _feed = Feed(venue, symbol);

    public void Run()
    {
        for (int pass = 0; pass < passes; pass++)
        {
            foreach (RecordedFrame frame in frames)
            {
                _feed(frame);
            }
        }
    }

    public void Dispose()
    {
    }

    private static Action<RecordedFrame> Feed(Venue venue, string? symbol)
    {
        return venue switch
        {
            Venue.BinanceSpot => Binance(BinanceMarket.Spot),
            Venue.BinanceUsdM => Binance(BinanceMarket.UsdM),
            Venue.BinanceCoinM => Binance(BinanceMarket.CoinM),
            Venue.Okx => Feed(new SimpleOkxReplay()),
            Venue.Bitfinex => Feed(new SimpleBitfinexReplay()),
            Venue.Coinbase => Feed(new SimpleExchangeReplay()),
            Venue.CoinbaseAdvanced => Feed(new SimpleAdvancedTradeReplay()),
            _ => Feed(new SimpleBybitReplay()),
        };

        static Action<RecordedFrame> Feed(SimpleFeedReplay replay) => frame => replay.Feed(frame);

        Action<RecordedFrame> Binance(BinanceMarket market)
        {
            var replay = new SimpleBinanceReplay(market, symbol);
            return frame => replay.Feed(frame);
        }
    }
}
