"""OKX v5: `books` with sequence ids and a checksum of 0 (since 2026-06-23), and the time before with both."""

from .market import ASK, BID, SIDES, Fill, Instrument, Market, Rows, View
from .numbers import Dice, trimmed
from .recording import Event, Recording, Row
from .truth import Book

MS = 1_000_000


def text_rows(instrument: Instrument, rows: Rows) -> tuple[Row, ...]:
    return tuple((side, instrument.price(ticks), instrument.price(ticks), instrument.size(lots) if lots else None, orders if lots else None)
                 for side, ticks, lots, orders in rows)


def side_json(rows: tuple[Row, ...], side: str) -> str:
    return "[" + ",".join(f'["{price}","{quantity or "0"}","0","{orders or 0}"]' for of, _, price, quantity, orders in rows if of == side) + "]"


def sides_json(rows: tuple[Row, ...]) -> str:
    return f'"asks":{side_json(rows, ASK)},"bids":{side_json(rows, BID)}'


class Sequence:
    """The ids of one instrument, shared by its channels: they rise, not by one."""

    def __init__(self, dice: Dice, first: int) -> None:
        self.dice, self.value = dice, first

    def next(self) -> int:
        self.value += self.dice.between(2, 40)
        return self.value


class Books:
    """One incremental channel of one instrument."""

    def __init__(self, channel: str, instrument: Instrument, market: Market, sequence: Sequence, depth: int, *, checksums: bool, absent_deletes: bool = True) -> None:
        self.name = f"{channel}.{instrument.symbol}"
        self.channel, self.instrument, self.sequence, self.checksums, self.absent_deletes = channel, instrument, sequence, checksums, absent_deletes
        self.view = View(market, depth)
        self.book = Book()
        self.last = -1

    def snapshot(self, recording: Recording, at_ms: int) -> None:
        self.book = Book()
        self._send(recording, at_ms, "snapshot", text_rows(self.instrument, self.view.image()), -1, self.sequence.next())

    def update(self, recording: Recording, at_ms: int, *, reset_to: int | None = None) -> bool:
        changes = self.view.changes()
        if not changes:
            return False
        if self.absent_deletes and recording.dice.percent(25):
            # A level that came and went between two pushes is deleted without ever having been set.
            side = recording.dice.pick(SIDES)
            ticks = self.view.absent(recording.dice, side)
            if ticks is not None and (side, ticks, 0, 0) not in changes:
                changes = sorted([*changes, (side, ticks, 0, 0)], key=lambda row: (row[0] == BID, -row[1] if row[0] == BID else row[1]))
        if reset_to is not None:
            self.sequence.value = reset_to
        self._send(recording, at_ms, "update", text_rows(self.instrument, changes), self.last, self.sequence.next() if reset_to is None else reset_to)
        return True

    def keepalive(self, recording: Recording, at_ms: int) -> None:
        self._send(recording, at_ms, "update", (), self.last, self.last)

    def _send(self, recording: Recording, at_ms: int, action: str, rows: tuple[Row, ...], previous: int, last: int) -> None:
        self.book.apply(rows)
        checksum = self.book.checksum(signed=False) if self.checksums else 0
        frame = (f'{{"arg":{{"channel":"{self.channel}","instId":"{self.instrument.symbol}"}},"action":"{action}","data":[{{{sides_json(rows)},'
                 f'"ts":"{at_ms}","checksum":{checksum},"seqId":{last},"prevSeqId":{previous}}}]}}')
        recording.add(at_ms * MS, frame, Event(f"{self.name} {action}", self.name, action == "snapshot", rows, last=last, previous=previous, checksum=checksum))
        recording.models[self.name] = lambda: text_rows(self.instrument, self.view.shown())
        self.last = last


