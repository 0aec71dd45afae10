namespace Lob.Fast.Baselines;

/// <summary>The book of one (symbol, channel): buffering, bridging, continuity, and what was counted on the way.</summary>
public sealed class SimpleDepthStream(string symbol, string channel, BinanceMarket market, int connection)
{
    private readonly List<SimpleDelta> _buffer = [];
    private SimpleDelta? _lastApplied;
    private long? _waitingSnapshot;
    private int _droppedSinceBreak;
    private bool _wasLive;

    /// <summary>Upper-case symbol.</summary>
    public string Symbol => symbol;

    /// <summary>Stream name without the symbol.</summary>
    public string Channel => channel;

    /// <summary>Connection on which the stream first appeared.</summary>
    public int Connection => connection;

    /// <summary>The levels. While <see cref="SimpleBookState.Broken"/>: frozen at the last proven state.</summary>
    public SimpleBook Book { get; } = new();

    /// <summary>State.</summary>
    public SimpleBookState State { get; private set; }

    /// <summary>Update id of the book: of the last delta applied or of the snapshot loaded; null = none yet.</summary>
    public long? Last { get; private set; }

    /// <summary>Deltas that wait for a snapshot.</summary>
    public int Buffered => _buffer.Count;

    /// <summary>The ticker proof of this book.</summary>
    public SimpleTickerProof Proof { get; } = new();

    /// <summary>Live → Broken because a delta does not follow.</summary>
    public int Gaps { get; private set; }

    /// <summary>Live → Broken because a frame was rejected.</summary>
    public int Rejections { get; private set; }

    /// <summary>Deltas ignored because they say what is already there.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Deltas applied to the book, buffered ones included.</summary>
    public int Applied { get; private set; }

    /// <summary>Times the buffer was started again because a delta did not follow its tail.</summary>
    public int BufferRestarts { get; private set; }

    /// <summary>Snapshots that were not used: the book was live, or something between snapshot and buffer is missing.</summary>
    public int SnapshotsNotUsed { get; private set; }

    /// <summary>Messages that left best bid ≥ best ask: counted after each delta applied and each snapshot loaded.</summary>
    public int Crossed { get; private set; }

    /// <summary>Those of <see cref="Crossed"/> with best bid = best ask.</summary>
    public int Locked { get; private set; }

    /// <summary>Deletes of levels that were not there.</summary>
    public int AbsentDeletes { get; private set; }

    /// <summary>Snapshots joined, in order.</summary>
    public List<SimpleBridge> Bridges { get; } = [];

    /// <summary>Bridges after a break.</summary>
    public int Resyncs => Bridges.Count(static bridge => !bridge.IsFirst);

    private bool IsSpot => market == BinanceMarket.Spot;

    /// <summary>A delta came.</summary>
    public void Delta(SimpleDelta delta)
    {
        if (State == SimpleBookState.Live)
        {
            LiveDelta(delta);
        }
        else if (_waitingSnapshot is { } snapshot)
        {
            JoiningDelta(delta, snapshot);
        }
        else
        {
            Buffer(delta);
        }
    }

    /// <summary>A REST book of the symbol came.</summary>
    public void Snapshot(SimpleSnapshot snapshot)
    {
        // A live book has its proof, and a snapshot is older than the stream: nothing to gain.
        if (State == SimpleBookState.Live || snapshot.Last < _waitingSnapshot)
        {
            SnapshotsNotUsed++;
            return;
        }

        int toDrop = _buffer.TakeWhile(delta => IsInside(delta, snapshot.Last)).Count();
        if (toDrop < _buffer.Count && !Joins(_buffer[toDrop], snapshot.Last))
        {
            SnapshotsNotUsed++;
            return;
        }

        Book.Clear();
        Apply(snapshot.Bids, snapshot.Asks, countAbsent: false);
        Last = snapshot.Last;
        CountCrossed();
        _droppedSinceBreak += toDrop;
        bool endsAtSnapshot = toDrop > 0 && _buffer[toDrop - 1].Last == snapshot.Last;
        List<SimpleDelta> rest = _buffer[toDrop..];
        _buffer.Clear();
        if (rest.Count == 0 && !endsAtSnapshot)
        {
            _waitingSnapshot = snapshot.Last;
            State = SimpleBookState.Bridging;
            return;
        }

        GoLive(snapshot.Last, rest);
    }

