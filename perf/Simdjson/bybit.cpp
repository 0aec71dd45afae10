#include "lob_simdjson.hpp"

namespace lob {

static bool read_book(Decoder& decoder, od::value& data, Fields& fields) {
    od::object object;
    LOB_TRY(data.get_object().get(object));
    for (auto field : object) {
        const char* key;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "s")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (is(key, "b")) LOB_CHECK(read_levels(decoder, value, Side::Bid));
        else if (is(key, "a")) LOB_CHECK(read_levels(decoder, value, Side::Ask));
        else if (is(key, "u")) LOB_CHECK(integer(value, fields.last));
        else if (is(key, "seq")) LOB_CHECK(integer(value, fields.previous));
    }
    fields.first = fields.last;
    return true;
}

static bool read_trades(Decoder& decoder, od::value& data, Fields& fields) {
    od::array trades;
    LOB_TRY(data.get_array().get(trades));
    for (auto trade : trades) {
        od::object object;
        LOB_TRY(trade.get_object().get(object));
        Priced numbers;
        Side side = Side::None;
        int64_t time_ns = 0, low = 0, high = 0, sequence = None;
        for (auto field : object) {
            const char* key;
            od::value value;
            LOB_CHECK(key_of(std::move(field), key, value));
            if (is(key, "T")) LOB_CHECK(milliseconds(value, time_ns));
            else if (is(key, "s")) LOB_CHECK(symbol_of(decoder, value, fields));
            else if (is(key, "S")) {
                const char* text;
                LOB_CHECK(text_of(value, text));
                side = is(text, "Buy") ? Side::Bid : is(text, "Sell") ? Side::Ask : Side::None;
            }
            else if (is(key, "v")) LOB_CHECK(decimal_text(value, numbers.quantity, numbers.quantity_decimals));
            else if (is(key, "p")) LOB_CHECK(decimal_text(value, numbers.price, numbers.price_decimals));
            else if (is(key, "i")) LOB_CHECK(id_text(value, low, high));
            else if (is(key, "seq")) LOB_CHECK(integer(value, sequence));
        }
        LOB_CHECK(side != Side::None && numbers.price != None && numbers.quantity != None);
        add_trade(decoder, side, numbers, time_ns, low, high, sequence);
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
        if (is(key, "symbol")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (is(key, "bid1Price")) LOB_CHECK(stated_text(value, bid.price, bid.price_decimals));
        else if (is(key, "bid1Size")) LOB_CHECK(stated_text(value, bid.quantity, bid.quantity_decimals));
        else if (is(key, "ask1Price")) LOB_CHECK(stated_text(value, ask.price, ask.price_decimals));
        else if (is(key, "ask1Size")) LOB_CHECK(stated_text(value, ask.quantity, ask.quantity_decimals));
    }
    if (bid.is_stated()) add_quote(decoder, Side::Bid, bid, None);
    if (ask.is_stated()) add_quote(decoder, Side::Ask, ask, None);
    return true;
}

bool read_bybit(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    Fields fields;
    Type type = Type::None;
    bool is_snapshot = false;
    Value* message;
    LOB_CHECK(begin_message(decoder, message));
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "topic")) {
            LOB_CHECK(text_of(value, text));
            type = starts(text, "orderbook.") ? Type::BookDelta
                : starts(text, "publicTrade.") ? Type::Trades
                : starts(text, "tickers.") ? Type::Ticker
                : Type::None;
        }
        else if (is(key, "type")) {
            LOB_CHECK(text_of(value, text));
            is_snapshot = is(text, "snapshot");
        }
        else if (is(key, "ts")) LOB_CHECK(milliseconds(value, fields.venue_time_ns));
        else if (is(key, "cts")) LOB_CHECK(milliseconds(value, fields.matching_time_ns));
        else if (is(key, "cs")) LOB_CHECK(integer(value, fields.previous));
        else if (is(key, "data")) {
            if (type == Type::BookDelta) LOB_CHECK(read_book(decoder, value, fields));
            else if (type == Type::Trades) LOB_CHECK(read_trades(decoder, value, fields));
            else if (type == Type::Ticker) LOB_CHECK(read_ticker(decoder, value, fields));
        }
    }
    if (type == Type::None) decoder.out = message;
    else {
        // Update id 1 is a book begun anew, whatever the frame calls it.
        const bool is_whole = type == Type::BookDelta && (is_snapshot || fields.last == 1);
        end_message(message, is_whole ? Type::BookSnapshot : type, fields);
    }
    return true;
}

}  // namespace lob
