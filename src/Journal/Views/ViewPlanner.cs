using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Walks a journal once without building books: finds the streams, every row, and the state at each segment's border. It reads records and keeps
/// a few numbers a stream, so it costs a small part of what the books and their text cost, and that part can then be done by many threads.
/// </summary>
internal sealed class ViewPlanner : IRowTarget
{
    private const int MessagesBetweenReports = 1 << 14;

    private readonly ViewRequest _request;
    private readonly ViewCatalog _catalog;
    private readonly List<SegmentPlan> _segments = [];
    private SegmentPlan? _segment;

    private ViewPlanner(ViewRequest request)
    {
        _request = request;
        _catalog = new ViewCatalog(request);
    }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="JournalException">The journal is damaged, or has no book stream that matches; the message lists what there is.</exception>
    public static ViewPlan Plan(JournalReader reader, ViewRequest request, Action<double> progress) => new ViewPlanner(request).Run(reader, progress);

    /// <inheritdoc/>
    public void OnRow(BookTrack track, long timeNs) => _segment!.Rows++;

    /// <inheritdoc/>
    public void OnGap(BookTrack track, long timeNs, GapReason reason) => _segment!.Rows++;

    private ViewPlan Run(JournalReader reader, Action<double> progress)
    {
        using JournalCursor cursor = reader.Read(WalkStart.SegmentOf(reader, _request));
        long records = reader.Segments[^1].FirstIndex + reader.Segments[^1].CommittedCount - reader.Segments[0].FirstIndex;
        RowWalk? walk = null;
        int messages = 0;
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                walk = WalkStart.At(cursor.Message, _request, _catalog, this);
                continue;
            }

            ReadOnlySpan<Record> message = cursor.Message;
            walk ??= new RowWalk(_request, this, nowNs: 0);
            if (_segment == null || _segment.Number != cursor.SegmentNumber)
            {
                if (_segment != null)
                {
                    walk.EndStep();
                }

                _segment = new SegmentPlan { Number = cursor.SegmentNumber, NowNs = walk.NowNs, Tracks = [.. walk.Tracks.Select(static track => track.Copy())] };
                _segments.Add(_segment);
            }

            walk.Take(message);
            bool isBehind = !cursor.IsDerived && walk.NowNs >= _request.UntilNs;
            _segment.EndIndex = cursor.Index + 1;
            if (isBehind)
            {
                break;
            }

            Learn(message, walk);
            if (++messages % MessagesBetweenReports == 0)
            {
                progress((double)(cursor.Index - reader.Segments[0].FirstIndex) / records);
            }
        }

        if (_segment != null)
        {
            walk!.EndStep();
        }

        if (_catalog.Selected.Count == 0)
        {
            throw new JournalException(NothingMatches(reader.Folder));
        }

        return new ViewPlan(_catalog.Selected, [.. _segments.Where(static segment => segment.Rows > 0)], _segments.Sum(static segment => segment.Rows));
    }

    private void Learn(ReadOnlySpan<Record> message, RowWalk walk)
    {
        if (message[0].Header.Kind == RecordKind.InstrumentDefinition)
        {
            _catalog.Define(message);
        }
        else if (message[0].Header.Kind == RecordKind.StreamDefinition && _catalog.Declare(message))
        {
            walk.Add(new BookTrack(message[0].Header.StreamId));
        }
    }

    private string NothingMatches(string folder)
    {
        if (_catalog.All.Count == 0)
        {
            return $"{folder}: there is no book stream in the part of the journal that was asked for.";
        }

        string[] wanted = [_request.Venue?.ToName() ?? "", _request.Symbol ?? "", _request.Channel ?? ""];
        return $"{string.Join(' ', wanted.Where(static word => word.Length > 0))}: no such book stream in {folder}. There are: {string.Join("; ", _catalog.All)}.";
    }
}