class Images:
    """`books5` and `bbo-tbt`: every message is the whole of what the channel shows."""

    def __init__(self, channel: str, depth: int, instrument: Instrument, market: Market, sequence: Sequence) -> None:
        self.name = f"{channel}.{instrument.symbol}"
        self.channel, self.instrument, self.sequence = channel, instrument, sequence
        self.view = View(market, depth)

    def send(self, recording: Recording, at_ms: int) -> None:
        if not self.view.changes():
            return
        rows = text_rows(self.instrument, self.view.image())
        inst = f'"instId":"{self.instrument.symbol}",' if self.channel == "books5" else ""
        recording.add(at_ms * MS, f'{{"arg":{{"channel":"{self.channel}","instId":"{self.instrument.symbol}"}},"data":[{{{sides_json(rows)},{inst}"ts":"{at_ms}",'
                      f'"seqId":{self.sequence.value}}}]}}', Event(f"{self.name} snapshot", self.name, True, rows, last=self.sequence.value))
        recording.models[self.name] = lambda: text_rows(self.instrument, self.view.shown())


class Feed:
    """What else goes over the socket of one recording."""

    def __init__(self, recording: Recording, connection: str) -> None:
        self.recording, self.connection = recording, connection
        self.trade_id = 639_414_230

    def note(self, at_ms: int, label: str, text: str) -> None:
        self.recording.add(at_ms * MS, text, Event(label))

    def ack(self, at_ms: int, channel: str, symbol: str, operation: str = "subscribe") -> None:
        self.note(at_ms, "ack", f'{{"id":"1512","event":"{operation}","arg":{{"channel":"{channel}","instId":"{symbol}"}},"connId":"{self.connection}"}}')

    def trades(self, at_ms: int, instrument: Instrument, fills: list[Fill], sequence: Sequence) -> None:
        for fill in fills:
            self.trade_id += self.recording.dice.between(1, 4)
            side = "buy" if fill.taker_buys else "sell"
            self.recording.add(at_ms * MS, f'{{"arg":{{"channel":"trades","instId":"{instrument.symbol}"}},"data":[{{"instId":"{instrument.symbol}",'
                               f'"tradeId":"{self.trade_id}","px":"{instrument.price(fill.ticks)}","sz":"{instrument.size(fill.lots)}","side":"{side}",'
                               f'"ts":"{at_ms}","count":"{self.recording.dice.between(1, 4)}","source":"0","seqId":{sequence.value}}}]}}',
                               Event("trades", trades=((instrument.symbol, fill.taker_buys),)))

    def ticker(self, at_ms: int, kind: str, instrument: Instrument, market: Market) -> None:
        bid, ask = market.best(BID), market.best(ASK)
        self.note(at_ms, "tickers", f'{{"arg":{{"channel":"tickers","instId":"{instrument.symbol}"}},"data":[{{"instType":"{kind}","instId":"{instrument.symbol}",'
                  f'"last":"{instrument.price(bid)}","lastSz":"{instrument.size(1 + self.recording.dice.below(99))}","askPx":"{instrument.price(ask)}",'
                  f'"askSz":"{instrument.size(market.sides[ASK][ask][0])}","bidPx":"{instrument.price(bid)}","bidSz":"{instrument.size(market.sides[BID][bid][0])}",'
                  f'"open24h":"{instrument.price(bid - 900)}","high24h":"{instrument.price(bid + 800)}","low24h":"{instrument.price(bid - 1_500)}",'
                  f'"volCcy24h":"125000000","vol24h":"1875","sodUtc0":"{instrument.price(bid - 300)}","sodUtc8":"{instrument.price(bid - 200)}","ts":"{at_ms}"}}]}}')


