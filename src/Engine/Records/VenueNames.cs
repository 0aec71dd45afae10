namespace Lob.Fast.Engine.Records;

/// <summary>The names of venues on the command line, in files and in JSON.</summary>
public static class VenueNames
{
    private static readonly (Venue Venue, string Name)[] Names =
    [
        (Venue.BybitLinear, "bybit-linear"),
        (Venue.BybitSpot, "bybit-spot"),
        (Venue.BybitInverse, "bybit-inverse"),
        (Venue.BinanceSpot, "binance-spot"),
        (Venue.BinanceUsdM, "binance-usdm"),
        (Venue.BinanceCoinM, "binance-coinm"),
        (Venue.Okx, "okx"),
        (Venue.Bitfinex, "bitfinex"),
        (Venue.Coinbase, "coinbase"),
        (Venue.CoinbaseAdvanced, "coinbase-advanced"),
    ];

    /// <summary>All names, for messages that say what is allowed.</summary>
    public static IEnumerable<string> All => Names.Select(static pair => pair.Name);

    /// <summary>The name of a venue; "unknown" for a value that no version has defined.</summary>
    public static string ToName(this Venue venue) =>
        Array.Find(Names, pair => pair.Venue == venue).Name ?? "unknown";

    /// <summary>Reads a name; <c>bybit</c> and <c>binance</c> mean linear and spot.</summary>
    public static bool TryParse(string name, out Venue venue)
    {
        venue = name switch
        {
            "bybit" => Venue.BybitLinear,
            "binance" => Venue.BinanceSpot,
            _ => Array.Find(Names, pair => pair.Name == name).Venue,
        };
        return venue != Venue.None;
    }
}
