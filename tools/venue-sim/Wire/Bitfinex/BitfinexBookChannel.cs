using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary><c>book</c> P0: a snapshot, then one level a message (or several, for connections that want it so).</summary>
internal sealed class BitfinexBookChannel(BitfinexServer venue, string name, SyntheticMarket market, int depth, int cadenceMs)
    : BookChannel(name, market, depth, cadenceMs, venue.Options.TruthKept, firstNumber: 0), IBitfinexBook
{
    private const int ChecksumLevels = 25;

    private readonly FrameText _rows = new();

    public override Numbering Numbering => Numbering.Connection;

    public long Ordinal => Truth.Count;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        _rows.Start().Add('[');
        AddRows(View.Bids);
        if (View.Bids.Count > 0 && View.Asks.Count > 0) _rows.Add(',');
        AddRows(View.Asks);
        ((BitfinexSession)subscription.Session).SendArray(subscription, _rows.Add(']').Span, nowMs, Truth.Count - 1);
    }

    public int Checksum()
    {
        _rows.Start();
        for (int i = 0; i < ChecksumLevels; i++)
        {
            if (i < View.Bids.Count) Add(View.Bids[i]);
            if (i < View.Asks.Count) Add(View.Asks[i]);
        }

        return (int)Crc32.Of(_rows.Span);

        void Add(in BookRow row)
        {
            if (_rows.Length > 0) _rows.Add(':');
            _rows.BitfinexPrice(Instrument, row.Ticks).Add(':').BitfinexAmount(Instrument, row.IsBid, row.Lots);
        }
    }

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        foreach (BookRow row in rows)
        {
            View.Apply(row);
            Enter(Truth.Count, nowMs);
            if (Subscriptions.Count == 0) continue;

            _rows.Start().BitfinexRow(Instrument, row);
            Send(wantsBulk: false, nowMs);
        }

        if (!Subscriptions.Exists(static subscription => ((BitfinexSession)subscription.Session).WantsBulk)) return;

        _rows.Start().Add('[');
        AddRows(rows);
        _rows.Add(']');
        Send(wantsBulk: true, nowMs);
    }

    private void Send(bool wantsBulk, long nowMs)
    {
        foreach (Subscription subscription in Subscriptions)
        {
            var session = (BitfinexSession)subscription.Session;
            if (session.WantsBulk == wantsBulk) session.SendArray(subscription, _rows.Span, nowMs, Truth.Count - 1);
        }
    }

    private void AddRows(IReadOnlyList<BookRow> rows)
    {
        for (int i = 0; i < rows.Count; i++)
            (i > 0 ? _rows.Add(',') : _rows).BitfinexRow(Instrument, rows[i]);
    }
}
