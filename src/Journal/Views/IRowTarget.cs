using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>Takes the rows that a <see cref="RowWalk"/> finds, in their order, while the walk stands before the message that follows them.</summary>
internal interface IRowTarget
{
    /// <summary>A proven book, as it stands.</summary>
    /// <param name="track">The stream.</param>
    /// <param name="timeNs">The point of the grid, or the receive time of the message; Unix ns.</param>
    void OnRow(BookTrack track, long timeNs);

    /// <summary>A book that is about to lose its proof, as it still stands.</summary>
    /// <param name="track">The stream.</param>
    /// <param name="timeNs">Receive time, Unix ns.</param>
    /// <param name="reason">Why.</param>
    void OnGap(BookTrack track, long timeNs, GapReason reason);
}
