using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

/// <summary>
/// Turns the records of a message back into the frame the venue sent: all fields a journal keeps, numbers in the venue's own text, one item a frame. What
/// is not kept stands in <c>docs/fields/okx.md</c>. Not for the hot path.
/// </summary>
public sealed class OkxFrameWriter
{
    private const long NsPerMs = 1_000_000;

    private readonly LearntStreams _streams = new();

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>The frame of one market-data message, from its MessageBegin to its last record.</summary>
    /// <exception cref="ArgumentException">Not such a message, or one of a stream that was not learnt.</exception>
    public string Write(ReadOnlySpan<Record> message)
    {
        (string symbol, int priceDecimals, int quantityDecimals, _, string channelName) = _streams.StreamOf(message);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        if (begin.Type == MessageType.Ended)
        {
            return $$$"""{"event":"unsubscribe","arg":{"channel":"{{{channelName}}}","instId":"{{{symbol}}}"}}""";
        }

        OkxChannel channel = OkxChannels.Classify(Encoding.ASCII.GetBytes(channelName));
        bool rest = channelName == Encoding.ASCII.GetString(OkxChannels.RestBooks);
        StringBuilder json = new(rest ? """{"code":"0","msg":"",""" : $$$"""{"arg":{"channel":"{{{channelName}}}","instId":"{{{symbol}}}"},""");
        if (OkxChannels.IsIncremental(channel))
        {
            Text(json, "action", begin.Type == MessageType.BookSnapshot ? "snapshot" : "update");
        }

        json.Append("\"data\":[");
        ReadOnlySpan<Record> records = message[1..];
        switch (begin.Type)
        {
            case MessageType.BookDelta or MessageType.BookSnapshot:
                json.Append('{');
                Rows(json, "asks", records, Side.Ask, priceDecimals, quantityDecimals);
                Rows(json, "bids", records, Side.Bid, priceDecimals, quantityDecimals);
                if (channel == OkxChannel.Books5)
                {
                    Text(json, "instId", symbol);
                }

                Text(json, "ts", Ms(begin.Header.VenueTimeNs));
                if (begin.ChecksumPresence != ChecksumPresence.NoField)
                {
                    Number(json, "checksum", begin.ChecksumPresence == ChecksumPresence.Offered ? begin.Checksum : 0);
                }

                Number(json, "seqId", begin.LastSequence);
                Number(json, "prevSeqId", begin.PreviousSequence);
                json[^1] = '}';
                break;
            case MessageType.Trades or MessageType.AggregateTrades:
                json.Append('{');
                WriteTrade(json, begin, Record.Read<Trade>(records[0]), symbol, priceDecimals, quantityDecimals);
                json[^1] = '}';
                break;
            case MessageType.Ticker:
                json.Append('{');
                Text(json, "instId", symbol);
                WriteQuote(json, "askPx", "askSz", Record.Read<Quote>(records[1]), priceDecimals, quantityDecimals);
                WriteQuote(json, "bidPx", "bidSz", Record.Read<Quote>(records[0]), priceDecimals, quantityDecimals);
                Text(json, "ts", Ms(begin.Header.VenueTimeNs));
                json[^1] = '}';
                break;
            case MessageType.Candles:
                WriteCandle(json, records, priceDecimals);
                break;
            default:
                throw new ArgumentException($"OKX sends no message of type {begin.Type}", nameof(message));
        }

        return json.Append("]}").ToString();
    }

    private static void WriteTrade(StringBuilder json, in MessageBegin begin, in Trade trade, string symbol, int priceDecimals, int quantityDecimals)
    {
        TextForm form = trade.Header.TextForm;
        Text(json, "instId", symbol);
        Text(json, "tradeId", trade.TradeIdLow.ToString(CultureInfo.InvariantCulture));
        Text(json, "px", DecimalText.Format(trade.PriceTicks, priceDecimals, form.PriceDecimals));
        Text(json, "sz", DecimalText.Format(trade.QuantityLots, quantityDecimals, form.QuantityDecimals));
        Text(json, "side", trade.Header.Side == Side.Bid ? "buy" : "sell");
        Text(json, "ts", Ms(begin.Header.VenueTimeNs));
        string? source = (TradeOrigin)begin.Detail switch
        {
            TradeOrigin.Market => "0",
            TradeOrigin.RetailPriceImprovement => "1",
            _ => null,
        };
        if (source is not null)
        {
            Text(json, "source", source);
        }

        Number(json, "seqId", trade.TradeSequence);
    }

    // An empty side is empty texts.
    private static void WriteQuote(StringBuilder json, string price, string quantity, in Quote quote, int priceDecimals, int quantityDecimals)
    {
        TextForm form = quote.Header.TextForm;
        bool empty = quote is { PriceTicks: 0, QuantityLots: 0 };
        Text(json, price, empty ? "" : DecimalText.Format(quote.PriceTicks, priceDecimals, form.PriceDecimals));
        Text(json, quantity, empty ? "" : DecimalText.Format(quote.QuantityLots, quantityDecimals, form.QuantityDecimals));
    }

    // The volume in currency is not kept.
    private static void WriteCandle(StringBuilder json, ReadOnlySpan<Record> records, int priceDecimals)
    {
        Candle candle = Record.Read<Candle>(records[0]);
        CandleTurnover second = Record.Read<CandleTurnover>(records[1]);
        TextForm form = candle.Header.TextForm;
        string[] items =
        [
            Ms(second.StartNs), Price(candle.OpenTicks), Price(candle.HighTicks), Price(candle.LowTicks), Price(candle.CloseTicks),
            DecimalText.Format(candle.VolumeLots, second.VolumeDecimals, form.QuantityDecimals), "",
            DecimalText.Format(second.Turnover, second.TurnoverDecimals, second.TurnoverDecimals), second.Header.Code == 1 ? "1" : "0",
        ];
        json.Append("[\"").AppendJoin("\",\"", items).Append("\"]");

        // A candle keeps the form of its close; its other prices are written alike unless they need more decimals.
        string Price(long ticks)
        {
            int written = form.PriceDecimals;
            while (written < priceDecimals && ticks % PowersOfTen.Of(priceDecimals - written) != 0)
            {
                written++;
            }

            return DecimalText.Format(ticks, priceDecimals, written);
        }
    }

    private static void Rows(StringBuilder json, string key, ReadOnlySpan<Record> records, Side side, int priceDecimals, int quantityDecimals)
    {
        json.Append('"').Append(key).Append("\":[");
        foreach (ref readonly Record record in records)
        {
            if (record.Header.Side == side)
            {
                LevelSet level = Record.Read<LevelSet>(record);
                TextForm form = level.Header.TextForm;
                json.Append("[\"").Append(DecimalText.Format(level.PriceTicks, priceDecimals, form.PriceDecimals))
                    .Append("\",\"").Append(DecimalText.Format(level.QuantityLots, quantityDecimals, form.QuantityDecimals))
                    .Append("\",\"0\",\"").Append(level.OrderCount).Append("\"],");
            }
        }

        if (json[^1] == ',')
        {
            json.Length--;
        }

        json.Append("],");
    }

    private static string Ms(long ns) => (ns / NsPerMs).ToString(CultureInfo.InvariantCulture);

    private static void Number(StringBuilder json, string key, long number)
    {
        if (number != Sequence.None)
        {
            json.Append('"').Append(key).Append("\":").Append(number.ToString(CultureInfo.InvariantCulture)).Append(',');
        }
    }

    private static void Text(StringBuilder json, string key, string text) => json.Append('"').Append(key).Append("\":\"").Append(text).Append("\",");
}
