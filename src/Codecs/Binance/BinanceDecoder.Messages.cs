using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// From a frame that is known to be market data to the finished batch: which stream, which exponents, and what has to be defined first.
public sealed partial class BinanceDecoder
{
    // Scales, header and what was met of the message at hand; for all kinds of messages, not only those with rows.
    private LevelRowsState _rows;

    private DecodeOutcome Produce(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel,
        ReadOnlySpan<byte> streamSymbol, ReadOnlySpan<byte> channelName)
    {
        if (!CheckFields(ref scanner, fields, FieldSet.Bit(BinanceFields.LowerS), 0)
            || !CheckType(ref scanner, fields, BinanceFields.LowerS, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        ref JsonValue symbolValue = ref fields[BinanceFields.LowerS];
        BinanceStream? stream = _streamOfName;
        if (stream is null || symbolValue.Escaped || !symbolValue.In(frame.Bytes).SequenceEqual(stream.Instrument.Symbol))
        {
            if (!_symbol.Set(symbolValue, frame.Bytes) || !IsName(_symbol.Text))
            {
                return Reject(ref scanner, RejectReason.BadName, symbolValue.Start);
            }

            _symbol.ToUpper();
            ReadOnlySpan<byte> expected = stream is null ? streamSymbol : stream.Instrument.Symbol;
            if (!expected.IsEmpty && !Ascii.EqualsIgnoreCase(expected, _symbol.Text))
            {
                return Reject(ref scanner, RejectReason.SymbolMismatch, symbolValue.Start);
            }

            if (!IsName(channelName) || !SetKey(_symbol.Text, channelName))
            {
                return Reject(ref scanner, RejectReason.BadName, _top[BinanceFields.Stream].Start);
            }

            stream ??= _streams.Find(_key.Text);
        }

        return Finish(ref scanner, frame, batch, fields, channel, stream, channelName);
    }

    // The stream is known, or _symbol and _key name it.
    private DecodeOutcome Finish(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel,
        BinanceStream? stream, ReadOnlySpan<byte> channelName)
    {
        if (!TryOptionalTime(ref scanner, fields, BinanceFields.UpperE, out long venueTimeNs))
        {
            return DecodeOutcome.Rejected;
        }

        int first = 0;
        if (stream is not null && ReferenceEquals(stream, _bookRead) && _sidesRead == BothSides && _rows.Need.IsNone)
        {
            // The usual depth message: its rows are in the batch already.
            if (_rows.Header.VenueTimeNs != venueTimeNs)
            {
                SetVenueTime(batch, venueTimeNs);
            }
        }
        else
        {
            BinanceInstrument? known = stream?.Instrument ?? FindInstrument(_symbol.Text);
            BeginMessage(stream?.Id ?? _lastStreamId + 1, frame, venueTimeNs, known?.PriceDecimals ?? 0, known?.QuantityDecimals ?? 0);
            batch.Clear();
            if (!WriteBody(ref scanner, frame, batch, fields, channel))
            {
                return DecodeOutcome.Rejected;
            }

            if (stream is null || !_rows.Need.IsNone)
            {
                if (!Define(ref scanner, frame, batch, channel, ref stream, known, channelName, out first)
                    || !WriteBody(ref scanner, frame, batch, fields, channel))
                {
                    return DecodeOutcome.Rejected;
                }
            }
        }

        ref MessageBegin begin = ref Record.As<MessageBegin>(ref batch[first]);
        if (!FillBegin(ref scanner, ref begin, fields, channel))
        {
            return DecodeOutcome.Rejected;
        }

        begin.Header.StreamId = _rows.Header.StreamId;
        begin.Header.ReceivedAtNs = frame.ReceivedAtNs;
        begin.Header.VenueTimeNs = venueTimeNs;
        begin.Connection = frame.Connection;
        begin.Header.Flags |= RecordFlags.FirstInMessage | (_rows.Header.Flags & RecordFlags.Snapshot);
        batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        Commit(batch, first, channel, stream);
        return DecodeOutcome.Records;
    }

    // From here on the message is good: what it defines and the largest numbers it holds become part of the decoder's state.
    private void Commit(RecordBuffer batch, int first, BinanceChannel channel, BinanceStream? stream)
    {
        if (first == 0)
        {
            BinanceInstrument known = stream!.Instrument;
            known.PricesMet |= _rows.PricesMet;
            known.QuantitiesMet |= _rows.QuantitiesMet;
            return;
        }

        BinanceInstrument? instrument = stream?.Instrument ?? FindInstrument(_symbol.Text);
        if (batch[0].Header.Kind == RecordKind.InstrumentDefinition)
        {
            ref InstrumentDefinition definition = ref Record.As<InstrumentDefinition>(ref batch[0]);
            if (instrument is null)
            {
                instrument = new BinanceInstrument { Id = ++_lastInstrumentId, Symbol = _symbol.Text.ToArray() };
                AddInstrument(instrument);
            }
            else
            {
                BinanceInstrument.TryGrow(instrument.PricesMet, definition.PriceDecimals - instrument.PriceDecimals, out long prices);
                BinanceInstrument.TryGrow(instrument.QuantitiesMet, definition.QuantityDecimals - instrument.QuantityDecimals, out long quantities);
                instrument.PricesMet = prices;
                instrument.QuantitiesMet = quantities;
            }

            instrument.Epoch = definition.Epoch;
            instrument.PriceDecimals = definition.PriceDecimals;
            instrument.QuantityDecimals = definition.QuantityDecimals;
        }

        instrument!.PricesMet |= _rows.PricesMet;
        instrument.QuantitiesMet |= _rows.QuantitiesMet;
        if (batch[0].Header.Kind == RecordKind.InstrumentDefinition)
        {
            ref InstrumentDefinition definition = ref Record.As<InstrumentDefinition>(ref batch[0]);
            definition.PriceBits = (byte)BinanceInstrument.Bits(instrument.PricesMet);
            definition.QuantityBits = (byte)BinanceInstrument.Bits(instrument.QuantitiesMet);
        }

        if (stream is null)
        {
            _streams.Add(new BinanceStream(++_lastStreamId, instrument, channel, _key.Text.ToArray()));
        }
    }

    // The body has been read once, at the exponents known so far. Writes what must be defined, and sets the exponents to read it at again.
    private bool Define(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BinanceChannel channel, ref BinanceStream? stream,
        BinanceInstrument? instrument, ReadOnlySpan<byte> channelName, out int first)
    {
        first = 0;
        if (stream is null && _streams.Count >= StreamsMax)
        {
            return scanner.Fail(RejectReason.TooManyStreams, 0);
        }

        DecimalsNeeded need = _rows.Need;
        int priceDecimals = Math.Max(_rows.PriceScale.Decimals, need.Price);
        int quantityDecimals = Math.Max(_rows.QuantityScale.Decimals, need.Quantity);
        if (instrument is not null)
        {
            if (!BinanceInstrument.TryGrow(instrument.PricesMet, priceDecimals - instrument.PriceDecimals, out _))
            {
                return scanner.Fail(RejectReason.NumberOutOfRange, need.PriceByte);
            }

            if (!BinanceInstrument.TryGrow(instrument.QuantitiesMet, quantityDecimals - instrument.QuantityDecimals, out _))
            {
                return scanner.Fail(RejectReason.NumberOutOfRange, need.QuantityByte);
            }
        }

        BeginMessage(_rows.Header.StreamId, frame, _rows.Header.VenueTimeNs, priceDecimals, quantityDecimals);
        batch.Clear();
        first = AddDefinitions(batch, frame, instrument, instrument is null || !need.IsNone, stream is null, channel, channelName);
        return true;
    }

    private void BeginMessage(uint streamId, in Frame frame, long venueTimeNs, int priceDecimals, int quantityDecimals)
    {
        _rows = new LevelRowsState
        {
            PriceScale = new DecimalScale(priceDecimals),
            QuantityScale = new DecimalScale(quantityDecimals),
            Header = new RecordHeader
            {
                Kind = RecordKind.LevelSet,
                StreamId = streamId,
                ReceivedAtNs = frame.ReceivedAtNs,
                VenueTimeNs = venueTimeNs,
            },
        };
    }

    // MessageBegin and everything behind it; MessageBegin's own fields follow in FillBegin.
    private bool WriteBody(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel)
    {
        batch.Add<MessageBegin>();
        return channel switch
        {
            BinanceChannel.Depth => WriteBook(ref scanner, frame, batch, fields, BinanceFields.LowerB, BinanceFields.LowerA),
            BinanceChannel.RestDepth => WriteBook(ref scanner, frame, batch, fields, BinanceFields.Bids, BinanceFields.Asks),
            BinanceChannel.BookTicker => WriteTicker(ref scanner, batch, fields),
            BinanceChannel.Trade => WriteTrade(ref scanner, batch, fields),
            BinanceChannel.AggregateTrade => WriteAggregateTrade(ref scanner, batch, fields),
            _ => WriteCandle(ref scanner, frame, batch, fields),
        };
    }

    private bool FillBegin(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields, BinanceChannel channel)
    {
        begin.LastSequence = Sequence.None;
        begin.FirstSequence = Sequence.None;
        begin.PreviousSequence = Sequence.None;
        return channel switch
        {
            BinanceChannel.Depth => FillDepth(ref scanner, ref begin, fields),
            BinanceChannel.RestDepth => FillRestBook(ref scanner, ref begin, fields),
            BinanceChannel.BookTicker => FillTicker(ref scanner, ref begin, fields),
            BinanceChannel.Trade => FillTrade(ref scanner, ref begin, fields),
            BinanceChannel.AggregateTrade => FillAggregateTrade(ref scanner, ref begin, fields),
            _ => FillCandle(ref scanner, ref begin),
        };
    }

    private static void SetVenueTime(RecordBuffer batch, long venueTimeNs)
    {
        foreach (ref Record record in batch.Records)
        {
            record.Header.VenueTimeNs = venueTimeNs;
        }
    }

    // Printable ASCII that a record can hold and JSON need not escape.
    private static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= Text40.BytesMax && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !name.ContainsAny((byte)'"', (byte)'\\');
}
