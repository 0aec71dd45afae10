using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Views;

/// <summary>Writes the rows of one segment: the planned walk again, now with the books. One thread.</summary>
internal sealed class SegmentConverter : IRowTarget
{
    private readonly ViewRequest _request;
    private readonly ViewPlan _plan;
    private readonly IView _view;
    private readonly BookFollower _follower;
    private readonly PartFiles _files;
    private readonly BookRow _row;
    private readonly Action _rowDone;

    private SegmentConverter(ViewRequest request, ViewPlan plan, IView view, BookFollower follower, PartFiles files, Action rowDone)
    {
        _request = request;
        _plan = plan;
        _view = view;
        _follower = follower;
        _files = files;
        _row = new BookRow(request.LevelsMax);
        _rowDone = rowDone;
    }

    /// <summary>Converts a segment into parts of files.</summary>
    public static void Run(
        ViewRequest request, ViewPlan plan, SegmentPlan segment, JournalReader reader, IView view, PartFiles files, Action rowDone)
    {
        using var follower = new BookFollower();
        new SegmentConverter(request, plan, view, follower, files, rowDone).Run(segment, reader);
    }

    /// <inheritdoc/>
    public void OnRow(BookTrack track, long timeNs)
    {
        // The walk stands before an input: nothing more will be said about the message before it.
        _follower.Flush();
        _row.Set(_plan.Streams[track.StreamId], _follower.Find(track.StreamId)!, track, timeNs, GapReason.None);
        _view.Write(_row, _files);
        _rowDone();
    }

    /// <inheritdoc/>
    public void OnGap(BookTrack track, long timeNs, GapReason reason)
    {
        _row.Set(_plan.Streams[track.StreamId], _follower.Find(track.StreamId)!, track, timeNs, reason);
        _view.WriteGap(_row, _files);
        _rowDone();
    }

    private void Run(SegmentPlan segment, JournalReader reader)
    {
        var walk = new RowWalk(_request, this, segment.NowNs);
        foreach (BookTrack track in segment.Tracks)
        {
            walk.Add(track.Copy());
        }

        using JournalCursor cursor = reader.Read(segment.Number);
        while (cursor.MoveNext() && cursor.SegmentNumber == segment.Number)
        {
            ReadOnlySpan<Record> message = cursor.Message;
            if (cursor.IsCheckpoint)
            {
                _follower.Start(message);
                continue;
            }

            if (cursor.Index >= segment.EndIndex)
            {
                break;
            }

            walk.Take(message);
            _follower.OnMessage(message);
            if (message[0].Header.Kind == RecordKind.StreamDefinition && _plan.Streams.ContainsKey(message[0].Header.StreamId))
            {
                walk.Add(new BookTrack(message[0].Header.StreamId));
            }
        }

        walk.EndStep();
    }
}
