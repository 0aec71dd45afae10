using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary><c>full</c>: all that happens to every order, each with the product's next sequence number.</summary>
internal sealed class CoinbaseFullChannel(CoinbaseServer venue, SyntheticMarket market)
    : BookChannel("full", market, SyntheticMarket.LevelsMax, StepMs, venue.Options.TruthKept, FirstSequence)
{
    private const long FirstSequence = 617_133_249;

    private readonly Dictionary<long, long> _sequenceOfTrade = [];

    public override Numbering Numbering => Numbering.Channel;

    /// <summary>The number of the last thing that happened.</summary>
    public long Sequence { get; private set; } = FirstSequence;

    /// <summary>The numbers of the last step's trades.</summary>
    public long SequenceOf(in Trade trade) => _sequenceOfTrade.GetValueOrDefault(trade.Id, Sequence);

    public override void OnStep(long nowMs)
    {
        if (Market.Trades.Count > 0) _sequenceOfTrade.Clear();
        bool isBuyTaker = false;
        foreach (MarketEvent happened in Market.Events)
        {
            if (happened.Kind == MarketEventKind.TakerArrived) isBuyTaker = happened.IsBid;
            if (happened.Kind == MarketEventKind.Opened) Tell(Received(happened, nowMs), nowMs);

            ApplyToView(happened);
            if (happened.Kind == MarketEventKind.Matched) _sequenceOfTrade[happened.TradeId] = Sequence + 1;
            FrameText? text = happened.Kind switch
            {
                MarketEventKind.Opened => Opened(happened, nowMs),
                MarketEventKind.Resized => Changed(happened, nowMs),
                MarketEventKind.Cancelled => Done(happened, "canceled"u8, happened.OldLots, nowMs),
                MarketEventKind.Filled => Done(happened, "filled"u8, 0, nowMs),
                MarketEventKind.TakerArrived => TakerReceived(happened, nowMs),
                MarketEventKind.Matched => Match(happened, isBuyTaker, nowMs),
                _ => TakerDone(happened, nowMs),
            };
            Tell(text, nowMs);
        }
    }

    /// <summary>A match, as <c>full</c> and <c>matches</c> tell it: the side is the resting order's.</summary>
    public static FrameText WriteMatch(FrameText text, ReadOnlySpan<byte> type, Instrument instrument, in Trade trade, long sequence) =>
        text.Add("{\"type\":\""u8).Add(type).Add("\",\"trade_id\":"u8).Add(trade.Id).Add(",\"maker_order_id\":\""u8).Add(Identifiers.Of(trade.MakerId))
            .Add("\",\"taker_order_id\":\""u8).Add(Identifiers.Of(trade.TakerId)).Add(trade.TakerBuys ? "\",\"side\":\"sell\",\"size\":"u8 : "\",\"side\":\"buy\",\"size\":"u8)
            .CoinbaseSize(instrument, trade.Lots).Add(",\"price\":"u8).CoinbasePrice(instrument, trade.Ticks).Add(",\"product_id\":\""u8).Add(instrument.Symbol)
            .Add("\",\"sequence\":"u8).Add(sequence).Add(",\"time\":\""u8).Iso(trade.AtMs).Add("\"}"u8);

    protected override void Publish(List<BookRow> rows, long nowMs) => throw new InvalidOperationException("every event is told by itself");

    private static ReadOnlySpan<byte> SideText(bool isBid) => isBid ? "\"side\":\"buy\""u8 : "\"side\":\"sell\""u8;

    /// <summary>Gives the message its number and sends it.</summary>
    private void Tell(FrameText? text, long nowMs)
    {
        Sequence++;
        Enter(Sequence, nowMs);
        if (text is not null) SendToAll(text.ToArray(), nowMs);
    }

    private void ApplyToView(in MarketEvent happened)
    {
        long change = happened.Kind switch
        {
            MarketEventKind.Opened => happened.Lots,
            MarketEventKind.Resized => happened.Lots - happened.OldLots,
            MarketEventKind.Cancelled => -happened.OldLots,
            MarketEventKind.Matched => -happened.Lots,
            _ => 0,
        };
        if (change != 0) View.Apply(new BookRow(happened.IsBid, happened.Ticks, View.LotsAt(happened.IsBid, happened.Ticks) + change, 0));
    }

    private FrameText? Begin(ReadOnlySpan<byte> type) => Subscriptions.Count == 0 ? null : venue.Text.Start().Add("{\"type\":\""u8).Add(type).Add("\","u8);

    private FrameText End(FrameText text, long nowMs) =>
        text.Add(",\"product_id\":\""u8).Add(Symbol).Add("\",\"sequence\":"u8).Add(Sequence + 1).Add(",\"time\":\""u8).Iso(nowMs).Add("\"}"u8);

    private FrameText? Received(in MarketEvent happened, long nowMs) => Begin("received"u8) is not { } text
        ? null
        : End(text.Add("\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId)).Add("\",\"order_type\":\"limit\",\"size\":"u8).CoinbaseSize(Instrument, happened.Lots)
            .Add(",\"price\":"u8).CoinbasePrice(Instrument, happened.Ticks).Add(',').Add(SideText(happened.IsBid)), nowMs);

    private FrameText? TakerReceived(in MarketEvent happened, long nowMs) => Begin("received"u8) is not { } text
        ? null
        : End(text.Add("\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId)).Add("\",\"order_type\":\"market\",\"size\":"u8).CoinbaseSize(Instrument, happened.Lots)
            .Add(',').Add(SideText(happened.IsBid)), nowMs);

    private FrameText? Opened(in MarketEvent happened, long nowMs) => Begin("open"u8) is not { } text
        ? null
        : End(text.Add(SideText(happened.IsBid)).Add(",\"price\":"u8).CoinbasePrice(Instrument, happened.Ticks).Add(",\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId))
            .Add("\",\"remaining_size\":"u8).CoinbaseSize(Instrument, happened.Lots), nowMs);

    private FrameText? Changed(in MarketEvent happened, long nowMs) => Begin("change"u8) is not { } text
        ? null
        : End(text.Add("\"reason\":\"modify_order\",\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId)).Add("\","u8).Add(SideText(happened.IsBid))
            .Add(",\"old_size\":"u8).CoinbaseSize(Instrument, happened.OldLots).Add(",\"new_size\":"u8).CoinbaseSize(Instrument, happened.Lots)
            .Add(",\"old_price\":"u8).CoinbasePrice(Instrument, happened.Ticks).Add(",\"new_price\":"u8).CoinbasePrice(Instrument, happened.Ticks), nowMs);

    private FrameText? Done(in MarketEvent happened, ReadOnlySpan<byte> reason, long left, long nowMs) => Begin("done"u8) is not { } text
        ? null
        : End(text.Add(SideText(happened.IsBid)).Add(",\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId)).Add("\",\"reason\":\""u8).Add(reason)
            .Add("\",\"price\":"u8).CoinbasePrice(Instrument, happened.Ticks).Add(",\"remaining_size\":"u8).CoinbaseSize(Instrument, left), nowMs);

    private FrameText? TakerDone(in MarketEvent happened, long nowMs) => Begin("done"u8) is not { } text
        ? null
        : End(text.Add(SideText(happened.IsBid)).Add(",\"order_id\":\""u8).Add(Identifiers.Of(happened.OrderId))
            .Add(happened.Lots == 0 ? "\",\"reason\":\"filled\""u8 : "\",\"reason\":\"canceled\""u8), nowMs);

    private FrameText? Match(in MarketEvent happened, bool isBuyTaker, long nowMs) => Subscriptions.Count == 0
        ? null
        : WriteMatch(
            venue.Text.Start(), "match"u8, Instrument,
            new Trade(happened.TradeId, happened.Ticks, happened.Lots, isBuyTaker, happened.OrderId, happened.TakerId, 0, nowMs), Sequence + 1);
}
