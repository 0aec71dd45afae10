namespace Lob.Fast.VenueSim.Market;

/// <summary>Instruments by venue: four well-known ones each, and whatever else is asked for by name.</summary>
internal static class InstrumentCatalogue
{
    /// <summary>Notional of the median order in the quote coin, about that of the recorded books of large markets.</summary>
    private const double MedianNotional = 4_000;

    /// <summary>Significant digits of a price; Bitfinex aggregates to five.</summary>
    private const int SignificantDigits = 6;

    private const int BitfinexSignificantDigits = 5;

    private const int SpotDecimals = 8;

    private static readonly (string Coin, double Price)[] Coins =
        [("BTC", 86_664), ("ETH", 2_847.5), ("SOL", 141.3), ("DOGE", 0.1573), ("XRP", 2.104), ("LTC", 84.1), ("BNB", 868.2), ("ADA", 0.4721), ("LINK", 13.42), ("AVAX", 14.11)];

    /// <summary>Longest first, so that USDT is not read as a coin named …U and SDT.</summary>
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "BUSD", "EUR", "GBP", "UST", "USD", "BTC", "ETH"];

    /// <summary>The four symbols a venue has when none are asked for.</summary>
    public static IReadOnlyList<string> DefaultSymbols(string venue) => venue switch
    {
        VenueNames.BinanceCoinM => ["BTCUSD_PERP", "ETHUSD_PERP", "SOLUSD_PERP", "DOGEUSD_PERP"],
        VenueNames.BybitInverse => ["BTCUSD", "ETHUSD", "SOLUSD", "DOGEUSD"],
        VenueNames.Okx => ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP"],
        VenueNames.Bitfinex => ["tBTCUSD", "tETHUSD", "tSOLUSD", "tDOGE:USD"],
        VenueNames.Coinbase or VenueNames.CoinbaseAdvanced => ["BTC-USD", "ETH-USD", "SOL-USD", "DOGE-USD"],
        _ => ["BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT"],
    };

    /// <summary>An instrument of this name; coins that are not known have the price of one quote coin.</summary>
    public static Instrument Create(string venue, string symbol)
    {
        (string coin, string quote) = Split(symbol);
        double price = Array.Find(Coins, known => known.Coin == coin).Price;
        if (price == 0) price = 1;

        bool isOkxContract = venue == VenueNames.Okx && symbol.Split('-').Length > 2;
        bool isInverse = venue is VenueNames.BinanceCoinM or VenueNames.BybitInverse;
        bool isContract = isInverse || isOkxContract || venue is VenueNames.BinanceUsdM or VenueNames.BybitLinear;
        int digits = venue == VenueNames.Bitfinex ? BitfinexSignificantDigits : SignificantDigits;
        int tickDecimals = Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(price)) - (price < 1 ? 1 : 0));

        int priceDecimals = venue switch
        {
            VenueNames.BinanceSpot => Math.Max(SpotDecimals, tickDecimals),
            VenueNames.BybitLinear when price > 10_000 => tickDecimals + 1,
            _ => tickDecimals,
        };
        (int quantityDecimals, int lotDecimals) = QuantityDecimals(venue, isContract, isInverse, isOkxContract, price);
        double lot = Math.Pow(10, -lotDecimals);
        double medianQuantity = isInverse ? MedianNotional / 100 : isOkxContract ? MedianNotional / price * 10 : MedianNotional / price;
        return new Instrument
        {
            Symbol = symbol,
            Base = coin,
            Quote = quote,
            PriceDecimals = priceDecimals,
            TickUnits = PowerOfTen(priceDecimals - tickDecimals),
            QuantityDecimals = quantityDecimals,
            LotUnits = PowerOfTen(quantityDecimals - lotDecimals),
            StartTicks = (long)Math.Round(price * Math.Pow(10, tickDecimals)),
            MedianLots = Math.Max(1, (long)Math.Round(medianQuantity / lot)),
            IsContract = isContract,
            IsInverse = isInverse,
        };
    }

    /// <summary>10 to the power of a small number.</summary>
    public static long PowerOfTen(int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;

        return power;
    }

    private static (int Written, int Lot) QuantityDecimals(string venue, bool isContract, bool isInverse, bool isOkxContract, double price)
    {
        if (isInverse) return (0, 0);

        if (isOkxContract) return (2, 2);

        int coarse = price > 10_000 ? 3 : price > 1_000 ? 2 : price > 10 ? 1 : 0;
        if (isContract) return (coarse, coarse);

        return venue switch
        {
            VenueNames.BinanceSpot => (SpotDecimals, coarse + 2),
            VenueNames.BybitSpot => (coarse + 3, coarse + 3),
            _ => (SpotDecimals, SpotDecimals),
        };
    }

    /// <summary>BTCUSDT, BTC-USDT-SWAP, tBTCUSD, tDOGE:USD, BTCUSD_PERP: base and quote coin.</summary>
    private static (string Base, string Quote) Split(string symbol)
    {
        string name = symbol.Length > 1 && symbol[0] == 't' && char.IsUpper(symbol[1]) ? symbol[1..] : symbol;
        int end = name.IndexOf('_');
        if (end >= 0) name = name[..end];

        string[] parts = name.Split('-', ':');
        if (parts.Length > 1) return (parts[0], parts[1]);

        string quote = Array.Find(Quotes, known => name.Length > known.Length && name.EndsWith(known, StringComparison.Ordinal)) ?? "USD";
        return name.EndsWith(quote, StringComparison.Ordinal) ? (name[..^quote.Length], quote) : (name, quote);
    }
}
