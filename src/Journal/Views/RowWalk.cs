using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Decides, message by message, which rows a journal has: nothing but the messages and the state at the start goes in, so a walk over
/// everything and a walk over one segment from the state at its border find the same rows. Single thread.
/// </summary>
/// <remarks>
/// An input and what was derived from it are one step, and a segment never parts them. A row shows the state behind a whole step. At a point
/// of the grid that is the last step received at or before it; so a point is settled by the first input behind it, and a point that the
/// journal's end leaves open has no row.
/// </remarks>
internal sealed class RowWalk
{
    private const long NsPerMs = 1_000_000;

    private readonly ViewCadence _cadence;
    private readonly long _fromNs;
    private readonly long _untilNs;
    private readonly IRowTarget _target;
    private readonly Dictionary<uint, BookTrack> _byStream = [];
    private readonly List<BookTrack> _tracks = [];
    private readonly List<BookTrack> _changedNow = [];

    /// <summary>The first point of the grid at or after the last input: the next to settle.</summary>
    private long _pointNs;

    /// <summary>The step's input, if it is a book message that will count unless something derived from it says otherwise.</summary>
    private BookTrack? _pending;
    private MessageBegin _pendingBegin;

    public RowWalk(ViewRequest request, IRowTarget target, long nowNs)
    {
        _cadence = request.Cadence;
        _fromNs = request.FromNs;
        _untilNs = request.UntilNs;
        _target = target;
        NowNs = nowNs;
        _pointNs = _cadence.IsEveryMessage ? long.MaxValue : _cadence.PointFrom(nowNs);
    }

    /// <summary>Receive time of the last input, Unix ns.</summary>
    public long NowNs { get; private set; }

    /// <summary>The streams followed, in the order in which they appeared.</summary>
    public IReadOnlyList<BookTrack> Tracks => _tracks;

    /// <summary>Follows one more stream.</summary>
    public void Add(BookTrack track)
    {
        _tracks.Add(track);
        _byStream.Add(track.StreamId, track);
    }

    /// <summary>Finds the rows that lie before a message, and takes the message.</summary>
    public void Take(ReadOnlySpan<Record> message)
    {
        ref readonly RecordHeader header = ref message[0].Header;
        if (!header.Has(RecordFlags.Derived))
        {
            EndStep();
            AdvanceTo(header.ReceivedAtNs);
        }

        if (!_byStream.TryGetValue(header.StreamId, out BookTrack? track))
        {
            return;
        }

        switch (header.Kind)
        {
            case RecordKind.MessageBegin:
                OnBegin(track, Record.Read<MessageBegin>(message[0]));
                break;
            case RecordKind.MessageIgnored when _pending == track:
                _pending = null;
                break;
            case RecordKind.Gap:
                OnGap(track, (GapReason)header.Code);
                break;
            case RecordKind.BookImage:
                track.Forget();
                track.VenueTimeNs = header.VenueTimeNs;
                Change(track);
                break;
            case RecordKind.BookStateChange:
                OnStateChange(track, (BookState)header.Code);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Ends the step, if one is open: nothing more was derived from its input. Called at the end of a segment; before an input it happens by itself.
    /// </summary>
    public void EndStep()
    {
        if (_pending != null)
        {
            Apply(_pending);
            _pending = null;
        }

        if (_changedNow.Count == 0)
        {
            return;
        }

        foreach (BookTrack track in _changedNow)
        {
            if (_cadence.IsEveryMessage && track.IsChanged)
            {
                track.IsChanged = false;
                if (track.IsProven && IsAskedFor(NowNs))
                {
                    _target.OnRow(track, NowNs);
                }
            }
        }

        _changedNow.Clear();
    }

    private void AdvanceTo(long timeNs)
    {
        NowNs = timeNs;
        if (timeNs <= _pointNs)
        {
            return;
        }

        foreach (BookTrack track in _tracks)
        {
            if (track.IsChanged)
            {
                Settle(track);
            }
        }

        _pointNs = _cadence.PointFrom(timeNs);
    }

    /// <summary>At a point of the grid: a row if the book is proven, and not one with an event time that a row has already.</summary>
    private void Settle(BookTrack track)
    {
        track.IsChanged = false;
        long venueTimeMs = track.VenueTimeNs / NsPerMs;
        if (!track.IsProven || (venueTimeMs != 0 && venueTimeMs == track.RowVenueTimeMs))
        {
            return;
        }

        track.RowVenueTimeMs = venueTimeMs;
        if (IsAskedFor(_pointNs))
        {
            _target.OnRow(track, _pointNs);
        }
    }

    private void OnBegin(BookTrack track, in MessageBegin begin)
    {
        bool counts = begin.Type == MessageType.BookSnapshot
            || (track.IsProven && begin.Type is MessageType.BookDelta or MessageType.BookChecksum);
        if (counts)
        {
            _pending = track;
            _pendingBegin = begin;
        }
    }

    private void Apply(BookTrack track)
    {
        if (_pendingBegin.ChecksumPresence != ChecksumPresence.NoField)
        {
            // Where OKX offers none it writes 0, and so does the record: the field is shown as it came.
            track.Checksum = _pendingBegin.Checksum;
        }

        if (_pendingBegin.Type != MessageType.BookChecksum)
        {
            track.PreviousSequence = _pendingBegin.PreviousSequence;
            track.VenueTimeNs = _pendingBegin.Header.VenueTimeNs;
            Change(track);
        }
    }

    private void Change(BookTrack track)
    {
        track.IsChanged = true;
        _changedNow.Add(track);
    }

    private void OnGap(BookTrack track, GapReason reason)
    {
        // A snapshot of the stream itself is what mends a hole before it.
        bool mends = _pendingBegin.Type == MessageType.BookSnapshot && reason == GapReason.Sequence;
        if (_pending == track && !mends)
        {
            _pending = null;
        }

        LoseProof(track, reason);
    }

    private void OnStateChange(BookTrack track, BookState state)
    {
        if (state == BookState.Broken)
        {
            // Whoever lost its proof by anything else has a record of its own that says so, just before.
            LoseProof(track, GapReason.FrameRejected);
        }
        else if (state == BookState.Empty)
        {
            track.Forget();
        }

        track.IsProven = state is BookState.Live or BookState.Stale;
    }

    private void LoseProof(BookTrack track, GapReason reason)
    {
        if (track.IsProven && IsAskedFor(NowNs))
        {
            _target.OnGap(track, NowNs, reason);
        }

        track.IsProven = false;
        track.IsChanged = false;
    }

    private bool IsAskedFor(long timeNs) => timeNs >= _fromNs && timeNs < _untilNs;
}
