using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Tickers: one row [BID,BID_SIZE,ASK,ASK_SIZE,DAILY_CHANGE,…].
public sealed partial class BitfinexDecoder
{
    private const int TickerItems = 4;

    // The sizes are sums over the best 25 orders with binary rounding noise of up to 17 digits (recording of 2021): they are not the quantity at the
    // best price, and are not kept.
    private bool WriteTicker(ref JsonScanner scanner, RecordBuffer batch) =>
        TryRow(ref scanner, TickerItems)
        && WriteQuote(ref scanner, batch, _items[0], Side.Bid)
        && CheckSize(ref scanner, _items[1])
        && WriteQuote(ref scanner, batch, _items[2], Side.Ask)
        && CheckSize(ref scanner, _items[3]);

    // null or 0 = there is no order on this side.
    private bool WriteQuote(ref JsonScanner scanner, RecordBuffer batch, in JsonValue value, Side side)
    {
        DecimalNumber price = default;
        if (value.Token != JsonToken.Null
            && !BitfinexNumbers.TryPrice(ref scanner, ref _draft.Rows.Need, value, _draft.Rows.PriceScale, zeroAllowed: true, out price))
        {
            return false;
        }

        _draft.Rows.PricesMet |= price.Value;
        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, price, default);
        quote.PriceTicks = price.Value;
        quote.QuantityLots = price.Value == 0 ? 0 : Sequence.None;
        quote.UpdateId = Sequence.None;
        return true;
    }

    private static bool CheckSize(ref JsonScanner scanner, in JsonValue value) =>
        value.Token is JsonToken.Number or JsonToken.Null || scanner.Fail(RejectReason.WrongType, value.Start);
}
