using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>What <see cref="AdvancedRows"/> keeps from row to row.</summary>
internal struct AdvancedRowsState
{
    /// <summary>A whole book: each side best first, no zero quantity.</summary>
    public bool IsSnapshot;

    /// <summary>A row of another than the usual form ends the reading, without a fault.</summary>
    public bool IsUsualOnly;

    /// <summary>Price of the bid before; −1 before the first.</summary>
    public long LastBid;

    /// <summary>Price of the ask before; −1 before the first.</summary>
    public long LastAsk;

    /// <summary>Event time of the row read last, Unix ns; 0 = none told.</summary>
    public long EventTimeNs;

    /// <summary>The time that was parsed last, as it stands in the frame, with what follows it; none is all zeros.</summary>
    public Vector256<byte> Time;

    /// <summary>Bytes of that time alone.</summary>
    public int TimeLength;

    /// <summary>What it says, Unix ns.</summary>
    public long TimeNs;
}
