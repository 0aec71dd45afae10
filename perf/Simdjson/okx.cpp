#include "lob_simdjson.hpp"

namespace lob {

static bool read_argument(Decoder& decoder, od::value& argument, Fields& fields, Type& type, bool& is_snapshot) {
    od::object object;
    LOB_TRY(argument.get_object().get(object));
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "channel")) {
            LOB_CHECK(text_of(value, text));
            const bool is_whole = is(text, "books5") || is(text, "bbo-tbt");
            is_snapshot |= is_whole;
            type = is_whole || is(text, "books") || is(text, "books-l2-tbt") || is(text, "books50-l2-tbt") ? Type::BookDelta
                : is(text, "trades") || is(text, "trades-all") ? Type::Trades
                : is(text, "tickers") ? Type::Ticker
                : Type::None;
        }
        else if (is(key, "instId")) LOB_CHECK(symbol_of(decoder, value, fields));
    }
    return true;
}

// Rows ["price","quantity","0","orders"].
static bool read_counted_levels(Decoder& decoder, od::value& value, Side side) {
    od::array rows;
    LOB_TRY(value.get_array().get(rows));
    for (auto row : rows) {
        od::array items;
        LOB_TRY(row.get_array().get(items));
        int64_t price = 0, quantity = 0, orders = -1;
        int price_decimals = 0, quantity_decimals = 0, index = 0;
        for (auto element : items) {
            od::value item;
            LOB_TRY(element.get(item));
            if (index == 0) LOB_CHECK(decimal_text(item, price, price_decimals) && price != 0);
            else if (index == 1) LOB_CHECK(decimal_text(item, quantity, quantity_decimals));
            else if (index == 3) LOB_CHECK(integer_text(item, orders));
            index++;
        }
        LOB_CHECK(orders >= 0);
        add_level(decoder, side, price, price_decimals, quantity, quantity_decimals, uint32_t(orders), 0);
    }
    return true;
}

static bool read_book(Decoder& decoder, od::object& object, Fields& fields) {
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "asks")) LOB_CHECK(read_counted_levels(decoder, value, Side::Ask));
        else if (is(key, "bids")) LOB_CHECK(read_counted_levels(decoder, value, Side::Bid));
        else if (is(key, "ts")) LOB_CHECK(milliseconds_text(value, fields.venue_time_ns));
        else if (is(key, "checksum")) {
            LOB_CHECK(integer(value, fields.checksum));
            fields.has_checksum = true;
        }
        else if (is(key, "seqId")) LOB_CHECK(integer(value, fields.last));
        else if (is(key, "prevSeqId")) LOB_CHECK(integer(value, fields.previous));
    }
    return true;
}

static bool read_trade(Decoder& decoder, od::object& object, Fields& fields, Type& type) {
    Priced numbers;
    Side side = Side::None;
    int64_t id = 0, sequence = None;
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "tradeId")) LOB_CHECK(integer_text(value, id));
        else if (is(key, "px")) LOB_CHECK(decimal_text(value, numbers.price, numbers.price_decimals));
        else if (is(key, "sz")) LOB_CHECK(decimal_text(value, numbers.quantity, numbers.quantity_decimals));
        else if (is(key, "side")) {
            LOB_CHECK(text_of(value, text));
            side = is(text, "buy") ? Side::Bid : is(text, "sell") ? Side::Ask : Side::None;
        }
        else if (is(key, "ts")) LOB_CHECK(milliseconds_text(value, fields.venue_time_ns));
        else if (is(key, "count")) type = Type::AggregateTrades;
        else if (is(key, "seqId")) LOB_CHECK(integer(value, sequence));
    }
    LOB_CHECK(side != Side::None && numbers.price != None && numbers.quantity != None);
    fields.last = type == Type::AggregateTrades ? id : None;
    add_trade(decoder, side, numbers, 0, id, 0, sequence);
    return true;
}

static bool read_ticker(Decoder& decoder, od::object& object, Fields& fields) {
    Priced bid, ask;
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "bidPx")) LOB_CHECK(stated_text(value, bid.price, bid.price_decimals));
        else if (is(key, "bidSz")) LOB_CHECK(stated_text(value, bid.quantity, bid.quantity_decimals));
        else if (is(key, "askPx")) LOB_CHECK(stated_text(value, ask.price, ask.price_decimals));
        else if (is(key, "askSz")) LOB_CHECK(stated_text(value, ask.quantity, ask.quantity_decimals));
        else if (is(key, "ts")) LOB_CHECK(milliseconds_text(value, fields.venue_time_ns));
    }
    LOB_CHECK(bid.price != None && bid.quantity != None && ask.price != None && ask.quantity != None);
    add_quote(decoder, Side::Bid, bid, None);
    add_quote(decoder, Side::Ask, ask, None);
    return true;
}

// Each item is a message of its own.
static bool read_items(Decoder& decoder, od::value& data, const Fields& argument, Type type, bool is_snapshot) {
    od::array items;
    LOB_TRY(data.get_array().get(items));
    for (auto item : items) {
        od::object object;
        LOB_TRY(item.get_object().get(object));
        Fields fields = argument;
        Type found = type;
        Value* message;
        LOB_CHECK(begin_message(decoder, message));
        if (type == Type::BookDelta) {
            LOB_CHECK(read_book(decoder, object, fields));
            if (is_snapshot) found = Type::BookSnapshot;
        }
        else if (type == Type::Trades) LOB_CHECK(read_trade(decoder, object, fields, found));
        else LOB_CHECK(read_ticker(decoder, object, fields));
        end_message(message, found, fields);
    }
    return true;
}

bool read_okx(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    Fields fields;
    Type type = Type::None;
    bool is_snapshot = false;
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "arg")) LOB_CHECK(read_argument(decoder, value, fields, type, is_snapshot));
        else if (is(key, "action")) {
            LOB_CHECK(text_of(value, text));
            is_snapshot |= is(text, "snapshot");
        }
        else if (is(key, "data") && type != Type::None) LOB_CHECK(read_items(decoder, value, fields, type, is_snapshot));
    }
    return true;
}

}  // namespace lob
