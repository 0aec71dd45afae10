namespace Lob.Fast.Baselines.Values;

/// <summary>What a channel of Bitfinex brings.</summary>
internal enum BitfinexValueKind
{
    /// <summary>Nothing that is read.</summary>
    None,

    /// <summary>Levels of an aggregated book.</summary>
    Book,

    /// <summary>Trades.</summary>
    Trades,

    /// <summary>Best bid and ask.</summary>
    Ticker,
}
