using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Views;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>What the names of venues' symbols become: markets and paths.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData(Venue.Okx, "BTC-USDT-SWAP", "perp")]
    [InlineData(Venue.Okx, "BTC-USDT", "spot")]
    [InlineData(Venue.Okx, "BTC-USD-220527", "futures")]
    [InlineData(Venue.Okx, "BTC-USD-261225-50000-C", "option")]
    [InlineData(Venue.BinanceSpot, "BTCUSDT", "spot")]
    [InlineData(Venue.BinanceUsdM, "BTCUSDT", "perp")]
    [InlineData(Venue.BinanceUsdM, "BTCUSDT_261225", "futures")]
    [InlineData(Venue.BinanceCoinM, "BTCUSD_PERP", "perp")]
    [InlineData(Venue.BinanceCoinM, "BTCUSD_261225", "futures")]
    [InlineData(Venue.BybitLinear, "BTCUSDT", "perp")]
    [InlineData(Venue.BybitLinear, "BTCUSDT-25DEC26", "futures")]
    [InlineData(Venue.BybitInverse, "BTCUSD", "perp")]
    [InlineData(Venue.BybitInverse, "BTCUSDZ26", "futures")]
    [InlineData(Venue.BybitSpot, "BTCUSDT", "spot")]
    [InlineData(Venue.Bitfinex, "tBTCUSD", "spot")]
    [InlineData(Venue.Bitfinex, "tBTCF0:USTF0", "perp")]
    [InlineData(Venue.Coinbase, "BTC-USD", "spot")]
    [InlineData(Venue.CoinbaseAdvanced, "BTC-PERP-INTX", "perp")]
    [InlineData(Venue.CoinbaseAdvanced, "BIT-26DEC25-CDE", "futures")]
    public void A_symbol_tells_its_market(Venue venue, string symbol, string market) => Assert.Equal(market, Markets.Of(venue, symbol));

    [Theory]
    [InlineData("BTC-USDT-SWAP", "BTC-USDT-SWAP")]
    [InlineData("depth@0ms", "depth@0ms")]
    [InlineData("BTC/USD", "BTC%2FUSD")]
    [InlineData("BTC%2FUSD", "BTC%252FUSD")]
    [InlineData("..", "%2E.")]
    [InlineData("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd")]
    [InlineData("book.R0.F0.100", "book.R0.F0.100")]
    [InlineData("a b\n", "a%20b%0A")]
    [InlineData("", "%")]
    public void A_name_from_a_venue_leaves_its_folder_under_no_circumstances(string text, string name) => Assert.Equal(name, ViewPath.NameOf(text));
}
