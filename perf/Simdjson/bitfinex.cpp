#include "lob_simdjson.hpp"

namespace lob {

constexpr int64_t TimestampFlag = 32768;
constexpr int64_t SequenceFlag = 65536;

// The items of an array, one after the other.
struct Items {
    od::array_iterator at, end;

    bool open(od::array& array) {
        LOB_TRY(array.begin().get(at));
        LOB_TRY(array.end().get(end));
        return true;
    }

    bool more() { return at != end; }

    bool take(od::value& value) {
        LOB_CHECK(at != end);
        LOB_TRY((*at).get(value));
        return true;
    }

    // Behind take: the item has been read, or is passed over.
    void next() { ++at; }
};

static bool rest(Items& items) {
    for (; items.more(); items.next()) LOB_TRY((*items.at).error());
    return true;
}

// [price,count,amount], of which the price is at hand.
static bool read_row(Decoder& decoder, Items& items, od::value& price_value) {
    int64_t price, orders, amount;
    int price_decimals, amount_decimals;
    od::value value;
    LOB_CHECK(number(price_value, price, price_decimals) && price > 0);
    items.next();
    LOB_CHECK(items.take(value) && integer(value, orders) && orders >= 0 && orders <= UINT32_MAX);
    items.next();
    LOB_CHECK(items.take(value) && number(value, amount, amount_decimals) && amount != 0);
    items.next();
    LOB_CHECK(rest(items));
    add_level(decoder, amount > 0 ? Side::Bid : Side::Ask, price, price_decimals, orders == 0 ? 0 : amount > 0 ? amount : -amount, amount_decimals,
        uint32_t(orders), 0);
    return true;
}

// One row, or a list of them.
static bool read_book(Decoder& decoder, od::value& payload, Channel& channel, Type& type) {
    od::array array;
    Items items;
    LOB_TRY(payload.get_array().get(array));
    LOB_CHECK(items.open(array));
    type = Type::BookDelta;
    bool is_first = true;
    for (; items.more(); items.next()) {
        od::value value;
        LOB_CHECK(items.take(value));
        od::json_type kind;
        LOB_TRY(value.type().get(kind));
        if (kind == od::json_type::number) {
            LOB_CHECK(is_first);
            return read_row(decoder, items, value);
        }
        is_first = false;
        od::array row;
        Items numbers;
        od::value price;
        LOB_TRY(value.get_array().get(row));
        LOB_CHECK(numbers.open(row) && numbers.take(price) && read_row(decoder, numbers, price));
    }
    if (channel.awaits_snapshot) {
        type = Type::BookSnapshot;
        channel.awaits_snapshot = false;
    }
    return true;
}

static bool read_quote(Decoder& decoder, od::value& value, Side side) {
    Priced numbers;
    numbers.price = 0;
    bool is_null;
    LOB_TRY(value.is_null().get(is_null));
    if (!is_null) LOB_CHECK(number(value, numbers.price, numbers.price_decimals));
    numbers.quantity = numbers.price == 0 ? 0 : None;
    add_quote(decoder, side, numbers, None);
    return true;
}

// [bid, size, ask, size, …]: the sizes are sums over many orders, not those at the best price.
static bool read_ticker(Decoder& decoder, od::value& payload) {
    od::array array;
    Items items;
    od::value value;
    LOB_TRY(payload.get_array().get(array));
    LOB_CHECK(items.open(array) && items.take(value) && read_quote(decoder, value, Side::Bid));
    items.next();
    LOB_CHECK(items.take(value));
    items.next();
    LOB_CHECK(items.take(value) && read_quote(decoder, value, Side::Ask));
    items.next();
    return rest(items);
}

// [id, time, amount, price].
static bool read_trade(Decoder& decoder, od::value& payload, Fields& fields) {
    od::array array;
    Items items;
    od::value value;
    Priced numbers;
    int64_t id;
    LOB_TRY(payload.get_array().get(array));
    LOB_CHECK(items.open(array) && items.take(value) && integer(value, id));
    items.next();
    LOB_CHECK(items.take(value) && milliseconds(value, fields.matching_time_ns));
    items.next();
    LOB_CHECK(items.take(value) && number(value, numbers.quantity, numbers.quantity_decimals) && numbers.quantity != 0);
    items.next();
    LOB_CHECK(items.take(value) && number(value, numbers.price, numbers.price_decimals));
    items.next();
    LOB_CHECK(rest(items));
    const Side taker = numbers.quantity > 0 ? Side::Bid : Side::Ask;
    if (numbers.quantity < 0) numbers.quantity = -numbers.quantity;
    add_trade(decoder, taker, numbers, 0, id, 0, None);
    return true;
}

static bool read_array(Decoder& decoder, od::document& document) {
    od::array array;
    Items items;
    od::value value;
    int64_t id;
    LOB_TRY(document.get_array().get(array));
    LOB_CHECK(items.open(array) && items.take(value) && integer(value, id));
    items.next();

    const auto found = decoder.channels.find(id);
    Channel unknown = { ChannelKind::None, false };
    Channel& channel = found == decoder.channels.end() ? unknown : found->second;
    Fields fields;
    fields.symbol_start = uint32_t(id);
    Type type = Type::Heartbeat;
    Value* message;
    LOB_CHECK(begin_message(decoder, message) && items.take(value));
    if (channel.kind != ChannelKind::None) {
        od::json_type kind;
        LOB_TRY(value.type().get(kind));
        if (kind == od::json_type::array) {
            if (channel.kind == ChannelKind::Book) LOB_CHECK(read_book(decoder, value, channel, type));
            else if (channel.kind == ChannelKind::Ticker) {
                type = Type::Ticker;
                LOB_CHECK(read_ticker(decoder, value));
            }
        }
        else {
            const char* text;
            LOB_CHECK(text_of(value, text));
            if (is(text, "cs") && channel.kind == ChannelKind::Book) {
                items.next();
                type = Type::BookChecksum;
                fields.has_checksum = true;
                LOB_CHECK(items.take(value) && integer(value, fields.checksum));
            }
            else if (is(text, "te") && channel.kind == ChannelKind::Trades) {
                items.next();
                type = Type::Trades;
                LOB_CHECK(items.take(value) && read_trade(decoder, value, fields));
            }
        }
    }
    items.next();

    // What the connection's flags have added at the end.
    int64_t before = None, last = None;
    for (; items.more(); items.next()) {
        before = last;
        LOB_CHECK(items.take(value));
        if (value.get_int64().get(last) != simdjson::SUCCESS) last = None;
    }
    if (decoder.is_timed) {
        LOB_CHECK(last > 0);
        fields.venue_time_ns = last * 1000000;
        last = before;
    }
    if (decoder.is_sequenced) {
        LOB_CHECK(last >= 0);
        fields.last = last;
    }
    if (channel.kind == ChannelKind::None && fields.last == None) decoder.out = message;
    else end_message(message, type, fields);
    return true;
}

// Rare: a few a connection.
static bool read_event(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    const char *name = "\"", *channel = "\"", *symbol = "\"", *precision = "\"";
    int64_t id = 0, flags = 0;
    bool has_version = false;
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "event")) LOB_CHECK(text_of(value, name));
        else if (is(key, "channel")) LOB_CHECK(text_of(value, channel));
        else if (is(key, "symbol")) LOB_CHECK(text_of(value, symbol));
        else if (is(key, "prec")) LOB_CHECK(text_of(value, precision));
        else if (is(key, "chanId")) LOB_CHECK(integer(value, id));
        else if (is(key, "flags")) LOB_CHECK(integer(value, flags));
        else if (is(key, "version")) has_version = true;
    }
    if (is(name, "info") && has_version) {
        decoder.channels.clear();
        decoder.is_timed = decoder.is_sequenced = false;
    }
    else if (is(name, "conf")) {
        decoder.is_timed = (flags & TimestampFlag) != 0;
        decoder.is_sequenced = (flags & SequenceFlag) != 0;
    }
    else if (is(name, "subscribed")) {
        const ChannelKind kind = *symbol != 't' ? ChannelKind::None
            : is(channel, "trades") ? ChannelKind::Trades
            : is(channel, "ticker") ? ChannelKind::Ticker
            : is(channel, "book") && *precision == 'P' ? ChannelKind::Book
            : ChannelKind::None;
        decoder.channels[id] = { kind, kind == ChannelKind::Book };
    }
    else if (is(name, "unsubscribed")) decoder.channels.erase(id);
    return true;
}

bool read_bitfinex(Decoder& decoder, od::document& document) {
    od::json_type type;
    LOB_TRY(document.type().get(type));
    return type == od::json_type::array ? read_array(decoder, document) : read_event(decoder, document);
}

}  // namespace lob
