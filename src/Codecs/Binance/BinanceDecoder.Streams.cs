using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// Names to streams and instruments, and their definitions.
public sealed partial class BinanceDecoder
{
    private readonly BinanceStreamTable _streams = new();
    private readonly Dictionary<string, BinanceInstrument> _instruments = [];
    private readonly Dictionary<uint, BinanceInstrument> _instrumentsById = [];

    // Upper-case symbol of the message at hand, and the name of its stream.
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();

    private uint _lastInstrumentId;
    private uint _lastStreamId;

    // The answer of DefaultSymbol or SymbolResolver, once it was wanted.
    private byte[]? _restSymbol;
    private bool _restSymbolAsked;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not all slots of one definition.</exception>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        RecordKind kind = definition.IsEmpty ? RecordKind.None : definition[0].Header.Kind;
        if (kind == RecordKind.InstrumentDefinition && definition.Length == InstrumentDefinition.Slots)
        {
            LearnInstrument(Record.Read<InstrumentDefinition>(definition[0]), Record.Read<InstrumentSymbol>(definition[1]));
        }
        else if (kind == RecordKind.StreamDefinition && definition.Length == StreamDefinition.Slots)
        {
            LearnStream(Record.Read<StreamDefinition>(definition[0]), Record.Read<StreamChannel>(definition[1]));
        }
        else
        {
            throw new ArgumentException($"{definition.Length} slots of kind {kind} are not one definition", nameof(definition));
        }
    }

    private void LearnInstrument(in InstrumentDefinition definition, in InstrumentSymbol symbol)
    {
        // Another market of the same journal: its numbers are taken, its frames come to another decoder.
        _lastInstrumentId = Math.Max(_lastInstrumentId, definition.InstrumentId);
        if (definition.Venue != Venue)
        {
            return;
        }

        if (!_instrumentsById.TryGetValue(definition.InstrumentId, out BinanceInstrument? instrument))
        {
            instrument = new BinanceInstrument { Id = definition.InstrumentId, Symbol = symbol.Symbol.Bytes.ToArray() };
            AddInstrument(instrument);
        }

        instrument.Epoch = definition.Epoch;
        instrument.PriceDecimals = definition.PriceDecimals;
        instrument.QuantityDecimals = definition.QuantityDecimals;
        instrument.PricesMet = (1L << definition.PriceBits) - 1;
        instrument.QuantitiesMet = (1L << definition.QuantityBits) - 1;
    }

    private void LearnStream(in StreamDefinition definition, in StreamChannel channel)
    {
        _lastStreamId = Math.Max(_lastStreamId, definition.Header.StreamId);
        if (!_instrumentsById.TryGetValue(definition.InstrumentId, out BinanceInstrument? instrument))
        {
            return;
        }

        BinanceChannel kind = definition.Role == StreamRole.BookSnapshots ? BinanceChannel.RestDepth : BinanceChannels.Classify(channel.Channel.Bytes);
        SetKey(instrument.Symbol, channel.Channel.Bytes);
        if (_streams.Find(_key.Text) is null)
        {
            _streams.Add(new BinanceStream(definition.Header.StreamId, instrument, kind, _key.Text.ToArray()));
        }
    }

    private void AddInstrument(BinanceInstrument instrument)
    {
        _instruments.Add(Encoding.ASCII.GetString(instrument.Symbol), instrument);
        _instrumentsById.Add(instrument.Id, instrument);
    }

    private BinanceInstrument? FindInstrument(ReadOnlySpan<byte> symbol) => _instruments.GetValueOrDefault(Encoding.ASCII.GetString(symbol));

    // The name of a stream is its symbol in lower case, '@', and its channel: what an envelope says, so that most lookups need no copy.
    private bool SetKey(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channel)
    {
        if (!_key.Set(symbol))
        {
            return false;
        }

        _key.ToLower();
        return _key.Append("@"u8) && _key.Append(channel);
    }

    private BinanceStream? FindByWireName(in JsonValue name, ReadOnlySpan<byte> frame)
    {
        if (!name.Escaped && _streams.Find(name.In(frame)) is { } stream)
        {
            return stream;
        }

        // An upper-case symbol in the stream name, or escapes in it.
        if (!_streamName.Set(name, frame))
        {
            return null;
        }

        ReadOnlySpan<byte> channel = ChannelOf(_streamName.Text, out ReadOnlySpan<byte> symbol);
        return SetKey(symbol, channel) ? _streams.Find(_key.Text) : null;
    }

    // "btcusdt@depth@100ms" is the symbol "btcusdt" and the channel "depth@100ms"; "!bookTicker" has no symbol.
    private static ReadOnlySpan<byte> ChannelOf(ReadOnlySpan<byte> streamName, out ReadOnlySpan<byte> symbol)
    {
        int at = streamName.IndexOf((byte)'@');
        if (at < 0 || streamName[0] == (byte)'!')
        {
            symbol = default;
            return streamName;
        }

        symbol = streamName[..at];
        return streamName[(at + 1)..];
    }

    // Which stream a rejected frame belongs to, as far as it was read.
    private uint AttributeFault(in Frame frame)
    {
        if (_top.Has(BinanceFields.Stream) || _top.Has(BinanceFields.Data))
        {
            return _streamOfName?.Id ?? 0;
        }

        if (_top.Has(BinanceFields.LowerS, JsonToken.String) && _symbol.Set(_top[BinanceFields.LowerS], frame.Bytes))
        {
            ReadOnlySpan<byte> channel = BareChannel(frame);
            return !channel.IsEmpty && SetKey(_symbol.Text, channel) ? _streams.Find(_key.Text)?.Id ?? 0 : 0;
        }

        const ulong Book = (1UL << BinanceFields.LastUpdateId) | (1UL << BinanceFields.Bids);
        return (_top.Seen & Book) != 0 ? FindRestStream(frame)?.Id ?? 0 : 0;
    }

    private ReadOnlySpan<byte> BareChannel(in Frame frame)
    {
        const ulong Ticker = (1UL << BinanceFields.LowerU) | (1UL << BinanceFields.UpperB);
        if (!_top.Has(BinanceFields.LowerE))
        {
            return (_top.Seen & Ticker) == Ticker ? "bookTicker"u8 : default;
        }

        if (!_top.Has(BinanceFields.LowerE, JsonToken.String) || !_eventName.Set(_top[BinanceFields.LowerE], frame.Bytes))
        {
            return default;
        }

        switch (BinanceChannels.OfEvent(_eventName.Text))
        {
            case BinanceChannel.Other:
                return default;
            case BinanceChannel.Depth:
                return "depth"u8;
            case BinanceChannel.Candle:
                return _candle.Has(BinanceFields.LowerI, JsonToken.String) && SetCandleChannel(frame) ? _streamName.Text : default;
            default:
                return _eventName.Text;
        }
    }

    private int AddDefinitions(RecordBuffer batch, in Frame frame, BinanceInstrument? instrument, bool defineInstrument, bool defineStream,
        BinanceChannel channel, ReadOnlySpan<byte> channelName)
    {
        uint instrumentId = instrument?.Id ?? _lastInstrumentId + 1;
        if (defineInstrument)
        {
            int first = batch.Count;
            ref InstrumentDefinition definition = ref batch.Add<InstrumentDefinition>();
            definition.InstrumentId = instrumentId;
            definition.Epoch = (instrument?.Epoch ?? 0) + 1;
            definition.Venue = Venue;
            definition.PriceDecimals = (byte)_rows.PriceScale.Decimals;
            definition.QuantityDecimals = (byte)_rows.QuantityScale.Decimals;
            batch.Add<InstrumentSymbol>().Symbol = Text40.Of(instrument is null ? _symbol.Text : instrument.Symbol);
            batch.Add<InstrumentLimits>();
            SealDefinition(batch, first, frame, 0);
        }

        if (defineStream)
        {
            int first = batch.Count;
            ref StreamDefinition definition = ref batch.Add<StreamDefinition>();
            definition.InstrumentId = instrumentId;
            definition.Connection = frame.Connection;
            (definition.Role, definition.Continuity, definition.Bridge, definition.Evidence, definition.StaleAfterNs) = channel switch
            {
                // Spot ids follow on by one; futures ids are shared by the whole market and linked by pu (documentation, 2026-07).
                BinanceChannel.Depth when IsSpot => (StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, Evidence.Sequence, StaleAfterNs),
                BinanceChannel.Depth => (StreamRole.Book, ContinuityRule.Link, BridgeRule.RangeAround, Evidence.Sequence, StaleAfterNs),
                BinanceChannel.RestDepth => (StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, Evidence.None, 0L),
                BinanceChannel.BookTicker => (StreamRole.Ticker, ContinuityRule.None, BridgeRule.None, Evidence.None, 0L),
                BinanceChannel.Candle => (StreamRole.Candles, ContinuityRule.None, BridgeRule.None, Evidence.None, 0L),
                _ => (StreamRole.Trades, ContinuityRule.None, BridgeRule.None, Evidence.None, 0L),
            };
            batch.Add<StreamChannel>().Channel = Text40.Of(channelName);
            SealDefinition(batch, first, frame, _lastStreamId + 1);
        }

        return batch.Count;
    }

    private void SealDefinition(RecordBuffer batch, int first, in Frame frame, uint streamId)
    {
        for (int index = first; index < batch.Count; index++)
        {
            ref RecordHeader header = ref batch[index].Header;
            header.StreamId = streamId;
            header.ReceivedAtNs = frame.ReceivedAtNs;
            header.VenueTimeNs = _rows.Header.VenueTimeNs;
            header.Flags |= index == first ? RecordFlags.FirstInMessage : RecordFlags.Continued;
        }

        batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
    }
}
