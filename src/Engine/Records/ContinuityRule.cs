namespace Lob.Fast.Engine.Records;

/// <summary>How a delta must follow the delta applied before it. What a venue calls its fields is its codec's business.</summary>
public enum ContinuityRule : byte
{
    /// <summary>The stream has no sequence.</summary>
    None = 0,

    /// <summary>FirstSequence ≤ last + 1, and a message whose LastSequence ≤ last is an old one (Binance spot: <c>U</c>, <c>u</c>).</summary>
    Range = 1,

    /// <summary>PreviousSequence = last (Binance futures: <c>pu</c>; ids of other symbols lie between).</summary>
    Link = 2,
}
