using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// tickers: on futures best bid and ask, in snapshots whole, in deltas as far as changed; on spot neither.
public sealed partial class BybitDecoder
{
    private const ulong QuoteFields = (1UL << BybitFields.Bid1Price) | (1UL << BybitFields.Bid1Size) | (1UL << BybitFields.Ask1Price)
        | (1UL << BybitFields.Ask1Size);

    private DecodeOutcome ProduceTicker(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Outer = (1UL << BybitFields.Type) | (1UL << BybitFields.Ts) | (1UL << BybitFields.Data);
        long crossSequence = Sequence.None;
        if (!Fields.Check(ref scanner, _top, Outer, 1UL << BybitFields.Cs)
            || !Fields.CheckType(ref scanner, _top, BybitFields.Data, JsonToken.Object)
            || !TryBookType(ref scanner, out bool snapshot)
            || !Fields.Check(ref scanner, _data, 1UL << BybitFields.Symbol, QuoteFields)
            || !CheckSymbol(ref scanner, _data, BybitFields.Symbol)
            || !Fields.TryTime(ref scanner, _top, BybitFields.Ts, out long venueTimeNs)
            || (_top.Has(BybitFields.Cs) && !Fields.TryInteger(ref scanner, _top, BybitFields.Cs, 0, out crossSequence)))
        {
            return DecodeOutcome.Rejected;
        }

        batch.Clear();
        BeginMessage(batch, frame, venueTimeNs);
        BybitTickerValues former = snapshot || _stream?.Memory is not BybitTicker memory ? default : memory.Values;
        if (!WriteTicker(ref scanner, batch, former, out BybitTickerValues values)
            || (_draft.NeedsDefinition
                && !(TryDefine(ref scanner, frame, batch, BybitChannel.Ticker) && WriteTicker(ref scanner, batch, former, out values))))
        {
            return DecodeOutcome.Rejected;
        }

        // The cross sequence is that of the books' seq, not of their u: the quotes belong to no update id.
        _draft.Finish(batch, frame, MessageType.Ticker).PreviousSequence = crossSequence;
        _draft.Stream!.Memory ??= new BybitTicker();
        ((BybitTicker)_draft.Stream.Memory).Values = values;
        return DecodeOutcome.Records;
    }

    // MessageBegin, and both quotes if one of their numbers is stated and the others are known.
    private bool WriteTicker(ref JsonScanner scanner, RecordBuffer batch, in BybitTickerValues former, out BybitTickerValues values)
    {
        values = former;
        batch.Add<MessageBegin>();
        if (!TryTickerNumber(ref scanner, BybitFields.Bid1Price, former.BidPrice, isPrice: true, out BybitTickerNumber bidPrice)
            || !TryTickerNumber(ref scanner, BybitFields.Bid1Size, former.BidQuantity, isPrice: false, out BybitTickerNumber bidQuantity)
            || !TryTickerNumber(ref scanner, BybitFields.Ask1Price, former.AskPrice, isPrice: true, out BybitTickerNumber askPrice)
            || !TryTickerNumber(ref scanner, BybitFields.Ask1Size, former.AskQuantity, isPrice: false, out BybitTickerNumber askQuantity))
        {
            return false;
        }

        values = new BybitTickerValues { BidPrice = bidPrice, BidQuantity = bidQuantity, AskPrice = askPrice, AskQuantity = askQuantity };
        if ((_data.Seen & QuoteFields) != 0 && values.AreKnown && _draft.Rows.Need.IsNone)
        {
            AddQuote(batch, Side.Bid, bidPrice, bidQuantity);
            AddQuote(batch, Side.Ask, askPrice, askQuantity);
        }

        return true;
    }

    // An empty text is a value: there is no such price.
    private bool TryTickerNumber(ref JsonScanner scanner, int slot, in BybitTickerNumber former, bool isPrice, out BybitTickerNumber number)
    {
        number = former;
        if (!_data.Has(slot))
        {
            return true;
        }

        DecimalNumber read = default;
        int decimals = isPrice ? _draft.Rows.PriceScale.Decimals : _draft.Rows.QuantityScale.Decimals;
        ref JsonValue text = ref _data[slot];
        bool empty = text.Token == JsonToken.String && text.Length == 0;
        if (!empty && !(isPrice ? _draft.TryPrice(ref scanner, text, zeroAllowed: true, out read) : _draft.TryQuantity(ref scanner, text, out read)))
        {
            return false;
        }

        number = new BybitTickerNumber(read.Value, decimals, read.Written, IsKnown: true);
        return true;
    }

    private void AddQuote(RecordBuffer batch, Side side, in BybitTickerNumber price, in BybitTickerNumber quantity)
    {
        DecimalNumber priceNow = price.At(_draft.Rows.PriceScale.Decimals);
        DecimalNumber quantityNow = quantity.At(_draft.Rows.QuantityScale.Decimals);
        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, priceNow, quantityNow);

        // Without a price the side is empty, whatever quantity was stated before.
        quote.PriceTicks = priceNow.Value;
        quote.QuantityLots = priceNow.Value == 0 ? 0 : quantityNow.Value;
        quote.UpdateId = Sequence.None;
    }
}
