using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// One event of a frame, and what all messages have in common.
public sealed partial class AdvancedDecoder
{
    private int ListSlot => _channel switch
    {
        AdvancedChannel.Book => AdvancedFields.Updates,
        AdvancedChannel.Trades => AdvancedFields.Trades,
        AdvancedChannel.Candles => AdvancedFields.Candles,
        AdvancedChannel.Status => AdvancedFields.Products,
        AdvancedChannel.Heartbeats => AdvancedFields.HeartbeatCounter,
        _ => AdvancedFields.Tickers,
    };

    private bool ReadEvent(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (scanner.Peek() != JsonToken.Object)
        {
            return FailHere(ref scanner);
        }

        int list = ListSlot;
        bool isListRead = false;
        _streamAtHand = null;
        _event.Clear(scanner.Position);
        scanner.EnterObject();
        ulong watched = list == AdvancedFields.HeartbeatCounter ? 0 : FieldSet.Bit(list);
        while (_event.ReadTo<AdvancedFields>(ref scanner, watched, out int slot))
        {
            bool read;
            if (scanner.Peek() == JsonToken.Array && IsListReadable())
            {
                _event[slot] = new JsonValue { Token = JsonToken.Array, Start = scanner.Position };
                isListRead = true;
                read = ReadList(ref scanner, frame, batch);
            }
            else
            {
                read = scanner.ReadValue(ref _event[slot]);
            }

            if (!read)
            {
                return false;
            }

            _event.Add(slot);
        }

        if (scanner.Failed || !Fields.Check(ref scanner, _event, FieldSet.Bit(list) | NeededBeforeList(), 0))
        {
            return false;
        }

        if (_channel == AdvancedChannel.Heartbeats)
        {
            return ReadHeartbeat(ref scanner, frame, batch);
        }

        if (isListRead)
        {
            return true;
        }

        JsonToken token = _event[list].Token;
        if (token != JsonToken.Array && !(token == JsonToken.Object && _channel == AdvancedChannel.Status))
        {
            return scanner.Fail(RejectReason.WrongType, _event[list].Start);
        }

        JsonScanner again = new(frame.Bytes, _event[list].Start);
        return (IsListReadable() || CheckEvent(ref scanner))
            && (ReadList(ref again, frame, batch) || scanner.Fail(again.Reason, again.FaultByte));
    }

    // What a list is told by the fields beside it, if they have been read and are what they should be.
    private bool IsListReadable() =>
        (_event.Seen & NeededBeforeList()) == NeededBeforeList()
        && (_channel != AdvancedChannel.Book || (_event[AdvancedFields.Type].Token == JsonToken.String && _event[AdvancedFields.ProductId].Token == JsonToken.String))
        && (_channel != AdvancedChannel.Trades || _event[AdvancedFields.Type].Token == JsonToken.String);

    // Finds what is wrong with those fields.
    private bool CheckEvent(ref JsonScanner scanner) =>
        Fields.CheckType(ref scanner, _event, AdvancedFields.Type, JsonToken.String)
        && Fields.CheckType(ref scanner, _event, AdvancedFields.ProductId, JsonToken.String);

    private ulong NeededBeforeList() => _channel switch
    {
        AdvancedChannel.Book => (1UL << AdvancedFields.Type) | (1UL << AdvancedFields.ProductId),
        AdvancedChannel.Trades => 1UL << AdvancedFields.Type,
        _ => 0,
    };

