using System.Text;
using System.Text.Json;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>Coinbase Exchange: level2, full, matches, ticker, heartbeat, status, REST books and products (documentation as of 2026-07).</summary>
/// <param name="defaultSymbol">Product of REST books, which name none.</param>
public sealed class CoinbaseSchema(string? defaultSymbol) : VenueSchema
{
    private const int NameBytesMax = 81;

    private static readonly Shape Update = Object(Must("changes", ArrayOf(Row(OneOf("buy", "sell"), Positive, Amount))), Must("time", IsoTime));

    private static readonly Shape Snapshot = Object(Must("bids", Bids), Must("asks", Asks), May("time", IsoTime));

    private static readonly Shape Ticker = Object(
        Must("sequence", Integer(0)), Must("best_bid", Amount), Must("best_ask", Amount), May("best_bid_size", Amount), May("best_ask_size", Amount),
        May("time", IsoTime));

    private static readonly Shape Match = Object(
        Must("sequence", Integer(0)), Must("time", IsoTime), Must("trade_id", Integer(0)), Must("price", Positive), Must("size", Amount),
        Must("side", OneOf("buy", "sell")), May("maker_order_id", Any), May("taker_order_id", Any));

    private static readonly Shape MatchedOrders = Object(Must("maker_order_id", Uuid), Must("taker_order_id", Uuid));

    private static readonly Shape Heartbeat = Object(Must("sequence", Integer(0)), Must("last_trade_id", Integer(0)), Must("time", IsoTime));

    private static readonly Shape Order = Object(
        Must("sequence", Integer(0)), Must("time", IsoTime), Must("order_id", Uuid), Must("side", OneOf("buy", "sell")));

    private static readonly Shape Received = Both(Order, Object(
        Must("order_type", Text), May("price", OrNull(Positive)), May("size", OrNull(Amount)), May("funds", OrNull(Amount)), May("client_oid", Any),
        May("client-oid", Any)));

    private static readonly Shape Open = Both(Order, Object(Must("price", Positive), Must("remaining_size", Amount)));

    private static readonly Shape Done = Both(Order, Object(
        Must("reason", Text), May("price", OrNull(Positive)), May("remaining_size", OrNull(Amount))));

    private static readonly Shape Change = Both(Order, Object(
        May("reason", OrNull(Text)), May("price", Any), May("new_size", Any), May("old_size", Any), May("new_price", Any), May("old_price", Any),
        May("new_funds", Any)));

    private static readonly Shape NewSize = Object(Must("new_size", Amount), May("old_size", OrNull(Amount)), May("old_price", OrNull(Positive)));

    private static readonly Shape RestBook = Object(Must("sequence", Integer(0)), Must("bids", ArrayOf(Any)), Must("asks", ArrayOf(Any)), May("time", IsoTime));

    private static readonly Shape Levels = ArrayOf(Row(Positive, Positive, Integer(0)));

    private static readonly Shape Orders = ArrayOf(Row(Positive, Positive, Uuid));

    private static readonly Shape Subscriptions = Object(Must("channels", ArrayOf(Object(Must("name", Text), May("product_ids", Any)))));

