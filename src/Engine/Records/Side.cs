namespace Lob.Fast.Engine.Records;

/// <summary>Side of a book, or of the taker of a trade.</summary>
public enum Side : byte
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>Bids; a trade whose taker bought.</summary>
    Bid = 1,

    /// <summary>Asks; a trade whose taker sold.</summary>
    Ask = 2,
}
