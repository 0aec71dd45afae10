"""Bybit v5: linear, spot, the archive's form and REST answers. Forms of 2026 (level 1 is snapshots only, 500 levels exist in the archive only)."""

from .market import ASK, BID, SIDES, Fill, Instrument, Market, Rows, View
from .numbers import Dice, fixed, trimmed
from .recording import Event, Recording, Row

MS = 1_000_000


def text_rows(instrument: Instrument, rows: Rows) -> tuple[Row, ...]:
    return tuple((side, instrument.price(ticks), instrument.price(ticks), instrument.size(lots) if lots else None, None) for side, ticks, lots, _ in rows)


def side_json(rows: tuple[Row, ...], side: str) -> str:
    return "[" + ",".join(f'["{price}","{quantity or "0"}"]' for of, _, price, quantity, _ in rows if of == side) + "]"


class Topic:
    """One order-book topic: its window and its numbering."""

    def __init__(self, depth: int, instrument: Instrument, market: Market, u: int, *, time_first: bool) -> None:
        self.depth, self.instrument, self.view, self.u = depth, instrument, View(market, depth), u
        self.name = f"orderbook.{depth}.{instrument.symbol}"
        self.time_first = time_first
        self.sent: tuple[str, tuple[Row, ...], int, int] | None = None

    def snapshot(self, recording: Recording, at_ms: int, seq: int, u: int) -> None:
        self.u = u
        self._send(recording, "snapshot", text_rows(self.instrument, self.view.image()), at_ms, seq, at_ms - 2)

    def delta(self, recording: Recording, at_ms: int, seq: int) -> bool:
        rows = text_rows(self.instrument, self.view.changes())
        if not rows:
            return False
        self.u += 1
        self._send(recording, "delta", rows, at_ms, seq, at_ms - 1 - recording.dice.below(9))
        return True

    def top(self, recording: Recording, at_ms: int, seq: int) -> bool:
        """Level 1: both sides again, if one of them changed."""
        if not self.view.changes():
            return False
        self.u += 1
        self._send(recording, "snapshot", text_rows(self.instrument, self.view.image()), at_ms, seq, at_ms - 1)
        return True

    def repeat(self, recording: Recording, at_ms: int) -> None:
        kind, rows, seq, cts = self.sent
        self._send(recording, kind, rows, at_ms, seq, cts)

    def _send(self, recording: Recording, kind: str, rows: tuple[Row, ...], at_ms: int, seq: int, cts: int) -> None:
        self.sent = (kind, rows, seq, cts)
        recording.models[self.name] = lambda: text_rows(self.instrument, self.view.shown())
        head = f'"ts":{at_ms},"type":"{kind}"' if self.time_first else f'"type":"{kind}","ts":{at_ms}'
        frame = (f'{{"topic":"{self.name}",{head},"data":{{"s":"{self.instrument.symbol}","b":{side_json(rows, BID)},"a":{side_json(rows, ASK)},'
                 f'"u":{self.u},"seq":{seq}}},"cts":{cts}}}')
        recording.add(at_ms * MS, frame, Event(f"{self.name} {kind}", self.name, kind == "snapshot", rows, last=self.u, previous=seq))


class Candle:
    """One minute after another, in units of the last decimal."""

    def __init__(self, instrument: Instrument, at_ms: int, price: int) -> None:
        self.instrument = instrument
        self._begin(at_ms, price)

    def _begin(self, at_ms: int, price: int) -> None:
        self.start = at_ms // 60_000 * 60_000
        self.open = self.close = self.high = self.low = price
        self.volume = self.turnover = 0

    def trade(self, price: int, lots: int) -> None:
        self.close, self.high, self.low = price, max(self.high, price), min(self.low, price)
        self.volume += lots
        self.turnover += lots * price

    def elements(self, at_ms: int) -> list[str]:
        """One element; at the turn of the minute the closed one and the new one."""
        if at_ms // 60_000 * 60_000 == self.start:
            return [self._text(at_ms, "false")]
        closed = self._text(at_ms, "true")
        self._begin(at_ms, self.close)
        return [closed, self._text(at_ms, "false")]

    def _text(self, at_ms: int, confirm: str) -> str:
        def price(units: int) -> str:
            return trimmed(units, self.instrument.price_decimals)
        decimals = self.instrument.price_decimals + self.instrument.size_decimals
        return (f'{{"start":{self.start},"end":{self.start + 59_999},"interval":"1","open":"{price(self.open)}","close":"{price(self.close)}",'
                f'"high":"{price(self.high)}","low":"{price(self.low)}","volume":"{trimmed(self.volume, self.instrument.size_decimals)}",'
                f'"turnover":"{trimmed(self.turnover, decimals)}","confirm":{confirm},"timestamp":{at_ms}}}')


