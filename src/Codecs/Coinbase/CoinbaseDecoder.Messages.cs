using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// From a frame that is known to be market data to the finished batch: which stream, which exponents, and what has to be defined first.
public sealed partial class CoinbaseDecoder
{
    // Product of the message at hand, the name of its stream, and any other name.
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();
    private readonly NameBuffer _name = new();

    private DecodeOutcome Produce(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, CoinbaseEvent kind)
    {
        JsonValue product = _top[CoinbaseFields.ProductId];
        if (!Fields.Check(ref scanner, _top, 1UL << CoinbaseFields.ProductId, 0)
            || !Fields.CheckType(ref scanner, _top, CoinbaseFields.ProductId, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_symbol.Set(product, frame.Bytes) || !Fields.IsName(_symbol.Text))
        {
            return Reject(ref scanner, RejectReason.BadName, product.Start);
        }

        CoinbaseChannel channel = ChannelOf(kind, frame.Connection);
        DecodeOutcome outcome = Finish(ref scanner, frame, batch, kind, channel);
        if (outcome == DecodeOutcome.Records && channel == CoinbaseChannel.Full && kind != CoinbaseEvent.Match)
        {
            _subscriptions.NoteFull(_symbol.Text, frame.Connection);
        }

        return outcome;
    }

    // _symbol names the product.
    private CoinbaseChannel ChannelOf(CoinbaseEvent kind, ushort connection)
    {
        if (kind != CoinbaseEvent.Match)
        {
            return CoinbaseEvents.ChannelOf(kind);
        }

        bool full = _subscriptions.HasFull(_symbol.Text, connection)
            || (!_subscriptions.IsAcknowledged(connection) && FindStream(CoinbaseChannel.Full) is not null);
        return full ? CoinbaseChannel.Full : CoinbaseChannel.Matches;
    }

    private CodecStream? FindStream(CoinbaseChannel channel) =>
        CoinbaseNaming.TryName(_symbol.Text, channel, _key) ? _streams.Find(_key.Text) : null;

    private DecodeOutcome Finish(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, CoinbaseEvent kind, CoinbaseChannel channel)
    {
        long venueTimeNs = 0;
        CodecStream? stream = FindStream(channel);
        if (!Fields.Check(ref scanner, _top, NeededBy(kind), OptionalFor(kind))
            || (_top.Has(CoinbaseFields.Time) && !TextFields.TryIsoTime(ref scanner, _top[CoinbaseFields.Time], out venueTimeNs)))
        {
            return DecodeOutcome.Rejected;
        }

        if (stream is not null && ReferenceEquals(stream, _bookRead) && kind == CoinbaseEvent.BookUpdate && _draft.Rows.Need.IsNone)
        {
            // The usual change of a book: its rows are in the batch already, only their time came behind them.
            SetVenueTime(batch, venueTimeNs);
        }
        else
        {
            batch.Clear();
            _draft.Begin(batch, frame, stream, stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), venueTimeNs);
            if (!WriteBody(ref scanner, frame, batch, kind, channel))
            {
                return DecodeOutcome.Rejected;
            }

            if (_draft.NeedsDefinition)
            {
                NewStream newStream = new()
                {
                    Name = _key.Text,
                    Symbol = _symbol.Text,
                    ChannelName = _subscriptions.ChannelName(_symbol.Text, channel),
                    Channel = (byte)channel,
                    Rules = CoinbaseChannels.RulesOf(channel),
                };
                if (!_draft.TryDefine(ref scanner, frame, batch, newStream) || !WriteBody(ref scanner, frame, batch, kind, channel))
                {
                    return DecodeOutcome.Rejected;
                }
            }
        }

        if (kind == CoinbaseEvent.BookUpdate && !CheckRepeats(ref scanner, frame, batch))
        {
            return DecodeOutcome.Rejected;
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, CoinbaseEvents.MessageOf(kind, channel));
        if (!FillBegin(ref scanner, ref begin, channel))
        {
            return DecodeOutcome.Rejected;
        }

        if (kind is CoinbaseEvent.BookUpdate or CoinbaseEvent.BookSnapshot)
        {
            _books.Add(frame.Bytes[_top[CoinbaseFields.ProductId].Start..], _draft.Stream!);
        }

        return DecodeOutcome.Records;
    }

    private static ulong NeededBy(CoinbaseEvent kind)
    {
        const ulong Trade = (1UL << CoinbaseFields.Sequence) | (1UL << CoinbaseFields.Time) | (1UL << CoinbaseFields.TradeId) | (1UL << CoinbaseFields.Price)
            | (1UL << CoinbaseFields.Size) | (1UL << CoinbaseFields.Side);
        const ulong Order = (1UL << CoinbaseFields.Sequence) | (1UL << CoinbaseFields.Time) | (1UL << CoinbaseFields.OrderId) | (1UL << CoinbaseFields.Side);
        return kind switch
        {
            CoinbaseEvent.BookUpdate => (1UL << CoinbaseFields.Changes) | (1UL << CoinbaseFields.Time),
            CoinbaseEvent.BookSnapshot => (1UL << CoinbaseFields.Bids) | (1UL << CoinbaseFields.Asks),
            CoinbaseEvent.RestLevels or CoinbaseEvent.RestOrders =>
                (1UL << CoinbaseFields.Bids) | (1UL << CoinbaseFields.Asks) | (1UL << CoinbaseFields.Sequence),
            CoinbaseEvent.Ticker => (1UL << CoinbaseFields.Sequence) | (1UL << CoinbaseFields.BestBid) | (1UL << CoinbaseFields.BestAsk),
            CoinbaseEvent.Match => Trade,
            CoinbaseEvent.Heartbeat => (1UL << CoinbaseFields.Sequence) | (1UL << CoinbaseFields.LastTradeId) | (1UL << CoinbaseFields.Time),
            CoinbaseEvent.Received => Order | (1UL << CoinbaseFields.OrderType),
            CoinbaseEvent.Open => Order | (1UL << CoinbaseFields.Price) | (1UL << CoinbaseFields.RemainingSize),
            CoinbaseEvent.Done => Order | (1UL << CoinbaseFields.Reason),
            CoinbaseEvent.Activate => 1UL << CoinbaseFields.Sequence,
            _ => Order,
        };
    }

