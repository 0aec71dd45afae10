namespace Lob.Fast.Baselines;

/// <summary>One row of the table of faults.</summary>
/// <param name="IsSpot">Spot, or futures.</param>
/// <param name="Message">What was hit.</param>
/// <param name="Fault">How.</param>
/// <param name="Case">Where the outcome depends on what the alteration came to; empty = it does not.</param>
/// <param name="Shown">When it shows.</param>
/// <param name="State">State of the book from then on, until a snapshot is joined.</param>
/// <param name="BookIsRight">Whether the levels of the book, as far as its state claims them, are the venue's.</param>
/// <param name="Why">The reason.</param>
public sealed record MutationRule(
    bool IsSpot, MutatedMessage Message, Fault Fault, string Case, FaultShown Shown, SimpleBookState State, bool BookIsRight, string Why);
