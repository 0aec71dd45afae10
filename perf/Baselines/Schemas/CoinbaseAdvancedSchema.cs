using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>Coinbase Advanced Trade: frames of events, counted over a connection (documentation as of 2026-07-26).</summary>
public sealed class CoinbaseAdvancedSchema : VenueSchema
{
    private const long SecondsMin = 946_684_800;
    private const long SecondsEnd = 7_258_118_400;

    private static readonly Shape Envelope = Object(
        Must("channel", Name), Must("timestamp", IsoTime), Must("sequence_num", Integer(0)), Must("events", ArrayOf(Any)));

    private static readonly Shape Book = Object(
        Must("type", OneOf("snapshot", "update")), Must("product_id", Name),
        Must("updates", ArrayOf(Object(
            Must("side", OneOf("bid", "offer")), Must("event_time", EventTime), Must("price_level", Positive), Must("new_quantity", Amount)))));

    private static readonly Shape TradesEvent = Object(Must("type", OneOf("snapshot", "update")), Must("trades", ArrayOf(Any)));

    private static readonly Shape Trades = Object(Must("trades", ArrayOf(Object(
        Must("product_id", Name), Must("trade_id", IntegerText), Must("price", Positive), Must("size", Amount), Must("time", IsoTime),
        Must("side", OneOf("BUY", "SELL"))))));

    private static readonly Shape Tickers = Object(Must("tickers", ArrayOf(Object(
        Must("product_id", Name), Must("best_bid", Amount), Must("best_bid_quantity", Amount), Must("best_ask", Amount), Must("best_ask_quantity", Amount)))));

    private static readonly Shape Candles = Object(Must("candles", ArrayOf(Object(
        Must("product_id", Name), Must("start", StartSeconds), Must("open", Positive), Must("high", Positive), Must("low", Positive), Must("close", Positive),
        Must("volume", Amount)))));

    private static readonly Shape Heartbeat = Object(Must("heartbeat_counter", static (value, fault) =>
        value.IsString ? IntegerText(value, fault) : Integer(0)(value, fault)));

    private static readonly Shape Products = Object(Must("products", CoinbaseProductSchema.FitsProducts));

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol)
    {
        if (!root.IsObject)
        {
            return Reject("no object");
        }

        if (!root.Has("channel"u8) && !root.Has("events"u8))
        {
            return SchemaVerdict.Other;
        }

        if (!Fits(root, Envelope))
        {
            return SchemaVerdict.Reject;
        }

        string channel = TextOf(root, "channel"u8)!;
        bool isRead = channel is "l2_data" or "market_trades" or "ticker" or "ticker_batch" or "candles" or "heartbeats" or "status";
        if (!isRead)
        {
            return SchemaVerdict.Other;
        }

        bool hasHistory = false;
        bool hasTrades = false;
        foreach (JsonNode one in Of(root, "events"u8).Items)
        {
            if (!FitsEvent(one, channel))
            {
                return SchemaVerdict.Reject;
            }

            bool isHistory = channel == "market_trades" && Of(one, "type"u8).TextIs("snapshot"u8);
            hasHistory |= isHistory;
            hasTrades |= channel == "market_trades" && !isHistory && Of(one, "trades"u8).Count > 0;
        }

        // Trades before the subscription are history and not read.
        return hasHistory && !hasTrades ? SchemaVerdict.Other : SchemaVerdict.Accept;
    }

    private static bool StartSeconds(JsonNode value, SchemaFault fault) =>
        (value.IsString && IsDigits(value.Raw, out long seconds) && seconds is >= SecondsMin and < SecondsEnd)
        || fault.Expected("seconds of a time as text", value);

    // The documentation's snapshots have the year 1970 for "none".
    private static bool EventTime(JsonNode value, SchemaFault fault) =>
        (value.IsString && value.Raw.SequenceEqual("1970-01-01T00:00:00Z"u8)) || IsoTime(value, fault);

    private bool FitsEvent(JsonNode one, string channel)
    {
        switch (channel)
        {
            case "l2_data":
                return Fits(one, Book) && FitsSides(Of(one, "updates"u8), Of(one, "type"u8).TextIs("snapshot"u8));
            case "market_trades":
                return Fits(one, TradesEvent) && (Of(one, "type"u8).TextIs("snapshot"u8) || Fits(one, Trades));
            case "candles":
                return Fits(one, Candles);
            case "heartbeats":
                return Fits(one, Heartbeat);
            case "status":
                return Fits(one, Products);
            default:
                return Fits(one, Tickers) && FitsQuotes(Of(one, "tickers"u8));
        }
    }

    private bool FitsQuotes(JsonNode tickers)
    {
        foreach (JsonNode ticker in tickers.Items)
        {
            if (!FitsQuote(Of(ticker, "best_bid"u8), Of(ticker, "best_bid_quantity"u8))
                || !FitsQuote(Of(ticker, "best_ask"u8), Of(ticker, "best_ask_quantity"u8)))
            {
                return false;
            }
        }

        return true;
    }

    // Of a whole book each side best first and no empty level; of changes each price once.
    private bool FitsSides(JsonNode updates, bool whole)
    {
        HashSet<(bool Bid, decimal Price)> met = [];
        decimal? lastBid = null;
        decimal? lastAsk = null;
        foreach (JsonNode update in updates.Items)
        {
            bool isBid = Of(update, "side"u8).TextIs("bid"u8);
            decimal price = ValueOf(Of(update, "price_level"u8).Raw);
            if (!met.Add((isBid, price)))
            {
                return Fault.Expected("each price of a side once", update);
            }

            if (whole && (IsZero(Of(update, "new_quantity"u8).Raw) || (isBid ? price >= lastBid : price <= lastAsk)))
            {
                return Fault.Expected("levels best first", update);
            }

            lastBid = isBid ? price : lastBid;
            lastAsk = isBid ? lastAsk : price;
        }

        return true;
    }
}
