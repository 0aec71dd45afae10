namespace Lob.Fast.Baselines;

/// <summary>A frame as the plain replay understands it.</summary>
/// <param name="Symbol">Upper-case symbol; null when the frame does not say (a REST answer of spot or USD-M).</param>
/// <param name="Channel">Stream name without the symbol; empty for REST answers.</param>
public abstract record SimpleMessage(string? Symbol, string Channel);

/// <summary>A book delta: <c>U</c>, <c>u</c>, on futures <c>pu</c>, and rows.</summary>
public sealed record SimpleDelta(
    string? Symbol, string Channel, long First, long Last, long Previous, IReadOnlyList<SimpleRow> Bids, IReadOnlyList<SimpleRow> Asks)
    : SimpleMessage(Symbol, Channel)
{
    /// <summary>Same sequence numbers and rows.</summary>
    public bool SameAs(SimpleDelta other) =>
        SameSequence(other) && SameRows(Bids, other.Bids) && SameRows(Asks, other.Asks);

    /// <summary>Same sequence numbers.</summary>
    public bool SameSequence(SimpleDelta other) => First == other.First && Last == other.Last && Previous == other.Previous;

    private static bool SameRows(IReadOnlyList<SimpleRow> rows, IReadOnlyList<SimpleRow> others) =>
        rows.Count == others.Count && rows.Zip(others).All(static pair => pair.First.SameAs(pair.Second));
}

/// <summary>A REST book: <c>lastUpdateId</c> and rows, best first.</summary>
public sealed record SimpleSnapshot(string? Symbol, long Last, IReadOnlyList<SimpleRow> Bids, IReadOnlyList<SimpleRow> Asks)
    : SimpleMessage(Symbol, "");

/// <summary>A best bid and ask with the book's update id.</summary>
public sealed record SimpleTicker(string? Symbol, string Channel, long UpdateId, SimpleBest Bid, SimpleBest Ask) : SimpleMessage(Symbol, Channel);

/// <summary>A trade or candle: valid, and of no consequence for a book.</summary>
public sealed record SimpleOther(string? Symbol, string Channel) : SimpleMessage(Symbol, Channel);

/// <summary>Anything else the venue says: acknowledgements, events that are not read.</summary>
public sealed record SimpleControl() : SimpleMessage(null, "");
