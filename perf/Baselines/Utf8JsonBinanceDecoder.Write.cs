using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines;

/// <content>From fields and numbers to records.</content>
public sealed partial class Utf8JsonBinanceDecoder
{
    // Exponents and sizes that the message needs.
    private int _priceDecimals;
    private int _quantityDecimals;
    private Int128 _priceMax;
    private Int128 _quantityMax;

    // False when a number does not fit: then nothing has changed.
    private bool TryWrite(in Frame frame, RecordBuffer batch)
    {
        KnownStream stream = _stream!;
        Instrument instrument = stream.Instrument;
        bool isNew = instrument.Id == 0;
        _priceDecimals = instrument.PriceDecimals;
        _quantityDecimals = instrument.QuantityDecimals;
        GrowDecimals();
        MeasureLargest();
        int priceBits = Math.Max(Grown(instrument.PriceBits, _priceDecimals - instrument.PriceDecimals), BitLength(_priceMax));
        int quantityBits = Math.Max(Grown(instrument.QuantityBits, _quantityDecimals - instrument.QuantityDecimals), BitLength(_quantityMax));
        if (priceBits > 63 || quantityBits > 63)
        {
            return Fail(RejectReason.NumberOutOfRange);
        }

        bool grew = _priceDecimals > instrument.PriceDecimals || _quantityDecimals > instrument.QuantityDecimals;
        instrument.PriceDecimals = _priceDecimals;
        instrument.QuantityDecimals = _quantityDecimals;
        instrument.PriceBits = priceBits;
        instrument.QuantityBits = quantityBits;
        if (isNew)
        {
            instrument.Id = ++_instrumentCount;
            _instruments.Add(instrument.Symbol, instrument);
        }

        if (isNew || grew)
        {
            instrument.Epoch++;
            WriteInstrument(instrument, frame, batch);
        }

        if (stream.Id == 0)
        {
            stream.Id = ++_streamCount;
            _streams.Add(NameOf(instrument.Symbol, stream.Channel, stream.Role), stream);
            WriteStream(stream, frame, batch);
        }

        WriteMessage(stream, frame, batch);
        return true;
    }

    private void GrowDecimals()
    {
        if (_type is MessageType.Trades or MessageType.AggregateTrades)
        {
            Grow(_price, _quantity);
        }
        else if (_type == MessageType.Candles)
        {
            Grow(_candle[0], _candle[4]);
            Grow(_candle[1], _candle[6]);
            Grow(_candle[2], default);
            Grow(_candle[3], default);
        }
        else
        {
            foreach ((Number price, Number quantity) in CollectionsMarshal.AsSpan(_bids))
            {
                Grow(price, quantity);
            }

            foreach ((Number price, Number quantity) in CollectionsMarshal.AsSpan(_asks))
            {
                Grow(price, quantity);
            }
        }
    }

    private void Grow(Number price, Number quantity)
    {
        _priceDecimals = Math.Max(_priceDecimals, price.Decimals);
        _quantityDecimals = Math.Max(_quantityDecimals, quantity.Decimals);
    }

    private void MeasureLargest()
    {
        _priceMax = _quantityMax = 0;
        if (_type is MessageType.Trades or MessageType.AggregateTrades)
        {
            Measure(_price, _quantity);
        }
        else if (_type == MessageType.Candles)
        {
            Measure(_candle[0], _candle[4]);
            Measure(_candle[1], _candle[6]);
            Measure(_candle[2], default);
            Measure(_candle[3], default);
        }
        else
        {
            foreach ((Number price, Number quantity) in CollectionsMarshal.AsSpan(_bids))
            {
                Measure(price, quantity);
            }

            foreach ((Number price, Number quantity) in CollectionsMarshal.AsSpan(_asks))
            {
                Measure(price, quantity);
            }
        }
    }

    private void Measure(Number price, Number quantity)
    {
        _priceMax = Int128.Max(_priceMax, (Int128)price.Value * PowersOfTen.Of(_priceDecimals - price.Decimals));
        _quantityMax = Int128.Max(_quantityMax, (Int128)quantity.Value * PowersOfTen.Of(_quantityDecimals - quantity.Decimals));
    }

    // Bit length of the largest number of so many bits, with more decimals.
    private static int Grown(int bits, int decimals) => BitLength(((Int128.One << bits) - 1) * PowersOfTen.Of(decimals));

