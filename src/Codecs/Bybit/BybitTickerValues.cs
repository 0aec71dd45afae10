namespace Lob.Fast.Codecs.Bybit;

/// <summary>Four numbers of a ticker, as far as they have been stated.</summary>
internal readonly record struct BybitTickerValues
{
    /// <summary>Best bid.</summary>
    public BybitTickerNumber BidPrice { get; init; }

    /// <summary>Quantity at the best bid.</summary>
    public BybitTickerNumber BidQuantity { get; init; }

    /// <summary>Best ask.</summary>
    public BybitTickerNumber AskPrice { get; init; }

    /// <summary>Quantity at the best ask.</summary>
    public BybitTickerNumber AskQuantity { get; init; }

    /// <summary>Whether all four have been stated.</summary>
    public bool AreKnown => BidPrice.IsKnown && BidQuantity.IsKnown && AskPrice.IsKnown && AskQuantity.IsKnown;
}
