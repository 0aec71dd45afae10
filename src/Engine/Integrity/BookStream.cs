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
    private bool _wasLive;
    private long _lastAppliedNs;
    private long _brokenSinceNs;

    internal BookStream(ReadOnlySpan<Record> definition, Instrument instrument, int windowBits, Action<BookTransition>? onTransition)
    {
        definition.CopyTo(_definitionSlots);
        _definition = Record.Read<StreamDefinition>(definition[0]);
        Channel = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
        Instrument = instrument;
        Book = new L2Book(instrument.PriceDecimals, instrument.QuantityDecimals, windowBits);
        _onTransition = onTransition;
    }

    /// <summary>Id of the stream in the journal.</summary>
    public uint Id => _definition.Header.StreamId;

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; }

    /// <summary>Instrument of the stream.</summary>
    public Instrument Instrument { get; }

    /// <summary>Connection on which the stream appeared.</summary>
    public ushort Connection => _definition.Connection;

    /// <summary>The levels. Frozen at the last proven state while the book is broken.</summary>
    public L2Book Book { get; }

    /// <summary>State of the book.</summary>
    public BookState State { get; private set; }

    /// <summary>What proves the book; None unless it is live or stale.</summary>
    public Evidence Evidence => IsProven ? _definition.Evidence : Evidence.None;

    /// <summary>Last sequence applied or loaded; <see cref="Sequence.None"/>.</summary>
    public long LastSequence { get; private set; } = Sequence.None;

    /// <summary>Event time of the last message applied, Unix ns; 0 = none.</summary>
    public long VenueTimeNs { get; private set; }

    /// <summary>Prices inside which every level is known. It annotates the book and never changes its state.</summary>
    public PriceRange KnownRange { get; private set; } = PriceRange.Unbounded;

    /// <summary>Counts since the engine started.</summary>
    public ref readonly StreamTotals Totals => ref _totals;

    /// <summary>Bridges so far, at most 1,024.</summary>
    public IReadOnlyList<BridgeReport> Bridges => _bridges;

    private bool IsProven => State is BookState.Live or BookState.Stale;

    /// <summary>Starts counting anew.</summary>
    internal void ForgetTotals()
    {
        _totals = default;
        _bridges.Clear();
    }

    /// <summary>A delta of this stream.</summary>
    internal void OnDelta(ReadOnlySpan<Record> message, DerivedRecords derived)
    {
        _second.Messages++;
        _totals.Messages++;
        _changed = true;
        if (!IsProven)
        {
            OnDeltaUnproven(message, derived);
            return;
        }

        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        switch (Judge(begin, message))
        {
            case Continuity.Follows when FitsIn(message):
                Apply(message, begin, derived.NowNs);
                if (State == BookState.Stale)
                {
                    ChangeState(BookState.Live, derived);
                }

                break;

            case Continuity.Follows:
                Break(GapReason.BookFull, L2Book.LevelsMax, Book.BidCount + Book.AskCount + message.Length, derived);
                break;

            case Continuity.Repeats:
                CountDuplicate();
                ref MessageIgnored ignored = ref derived.Add<MessageIgnored>(Id, (byte)IgnoreReason.Duplicate);
                ignored.MessageSequence = begin.LastSequence;
                ignored.BookSequence = LastSequence;
                break;

            default:
                bool range = _definition.Continuity == ContinuityRule.Range;
                Break(GapReason.Sequence, range ? LastSequence + 1 : LastSequence, range ? begin.FirstSequence : begin.PreviousSequence, derived);
                Wait(message);
                break;
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

    /// <summary>The connection was opened anew: nothing is known of what was sent in between, so the book starts over.</summary>
    internal void OnConnectionOpened(DerivedRecords derived)
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

        // A snapshot that only waited may have stood crossed; the empty book does not.
        AddCrossedTime(derived.NowNs);
        _crossedSinceNs = 0;
        ForgetWaiting();
        Book.Clear();
        KnownRange = PriceRange.Unbounded;
        LastSequence = Sequence.None;
        _firstSequence = Sequence.None;
        _previousSequence = Sequence.None;
        ChangeState(BookState.Empty, derived);
    }

    /// <summary>A second passed: a live book that has heard nothing for too long is stale.</summary>
    internal void OnTimer(DerivedRecords derived)
    {
        if (State == BookState.Live && derived.NowNs - _lastAppliedNs > _definition.StaleAfterNs)
        {
            _changed = true;
            ChangeState(BookState.Stale, derived);
        }
    }

    /// <summary>The instrument got finer: levels and waiting messages are rescaled; the digest stays.</summary>
    internal void Rescale(int priceDecimals, int quantityDecimals, long priceFactor, long quantityFactor)
    {
        Book.Rescale(priceDecimals, quantityDecimals);
        Instrument.Rescale(_waiting.Records, priceFactor, quantityFactor);
        _ownBests.Rescale(priceFactor, quantityFactor);
        long low = KnownRange.LowTicks == long.MinValue ? long.MinValue : KnownRange.LowTicks * priceFactor;
        long high = KnownRange.HighTicks == long.MaxValue ? long.MaxValue : KnownRange.HighTicks * priceFactor;
        KnownRange = new PriceRange(low, high);
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
                return begin.LastSequence <= LastSequence ? Continuity.Repeats
                    : begin.FirstSequence <= LastSequence + 1 ? Continuity.Follows
                    : Continuity.Breaks;

            case ContinuityRule.Link:
                return begin.PreviousSequence == LastSequence ? Continuity.Follows
                    : IsLast(begin) && ChangesNothing(message) ? Continuity.Repeats
                    : Continuity.Breaks;

            default:
                return Continuity.Follows;
        }
    }

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

    private bool FitsIn(ReadOnlySpan<Record> message) =>
        Math.Max(Book.BidCount, Book.AskCount) + message.Length <= L2Book.LevelsMax;

    private void Apply(ReadOnlySpan<Record> message, in MessageBegin begin, long nowNs)
    {
        uint absent = SetLevels(message);
        if (_second.Applied == 0)
        {
            _secondFirstSequence = begin.FirstSequence;
        }

        LastSequence = begin.LastSequence;
        _firstSequence = begin.FirstSequence;
        _previousSequence = begin.PreviousSequence;
        VenueTimeNs = begin.Header.VenueTimeNs;
        _lastAppliedNs = nowNs;
        uint levels = (uint)(message.Length - 1);
        _second.Applied++;
        _second.Levels += levels;
        _second.AbsentDeletes += absent;
        _totals.Applied++;
        _totals.Levels += levels;
        _totals.AbsentDeletes += absent;
        ObserveCross(nowNs);
        CompareWithTicker();
    }

    /// <summary>Sets all levels of a message and returns how many deletes found nothing.</summary>
    private uint SetLevels(ReadOnlySpan<Record> message)
    {
        L2Book book = Book;
        uint absent = 0;
        long prices = 0;
        long quantities = 0;
        foreach (ref readonly Record record in message[1..])
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            prices |= level.PriceTicks;
            quantities |= level.QuantityLots;
            if (!book.Set(level.Header.Side, level.PriceTicks, level.QuantityLots, level.Header.TextForm))
            {
                absent++;
            }
        }

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
        _totals.Transitions++;
        ref BookStateChange change = ref derived.Add<BookStateChange>(Id, (byte)to);
        change.From = from;
        change.Evidence = Evidence;
        change.LastSequence = LastSequence;
        _onTransition?.Invoke(new BookTransition(this, derived.NowNs, from, to));
    }

    private enum Continuity
    {
        Follows,
        Repeats,
        Breaks,
    }
}
