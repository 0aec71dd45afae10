"""Bitfinex v2 with flags 196608 (sequence numbers of the connection, checksums): aggregated books and the raw one."""

from .market import ASK, BID, Fill, Instrument, Market, View
from .numbers import Dice, javascript
from .recording import Event, Recording, Row
from .truth import Book

MS = 1_000_000


class Connection:
    """One socket. Every array frame consumes a number."""

    def __init__(self, recording: Recording, server: str) -> None:
        self.recording, self.server, self.number = recording, server, 0

    def open(self, at_ms: int) -> None:
        self.number = 0
        self.event(at_ms, f'{{"event":"info","version":2,"serverId":"{self.server}","platform":{{"status":1}}}}', "info", opens=True)
        self.event(at_ms + 80, '{"event":"conf","status":"OK","flags":196608}', "conf")

    def event(self, at_ms: int, text: str, label: str, *, opens: bool = False) -> None:
        self.recording.add(at_ms * MS, text, Event(label, opens=opens))

    def array(self, at_ms: int, channel: int, content: str, label: str, **meaning) -> None:
        self.number += 1
        self.recording.add(at_ms * MS, f"[{channel},{content},{self.number}]", Event(label, number=self.number, **meaning))

    def heartbeat(self, at_ms: int, channel: int) -> None:
        self.array(at_ms, channel, '"hb"', "hb")


class RawMarket:
    """Orders with ids. `View` sees them as levels whose tick is the id."""

    def __init__(self, dice: Dice, best_bid: int, orders: int) -> None:
        self.dice, self.orders, self.next_id = dice, orders, 34_753_002_500
        self.sides: dict[str, dict[int, tuple[int, int]]] = {BID: {}, ASK: {}}
        """Price ticks and lots by id."""
        self._enter(BID, best_bid)
        self._enter(ASK, best_bid + 1)
        self._fill_up()

    def best(self, side: str) -> int:
        prices = [ticks for ticks, _ in self.sides[side].values()]
        return max(prices) if side == BID else min(prices)

    def ranked(self, side: str) -> list[int]:
        sign = -1 if side == BID else 1
        return sorted(self.sides[side], key=lambda number: (sign * self.sides[side][number][0], number))

    def step(self) -> list[Fill]:
        side = self.dice.pick((BID, ASK))
        away = -1 if side == BID else 1
        number = self.ranked(side)[self.dice.skewed(len(self.sides[side]))]
        ticks, lots = self.sides[side][number]
        fills = []
        roll = self.dice.below(100)
        if roll < 35:
            self._enter(side, ticks + away * self.dice.below(3))
        elif roll < 50:
            self.sides[side][number] = (ticks, 1 + self.dice.below(lots))
        elif roll < 62:
            # The order moves, and keeps its id.
            self.sides[side][number] = (ticks + away * self.dice.between(1, 3), lots)
        elif roll < 85:
            del self.sides[side][number]
        else:
            first = self.ranked(side)[0]
            ticks, lots = self.sides[side][first]
            taken = lots if self.dice.percent(50) or lots == 1 else self.dice.between(1, lots - 1)
            fills.append(Fill(side, ticks, taken))
            del self.sides[side][first]
            if taken < lots:
                self.sides[side][first] = (ticks, lots - taken)
        self._fill_up()
        while self.best(ASK) - self.best(BID) > 3:
            side = self.dice.pick((BID, ASK))
            self._enter(side, self.best(side) + (1 if side == BID else -1))
        return fills

    def _enter(self, side: str, ticks: int) -> None:
        self.next_id += self.dice.between(1, 90)
        # A few amounts are so small that they are written with an exponent.
        lots = 1 + (self.dice.below(90) if self.dice.percent(4) else self.dice.skewed(300_000_000))
        self.sides[side][self.next_id] = (ticks, lots)

    def _fill_up(self) -> None:
        for side, away in ((BID, -1), (ASK, 1)):
            while len(self.sides[side]) < self.orders:
                worst = self.sides[side][self.ranked(side)[-1]][0]
                self._enter(side, worst + away * self.dice.below(3))
            for number in self.ranked(side)[self.orders + 8:]:
                del self.sides[side][number]


