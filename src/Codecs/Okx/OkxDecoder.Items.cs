using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// The items of data, each a message of its own: which fields it must have, which exponents, and what has to be defined first.
public sealed partial class OkxDecoder
{
    // Where the message of the item at hand begins in the batch.
    private int _itemStart;

    // The scanner stands at data, which names the stream of _channel, _symbol and _key.
    private bool ReadItems(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        int start = scanner.Position;
        scanner.EnterArray();
        int items = 0;
        while (scanner.NextElement())
        {
            items++;
            _itemStart = batch.Count;
            _sidesRead = 0;
            bool read = _channel == OkxChannel.Candles
                ? ReadCandleRow(ref scanner)
                : Expect(ref scanner, JsonToken.Object) && ReadMembers(ref scanner, frame, batch, _item, OkxScope.Item) && CheckItem(ref scanner);
            if (!read || !FinishItem(ref scanner, frame, batch))
            {
                return false;
            }
        }

        if (items == 0 && !scanner.Failed)
        {
            _top.Missing = FieldSet.Bit(OkxFields.Data);
            return scanner.Fail(RejectReason.MissingField, start);
        }

        return !scanner.Failed;
    }

    private bool ReadItemsAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonScanner again = new(frame.Bytes, _top[OkxFields.Data].Start);
        return ReadItems(ref again, frame, batch) || scanner.Fail(again.Reason, again.FaultByte);
    }

    // What is wrong inside the value comes before its being of another type.
    private static bool Expect(ref JsonScanner scanner, JsonToken token)
    {
        if (scanner.Peek() == token)
        {
            return true;
        }

        int at = scanner.Position;
        return scanner.SkipValue() && scanner.Fail(RejectReason.WrongType, at);
    }

    // Fields present and once, and about the instrument that arg names.
    private bool CheckItem(ref JsonScanner scanner)
    {
        const ulong Book = (1UL << OkxFields.Asks) | (1UL << OkxFields.Bids) | (1UL << OkxFields.Time);
        const ulong Ids = (1UL << OkxFields.SequenceId) | (1UL << OkxFields.PreviousSequenceId) | (1UL << OkxFields.Checksum);
        const ulong Instrument = 1UL << OkxFields.InstrumentId;
        const ulong Trade = (1UL << OkxFields.TradeId) | (1UL << OkxFields.Price) | (1UL << OkxFields.Size) | (1UL << OkxFields.Side)
            | (1UL << OkxFields.Time);
        const ulong TradeOptional = Instrument | (1UL << OkxFields.Count) | (1UL << OkxFields.Source) | (1UL << OkxFields.SequenceId);
        const ulong Ticker = (1UL << OkxFields.AskPrice) | (1UL << OkxFields.AskSize) | (1UL << OkxFields.BidPrice) | (1UL << OkxFields.BidSize)
            | (1UL << OkxFields.Time);
        (ulong required, ulong optional) = _channel switch
        {
            OkxChannel.Trades or OkxChannel.TradesAll => (Trade, TradeOptional),
            OkxChannel.Tickers => (Ticker, Instrument),
            _ => (Book, Ids | Instrument),
        };
        if (!Fields.Check(ref scanner, _item, required, optional))
        {
            return false;
        }

        if (OkxChannels.IsBook(_channel)
            && !(Fields.CheckType(ref scanner, _item, OkxFields.Asks, JsonToken.Array) && Fields.CheckType(ref scanner, _item, OkxFields.Bids, JsonToken.Array)))
        {
            return false;
        }

        if (!_item.Has(OkxFields.InstrumentId))
        {
            return true;
        }

        return Fields.CheckType(ref scanner, _item, OkxFields.InstrumentId, JsonToken.String)
            && (scanner.TextIs(_item[OkxFields.InstrumentId], _symbol.Text)
                || scanner.Fail(RejectReason.SymbolMismatch, _item[OkxFields.InstrumentId].Start));
    }

    private bool FinishItem(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        // A candle states when it began, not when it was sent.
        long venueTimeNs = 0;
        if (_channel != OkxChannel.Candles && !Fields.TryTimeText(ref scanner, _item[OkxFields.Time], out venueTimeNs))
        {
            return false;
        }

        if (_sidesRead == BothSides && _draft.Rows.Need.IsNone)
        {
            // The usual book: its rows are in the batch already, only the time stands behind them.
            SetVenueTime(batch, venueTimeNs);
        }
        else
        {
            batch.Truncate(_itemStart);
            _draft.Begin(batch, frame, _stream, _stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), venueTimeNs);
            if (!WriteBody(ref scanner, frame, batch)
                || (_draft.NeedsDefinition && !(TryDefine(ref scanner, frame, batch) && WriteBody(ref scanner, frame, batch))))
            {
                return false;
            }

            _stream = _draft.Stream;
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, MessageOf());
        return FillBegin(ref scanner, ref begin);
    }

    private bool TryDefine(ref JsonScanner scanner, in Frame frame, RecordBuffer batch) =>
        _draft.TryDefine(ref scanner, frame, batch, new NewStream
        {
            Name = _key.Text,
            Symbol = _symbol.Text,
            ChannelName = _channelName.Text,
            Channel = (byte)_channel,
            Rules = Rules(),
        });

    // A trade with a count is one that the venue has put together from so many.
    private MessageType MessageOf() => _channel switch
    {
        OkxChannel.Trades or OkxChannel.TradesAll => _item.Has(OkxFields.Count) ? MessageType.AggregateTrades : MessageType.Trades,
        OkxChannel.Tickers => MessageType.Ticker,
        OkxChannel.Candles => MessageType.Candles,
        _ => _isSnapshot ? MessageType.BookSnapshot : MessageType.BookDelta,
    };

    // MessageBegin and everything behind it; MessageBegin's own fields follow in FillBegin.
    private bool WriteBody(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        batch.Add<MessageBegin>();
        return _channel switch
        {
            OkxChannel.Trades or OkxChannel.TradesAll => WriteTrade(ref scanner, batch),
            OkxChannel.Tickers => WriteTicker(ref scanner, batch),
            OkxChannel.Candles => WriteCandle(ref scanner, batch),
            _ => WriteBook(ref scanner, frame, batch),
        };
    }

    private bool FillBegin(ref JsonScanner scanner, ref MessageBegin begin) => _channel switch
    {
        OkxChannel.Trades or OkxChannel.TradesAll => FillTrade(ref scanner, ref begin),
        OkxChannel.Tickers or OkxChannel.Candles => true,
        _ => FillBook(ref scanner, ref begin),
    };

    private void SetVenueTime(RecordBuffer batch, long venueTimeNs)
    {
        _draft.Rows.Header.VenueTimeNs = venueTimeNs;
        foreach (ref Record record in batch.Records[_itemStart..])
        {
            record.Header.VenueTimeNs = venueTimeNs;
        }
    }
}