def books_2026(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    feed = Feed(recording, "a4d3ae55")
    btc = Instrument("BTC-USDT", 1, 1, 8, trimmed, trimmed)
    eth = Instrument("ETH-USDT-SWAP", 2, 1, 2, trimmed, trimmed)
    ltc = Instrument("LTC-USDT", 2, 1, 6, trimmed, trimmed)
    markets = {btc: Market(dice, 787_222, 415, 200_000_000), eth: Market(dice, 192_242, 80, 40_000, gap=3), ltc: Market(dice, 6_841, 30, 90_000_000)}
    ids = {btc: Sequence(dice, 80_274_874_000), eth: Sequence(dice, 363_996_337), ltc: Sequence(dice, 41_220_870)}
    btc_books = Books("books", btc, markets[btc], ids[btc], 400, checksums=False)
    eth_books = Books("books", eth, markets[eth], ids[eth], 400, checksums=False)
    ltc_books = Books("books", ltc, markets[ltc], ids[ltc], 400, checksums=False, absent_deletes=False)
    five, best = Images("books5", 5, eth, markets[eth], ids[eth]), Images("bbo-tbt", 1, eth, markets[eth], ids[eth])
    start = 1_790_856_030_050
    candle = [787_222] * 4
    volume = 0

    feed.ack(start, "books", "BTC-USDT")
    feed.ack(start + 1, "trades", "BTC-USDT")
    feed.note(start + 2, "error", '{"id":"1513","event":"error","code":"60018","msg":"Wrong URL or channel:books-l3,instId:BTC-USDT doesn\'t exist. '
              'Please use the correct URL, channel and parameters referring to API document.","connId":"a4d3ae55"}')
    btc_books.snapshot(recording, start + 10)
    for channel, symbol in (("books", "ETH-USDT-SWAP"), ("books5", "ETH-USDT-SWAP"), ("bbo-tbt", "ETH-USDT-SWAP"), ("trades", "ETH-USDT-SWAP"), ("books", "LTC-USDT")):
        feed.ack(start + 12, channel, symbol)
    eth_books.snapshot(recording, start + 15)
    ltc_books.snapshot(recording, start + 17)
    # REST answers: instruments of both kinds, and a book that is for comparison only.
    recording.add((start + 20) * MS, '{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","baseCcy":"BTC","quoteCcy":"USDT","tickSz":"0.1","lotSz":"0.00000001",'
                  '"minSz":"0.00001","state":"live","maxLmtSz":"9999999999","maxMktSz":"1000000","ctVal":"","ctMult":"","ctValCcy":"","listTime":"1548133413000","ruleType":"normal"}]}',
                  Event("REST instruments"))
    recording.add((start + 22) * MS, '{"code":"0","msg":"","data":[{"instType":"SWAP","instId":"ETH-USDT-SWAP","instFamily":"ETH-USDT","uly":"ETH-USDT","settleCcy":"USDT",'
                  '"ctVal":"0.1","ctValCcy":"ETH","ctMult":"1","ctType":"linear","tickSz":"0.01","lotSz":"0.01","minSz":"0.01","lever":"100","state":"live","instIdCode":10461}]}',
                  Event("REST instruments"))

    for elapsed in range(100, 70_000, 50):
        now = start + elapsed
        busy = 10 if 24_000 < elapsed < 60_000 else 30
        for instrument, market in markets.items():
            if not dice.percent(busy) or instrument is ltc and (2_900 < elapsed < 63_200 or elapsed % 250):
                continue
            fills = market.step(1 + dice.below(3))
            ids[instrument].next()
            if instrument is not ltc:
                feed.trades(now, instrument, fills, ids[instrument])
            if instrument is btc:
                for fill in fills:
                    candle = [candle[0], max(candle[1], fill.ticks), min(candle[2], fill.ticks), fill.ticks]
                    volume += fill.lots
        best.send(recording, now + 1)
        if elapsed % 100 == 0:
            btc_books.update(recording, now + 2)
            if elapsed != 32_000:
                eth_books.update(recording, now + 3)
            five.send(recording, now + 4)
        ltc_books.update(recording, now + 4)
        if elapsed in (15_000, 40_000, 62_000):
            recording.add((now + 5) * MS, "pong", Event("pong"))
        if elapsed % 2_000 == 0:
            feed.ticker(now + 5, "SPOT", btc, markets[btc])
        if elapsed % 1_000 == 0 and elapsed < 20_000 or elapsed == 29_950:
            text = '","'.join(btc.price(ticks) for ticks in (candle[0], candle[1], candle[2], candle[3]))
            volume_text = trimmed(volume, 8)
            quote = trimmed(volume * candle[3], 9)
            feed.note(now + 6, "candles", f'{{"arg":{{"channel":"candle1m","instId":"BTC-USDT"}},"data":[["1790856000000","{text}","{volume_text}","{quote}","{quote}",'
                      f'"{int(elapsed == 29_950)}"]]}}')
        if elapsed == 10_000:
            rows = text_rows(btc, btc_books.view.shown())
            recording.add((now + 7) * MS, f'{{"code":"0","msg":"","data":[{{{sides_json(rows)},"ts":"{now - 20}","seqId":{btc_books.last}}}]}}',
                          Event("REST book", "rest.BTC-USDT", True, rows, last=btc_books.last), symbol="BTC-USDT")
        if elapsed == 20_000:
            feed.note(now + 7, "other", f'{{"arg":{{"channel":"mark-price","instId":"ETH-USDT-SWAP"}},"data":[{{"instId":"ETH-USDT-SWAP","instType":"SWAP","markPx":"1922.31","ts":"{now}"}}]}}')
        if elapsed == 32_000:
            # Maintenance: the ids begin again, and this message is as good as any other.
            markets[eth].step(4)
            eth_books.update(recording, now + 7, reset_to=3)
        if elapsed == 45_000:
            feed.ack(now + 7, "books", "BTC-USDT", "unsubscribe")
            feed.ack(now + 60, "books", "BTC-USDT")
            btc_books.snapshot(recording, now + 61)
        if elapsed == 63_000:
            ltc_books.keepalive(recording, now + 8)
        if elapsed == 69_000:
            feed.note(now + 8, "notice", '{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a4d3ae55"}')
    return recording


def books_2026_gap(whole: Recording) -> list:
    """One update of BTC-USDT is lost, long before the channel is subscribed again."""
    return whole.without(whole.find(lambda event: event.label == "books.BTC-USDT update", len(whole.lines) // 3))


def legacy_checksum(seed: int) -> Recording:
    """`books` and `books-l2-tbt` of late 2025: sequence ids, and a checksum in every frame."""
    dice = Dice(seed)
    recording = Recording(dice)
    feed = Feed(recording, "32f4414f")
    btc = Instrument("BTC-USDT", 1, 1, 8, trimmed, trimmed)
    sol = Instrument("SOL-USD-SWAP", 2, 1, 0, trimmed, trimmed)
    markets = {btc: Market(dice, 1_098_204, 120, 200_000_000), sol: Market(dice, 18_533, 40, 3_000, bids_max=14)}
    ids = {btc: Sequence(dice, 61_004_210_000), sol: Sequence(dice, 20_871_140)}
    books = {btc: Books("books", btc, markets[btc], ids[btc], 400, checksums=True), sol: Books("books-l2-tbt", sol, markets[sol], ids[sol], 400, checksums=True)}
    start = 1_762_128_000_120  # 2025-11-03 00:00 UTC
    for instrument, channel in books.items():
        feed.ack(start, channel.channel, instrument.symbol)
        channel.snapshot(recording, start + 12)
    for elapsed in range(20, 18_000, 20):
        now = start + elapsed
        for instrument, market in markets.items():
            if dice.percent(26):
                feed.trades(now, instrument, market.step(1 + dice.below(3)), ids[instrument])
        if elapsed % 100 == 0:
            books[btc].update(recording, now + 2)
        books[sol].update(recording, now + 3)
        if elapsed == 11_000:
            for instrument, channel in books.items():
                feed.ack(now + 4, channel.channel, instrument.symbol, "unsubscribe")
                feed.ack(now + 40, channel.channel, instrument.symbol)
                channel.snapshot(recording, now + 41)
    return recording


def legacy_bad_checksum(whole: Recording) -> list:
    """One update of BTC-USDT says another size at the best bid than the venue has: the checksum in the same frame tells. No id is missing."""
    best = Book()
    for index, line in enumerate(whole.lines):
        for event in line.events:
            if event.book != "books.BTC-USDT":
                continue
            best = Book() if event.image else best
            best.apply(event.rows)
            top = {row[1] for row in best.ranked(BID)[:5]}
            row = next((row for row in event.rows if row[0] == BID and row[3] is not None and row[1] in top), None)
            if row is not None and not event.image and index > len(whole.lines) * 3 // 10:
                wrong = (*row[:3], row[3] + "1" if "." in row[3] else row[3] + ".1", row[4])
                damaged = Event(event.label, event.book, False, tuple(wrong if other == row else other for other in event.rows),
                                event.last, event.previous, event.checksum)
                return whole.with_changed(index, f'["{row[2]}","{row[3]}","0","{row[4]}"]', f'["{wrong[2]}","{wrong[3]}","0","{wrong[4]}"]', damaged)
    raise AssertionError("no such update")
