using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// subscribed: what a channel id stands for, and the stream its messages go to.
public sealed partial class BitfinexDecoder
{
    private const ulong NamingFields = (1UL << BitfinexFields.Symbol) | (1UL << BitfinexFields.Precision) | (1UL << BitfinexFields.Frequency)
        | (1UL << BitfinexFields.Length) | (1UL << BitfinexFields.Key);

    private readonly NameBuffer _channelName = new();
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();

    private DecodeOutcome OnSubscribed(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Needed = (1UL << BitfinexFields.Channel) | (1UL << BitfinexFields.ChannelId);
        if (!Fields.Check(ref scanner, _event, Needed, NamingFields)
            || !Fields.TryInteger(ref scanner, _event, BitfinexFields.ChannelId, 0, out long id)
            || !TryText(ref scanner, frame, BitfinexFields.Channel, _channelName)
            || !TryDescribe(ref scanner, frame, out BitfinexSubscription? subscription))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_connection.HasRoomFor(id))
        {
            return Reject(ref scanner, RejectReason.TooManyStreams, _event[BitfinexFields.ChannelId].Start);
        }

        if (!TryDeclare(ref scanner, frame, batch, subscription, _connection.IsSequenced, out CodecStream? stream))
        {
            return DecodeOutcome.Rejected;
        }

        subscription.Stream = stream;

        // An id that means something already is told again: no new book comes for that, and with bulk updates the next list is a change.
        BitfinexSubscription? known = _connection.Find(id);
        bool again = ReferenceEquals(known?.Stream, stream);
        if (_connection.IsBulk && again)
        {
            subscription.AwaitsSnapshot = known!.AwaitsSnapshot;
        }

        _connection.Add(id, subscription);

        // It means another channel now: the "unsubscribed" of the one before has not come by, and none of its frames will.
        if (!again)
        {
            WriteEnded(batch, frame, known);
        }

