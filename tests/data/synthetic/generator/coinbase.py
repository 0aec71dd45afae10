"""Coinbase: Exchange `level2` and `full`, Advanced Trade `l2_data`."""

from dataclasses import replace

from .market import ASK, BID, SIDES, Fill, Instrument, Market, Rows, View
from .numbers import Dice, fixed, iso, trimmed
from .recording import Event, Recording, Row

MS = 1_000_000
EXCHANGE_SIDE = {BID: "buy", ASK: "sell"}
ADVANCED_SIDE = {BID: "bid", ASK: "offer"}


def text_rows(instrument: Instrument, rows: Rows) -> tuple[Row, ...]:
    return tuple((side, instrument.price(ticks), instrument.price(ticks), instrument.size(lots) if lots else None, None) for side, ticks, lots, _ in rows)


class Product:
    """One product of the Exchange feed: its window, its sequence and its trades."""

    def __init__(self, recording: Recording, instrument: Instrument, market: Market, sequence: int, trade_id: int) -> None:
        self.recording, self.instrument, self.market = recording, instrument, market
        self.sequence, self.trade_id = sequence, trade_id
        self.name = f"level2.{instrument.symbol}"
        self.view = View(market, None)

    def send(self, at_ns: int, text: str, event: Event) -> None:
        self.recording.add(at_ns, text, event)

    def snapshot(self, at_ns: int) -> None:
        rows = text_rows(self.instrument, self.view.image())
        sides = {side: "[" + ",".join(f'["{price}","{size}"]' for of, _, price, size, _ in rows if of == side) + "]" for side in SIDES}
        self.send(at_ns, f'{{"type":"snapshot","product_id":"{self.instrument.symbol}","asks":{sides[ASK]},"bids":{sides[BID]},"time":"{iso(at_ns, 6)}"}}',
                  Event(f"{self.name} snapshot", self.name, True, rows))
        self.recording.models[self.name] = lambda: text_rows(self.instrument, self.view.shown())

    def updates(self, at_ns: int) -> None:
        """One change a frame, now and then two: deletes first."""
        rows = sorted(text_rows(self.instrument, self.view.changes()), key=lambda row: row[3] is not None)
        while rows:
            count = 2 if len(rows) > 1 and self.recording.dice.percent(10) else 1
            sent, rows = tuple(rows[:count]), rows[count:]
            changes = ",".join(f'["{EXCHANGE_SIDE[side]}","{price}","{size or self.instrument.zero}"]' for side, _, price, size, _ in sent)
            self.send(at_ns, f'{{"type":"l2update","product_id":"{self.instrument.symbol}","changes":[{changes}],"time":"{iso(at_ns, 6)}"}}',
                      Event(f"{self.name} l2update", self.name, rows=sent))
            at_ns += 21_000

    def match(self, at_ns: int, fill: Fill, *, kind: str = "match") -> None:
        dice = self.recording.dice
        self.sequence += dice.between(2, 30)
        self.trade_id += 1
        price, size = self.instrument.price(fill.ticks), trimmed(fill.lots, self.instrument.size_decimals)
        # The side of a match is the maker's.
        text = (f'{{"type":"{kind}","trade_id":{self.trade_id},"maker_order_id":"{dice.uuid()}","taker_order_id":"{dice.uuid()}","side":"{EXCHANGE_SIDE[fill.maker]}",'
                f'"size":"{size}","price":"{price}","product_id":"{self.instrument.symbol}","sequence":{self.sequence},"time":"{iso(at_ns, 6)}"}}')
        self.send(at_ns, text, Event(kind, trades=((self.instrument.symbol, fill.taker_buys),) if kind == "match" else ()))
        if kind == "match":
            bid, ask = self.market.best(BID), self.market.best(ASK)
            # The side of a ticker is the taker's.
            self.send(at_ns, f'{{"type":"ticker","sequence":{self.sequence},"product_id":"{self.instrument.symbol}","price":"{price}",'
                      f'"open_24h":"{self.instrument.price(bid - 800)}","volume_24h":"{fixed(9_438_128 + fill.lots, 2)}000000","low_24h":"{self.instrument.price(bid - 1_100)}",'
                      f'"high_24h":"{self.instrument.price(bid + 900)}","volume_30d":"2295579.57000000","best_bid":"{self.instrument.price(bid)}",'
                      f'"best_bid_size":"{self.instrument.size(self.market.sides[BID][bid][0])}","best_ask":"{self.instrument.price(ask)}",'
                      f'"best_ask_size":"{self.instrument.size(self.market.sides[ASK][ask][0])}","side":"{"buy" if fill.taker_buys else "sell"}","time":"{iso(at_ns, 6)}",'
                      f'"trade_id":{self.trade_id},"last_size":"{size}"}}', Event("ticker"))

    def heartbeat(self, at_ns: int) -> None:
        self.send(at_ns, f'{{"type":"heartbeat","last_trade_id":{self.trade_id},"product_id":"{self.instrument.symbol}","sequence":{self.sequence},"time":"{iso(at_ns, 6)}"}}',
                  Event("heartbeat"))


