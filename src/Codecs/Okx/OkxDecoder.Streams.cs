using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// Names to streams and instruments, and their definitions.
public sealed partial class OkxDecoder
{
    // Channel and instrument of the frame at hand, and the name of its stream.
    private readonly NameBuffer _channelName = new();
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();

    // Whether the three names are good ones of a channel that becomes messages.
    private bool _isRouted;
    private OkxChannel _channel;

    // The frame's stream; null = not declared yet.
    private CodecStream? _stream;

    // The stream that an acknowledgement says has ended.
    private CodecStream? _ended;

    // The answer of DefaultSymbol or SymbolResolver, once it was wanted.
    private byte[]? _restSymbol;
    private bool _restSymbolAsked;

    // What arg is about. False = not a channel that becomes messages, or not well named; the end of the frame tells which.
    private bool Route(in Frame frame)
    {
        if (!_arg.Has(OkxFields.Channel, JsonToken.String) || !_arg.Has(OkxFields.InstrumentId, JsonToken.String)
            || !_channelName.Set(_arg[OkxFields.Channel], frame.Bytes) || !_symbol.Set(_arg[OkxFields.InstrumentId], frame.Bytes))
        {
            return false;
        }

        _channel = OkxChannels.Classify(_channelName.Text);
        return _channel is not (OkxChannel.Other or OkxChannel.Instruments) && Find();
    }

    // The stream of _channelName and _symbol. False = they are no names that a record can hold.
    private bool Find()
    {
        if (!OkxNaming.Instance.TryName(_symbol.Text, _channelName.Text, _key))
        {
            return false;
        }

        _stream = _streams.Find(_key.Text);
        _isSnapshot = !OkxChannels.IsIncremental(_channel);
        return _stream is not null || (Fields.IsName(_symbol.Text) && Fields.IsName(_channelName.Text));
    }

    // Which stream a rejected frame belongs to, as far as it was read.
    private protected override uint AttributeFault(in Frame frame)
    {
        if (!_isRouted && _top.Has(OkxFields.Code) && !_top.Has(OkxFields.Arg) && !_top.Has(OkxFields.Event))
        {
            // An answer to a request, and so no message that a book would miss.
            _isRouted = RouteRestBook(frame);
        }

        return _isRouted ? _streams.Find(_key.Text)?.Id ?? 0 : 0;
    }

    private StreamRules Rules() => new(OkxChannels.RoleOf(_channel))
    {
        // Ids of one instrument and channel, each naming the one before, with any distance between them; a frame of 2022 has none and is proven by its
        // checksum. Whole books have nothing to prove them by but themselves.
        Continuity = OkxChannels.IsIncremental(_channel) ? ContinuityRule.Link : ContinuityRule.None,
        Bridge = OkxChannels.IsIncremental(_channel) ? BridgeRule.LinkAround : BridgeRule.None,
        Evidence = OkxChannels.IsIncremental(_channel) ? Evidence.Sequence : Evidence.None,
        Checksum = OkxChannels.IsIncremental(_channel) ? ChecksumRule.Interleaved : ChecksumRule.None,
        OnMismatch = OkxChannels.IsIncremental(_channel) ? _options.OnChecksumMismatch : default,
        StaleAfterNs = OkxChannels.RoleOf(_channel) == StreamRole.Book ? StaleAfterNs : 0,
        DepthLimit = OkxChannels.DepthOf(_channel),
    };
}
