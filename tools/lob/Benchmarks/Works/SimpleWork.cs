using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Bybit;
using Lob.Fast.Baselines.Coinbase;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Baselines.Okx;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>The simple implementation: JsonDocument, decimal, SortedDictionary.</summary>
internal sealed class SimpleWork : IBenchWork
{
    private readonly BenchRecording _recording;
    private readonly RecordedFrame[] _frames;
    private readonly Action<RecordedFrame> _feed;

    /// <param name="recording">What to play, behind <see cref="BenchRecording.LeadFrames"/>.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="symbol">Symbol of a book that does not name one.</param>
    public SimpleWork(BenchRecording recording, RecordedFrame[] frames, string? symbol)
    {
        _recording = recording;
        _frames = frames;
        _feed = Feed(recording.Venue, symbol);
        Play(0, recording.LeadFrames);
    }

    public void Run()
    {
        for (int pass = 0; pass < _recording.Passes; pass++)
        {
            Play(_recording.CanBePlayedAgain ? 0 : _recording.LeadFrames, _frames.Length);
        }
    }

    public void Dispose()
    {
    }

    private void Play(int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            _feed(_frames[i]);
        }
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