    private bool ReadList(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        switch (_channel)
        {
            case AdvancedChannel.Book:
                return ReadBook(ref scanner, frame, batch);
            case AdvancedChannel.Status:
                return _products.TryDefine(ref scanner, frame, batch);
            case AdvancedChannel.Trades:
                // The first event of a subscription holds the latest trades before it: history, which other frames have told already or nobody asked for.
                if (!TextFields.TryChoice(ref scanner, _event[AdvancedFields.Type], "snapshot"u8, "update"u8, out bool isHistory))
                {
                    return false;
                }

                _hasHistory |= isHistory;
                if (isHistory)
                {
                    return scanner.SkipValue();
                }

                break;
        }

        if (scanner.Peek() != JsonToken.Array)
        {
            return FailHere(ref scanner);
        }

        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (!ReadFields(ref scanner, _item) || !ProduceItem(ref scanner, frame, batch))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // One trade, ticker or candle: a message each.
    private bool ProduceItem(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        bool isNamed = _item.Has(AdvancedFields.ProductId);
        if ((isNamed && !SetProduct(ref scanner, frame, _item[AdvancedFields.ProductId], _channel)) || !Fields.Check(ref scanner, _item, NeededByItem(), 0))
        {
            return false;
        }

        CodecStream? stream = _streamAtHand;
        _draft.Begin(batch, frame, stream, stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), _venueTimeNs);
        if (!WriteItem(ref scanner, batch, out long matchingTimeNs)
            || (_draft.NeedsDefinition && !(_draft.TryDefine(ref scanner, frame, batch, NewStreamOf(_channel)) && WriteItem(ref scanner, batch, out matchingTimeNs))))
        {
            return false;
        }

        Finish(batch, frame, AdvancedChannels.MessageOf(_channel)).MatchingTimeNs = matchingTimeNs;
        return true;
    }

    // Sets _symbol, _key and the stream at hand.
    private bool SetProduct(ref JsonScanner scanner, in Frame frame, in JsonValue product, AdvancedChannel channel)
    {
        _streamAtHand = null;
        if (product.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, product.Start);
        }

        if (!_symbol.Set(product, frame.Bytes) || !Fields.IsName(_symbol.Text)
            || !AdvancedNaming.Instance.TryName(_symbol.Text, AdvancedChannels.NameOf(channel), _key))
        {
            return scanner.Fail(RejectReason.BadName, product.Start);
        }

        _streamAtHand = _streams.Find(_key.Text);
        return true;
    }

    private NewStream NewStreamOf(AdvancedChannel channel) => new()
    {
        Name = _key.Text,
        Symbol = _symbol.Text,
        ChannelName = AdvancedChannels.NameOf(channel),
        Channel = (byte)channel,
        Rules = AdvancedChannels.RulesOf(channel),
    };

    // A message with the frame's number; further ones of the same frame say so.
    private ref MessageBegin Finish(RecordBuffer batch, in Frame frame, MessageType type)
    {
        ref MessageBegin begin = ref _draft.Finish(batch, frame, type);
        begin.LastSequence = _sequence;
        begin.PreviousSequence = _messages == 0 ? Sequence.None : _sequence;
        _messages++;
        return ref begin;
    }

    private bool ReadHeartbeat(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        // The documentation's counter is a string (2026-07), the recorded ones are numbers.
        JsonValue counter = _event[AdvancedFields.HeartbeatCounter];
        bool read = counter.Token == JsonToken.String
            ? Fields.TryIntegerText(ref scanner, counter, out long count)
            : Fields.TryInteger(ref scanner, counter, 0, out count);
        return read && AddHeartbeat(ref scanner, frame, batch, count);
    }

    // The number of a frame that is no market data.
    private bool AddHeartbeat(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, long counter)
    {
        _symbol.Clear();
        AdvancedNaming.Instance.TryName(_symbol.Text, AdvancedChannels.NameOf(AdvancedChannel.Heartbeats), _key);
        _draft.Begin(batch, frame, _streams.Find(_key.Text), null, _venueTimeNs);
        batch.Add<MessageBegin>();
        if (_draft.NeedsDefinition)
        {
            if (!_draft.TryDefine(ref scanner, frame, batch, NewStreamOf(AdvancedChannel.Heartbeats)))
            {
                return false;
            }

            batch.Add<MessageBegin>();
        }

        Finish(batch, frame, MessageType.Heartbeat).FirstSequence = counter;
        return true;
    }
}