class Trades:
    """publicTrade of one symbol."""

    def __init__(self, instrument: Instrument, candle: Candle | None, *, spot_id: int | None = None) -> None:
        self.instrument, self.candle, self.id, self.last = instrument, candle, spot_id, 0

    def send(self, recording: Recording, at_ms: int, seq: int, fills: list[Fill], *, block: bool = False, retail: bool = False) -> None:
        dice, symbol = recording.dice, self.instrument.symbol
        rows, taken = [], []
        for fill in fills:
            side = "Buy" if fill.taker_buys else "Sell"
            price, size = self.instrument.price(fill.ticks), self.instrument.size(fill.lots)
            flags = f'"BT":{str(block).lower()},"RPI":{str(retail).lower()},"seq":{seq}'
            if self.id is None:
                tick = ("Zero" if fill.ticks == self.last else "") + ("PlusTick" if fill.ticks > self.last or fill.taker_buys else "MinusTick")
                rows.append(f'{{"T":{at_ms - 1},"s":"{symbol}","S":"{side}","v":"{size}","p":"{price}","L":"{tick}","i":"{dice.uuid()}",{flags}}}')
            else:
                self.id += 1
                rows.append(f'{{"i":"{self.id}","T":{at_ms - 1},"p":"{price}","v":"{size}","S":"{side}","s":"{symbol}",{flags}}}')
            self.last = fill.ticks
            taken.append((symbol, fill.taker_buys))
            if self.candle is not None:
                self.candle.trade(fill.ticks * self.instrument.tick, fill.lots)
        head = f'"type":"snapshot","ts":{at_ms}' if self.id is None else f'"ts":{at_ms},"type":"snapshot"'
        label = "publicTrade" + (" block" if block else "") + (" RPI" if retail else "")
        recording.add(at_ms * MS, f'{{"topic":"publicTrade.{symbol}",{head},"data":[{",".join(rows)}]}}', Event(label, trades=tuple(taken)))

    def kline(self, recording: Recording, at_ms: int) -> None:
        elements = self.candle.elements(at_ms)
        recording.add(at_ms * MS, f'{{"topic":"kline.1.{self.instrument.symbol}","data":[{",".join(elements)}],"ts":{at_ms},"type":"snapshot"}}',
                      *[Event("kline")] * len(elements))


