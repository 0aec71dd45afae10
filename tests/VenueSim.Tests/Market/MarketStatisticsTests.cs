using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;
using Xunit.Abstractions;

namespace Lob.Fast.VenueSim.Tests.Market;

/// <summary>The synthetic markets lie within what was measured in recordings of large markets (tools/venue-sim/README.md has the table).</summary>
public sealed class MarketStatisticsTests(ITestOutputHelper output)
{
    private const int StepMs = 10;
    private const int Seconds = 300;
    private const int CadenceSteps = 10;

    [Theory]
    [InlineData(VenueNames.BinanceUsdM, "BTCUSDT")]
    [InlineData(VenueNames.Okx, "ETH-USDT-SWAP")]
    [InlineData(VenueNames.CoinbaseAdvanced, "DOGE-USD")]
    public void Spread_sizes_deletes_and_rates_are_like_the_recorded_ones(string venue, string symbol)
    {
        Instrument instrument = InstrumentCatalogue.Create(venue, symbol);
        var market = new SyntheticMarket(instrument, Random64.SeedOf(1, venue, symbol), idStepMax: 1);
        var view = new BookView(instrument, SyntheticMarket.LevelsMax);
        List<double> levels = [];
        List<double> spreads = [];
        List<double> sizes = [];
        int rows = 0;
        int deletes = 0;
        int touches = 0;
        int trades = 0;
        int levelsHeld = 0;
        long first = market.Bids.Best.Ticks;
        (long, long) best = default;
        for (int step = 0; step < Seconds * 1000 / StepMs; step++)
        {
            market.Advance(step * StepMs);
            trades += market.Trades.Count;
            if (market.Step % CadenceSteps != 0) continue;

            BookRow[] changes = [.. view.Changes(market)];
            foreach (BookRow row in changes)
            {
                view.Apply(row);
                if (row.Lots == 0) deletes++;
                else sizes.Add(row.Lots);
            }

            if (changes.Length > 0) levels.Add(changes.Length);
            rows += changes.Length;
            spreads.Add(market.Asks.Best.Ticks - market.Bids.Best.Ticks);
            if (best != (market.Bids.Best.Ticks, market.Asks.Best.Ticks)) touches++;
            best = (market.Bids.Best.Ticks, market.Asks.Best.Ticks);
            levelsHeld = market.Bids.Levels.Count + market.Asks.Levels.Count;
        }

        double median = At(sizes, 0.5);
        double messages = levels.Count / (double)Seconds;
        double deleted = deletes / (double)rows;
        double touched = touches / (double)spreads.Count;
        output.WriteLine(
            $"{venue} {symbol}: {messages:0.0} messages/s, levels a message {At(levels, 0.5)}/{At(levels, 0.99)}, deletes {deleted:0.00}, spread {At(spreads, 0.5)}/{At(spreads, 0.99)} ticks, "
            + $"best changed {touched:0.00}, size/median {At(sizes, 0.1) / median:0.000} {At(sizes, 0.9) / median:0.0} {At(sizes, 0.99) / median:0.0}, trades/s {trades / (double)Seconds:0.0}, "
            + $"levels held {levelsHeld}, moved {market.Bids.Best.Ticks - first} ticks");

        Assert.InRange(messages, 8.5, 10);
        Assert.InRange(At(levels, 0.5), 5, 16);
        Assert.InRange(At(levels, 0.99), 30, 100);
        Assert.InRange(deleted, 0.05, 0.5);
        Assert.InRange(At(spreads, 0.5), 1, 2);
        Assert.InRange(At(spreads, 0.99), 1, 10);
        Assert.InRange(touched, 0.01, 0.4);
        Assert.InRange(At(sizes, 0.1) / median, 0.01, 0.2);
        Assert.InRange(At(sizes, 0.9) / median, 2, 27);
        Assert.InRange(trades / (double)Seconds, 1, 30);
    }

    private static double At(List<double> values, double quantile)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * quantile))];
    }
}
