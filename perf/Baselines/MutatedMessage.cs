namespace Lob.Fast.Baselines;

/// <summary>What kind of message a fault hits.</summary>
public enum MutatedMessage
{
    /// <summary>A delta of a live book.</summary>
    Delta,

    /// <summary>The REST book that makes the book live.</summary>
    Snapshot,

    /// <summary>A best bid and ask.</summary>
    Ticker,

    /// <summary>A trade or aggregate trade.</summary>
    Trade,
}
