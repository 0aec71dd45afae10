"""What a right engine must report about a recording: a small reference engine over the meanings of its lines."""

import zlib
from collections import Counter
from decimal import Decimal
from enum import Enum

from .market import ASK, BID
from .recording import Event, Line, Row


class Continuity(Enum):
    """How lost frames show."""

    NONE = "none"
    RANGE = "range"
    """Bybit, Coinbase `full`: each id is the last plus one."""
    LINK = "link"
    """OKX: each frame names the id before it."""
    CONNECTION = "connection"
    """Bitfinex, Advanced Trade: frames of the connection are counted."""


class Book:
    """A book as its rows say, by side and key."""

    def __init__(self) -> None:
        self.sides: dict[str, dict[str, Row]] = {BID: {}, ASK: {}}

    def apply(self, rows: tuple[Row, ...]) -> int:
        """Returns how many rows delete what is not there."""
        absent = 0
        for row in rows:
            side, key, _, quantity, _ = row
            if quantity is not None:
                self.sides[side][key] = row
            elif self.sides[side].pop(key, None) is None:
                absent += 1
        return absent

    def ranked(self, side: str) -> list[Row]:
        """Best first; orders of one price by id."""
        sign = -1 if side == BID else 1
        return sorted(self.sides[side].values(), key=lambda row: (sign * Decimal(row[2]), int(row[1]) if row[1].isdigit() else row[1]))

    def crossed(self) -> bool:
        bids, asks = ([Decimal(row[2]) for row in self.sides[side].values()] for side in (BID, ASK))
        return bool(bids and asks) and max(bids) >= min(asks)

    def checksum(self, signed: bool) -> int:
        """The venues' CRC-32 over 25 rows a side in turn, as a signed number. `signed`: quantities of asks with a minus."""
        bids, asks = self.ranked(BID)[:25], self.ranked(ASK)[:25]
        parts = []
        for rank in range(25):
            parts += [f"{row[1]}:{row[3]}" for row in bids[rank:rank + 1]]
            parts += [f"{row[1]}:{'-' if signed else ''}{row[3]}" for row in asks[rank:rank + 1]]
        crc = zlib.crc32(":".join(parts).encode("ascii"))
        return crc - (1 << 32) if crc >= 1 << 31 else crc

    def texts(self, side: str, by_order: bool) -> list[list]:
        def text(row: Row) -> list:
            _, key, price, quantity, orders = row
            return [key, price, quantity] if by_order else [price, quantity] if orders is None else [price, quantity, orders]
        return [text(row) for row in self.ranked(side)]

    def fingerprint(self, by_order: bool) -> int:
        """CRC-32 (unsigned) of the rows' fields joined by ':', the rows joined by ',', bids '|' asks, best first."""
        sides = [",".join(":".join(map(str, row)) for row in self.texts(side, by_order)) for side in (BID, ASK)]
        return zlib.crc32("|".join(sides).encode("ascii"))


class _Stream:
    def __init__(self, starts_empty: bool) -> None:
        self.book = Book()
        self.live = starts_empty
        self.last: int | None = None
        self.counts: Counter = Counter()
        self.checksums: Counter = Counter()
        self.not_live: list[list[int | None]] = []
        self.probes: list[dict] = []
        self.first_sequence: int | None = None
        self.levels_max = [0, 0]

    def lose(self, line: int) -> None:
        if self.live:
            self.live = False
            self.not_live.append([line, None])

    def restore(self, line: int) -> None:
        self.live = True
        if self.not_live and self.not_live[-1][1] is None:
            self.not_live[-1][1] = line


