using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <content>Joining a snapshot that came by another way to the deltas of the stream.</content>
public sealed partial class BookStream
{
    /// <summary>
    /// Room for deltas that wait for a snapshot: 65,536 slots (4 MiB) hold over a minute of the busiest stream recorded (USD-M BTCUSDT, some 650
    /// levels a second), where a snapshot takes a second or two. When it is full the older half goes and is counted: a
    /// snapshot from before what is left is then too old and another is needed.
    /// </summary>
    public const int WaitingSlotsMax = 1 << 16;

    private readonly RecordBuffer _waiting = new(64);
    private int _waitingTail = -1;
    private bool _snapshotWaits;
    private long _snapshotSequence = Sequence.None;
    private uint _dropped;

    /// <summary>Slots of deltas that wait for a snapshot.</summary>
    public int WaitingSlots => _waiting.Count;

    /// <summary>Most slots that handling a message of <paramref name="messageSlots"/> slots can derive.</summary>
    internal int DerivedSlotsMax(int messageSlots) =>
        IsProven ? 8 : 16 + messageSlots + _waiting.Count + Book.BidCount + Book.AskCount;

    /// <summary>
    /// A snapshot for a book that needs one. An older one than that which waits already is not taken: what came in between has been dropped. One without
    /// a sequence can be joined to nothing.
    /// </summary>
    internal void OnSnapshot(ReadOnlySpan<Record> message, DerivedRecords derived)
    {
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        if (_definition.Bridge == BridgeRule.None || IsProven || begin.LastSequence == Sequence.None || IsTooOld(begin.LastSequence)
            || (_snapshotWaits && begin.LastSequence < _snapshotSequence))
        {
            _totals.SnapshotsUnused++;
            return;
        }

        _changed = true;
        Load(message, begin, derived.NowNs);
        _totals.Snapshots++;
        bool joined = false;
        uint applied = 0;
        int start = 0;
        while (start < _waiting.Count && _snapshotWaits)
        {
            int end = EndOfWaiting(start);
            ReadOnlySpan<Record> waiting = _waiting.Records[start..end];
            MessageBegin delta = Record.Read<MessageBegin>(waiting[0]);
            if (joined)
            {
                if (!FitsIn(waiting))
                {
                    // Right up to here, and live: the next delta will not follow, and break it.
                    break;
                }

                Apply(waiting, delta, derived.NowNs);
                applied++;
            }
            else
            {
                joined = TryJoin(waiting, delta, derived.NowNs, ref applied);
            }

            start = end;
        }

        if (joined)
        {
            GoLive(applied, derived);
        }
        else
        {
            if (_snapshotWaits)
            {
                // Everything that waited was in the snapshot already.
                _waiting.Clear();
                _waitingTail = -1;
            }

            // A broken book is no longer frozen where it broke: it holds a snapshot now.
            if (State != BookState.Bridging)
            {
                ChangeState(BookState.Bridging, derived);
            }
        }
    }

    private void OnDeltaUnproven(ReadOnlySpan<Record> message, DerivedRecords derived)
    {
        if (_definition.Bridge == BridgeRule.None)
        {
            // Its snapshots come in the stream itself, and until then there is nothing to apply it to.
            return;
        }

        if (State == BookState.Empty)
        {
            ChangeState(BookState.Bridging, derived);
        }

        if (_snapshotWaits)
        {
            uint applied = 0;
            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            if (TryJoin(message, begin, derived.NowNs, ref applied))
            {
                GoLive(applied, derived);
                return;
            }

            if (_snapshotWaits)
            {
                return;
            }
        }

        Wait(message);
    }

    /// <summary>
    /// Judges a delta against the loaded snapshot: dropped because the snapshot holds it, applied because it joins, or proof that the
    /// snapshot is too old (then nothing waits for it any more). Returns true when the book now stands in the stream without a loss.
    /// </summary>
    private bool TryJoin(ReadOnlySpan<Record> message, in MessageBegin begin, long nowNs, ref uint applied)
    {
        if (begin.LastSequence == Sequence.None)
        {
            // Nobody can tell whether the snapshot holds it, and what comes behind it would be joined without it.
            _snapshotWaits = false;
            _totals.SnapshotsUnused++;
            return false;
        }

        bool drop = _definition.Bridge == BridgeRule.RangeAround
            ? begin.LastSequence < _snapshotSequence
            : begin.LastSequence <= _snapshotSequence;
        if (drop)
        {
            _dropped++;

            // A delta that ends exactly at the snapshot says that the stream stands where the snapshot does.
            return begin.LastSequence == _snapshotSequence;
        }

        if (!Reaches(begin, _snapshotSequence) || !FitsIn(message))
        {
            _snapshotWaits = false;
            _totals.SnapshotsUnused++;
            return false;
        }

        Apply(message, begin, nowNs);
        applied++;
        return true;
    }

    private void Load(ReadOnlySpan<Record> message, in MessageBegin begin, long nowNs)
    {
        Book.Clear();
        _verified = false;
        SetLevels(message);
        LastSequence = begin.LastSequence;
        _firstSequence = Sequence.None;
        _previousSequence = Sequence.None;
        _snapshotSequence = begin.LastSequence;
        _snapshotWaits = true;
        VenueTimeNs = begin.Header.VenueTimeNs;
        _lastAppliedNs = nowNs;
        NoteChecksum(begin);
        _snapshotRange = PriceRange.OfSnapshot(message);
        ObserveCross(nowNs);
    }

