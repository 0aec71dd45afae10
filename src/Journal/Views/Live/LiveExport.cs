using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Views.Live;

/// <summary>
/// Follows a journal and writes its rows: the walk and the books of a conversion, in one pass over what is committed so far. Each segment's books
/// begin at its checkpoint, as they do in a conversion, and there the state is kept from which a later run goes on. One thread.
/// </summary>
internal sealed class LiveExport : IDisposable
{
    /// <summary>Segments that stay mapped behind the walk while it catches up; what is mapped keeps its disk space when it is deleted.</summary>
    private const int SegmentsHeldMax = 16;

    private const int MessagesBetweenReports = 1 << 14;
    private const long MetadataEveryMs = 60_000;

    private readonly ViewRequest _request;
    private readonly Action<string> _log;
    private readonly Action _report;
    private readonly string _options;
    private readonly ViewCatalog _catalog;
    private readonly LiveFiles _files;
    private readonly RowWriter _rows;
    private readonly HashSet<ViewInstrument> _instrumentsDue = [];
    private readonly bool _logsRows;
    private LiveFolder? _folder;
    private LiveState? _resumed;
    private LiveState? _border;
    private JournalReader? _reader;
    private JournalCursor? _cursor;
    private RowWalk? _walk;
    private int _segment;
    private int _comparedUntil;
    private bool _following;
    private long _describedAtMs = Environment.TickCount64;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="log">Takes a line of text.</param>
    /// <param name="report">Called now and then in a long look, when the figures have changed.</param>
    public LiveExport(ViewRequest request, Action<string> log, Action report)
    {
        _request = request;
        _log = log;
        _report = report;
        _options = $"{request.Format.ToName()} every {request.Cadence}, {request.LevelsMax} levels, venue {request.Venue?.ToName() ?? "any"}, symbol {request.Symbol ?? "any"}, "
            + $"channel {request.Channel ?? "any"}, from {request.FromNs} until {request.UntilNs}";
        _catalog = new ViewCatalog(request);
        IView view = request.CreateView();
        _files = new LiveFiles(request, view, log) { OnSkipped = KeepSkipped };
        _rows = new RowWriter(_catalog.Selected, request.LevelsMax, view, _files, OnRow);

        // The exporter says every snapshot; after every message that would be no log any more.
        _logsRows = request.Format == ViewFormat.Jsonl && !request.Cadence.IsEveryMessage;
    }

    /// <summary>Rows appended.</summary>
    public long Rows => _files.Rows;

    /// <summary>Gaps met behind what was there.</summary>
    public long Gaps { get; private set; }

    /// <summary>Data files.</summary>
    public int Files => _files.All.Count;

    /// <summary>How far the rows are behind the newest record of the journal, ns on the receive axis.</summary>
    public long LagNs => Math.Max(0, EndNs - (_walk?.NowNs ?? EndNs));

    private long EndNs { get; set; }

    /// <summary>Takes everything that is committed. Nothing happens while there is no journal.</summary>
    /// <exception cref="JournalException">The journal is damaged, or the folder holds what does not belong to it.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Look()
    {
        if (_cursor == null && !TryOpen())
        {
            return;
        }

        MeasureEnd();
        int messages = 0;
        while (true)
        {
            bool any = _cursor!.MoveNext();
            if (_cursor.SegmentNumber != _segment)
            {
                Enter(_cursor.SegmentNumber);
                continue;
            }

            if (!any)
            {
                break;
            }

            Take(_cursor.Message);
            if (++messages % MessagesBetweenReports == 0)
            {
                MeasureEnd();
                _report();
            }
        }

        if (_cursor.IsEnded)
        {
            // Whoever continues the journal begins with an input.
            _walk?.EndStep();
        }

        _files.Flush();
        EndNs = Math.Max(EndNs, _walk?.NowNs ?? 0);
        _following = true;
        bool isDue = Environment.TickCount64 - _describedAtMs >= MetadataEveryMs;
        Describe(all: isDue);
    }

    /// <summary>Completes what lies beside the rows.</summary>
    public void Close() => Describe(all: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cursor?.Dispose();
        _reader?.Dispose();
        _rows.Dispose();
        _folder?.Dispose();
    }

