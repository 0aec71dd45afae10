using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// Names to streams and instruments, and their definitions.
public sealed partial class BinanceDecoder
{
    // Upper-case symbol of the message at hand, and the name of its stream.
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();

    // The answer of DefaultSymbol or SymbolResolver, once it was wanted.
    private byte[]? _restSymbol;
    private bool _restSymbolAsked;

    // The name of a stream is its symbol in lower case, '@', and its channel: what an envelope says, so that most lookups need no copy.
    private bool SetKey(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channel) => BinanceNaming.Instance.TryName(symbol, channel, _key);

    private CodecStream? FindByWireName(in JsonValue name, ReadOnlySpan<byte> frame)
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
    private protected override uint AttributeFault(in Frame frame)
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

    private StreamRules RulesOf(BinanceChannel channel) => channel switch
    {
        // Spot ids follow on by one; futures ids are shared by the whole market and linked by pu (documentation, 2026-07).
        BinanceChannel.Depth => new StreamRules(StreamRole.Book)
        {
            Continuity = IsSpot ? ContinuityRule.Range : ContinuityRule.Link,
            Bridge = IsSpot ? BridgeRule.RangeAfter : BridgeRule.RangeAround,
            Evidence = Evidence.Sequence,
            StaleAfterNs = StaleAfterNs,
        },
        BinanceChannel.RestDepth => new StreamRules(StreamRole.BookSnapshots),
        BinanceChannel.BookTicker => new StreamRules(StreamRole.Ticker),
        BinanceChannel.Candle => new StreamRules(StreamRole.Candles),
        _ => new StreamRules(StreamRole.Trades),
    };
}
