using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>The kind of market of a symbol, read from the form of its name; the forms as the venues' documents give them, 2026-11-20.</summary>
internal static class Markets
{
    private const string Perpetual = "perp";
    private const string Spot = "spot";
    private const string Futures = "futures";
    private const string Option = "option";

    public static string Of(Venue venue, string symbol) => venue switch
    {
        Venue.Okx => OfOkx(symbol),
        Venue.BinanceSpot or Venue.BybitSpot => Spot,

        // BTCUSDT or BTCUSD_PERP; with a day of delivery BTCUSDT_261225.
        Venue.BinanceUsdM or Venue.BinanceCoinM => EndsInDigits(symbol, '_') ? Futures : Perpetual,

        // BTCUSDT or BTCPERP; with a day of delivery BTC-25DEC26 or BTCUSDT-25DEC26.
        Venue.BybitLinear => symbol.Contains('-', StringComparison.Ordinal) ? Futures : Perpetual,

        // BTCUSD; with a month of delivery BTCUSDZ26.
        Venue.BybitInverse => symbol.Length > 2 && char.IsAsciiDigit(symbol[^1]) && char.IsAsciiDigit(symbol[^2]) ? Futures : Perpetual,

        // tBTCF0:USTF0 is a derivative, all others are spot pairs.
        Venue.Bitfinex => symbol.Contains("F0", StringComparison.Ordinal) ? Perpetual : Spot,

        // BTC-USD; BTC-PERP-INTX; with a day of delivery BIT-26DEC25-CDE.
        _ => symbol.Contains("-PERP", StringComparison.Ordinal) ? Perpetual : symbol.Count(static letter => letter == '-') > 1 ? Futures : Spot,
    };

    /// <summary>BTC-USDT, BTC-USDT-SWAP, BTC-USD-261225, BTC-USD-261225-50000-C.</summary>
    private static string OfOkx(string symbol)
    {
        int parts = symbol.Count(static letter => letter == '-') + 1;
        return symbol.EndsWith("-SWAP", StringComparison.Ordinal) ? Perpetual
            : parts == 2 ? Spot
            : parts == 3 ? Futures
            : Option;
    }

    private static bool EndsInDigits(string symbol, char behind)
    {
        int start = symbol.LastIndexOf(behind) + 1;
        return start > 0 && start < symbol.Length && symbol.AsSpan(start).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