        return Control("subscribed"u8);
    }

    private bool TryDescribe(ref JsonScanner scanner, in Frame frame, [NotNullWhen(true)] out BitfinexSubscription? subscription)
    {
        subscription = null;
        ReadOnlySpan<byte> channel = _channelName.Text;
        if (channel.SequenceEqual("candles"u8))
        {
            return TryDescribeCandles(ref scanner, frame, out subscription);
        }

        bool book = channel.SequenceEqual("book"u8);
        if (!book && !channel.SequenceEqual("trades"u8) && !channel.SequenceEqual("ticker"u8))
        {
            subscription = Aside(channel);
            return true;
        }

        if (!Fields.Check(ref scanner, _event, FieldSet.Bit(BitfinexFields.Symbol), 0) || !TryText(ref scanner, frame, BitfinexFields.Symbol, _symbol))
        {
            return false;
        }

        if (!IsPair(_symbol.Text))
        {
            subscription = AsideOfFunding();
            return true;
        }

        if (book)
        {
            return TryDescribeBook(ref scanner, frame, out subscription);
        }

        subscription = new BitfinexSubscription
        {
            Channel = channel[1] == (byte)'r' ? BitfinexChannel.Trades : BitfinexChannel.Ticker,
            Symbol = _symbol.Text.ToArray(),
            Name = channel.ToArray(),
        };
        return true;
    }

    private bool TryDescribeBook(ref JsonScanner scanner, in Frame frame, [NotNullWhen(true)] out BitfinexSubscription? subscription)
    {
        const ulong Needed = (1UL << BitfinexFields.Precision) | (1UL << BitfinexFields.Frequency) | (1UL << BitfinexFields.Length);
        subscription = null;
        JsonValue length = _event[BitfinexFields.Length];
        if (!Fields.Check(ref scanner, _event, Needed, 0)
            || !TryText(ref scanner, frame, BitfinexFields.Precision, _key))
        {
            return false;
        }

        BitfinexChannel channel = _key.Text is [(byte)'P', >= (byte)'0' and <= (byte)'4'] ? BitfinexChannel.Book
            : _key.Text.SequenceEqual("R0"u8) ? BitfinexChannel.Orders
            : BitfinexChannel.Aside;
        if (channel == BitfinexChannel.Aside)
        {
            subscription = Aside("book"u8);
            return true;
        }

        // "len" is a string in every recording; a number means the same.
        if (length.Token is not (JsonToken.String or JsonToken.Number))
        {
            return scanner.Fail(RejectReason.WrongType, length.Start);
        }

        ReadOnlySpan<byte> digits = length.In(frame.Bytes);
        if (!Utf8Parser.TryParse(digits, out uint rows, out int parsed) || parsed != digits.Length || rows == 0 || digits[0] is (byte)'0' or (byte)'+')
        {
            return scanner.Fail(RejectReason.BadNumber, length.Start);
        }

        bool named = _channelName.Append("."u8) && _channelName.Append(_key.Text) && _channelName.Append("."u8);
        named = named && TryText(ref scanner, frame, BitfinexFields.Frequency, _key) && _channelName.Append(_key.Text);
        named = named && _channelName.Append("."u8) && _channelName.Append(digits);
        if (!named || !IsChannelName(_channelName.Text))
        {
            return scanner.Fail(RejectReason.BadName, _event[BitfinexFields.Frequency].Start);
        }

        subscription = new BitfinexSubscription
        {
            Channel = channel,
            Symbol = _symbol.Text.ToArray(),
            Name = _channelName.Text.ToArray(),
            Length = rows,
        };
        return true;
    }

    // "key":"trade:1m:tBTCUSD"; the symbol may hold colons.
    private bool TryDescribeCandles(ref JsonScanner scanner, in Frame frame, [NotNullWhen(true)] out BitfinexSubscription? subscription)
    {
        subscription = null;
        if (!Fields.Check(ref scanner, _event, FieldSet.Bit(BitfinexFields.Key), 0) || !TryText(ref scanner, frame, BitfinexFields.Key, _key))
        {
            return false;
        }

        ReadOnlySpan<byte> key = _key.Text;
        int kind = key.IndexOf((byte)':');
        int interval = kind < 0 ? -1 : key[(kind + 1)..].IndexOf((byte)':');
        if (interval < 0)
        {
            subscription = Aside(_channelName.Text);
            return true;
        }

        ReadOnlySpan<byte> intervalText = key.Slice(kind + 1, interval);
        ReadOnlySpan<byte> symbol = key[(kind + interval + 2)..];
        if (!IsPair(symbol))
        {
            subscription = AsideOfFunding();
            return true;
        }

        _symbol.Set(symbol);
        if (!Fields.IsName(symbol) || intervalText.IsEmpty || intervalText.Length > sizeof(ulong) || !_channelName.Append("."u8)
            || !_channelName.Append(key[..(kind + 1 + interval)]) || !IsChannelName(_channelName.Text))
        {
            return scanner.Fail(RejectReason.BadName, _event[BitfinexFields.Key].Start);
        }

        subscription = new BitfinexSubscription
        {
            Channel = BitfinexChannel.Candles,
            Symbol = symbol.ToArray(),
            Name = _channelName.Text.ToArray(),
            IntervalText = JsonText.Word(intervalText, escaped: false),
        };
        return true;
    }

    // Pairs begin with t; funding currencies, whose rows have another meaning, with f (documentation, 2026-07).
    private static bool IsPair(ReadOnlySpan<byte> symbol) => symbol is [(byte)'t', _, ..];

    private static bool IsChannelName(ReadOnlySpan<byte> name) => Fields.IsName(name) && name.Length + BitfinexNaming.SuffixBytesMax <= Text40.BytesMax;

    private static BitfinexSubscription Aside(ReadOnlySpan<byte> name) => new() { Channel = BitfinexChannel.Aside, Symbol = [], Name = name.ToArray() };

    private BitfinexSubscription AsideOfFunding()
    {
        _channelName.Append(" of funding"u8);
        return Aside(_channelName.Text);
    }

    private bool TryText(ref JsonScanner scanner, in Frame frame, int slot, NameBuffer text)
    {
        return Fields.CheckType(ref scanner, _event, slot, JsonToken.String)
            && ((text.Set(_event[slot], frame.Bytes) && Fields.IsName(text.Text)) || scanner.Fail(RejectReason.BadName, _event[slot].Start));
    }

    // The stream of a subscription under these flags; written into the batch where it is new. What is set aside shares that of the connection: its frames
    // consume numbers, and bad ones must break no book.
    private bool TryDeclare(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BitfinexSubscription subscription, bool sequenced,
        [NotNullWhen(true)] out CodecStream? stream)
    {
        BitfinexNaming naming = BitfinexNaming.Instance;
        subscription = subscription.Channel == BitfinexChannel.Aside ? BitfinexSubscription.OfConnection : subscription;
        _channelName.Set(subscription.Name);
        naming.TryName(subscription.Symbol, _channelName.Text, _key);
        stream = _streams.Find(_key.Text);
        byte number = BitfinexNaming.NumberOf(subscription.Channel, sequenced);
        if (stream is not null && stream.Channel != number)
        {
            _channelName.Append(sequenced ? BitfinexNaming.SequencedSuffix : BitfinexNaming.UnsequencedSuffix);
            naming.TryName(subscription.Symbol, _channelName.Text, _key);
            stream = _streams.Find(_key.Text);
        }

        if (stream is not null)
        {
            return true;
        }

        _draft.Begin(batch, frame, null, _streams.FindInstrument(subscription.Symbol), 0);
        NewStream newStream = new()
        {
            Name = _key.Text,
            Symbol = subscription.Symbol,
            ChannelName = _channelName.Text,
            Channel = number,
            Rules = RulesOf(subscription.Channel, sequenced, subscription.Length),
        };
        if (!_draft.TryDefine(ref scanner, frame, batch, newStream))
        {
            return false;
        }

        stream = _draft.Stream!;
        return true;
    }

    private StreamRules RulesOf(BitfinexChannel channel, bool sequenced, uint length)
    {
        bool ofBook = channel is BitfinexChannel.Book or BitfinexChannel.Orders;
        StreamRole role = channel switch
        {
            BitfinexChannel.Book => StreamRole.Book,
            BitfinexChannel.Orders => StreamRole.Orders,
            BitfinexChannel.Trades => StreamRole.Trades,
            BitfinexChannel.Ticker => StreamRole.Ticker,
            BitfinexChannel.Candles => StreamRole.Candles,
            _ => StreamRole.Heartbeats,
        };
        return new StreamRules(role)
        {
            Continuity = sequenced ? ContinuityRule.Connection : ContinuityRule.None,
            Evidence = sequenced && ofBook ? Evidence.Sequence : Evidence.None,
            StaleAfterNs = ofBook ? StaleAfterNs : 0,

            // Whether checksums come is the connection's choice; a stream that never gets one has no verdicts.
            Checksum = channel == BitfinexChannel.Book ? ChecksumRule.InterleavedSigned : ChecksumRule.None,
            OnMismatch = ofBook ? _options.OnChecksumMismatch : MismatchPolicy.Resync,
            DepthLimit = length,
        };
    }
}
