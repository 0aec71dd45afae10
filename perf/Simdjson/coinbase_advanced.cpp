#include "lob_simdjson.hpp"

namespace lob {

// {"side":"bid","event_time":"…","price_level":"…","new_quantity":"…"}; returns the time of the last row.
static bool read_updates(Decoder& decoder, od::value& value, int64_t& event_time_ns) {
    od::array rows;
    LOB_TRY(value.get_array().get(rows));

    // Times of a book are the same in row after row: the text read last, up to the longest there is.
    constexpr size_t TimeLength = 27;
    char last_time[TimeLength] = {};
    event_time_ns = 0;
    for (auto row : rows) {
        od::object object;
        LOB_TRY(row.get_object().get(object));
        Side side = Side::None;
        int64_t price = 0, quantity = None;
        int price_decimals = 0, quantity_decimals = 0;
        for (auto field : object) {
            const char *key, *text;
            od::value item;
            LOB_CHECK(key_of(std::move(field), key, item));
            if (is(key, "side")) {
                LOB_CHECK(text_of(item, text));
                side = is(text, "bid") ? Side::Bid : is(text, "offer") ? Side::Ask : Side::None;
            }
            else if (is(key, "event_time")) {
                LOB_CHECK(text_of(item, text));
                if (std::memcmp(text, last_time, TimeLength) != 0) {
                    LOB_CHECK(iso_time(decoder, text, event_time_ns));
                    std::memcpy(last_time, text, TimeLength);
                }
            }
            else if (is(key, "price_level")) LOB_CHECK(decimal_text(item, price, price_decimals));
            else if (is(key, "new_quantity")) LOB_CHECK(decimal_text(item, quantity, quantity_decimals));
        }
        LOB_CHECK(side != Side::None && price != 0 && quantity != None);
        add_level(decoder, side, price, price_decimals, quantity, quantity_decimals, 0, event_time_ns);
    }
    return true;
}

static bool read_trades(Decoder& decoder, od::value& value, Fields fields) {
    od::array trades;
    LOB_TRY(value.get_array().get(trades));
    for (auto trade : trades) {
        od::object object;
        LOB_TRY(trade.get_object().get(object));
        Priced numbers;
        Side maker = Side::None;
        int64_t id = 0;
        Value* message;
        LOB_CHECK(begin_message(decoder, message));
        for (auto field : object) {
            const char *key, *text;
            od::value item;
            LOB_CHECK(key_of(std::move(field), key, item));
            if (is(key, "product_id")) LOB_CHECK(symbol_of(decoder, item, fields));
            else if (is(key, "trade_id")) LOB_CHECK(integer_text(item, id));
            else if (is(key, "price")) LOB_CHECK(decimal_text(item, numbers.price, numbers.price_decimals));
            else if (is(key, "size")) LOB_CHECK(decimal_text(item, numbers.quantity, numbers.quantity_decimals));
            else if (is(key, "time")) LOB_CHECK(text_of(item, text) && iso_time(decoder, text, fields.matching_time_ns));
            else if (is(key, "side")) {
                LOB_CHECK(text_of(item, text));
                maker = is(text, "BUY") ? Side::Bid : is(text, "SELL") ? Side::Ask : Side::None;
            }
        }
        LOB_CHECK(maker != Side::None && numbers.price != None && numbers.quantity != None);
        add_trade(decoder, maker == Side::Bid ? Side::Ask : Side::Bid, numbers, fields.matching_time_ns, id, 0, None);
        end_message(message, Type::Trades, fields);
    }
    return true;
}

static bool read_tickers(Decoder& decoder, od::value& value, Fields fields) {
    od::array tickers;
    LOB_TRY(value.get_array().get(tickers));
    for (auto ticker : tickers) {
        od::object object;
        LOB_TRY(ticker.get_object().get(object));
        Priced bid, ask;
        Value* message;
        LOB_CHECK(begin_message(decoder, message));
        for (auto field : object) {
            const char* key;
            od::value item;
            LOB_CHECK(key_of(std::move(field), key, item));
            if (is(key, "product_id")) LOB_CHECK(symbol_of(decoder, item, fields));
            else if (is(key, "best_bid")) LOB_CHECK(decimal_text(item, bid.price, bid.price_decimals));
            else if (is(key, "best_bid_quantity")) LOB_CHECK(decimal_text(item, bid.quantity, bid.quantity_decimals));
            else if (is(key, "best_ask")) LOB_CHECK(decimal_text(item, ask.price, ask.price_decimals));
            else if (is(key, "best_ask_quantity")) LOB_CHECK(decimal_text(item, ask.quantity, ask.quantity_decimals));
        }
        add_quote(decoder, Side::Bid, bid, None);
        add_quote(decoder, Side::Ask, ask, None);
        end_message(message, Type::Ticker, fields);
    }
    return true;
}

static bool read_event(Decoder& decoder, od::object& object, Type type, Fields fields, bool& has_message) {
    bool is_snapshot = false;
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "type")) {
            LOB_CHECK(text_of(value, text));
            is_snapshot = is(text, "snapshot");
        }
        else if (is(key, "product_id")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (type == Type::BookDelta && is(key, "updates")) {
            Value* message;
            LOB_CHECK(begin_message(decoder, message) && read_updates(decoder, value, fields.matching_time_ns));
            end_message(message, is_snapshot ? Type::BookSnapshot : Type::BookDelta, fields);
            has_message = true;
        }
        else if (type == Type::Trades && !is_snapshot && is(key, "trades")) {
            LOB_CHECK(read_trades(decoder, value, fields));
            has_message = true;
        }
        else if (type == Type::Ticker && is(key, "tickers")) {
            LOB_CHECK(read_tickers(decoder, value, fields));
            has_message = true;
        }
        else if (type == Type::Heartbeat && is(key, "heartbeat_counter")) {
            od::json_type kind;
            Value* message;
            LOB_TRY(value.type().get(kind));
            LOB_CHECK(kind == od::json_type::string ? integer_text(value, fields.first) : integer(value, fields.first));
            LOB_CHECK(begin_message(decoder, message));
            end_message(message, Type::Heartbeat, fields);
            has_message = true;
        }
    }
    return true;
}

bool read_advanced(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    Fields fields;
    Type type = Type::None;
    bool has_channel = false, has_message = false;
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "channel")) {
            has_channel = true;
            LOB_CHECK(text_of(value, text));
            type = is(text, "l2_data") ? Type::BookDelta
                : is(text, "market_trades") ? Type::Trades
                : is(text, "ticker") || is(text, "ticker_batch") ? Type::Ticker
                : is(text, "heartbeats") ? Type::Heartbeat
                : Type::None;
        }
        else if (is(key, "timestamp")) LOB_CHECK(text_of(value, text) && iso_time(decoder, text, fields.venue_time_ns));
        else if (is(key, "sequence_num")) LOB_CHECK(integer(value, fields.last));
        else if (is(key, "events") && type != Type::None) {
            od::array events;
            LOB_TRY(value.get_array().get(events));
            for (auto event : events) {
                od::object item;
                LOB_TRY(event.get_object().get(item));
                LOB_CHECK(read_event(decoder, item, type, fields, has_message));
            }
        }
    }
    if (has_channel && !has_message) {
        Value* message;
        LOB_CHECK(begin_message(decoder, message));
        end_message(message, Type::Heartbeat, fields);
    }
    return true;
}

}  // namespace lob