class BookChannel:
    """One `book` subscription: rows as sent, and the checksum of what was sent."""

    def __init__(self, connection: Connection, instrument: Instrument, market: Market | RawMarket, length: int) -> None:
        self.connection, self.instrument, self.raw = connection, instrument, isinstance(market, RawMarket)
        self.precision = "R0" if self.raw else "P0"
        self.length = length
        self.name = f"book.{self.precision}.{instrument.symbol}"
        self.view = View(market, length)
        self.channel = 0
        self.book = Book()
        self.changed = False

    def subscribe(self, at_ms: int, channel: int) -> None:
        self.channel = channel
        symbol = self.instrument.symbol
        self.connection.event(at_ms, f'{{"event":"subscribed","channel":"book","chanId":{channel},"symbol":"{symbol}","prec":"{self.precision}","freq":"F0",'
                              f'"len":"{self.length}","pair":"{symbol[1:]}"}}', "subscribed")
        rows = self._rows(self.view.image())
        self.book = Book()
        self.book.apply(rows)
        self.connection.array(at_ms + 12, channel, "[" + ",".join(map(self._text, rows)) + "]", f"{self.name} snapshot", book=self.name, image=True, rows=rows)
        self.connection.recording.models[self.name] = lambda: self._rows(self.view.shown())

    def unsubscribe(self, at_ms: int) -> None:
        self.connection.event(at_ms, f'{{"event":"unsubscribed","status":"OK","chanId":{self.channel}}}', "unsubscribed")

    def update(self, at_ms: int) -> None:
        """A frame for each row; deletes first, so that the book never shows more than its length, nor crosses."""
        rows = self._rows(self.view.changes())
        for row in sorted(rows, key=lambda row: row[3] is not None):
            moved = self.raw and row[3] is not None and self._crosses(row)
            assert not moved, "an order is set before the one that it would cross is gone"
            self.book.apply((row,))
            self.connection.array(at_ms, self.channel, self._text(row), f"{self.name} update", book=self.name, rows=(row,))
            self.changed = True

    def checksum(self, at_ms: int) -> None:
        if self.changed:
            value = self.book.checksum(signed=True)
            self.connection.array(at_ms, self.channel, f'"cs",{value}', f"{self.name} cs", book=self.name, checksum=value)
            self.changed = False

    def delete_unknown(self, at_ms: int, number: int) -> None:
        row = (BID, str(number), "0", None, None)
        self.connection.array(at_ms, self.channel, self._text(row), f"{self.name} update", book=self.name, rows=(row,))

    def _crosses(self, row: Row) -> bool:
        trial = Book()
        for side in (BID, ASK):
            trial.apply(tuple(self.book.sides[side].values()))
        trial.apply((row,))
        return trial.crossed()

    def _rows(self, rows) -> tuple[Row, ...]:
        made = []
        for side, key, first, second in rows:
            if self.raw:
                # The view's columns are id, price ticks, lots; a deleted order has neither.
                gone = first == 0
                made.append((side, str(key), "0" if gone else self.instrument.price(first), None if gone else self.instrument.size(second), None))
            else:
                price = self.instrument.price(key)
                made.append((side, price, price, self.instrument.size(first) if first else None, second if first else None))
        return tuple(made)

    def _text(self, row: Row) -> str:
        side, key, price, quantity, orders = row
        sign = "-" if side == ASK else ""
        if self.raw:
            return f"[{key},{price},{sign}{quantity or '1'}]"
        return f"[{price},{orders or 0},{sign}{quantity or '1'}]"


