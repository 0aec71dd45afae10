namespace Lob.Fast.Engine.Records;

/// <summary>How a snapshot at sequence L that came by another way is joined to the buffered deltas of a stream.</summary>
public enum BridgeRule : byte
{
    /// <summary>Snapshots come in the stream itself.</summary>
    None = 0,

    /// <summary>Drop LastSequence ≤ L; the first used needs FirstSequence ≤ L + 1 ≤ LastSequence (Binance spot).</summary>
    RangeAfter = 1,

    /// <summary>
    /// Drop LastSequence &lt; L; the first used needs FirstSequence ≤ L ≤ LastSequence, or PreviousSequence ≤ L &lt; FirstSequence: nothing
    /// lies between (Binance futures).
    /// </summary>
    RangeAround = 2,

    /// <summary>Drop LastSequence ≤ L; the first used needs PreviousSequence ≤ L &lt; LastSequence (OKX, documentation of 2026-08).</summary>
    LinkAround = 3,
}
