using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>What <see cref="AdvancedRows"/> keeps from row to row.</summary>
internal struct AdvancedRowsState
{
    /// <summary>A whole book: each side best first, no zero quantity.</summary>
    public bool IsSnapshot;

    /// <summary>Price of the bid before; −1 before the first.</summary>
    public long LastBid;

    /// <summary>Price of the ask before; −1 before the first.</summary>
    public long LastAsk;

    /// <summary>Event time of the row read last, Unix ns; 0 = none told.</summary>
    public long EventTimeNs;

    /// <summary>Side of the row read last.</summary>
    public Side Side;

    /// <summary>Where in the frame the row stands that the next ones are compared with.</summary>
    public int PrefixStart;

    /// <summary>How many bytes of it stand before its price; 0 = no row has had the usual form yet.</summary>
    public int PrefixLength;
}
