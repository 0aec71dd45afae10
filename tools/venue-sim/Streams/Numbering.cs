namespace Lob.Fast.VenueSim.Streams;

/// <summary>What numbers the messages of a book channel.</summary>
internal enum Numbering
{
    /// <summary>The channel: the same for all subscribers.</summary>
    Channel,

    /// <summary>The connection, over all its channels.</summary>
    Connection,

    /// <summary>Nothing: a message's number is its place in the subscription, from 1.</summary>
    None,
}