    private static ulong OptionalFor(CoinbaseEvent kind)
    {
        const ulong Time = 1UL << CoinbaseFields.Time;
        const ulong Price = 1UL << CoinbaseFields.Price;
        return kind switch
        {
            CoinbaseEvent.Ticker => Time | (1UL << CoinbaseFields.BestBidSize) | (1UL << CoinbaseFields.BestAskSize),
            CoinbaseEvent.Match => (1UL << CoinbaseFields.MakerOrderId) | (1UL << CoinbaseFields.TakerOrderId),
            CoinbaseEvent.Received => Price | (1UL << CoinbaseFields.Size) | (1UL << CoinbaseFields.Funds) | (1UL << CoinbaseFields.ClientOid)
                | (1UL << CoinbaseFields.ClientOidHyphen),
            CoinbaseEvent.Done => Price | (1UL << CoinbaseFields.RemainingSize),
            CoinbaseEvent.Change => Price | (1UL << CoinbaseFields.Reason) | (1UL << CoinbaseFields.NewSize) | (1UL << CoinbaseFields.OldSize)
                | (1UL << CoinbaseFields.NewPrice) | (1UL << CoinbaseFields.OldPrice) | (1UL << CoinbaseFields.NewFunds),
            _ => Time,
        };
    }

    // MessageBegin and everything behind it; MessageBegin's own fields follow in FillBegin.
    private bool WriteBody(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, CoinbaseEvent kind, CoinbaseChannel channel)
    {
        batch.Add<MessageBegin>();
        switch (kind)
        {
            case CoinbaseEvent.BookUpdate:
                return ReadChangesAgain(ref scanner, frame, batch);
            case CoinbaseEvent.BookSnapshot:
                return WriteBook(ref scanner, frame, batch);
            case CoinbaseEvent.RestLevels:
                return WriteRestLevels(ref scanner, frame, batch);
            case CoinbaseEvent.RestOrders:
                return WriteRestOrders(ref scanner, frame, batch);
            case CoinbaseEvent.Ticker:
                return WriteTicker(ref scanner, batch);
            case CoinbaseEvent.Match:
                return channel == CoinbaseChannel.Full ? WriteMatch(ref scanner, batch) : WriteTrade(ref scanner, batch);
            case CoinbaseEvent.Heartbeat or CoinbaseEvent.Activate:
                return true;
            default:
                return WriteOrder(ref scanner, batch, kind);
        }
    }

    private bool FillBegin(ref JsonScanner scanner, ref MessageBegin begin, CoinbaseChannel channel)
    {
        switch (channel)
        {
            case CoinbaseChannel.Level2:
                return true;
            case CoinbaseChannel.RestLevels:
                begin.Detail = (byte)_restLimits;
                return TrySequence(ref scanner, out begin.LastSequence);
            case CoinbaseChannel.Full:
                if (!TrySequence(ref scanner, out begin.LastSequence))
                {
                    return false;
                }

                begin.FirstSequence = begin.LastSequence;
                return true;
            case CoinbaseChannel.Heartbeat:
                return TrySequence(ref scanner, out begin.LastSequence)
                    && Fields.TryInteger(ref scanner, _top, CoinbaseFields.LastTradeId, 0, out begin.FirstSequence);
            default:
                return TrySequence(ref scanner, out begin.LastSequence);
        }
    }

    private bool TrySequence(ref JsonScanner scanner, out long sequence) =>
        Fields.TryInteger(ref scanner, _top, CoinbaseFields.Sequence, 0, out sequence);

    // Which stream a rejected frame belongs to, as far as it was read.
    private protected override uint AttributeFault(in Frame frame)
    {
        if (!_top.Has(CoinbaseFields.Type))
        {
            const ulong Book = (1UL << CoinbaseFields.Bids) | (1UL << CoinbaseFields.Asks);
            return (_top.Seen & Book) == 0 || !SetRestSymbol(frame) ? 0
                : FindStream(CoinbaseChannel.RestOrders)?.Id ?? FindStream(CoinbaseChannel.RestLevels)?.Id ?? 0;
        }

        if (!_top.Has(CoinbaseFields.Type, JsonToken.String) || !_name.Set(_top[CoinbaseFields.Type], frame.Bytes)
            || !_top.Has(CoinbaseFields.ProductId, JsonToken.String) || !_symbol.Set(_top[CoinbaseFields.ProductId], frame.Bytes))
        {
            return 0;
        }

        CoinbaseChannel channel = ChannelOf(CoinbaseEvents.Classify(_name.Text), frame.Connection);
        return channel == CoinbaseChannel.Other ? 0 : FindStream(channel)?.Id ?? 0;
    }
}
