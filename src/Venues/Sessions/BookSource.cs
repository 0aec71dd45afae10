namespace Lob.Fast.Venues.Sessions;

/// <summary>How a stream's book comes to its first whole state.</summary>
internal enum BookSource
{
    /// <summary>No book, or every message is a whole one.</summary>
    None,

    /// <summary>The stream sends a snapshot behind each subscription.</summary>
    Stream,

    /// <summary>REST, once the stream has sent something that the snapshot can be joined to.</summary>
    Rest,

    /// <summary>The stream; REST if its first message turns out to be a change (OKX has announced it).</summary>
    StreamOrRest,
}