class TradesChannel:
    """`te` at once, `tu` of the same trade a little later."""

    def __init__(self, connection: Connection, instrument: Instrument, channel: int) -> None:
        self.connection, self.instrument, self.channel, self.id = connection, instrument, channel, 401_597_390
        self.waiting: list[tuple[int, str]] = []

    def subscribe(self, at_ms: int, price: int) -> None:
        symbol = self.instrument.symbol
        self.connection.event(at_ms, f'{{"event":"subscribed","channel":"trades","chanId":{self.channel},"symbol":"{symbol}","pair":"{symbol[1:]}"}}', "subscribed")
        rows = []
        for age in range(5):
            amount = self.instrument.size(1 + self.connection.recording.dice.skewed(90_000_000))
            rows.append(f"[{self.id - age},{at_ms - 700 * (age + 1)},{'-' if age % 2 else ''}{amount},{self.instrument.price(price + age)}]")
        self.connection.array(at_ms + 5, self.channel, "[" + ",".join(rows) + "]", "trades snapshot")

    def send(self, at_ms: int, fills: list[Fill]) -> None:
        for fill in fills:
            self.id += 1
            sign = "" if fill.taker_buys else "-"
            text = f"[{self.id},{at_ms - 3},{sign}{self.instrument.size(fill.lots)},{self.instrument.price(fill.ticks)}]"
            self.connection.array(at_ms, self.channel, f'"te",{text}', "te", trades=((self.instrument.symbol, fill.taker_buys),))
            self.waiting.append((at_ms + 40, text))

    def confirm(self, at_ms: int) -> None:
        while self.waiting and self.waiting[0][0] <= at_ms:
            self.connection.array(at_ms, self.channel, f'"tu",{self.waiting.pop(0)[1]}', "tu")


