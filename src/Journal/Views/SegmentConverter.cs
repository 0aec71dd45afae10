using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Views;

/// <summary>Writes the rows of one segment: the planned walk again, now with the books. One thread.</summary>
internal static class SegmentConverter
{
    /// <summary>Converts a segment into parts of files.</summary>
    public static void Run(
        ViewRequest request, ViewPlan plan, SegmentPlan segment, JournalReader reader, IView view, PartFiles files, Action rowDone)
    {
        using var rows = new RowWriter(plan.Streams, request.LevelsMax, view, files, _ => rowDone());
        var walk = new RowWalk(request, rows, segment.NowNs);
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
                rows.Start(message);
                continue;
            }

            if (cursor.Index >= segment.EndIndex)
            {
                break;
            }

            walk.Take(message);
            rows.OnMessage(message);
            if (message[0].Header.Kind == RecordKind.StreamDefinition && plan.Streams.ContainsKey(message[0].Header.StreamId))
            {
                walk.Add(new BookTrack(message[0].Header.StreamId));
            }
        }

        walk.EndStep();
    }
}
