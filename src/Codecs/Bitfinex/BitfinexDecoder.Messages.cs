using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// From an array frame of a known channel to the finished batch.
public sealed partial class BitfinexDecoder
{
    // What a frame that becomes no record of its own is counted by; empty = it is not counted.
    private readonly NameBuffer _countedAs = new();

    // Where the rows of the frame at hand start.
    private int _rowsAt;

    // The value of "cs".
    private int _checksum;

    private DecodeOutcome ReadMessage(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BitfinexSubscription subscription, CodecStream stream,
        int start)
    {
        _countedAs.Clear();
        _rowsAt = scanner.Position;
        _draft.Begin(batch, frame, stream, null, 0);
        BitfinexPayload payload = BitfinexPayload.Nothing;
        bool read = scanner.Peek() switch
        {
            JsonToken.Array => ReadRows(ref scanner, batch, subscription, out payload),
            JsonToken.String => ReadWord(ref scanner, batch, subscription, start, out payload),
            _ => WrongPayload(ref scanner),
        };
        if (!read || !ReadTail(ref scanner, start))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_connection.TryFollow(_sequence) && _draft.Rows.Header.Has(RecordFlags.Snapshot) && _connection.IsBulk)
        {
            // It looked like the book that was awaited, but that may be what is missing.
            batch.Clear();
            _draft.Begin(batch, frame, stream, null, 0);
            if (!ReadAgain(ref scanner, frame, batch, subscription))
            {
                return DecodeOutcome.Rejected;
            }
        }

        if (payload == BitfinexPayload.Rows && _draft.NeedsDefinition)
        {
            // The stream is there already: of all this only the instrument's new exponents are written.
            NewStream known = new()
            {
                Name = stream.Name,
                Symbol = subscription.Symbol,
                ChannelName = subscription.Name,
                Channel = stream.Channel,
                Rules = default,
            };
            if (!_draft.TryDefine(ref scanner, frame, batch, known) || !ReadAgain(ref scanner, frame, batch, subscription))
            {
                return DecodeOutcome.Rejected;
            }
        }

        if (_venueTimeNs != 0)
        {
            SetVenueTime(batch);
        }

        bool snapshot = _draft.Rows.Header.Has(RecordFlags.Snapshot);
        ref MessageBegin begin = ref _draft.Finish(batch, frame, TypeOf(subscription.Channel, payload, snapshot));
        begin.LastSequence = _sequence;
        if (payload == BitfinexPayload.Checksum)
        {
            begin.Checksum = _checksum;
            begin.ChecksumPresence = ChecksumPresence.Offered;
        }
        else if (payload == BitfinexPayload.Rows)
        {
            FillBegin(ref begin, subscription, snapshot);
        }