def p0(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    connection = Connection(recording, "083bd8d4-aca7-4690-a573-eabfc8103de8")
    btc = Instrument("tBTCUSD", 0, 1, 8, javascript, javascript)
    # Prices on both sides of 1e-6, so some have an exponent.
    tiny = Instrument("tBTTUSD", 10, 1, 8, javascript, javascript)
    markets = {btc: Market(dice, 86_664, 40, 300_000_000, gap=3), tiny: Market(dice, 9_994, 34, 90_000_000_000_000, gap=3, bids_max=18)}
    books = {btc: BookChannel(connection, btc, markets[btc], 25), tiny: BookChannel(connection, tiny, markets[tiny], 100)}
    trades = TradesChannel(connection, btc, 232_959)
    start = 1_790_856_050_000
    connection.open(start)
    connection.event(start + 120, '{"event":"subscribed","channel":"ticker","chanId":232949,"symbol":"tBTCUSD","pair":"BTCUSD"}', "subscribed")

    def ticker(at_ms: int) -> None:
        market = markets[btc]
        bid, ask = market.best(BID), market.best(ASK)
        connection.array(at_ms, 232_949, f"[{btc.price(bid)},{btc.size(market.sides[BID][bid][0])},{btc.price(ask)},{btc.size(market.sides[ASK][ask][0])},"
                         f"{bid - 86_000},0.00771,{btc.price(bid)},{19_203 + dice.below(99)}.444049780002,87412,85120]", "ticker")

    def candle(at_ms: int, price: int) -> None:
        connection.array(at_ms, 232_970, f"[{at_ms // 60_000 * 60_000},{price},{price + 3},{price + 9},{price - 4},{javascript(3_000_000 + dice.below(900_000_000), 8)}]", "candles")

    ticker(start + 125)
    trades.subscribe(start + 130, 86_664)
    # Heartbeats of a channel may come before its answer; they consume a number too.
    connection.heartbeat(start + 140, 225_206)
    connection.event(start + 150, '{"event":"subscribed","channel":"candles","chanId":232970,"key":"trade:1m:tBTCUSD"}', "subscribed")
    minute = (start + 160) // 60_000 * 60_000
    history = ",".join(f"[{minute - age * 60_000},{86_650 + age},{86_660 - age},{86_671 + age},{86_640 - age},{javascript(412_345_678 + age * 1_000, 8)}]" for age in range(4))
    connection.array(start + 160, 232_970, f"[{history}]", "candles snapshot")
    books[btc].subscribe(start + 170, 225_205)
    books[tiny].subscribe(start + 190, 225_206)
    connection.event(start + 240, '{"event":"error","msg":"symbol: invalid","code":10300,"channel":"book","symbol":"tNOPEUSD","prec":"P0","freq":"F0","len":"25"}', "error")

    for elapsed in range(300, 24_000, 50):
        now = start + elapsed
        for instrument, channel in books.items():
            fills = markets[instrument].step(1 + dice.below(3)) if dice.percent(35) else []
            if instrument is btc:
                trades.send(now, fills)
            channel.update(now + 2)
            if elapsed % 2_500 == (0 if instrument is btc else 1_250):
                channel.checksum(now + 4)
        trades.confirm(now + 6)
        if elapsed % 3_000 == 0:
            ticker(now + 7)
        if elapsed % 2_000 == 0:
            candle(now + 8, markets[btc].best(BID))
        if elapsed == 5_000:
            connection.event(now + 9, f'{{"event":"pong","ts":{now + 9},"cid":1234}}', "pong")
        if elapsed == 14_000:
            for instrument, channel, number in ((btc, books[btc], 301_177), (tiny, books[tiny], 301_178)):
                old = channel.channel
                channel.unsubscribe(now + 10)
                # A late frame of the channel that is gone is not an error, and is counted like any other.
                connection.array(now + 11, old, channel._text(channel._rows(channel.view.shown())[0]), "late update")
                channel.subscribe(now + 30, number)
        if elapsed == 15_200:
            for number in (232_949, 232_959, 232_970, books[btc].channel, books[tiny].channel):
                connection.heartbeat(now + 12, number)
    for channel in books.values():
        channel.checksum(start + 24_100)
    return recording


def p0_gap(whole: Recording) -> list:
    """A trade is lost, no row of a book: the count of the connection says that something is missing, not what."""
    return whole.without(whole.find(lambda event: event.label == "te", len(whole.lines) * 3 // 10))


def p0_bad_checksum(whole: Recording) -> list:
    """One row of tBTCUSD says another amount than the venue has; the next checksum tells."""
    book = Book()
    for index, line in enumerate(whole.lines):
        event = line.events[0]
        if event.book != "book.P0.tBTCUSD" or event.label.endswith(" cs"):
            continue
        book = Book() if event.image else book
        book.apply(event.rows)
        row = event.rows[0]
        upcoming = whole.lines[index + 1:]
        behind = next((later.events[0] for later in upcoming if later.events[0].label == "book.P0.tBTCUSD cs"
                       or later.events[0].book == event.book and later.events[0].rows[0][1] == row[1]), None)
        if event.image or index < len(whole.lines) * 3 // 10 or row[3] is None or "." not in row[3] or behind is None or not behind.label.endswith(" cs"):
            continue
        wrong = (*row[:3], row[3] + "1", row[4])
        return whole.with_changed(index, row[3], wrong[3], Event(event.label, event.book, False, (wrong,), number=event.number))
    raise AssertionError("no such row")


def r0(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    connection = Connection(recording, "5ad8d8f2-7c1e-4a51-9f5d-0d9a4e3f1b22")
    btc = Instrument("tBTCUSD", 0, 1, 8, javascript, javascript)
    market = RawMarket(dice, 86_664, 34)
    book = BookChannel(connection, btc, market, 25)
    start = 1_790_856_090_000
    connection.open(start)
    book.subscribe(start + 120, 433_290)
    for elapsed in range(200, 20_000, 40):
        now = start + elapsed
        if dice.percent(70):
            market.step()
        book.update(now)
        if elapsed % 2_520 == 0:
            book.checksum(now + 2)
        if elapsed == 6_000:
            book.delete_unknown(now + 3, 34_700_000_001)
        if elapsed == 15_200:
            connection.heartbeat(now + 4, book.channel)
        if elapsed == 12_000:
            # The socket broke: everything begins again, the count too.
            connection.open(now + 10)
            book.subscribe(now + 140, 17_082)
    book.checksum(start + 20_100)
    return recording
