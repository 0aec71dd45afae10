using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// Answers to GET /products/…/book?level=…: {"sequence":…,"bids":[…],"asks":[…],"auction_mode":false,"auction":null,"time":"…"}.
public sealed partial class CoinbaseDecoder
{
    // The answer of DefaultSymbol or SymbolResolver, once it was wanted.
    private byte[]? _restSymbol;
    private bool _restSymbolAsked;

    private SnapshotLimits _restLimits;

    private DecodeOutcome ProduceRestBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Needed = (1UL << CoinbaseFields.Sequence) | (1UL << CoinbaseFields.Bids) | (1UL << CoinbaseFields.Asks);
        if (!Fields.Check(ref scanner, _top, Needed, 1UL << CoinbaseFields.Time)
            || !Fields.CheckType(ref scanner, _top, CoinbaseFields.Bids, JsonToken.Array)
            || !Fields.CheckType(ref scanner, _top, CoinbaseFields.Asks, JsonToken.Array))
        {
            return DecodeOutcome.Rejected;
        }

        AskForRestSymbol(frame);
        if (!SetRestSymbol(frame))
        {
            return Reject(ref scanner, RejectReason.UnknownSymbol, 0);
        }

        if (!Fields.IsName(_symbol.Text))
        {
            return Reject(ref scanner, RejectReason.BadName, 0);
        }

        CoinbaseEvent kind = HasOrderIds(frame, CoinbaseFields.Bids) || HasOrderIds(frame, CoinbaseFields.Asks) ? CoinbaseEvent.RestOrders : CoinbaseEvent.RestLevels;
        return Finish(ref scanner, frame, batch, kind, CoinbaseEvents.ChannelOf(kind));
    }

    // Rows of level 3 end with an order id, those of level 1 and 2 with the number of orders. An empty book could be either and counts as level 2.
    private bool HasOrderIds(in Frame frame, int slot)
    {
        JsonScanner again = new(frame.Bytes, _top[slot].Start);
        JsonValue item = default;
        again.EnterArray();
        if (!again.NextElement() || again.Peek() != JsonToken.Array)
        {
            return false;
        }

        again.EnterArray();
        for (int index = 0; index <= 2; index++)
        {
            if (!again.NextElement() || !again.ReadValue(ref item))
            {
                return false;
            }
        }

        return item.Token == JsonToken.String;
    }

    private bool WriteRestLevels(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        int start = batch.Count;
        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        if (!WriteRestSide(ref scanner, frame, batch, Side.Bid, orders: false))
        {
            return false;
        }

        int bids = batch.Count - start;
        if (!WriteRestSide(ref scanner, frame, batch, Side.Ask, orders: false))
        {
            return false;
        }

        // Level 1 shows the best level only, and looks like a level 2 answer of a book with no more than that.
        int asks = batch.Count - start - bids;
        _restLimits = bids <= 1 && asks <= 1 ? SnapshotLimits.BidsCut | SnapshotLimits.AsksCut : SnapshotLimits.None;
        return true;
    }

    private bool WriteRestOrders(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        return WriteRestSide(ref scanner, frame, batch, Side.Bid, orders: true) && WriteRestSide(ref scanner, frame, batch, Side.Ask, orders: true);
    }

    // Rows best first; those of single orders may have the price of the row before.
    private bool WriteRestSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, Side side, bool orders)
    {
        JsonScanner again = new(frame.Bytes, _top[side == Side.Bid ? CoinbaseFields.Bids : CoinbaseFields.Asks].Start);
        JsonValue price = default;
        JsonValue size = default;
        JsonValue third = default;
        long last = -1;
        again.EnterArray();
        while (again.NextElement())
        {
            int start = again.Position;
            if (again.Peek() != JsonToken.Array)
            {
                return scanner.Fail(RejectReason.WrongType, start);
            }

            again.EnterArray();
            if (!ReadItem(ref again, start, ref price) || !ReadItem(ref again, start, ref size) || !ReadItem(ref again, start, ref third)
                || !SkipItems(ref again)
                || !_draft.TryPrice(ref again, price, zeroAllowed: false, out DecimalNumber priceNumber)
                || !_draft.TryQuantity(ref again, size, out DecimalNumber sizeNumber)
                || !CheckRestRow(ref again, price, priceNumber, size, sizeNumber, side, orders, last)
                || !(orders ? AddRestOrder(ref again, batch, side, priceNumber, sizeNumber, third) : AddRestLevel(ref again, batch, side, priceNumber, sizeNumber, third)))
            {
                return scanner.Fail(again.Reason, again.FaultByte);
            }

            last = priceNumber.Value;
        }

        return true;
    }

    // Order and zeros are judged when all numbers are exact.
    private bool CheckRestRow(ref JsonScanner scanner, in JsonValue price, in DecimalNumber priceNumber, in JsonValue size, in DecimalNumber sizeNumber, Side side,
        bool orders, long last)
    {
        if (!_draft.Rows.Need.IsNone)
        {
            return true;
        }

        if (sizeNumber.Value == 0)
        {
            return scanner.Fail(RejectReason.ImpossibleValue, size.Start);
        }

        bool follows = last < 0 || (orders && priceNumber.Value == last) || (side == Side.Bid ? priceNumber.Value < last : priceNumber.Value > last);
        return follows || scanner.Fail(RejectReason.LevelOrder, price.Start);
    }

    private bool AddRestLevel(ref JsonScanner scanner, RecordBuffer batch, Side side, in DecimalNumber price, in DecimalNumber size, in JsonValue third)
    {
        if (!Fields.TryInteger(ref scanner, third, 0, out long orderCount))
        {
            return false;
        }

        ref LevelSet level = ref batch.Add<LevelSet>();
        _draft.SetHeader(ref level.Header, side, price, size);
        level.PriceTicks = price.Value;
        level.QuantityLots = size.Value;
        level.OrderCount = (uint)Math.Min(orderCount, uint.MaxValue);
        return true;
    }

    private bool AddRestOrder(ref JsonScanner scanner, RecordBuffer batch, Side side, in DecimalNumber price, in DecimalNumber size, in JsonValue third)
    {
        if (!TextFields.TryUuid(ref scanner, third, out long high, out long low))
        {
            return false;
        }

        ref OrderOpen open = ref batch.Add<OrderOpen>();
        SetOrderHeader(ref open.Header, OrderCode.Of(side, OrderReason.None), price, size);
        open.PriceTicks = price.Value;
        open.QuantityLots = size.Value;
        open.OrderIdHigh = high;
        open.OrderIdLow = low;
        open.OrderSequence = Sequence.None;
        return true;
    }

    // The recording's word (@SYMBOL), or that of whoever set the decoder up. Never what other frames were about.
    private bool SetRestSymbol(in Frame frame)
    {
        bool set = _symbol.Set(frame.Symbol.IsEmpty ? _restSymbol : frame.Symbol);
        _symbol.ToUpper();
        return set && !_symbol.Text.IsEmpty;
    }

    private void AskForRestSymbol(in Frame frame)
    {
        if (_restSymbolAsked || !frame.Symbol.IsEmpty)
        {
            return;
        }

        _restSymbolAsked = true;
        string? answer = _options.DefaultSymbol ?? _options.SymbolResolver?.Invoke();
        _restSymbol = string.IsNullOrEmpty(answer) ? null : Encoding.UTF8.GetBytes(answer);
    }
}