class Truth:
    """Reads the meanings of a recording's lines once and knows all that must be found in it."""

    def __init__(self, lines: list[Line], continuity: Continuity, *, signed: bool = False, by_order: bool = False, starts_empty: bool = False) -> None:
        self._lines = lines
        self._continuity = continuity
        self._signed = signed
        self._by_order = by_order
        self._starts_empty = starts_empty
        self.streams: dict[str, _Stream] = {}
        self._number: int | None = None
        self._labels: Counter = Counter()
        self._trades: dict[str, Counter] = {}
        self._connection_gaps: list[int] = []
        self._connections = 0
        for line_number, line in enumerate(lines, 1):
            numbered = next((event for event in line.events if event.number is not None), None)
            if any(event.opens for event in line.events):
                self._open(line_number)
            if numbered is not None:
                self._count(numbered.number, line_number)
            for event in line.events:
                self._labels[event.label] += 1
                for symbol, taker_buys in event.trades:
                    self._trades.setdefault(symbol, Counter())["taker_buys" if taker_buys else "taker_sells"] += 1
                if event.book is not None:
                    self._take(event, line_number)

    def _open(self, line: int) -> None:
        self._connections += 1
        self._number = None
        for stream in self.streams.values():
            stream.lose(line)

    def _count(self, number: int, line: int) -> None:
        if self._number is not None and number != self._number + 1:
            self._connection_gaps.append(line)
            for stream in self.streams.values():
                if stream.live:
                    stream.counts["gaps"] += 1
                stream.lose(line)
        self._number = number

    def _take(self, event: Event, line: int) -> None:
        stream = self.streams.setdefault(event.book, _Stream(self._starts_empty))
        counts = stream.counts
        if event.image:
            counts["snapshots"] += 1
            if stream.live and event.last is not None and event.last == stream.last:
                counts["repeated_snapshots"] += 1
            stream.book = Book()
            stream.book.apply(event.rows)
            stream.restore(line)
        elif event.label.endswith(" cs"):
            counts["checksum_frames"] += 1
        else:
            counts["deltas"] += 1
            if not stream.live:
                counts["deltas_not_applied"] += 1
                self._pass_over(stream, event)
                return
            if not self._continues(stream, event):
                counts["gaps"] += 1
                counts["deltas_not_applied"] += 1
                self._pass_over(stream, event)
                stream.lose(line)
                return
            if self._continuity == Continuity.LINK and event.last == event.previous:
                counts["keepalives"] += 1
            if self._continuity == Continuity.LINK and event.last < event.previous:
                counts["sequence_resets"] += 1
            counts["rows_of_absent_levels"] += stream.book.apply(event.rows)
        if event.last is not None:
            stream.last = event.last
            stream.first_sequence = event.last if stream.first_sequence is None else stream.first_sequence
        self._verify(stream, event, line)
        if stream.live:
            sizes = [len(stream.book.sides[side]) for side in (BID, ASK)]
            stream.levels_max = [max(pair) for pair in zip(stream.levels_max, sizes)]
            counts["crossed"] += stream.book.crossed()
            if sum(counts.values()) % 20 == 1:
                self._probe(stream, line)

    def _continues(self, stream: _Stream, event: Event) -> bool:
        if self._continuity == Continuity.RANGE:
            return stream.last is None or event.last == stream.last + 1
        if self._continuity == Continuity.LINK:
            return event.previous == stream.last
        return True

    def _verify(self, stream: _Stream, event: Event, line: int) -> None:
        if event.checksum is None:
            return
        if event.checksum == 0 or not stream.live:
            self._pass_over(stream, event)
        elif event.checksum == stream.book.checksum(self._signed):
            stream.checksums["equal"] += 1
        else:
            stream.checksums["different"] += 1
            stream.lose(line)

    @staticmethod
    def _pass_over(stream: _Stream, event: Event) -> None:
        if event.checksum is not None:
            stream.checksums["not_offered" if event.checksum == 0 else "not_verified"] += 1

    def _probe(self, stream: _Stream, line: int) -> None:
        bids, asks = (stream.book.texts(side, self._by_order) for side in (BID, ASK))
        stream.probes.append({"line": line, "best_bid": bids[0] if bids else None, "best_ask": asks[0] if asks else None, "bids": len(bids), "asks": len(asks),
                              "fingerprint": stream.book.fingerprint(self._by_order)})

    def confirm(self, models: dict) -> None:
        """The market's own books must be what the frames say."""
        for name, model in models.items():
            held = {row for side in (BID, ASK) for row in self.streams[name].book.sides[side].values()}
            assert held == set(model()), f"{name}: the rows sent do not lead to the market's book"
        for name, stream in self.streams.items():
            assert stream.counts["crossed"] == 0, f"{name} is crossed"

    def report(self, final_books_of: tuple[str, "Truth"] | None = None) -> dict:
        """The part of expected.json about this recording. Final books that another recording has too are said to be there."""
        text = "".join(line.text() + "\n" for line in self._lines)
        times = [line.received_ns for line in self._lines if line.received_ns is not None]
        report: dict = {"lines": len(self._lines), "crc32": zlib.crc32(text.encode("utf-8")), "bytes": len(text.encode("utf-8"))}
        if times:
            report |= {"first_received_ns": times[0], "last_received_ns": times[-1]}
        report |= {"continuity": self._continuity.value, "kinds": dict(sorted(self._labels.items()))}
        if self._continuity == Continuity.CONNECTION:
            report |= {"connections": self._connections, "connection_gap_lines": self._connection_gaps, "last_number": self._number}
        report["trades"] = {symbol: dict(sorted(counts.items())) for symbol, counts in sorted(self._trades.items())}
        report["books"] = {name: self._book(name, stream, final_books_of) for name, stream in sorted(self.streams.items())}
        return report

    def _book(self, name: str, stream: _Stream, final_books_of: tuple[str, "Truth"] | None) -> dict:
        counts = ("snapshots", "repeated_snapshots", "deltas", "deltas_not_applied", "gaps", "keepalives", "sequence_resets", "checksum_frames",
                 "rows_of_absent_levels", "crossed")
        bids, asks = (stream.book.texts(side, self._by_order) for side in (BID, ASK))
        if final_books_of is not None and final_books_of[1].streams[name].book.sides == stream.book.sides:
            final = {"final_book_as_in": final_books_of[0]}
        else:
            final = {"bids": bids, "asks": asks}
        return {**{count: stream.counts[count] for count in counts},
                "checksums": {verdict: stream.checksums[verdict] for verdict in ("equal", "different", "not_verified", "not_offered")},
                "not_live_lines": stream.not_live, "live_at_end": stream.live, "first_sequence": stream.first_sequence, "last_sequence": stream.last,
                "levels_max": stream.levels_max, "fingerprint": stream.book.fingerprint(self._by_order), "probes": stream.probes,
                **final}
