namespace Lob.Fast.VenueSim.Market;

/// <summary>What happened to an order.</summary>
internal enum MarketEventKind
{
    /// <summary>A new order rests in the book.</summary>
    Opened,

    /// <summary>An order in the book has another size, or less is left of it after a match.</summary>
    Resized,

    /// <summary>An order was taken out by its owner.</summary>
    Cancelled,

    /// <summary>An order was matched until nothing was left.</summary>
    Filled,

    /// <summary>An order came that takes.</summary>
    TakerArrived,

    /// <summary>A resting order was matched with a taker.</summary>
    Matched,

    /// <summary>The taker has got what it wanted.</summary>
    TakerDone,
}