    private static int BitLength(Int128 value) => 128 - (int)Int128.LeadingZeroCount(value);

    private void WriteInstrument(Instrument instrument, in Frame frame, RecordBuffer batch)
    {
        ref InstrumentDefinition first = ref batch.Add<InstrumentDefinition>();
        first.Header.Flags = RecordFlags.FirstInMessage;
        first.Header.ReceivedAtNs = frame.ReceivedAtNs;
        first.Header.VenueTimeNs = _eventTimeNs;
        first.InstrumentId = instrument.Id;
        first.Epoch = instrument.Epoch;
        first.Venue = _venue;
        first.PriceDecimals = (byte)instrument.PriceDecimals;
        first.QuantityDecimals = (byte)instrument.QuantityDecimals;
        first.PriceBits = (byte)instrument.PriceBits;
        first.QuantityBits = (byte)instrument.QuantityBits;

        ref InstrumentSymbol second = ref batch.Add<InstrumentSymbol>();
        second.Header.Flags = RecordFlags.Continued;
        second.Header.ReceivedAtNs = frame.ReceivedAtNs;
        second.Header.VenueTimeNs = _eventTimeNs;
        second.Symbol = Text40.Of(instrument.SymbolBytes);

        ref InstrumentLimits third = ref batch.Add<InstrumentLimits>();
        third.Header.Flags = RecordFlags.Continued | RecordFlags.LastInMessage;
        third.Header.ReceivedAtNs = frame.ReceivedAtNs;
        third.Header.VenueTimeNs = _eventTimeNs;
    }

    private void WriteStream(KnownStream stream, in Frame frame, RecordBuffer batch)
    {
        bool isBook = stream.Role == StreamRole.Book;
        ref StreamDefinition first = ref batch.Add<StreamDefinition>();
        first.Header.Flags = RecordFlags.FirstInMessage;
        first.Header.StreamId = stream.Id;
        first.Header.ReceivedAtNs = frame.ReceivedAtNs;
        first.Header.VenueTimeNs = _eventTimeNs;
        first.InstrumentId = stream.Instrument.Id;
        first.Role = stream.Role;
        first.Connection = frame.Connection;
        if (isBook)
        {
            first.Continuity = _isSpot ? ContinuityRule.Range : ContinuityRule.Link;
            first.Bridge = _isSpot ? BridgeRule.RangeAfter : BridgeRule.RangeAround;
            first.Evidence = Evidence.Sequence;
            first.StaleAfterNs = StaleAfterNs;
        }

        ref StreamChannel second = ref batch.Add<StreamChannel>();
        second.Header.Flags = RecordFlags.Continued | RecordFlags.LastInMessage;
        second.Header.StreamId = stream.Id;
        second.Header.ReceivedAtNs = frame.ReceivedAtNs;
        second.Header.VenueTimeNs = _eventTimeNs;
        second.Channel = Text40.Of(Encoding.ASCII.GetBytes(stream.Channel));
    }

    private void WriteMessage(KnownStream stream, in Frame frame, RecordBuffer batch)
    {
        RecordFlags flags = _type == MessageType.BookSnapshot ? RecordFlags.Snapshot : RecordFlags.None;
        var header = new RecordHeader
        {
            Flags = flags,
            StreamId = stream.Id,
            ReceivedAtNs = frame.ReceivedAtNs,
            VenueTimeNs = _eventTimeNs,
        };

        ref MessageBegin begin = ref batch.Add<MessageBegin>();
        begin.Header = header with { Kind = RecordKind.MessageBegin, Flags = flags | RecordFlags.FirstInMessage, Code = (byte)_type };
        begin.LastSequence = _last;
        begin.FirstSequence = _first;
        begin.PreviousSequence = _previous;
        begin.MatchingTimeNs = _matchingTimeNs;
        begin.Connection = frame.Connection;
        begin.Detail = _type == MessageType.BookSnapshot ? (byte)Limits() : (byte)_origin;

        switch (_type)
        {
            case MessageType.Ticker:
                WriteQuote(Side.Bid, _bids[0], header, batch);
                WriteQuote(Side.Ask, _asks[0], header, batch);
                break;
            case MessageType.Trades or MessageType.AggregateTrades:
                WriteTrade(header, batch);
                break;
            case MessageType.Candles:
                WriteCandle(header, batch);
                break;
            default:
                WriteLevels(Side.Bid, _bids, header, batch);
                WriteLevels(Side.Ask, _asks, header, batch);
                break;
        }

        batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
    }

