namespace Lob.Fast.Baselines;

/// <summary>
/// Compares the own best bid and ask after each applied delta with the venue's ticker of the same update id, whichever came first, each id
/// once. Both sides are remembered for the last <see cref="Remembered"/> ids; of two with one id the first counts.
/// </summary>
public sealed class SimpleTickerProof
{
    /// <summary>Tickers and own bests remembered. In the recordings the partner is at most the tenth latest.</summary>
    public const int Remembered = 64;

    private readonly List<(long Id, SimpleBest Bid, SimpleBest Ask)> _tickers = [];
    private readonly List<(long Id, SimpleBest Bid, SimpleBest Ask)> _owns = [];

    /// <summary>Ids compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Ids at which price and quantity of both sides were equal.</summary>
    public int Equal { get; private set; }

    /// <summary>The venue's ticker came.</summary>
    public void Ticker(long id, SimpleBest bid, SimpleBest ask) => Add(_tickers, _owns, id, bid, ask);

    /// <summary>A delta was applied and left these best prices.</summary>
    public void Own(long id, SimpleBest bid, SimpleBest ask) => Add(_owns, _tickers, id, bid, ask);

    private void Add(
        List<(long Id, SimpleBest Bid, SimpleBest Ask)> mine, List<(long Id, SimpleBest Bid, SimpleBest Ask)> theirs, long id, SimpleBest bid, SimpleBest ask)
    {
        if (mine.Exists(held => held.Id == id))
        {
            return;
        }

        mine.Add((id, bid, ask));
        if (mine.Count > Remembered)
        {
            mine.RemoveAt(0);
        }

        int partner = theirs.FindIndex(held => held.Id == id);
        if (partner >= 0)
        {
            Compared++;
            Equal += theirs[partner].Bid.SameAs(bid) && theirs[partner].Ask.SameAs(ask) ? 1 : 0;
        }
    }
}