def level2(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    start = 1_790_856_120_000 * MS + 412_000
    skl = Instrument("SKL-BTC", 8, 1, 1, fixed, fixed, zero="0.0")
    btc = Instrument("BTC-USD", 2, 1, 8, fixed, fixed, zero="0.00000000")
    products = [Product(recording, btc, Market(dice, 6_508_366, 90, 150_000_000, gap=40), 90_216_451_000, 1_068_572_090),
                Product(recording, skl, Market(dice, 1_305, 40, 90_000, gap=2), 177_100_030, 280_231)]
    ids = '["BTC-USD","SKL-BTC"]'

    def subscriptions(at_ns: int, *names: str) -> None:
        channels = ",".join(f'{{"name":"{name}","product_ids":{ids if name != "status" else "[]"},"account_ids":null}}' for name in names)
        recording.add(at_ns, f'{{"type":"subscriptions","channels":[{channels}]}}', Event("subscriptions"))

    subscriptions(start, "level2", "heartbeat", "matches", "ticker", "status")
    recording.add(start + MS, '{"type":"error","message":"Failed to subscribe","reason":"NOPE-USD is not a valid product"}', Event("error"))
    recording.add(start + 2 * MS, '{"type":"status","products":[{"id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","quote_increment":"0.01","base_increment":"0.00000001",'
                  '"display_name":"BTC-USD","min_market_funds":"1","margin_enabled":false,"post_only":false,"limit_only":false,"cancel_only":false,"status":"online",'
                  '"status_message":"","trading_disabled":false,"fx_stablecoin":false,"max_slippage_percentage":"0.02000000","auction_mode":false,"type":"spot"},'
                  '{"id":"SKL-BTC","base_currency":"SKL","quote_currency":"BTC","quote_increment":"0.00000001","base_increment":"0.1","display_name":"SKL-BTC",'
                  '"min_market_funds":"0.000016","margin_enabled":false,"post_only":false,"limit_only":false,"cancel_only":false,"status":"online","status_message":"",'
                  '"trading_disabled":false,"fx_stablecoin":false,"max_slippage_percentage":"0.10000000","auction_mode":false,"type":"spot"}],'
                  '"currencies":[{"id":"BTC","name":"Bitcoin","display_name":"Bitcoin","min_size":"0.00000001","status":"online","status_message":"","max_precision":"0.00000001",'
                  '"convertible_to":[],"details":{"type":"crypto","symbol":"₿","sort_order":20}}]}', Event("status"))
    for product in products:
        product.match(start + 3 * MS, Fill(ASK, product.market.best(ASK), 1_250), kind="last_match")
        product.snapshot(start + 4 * MS)
    for elapsed in range(20, 16_000, 20):
        now = start + elapsed * MS + dice.below(9_000) * 1_000
        for product in products:
            if dice.percent(40):
                for fill in product.market.step(1 + dice.below(2)):
                    product.match(now, fill)
            product.updates(now + 40_000)
        if elapsed % 1_000 == 0:
            for product in products:
                product.heartbeat(now + 200_000)
        if elapsed == 9_000:
            subscriptions(now + 300_000, "heartbeat", "matches", "ticker", "status")
            subscriptions(now + 60 * MS, "level2", "heartbeat", "matches", "ticker", "status")
            for product in products:
                product.snapshot(now + 61 * MS)
    return recording


class Orders:
    """The order book of one product as `full` tells it: every message one number, in order, and every order by its id."""

    def __init__(self, recording: Recording, instrument: Instrument, sequence: int) -> None:
        self.recording, self.dice, self.instrument, self.sequence = recording, recording.dice, instrument, sequence
        self.name = f"full.{instrument.symbol}"
        self.sides: dict[str, dict[str, tuple[int, int]]] = {BID: {}, ASK: {}}
        """Price ticks and lots by id, in the order of entry."""
        self.trade_id = 216_543
        recording.models[self.name] = lambda: tuple(
            (side, number, instrument.price(ticks), instrument.size(lots), None) for side in SIDES for number, (ticks, lots) in self.sides[side].items())

    def best(self, side: str) -> int | None:
        prices = [ticks for ticks, _ in self.sides[side].values()]
        return None if not prices else max(prices) if side == BID else min(prices)

    def send(self, at_ns: int, kind: str, fields: str, *rows: Row, trades=()) -> None:
        self.sequence += 1
        text = f'{{"type":"{kind}",{fields},"product_id":"{self.instrument.symbol}","sequence":{self.sequence},"time":"{iso(at_ns, 6)}"}}'
        self.recording.add(at_ns, text, Event(f"full {kind}", self.name, rows=rows, last=self.sequence, trades=trades))

    def limit(self, at_ns: int, side: str, ticks: int, lots: int) -> None:
        """A new order: it takes what it crosses, and the rest of it rests."""
        number, price = self.dice.uuid(), self.instrument.price(ticks)
        client = f'"client-oid":"{self.dice.uuid()}",' if self.dice.percent(50) else ""
        self.send(at_ns, "received", f'"order_id":"{number}","order_type":"limit","size":"{self.instrument.size(lots)}","price":"{price}",{client}"side":"{EXCHANGE_SIDE[side]}"')
        left = self._take(at_ns, number, side, ticks, lots)
        if left:
            self.sides[side][number] = (ticks, left)
            self.send(at_ns, "open", f'"side":"{EXCHANGE_SIDE[side]}","price":"{price}","order_id":"{number}","remaining_size":"{self.instrument.size(left)}"',
                      (side, number, price, self.instrument.size(left), None))
        else:
            self.send(at_ns, "done", f'"side":"{EXCHANGE_SIDE[side]}","order_id":"{number}","reason":"filled","price":"{price}","remaining_size":"{self.instrument.zero}"')

    def market_order(self, at_ns: int, side: str, lots: int) -> None:
        """It never rests, and its end has neither price nor size."""
        number = self.dice.uuid()
        worth = f'"size":"{self.instrument.size(lots)}"' if self.dice.percent(50) else f'"funds":"{lots // 100}.25"'
        self.send(at_ns, "received", f'"order_id":"{number}","order_type":"market",{worth},"side":"{EXCHANGE_SIDE[side]}"')
        left = self._take(at_ns, number, side, None, lots)
        if left and self.dice.percent(50):
            # Self-trade prevention reduced an order that never was in the book.
            self.send(at_ns, "change", f'"reason":"STP","order_id":"{number}","side":"{EXCHANGE_SIDE[side]}","old_size":"{self.instrument.size(lots)}",'
                      f'"new_size":"{self.instrument.size(left)}","price":null')
        self.send(at_ns, "done", f'"side":"{EXCHANGE_SIDE[side]}","order_id":"{number}","reason":"filled"')

    def cancel(self, at_ns: int, side: str, number: str) -> None:
        ticks, lots = self.sides[side].pop(number)
        price = self.instrument.price(ticks)
        self.send(at_ns, "done", f'"side":"{EXCHANGE_SIDE[side]}","order_id":"{number}","reason":"canceled","price":"{price}","remaining_size":"{self.instrument.size(lots)}"',
                  (side, number, price, None, None))

    def modify(self, at_ns: int, side: str, number: str, ticks: int, lots: int) -> None:
        old_ticks, old_lots = self.sides[side][number]
        if ticks != old_ticks or lots > old_lots:
            # To the end of the queue.
            del self.sides[side][number]
        self.sides[side][number] = (ticks, lots)
        price = self.instrument.price(ticks)
        self.send(at_ns, "change", f'"reason":"modify_order","order_id":"{number}","side":"{EXCHANGE_SIDE[side]}","old_size":"{self.instrument.size(old_lots)}",'
                  f'"new_size":"{self.instrument.size(lots)}","old_price":"{self.instrument.price(old_ticks)}","new_price":"{price}"',
                  (side, number, price, self.instrument.size(lots), None))

    def prevent_self_trade(self, at_ns: int, side: str, number: str) -> None:
        ticks, lots = self.sides[side][number]
        left = self.dice.between(1, lots)
        self.sides[side][number] = (ticks, left)
        price = self.instrument.price(ticks)
        self.send(at_ns, "change", f'"reason":"STP","order_id":"{number}","side":"{EXCHANGE_SIDE[side]}","old_size":"{self.instrument.size(lots)}",'
                  f'"new_size":"{self.instrument.size(left)}","price":"{price}"', (side, number, price, self.instrument.size(left), None))

    def _take(self, at_ns: int, taker: str, side: str, ticks: int | None, lots: int) -> int:
        maker_side = ASK if side == BID else BID
        while lots and self.sides[maker_side]:
            best = self.best(maker_side)
            if ticks is not None and (best > ticks if side == BID else best < ticks):
                break
            number = next(number for number, (at, _) in self.sides[maker_side].items() if at == best)
            resting = self.sides[maker_side][number][1]
            taken = min(lots, resting)
            lots -= taken
            self.trade_id += 1
            price = self.instrument.price(best)
            left = resting - taken
            self.send(at_ns, "match", f'"trade_id":{self.trade_id},"maker_order_id":"{number}","taker_order_id":"{taker}","side":"{EXCHANGE_SIDE[maker_side]}",'
                      f'"size":"{self.instrument.size(taken)}","price":"{price}"', (maker_side, number, price, self.instrument.size(left) if left else None, None),
                      trades=((self.instrument.symbol, side == BID),))
            if left:
                self.sides[maker_side][number] = (best, left)
            else:
                del self.sides[maker_side][number]
                self.send(at_ns, "done", f'"side":"{EXCHANGE_SIDE[maker_side]}","order_id":"{number}","reason":"filled","price":"{price}","remaining_size":"{self.instrument.zero}"')
        return lots


def full(seed: int) -> Recording:
    """A product whose book is empty when the recording begins, so that the stream alone gives all of it."""
    dice = Dice(seed)
    recording = Recording(dice)
    eth = Instrument("ETH-USD", 2, 1, 8, fixed, fixed, zero="0.00000000")
    orders = Orders(recording, eth, 617_133_249)
    start = 1_790_856_180_000 * MS + 96_000
    recording.add(start, '{"type":"subscriptions","channels":[{"name":"full","product_ids":["ETH-USD"],"account_ids":null},'
                  '{"name":"heartbeat","product_ids":["ETH-USD"],"account_ids":null}]}', Event("subscriptions"))
    middle = 192_240
    for rank in range(1, 41):
        at = start + rank * 3 * MS
        orders.limit(at, BID, middle - rank * dice.between(1, 3), 1 + dice.skewed(900_000_000))
        orders.limit(at, ASK, middle + rank * dice.between(1, 3), 1 + dice.skewed(900_000_000))
    for elapsed in range(200, 15_000, 30):
        now = start + elapsed * MS + dice.below(20_000) * 1_000
        side = dice.pick(SIDES)
        inward = 1 if side == BID else -1
        best = orders.best(side)
        number = dice.pick(list(orders.sides[side]))
        ticks, lots = orders.sides[side][number]
        roll = dice.below(100)
        if roll < 45:
            orders.limit(now, side, best + inward * dice.between(-8, 3), 1 + dice.skewed(900_000_000))
        elif roll < 70 and len(orders.sides[side]) > 15:
            orders.cancel(now, side, number)
        elif roll < 80:
            orders.market_order(now, side, 1 + dice.skewed(900_000_000))
        elif roll < 86:
            orders.modify(now, side, number, ticks, 1 + dice.below(lots))
        elif roll < 92:
            orders.modify(now, side, number, best - inward * dice.between(1, 9), lots + dice.below(10_000))
        elif roll < 96:
            orders.prevent_self_trade(now, side, number)
        elif roll < 98:
            # Orders from before, unknown here.
            orders.send(now, "done", f'"side":"{EXCHANGE_SIDE[side]}","order_id":"{dice.uuid()}","reason":"canceled","price":"{eth.price(best)}","remaining_size":"0.50000000"')
        else:
            orders.send(now, "change", f'"reason":"modify_order","order_id":"{dice.uuid()}","side":"{EXCHANGE_SIDE[side]}","old_size":"80.00000000","new_size":"80.00000000",'
                        '"old_price":"7.00","new_price":"6.00"')
        if elapsed % 990 == 200:
            recording.add(now, f'{{"type":"heartbeat","last_trade_id":{orders.trade_id},"product_id":"ETH-USD","sequence":{orders.sequence},"time":"{iso(now, 6)}"}}', Event("heartbeat"))
        if elapsed == 200 + 30 * 200:
            # Private, without a number.
            recording.add(now, f'{{"type":"activate","product_id":"ETH-USD","timestamp":"1790856186.299000","user_id":"12","profile_id":"{dice.uuid()}","order_id":"{dice.uuid()}",'
                          '"stop_type":"entry","side":"buy","stop_price":"80","size":"2","funds":"50","private":true}', Event("activate"))
    return recording


class Advanced:
    """One connection of Advanced Trade: every frame has a number, whatever its channel."""

    def __init__(self, recording: Recording) -> None:
        self.recording, self.number = recording, 0

    def open(self) -> None:
        self.number = 0

    def send(self, at_ns: int, channel: str, events: str, *meanings: Event) -> None:
        number, self.number = self.number, self.number + 1
        text = f'{{"channel":"{channel}","timestamp":"{iso(at_ns, 9, cut_zeros=True)}","sequence_num":{number},"events":[{events}]}}'
        self.recording.add(at_ns, text, *(replace(meaning, number=number, opens=number == 0) for meaning in meanings or (Event(channel),)))


class Level2Data:
    """`l2_data` of one product."""

    def __init__(self, connection: Advanced, instrument: Instrument, market: Market) -> None:
        self.connection, self.instrument, self.market = connection, instrument, market
        self.name = f"l2_data.{instrument.symbol}"
        self.view = View(market, None)

    def snapshot(self, at_ns: int) -> None:
        self.connection.send(at_ns, "l2_data", *self._event(at_ns, "snapshot", text_rows(self.instrument, self.view.image())))
        self.connection.recording.models[self.name] = lambda: text_rows(self.instrument, self.view.shown())

    def update(self, at_ns: int) -> tuple[str, Event] | None:
        """The text and meaning of an update, if there is one."""
        dice = self.connection.recording.dice
        rows = self.view.changes()
        if not rows:
            return None
        if dice.percent(20):
            side = dice.pick(SIDES)
            ticks = self.view.absent(dice, side)
            if ticks is not None and (side, ticks, 0, 0) not in rows:
                rows = sorted([*rows, (side, ticks, 0, 0)], key=lambda row: (row[0] == ASK, -row[1] if row[0] == BID else row[1]))
        return self._event(at_ns, "update", text_rows(self.instrument, rows))

    def _event(self, at_ns: int, kind: str, rows: tuple[Row, ...]) -> tuple[str, Event]:
        time = iso(at_ns - 40 * MS - self.connection.recording.dice.below(900) * 1_000, 6, cut_zeros=True)
        updates = ",".join(f'{{"side":"{ADVANCED_SIDE[side]}","event_time":"{time}","price_level":"{price}","new_quantity":"{size or "0"}"}}' for side, _, price, size, _ in rows)
        return (f'{{"type":"{kind}","product_id":"{self.instrument.symbol}","updates":[{updates}]}}',
                Event(f"{self.name} {kind}", self.name, kind == "snapshot", rows))


def advanced(seed: int) -> Recording:
    dice = Dice(seed)
    recording = Recording(dice)
    connection = Advanced(recording)
    btc = Instrument("BTC-USD", 2, 1, 8, trimmed, trimmed)
    eth = Instrument("ETH-USD", 2, 1, 8, trimmed, trimmed)
    books = [Level2Data(connection, btc, Market(dice, 6_508_366, 170, 90_000_000, gap=60)), Level2Data(connection, eth, Market(dice, 191_942, 80, 900_000_000, gap=6))]
    start = 1_790_856_240_000 * MS + 228_568_804
    trade_id = {btc: 1_068_572_090, eth: 833_140_778}
    counter = 41_691

    def trades(at_ns: int, instrument: Instrument, fills: list[Fill], kind: str) -> None:
        rows = []
        for fill in fills:
            trade_id[instrument] += 1
            # The side of a market trade is the maker's.
            side = "SELL" if fill.maker == ASK else "BUY"
            rows.insert(0, f'{{"product_id":"{instrument.symbol}","trade_id":"{trade_id[instrument]}","price":"{instrument.price(fill.ticks)}","size":"{instrument.size(fill.lots)}",'
                        f'"time":"{iso(at_ns - 31 * MS, 6, cut_zeros=True)}","side":"{side}"}}')
        taken = tuple((instrument.symbol, fill.taker_buys) for fill in fills) if kind == "update" else ()
        connection.send(at_ns, "market_trades", f'{{"type":"{kind}","trades":[{",".join(rows)}]}}', Event(f"market_trades {kind}", trades=taken))

    def ticker(at_ns: int, book: Level2Data, kind: str) -> None:
        instrument, market = book.instrument, book.market
        bid, ask = market.best(BID), market.best(ASK)
        connection.send(at_ns, "ticker", f'{{"type":"{kind}","tickers":[{{"type":"ticker","product_id":"{instrument.symbol}","price":"{instrument.price(bid)}",'
                        f'"volume_24_h":"2867.54532609","low_24_h":"{instrument.price(bid - 9_000)}","high_24_h":"{instrument.price(bid + 9_000)}","low_52_w":"1505","high_52_w":"126296",'
                        f'"price_percent_chg_24_h":"0.09601107287722","best_bid":"{instrument.price(bid)}","best_ask":"{instrument.price(ask)}",'
                        f'"best_bid_quantity":"{instrument.size(market.sides[BID][bid][0])}","best_ask_quantity":"{instrument.size(market.sides[ASK][ask][0])}"}}]}}', Event(f"ticker {kind}"))

    def candles(at_ns: int, book: Level2Data, kind: str, count: int) -> None:
        first = at_ns // 300_000_000_000 * 300
        price = book.instrument.price
        best = book.market.best(BID)
        rows = ",".join(f'{{"start":"{first - 300 * age}","high":"{price(best + 50 + age)}","low":"{price(best - 70)}","open":"{price(best - age)}","close":"{price(best)}",'
                        f'"volume":"{trimmed(1_317_682_100 + age * 10_000, 8)}","product_id":"{book.instrument.symbol}"}}' for age in range(count))
        connection.send(at_ns, "candles", f'{{"type":"{kind}","candles":[{rows}]}}', Event(f"candles {kind}"))

    def subscriptions(at_ns: int, *channels: str) -> None:
        names = ",".join(f'"{channel}":[{"" if channel == "heartbeats" else chr(34) + "BTC-USD" + chr(34) + "," + chr(34) + "ETH-USD" + chr(34)}]' for channel in channels)
        connection.send(at_ns, "subscriptions", f'{{"subscriptions":{{{names}}}}}')

    def begin(at_ns: int) -> None:
        connection.open()
        for book in books:
            best = book.market.best(ASK)
            trades(at_ns, book.instrument, [Fill(ASK, best + age, 1_250 + age) for age in range(5)], "snapshot")
        subscriptions(at_ns + 278_025, "market_trades")
        for book in books:
            candles(at_ns + 500_000, book, "snapshot", 6)
            ticker(at_ns + 700_000, book, "snapshot")
        subscriptions(at_ns + 800_020, "candles", "market_trades", "ticker", "heartbeats")
        for book in books:
            book.snapshot(at_ns + 40 * MS)
        subscriptions(at_ns + 41 * MS, "candles", "level2", "market_trades", "ticker", "heartbeats")

    begin(start)
    for elapsed in range(60, 18_000, 20):
        now = start + elapsed * MS + dice.below(1_000_000) * 7
        updates = []
        for book in books:
            fills = book.market.step(1 + dice.below(2)) if dice.percent(18) else []
            if fills:
                trades(now, book.instrument, fills, "update")
            update = book.update(now)
            if update:
                updates.append(update)
        if len(updates) == 2 and dice.percent(25):
            # One frame may hold events of both products.
            connection.send(now + 90_000, "l2_data", ",".join(text for text, _ in updates), *(event for _, event in updates))
        else:
            for text, event in updates:
                connection.send(now + 90_000, "l2_data", text, event)
        if elapsed % 300 == 0:
            ticker(now + 200_000, dice.pick(books), "update")
        if elapsed % 1_000 == 0:
            counter += 1
            connection.send(now + 300_000, "heartbeats", f'{{"current_time":"{iso(now, 9).replace("T", " ").replace("Z", "")} +0000 UTC m=+{counter}.260485341","heartbeat_counter":{counter}}}')
        if elapsed % 5_000 == 0:
            candles(now + 310_000, dice.pick(books), "update", 1)
        if elapsed == 8_000:
            subscriptions(now + 400_000, "candles", "market_trades", "ticker", "heartbeats")
            for book in books:
                book.snapshot(now + 70 * MS)
            subscriptions(now + 71 * MS, "candles", "level2", "market_trades", "ticker", "heartbeats")
        if elapsed == 14_000:
            # The socket broke: a new one counts from 0.
            begin(now + 400 * MS)
    return recording


def advanced_gap(whole: Recording) -> list:
    """A ticker is lost, no row of a book: the count of the connection says that something is missing, not what."""
    return whole.without(whole.find(lambda event: event.label == "ticker update", len(whole.lines) * 3 // 10))


def rest(seed: int) -> Recording:
    """The REST book of level 3: one row an order."""
    dice = Dice(seed)
    recording = Recording(dice)
    eth = Instrument("ETH-USD", 2, 1, 8, fixed, fixed)
    rows: list[Row] = []
    for side, away in ((BID, -1), (ASK, 1)):
        ticks = 192_240 + away
        for _ in range(30):
            ticks += away * dice.below(3)
            rows.append((side, dice.uuid(), eth.price(ticks), eth.size(1 + dice.skewed(900_000_000)), None))
    sides = {side: "[" + ",".join(f'["{price}","{size}","{number}"]' for of, number, price, size, _ in rows if of == side) + "]" for side in SIDES}
    at_ns = 1_790_856_180_000 * MS + 96_000
    recording.add(at_ns, f'{{"sequence":617133249,"bids":{sides[BID]},"asks":{sides[ASK]},"auction_mode":false,"auction":null,"time":"{iso(at_ns, 6)}"}}',
                  Event("REST book", "rest.ETH-USD", True, tuple(rows), last=617_133_249), symbol="ETH-USD")
    return recording
