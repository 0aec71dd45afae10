using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// The book of one stream and all that decides whether it may be believed: state, sequence, bridging, comparison with the venue's ticker, the
/// counters of the open second. Called by the logic thread only, with complete, validated messages.
/// </summary>
public sealed partial class BookStream : IDisposable
{
    /// <summary>Bridges reported; later ones are counted as resyncs only.</summary>
    private const int BridgesMax = 1024;

    private readonly StreamDefinition _definition;
    private readonly Record[] _definitionSlots = new Record[StreamDefinition.Slots];
    private readonly Action<BookTransition>? _onTransition;
    private readonly List<BridgeReport> _bridges = [];
    private StreamTotals _totals;
    private long _firstSequence = Sequence.None;
    private long _previousSequence = Sequence.None;
    private PriceRange _snapshotRange = PriceRange.Unbounded;
    private bool _wasLive;
    private long _lastAppliedNs;
    private long _brokenSinceNs;

    internal BookStream(ReadOnlySpan<Record> definition, Instrument instrument, BookMemory memory, int windowBits, Action<BookTransition>? onTransition)
    {
        definition.CopyTo(_definitionSlots);
        _definition = Record.Read<StreamDefinition>(definition[0]);
        Channel = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
        Connection = _definition.Connection;
        Instrument = instrument;
        Book = new L2Book(instrument.PriceDecimals, instrument.QuantityDecimals, memory, windowBits);
        _checksum = _definition.Checksum == ChecksumRule.None ? null : new BookChecksum(_definition.Checksum);
        _onTransition = onTransition;
    }