    // A side as long as the depth asked for was cut there. What was asked for is not in the answer: it is the smallest depth that can be
    // asked for and holds both sides; on spot, which takes any depth, also the longer side's own number of rows where that is round.
    private SnapshotLimits Limits()
    {
        int depth = Math.Max(_bids.Count, _asks.Count);
        bool roundOnSpot = _venue == Venue.BinanceSpot && depth > 0 && depth % 10 == 0;
        foreach (int limit in DepthLimits)
        {
            if (limit >= depth && !roundOnSpot)
            {
                depth = limit;
                break;
            }
        }

        return (_bids.Count == depth ? SnapshotLimits.BidsCut : SnapshotLimits.None)
            | (_asks.Count == depth ? SnapshotLimits.AsksCut : SnapshotLimits.None);
    }

    private void WriteLevels(Side side, List<(Number Price, Number Quantity)> rows, RecordHeader header, RecordBuffer batch)
    {
        header.Kind = RecordKind.LevelSet;
        header.Code = (byte)side;
        foreach ((Number price, Number quantity) in CollectionsMarshal.AsSpan(rows))
        {
            ref LevelSet level = ref batch.Add<LevelSet>();
            header.TextForm = TextForm.Of(price.WrittenDecimals, quantity.WrittenDecimals);
            level.Header = header;
            level.PriceTicks = price.At(_priceDecimals);
            level.QuantityLots = quantity.At(_quantityDecimals);
        }
    }

    private void WriteQuote(Side side, (Number Price, Number Quantity) best, RecordHeader header, RecordBuffer batch)
    {
        ref Quote quote = ref batch.Add<Quote>();
        quote.Header = header with
        {
            Kind = RecordKind.Quote,
            Code = (byte)side,
            TextForm = TextForm.Of(best.Price.WrittenDecimals, best.Quantity.WrittenDecimals),
        };
        quote.PriceTicks = best.Price.At(_priceDecimals);
        quote.QuantityLots = best.Quantity.At(_quantityDecimals);
        quote.UpdateId = _last;
    }

    private void WriteTrade(RecordHeader header, RecordBuffer batch)
    {
        ref Trade trade = ref batch.Add<Trade>();
        trade.Header = header with
        {
            Kind = RecordKind.Trade,
            Code = (byte)(_flag ? Side.Ask : Side.Bid),
            TextForm = TextForm.Of(_price.WrittenDecimals, _quantity.WrittenDecimals),
        };
        trade.PriceTicks = _price.At(_priceDecimals);
        trade.QuantityLots = _quantity.At(_quantityDecimals);
        trade.TradeIdLow = _id;
        trade.TradeSequence = Sequence.None;
    }

    private void WriteCandle(RecordHeader header, RecordBuffer batch)
    {
        header.Kind = RecordKind.Candle;
        header.TextForm = TextForm.Of(_candle[3].WrittenDecimals, _candle[4].WrittenDecimals);
        ref Candle candle = ref batch.Add<Candle>();
        candle.Header = header;
        candle.OpenTicks = _candle[0].At(_priceDecimals);
        candle.HighTicks = _candle[1].At(_priceDecimals);
        candle.LowTicks = _candle[2].At(_priceDecimals);
        candle.CloseTicks = _candle[3].At(_priceDecimals);
        candle.VolumeLots = _candle[4].At(_quantityDecimals);

        header.Flags |= RecordFlags.Continued;
        int turnoverDecimals = Math.Max(_candle[5].WrittenDecimals, _candle[7].WrittenDecimals);
        ref CandleTurnover turnover = ref batch.Add<CandleTurnover>();
        turnover.Header = header with { Code = (byte)(_flag ? 1 : 0) };
        turnover.Turnover = _candle[5].At(turnoverDecimals);
        turnover.StartNs = _startNs;
        turnover.IntervalText = _interval;
        turnover.TradeCount = _tradeCount;
        turnover.TurnoverDecimals = (byte)turnoverDecimals;
        turnover.VolumeDecimals = (byte)_quantityDecimals;

        ref CandleTaker taker = ref batch.Add<CandleTaker>();
        taker.Header = header;
        taker.TakerVolumeLots = _candle[6].At(_quantityDecimals);
        taker.TakerTurnover = _candle[7].At(turnoverDecimals);
        taker.CloseNs = _closeNs;
    }
}
