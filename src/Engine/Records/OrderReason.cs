namespace Lob.Fast.Engine.Records;

/// <summary>Why an order event happened, or what kind of order it is.</summary>
public enum OrderReason : byte
{
    /// <summary>Not told.</summary>
    None = 0,

    /// <summary>Traded completely.</summary>
    Filled = 1,

    /// <summary>Cancelled, or it left the window that the channel shows.</summary>
    Canceled = 2,

    /// <summary>Reduced or cancelled so that its owner does not trade with himself.</summary>
    SelfTradePrevention = 3,

    /// <summary>Changed by its owner.</summary>
    Modified = 4,

    /// <summary>A limit order.</summary>
    Limit = 5,

    /// <summary>A market order.</summary>
    Market = 6,

    /// <summary>Any other text.</summary>
    Other = 63,
}
