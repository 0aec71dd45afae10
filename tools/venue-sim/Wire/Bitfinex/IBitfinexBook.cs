namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>A channel with checksums.</summary>
internal interface IBitfinexBook
{
    /// <summary>Rises with every message of the book.</summary>
    long Ordinal { get; }

    /// <summary>CRC-32 over the best 25 of each side, bid and ask in turns, as a signed number.</summary>
    int Checksum();
}
