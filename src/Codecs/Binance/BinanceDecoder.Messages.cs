using System.Runtime.CompilerServices;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// From a frame that is known to be market data to the finished batch: which stream, which exponents, and what has to be defined first.
public sealed partial class BinanceDecoder
{
    private DecodeOutcome Produce(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel,
        ReadOnlySpan<byte> streamSymbol, ReadOnlySpan<byte> channelName)
    {
        if (!Fields.Check(ref scanner, fields, FieldSet.Bit(BinanceFields.LowerS), 0)
            || !Fields.CheckType(ref scanner, fields, BinanceFields.LowerS, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        ref JsonValue symbolValue = ref fields[BinanceFields.LowerS];
        CodecStream? stream = _streamOfName;
        if (stream is null || symbolValue.Escaped || !symbolValue.In(frame.Bytes).SequenceEqual(stream.Instrument!.Symbol))
        {
            if (!_symbol.Set(symbolValue, frame.Bytes) || !Fields.IsName(_symbol.Text))
            {
                return Reject(ref scanner, RejectReason.BadName, symbolValue.Start);
            }

            _symbol.ToUpper();
            ReadOnlySpan<byte> expected = stream is null ? streamSymbol : stream.Instrument!.Symbol;
            if (!expected.IsEmpty && !Ascii.EqualsIgnoreCase(expected, _symbol.Text))
            {
                return Reject(ref scanner, RejectReason.SymbolMismatch, symbolValue.Start);
            }

            if (!Fields.IsName(channelName) || !SetKey(_symbol.Text, channelName))
            {
                return Reject(ref scanner, RejectReason.BadName, _top[BinanceFields.Stream].Start);
            }

            stream ??= _streams.Find(_key.Text);
        }

        return Finish(ref scanner, frame, batch, fields, channel, stream, channelName);
    }

    // The stream is known, or _symbol and _key name it.
    private DecodeOutcome Finish(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel,
        CodecStream? stream, ReadOnlySpan<byte> channelName)
    {
        if (!Fields.TryOptionalTime(ref scanner, fields, BinanceFields.UpperE, out long venueTimeNs))
        {
            return DecodeOutcome.Rejected;
        }

        if (stream is not null && ReferenceEquals(stream, _bookRead) && _sidesRead == BothSides && _draft.Rows.Need.IsNone)
        {
            // The usual depth message: its rows are in the batch already.
            if (_draft.Rows.Header.VenueTimeNs != venueTimeNs)
            {
                SetVenueTime(batch, venueTimeNs);
            }
        }
        else
        {
            batch.Clear();
            _draft.Begin(batch, frame, stream, stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), venueTimeNs);
            if (!WriteBody(ref scanner, frame, batch, fields, channel)
                || (_draft.NeedsDefinition && !DefineAndWriteAgain(ref scanner, frame, batch, fields, channel, channelName)))
            {
                return DecodeOutcome.Rejected;
            }
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, BinanceChannels.MessageOf(channel));
        return FillBegin(ref scanner, ref begin, fields, channel) ? DecodeOutcome.Records : DecodeOutcome.Rejected;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DefineAndWriteAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceChannel channel,
        ReadOnlySpan<byte> channelName)
    {
        NewStream newStream = new()
        {
            Name = _key.Text,
            Symbol = _symbol.Text,
            ChannelName = channelName,
            Channel = (byte)channel,
            Rules = RulesOf(channel),
        };
        return _draft.TryDefine(ref scanner, frame, batch, newStream) && WriteBody(ref scanner, frame, batch, fields, channel);
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

    private void SetVenueTime(RecordBuffer batch, long venueTimeNs)
    {
        _draft.Rows.Header.VenueTimeNs = venueTimeNs;
        foreach (ref Record record in batch.Records)
        {
            record.Header.VenueTimeNs = venueTimeNs;
        }
    }
}