    private static long CheckpointNs(JournalSegment segment) => segment.CheckpointCount == 0 ? 0 : segment.Checkpoint[0].Header.ReceivedAtNs;

    private bool TryOpen()
    {
        if (!JournalFolder.HasSegments(_request.JournalFolder))
        {
            return false;
        }

        _folder = LiveFolder.Open(_request.OutFolder, _request.Format);
        _resumed = LiveStateText.Load(_folder.StatePath);
        int start;
        using (JournalReader all = JournalReader.Open(_request.JournalFolder))
        {
            start = _resumed == null ? StartAnew(all) : StartAgain(all, _resumed);
        }

        Open(start);
        if (start > _comparedUntil)
        {
            _files.EndComparing();
        }

        return true;
    }

    /// <summary>Nothing is kept: whatever rows are there, of a conversion for instance, are compared.</summary>
    private int StartAnew(JournalReader all)
    {
        _comparedUntil = all.Segments[^1].Number;
        return WalkStart.SegmentOf(all, _request);
    }

    private int StartAgain(JournalReader all, LiveState state)
    {
        if (state.Options != _options)
        {
            throw new JournalException(
                $"{_request.OutFolder}: its {_request.Format.ToName()} files were written as {state.Options}; asked for is {_options}. Name another folder, or ask for the same.");
        }

        int oldest = all.Segments[0].Number;
        if (state.Segment < oldest && state.ComparedUntil < oldest)
        {
            _log($"{_request.OutFolder}: segments {state.Segment:D8} to {oldest - 1:D8} of {_request.JournalFolder} were deleted before their rows were all written; the rows go on from {oldest:D8}.");
            _comparedUntil = oldest - 1;
            return oldest;
        }

        JournalSegment? segment = all.Segments.FirstOrDefault(segment => segment.Number == state.Segment);
        if (segment == null || segment.FirstIndex != state.FirstIndex || CheckpointNs(segment) != state.CheckpointNs)
        {
            throw new JournalException(
                $"{_request.OutFolder}: its {_request.Format.ToName()} files were written from another journal than {_request.JournalFolder}, or from segments of it that are gone "
                    + $"(expected segment {state.Segment:D8} from record {state.FirstIndex} on). Name another folder.");
        }

        _comparedUntil = state.ComparedUntil;
        return state.Segment;
    }

    private void Open(int segment)
    {
        if (_reader == null || segment - _reader.Segments[0].Number >= SegmentsHeldMax || segment == _reader.Segments[^1].Number)
        {
            _cursor?.Dispose();
            _reader?.Dispose();
            _reader = JournalReader.Open(_request.JournalFolder, segment);
        }

        _cursor?.Dispose();
        _cursor = _reader.Read(segment);
        _segment = segment;
        _rows.BeginSegment();
    }

    /// <summary>Goes over to the next segment.</summary>
    private void Enter(int segment)
    {
        if (_walk == null)
        {
            Begin([]);
        }

        _walk!.EndStep();
        _files.Flush();
        if (segment > _comparedUntil)
        {
            _files.EndComparing();
        }

        Open(segment);
        KeepBorder();
    }

    private void Take(ReadOnlySpan<Record> message)
    {
        if (_walk == null)
        {
            Begin(_cursor!.IsCheckpoint ? message : []);
        }

        if (_cursor!.IsCheckpoint)
        {
            _rows.Start(message);
            return;
        }

        _walk!.Take(message);
        _rows.OnMessage(message);
        if (message[0].Header.Kind == RecordKind.InstrumentDefinition)
        {
            ViewInstrument instrument = _catalog.Define(message);
            if (instrument.Streams.Count > 0)
            {
                _instrumentsDue.Add(instrument);
                _files.Redefined(instrument);
            }
        }
        else if (message[0].Header.Kind == RecordKind.StreamDefinition && _catalog.Declare(message))
        {
            uint id = message[0].Header.StreamId;
            _walk.Add(new BookTrack(id));
            OnDeclared(_catalog.Selected[id]);
        }
    }

