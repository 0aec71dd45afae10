using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;

namespace Lob.Fast.Journal.Views;

/// <summary>Writes the rows that a walk finds, from books that take each message behind the walk. One thread.</summary>
/// <param name="streams">The streams asked for; may grow.</param>
/// <param name="levelsMax">Levels a side of a row.</param>
/// <param name="view">The form.</param>
/// <param name="files">Where to.</param>
/// <param name="done">Called behind each row and gap.</param>
internal sealed class RowWriter(
    IReadOnlyDictionary<uint, ViewStream> streams, int levelsMax, IView view, IRowFiles files, Action<BookRow> done) : IRowTarget, IDisposable
{
    private readonly BookRow _row = new(levelsMax);
    private BookFollower _follower = new();

    /// <summary>Begins a segment: without any book, unless it has a checkpoint.</summary>
    public void BeginSegment()
    {
        _follower.Dispose();
        _follower = new BookFollower();
    }

    /// <summary>Takes over the books of the segment's checkpoint.</summary>
    public void Start(ReadOnlySpan<Record> checkpoint) => _follower.Start(checkpoint);

    /// <summary>Takes a message that the walk has taken.</summary>
    public void OnMessage(ReadOnlySpan<Record> message) => _follower.OnMessage(message);

    /// <inheritdoc/>
    public void OnRow(BookTrack track, long timeNs)
    {
        // The walk stands before an input: nothing more will be said about the message before it.
        _follower.Flush();
        Set(track, timeNs, GapReason.None);
        view.Write(_row, files);
        done(_row);
    }

    /// <inheritdoc/>
    public void OnGap(BookTrack track, long timeNs, GapReason reason)
    {
        Set(track, timeNs, reason);
        view.WriteGap(_row, files);
        done(_row);
    }

    /// <inheritdoc/>
    public void Dispose() => _follower.Dispose();

    private void Set(BookTrack track, long timeNs, GapReason reason) =>
        _row.Set(streams[track.StreamId], _follower.Find(track.StreamId)!, track, timeNs, reason);
}
