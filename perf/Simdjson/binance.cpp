#include "lob_simdjson.hpp"

namespace lob {

static bool read_delta(Decoder& decoder, od::value& data, Fields& fields) {
    od::object object;
    LOB_TRY(data.get_object().get(object));
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "E")) LOB_CHECK(milliseconds(value, fields.venue_time_ns));
        else if (is(key, "T")) LOB_CHECK(milliseconds(value, fields.matching_time_ns));
        else if (is(key, "s")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (is(key, "U")) LOB_CHECK(integer(value, fields.first));
        else if (is(key, "u")) LOB_CHECK(integer(value, fields.last));
        else if (is(key, "pu")) LOB_CHECK(integer(value, fields.previous));
        else if (is(key, "b")) LOB_CHECK(read_levels(decoder, value, Side::Bid));
        else if (is(key, "a")) LOB_CHECK(read_levels(decoder, value, Side::Ask));
    }
    return true;
}

static bool read_ticker(Decoder& decoder, od::value& data, Fields& fields) {
    od::object object;
    LOB_TRY(data.get_object().get(object));
    Priced bid, ask;
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "u")) LOB_CHECK(integer(value, fields.last));
        else if (is(key, "s")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (is(key, "b")) LOB_CHECK(decimal_text(value, bid.price, bid.price_decimals));
        else if (is(key, "B")) LOB_CHECK(decimal_text(value, bid.quantity, bid.quantity_decimals));
        else if (is(key, "a")) LOB_CHECK(decimal_text(value, ask.price, ask.price_decimals));
        else if (is(key, "A")) LOB_CHECK(decimal_text(value, ask.quantity, ask.quantity_decimals));
        else if (is(key, "T")) LOB_CHECK(milliseconds(value, fields.matching_time_ns));
        else if (is(key, "E")) LOB_CHECK(milliseconds(value, fields.venue_time_ns));
    }
    LOB_CHECK(bid.price != None && bid.quantity != None && ask.price != None && ask.quantity != None);
    add_quote(decoder, Side::Bid, bid, fields.last);
    add_quote(decoder, Side::Ask, ask, fields.last);
    return true;
}

static bool read_trade(Decoder& decoder, od::value& data, Fields& fields, bool is_aggregate) {
    od::object object;
    LOB_TRY(data.get_object().get(object));
    Priced numbers;
    int64_t id = None;
    bool is_buyer_maker = false;
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "E")) LOB_CHECK(milliseconds(value, fields.venue_time_ns));
        else if (is(key, "T")) LOB_CHECK(milliseconds(value, fields.matching_time_ns));
        else if (is(key, "s")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (is(key, "p")) LOB_CHECK(decimal_text(value, numbers.price, numbers.price_decimals));
        else if (is(key, "q")) LOB_CHECK(decimal_text(value, numbers.quantity, numbers.quantity_decimals));
        else if (is(key, "m")) LOB_TRY(value.get_bool().get(is_buyer_maker));
        else if (is_aggregate ? is(key, "a") : is(key, "t")) LOB_CHECK(integer(value, id));
        else if (is_aggregate && is(key, "f")) LOB_CHECK(integer(value, fields.first));
        else if (is_aggregate && is(key, "l")) LOB_CHECK(integer(value, fields.last));
    }
    LOB_CHECK(numbers.price != None && numbers.quantity != None);
    add_trade(decoder, is_buyer_maker ? Side::Ask : Side::Bid, numbers, 0, id, 0, None);
    return true;
}

bool read_binance(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    Fields fields;
    Type type = Type::None;
    Value* message;
    LOB_CHECK(begin_message(decoder, message));
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "stream")) {
            LOB_CHECK(text_of(value, text));
            while (*text != '@' && *text != '"') text++;
            LOB_CHECK(*text++ == '@');
            type = starts(text, "depth") ? Type::BookDelta
                : is(text, "bookTicker") ? Type::Ticker
                : is(text, "trade") ? Type::Trades
                : is(text, "aggTrade") ? Type::AggregateTrades
                : Type::None;
        }
        else if (is(key, "data")) {
            if (type == Type::BookDelta) LOB_CHECK(read_delta(decoder, value, fields));
            else if (type == Type::Ticker) LOB_CHECK(read_ticker(decoder, value, fields));
            else if (type != Type::None) LOB_CHECK(read_trade(decoder, value, fields, type == Type::AggregateTrades));
        }
        else if (is(key, "lastUpdateId")) {
            type = Type::BookSnapshot;
            LOB_CHECK(integer(value, fields.last));
        }
        else if (type == Type::BookSnapshot) {
            if (is(key, "bids")) LOB_CHECK(read_levels(decoder, value, Side::Bid));
            else if (is(key, "asks")) LOB_CHECK(read_levels(decoder, value, Side::Ask));
            else if (is(key, "symbol")) LOB_CHECK(symbol_of(decoder, value, fields));
            else if (is(key, "E")) LOB_CHECK(milliseconds(value, fields.venue_time_ns));
            else if (is(key, "T")) LOB_CHECK(milliseconds(value, fields.matching_time_ns));
        }
    }
    if (type == Type::None) decoder.out = message;
    else end_message(message, type, fields);
    return true;
}

}  // namespace lob
