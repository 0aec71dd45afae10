namespace Lob.Fast.Baselines.Faults;

/// <summary>A recording with one fault in it.</summary>
/// <param name="Feed">Whose recording.</param>
/// <param name="Frames">The frames with the fault.</param>
/// <param name="Position">Index of the frame that was hit, in the original list; what was in front of it is unchanged.</param>
/// <param name="Symbol">Whose book was hit; null = the frame was of no book.</param>
/// <param name="Message">What was hit.</param>
/// <param name="Fault">How.</param>
/// <param name="Case">Which case it is.</param>
/// <param name="ShownAt">Index in <paramref name="Frames"/> of the frame with which it must show; −1 = none.</param>
/// <param name="OtherBooks">Symbols of the other books that were live.</param>
/// <param name="What">What was done, for messages of tests.</param>
public sealed record FeedMutation(
    MutatedFeed Feed,
    IReadOnlyList<RecordedFrame> Frames,
    int Position,
    string? Symbol,
    MutatedMessage Message,
    Fault Fault,
    string Case,
    int ShownAt,
    IReadOnlyList<string> OtherBooks,
    string What)
{
    /// <summary>What the table says of it.</summary>
    public FeedOutcome Outcome => FeedMutationTable.OutcomeOf(Feed, Message, Fault, Case)
        ?? throw new InvalidOperationException($"{Feed} has no outcome for {Message}, {Fault}, case '{Case}'");
}