    /// <summary>Id of the stream in the journal.</summary>
    public uint Id => _definition.Header.StreamId;

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; }

    /// <summary>Instrument of the stream.</summary>
    public Instrument Instrument { get; }

    /// <summary>Connection that brought the last message of the stream; at first the one on which it appeared.</summary>
    public ushort Connection { get; private set; }

    /// <summary>The levels. Frozen at the last proven state while the book is broken.</summary>
    public L2Book Book { get; }

    /// <summary>State of the book.</summary>
    public BookState State { get; private set; }

    /// <summary>
    /// What proves the book; None unless it is live or stale. A checksum that matched is more than a sequence; a stream whose messages carry no
    /// sequence after all (OKX before 2023) has none to show.
    /// </summary>
    public Evidence Evidence => IsProven ? EvidenceWhenProven : Evidence.None;

    /// <summary>Last sequence applied or loaded; <see cref="Sequence.None"/>.</summary>
    public long LastSequence { get; private set; } = Sequence.None;

    /// <summary>Event time of the last message applied, Unix ns; 0 = none.</summary>
    public long VenueTimeNs { get; private set; }

    /// <summary>Prices inside which every level is known. It annotates the book and never changes its state.</summary>
    public PriceRange KnownRange => _definition.DepthLimit > 0 ? Book.RangeOfDepth(_definition.DepthLimit) : _snapshotRange;

    /// <summary>Counts since the engine started.</summary>
    public ref readonly StreamTotals Totals => ref _totals;

    /// <summary>Bridges so far, at most 1,024.</summary>
    public IReadOnlyList<BridgeReport> Bridges => _bridges;

    private Evidence EvidenceWhenProven => _verified ? Evidence.Checksum
        : LastSequence == Sequence.None ? Evidence.None
        : _definition.Evidence;

    private bool IsProven => State is BookState.Live or BookState.Stale;

    /// <summary>Starts counting anew.</summary>
    internal void ForgetTotals()
    {
        _totals = default;
        _bridges.Clear();
    }

    /// <summary>How the messages of the stream follow each other.</summary>
    internal ContinuityRule Rule => _definition.Continuity;

    /// <summary>A message of this stream that follows the ones of its connection.</summary>
    internal void OnMessage(ReadOnlySpan<Record> message, DerivedRecords derived)
    {
        ref readonly MessageBegin begin = ref Record.View<MessageBegin>(in message[0]);
        if (begin.Connection != Connection)
        {
            MoveTo(begin, derived);
        }

        switch (begin.Type)
        {
            case MessageType.BookDelta:
                OnDelta(message, begin, derived);
                break;
            case MessageType.BookSnapshot:
                OnOwnSnapshot(message, begin, derived);
                break;
            case MessageType.BookChecksum:
                OnChecksum(begin, derived);
                break;
            case MessageType.Heartbeat:
                _second.Messages++;
                _totals.Messages++;
                _changed = true;
                OnHeartbeat(derived);
                break;
            case MessageType.Ended:
                OnEnded(derived);
                break;
            default:
                break;
        }
    }

    /// <summary>The venue says that the book has not changed.</summary>
    internal void OnHeartbeat(DerivedRecords derived)
    {
        if (IsProven)
        {
            Heard(derived);
        }
    }

    /// <summary>A message of this stream that the connection has brought before.</summary>
    internal void OnRepeat(in MessageBegin begin, DerivedRecords derived)
    {
        _second.Messages++;
        _totals.Messages++;
        _changed = true;
        CountDuplicate();
        Ignore(begin, IgnoreReason.Duplicate, derived);
    }

    /// <summary>
    /// Another connection goes on with the stream. Where its messages are not linked to each other by a sequence of their own, nobody can tell what was
    /// sent in between; a snapshot makes up for it.
    /// </summary>
    private void MoveTo(in MessageBegin begin, DerivedRecords derived)
    {
        Connection = begin.Connection;
        bool linked = _definition.Continuity is ContinuityRule.Range or ContinuityRule.Link;
        if (IsProven && !linked && begin.Type is not (MessageType.BookSnapshot or MessageType.Ended))
        {
            _changed = true;
            Break(GapReason.Connection, 0, 0, derived);
        }
    }

    /// <summary>A frame of the connection is missing, and nobody can tell whose it was.</summary>
    internal void OnConnectionGap(long expected, long found, DerivedRecords derived)
    {
        _changed = true;
        if (IsProven)
        {
            Break(GapReason.Sequence, expected, found, derived);
        }
    }

    /// <summary>A frame of this stream, or one that may have been of this stream, was rejected: its content is missing.</summary>
    internal void OnFrameRejected(DerivedRecords derived)
    {
        _second.Rejected++;
        _totals.Rejected++;
        _changed = true;
        if (IsProven)
        {
            Break(GapReason.FrameRejected, 0, 0, derived);
        }
    }

    /// <summary>The connection was closed, or opened anew: nothing is known of what is sent in between, so the book starts over.</summary>
    internal void OnConnectionLost(DerivedRecords derived)
    {
        if (State == BookState.Empty)
        {
            return;
        }

        _changed = true;
        if (IsProven)
        {
            Break(GapReason.Connection, 0, 0, derived);
        }

        StartOver(derived);
    }

    /// <summary>
    /// The venue sends no more of this stream. That is no gap; if it is subscribed again, it starts over. A broken book stays one that has to come back:
    /// to unsubscribe and subscribe is how it is mended.
    /// </summary>
    private void OnEnded(DerivedRecords derived)
    {
        if (State == BookState.Empty)
        {
            return;
        }

        _changed = true;
        _wasLive &= State == BookState.Broken;
        StartOver(derived);
    }

    private void StartOver(DerivedRecords derived)
    {
        ForgetWaiting();
        ForgetChecksums();
        ForgetLevels(derived.NowNs);
        LastSequence = Sequence.None;
        _firstSequence = Sequence.None;
        _previousSequence = Sequence.None;
        ChangeState(BookState.Empty, derived);
    }

    /// <summary>
    /// A second passed: a live book that has heard nothing for too long is stale. Where the frames of the connection are counted, each of them says
    /// that none of this stream is missing.
    /// </summary>
    internal void OnTimer(long connectionHeardNs, DerivedRecords derived)
    {
        long heardNs = Math.Max(_lastAppliedNs, connectionHeardNs);
        bool quiet = derived.NowNs - heardNs > _definition.StaleAfterNs;
        if (State == (quiet ? BookState.Live : BookState.Stale))
        {
            ChangeState(quiet ? BookState.Stale : BookState.Live, derived);
        }
    }

    /// <summary>The instrument got finer: levels and waiting messages are rescaled; the digest stays.</summary>
    internal void Rescale(int priceDecimals, int quantityDecimals, long priceFactor, long quantityFactor)
    {
        Book.Rescale(priceDecimals, quantityDecimals);
        Instrument.Rescale(_waiting.Records, priceFactor, quantityFactor);
        _ownBests.Rescale(priceFactor, quantityFactor);
        long low = _snapshotRange.LowTicks == long.MinValue ? long.MinValue : _snapshotRange.LowTicks * priceFactor;
        long high = _snapshotRange.HighTicks == long.MaxValue ? long.MaxValue : _snapshotRange.HighTicks * priceFactor;
        _snapshotRange = new PriceRange(low, high);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Book.Dispose();
        _waiting.Dispose();
    }

    /// <summary>How a delta stands to the one applied last.</summary>
    private Continuity Judge(in MessageBegin begin, ReadOnlySpan<Record> message)
    {
        switch (_definition.Continuity)
        {
            case ContinuityRule.Range:
                return begin.LastSequence <= LastSequence ? (IsLaterThanItsNumber(begin) ? Continuity.Breaks : Continuity.Repeats)
                    : begin.FirstSequence <= LastSequence + 1 ? Continuity.Follows
                    : Continuity.Breaks;

            case ContinuityRule.Link:
                return begin.PreviousSequence == LastSequence ? Continuity.Follows
                    : IsLast(begin) && ChangesNothing(message) ? Continuity.Repeats
                    : Continuity.Breaks;

            default:
                // Nothing to judge by, or it was judged over the whole connection.
                return Continuity.Follows;
        }
    }

    /// <summary>
    /// Whether a number that is not above the last one comes with a second count (Bybit's <c>seq</c>) that has gone on: then it is no repeat, the first count
    /// has started anew. Streams with one count only never show that.
    /// </summary>
    private bool IsLaterThanItsNumber(in MessageBegin begin) =>
        begin.PreviousSequence != Sequence.None && _previousSequence != Sequence.None && begin.PreviousSequence > _previousSequence;

    private bool IsLast(in MessageBegin begin) =>
        begin.LastSequence == LastSequence && begin.FirstSequence == _firstSequence && begin.PreviousSequence == _previousSequence;

    /// <summary>Whether every level of the message is in the book already.</summary>
    private bool ChangesNothing(ReadOnlySpan<Record> message)
    {
        foreach (ref readonly Record record in message[1..])
        {
            LevelSet level = Record.Read<LevelSet>(record);
            if (Book.QuantityAt(level.Header.Side, level.PriceTicks) != level.QuantityLots)
            {
                return false;
            }
        }

        return true;
    }

    private void OnDelta(ReadOnlySpan<Record> message, in MessageBegin begin, DerivedRecords derived)
    {
        _second.Messages++;
        _totals.Messages++;
        _changed = true;
        if (!IsProven)
        {
            OnDeltaUnproven(message, derived);
            return;
        }

        switch (Judge(begin, message))
        {
            case Continuity.Follows when FitsIn(message):
                ApplyAndVerify(message, begin, derived);
                break;

            case Continuity.Follows:
                Break(GapReason.BookFull, L2Book.LevelsMax, Book.BidCount + Book.AskCount + message.Length, derived);
                break;

            case Continuity.Repeats:
                CountDuplicate();
                Ignore(begin, IgnoreReason.Duplicate, derived);
                break;

            default:
                bool range = _definition.Continuity == ContinuityRule.Range;
                Break(GapReason.Sequence, range ? LastSequence + 1 : LastSequence, range ? begin.FirstSequence : begin.PreviousSequence, derived);
                if (_definition.Bridge != BridgeRule.None)
                {
                    Wait(message);
                }

                break;
        }
    }

    private void ApplyAndVerify(ReadOnlySpan<Record> message, in MessageBegin begin, DerivedRecords derived)
    {
        Evidence before = Evidence;
        uint absent = SetLevels(message);
        if (!Verify(begin, derived, out int own))
        {
            BreakByChecksum(begin.Checksum, own, derived);
            return;
        }

        NoteApplied(message, begin, absent, derived.NowNs);
        CompareWithTicker();
        Heard(derived);
        ShowEvidence(before, derived);
    }

    /// <summary>A whole book in the stream itself, at any time: what was held before does not matter.</summary>
    private void OnOwnSnapshot(ReadOnlySpan<Record> message, in MessageBegin begin, DerivedRecords derived)
    {
        _second.Messages++;
        _totals.Messages++;
        _totals.Snapshots++;
        _changed = true;
        ForgetWaiting();
        if (message.Length > L2Book.LevelsMax)
        {
            if (IsProven)
            {
                Break(GapReason.BookFull, L2Book.LevelsMax, message.Length, derived);
            }
            else
            {
                Ignore(begin, IgnoreReason.BookFull, derived);
            }

            return;
        }

        Evidence before = Evidence;
        Book.Clear();
        uint absent = SetLevels(message);
        _snapshotRange = PriceRange.OfSnapshot(message);
        _verified = false;
        if (!Verify(begin, derived, out int own))
        {
            if (IsProven)
            {
                BreakByChecksum(begin.Checksum, own, derived);
            }
            else
            {
                ForgetLevels(derived.NowNs);
                Ignore(begin, IgnoreReason.ChecksumMismatch, derived);
            }

            return;
        }

        NoteApplied(message, begin, absent, derived.NowNs);
        if (IsProven)
        {
            Heard(derived);
            ShowEvidence(before, derived);
        }
        else
        {
            _snapshotSequence = begin.LastSequence;
            BecomeLive(applied: 0, derived);
        }
    }

    /// <summary>The book holds nothing any more: also a snapshot that only waited may have stood crossed.</summary>
    private void ForgetLevels(long nowNs)
    {
        AddCrossedTime(nowNs);
        _crossedSinceNs = 0;
        Book.Clear();
        _snapshotRange = PriceRange.Unbounded;
    }

    private void Ignore(in MessageBegin begin, IgnoreReason reason, DerivedRecords derived)
    {
        ref MessageIgnored ignored = ref derived.Add<MessageIgnored>(Id, (byte)reason);
        ignored.MessageSequence = begin.LastSequence;
        ignored.BookSequence = LastSequence;
    }

    /// <summary>The venue has spoken of this book: it is not stale.</summary>
    private void Heard(DerivedRecords derived)
    {
        _lastAppliedNs = derived.NowNs;
        if (State == BookState.Stale)
        {
            ChangeState(BookState.Live, derived);
        }
    }

    private bool FitsIn(ReadOnlySpan<Record> message) =>
        Math.Max(Book.BidCount, Book.AskCount) + message.Length <= L2Book.LevelsMax;

    private void Apply(ReadOnlySpan<Record> message, in MessageBegin begin, long nowNs)
    {
        NoteApplied(message, begin, SetLevels(message), nowNs);
        CompareWithTicker();
    }

    private void NoteApplied(ReadOnlySpan<Record> message, in MessageBegin begin, uint absent, long nowNs)
    {
        if (_second.Applied == 0)
        {
            _secondFirstSequence = begin.FirstSequence;
        }

        LastSequence = begin.LastSequence;
        _firstSequence = begin.FirstSequence;
        _previousSequence = begin.PreviousSequence;
        VenueTimeNs = begin.Header.VenueTimeNs;
        _lastAppliedNs = nowNs;
        NoteChecksum(begin);
        uint levels = (uint)(message.Length - 1);
        _second.Applied++;
        _second.Levels += levels;
        _second.AbsentDeletes += absent;
        _totals.Applied++;
        _totals.Levels += levels;
        _totals.AbsentDeletes += absent;
        ObserveCross(nowNs);
    }

    /// <summary>Sets all levels of a message and returns how many deletes found nothing.</summary>
    private uint SetLevels(ReadOnlySpan<Record> message)
    {
        uint absent = Book.Apply(message[1..], out long prices, out long quantities);
        Instrument.NoteMagnitudes(prices, quantities);
        return absent;
    }

    private void CountDuplicate()
    {
        _second.Duplicates++;
        _totals.Duplicates++;
    }

    private void Break(GapReason reason, long expected, long found, DerivedRecords derived)
    {
        if (reason != GapReason.FrameRejected)
        {
            ref Gap gap = ref derived.Add<Gap>(Id, (byte)reason);
            gap.Expected = expected;
            gap.Found = found;
            gap.LastSequence = LastSequence;
            _second.Gaps++;
            _totals.Gaps++;
        }

        AddCrossedTime(derived.NowNs);
        _crossedSinceNs = 0;
        _brokenSinceNs = derived.NowNs;
        ForgetWaiting();
        ChangeState(BookState.Broken, derived);
    }

    /// <summary>The only place where a state changes: one record, one log line, one count for each transition.</summary>
    private void ChangeState(BookState to, DerivedRecords derived)
    {
        BookState from = State;
        State = to;
        _changed = true;
        _totals.Transitions++;
        ref BookStateChange change = ref derived.Add<BookStateChange>(Id, (byte)to);
        change.From = from;
        change.Evidence = Evidence;
        change.LastSequence = LastSequence;
        _onTransition?.Invoke(new BookTransition(this, derived.NowNs, from, to));
    }
}
