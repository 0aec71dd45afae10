namespace Lob.Fast.Baselines.Faults;

/// <summary>What becomes of a fault.</summary>
/// <param name="Shown">When it shows.</param>
/// <param name="State">State of the book from then on, until its next snapshot; null = live, and broken once a checksum shows it.</param>
/// <param name="IsRight">Whether the levels of the book, as far as its state claims them, are the venue's.</param>
/// <param name="BreaksAll">Whether all other books of the connection break too.</param>
public sealed record FeedOutcome(FaultShown Shown, SimpleBookState? State, bool IsRight, bool BreaksAll = false);
