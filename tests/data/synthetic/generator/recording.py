"""A recording: its lines, and beside each line what it means, from which the truth about the recording is computed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .numbers import Dice

# (side, key, price, quantity as sent or None = delete, orders or None). The key is the price, or the id of an order.
Row = tuple[str, str, str, str | None, int | None]


@dataclass(frozen=True)
class Event:
    """What a frame means. All texts are those of the frame."""

    label: str
    book: str | None = None
    image: bool = False
    rows: tuple[Row, ...] = ()
    last: int | None = None
    previous: int | None = None
    checksum: int | None = None
    """Of the book after this event; 0 = the field is there and says nothing."""
    number: int | None = None
    """The frame's number in its connection."""
    opens: bool = False
    """A new connection begins with this frame."""
    trades: tuple[tuple[str, bool], ...] = ()
    """Symbol, and whether the taker bought."""


@dataclass(frozen=True)
class Line:
    received_ns: int | None
    frame: str
    events: tuple[Event, ...]
    symbol: str | None = None

    def text(self) -> str:
        named = "" if self.symbol is None else f"@{self.symbol} "
        return f"{named}{self.frame}" if self.received_ns is None else f"{self.received_ns} {named}{self.frame}"


@dataclass
class Recording:
    """Lines in the order of receipt. A frame is received 2 to 22 ms after its venue time, and never before the one in front of it."""

    dice: Dice
    timed: bool = True
    lines: list[Line] = field(default_factory=list)
    models: dict[str, Callable[[], tuple[Row, ...]]] = field(default_factory=dict)
    """What the market model shows at the end, by book: the rows that were sent must have led there."""
    _received_ns: int = 0

    def add(self, venue_ns: int, frame: str, *events: Event, symbol: str | None = None) -> None:
        assert "\n" not in frame
        latency = self.dice.between(20_000, 220_000) * 100
        self._received_ns = max(venue_ns + latency, self._received_ns + self.dice.between(90, 900) * 100)
        self.lines.append(Line(self._received_ns if self.timed else None, frame, events, symbol))

    def without(self, index: int) -> list[Line]:
        """The lines but one: a frame was lost."""
        return self.lines[:index] + self.lines[index + 1:]

    def with_changed(self, index: int, old: str, new: str, *events: Event) -> list[Line]:
        """The lines with one frame that says something else."""
        line = self.lines[index]
        assert line.frame.count(old) == 1, f"{old} is {line.frame.count(old)} times in {line.frame}"
        return [*self.lines[:index], replace(line, frame=line.frame.replace(old, new), events=events), *self.lines[index + 1:]]

    def find(self, wanted, behind: int = 0) -> int:
        """Index of the first line from `behind` on with an event like that."""
        return next(index for index in range(behind, len(self.lines)) if any(wanted(event) for event in self.lines[index].events))
