using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Tests.Market;

public sealed class SyntheticMarketTests
{
    private const int Steps = 20_000;

    [Fact]
    public void The_same_seed_gives_the_same_market_and_another_seed_another_one()
    {
        UInt128[] first = Digests(seed: 7);

        Assert.Equal(first, Digests(seed: 7));
        Assert.NotEqual(first[^1], Digests(seed: 8)[^1]);
    }

    [Theory]
    [InlineData(VenueNames.BinanceUsdM, "BTCUSDT")]
    [InlineData(VenueNames.BinanceCoinM, "BTCUSD_PERP")]
    [InlineData(VenueNames.Okx, "ETH-USDT-SWAP")]
    [InlineData(VenueNames.Bitfinex, "tDOGE:USD")]
    [InlineData(VenueNames.Coinbase, "UNKNOWN-USD")]
    public void A_book_is_never_crossed_empty_or_larger_than_a_channel_shows(string venue, string symbol)
    {
        var market = new SyntheticMarket(InstrumentCatalogue.Create(venue, symbol), 3, idStepMax: 5);
        for (int i = 0; i < Steps; i++)
        {
            market.Advance(i * 10);
            Assert.True(market.Bids.Best.Ticks < market.Asks.Best.Ticks);
            Assert.True(market.Bids.Worst.Ticks > 0);
            foreach (BookSide side in new[] { market.Bids, market.Asks })
            {
                Assert.InRange(side.Levels.Count, 5, SyntheticMarket.LevelsMax);
                Assert.InRange(side.Orders, 5, SyntheticMarket.OrdersMax);
                Assert.All(side.Levels, static level => Assert.True(level.Lots > 0 && level.Lots == level.Orders.Sum(static order => order.Lots)));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void A_view_that_is_told_the_changes_shows_the_best_levels_and_their_digest(int depth)
    {
        Instrument instrument = InstrumentCatalogue.Create(VenueNames.BybitLinear, "BTCUSDT");
        var market = new SyntheticMarket(instrument, 5, idStepMax: 1);
        var view = new BookView(instrument, depth);
        for (int i = 0; i < Steps / 10; i++)
        {
            market.Advance(i * 10);
            foreach (BookRow row in view.Changes(market).ToArray())
                view.Apply(row);

            var fresh = new BookView(instrument, depth);
            foreach (BookRow row in fresh.Changes(market).ToArray())
                fresh.Apply(row);

            Assert.Equal(market.Bids.Levels.Take(depth).Select(static level => (level.Ticks, level.Lots)), view.Bids.Select(static row => (row.Ticks, row.Lots)));
            Assert.Equal(market.Asks.Levels.Take(depth).Select(static level => (level.Ticks, level.Lots)), view.Asks.Select(static row => (row.Ticks, row.Lots)));
            Assert.Equal(fresh.Digest, view.Digest);
            if (depth > SyntheticMarket.LevelsMax) Assert.Equal(view.DigestOf(market), view.Digest);
        }
    }

    private static UInt128[] Digests(ulong seed)
    {
        Instrument instrument = InstrumentCatalogue.Create(VenueNames.Okx, "BTC-USDT");
        var market = new SyntheticMarket(instrument, seed, idStepMax: 3);
        var view = new BookView(instrument, SyntheticMarket.LevelsMax);
        return [.. Enumerable.Range(0, 500).Select(step =>
        {
            market.Advance(step);
            return view.DigestOf(market);
        })];
    }
}
