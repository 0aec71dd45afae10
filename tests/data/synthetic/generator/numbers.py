"""Numbers for the recordings: a generator of random ones that gives the same everywhere, and the venues' ways to write them.

All arithmetic is on integers: a price or quantity is a count of units of the last decimal.
"""

MASK = (1 << 64) - 1


class Dice:
    """SplitMix64. The standard library's own generator is not promised to give the same numbers in every version."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((self._state ^ (self._state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def below(self, count: int) -> int:
        """0 … count - 1."""
        return self._next() % count

    def between(self, low: int, high: int) -> int:
        """low … high, both included."""
        return low + self.below(high - low + 1)

    def skewed(self, count: int) -> int:
        """0 … count - 1, small ones far more often."""
        return self.below(self.below(self.below(count) + 1) + 1)

    def percent(self, chance: int) -> bool:
        return self.below(100) < chance

    def pick(self, items):
        return items[self.below(len(items))]

    def uuid(self) -> str:
        text = f"{self._next():016x}{self._next():016x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[int(text[16], 16) & 3]}{text[17:20]}-{text[20:]}"

    def hexadecimal(self, digits: int) -> str:
        return f"{self._next():016x}"[:digits]


def fixed(units: int, decimals: int) -> str:
    """All decimals, trailing zeros too: 6050 with 3 is 6.050."""
    sign, units = ("-", -units) if units < 0 else ("", units)
    if decimals == 0:
        return f"{sign}{units}"
    whole, fraction = divmod(units, 10 ** decimals)
    return f"{sign}{whole}.{fraction:0{decimals}d}"


def trimmed(units: int, decimals: int) -> str:
    """No trailing zeros: 6050 with 3 is 6.05, and zero is 0."""
    text = fixed(units, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def javascript(units: int, decimals: int) -> str:
    """As JavaScript writes a number: below 1e-6 with an exponent (9.1e-7, 2e-8), else like `trimmed`. Right up to 15 digits."""
    assert abs(units) < 10 ** 15, "more digits than a double keeps"
    if units == 0 or abs(units) * 10 ** 6 >= 10 ** decimals:
        return trimmed(units, decimals)
    sign, digits = ("-", str(-units)) if units < 0 else ("", str(units))
    exponent = decimals - len(digits) + 1
    digits = digits.rstrip("0")
    return f"{sign}{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e-{exponent}"


def iso(ns: int, digits: int, *, cut_zeros: bool = False) -> str:
    """2026-10-01T12:00:00.123456Z with that many digits of the second's fraction; `cut_zeros` drops its trailing zeros."""
    seconds, fraction = divmod(ns, 1_000_000_000)
    days, second = divmod(seconds, 86_400)
    # The civil calendar from the number of days since 1970-01-01, with years that begin in March.
    era_day = days + 719_468
    era, day_of_era = divmod(era_day, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_index = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_index + 2) // 5 + 1
    month = month_index + 3 if month_index < 10 else month_index - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    text = f"{fraction:09d}"[:digits]
    if cut_zeros:
        text = text.rstrip("0")
    return (f"{year:04d}-{month:02d}-{day:02d}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
            f"{'.' + text if text else ''}Z")
