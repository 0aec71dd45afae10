using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary><c>books</c> and its faster kin: a snapshot, then changes that name the number they follow; an empty one after 60 s without change.</summary>
internal sealed class OkxBooksChannel(OkxServer venue, string name, SyntheticMarket market, int depth, int cadenceMs)
    : BookChannel(name, market, depth, cadenceMs, venue.Options.TruthKept, market.UpdateId, tellsGhosts: true)
{
    private const long KeepAliveMs = 60_000;
    private const int ChecksumLevels = 25;
    private const long NoPrevious = -1;

    private static readonly List<BookRow> Nothing = [];

    private readonly FrameText _checksumText = new();
    private long _changedAtMs;

    public override Numbering Numbering => Numbering.Channel;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        if (_changedAtMs == 0) _changedAtMs = nowMs;
        subscription.LastSentMs = nowMs;
        subscription.Session.Send(Write("snapshot"u8, View.Bids, View.Asks, _changedAtMs, NoPrevious, Truth.Last.Number));
    }

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        long previous = Truth.Last.Number;
        long number = Market.UpdateId;
        _changedAtMs = nowMs;
        Enter(number, nowMs);
        if (Subscriptions.Count > 0) SendToAll(Write("update"u8, rows, rows, nowMs, previous, number).ToArray(), nowMs);
    }

    protected override void OnQuiet(long nowMs)
    {
        foreach (Subscription subscription in Subscriptions)
        {
            if (nowMs - subscription.LastSentMs < KeepAliveMs) continue;

            subscription.LastSentMs = nowMs;
            subscription.Session.Send(Write("update"u8, Nothing, Nothing, nowMs, Truth.Last.Number, Truth.Last.Number));
        }
    }

    private FrameText Write(ReadOnlySpan<byte> action, IReadOnlyList<BookRow> bids, IReadOnlyList<BookRow> asks, long atMs, long previous, long number)
    {
        int checksum = venue.Options.OkxChecksums ? Checksum() : 0;
        return venue.Text.OkxBegin(this).Add(",\"action\":\""u8).Add(action).Add("\",\"data\":[{\"asks\":"u8).OkxSide(Instrument, asks, isBid: false)
            .Add(",\"bids\":"u8).OkxSide(Instrument, bids, isBid: true).Add(",\"ts\":\""u8).Add(atMs).Add("\",\"checksum\":"u8).Add(checksum)
            .Add(",\"seqId\":"u8).Add(number).Add(",\"prevSeqId\":"u8).Add(previous).Add("}]}"u8);
    }

    /// <summary>CRC-32 over the best 25 levels, bid and ask in turns, as it was until June 2026.</summary>
    private int Checksum()
    {
        _checksumText.Start();
        for (int i = 0; i < ChecksumLevels; i++)
        {
            if (i < View.Bids.Count) Add(View.Bids[i]);
            if (i < View.Asks.Count) Add(View.Asks[i]);
        }

        return (int)Crc32.Of(_checksumText.Span);

        void Add(in BookRow row)
        {
            if (_checksumText.Length > 0) _checksumText.Add(':');
            _checksumText.Trimmed((Int128)row.Ticks * Instrument.TickUnits, Instrument.PriceDecimals).Add(':')
                .Trimmed((Int128)row.Lots * Instrument.LotUnits, Instrument.QuantityDecimals);
        }
    }
}
