using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Truth;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>A channel that shows a book, and the truth about what it has shown.</summary>
internal abstract class BookChannel : MarketChannel
{
    private readonly int _cadenceSteps;
    private readonly bool _tellsGhosts;
    private readonly List<BookRow> _rows = [];
    private long _lastStep;

    /// <param name="name">In the venue's words.</param>
    /// <param name="market">Whose book.</param>
    /// <param name="depth">Levels a side.</param>
    /// <param name="cadenceMs">Time between two messages.</param>
    /// <param name="truthKept">States to remember.</param>
    /// <param name="firstNumber">Number of the state it begins with.</param>
    /// <param name="tellsGhosts">Whether levels are told to be gone that came and went between two messages, as some venues do.</param>
    protected BookChannel(string name, SyntheticMarket market, int depth, int cadenceMs, int truthKept, long firstNumber, bool tellsGhosts = false)
        : base(name, market)
    {
        _cadenceSteps = Math.Max(1, cadenceMs / StepMs);
        _tellsGhosts = tellsGhosts;
        _lastStep = market.Step;
        View = new BookView(market.Instrument, depth);
        foreach (BookRow row in View.Changes(market))
            View.Apply(row);

        Truth = new TruthLog(truthKept);
        Enter(firstNumber, nowMs: 0);
    }

    /// <summary>One step of the market, ms.</summary>
    public const int StepMs = 10;

    public BookView View { get; }

    public TruthLog Truth { get; }

    public abstract Numbering Numbering { get; }

    public override void OnStep(long nowMs)
    {
        if (Market.Step % _cadenceSteps != 0) return;

        IReadOnlyList<BookRow> changes = View.Changes(Market);
        if (changes.Count == 0)
        {
            OnQuiet(nowMs);
        }
        else
        {
            _rows.Clear();
            _rows.AddRange(changes);
            if (_tellsGhosts) AddGhosts();
            Publish(_rows, nowMs);
        }

        _lastStep = Market.Step;
    }

    /// <summary>The book has changed: <paramref name="rows"/> are to be applied to the view, sent, and entered into the truth.</summary>
    protected abstract void Publish(List<BookRow> rows, long nowMs);

    /// <summary>It was time for a message and there was nothing to say.</summary>
    protected virtual void OnQuiet(long nowMs)
    {
    }

    protected void ApplyAll(List<BookRow> rows)
    {
        foreach (BookRow row in rows)
            View.Apply(row);
    }

    /// <summary>Enters how the view stands now.</summary>
    protected void Enter(long number, long nowMs) =>
        Truth.Append(new TruthEntry(number, View.Digest, nowMs, View.Bids.Count > 0 ? View.Bids[0] : default, View.Asks.Count > 0 ? View.Asks[0] : default));

    private void AddGhosts()
    {
        foreach ((long step, bool isBid, long ticks) in Market.Removed)
        {
            if (step <= _lastStep || View.Shows(isBid, ticks) || (isBid ? Market.Bids : Market.Asks).Holds(ticks)) continue;

            var ghost = new BookRow(isBid, ticks, 0, 0);
            if (!_rows.Contains(ghost)) _rows.Add(ghost);
        }
    }
}
