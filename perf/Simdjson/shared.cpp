// Entry points and what the venues share.
#include "lob_simdjson.hpp"

#include <new>

namespace lob {

static bool two(const char* text, int& value) {
    const unsigned tens = unsigned(text[0]) - '0', ones = unsigned(text[1]) - '0';
    value = int(tens * 10 + ones);
    return tens <= 9 && ones <= 9;
}

// Days since 1970-01-01; years begin in March, so that a leap day is a year's last.
static int64_t day_of(int year, int month, int day) {
    year -= month <= 2;
    const int64_t era = year / 400, of_era = year - era * 400;
    const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool set_day(IsoDay& day, const char* text) {
    if (std::memcmp(day.text, text, sizeof day.text) == 0) return true;
    int century, year, month, date;
    LOB_CHECK(two(text, century) && two(text + 2, year) && text[4] == '-' && two(text + 5, month) && text[7] == '-' && two(text + 8, date));
    LOB_CHECK(month >= 1 && month <= 12 && date >= 1 && date <= 31);
    day.start_ns = day_of(century * 100 + year, month, date) * 86400 * 1000000000;
    std::memcpy(day.text, text, sizeof day.text);
    return true;
}

bool iso_time(Decoder& decoder, const char* text, int64_t& ns) {
    int hour, minute, second;
    LOB_CHECK(set_day(decoder.day, text) && text[10] == 'T' && two(text + 11, hour) && text[13] == ':' && two(text + 14, minute) && text[16] == ':'
        && two(text + 17, second) && hour <= 23 && minute <= 59 && second <= 59);
    uint64_t fraction = 0;
    const char* end = text + 19;
    if (*end == '.') {
        const int digits = digits_of(end + 1, fraction);
        LOB_CHECK(digits >= 1 && digits <= 9);
        fraction *= uint64_t(Powers[9 - digits]);
        end += digits + 1;
    }
    ns = decoder.day.start_ns + ((hour * 60 + minute) * int64_t(60) + second) * 1000000000 + int64_t(fraction);
    return end[0] == 'Z' && end[1] == '"';
}

bool number(od::value& value, int64_t& scaled, int& decimals) {
    const std::string_view token = value.raw_json_token();
    const char* text = token.data();
    const bool negative = *text == '-';
    if (negative) text++;
    const char* end = decimal_of(text, scaled, decimals);
    LOB_CHECK(end != nullptr);
    if (*end == 'e') {
        uint64_t exponent = 0;
        LOB_CHECK(end[1] == '-');
        const int digits = digits_of(end + 2, exponent);
        LOB_CHECK(digits > 0 && exponent <= 14);
        const int64_t mantissa = scaled;
        scaled = mantissa / Powers[exponent];
        LOB_CHECK(scaled * Powers[exponent] == mantissa);
        decimals = 15;
        end += digits + 2;
    }
    if (negative) scaled = -scaled;

    // On-Demand tells where the token ends only up to blanks.
    return *end == ',' || *end == ']' || *end == ' ';
}

bool id_text(od::value& value, int64_t& low, int64_t& high) {
    const char* text;
    LOB_CHECK(text_of(value, text));
    high = 0;
    uint64_t digits = 0;
    const int count = digits_of(text, digits);
    if (count > 0 && text[count] == '"') {
        low = int64_t(digits);
        return low >= 0;
    }

    // 8-4-4-4-12
    uint64_t halves[2] = {};
    int nibble = 0;
    for (int i = 0; i < 36; i++) {
        const char letter = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            LOB_CHECK(letter == '-');
            continue;
        }
        const int lower = letter | 0x20;
        const int digit = letter >= '0' && letter <= '9' ? letter - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        LOB_CHECK(digit >= 0);
        halves[nibble >> 4] = (halves[nibble >> 4] << 4) | uint64_t(digit);
        nibble++;
    }
    high = int64_t(halves[0]);
    low = int64_t(halves[1]);
    return text[36] == '"';
}

bool read_levels(Decoder& decoder, od::value& value, Side side) {
    od::array rows;
    LOB_TRY(value.get_array().get(rows));
    for (auto row : rows) {
        od::array items;
        LOB_TRY(row.get_array().get(items));
        od::array_iterator at, end;
        LOB_TRY(items.begin().get(at));
        LOB_TRY(items.end().get(end));
        od::value item;
        int64_t price, quantity;
        int price_decimals, quantity_decimals;
        LOB_CHECK(at != end);
        LOB_TRY((*at).get(item));
        LOB_CHECK(decimal_text(item, price, price_decimals) && price != 0);
        ++at;
        LOB_CHECK(at != end);
        LOB_TRY((*at).get(item));
        LOB_CHECK(decimal_text(item, quantity, quantity_decimals));
        ++at;
        for (; at != end; ++at) LOB_TRY((*at).error());
        add_level(decoder, side, price, price_decimals, quantity, quantity_decimals, 0, 0);
    }
    return true;
}

using Read = bool (*)(Decoder&, od::document&);

static int decode(void* handle, const uint8_t* frame, size_t length, Value* out, int room, Read read) {
    auto& decoder = *static_cast<Decoder*>(handle);
    decoder.frame = reinterpret_cast<const char*>(frame);
    decoder.begin = decoder.out = out;
    decoder.limit = out + room;
    od::document document;
    if (decoder.parser.iterate(decoder.frame, length, length + simdjson::SIMDJSON_PADDING).get(document) != simdjson::SUCCESS) return -1;
    if (!read(decoder, document) || document.current_location().error() != simdjson::OUT_OF_BOUNDS) return -1;
    return int(decoder.out - out);
}

}  // namespace lob

// frame: SIMDJSON_PADDING (64) bytes behind it must be readable. out: length / 4 + 16 values always suffice. Returns how many values were written, −1 = not valid.
#define LOB_EXPORT __attribute__((visibility("default")))

extern "C" {

LOB_EXPORT void* lob_simdjson_open() { return new (std::nothrow) lob::Decoder; }

LOB_EXPORT void lob_simdjson_close(void* decoder) { delete static_cast<lob::Decoder*>(decoder); }

// What runs: "3.0.1 icelake".
LOB_EXPORT const char* lob_simdjson_version() {
    static const std::string version = std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + "." + std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + "."
        + std::to_string(simdjson::SIMDJSON_VERSION_REVISION) + " " + simdjson::get_active_implementation()->name();
    return version.c_str();
}

LOB_EXPORT int lob_simdjson_bybit(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_bybit);
}

LOB_EXPORT int lob_simdjson_binance(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_binance);
}

LOB_EXPORT int lob_simdjson_okx(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_okx);
}

LOB_EXPORT int lob_simdjson_bitfinex(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_bitfinex);
}

LOB_EXPORT int lob_simdjson_coinbase(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_coinbase);
}

LOB_EXPORT int lob_simdjson_coinbase_advanced(void* decoder, const uint8_t* frame, size_t length, lob::Value* out, int room) {
    return lob::decode(decoder, frame, length, out, room, lob::read_advanced);
}

}
