using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// Trades, tickers and candles.
public sealed partial class AdvancedDecoder
{
    // "5m": the candles of this channel are all of five minutes, and do not say so (documentation, 2026-07; recording of 2026).
    private const ulong CandleInterval = '5' | ((ulong)'m' << 8);

    private const long NsPerMs = 1_000_000;
    private const long MsPerSecond = 1_000;

    private ulong NeededByItem()
    {
        const ulong Trade = (1UL << AdvancedFields.ProductId) | (1UL << AdvancedFields.TradeId) | (1UL << AdvancedFields.Price) | (1UL << AdvancedFields.Size)
            | (1UL << AdvancedFields.Time) | (1UL << AdvancedFields.Side);
        const ulong Candle = (1UL << AdvancedFields.ProductId) | (1UL << AdvancedFields.Start) | (1UL << AdvancedFields.Open) | (1UL << AdvancedFields.High)
            | (1UL << AdvancedFields.Low) | (1UL << AdvancedFields.Close) | (1UL << AdvancedFields.Volume);
        const ulong Ticker = (1UL << AdvancedFields.ProductId) | (1UL << AdvancedFields.BestBid) | (1UL << AdvancedFields.BestBidQuantity)
            | (1UL << AdvancedFields.BestAsk) | (1UL << AdvancedFields.BestAskQuantity);
        return _channel switch
        {
            AdvancedChannel.Trades => Trade,
            AdvancedChannel.Candles => Candle,
            _ => Ticker,
        };
    }

    // MessageBegin and everything behind it.
    private bool WriteItem(ref JsonScanner scanner, RecordBuffer batch, out long matchingTimeNs)
    {
        matchingTimeNs = 0;
        batch.Add<MessageBegin>();
        return _channel switch
        {
            AdvancedChannel.Trades => WriteTrade(ref scanner, batch, out matchingTimeNs),
            AdvancedChannel.Candles => WriteCandle(ref scanner, batch),
            _ => WriteQuote(ref scanner, batch, AdvancedFields.BestBid, AdvancedFields.BestBidQuantity, Side.Bid)
                && WriteQuote(ref scanner, batch, AdvancedFields.BestAsk, AdvancedFields.BestAskQuantity, Side.Ask),
        };
    }

    // side is the maker's, the record wants the taker's: in the recording of 2026 every SELL that stands at one side of the book is at the best ask.
    private bool WriteTrade(ref JsonScanner scanner, RecordBuffer batch, out long timeNs)
    {
        timeNs = 0;
        if (!Fields.TryIntegerText(ref scanner, _item[AdvancedFields.TradeId], out long tradeId)
            || !TextFields.TryChoice(ref scanner, _item[AdvancedFields.Side], "BUY"u8, "SELL"u8, out bool isMakerBuying)
            || !TextFields.TryIsoTime(ref scanner, _item[AdvancedFields.Time], out timeNs)
            || !_draft.TryPrice(ref scanner, _item[AdvancedFields.Price], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _item[AdvancedFields.Size], out DecimalNumber size))
        {
            return false;
        }

        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, isMakerBuying ? Side.Ask : Side.Bid, price, size);
        trade.Header.VenueTimeNs = timeNs;
        trade.PriceTicks = price.Value;
        trade.QuantityLots = size.Value;
        trade.TradeIdLow = tradeId;
        trade.TradeSequence = Sequence.None;
        return true;
    }

    private bool WriteQuote(ref JsonScanner scanner, RecordBuffer batch, int priceSlot, int quantitySlot, Side side)
    {
        // An empty side is price 0 with quantity 0.
        if (!_draft.TryQuantity(ref scanner, _item[quantitySlot], out DecimalNumber quantity)
            || !_draft.TryPrice(ref scanner, _item[priceSlot], zeroAllowed: quantity is { Value: 0, Significant: 0 }, out DecimalNumber price))
        {
            return false;
        }

        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, price, quantity);
        quote.PriceTicks = price.Value;
        quote.QuantityLots = quantity.Value;
        quote.UpdateId = Sequence.None;
        return true;
    }

    private bool WriteCandle(ref JsonScanner scanner, RecordBuffer batch)
    {
        JsonValue start = _item[AdvancedFields.Start];
        if (!Fields.TryIntegerText(ref scanner, start, out long startSeconds)
            || !(startSeconds < long.MaxValue / MsPerSecond || scanner.Fail(RejectReason.ImpossibleValue, start.Start))
            || !Fields.TryTime(ref scanner, startSeconds * MsPerSecond, start.Start, out long startNs)
            || !(startNs == startSeconds * MsPerSecond * NsPerMs || scanner.Fail(RejectReason.ImpossibleValue, start.Start))
            || !_draft.TryPrice(ref scanner, _item[AdvancedFields.Open], zeroAllowed: false, out DecimalNumber open)
            || !_draft.TryPrice(ref scanner, _item[AdvancedFields.High], zeroAllowed: false, out DecimalNumber high)
            || !_draft.TryPrice(ref scanner, _item[AdvancedFields.Low], zeroAllowed: false, out DecimalNumber low)
            || !_draft.TryPrice(ref scanner, _item[AdvancedFields.Close], zeroAllowed: false, out DecimalNumber close)
            || !_draft.TryQuantity(ref scanner, _item[AdvancedFields.Volume], out DecimalNumber volume))
        {
            return false;
        }

        CandleValues candle = new()
        {
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            VolumeDecimals = _draft.Rows.QuantityScale.Decimals,
            StartNs = startNs,
            IntervalText = CandleInterval,
        };
        candle.Write(_draft, batch);
        return true;
    }
}
