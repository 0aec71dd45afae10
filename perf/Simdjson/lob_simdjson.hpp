// What the decoders share: the values they write (the same 32 bytes as FrameValue in perf/Baselines/Values), numbers, and what is kept from frame to frame.
#pragma once

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace lob {

namespace od = simdjson::ondemand;

constexpr int64_t None = INT64_MIN;
constexpr int Decimals = 8;

enum class Kind : uint8_t { None, Message, Times, Level, Trade, TradeId, Quote };
enum class Side : uint8_t { None, Bid, Ask };
enum class Type : uint8_t { None, BookDelta, BookSnapshot, Ticker, Trades, AggregateTrades, Candles, Heartbeat, BookChecksum };

struct Value {
    Kind kind;
    uint8_t code;
    uint16_t length;
    uint32_t place;
    int64_t first, second, third;
};
static_assert(sizeof(Value) == 32);

// What a message says beside its levels, trades and quotes.
struct Fields {
    int64_t last = None, first = None, previous = None;
    int64_t venue_time_ns = 0, matching_time_ns = 0;
    int64_t checksum = 0;
    bool has_checksum = false;
    uint32_t symbol_start = 0;
    uint16_t symbol_length = 0;
};

// A price and a quantity × 10^8, and how they were written.
struct Priced {
    int64_t price = None, quantity = None;
    int price_decimals = 0, quantity_decimals = 0;
    bool is_stated() const { return price != None || quantity != None; }
};

// A day as it was written: times of one feed are nearly all of the same day.
struct IsoDay {
    char text[10] = {};
    int64_t start_ns = 0;
};

enum class ChannelKind : uint8_t { None, Book, Trades, Ticker };

struct Channel {
    ChannelKind kind;
    bool awaits_snapshot;
};

// One parser for all frames, as simdjson wants it: it allocates for the longest frame only.
struct Decoder {
    od::parser parser;
    IsoDay day;
    std::unordered_map<int64_t, Channel> channels;
    bool is_timed = false, is_sequenced = false;

    const char* frame = nullptr;
    Value* begin = nullptr;
    Value* out = nullptr;
    Value* limit = nullptr;
};

// Leaves the function with false after an error of simdjson.
#define LOB_TRY(expression) \
    do { if ((expression) != simdjson::SUCCESS) return false; } while (0)
#define LOB_CHECK(expression) \
    do { if (!(expression)) return false; } while (0)

// ---- Values

inline Value& add(Decoder& decoder, Kind kind) {
    decoder.out->kind = kind;
    return *decoder.out++;
}

// Room for the two values of a message, filled by end_message. What a message holds beside them takes more bytes in the frame than values here.
inline bool begin_message(Decoder& decoder, Value*& message) {
    message = decoder.out;
    decoder.out += 2;
    return decoder.out + 4 <= decoder.limit;
}

inline void end_message(Value* message, Type type, const Fields& fields) {
    message[0] = { Kind::Message, uint8_t(type), fields.symbol_length, fields.symbol_start, fields.last, fields.first, fields.previous };
    message[1] = { Kind::Times, uint8_t(fields.has_checksum), 0, 0, fields.venue_time_ns, fields.matching_time_ns, fields.checksum };
}

inline uint16_t form(int price_decimals, int quantity_decimals) { return uint16_t((price_decimals << 4) | quantity_decimals); }

inline void add_level(Decoder& decoder, Side side, int64_t price, int price_decimals, int64_t quantity, int quantity_decimals, uint32_t orders, int64_t time_ns) {
    *decoder.out++ = { Kind::Level, uint8_t(side), form(price_decimals, quantity_decimals), orders, price, quantity, time_ns };
}

inline void add_trade(Decoder& decoder, Side taker, const Priced& numbers, int64_t time_ns, int64_t id_low, int64_t id_high, int64_t sequence) {
    *decoder.out++ = { Kind::Trade, uint8_t(taker), form(numbers.price_decimals, numbers.quantity_decimals), 0, numbers.price, numbers.quantity, time_ns };
    *decoder.out++ = { Kind::TradeId, 0, 0, 0, id_low, id_high, sequence };
}

inline void add_quote(Decoder& decoder, Side side, const Priced& numbers, int64_t update_id) {
    *decoder.out++ = { Kind::Quote, uint8_t(side), form(numbers.price_decimals, numbers.quantity_decimals), 0, numbers.price, numbers.quantity, update_id };
}

// ---- Keys and texts, compared where they stand in the frame: nothing is copied.

template <size_t N> inline bool is(const char* text, const char (&name)[N]) {
    return std::memcmp(text, name, N - 1) == 0 && text[N - 1] == '"';
}

template <size_t N> inline bool starts(const char* text, const char (&name)[N]) { return std::memcmp(text, name, N - 1) == 0; }

inline bool key_of(simdjson::simdjson_result<od::field>&& field, const char*& key, od::value& value) {
    od::field found;
    LOB_TRY(std::move(field).get(found));
    key = found.key().raw();
    value = found.value();
    return true;
}

inline bool text_of(od::value& value, const char*& text) {
    od::raw_json_string raw;
    LOB_TRY(value.get_raw_json_string().get(raw));
    text = raw.raw();
    return true;
}

inline bool symbol_of(Decoder& decoder, od::value& value, Fields& fields) {
    const char* text;
    LOB_CHECK(text_of(value, text));
    const char* end = static_cast<const char*>(std::memchr(text, '"', 256));
    LOB_CHECK(end != nullptr);
    fields.symbol_start = uint32_t(text - decoder.frame);
    fields.symbol_length = uint16_t(end - text);
    return true;
}

// ---- Numbers

constexpr int64_t Powers[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
};
constexpr int DigitsMax = 18;

// Digits from here on, eight at a time; returns how many. SIMDJSON_PADDING makes the loads safe.
inline int digits_of(const char* text, uint64_t& number) {
    int total = 0;
    for (;;) {
        uint64_t word;
        std::memcpy(&word, text + total, 8);
        word ^= 0x3030303030303030;
        const uint64_t other = ((word + 0x7676767676767676) | word) & 0x8080808080808080;
        const int count = other == 0 ? 8 : __builtin_ctzll(other) >> 3;
        if (count == 0 || total + count > DigitsMax + 1) return total;
        uint64_t packed = word << (64 - 8 * count);
        packed = packed * 10 + (packed >> 8);
        packed = (((packed & 0x000000FF000000FF) * 0x000F424000000064) + (((packed >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
        number = number * uint64_t(Powers[count]) + packed;
        total += count;
        if (count < 8) return total;
    }
}

// Digits, at most one point with digits on both sides, no needless leading zero. Returns the end of it; null = not that, or it does not fit.
inline const char* decimal_of(const char* text, int64_t& scaled, int& decimals) {
    uint64_t number = 0;
    const int whole = digits_of(text, number);
    decimals = 0;
    if (whole == 0 || whole > DigitsMax || (whole > 1 && text[0] == '0')) return nullptr;
    const char* end = text + whole;
    if (*end == '.') {
        uint64_t fraction = 0;
        decimals = digits_of(end + 1, fraction);
        if (decimals == 0 || whole + decimals > DigitsMax) return nullptr;
        number = number * uint64_t(Powers[decimals]) + fraction;
        end += decimals + 1;
    }
    if (decimals > Decimals) {
        const int64_t power = Powers[decimals - Decimals];
        scaled = int64_t(number) / power;
        return scaled * power == int64_t(number) ? end : nullptr;
    }
    return __builtin_mul_overflow(int64_t(number), Powers[Decimals - decimals], &scaled) ? nullptr : end;
}

// "61837.63000000".
inline bool decimal_text(od::value& value, int64_t& scaled, int& decimals) {
    const char* text;
    LOB_CHECK(text_of(value, text));
    const char* end = decimal_of(text, scaled, decimals);
    return end != nullptr && *end == '"';
}

// A decimal in a text, or an empty text: there is no such number, which is a value too.
inline bool stated_text(od::value& value, int64_t& scaled, int& decimals) {
    const char* text;
    LOB_CHECK(text_of(value, text));
    scaled = 0;
    decimals = 0;
    if (*text == '"') return true;
    const char* end = decimal_of(text, scaled, decimals);
    return end != nullptr && *end == '"';
}

inline bool integer_text(od::value& value, int64_t& number) {
    const char* text;
    LOB_CHECK(text_of(value, text));
    uint64_t digits = 0;
    const int count = digits_of(text, digits);
    number = int64_t(digits);
    return count > 0 && number >= 0 && text[count] == '"';
}

inline bool milliseconds_text(od::value& value, int64_t& ns) {
    LOB_CHECK(integer_text(value, ns));
    ns *= 1000000;
    return true;
}

inline bool milliseconds(od::value& value, int64_t& ns) {
    LOB_TRY(value.get_int64().get(ns));
    ns *= 1000000;
    return true;
}

inline bool integer(od::value& value, int64_t& number) {
    LOB_TRY(value.get_int64().get(number));
    return true;
}

// A number as JavaScript writes it: perhaps a minus, perhaps 2e-8, which counts as 15 decimals.
bool number(od::value& value, int64_t& scaled, int& decimals);

// YYYY-MM-DDTHH:MM:SS[.f]Z to ns.
bool iso_time(Decoder& decoder, const char* text, int64_t& ns);

// A UUID, or digits.
bool id_text(od::value& value, int64_t& low, int64_t& high);

// ---- Rows

// [["price","quantity"], …]
bool read_levels(Decoder& decoder, od::value& value, Side side);

bool read_bybit(Decoder& decoder, od::document& document);
bool read_binance(Decoder& decoder, od::document& document);
bool read_okx(Decoder& decoder, od::document& document);
bool read_bitfinex(Decoder& decoder, od::document& document);
bool read_coinbase(Decoder& decoder, od::document& document);
bool read_advanced(Decoder& decoder, od::document& document);

}  // namespace lob