    /// <summary>The walk at the start of the first segment.</summary>
    private void Begin(ReadOnlySpan<Record> checkpoint)
    {
        RowWalk walk = WalkStart.At(checkpoint, _request, _catalog, _rows);
        _instrumentsDue.UnionWith(_catalog.Selected.Values.Select(static stream => stream.Instrument));
        if (_resumed == null)
        {
            _walk = walk;
            KeepBorder();
            return;
        }

        bool isSame = _resumed.Segment == _segment;
        Dictionary<uint, LiveState.TrackState> kept = _resumed.Tracks.ToDictionary(static state => state.Track.StreamId);
        _walk = isSame ? new RowWalk(_request, _rows, _resumed.NowNs) : walk;
        foreach (BookTrack track in walk.Tracks)
        {
            bool isKept = kept.TryGetValue(track.StreamId, out LiveState.TrackState state);
            if (isSame)
            {
                _walk.Add(isKept ? state.Track.Copy() : track);
            }

            if (isKept)
            {
                track.RowVenueTimeMs = state.Track.RowVenueTimeMs;
                _catalog.Selected[track.StreamId].KnownSiblings = state.KnownSiblings;
            }
        }

        foreach ((ViewPath path, LiveState.FileState file) in _resumed.Files)
        {
            if (_catalog.Selected.TryGetValue(file.StreamId, out ViewStream? stream))
            {
                _files.Restore(stream, path, file.Bytes, file.Summary.Copy());
            }
        }

        if (isSame)
        {
            _border = _resumed;
        }
        else
        {
            KeepBorder();
        }
    }

    private void OnDeclared(ViewStream stream)
    {
        _instrumentsDue.Add(stream.Instrument);
        if (_request.Format == ViewFormat.Jsonl && stream.Instrument.Streams.Any(static other => other.KnownSiblings == false))
        {
            _log($"{stream}: has a folder of its own below the symbol's; the channel that came first stays where it began.");
        }
    }

    private void OnRow(BookRow row)
    {
        if (!_files.IsNew)
        {
            return;
        }

        bool isGap = row.Gap != GapReason.None;
        Gaps += isGap ? 1 : 0;
        if (_logsRows && _following && row.Stream.Instrument.Venue == Venue.Okx)
        {
            _log($"[{row.Stream.Instrument.Symbol}] Snapshot written: bids={row.Bids.Length}, asks={row.Asks.Length}, gap={(isGap ? "true" : "false")}");
        }
    }

    /// <summary>Keeps the state at the start of the segment.</summary>
    private void KeepBorder()
    {
        _files.Sync();
        _files.ForgetGone();
        JournalSegment segment = _reader!.Segments[_segment - _reader.Segments[0].Number];
        _border = new LiveState
        {
            Options = _options,
            Segment = _segment,
            FirstIndex = segment.FirstIndex,
            CheckpointNs = CheckpointNs(segment),
            NowNs = _walk!.NowNs,
            ComparedUntil = Math.Max(_segment, _comparedUntil),
            Tracks = [.. _walk.Tracks.Select(track => new LiveState.TrackState(track.Copy(), _catalog.Selected[track.StreamId].KnownSiblings))],
            Files = _files.All.ToDictionary(static file => file.Path, static file => new LiveState.FileState(file.Stream.Id, file.Position, file.Summary.Copy())),
        };
        LiveStateText.Save(_folder!.StatePath, _border);
    }

    private void KeepSkipped(LiveFile file)
    {
        _border!.Files[file.Path] = new LiveState.FileState(file.Stream.Id, file.Position, file.Summary.Copy());
        LiveStateText.Save(_folder!.StatePath, _border);
    }

    private void MeasureEnd()
    {
        _reader!.Refresh();
        ReadOnlySpan<Record> committed = _reader.Segments[^1].Committed;
        for (int i = committed.Length - 1; i >= 0; i--)
        {
            if (committed[i].Header.ReceivedAtNs != 0)
            {
                EndNs = Math.Max(EndNs, committed[i].Header.ReceivedAtNs);
                return;
            }
        }
    }

    private void Describe(bool all)
    {
        foreach (ViewInstrument instrument in _instrumentsDue)
        {
            using var text = new MemoryStream();
            MetadataText.WriteInstrument(text, instrument);
            WholeFile.Write(Path.Combine(_request.OutFolder, ViewPath.OfInstrument(instrument)), text.GetBuffer().AsSpan(0, (int)text.Length));
        }

        _instrumentsDue.Clear();
        _files.Describe(all);
        if (all)
        {
            _describedAtMs = Environment.TickCount64;
        }
    }
}