def linear(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    connection = "d9t0h8gl9mfs4c2k7q10-1x3bw"
    btc = Instrument("BTCUSDT", 2, 10, 3, fixed, fixed)
    eth = Instrument("ETHUSDT", 2, 1, 2, fixed, fixed)
    doge = Instrument("DOGEUSDT", 5, 1, 0, fixed, fixed)
    syn = Instrument("SYNUSDT", 4, 1, 1, fixed, fixed)
    markets = {btc: Market(dice, 651_142, 62, 12_000), eth: Market(dice, 192_242, 60, 4_000, gap=3), doge: Market(dice, 7_052, 215, 2_000_000, gap=2)}
    start = 1_790_856_049_100  # 2026-10-01 12:00:49.1 UTC, eleven seconds before a minute ends.
    seq = {btc: 753_843_907_770, eth: 430_879_399_832, doge: 340_051_119_615}

    def next_seq(instrument: Instrument) -> int:
        seq[instrument] += dice.between(3, 900)
        return seq[instrument]

    def note(at_ms: int, label: str, text: str) -> None:
        recording.add(at_ms * MS, text, Event(label))

    def ack(at_ms: int, request: str, operation: str = "subscribe") -> None:
        note(at_ms, "ack", f'{{"success":true,"ret_msg":"","conn_id":"{connection}","req_id":"{request}","op":"{operation}"}}')

    btc1 = Topic(1, btc, markets[btc], 7_003_304, time_first=True)
    btc50 = Topic(50, btc, markets[btc], 0, time_first=False)
    eth50 = Topic(50, eth, markets[eth], 0, time_first=False)
    doge200 = Topic(200, doge, markets[doge], 0, time_first=False)
    trades = {instrument: Trades(instrument, Candle(instrument, start, markets[instrument].best(BID) * instrument.tick)) for instrument in (btc, eth)}

    def ticker(at_ms: int, *, snapshot: bool = False) -> None:
        market = markets[btc]
        best = {side: (btc.price(market.best(side)), btc.size(market.sides[side][market.best(side)][0])) for side in SIDES}
        last = btc.price(trades[btc].last or market.best(BID))
        touch = f'"bid1Price":"{best[BID][0]}","bid1Size":"{best[BID][1]}","ask1Price":"{best[ASK][0]}","ask1Size":"{best[ASK][1]}"'
        if snapshot:
            data = (f'"symbol":"BTCUSDT","tickDirection":"ZeroPlusTick","price24hPcnt":"0.001624","lastPrice":"{last}","prevPrice24h":"65008.70",'
                    f'"highPrice24h":"65282.30","lowPrice24h":"64694.40","prevPrice1h":"65083.80","markPrice":"{last}","indexPrice":"65137.76",'
                    '"openInterest":"59891.732","openInterestValue":"3899996265.01","turnover24h":"1142118412.9021","volume24h":"17573.9120",'
                    '"fundingIntervalHour":"8","fundingCap":"0.005","nextFundingTime":"1790870400000","fundingRate":"0.0001",'
                    f'{touch},"preOpenPrice":"","preQty":"","curPreListingPhase":""')
        else:
            data = '"symbol":"BTCUSDT",' + dice.pick((touch, f'"lastPrice":"{last}",{touch}', f'"markPrice":"{last}","openInterestValue":"3899995666.09"',
                                                      f'"fundingRate":"-0.00001250",{touch.split(",", 2)[2]}'))
        kind = "snapshot" if snapshot else "delta"
        recording.add(at_ms * MS, f'{{"topic":"tickers.BTCUSDT","type":"{kind}","data":{{{data}}},"cs":{seq[btc]},"ts":{at_ms}}}', Event(f"tickers {kind}"))

    # The first snapshot before its acknowledgement is normal.
    btc1.snapshot(recording, start, next_seq(btc), 7_003_305)
    ack(start + 4, "1")
    note(start + 5, "error ack",
         f'{{"success":false,"ret_msg":"error:handler not found,topic:orderbook.500.BTCUSDT","conn_id":"{connection}","req_id":"2","op":"subscribe"}}')
    note(start + 6, "error ack",
         f'{{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.1.BTCUSDT","conn_id":"{connection}","req_id":"3","op":"subscribe"}}')
    ticker(start + 8, snapshot=True)
    btc50.snapshot(recording, start + 20, next_seq(btc), 15_076_951)
    eth50.snapshot(recording, start + 21, next_seq(eth), 14_768_460)
    doge200.snapshot(recording, start + 23, next_seq(doge), 13_178_259)
    # A book that has no asks yet, and then has.
    empty = f'{{"topic":"orderbook.1.SYNUSDT","ts":{start + 30},"type":"snapshot","data":{{"s":"SYNUSDT","b":[["0.4101","25.0"]],"a":[],"u":11,"seq":5}},"cts":{start + 29}}}'
    recording.add((start + 30) * MS, empty, Event("orderbook.1.SYNUSDT snapshot", "orderbook.1.SYNUSDT", True, ((BID, "0.4101", "0.4101", "25.0", None),), last=11, previous=5))

    last_change = start
    for elapsed in range(40, 16_000, 20):
        now = start + elapsed
        quiet = 6_000 <= elapsed < 13_200
        fills = {instrument: market.step(1 + dice.below(3), quiet=quiet and instrument is btc) if dice.percent(30) else [] for instrument, market in markets.items()}
        for instrument in (btc, eth):
            if fills[instrument]:
                trades[instrument].send(recording, now, next_seq(instrument), fills[instrument], retail=dice.percent(8))
        if btc1.top(recording, now, next_seq(btc)):
            last_change = now
        elif now - last_change >= 3_000:
            btc1.repeat(recording, now)
            last_change = now
        btc50.delta(recording, now + 2, next_seq(btc))
        eth50.delta(recording, now + 3, next_seq(eth))
        if elapsed % 100 == 0:
            doge200.delta(recording, now + 4, next_seq(doge))
        if elapsed % 300 == 0:
            ticker(now + 5)
        if elapsed % 1_000 == 0:
            trades[btc].kline(recording, now + 6)
        if elapsed == 5_000:
            note(now + 7, "pong", f'{{"success":true,"ret_msg":"pong","conn_id":"{connection}","req_id":"100001","op":"ping"}}')
        if elapsed == 5_200:
            trades[btc].send(recording, now + 7, next_seq(btc), [Fill(ASK, 651_500, 250_000)], block=True)
        if elapsed == 7_500:
            # The venue may send a new image at any time; its number need not follow.
            btc50.snapshot(recording, now + 8, next_seq(btc), btc50.u + 58)
        if elapsed == 8_000:
            ask = f'{{"topic":"orderbook.1.SYNUSDT","ts":{now + 8},"type":"snapshot","data":{{"s":"SYNUSDT","b":[["0.4101","25.0"]],"a":[["0.4188","3.5"]],"u":12,"seq":9}},"cts":{now + 7}}}'
            recording.add((now + 8) * MS, ask, Event("orderbook.1.SYNUSDT snapshot", "orderbook.1.SYNUSDT", True, (
                (BID, "0.4101", "0.4101", "25.0", None), (ASK, "0.4188", "0.4188", "3.5", None)), last=12, previous=9))
        if elapsed == 9_000:
            ack(now + 7, "4", "unsubscribe")
            ack(now + 8, "5")
            eth50.snapshot(recording, now + 9, next_seq(eth), eth50.u + 7)
        if elapsed == 11_500:
            # The service restarted.
            doge200.snapshot(recording, now + 9, next_seq(doge), 1)
    return recording


def linear_gap(whole: Recording) -> list:
    """One delta of ETHUSDT is lost, about four seconds before the book is subscribed again."""
    wanted = "orderbook.50.ETHUSDT delta"
    return whole.without(whole.find(lambda event: event.label == wanted, len(whole.lines) * 3 // 10))


def spot(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    connection = "d9avrao7pl3bpiuoku0g-7tmms"
    btc = Instrument("BTCUSDT", 1, 1, 6, trimmed, trimmed)
    market = Market(dice, 787_150, 60, 1_500_000)
    start = 1_790_856_000_037
    seq = 113_099_229_000
    topic = Topic(50, btc, market, 0, time_first=True)
    trades = Trades(btc, Candle(btc, start, market.best(BID)), spot_id=2_290_000_000_050_703_788)

    def note(at_ms: int, label: str, text: str) -> None:
        recording.add(at_ms * MS, text, Event(label))

    note(start, "ack", f'{{"success":true,"ret_msg":"subscribe","conn_id":"{connection}","op":"subscribe"}}')
    topic.snapshot(recording, start + 9, seq, 217_107_084)
    for elapsed in range(20, 14_000, 20):
        now = start + elapsed
        fills = market.step(1 + dice.below(4)) if dice.percent(60) else []
        seq += dice.between(2, 60)
        if fills:
            trades.send(recording, now, seq, fills)
        topic.delta(recording, now + 1, seq)
        if elapsed % 1_000 == 0:
            last = btc.price(market.best(BID))
            note(now + 2, "tickers snapshot", f'{{"topic":"tickers.BTCUSDT","ts":{now + 2},"type":"snapshot","cs":{seq},"data":{{"symbol":"BTCUSDT","lastPrice":"{last}",'
                 '"highPrice24h":"79426.9","lowPrice24h":"77575","prevPrice24h":"78004.3","volume24h":"6780.866843","turnover24h":"533946527.22907118",'
                 '"price24hPcnt":"0.0091","usdIndexPrice":"78720.2400136"}}')
            trades.kline(recording, now + 3)
        if elapsed == 5_000:
            note(now + 4, "pong", f'{{"success":true,"ret_msg":"pong","conn_id":"{connection}","op":"ping"}}')
        if elapsed == 9_000:
            topic.snapshot(recording, now + 5, seq, 1)
    return recording


def spot_restart_as_delta(whole: Recording) -> list:
    """The image with u = 1 is typed as a delta: u = 1 alone says that it is an image."""
    index = whole.find(lambda event: event.last == 1)
    return whole.with_changed(index, '"type":"snapshot"', '"type":"delta"', *whole.lines[index].events)


def archive(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice, timed=False)
    xrp = Instrument("XRPUSDT", 4, 1, 0, fixed, fixed)
    market = Market(dice, 19_531, 520, 40_000, gap=2)
    start = 1_748_736_000_691  # 2025-06-01 00:00 UTC: 500 levels existed until 2025-09-11.
    seq = 168_231_221_440
    topic = Topic(500, xrp, market, 0, time_first=False)
    topic.snapshot(recording, start, seq, 14_768_460)
    for elapsed in range(100, 30_000, 100):
        market.step(3 + dice.below(12))
        seq += dice.between(20, 4_000)
        topic.delta(recording, start + elapsed, seq)
    return recording


def rest(seed: int) -> Recording:
    """Answers of REST: two books, a refusal, instruments."""
    dice = Dice(seed)
    recording = Recording(dice)
    start = 1_790_856_000_000
    for offset, instrument, best in ((0, Instrument("BTCUSDT", 2, 10, 3, fixed, fixed), 651_142), (300, Instrument("ETHUSDT", 2, 1, 2, fixed, fixed), 192_242)):
        rows = text_rows(instrument, View(Market(dice, best, 60, 5_000), 50).image())
        now = start + offset
        name = f"rest.{instrument.symbol}"
        recording.add(now * MS, f'{{"retCode":0,"retMsg":"OK","result":{{"s":"{instrument.symbol}","a":{side_json(rows, ASK)},"b":{side_json(rows, BID)},"ts":{now},'
                      f'"u":{230_704 + offset},"seq":{1_432_604_333 + offset},"cts":{now - 12}}},"retExtInfo":{{}},"time":{now + 3}}}',
                      Event("REST book", name, True, rows, last=230_704 + offset, previous=1_432_604_333 + offset), symbol=instrument.symbol)
    recording.add((start + 600) * MS, f'{{"retCode":10001,"retMsg":"Not supported symbols","result":{{}},"retExtInfo":{{}},"time":{start + 600}}}', Event("REST error"))
    recording.add((start + 700) * MS, '{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"BTCUSDT","symbolId":5,"contractType":"LinearPerpetual",'
                  '"status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT","launchTime":"1585526400000","deliveryTime":"0","priceScale":"2",'
                  '"leverageFilter":{"minLeverage":"1","maxLeverage":"100.00","leverageStep":"0.01"},'
                  '"priceFilter":{"minPrice":"0.10","maxPrice":"1999999.80","tickSize":"0.10"},'
                  '"lotSizeFilter":{"maxOrderQty":"1190.000","minOrderQty":"0.001","qtyStep":"0.001","postOnlyMaxOrderQty":"1190.000","maxMktOrderQty":"500.000",'
                  '"minNotionalValue":"5"},"unifiedMarginTrade":true,"fundingInterval":480,"isPreListing":false,"preListingInfo":null}],"nextPageCursor":""},'
                  f'"retExtInfo":{{}},"time":{start + 700}}}', Event("REST instruments"))
    return recording
