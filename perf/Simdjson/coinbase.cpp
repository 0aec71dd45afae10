#include "lob_simdjson.hpp"

namespace lob {

// [["buy","22356.27","0.00000000"], …]
static bool read_changes(Decoder& decoder, od::value& value) {
    od::array rows;
    LOB_TRY(value.get_array().get(rows));
    for (auto row : rows) {
        od::array items;
        LOB_TRY(row.get_array().get(items));
        Side side = Side::None;
        int64_t price = 0, quantity = None;
        int price_decimals = 0, quantity_decimals = 0, index = 0;
        for (auto element : items) {
            od::value item;
            LOB_TRY(element.get(item));
            if (index == 0) {
                const char* text;
                LOB_CHECK(text_of(item, text));
                side = is(text, "buy") ? Side::Bid : is(text, "sell") ? Side::Ask : Side::None;
            }
            else if (index == 1) LOB_CHECK(decimal_text(item, price, price_decimals));
            else if (index == 2) LOB_CHECK(decimal_text(item, quantity, quantity_decimals));
            index++;
        }
        LOB_CHECK(side != Side::None && price != 0 && quantity != None);
        add_level(decoder, side, price, price_decimals, quantity, quantity_decimals, 0, 0);
    }
    return true;
}

bool read_coinbase(Decoder& decoder, od::document& document) {
    od::object object;
    LOB_TRY(document.get_object().get(object));
    Fields fields;
    Priced numbers, ask;
    Type type = Type::None;
    Side maker = Side::None;
    int64_t trade_id = 0, sequence = None;
    Value* message;
    LOB_CHECK(begin_message(decoder, message));
    for (auto field : object) {
        const char *key, *text;
        od::value value;
        LOB_CHECK(key_of(std::move(field), key, value));
        if (is(key, "type")) {
            LOB_CHECK(text_of(value, text));
            type = is(text, "l2update") ? Type::BookDelta
                : is(text, "ticker") ? Type::Ticker
                : is(text, "match") ? Type::Trades
                : is(text, "snapshot") ? Type::BookSnapshot
                : is(text, "heartbeat") ? Type::Heartbeat
                : Type::None;
        }
        else if (is(key, "product_id")) LOB_CHECK(symbol_of(decoder, value, fields));
        else if (type == Type::None) continue;
        else if (is(key, "time")) LOB_CHECK(text_of(value, text) && iso_time(decoder, text, fields.venue_time_ns));
        else if (is(key, "sequence")) LOB_CHECK(integer(value, sequence));
        else switch (type) {
            case Type::BookDelta:
                if (is(key, "changes")) LOB_CHECK(read_changes(decoder, value));
                break;
            case Type::BookSnapshot:
                if (is(key, "bids")) LOB_CHECK(read_levels(decoder, value, Side::Bid));
                else if (is(key, "asks")) LOB_CHECK(read_levels(decoder, value, Side::Ask));
                break;
            case Type::Heartbeat:
                if (is(key, "last_trade_id")) LOB_CHECK(integer(value, fields.first));
                break;
            case Type::Ticker:
                if (is(key, "best_bid")) LOB_CHECK(decimal_text(value, numbers.price, numbers.price_decimals));
                else if (is(key, "best_bid_size")) LOB_CHECK(decimal_text(value, numbers.quantity, numbers.quantity_decimals));
                else if (is(key, "best_ask")) LOB_CHECK(decimal_text(value, ask.price, ask.price_decimals));
                else if (is(key, "best_ask_size")) LOB_CHECK(decimal_text(value, ask.quantity, ask.quantity_decimals));
                break;
            default:
                if (is(key, "price")) LOB_CHECK(decimal_text(value, numbers.price, numbers.price_decimals));
                else if (is(key, "size")) LOB_CHECK(decimal_text(value, numbers.quantity, numbers.quantity_decimals));
                else if (is(key, "trade_id")) LOB_CHECK(integer(value, trade_id));
                else if (is(key, "side")) {
                    LOB_CHECK(text_of(value, text));
                    maker = is(text, "buy") ? Side::Bid : is(text, "sell") ? Side::Ask : Side::None;
                }
                break;
        }
    }
    if (type == Type::None) {
        decoder.out = message;
        return true;
    }
    fields.last = sequence;
    if (type == Type::Ticker) {
        add_quote(decoder, Side::Bid, numbers, sequence);
        add_quote(decoder, Side::Ask, ask, sequence);
    }
    else if (type == Type::Trades) {
        // The side is the maker's.
        LOB_CHECK(maker != Side::None && numbers.price != None && numbers.quantity != None);
        add_trade(decoder, maker == Side::Bid ? Side::Ask : Side::Bid, numbers, 0, trade_id, 0, sequence);
    }
    end_message(message, type, fields);
    return true;
}

}  // namespace lob
