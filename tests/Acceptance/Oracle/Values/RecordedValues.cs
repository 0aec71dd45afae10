using Lob.Fast.Baselines.Values;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Oracle.Values;

/// <summary>
/// The records of the engine's decoder in the form in which the alternative decoders write: what each of them must have found in the same frame. Candles,
/// single orders and books from REST (Binance's excepted) are left out by the alternatives, and here.
/// </summary>
internal sealed class RecordedValues(Venue venue)
{
    private readonly Dictionary<uint, (string Symbol, int PriceDecimals, int QuantityDecimals)> _instruments = [];
    private readonly Dictionary<uint, (uint Instrument, bool IsLeftOut)> _streams = [];
    private readonly bool _isCounted = venue is Venue.Bitfinex or Venue.CoinbaseAdvanced;

    /// <summary>The values of the frame at hand, levels with bids first.</summary>
    public List<FrameValue> Values { get; } = [];

    /// <summary>The symbol of each message, in order.</summary>
    public List<string> Symbols { get; } = [];

    /// <summary>The frame holds something that the alternatives leave out, so that they may say anything about it.</summary>
    public bool IsLeftOut { get; private set; }

    /// <summary>The frame has numbers with more decimals than the values hold; only synthetic recordings have such.</summary>
    public bool IsTooFine { get; private set; }

    /// <summary>Takes the records of a frame.</summary>
    public void Take(ReadOnlySpan<Record> records)
    {
        Values.Clear();
        Symbols.Clear();
        (IsLeftOut, IsTooFine) = (false, false);
        int from = 0;
        for (int at = 0; at < records.Length; at++)
        {
            if (records[at].Header.Has(RecordFlags.LastInMessage))
            {
                TakePart(records[from..(at + 1)]);
                from = at + 1;
            }
        }
    }

    private void TakePart(ReadOnlySpan<Record> part)
    {
        switch (part[0].Header.Kind)
        {
            case RecordKind.InstrumentDefinition:
                InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(part[0]);
                string symbol = Record.Read<InstrumentSymbol>(part[1]).Symbol.ToString();
                _instruments[instrument.InstrumentId] = (symbol, instrument.PriceDecimals, instrument.QuantityDecimals);
                break;
            case RecordKind.StreamDefinition:
                StreamDefinition stream = Record.Read<StreamDefinition>(part[0]);
                bool isRest = stream.Role == StreamRole.BookSnapshots && venue is not (Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM);
                _streams[stream.Header.StreamId] = (stream.InstrumentId, isRest || stream.Role is StreamRole.Orders or StreamRole.Candles);
                break;
            case RecordKind.MessageBegin:
                TakeMessage(part);
                break;
        }
    }

    private void TakeMessage(ReadOnlySpan<Record> message)
    {
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        (uint instrumentId, bool isLeftOut) = _streams[begin.Header.StreamId];
        (string Symbol, int PriceDecimals, int QuantityDecimals) instrument = _instruments.GetValueOrDefault(instrumentId, ("", 0, 0));
        if (begin.Type == MessageType.Ended)
        {
            return;
        }

        if (isLeftOut)
        {
            if (!_isCounted || begin.LastSequence == Sequence.None)
            {
                IsLeftOut = true;
                return;
            }

            // Of frames that are left out the number is still told, as of any other.
            begin.Header.Code = (byte)MessageType.Heartbeat;
            begin.FirstSequence = Sequence.None;
            begin.MatchingTimeNs = 0;
            begin.ChecksumPresence = ChecksumPresence.NoField;
            begin.Checksum = 0;
            message = message[..1];
        }

        AddMessage(begin, instrument.Symbol);
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            foreach (ref readonly Record record in message)
            {
                if (record.Header.Kind == RecordKind.LevelSet && record.Header.Side == side)
                {
                    LevelSet level = Record.Read<LevelSet>(record);
                    AddPriced(FrameValueKind.Level, record.Header, level.PriceTicks, level.QuantityLots, instrument.PriceDecimals, instrument.QuantityDecimals,
                        record.Header.VenueTimeNs, level.OrderCount);
                }
            }
        }

        foreach (ref readonly Record record in message)
        {
            if (record.Header.Kind == RecordKind.Trade)
            {
                Trade trade = Record.Read<Trade>(record);
                AddPriced(FrameValueKind.Trade, record.Header, trade.PriceTicks, trade.QuantityLots, instrument.PriceDecimals, instrument.QuantityDecimals,
                    record.Header.VenueTimeNs, 0);
                Values.Add(new FrameValue
                {
                    Kind = FrameValueKind.TradeId,
                    First = trade.TradeIdLow,
                    Second = trade.TradeIdHigh,
                    Third = trade.TradeSequence,
                });
            }
            else if (record.Header.Kind == RecordKind.Quote)
            {
                Quote quote = Record.Read<Quote>(record);
                AddPriced(FrameValueKind.Quote, record.Header, quote.PriceTicks, quote.QuantityLots, instrument.PriceDecimals, instrument.QuantityDecimals,
                    quote.UpdateId, 0);
            }
        }
    }

    private void AddMessage(in MessageBegin begin, string symbol)
    {
        var message = new FrameValue
        {
            Kind = FrameValueKind.Message,
            Code = begin.Header.Code,
            First = begin.LastSequence,
            Second = begin.FirstSequence,

            // The engine repeats the number of a frame with several messages here.
            Third = venue == Venue.CoinbaseAdvanced ? Sequence.None : begin.PreviousSequence,
        };
        var times = new FrameValue
        {
            Kind = FrameValueKind.Times,
            Code = (byte)(begin.ChecksumPresence == ChecksumPresence.NoField ? 0 : 1),
            First = begin.Header.VenueTimeNs,
            Second = begin.MatchingTimeNs,
            Third = begin.Checksum,
        };
        ValueMessages.Add(Values, Symbols, message, times, symbol);
    }

    private void AddPriced(FrameValueKind kind, in RecordHeader header, long price, long quantity, int priceDecimals, int quantityDecimals, long third, uint place) =>
        Values.Add(new FrameValue
        {
            Kind = kind,
            Code = (byte)header.Side,
            TextForm = header.TextForm,
            Place = place,
            First = Scaled(price, priceDecimals),
            Second = Scaled(quantity, quantityDecimals),
            Third = third,
        });

    private long Scaled(long value, int decimals)
    {
        if (value == Sequence.None)
        {
            return value;
        }

        if (decimals <= FrameValue.Decimals)
        {
            return checked(value * PowersOfTen.Of(FrameValue.Decimals - decimals));
        }

        (long scaled, long lost) = Math.DivRem(value, PowersOfTen.Of(decimals - FrameValue.Decimals));
        IsTooFine |= lost != 0;
        return scaled;
    }
}
