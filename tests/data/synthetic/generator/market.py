"""A market that moves: price levels in ticks, quantities in lots, takers, and the part of it that a channel shows."""

from dataclasses import dataclass
from typing import Callable

from .numbers import Dice

BID, ASK = "bid", "ask"
SIDES = (BID, ASK)


@dataclass(frozen=True)
class Instrument:
    """How a venue writes one instrument. A tick is `tick` units of the last price decimal."""

    symbol: str
    price_decimals: int
    tick: int
    size_decimals: int
    price_form: Callable[[int, int], str]
    size_form: Callable[[int, int], str]
    zero: str = "0"

    def price(self, ticks: int) -> str:
        return self.price_form(ticks * self.tick, self.price_decimals)

    def size(self, lots: int) -> str:
        return self.size_form(lots, self.size_decimals) if lots else self.zero


@dataclass(frozen=True)
class Fill:
    """A taker's trade against one level."""

    maker: str
    ticks: int
    lots: int

    @property
    def taker_buys(self) -> bool:
        return self.maker == ASK


class Market:
    """Two sides of levels. Every step changes sizes near the touch most often, adds and removes levels, and lets takers consume the best ones."""

    def __init__(self, dice: Dice, best_bid: int, levels: int, lots_max: int, *, gap: int = 4, bids_max: int | None = None) -> None:
        self.dice = dice
        self.lots_max = lots_max
        self.gap = gap
        self.levels = {BID: min(levels, bids_max or levels), ASK: levels}
        self.sides: dict[str, dict[int, tuple[int, int]]] = {BID: {}, ASK: {}}
        self.sides[BID][best_bid] = self._quantity()
        self.sides[ASK][best_bid + 1] = self._quantity()
        self._fill_up()

    def best(self, side: str) -> int:
        return max(self.sides[BID]) if side == BID else min(self.sides[ASK])

    def ranked(self, side: str) -> list[int]:
        """Ticks, best first."""
        return sorted(self.sides[side], reverse=side == BID)

    def step(self, events: int, *, quiet: bool = False) -> list[Fill]:
        """`quiet`: nothing happens at the three best levels of either side."""
        fills: list[Fill] = []
        for _ in range(events):
            side = self.dice.pick(SIDES)
            roll = self.dice.below(100)
            if roll < 50:
                self._resize(side, quiet)
            elif roll < 70:
                self._add(side, quiet)
            elif roll < 86:
                self._remove(side, quiet)
            elif not quiet:
                fills += self._take(side)
        if not quiet:
            self._narrow()
        self._fill_up()
        return fills

    def _quantity(self) -> tuple[int, int]:
        lots = 1 + self.dice.skewed(self.lots_max)
        return lots, 1 + self.dice.below(min(lots, 6))

    def _rank(self, side: str, quiet: bool) -> int:
        first = 3 if quiet else 0
        return first + self.dice.skewed(len(self.sides[side]) - first)

    def _resize(self, side: str, quiet: bool) -> None:
        self.sides[side][self.ranked(side)[self._rank(side, quiet)]] = self._quantity()

    def _add(self, side: str, quiet: bool) -> None:
        away = -1 if side == BID else 1
        at = self.ranked(side)[self._rank(side, quiet)] + away * self.dice.between(1, self.gap)
        if at > 0 and at not in self.sides[side]:
            self.sides[side][at] = self._quantity()

    def _remove(self, side: str, quiet: bool) -> None:
        if len(self.sides[side]) > 8:
            del self.sides[side][self.ranked(side)[self._rank(side, quiet)]]

    def _take(self, maker: str) -> list[Fill]:
        fills = []
        for ticks in self.ranked(maker)[:self.dice.between(1, 3)]:
            lots, orders = self.sides[maker][ticks]
            taken = lots if self.dice.percent(40) or lots == 1 else self.dice.between(1, lots - 1)
            fills.append(Fill(maker, ticks, taken))
            if taken < lots:
                self.sides[maker][ticks] = (lots - taken, min(orders, lots - taken))
                break
            del self.sides[maker][ticks]
        return fills

    def _narrow(self) -> None:
        # A side that was consumed is followed by the other, or comes back.
        while self.best(ASK) - self.best(BID) > 2 + self.gap or (self.best(ASK) - self.best(BID) > 1 and self.dice.percent(30)):
            side = self.dice.pick(SIDES)
            room = self.best(ASK) - self.best(BID) - 1
            offset = self.dice.between(1, min(room, self.gap))
            self.sides[side][self.best(side) + (offset if side == BID else -offset)] = self._quantity()

    def _fill_up(self) -> None:
        for side in SIDES:
            levels = self.sides[side]
            away = -1 if side == BID else 1
            while len(levels) < self.levels[side]:
                at = self.ranked(side)[-1] + away * self.dice.between(1, self.gap)
                if at <= 0:
                    break
                levels[at] = self._quantity()
            for ticks in self.ranked(side)[self.levels[side] + 10:]:
                del levels[ticks]


Rows = list[tuple[str, int, int, int]]


class View:
    """The best levels of a market as a channel shows them, and what changed in it since the last look. Rows are (side, ticks, lots, orders), bids first,
    each side best first; lots 0 says that the level left the window, for whatever reason."""

    def __init__(self, market: Market, depth: int | None) -> None:
        self._market = market
        self._depth = depth
        self._shown: dict[str, dict[int, tuple[int, int]]] = {BID: {}, ASK: {}}

    def image(self) -> Rows:
        self._shown = self._look()
        return self.shown()

    def shown(self) -> Rows:
        """The last look again."""
        return [(side, ticks, *quantity) for side in SIDES for ticks, quantity in self._shown[side].items()]

    def changes(self) -> Rows:
        now = self._look()
        rows: Rows = []
        for side in SIDES:
            before = self._shown[side]
            for ticks in sorted(before.keys() | now[side].keys(), reverse=side == BID):
                if ticks not in now[side]:
                    rows.append((side, ticks, 0, 0))
                elif before.get(ticks) != now[side][ticks]:
                    rows.append((side, ticks, *now[side][ticks]))
        self._shown = now
        return rows

    def absent(self, dice: Dice, side: str) -> int | None:
        """A price inside the window at which there is no level."""
        ranked = list(self._shown[side])
        at = ranked[dice.below(len(ranked) // 2)] + (-1 if side == BID else 1)
        return None if at in self._shown[side] else at

    def _look(self) -> dict[str, dict[int, tuple[int, int]]]:
        return {side: {ticks: self._market.sides[side][ticks] for ticks in self._market.ranked(side)[:self._depth]} for side in SIDES}
