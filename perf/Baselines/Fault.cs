namespace Lob.Fast.Baselines;

/// <summary>What is done to a recording.</summary>
public enum Fault
{
    /// <summary>The frame is taken out.</summary>
    Dropped,

    /// <summary>The frame comes twice in a row.</summary>
    Repeated,

    /// <summary>The frame changes places with the next one of its stream (a REST book: with the next frame of any).</summary>
    Swapped,

    /// <summary>One digit of a price; it stays a number of the venue.</summary>
    PriceAltered,

    /// <summary>One digit of a quantity; it stays a number of the venue.</summary>
    QuantityAltered,

    /// <summary>One digit of <c>U</c>.</summary>
    FirstSequenceAltered,

    /// <summary>One digit of <c>u</c>, <c>lastUpdateId</c>, the trade id, <c>seqId</c>, or the number that counts the frames of a connection.</summary>
    LastSequenceAltered,

    /// <summary>One digit of <c>pu</c> or <c>prevSeqId</c>.</summary>
    PreviousSequenceAltered,

    /// <summary>One digit of the number of orders of a level; it does not become 0.</summary>
    OrderCountAltered,

    /// <summary>One digit of a checksum.</summary>
    ChecksumAltered,

    /// <summary>One letter of the symbol inside the message.</summary>
    SymbolAltered,

    /// <summary>One letter or digit of what names the stream: stream name, topic, instrument, channel id.</summary>
    StreamNameAltered,

    /// <summary>The frame ends early, behind its stream name.</summary>
    Truncated,

    /// <summary>The frame ends so early that nothing tells which stream it was.</summary>
    TruncatedEarly,
}
