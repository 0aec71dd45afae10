namespace Lob.Fast.Baselines;

/// <summary>What kind of message a fault hits.</summary>
public enum MutatedMessage
{
    /// <summary>A delta of a live book.</summary>
    Delta,

    /// <summary>The book that makes the book live: by REST on Binance, in the stream on the others.</summary>
    Snapshot,

    /// <summary>A best bid and ask.</summary>
    Ticker,

    /// <summary>A trade or aggregate trade.</summary>
    Trade,

    /// <summary>A checksum in a message of its own.</summary>
    Checksum,

    /// <summary>A message or heartbeat of a channel that is no book, on the connection of one.</summary>
    Other,
}
