namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>What a connection can ask for with <c>conf</c>.</summary>
[Flags]
internal enum BitfinexFlags
{
    None = 0,

    /// <summary>The time in ms behind everything else of an array.</summary>
    Timestamp = 32_768,

    /// <summary>The connection's number of the array.</summary>
    Sequence = 65_536,

    /// <summary>Checksums of books.</summary>
    Checksum = 131_072,

    /// <summary>Several changes of a book in one array.</summary>
    Bulk = 536_870_912,
}