    /// <summary>A frame of this stream was rejected, so its content is missing.</summary>
    public void Rejected()
    {
        if (State == SimpleBookState.Live)
        {
            Rejections++;
            Break();
        }
    }

    private void LiveDelta(SimpleDelta delta)
    {
        if (IsSpot ? delta.Last <= Last : IsRepeat(delta))
        {
            Duplicates++;
        }
        else if (Follows(delta, Last!.Value))
        {
            Apply(delta);
        }
        else
        {
            Gaps++;
            Break();
            _buffer.Add(delta);
        }
    }

    private void JoiningDelta(SimpleDelta delta, long snapshot)
    {
        if (IsInside(delta, snapshot))
        {
            _droppedSinceBreak++;
            if (delta.Last == snapshot)
            {
                GoLive(snapshot, []);
            }
        }
        else if (Joins(delta, snapshot))
        {
            GoLive(snapshot, [delta]);
        }
        else
        {
            // Something between them is missing, and later deltas are further away still.
            _waitingSnapshot = null;
            SnapshotsNotUsed++;
            _buffer.Add(delta);
        }
    }

    private void Buffer(SimpleDelta delta)
    {
        if (State == SimpleBookState.Empty)
        {
            State = SimpleBookState.Bridging;
        }

        if (_buffer.Count > 0)
        {
            SimpleDelta tail = _buffer[^1];
            if (IsSpot ? delta.Last <= tail.Last : delta.SameAs(tail))
            {
                Duplicates++;
                return;
            }

            if (!Follows(delta, tail.Last))
            {
                BufferRestarts++;
                _buffer.Clear();
            }
        }

        _buffer.Add(delta);
    }

    private void GoLive(long snapshot, List<SimpleDelta> buffered)
    {
        _waitingSnapshot = null;
        _lastApplied = null;
        foreach (SimpleDelta delta in buffered)
        {
            Apply(delta);
        }

        State = SimpleBookState.Live;
        Bridges.Add(new SimpleBridge(symbol, channel, snapshot, _droppedSinceBreak, buffered.Count, IsFirst: !_wasLive));
        _wasLive = true;
        _droppedSinceBreak = 0;
    }

    private void Break()
    {
        State = SimpleBookState.Broken;
        _buffer.Clear();
        _lastApplied = null;
        _droppedSinceBreak = 0;
    }

    // Spot: u ≤ L is inside the snapshot. Futures: u < L; the delta with u = L is applied, because the next pu refers to it.
    private bool IsInside(SimpleDelta delta, long snapshot) => IsSpot ? delta.Last <= snapshot : delta.Last < snapshot;

    // Spot: U ≤ L+1 ≤ u. Futures: U ≤ L ≤ u, or nothing lies between: pu ≤ L < U.
    private bool Joins(SimpleDelta delta, long snapshot) => IsSpot
        ? delta.First <= snapshot + 1 && snapshot + 1 <= delta.Last
        : (delta.First <= snapshot && snapshot <= delta.Last) || (delta.Previous <= snapshot && snapshot < delta.First);

    private bool Follows(SimpleDelta delta, long last) => IsSpot ? delta.First <= last + 1 : delta.Previous == last;

    private bool IsRepeat(SimpleDelta delta) =>
        _lastApplied is not null && delta.SameSequence(_lastApplied)
        && delta.Bids.All(row => Book.Holds(isBid: true, row)) && delta.Asks.All(row => Book.Holds(isBid: false, row));

    private void Apply(SimpleDelta delta)
    {
        Apply(delta.Bids, delta.Asks, countAbsent: true);
        Last = delta.Last;
        _lastApplied = delta;
        Applied++;
        CountCrossed();
        Proof.Own(delta.Last, Book.BestBid, Book.BestAsk);
    }

    private void Apply(IReadOnlyList<SimpleRow> bids, IReadOnlyList<SimpleRow> asks, bool countAbsent)
    {
        int absent = bids.Count(row => !Book.Set(isBid: true, row)) + asks.Count(row => !Book.Set(isBid: false, row));
        AbsentDeletes += countAbsent ? absent : 0;
    }

    private void CountCrossed()
    {
        Crossed += Book.IsCrossed ? 1 : 0;
        Locked += Book.IsLocked ? 1 : 0;
    }
}