    // Products known to come by full, because events that only full has have come, or because the last acknowledgement lists them: a match is part of it there,
    // and has the ids of its orders. What was listed and is no longer has ended.
    private readonly HashSet<string> _heard = [];
    private readonly HashSet<string> _listed = [];

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol)
    {
        if (root.IsArray)
        {
            bool products = root.Count > 0 && root[0].Has("id"u8) && root[0].Has("quote_increment"u8);
            return products ? ListIf(root) : SchemaVerdict.Other;
        }

        if (!root.IsObject)
        {
            return Reject("neither object nor array");
        }

        if (!root.Has("type"u8))
        {
            return root.Has("bids"u8) || root.Has("asks"u8) ? AcceptIf(FitsRestBook(root, symbol ?? defaultSymbol))
                : root.Has("id"u8) && root.Has("quote_increment"u8) ? ListIf(root)
                : SchemaVerdict.Other;
        }

        return FitsWord(root, "type") ? JudgeType(root, TextOf(root, "type"u8)!) : SchemaVerdict.Reject;
    }

    private SchemaVerdict JudgeType(JsonNode root, string type)
    {
        switch (type)
        {
            case "subscriptions":
                return JudgeSubscriptions(root);
            case "status":
                return Fits(root, Object(Must("products", Any))) ? ListIf(Of(root, "products"u8)) : SchemaVerdict.Reject;
            case "activate" when !root.Has("sequence"u8):
                return SchemaVerdict.Other;
        }

        Func<bool>? fits = type switch
        {
            "l2update" => () => Fits(root, Update) && FitsDistinct(Of(root, "changes"u8)),
            "snapshot" => () => Fits(root, Snapshot),
            "ticker" => () => Fits(root, Ticker) && FitsSide(root, "best_bid"u8, "best_bid_size"u8) && FitsSide(root, "best_ask"u8, "best_ask_size"u8),
            "match" => () => Fits(root, Match) && (!IsFull(TextOf(root, "product_id"u8)!) || Fits(root, MatchedOrders)),
            "heartbeat" => () => Fits(root, Heartbeat),
            "received" => () => Fits(root, Received)
                && (!Of(root, "order_type"u8).TextIs("limit"u8) || Fits(root, Object(Must("price", Any), Must("size", Any)))),
            "open" => () => Fits(root, Open),
            "done" => () => Fits(root, Done),
            "change" => () => FitsChange(root),
            "activate" => () => Fits(root, Object(Must("sequence", Integer(0)), May("time", IsoTime))),
            _ => null,
        };
        if (fits is null)
        {
            return SchemaVerdict.Other;
        }

        bool good = Fits(root, Object(Must("product_id", Name))) && fits();
        if (good && type is "received" or "open" or "done" or "change" or "activate")
        {
            _heard.Add(TextOf(root, "product_id"u8)!);
        }

        return AcceptIf(good);
    }

    private SchemaVerdict ListIf(JsonNode products) => Fits(products, CoinbaseProductSchema.FitsProducts) ? SchemaVerdict.List : SchemaVerdict.Reject;

    private SchemaVerdict JudgeSubscriptions(JsonNode root)
    {
        if (!Fits(root, Subscriptions))
        {
            return SchemaVerdict.Reject;
        }

        HashSet<string> full = [];
        foreach (JsonNode channel in Of(root, "channels"u8).Items)
        {
            if (!channel.Has("product_ids"u8, out JsonNode products) || !products.IsArray)
            {
                continue;
            }

            foreach (JsonNode product in products.Items)
            {
                if (!Fits(product, Text))
                {
                    return SchemaVerdict.Reject;
                }

                if (product.Text.Length <= NameBytesMax && TextOf(channel, "name"u8) == "full")
                {
                    full.Add(Encoding.UTF8.GetString(product.Text));
                }
            }
        }

        _heard.ExceptWith(_listed.Except(full));
        _listed.Clear();
        _listed.UnionWith(full);
        return SchemaVerdict.Other;
    }

    private bool IsFull(string product) => _heard.Contains(product) || _listed.Contains(product);

    private bool FitsDistinct(JsonNode changes)
    {
        HashSet<(bool Buy, decimal Price)> met = [];
        foreach (JsonNode change in changes.Items)
        {
            if (!met.Add((change[0].TextIs("buy"u8), ValueOf(change[1].Raw))))
            {
                return Fault.Expected("each price of a side once", change);
            }
        }

        return true;
    }

    // Tickers had no sizes before 2022: then nothing is said against a price of 0.
    private bool FitsSide(JsonNode root, ReadOnlySpan<byte> price, ReadOnlySpan<byte> size) => !root.Has(size) || FitsQuote(Of(root, price), Of(root, size));

    private bool FitsChange(JsonNode root)
    {
        if (!Fits(root, Change))
        {
            return false;
        }

        // A market order measured in funds rests in no book.
        return (!IsTold(root, "new_size"u8) && IsTold(root, "new_funds"u8))
            || (Fits(root, NewSize) && Fits(root, Object(May(IsTold(root, "new_price"u8) ? "new_price" : "price", OrNull(Positive)))));
    }

    private static bool IsTold(JsonNode root, ReadOnlySpan<byte> name) => root.Has(name, out JsonNode value) && value.Kind != JsonTokenType.Null;

    private bool FitsRestBook(JsonNode root, string? symbol)
    {
        if (symbol is null || !IsName(Encoding.UTF8.GetBytes(symbol)))
        {
            return Fault.Note("a book of an unknown product");
        }

        if (!Fits(root, RestBook))
        {
            return false;
        }

        JsonNode bids = Of(root, "bids"u8);
        JsonNode asks = Of(root, "asks"u8);
        bool single = HasOrderIds(bids) || HasOrderIds(asks);
        Shape rows = single ? Orders : Levels;
        return Fits(bids, Both(rows, Shapes.Order(falling: true, single))) && Fits(asks, Both(rows, Shapes.Order(falling: false, single)));
    }

    private static bool HasOrderIds(JsonNode side) => side.Count > 0 && side[0].IsArray && side[0].Count > 2 && side[0][2].IsString;
}
