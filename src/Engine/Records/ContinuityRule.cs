namespace Lob.Fast.Engine.Records;

/// <summary>How a delta must follow the delta applied before it. What a venue calls its fields is its codec's business.</summary>
public enum ContinuityRule : byte
{
    /// <summary>The stream has no sequence.</summary>
    None = 0,

    /// <summary>
    /// FirstSequence ≤ last + 1, and a message whose LastSequence ≤ last is an old one (Binance spot: <c>U</c>, <c>u</c>; Bybit: <c>u</c> is both).
    /// </summary>
    Range = 1,

    /// <summary>PreviousSequence = last (Binance futures: <c>pu</c>; OKX: <c>prevSeqId</c>; ids of other symbols lie between).</summary>
    Link = 2,

    /// <summary>
    /// LastSequence counts the frames of the connection, over all its streams, one by one (Bitfinex with SEQ_ALL, Coinbase Advanced Trade). A message
    /// whose PreviousSequence equals its LastSequence is a further one of the same frame.
    /// </summary>
    Connection = 3,
}