        return _countedAs.Text.IsEmpty ? DecodeOutcome.Records : Unknown(_countedAs.Text);
    }

    private static bool WrongPayload(ref JsonScanner scanner)
    {
        JsonValue value = default;
        return scanner.ReadValue(ref value) && scanner.Fail(RejectReason.WrongType, value.Start);
    }

    private bool ReadRows(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription, out BitfinexPayload payload)
    {
        if (subscription.Channel == BitfinexChannel.Trades)
        {
            // Whole lists of trades come on subscribing only: what was before. They have been traded, and would be counted as if they had just been.
            payload = BitfinexPayload.Nothing;
            _countedAs.Set("trades of the past"u8);
            batch.Add<MessageBegin>();
            return CheckPastTrades(ref scanner);
        }

        payload = BitfinexPayload.Rows;
        return WriteRows(ref scanner, batch, subscription);
    }

    private bool ReadWord(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription, int start, out BitfinexPayload payload)
    {
        JsonValue word = default;
        payload = BitfinexPayload.Nothing;
        if (!scanner.ReadValue(ref word))
        {
            return false;
        }

        bool isTrades = subscription.Channel == BitfinexChannel.Trades;
        if (scanner.TextIs(word, "hb"u8))
        {
            batch.Add<MessageBegin>();
            return true;
        }

        if (scanner.TextIs(word, "cs"u8) && subscription.Channel is BitfinexChannel.Book or BitfinexChannel.Orders)
        {
            payload = BitfinexPayload.Checksum;
            batch.Add<MessageBegin>();
            return ReadChecksum(ref scanner, start);
        }

        if (isTrades && scanner.TextIs(word, "te"u8))
        {
            payload = BitfinexPayload.Rows;
            if (!scanner.NextElement())
            {
                return Miss(ref scanner, "trade", start);
            }

            _rowsAt = scanner.Position;
            return WriteRows(ref scanner, batch, subscription);
        }

        if (isTrades && scanner.TextIs(word, "tu"u8))
        {
            // The same trade again: counting both doubles the volume.
            _countedAs.Set("tu"u8);
            batch.Add<MessageBegin>();
            return scanner.NextElement() ? CheckTrade(ref scanner) : Miss(ref scanner, "trade", start);
        }

        // Something new, said of this channel; its number is counted.
        batch.Add<MessageBegin>();
        return (_countedAs.Set(word, scanner.Frame) && !_countedAs.Text.IsEmpty) || scanner.Fail(RejectReason.BadName, word.Start);
    }

    private bool ReadChecksum(ref JsonScanner scanner, int start)
    {
        JsonValue value = default;
        if (!scanner.NextElement())
        {
            return Miss(ref scanner, "checksum", start);
        }

        if (!scanner.ReadValue(ref value) || !Fields.TryInteger(ref scanner, value, long.MinValue, out long checksum))
        {
            return false;
        }

        _checksum = (int)checksum;
        return _checksum == checksum || scanner.Fail(RejectReason.NumberOutOfRange, value.Start);
    }

    // MessageBegin and all that follows it; MessageBegin's own fields follow in FillBegin.
    private bool WriteRows(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription)
    {
        batch.Add<MessageBegin>();
        return subscription.Channel switch
        {
            BitfinexChannel.Book => WriteBook(ref scanner, batch, subscription),
            BitfinexChannel.Orders => WriteOrders(ref scanner, batch, subscription),
            BitfinexChannel.Trades => WriteTrade(ref scanner, batch),
            BitfinexChannel.Ticker => WriteTicker(ref scanner, batch),
            _ => WriteCandles(ref scanner, batch, subscription),
        };
    }

    private bool ReadAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BitfinexSubscription subscription)
    {
        JsonScanner again = new(frame.Bytes, _rowsAt);
        return WriteRows(ref again, batch, subscription) || scanner.Fail(again.Reason, again.FaultByte);
    }

    private void FillBegin(ref MessageBegin begin, BitfinexSubscription subscription, bool snapshot)
    {
        if (subscription.Channel == BitfinexChannel.Trades)
        {
            begin.MatchingTimeNs = _tradeTimeNs;
        }
        else if (snapshot && subscription.Channel != BitfinexChannel.Candles)
        {
            begin.Detail = (byte)_limits;
            subscription.AwaitsSnapshot = false;
        }
    }

    private static MessageType TypeOf(BitfinexChannel channel, BitfinexPayload payload, bool snapshot)
    {
        if (payload != BitfinexPayload.Rows)
        {
            return payload == BitfinexPayload.Checksum ? MessageType.BookChecksum : MessageType.Heartbeat;
        }

        return channel switch
        {
            BitfinexChannel.Book => snapshot ? MessageType.BookSnapshot : MessageType.BookDelta,
            BitfinexChannel.Orders => snapshot ? MessageType.OrderSnapshot : MessageType.Orders,
            BitfinexChannel.Trades => MessageType.Trades,
            BitfinexChannel.Ticker => MessageType.Ticker,
            _ => MessageType.Candles,
        };
    }

    private void SetVenueTime(RecordBuffer batch)
    {
        _draft.Rows.Header.VenueTimeNs = _venueTimeNs;
        foreach (ref Record record in batch.Records)
        {
            record.Header.VenueTimeNs = _venueTimeNs;
        }
    }
}
