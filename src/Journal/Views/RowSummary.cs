using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>What the metadata of a file says about its rows.</summary>
internal sealed class RowSummary
{
    private readonly List<StateSpan> _states = [];
    private readonly List<GapMet> _gaps = [];

    /// <summary>Rows, lines that show a gap included.</summary>
    public long Rows { get; private set; }

    public long FirstTimeNs { get; private set; }

    public long LastTimeNs { get; private set; }

    /// <summary>Rows in which the venue's event time is not known.</summary>
    public long RowsWithoutVenueTime { get; private set; }

    public long FirstSequence { get; private set; } = Sequence.None;

    public long LastSequence { get; private set; } = Sequence.None;

    /// <summary>The rows from which on the book has another state or evidence than before.</summary>
    public IReadOnlyList<StateSpan> States => _states;

    /// <summary>The gaps among the rows.</summary>
    public IReadOnlyList<GapMet> Gaps => _gaps;

    /// <summary>One that was kept elsewhere.</summary>
    public static RowSummary Of(
        long rows, long firstTimeNs, long lastTimeNs, long rowsWithoutVenueTime, long firstSequence, long lastSequence, IEnumerable<StateSpan> states,
        IEnumerable<GapMet> gaps)
    {
        var summary = new RowSummary
        {
            Rows = rows,
            FirstTimeNs = firstTimeNs,
            LastTimeNs = lastTimeNs,
            RowsWithoutVenueTime = rowsWithoutVenueTime,
            FirstSequence = firstSequence,
            LastSequence = lastSequence,
        };
        summary._states.AddRange(states);
        summary._gaps.AddRange(gaps);
        return summary;
    }

    public RowSummary Copy() => Of(Rows, FirstTimeNs, LastTimeNs, RowsWithoutVenueTime, FirstSequence, LastSequence, _states, _gaps);

    public void AddRow(BookRow row)
    {
        if (Rows == 0)
        {
            FirstTimeNs = row.TimeNs;
            FirstSequence = row.Followed.LastSequence;
        }

        AddState(new StateSpan(Rows, row.TimeNs, row.Followed.State, row.Followed.Evidence));
        LastTimeNs = row.TimeNs;
        LastSequence = row.Followed.LastSequence;
        RowsWithoutVenueTime += row.Followed.VenueTimeNs == 0 ? 1 : 0;
        Rows++;
    }

    /// <summary>A gap, behind the rows so far. A row that shows it is added as well, where the format has one.</summary>
    public void AddGap(BookRow row) => _gaps.Add(new GapMet(Rows, row.TimeNs, row.Gap, row.Followed.LastSequence));

    /// <summary>What follows, from the next part of the same file.</summary>
    public void Append(RowSummary next)
    {
        foreach (StateSpan span in next._states)
        {
            AddState(span with { Row = span.Row + Rows });
        }

        _gaps.AddRange(next._gaps.Select(gap => gap with { Row = gap.Row + Rows }));
        if (next.Rows == 0)
        {
            return;
        }

        if (Rows == 0)
        {
            FirstTimeNs = next.FirstTimeNs;
            FirstSequence = next.FirstSequence;
        }

        LastTimeNs = next.LastTimeNs;
        LastSequence = next.LastSequence;
        RowsWithoutVenueTime += next.RowsWithoutVenueTime;
        Rows += next.Rows;
    }

    private void AddState(StateSpan span)
    {
        if (_states.Count == 0 || _states[^1].State != span.State || _states[^1].Evidence != span.Evidence)
        {
            _states.Add(span);
        }
    }

    /// <summary>From this row on the book has this state and evidence.</summary>
    internal readonly record struct StateSpan(long Row, long TimeNs, BookState State, Evidence Evidence);

    /// <summary>A gap met behind this many rows: the book stood at the sequence.</summary>
    internal readonly record struct GapMet(long Row, long TimeNs, GapReason Reason, long LastSequence);
}
