namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// What a connection asked for with <c>conf</c>; each <c>conf</c> replaces the ones before (documentation, 2026-07). Others (strings instead of numbers,
/// times as text) are obsolete; what they do to a frame makes it a rejected one.
/// </summary>
[Flags]
internal enum BitfinexFlags : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A time in milliseconds is the last item of every array frame.</summary>
    Timestamp = 32_768,

    /// <summary>A number that counts the array frames of the connection, from 1, is the last item, or the one before the time.</summary>
    SequenceAll = 65_536,

    /// <summary>Books are followed by <c>cs</c> frames.</summary>
    BookChecksum = 131_072,

    /// <summary>Several changes to a book in one frame.</summary>
    BulkUpdates = 536_870_912,
}