    private void GoLive(uint applied, DerivedRecords derived)
    {
        _waiting.Clear();
        _waitingTail = -1;
        _snapshotWaits = false;
        WriteImage(derived);
        if (_bridges.Count < BridgesMax)
        {
            _bridges.Add(new BridgeReport(_snapshotSequence, _dropped, applied));
        }

        BecomeLive(applied, derived);
    }

    private void BecomeLive(uint applied, DerivedRecords derived)
    {
        ref Resync resync = ref derived.Add<Resync>(Id, (byte)(_wasLive ? ResyncKind.Again : ResyncKind.First));
        resync.SnapshotSequence = _snapshotSequence;
        resync.LastSequence = LastSequence;
        resync.Dropped = _dropped;
        resync.Applied = applied;
        resync.DownNs = _brokenSinceNs == 0 ? 0 : derived.NowNs - _brokenSinceNs;
        if (_wasLive)
        {
            _second.Resyncs++;
            _totals.Resyncs++;
        }

        _wasLive = true;
        _brokenSinceNs = 0;
        _dropped = 0;
        ChangeState(BookState.Live, derived);
    }

    private void WriteImage(DerivedRecords derived)
    {
        bool empty = Book.BidCount + Book.AskCount == 0;
        ref BookImage image = ref derived.Add<BookImage>(Id, 0, empty ? RecordFlags.FirstInMessage | RecordFlags.LastInMessage : RecordFlags.FirstInMessage);
        FillImage(ref image, BookState.Live);
        image.Evidence = EvidenceWhenProven;
        Checkpoints.AddLevels(derived.Buffer, Book, Id, derived.NowNs, VenueTimeNs, RecordFlags.Derived);
        if (!empty)
        {
            derived.Buffer[derived.Buffer.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        }
    }

    private void FillImage(ref BookImage image, BookState state)
    {
        image.Header.VenueTimeNs = VenueTimeNs;
        image.LastSequence = LastSequence;
        image.KnownLowTicks = KnownRange.LowTicks;
        image.KnownHighTicks = KnownRange.HighTicks;
        image.BidLevels = (uint)Book.BidCount;
        image.AskLevels = (uint)Book.AskCount;
        image.State = state;
        image.Evidence = Evidence;
    }

    /// <summary>Whether something between the snapshot and the first waiting delta is missing.</summary>
    private bool IsTooOld(long snapshotSequence)
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        return !Reaches(Record.Read<MessageBegin>(_waiting[0]), snapshotSequence);
    }

    /// <summary>Whether nothing is missing between a snapshot and a delta that does not end before it.</summary>
    private bool Reaches(in MessageBegin delta, long snapshotSequence) => _definition.Bridge switch
    {
        BridgeRule.RangeAfter => delta.FirstSequence <= snapshotSequence + 1,
        BridgeRule.RangeAround => delta.FirstSequence <= snapshotSequence || IsLinkedAtOrBefore(delta, snapshotSequence),
        _ => IsLinkedAtOrBefore(delta, snapshotSequence),
    };

    /// <summary>Whether the delta says that nothing lies between a sequence and its own first one; a delta that names no predecessor says nothing.</summary>
    private static bool IsLinkedAtOrBefore(in MessageBegin delta, long sequence) =>
        delta.PreviousSequence != Sequence.None && delta.PreviousSequence <= sequence;

    /// <summary>
    /// Puts a delta into the waiting room. What waits is always an unbroken chain: a delta that does not follow the last one starts it anew,
    /// a repeat of the last one is ignored.
    /// </summary>
    private void Wait(ReadOnlySpan<Record> message)
    {
        if (_waitingTail >= 0)
        {
            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            MessageBegin tail = Record.Read<MessageBegin>(_waiting[_waitingTail]);
            bool repeats;
            bool follows;
            if (_definition.Continuity == ContinuityRule.Range)
            {
                repeats = begin.LastSequence <= tail.LastSequence;
                follows = begin.FirstSequence <= tail.LastSequence + 1;
            }
            else
            {
                follows = begin.PreviousSequence == tail.LastSequence;
                repeats = !follows && begin.LastSequence == tail.LastSequence && begin.FirstSequence == tail.FirstSequence
                    && begin.PreviousSequence == tail.PreviousSequence;
            }

            if (repeats)
            {
                CountDuplicate();
                return;
            }

            if (!follows)
            {
                ForgetWaiting();
            }
        }

        if (_waiting.Count + message.Length > WaitingSlotsMax)
        {
            DropOldestHalf();
        }

        if (_waiting.Count + message.Length <= WaitingSlotsMax)
        {
            _waitingTail = _waiting.Count;
            _waiting.AddRange(message);
            Instrument.NoteMagnitudes(message);
        }
        else
        {
            // A single message that does not fit: the chain starts behind it.
            ForgetWaiting();
            _totals.WaitingDropped++;
        }
    }

    private void DropOldestHalf()
    {
        int start = 0;
        while (start < _waiting.Count && start < WaitingSlotsMax / 2)
        {
            start = EndOfWaiting(start);
            _totals.WaitingDropped++;
        }

        _waiting.RemoveFirst(start);
        _waitingTail -= start;
    }

    private int EndOfWaiting(int start)
    {
        int end = start;
        while (!_waiting[end].Header.Has(RecordFlags.LastInMessage))
        {
            end++;
        }

        return end + 1;
    }

    private void ForgetWaiting()
    {
        _waiting.Clear();
        _waitingTail = -1;
        _snapshotWaits = false;
        _dropped = 0;
    }
}
