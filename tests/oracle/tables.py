"""Reads a journal a second time, record by record with nothing but `struct`, and compares every table of lob_journal.py with that.

    tables.py JOURNAL

Also builds every book from the rows of levels(images=True) as its description says, and compares it with book() and with the digest in the last seal.
"""

import math
import os
import struct
import sys

ROOT = os.path.join(os.path.dirname(__file__), "..", "..")
sys.path[:0] = [os.path.join(ROOT, "examples", "python"), os.path.join(ROOT, "docs")]
import lob_journal
import verify_seals
from lob_journal import Journal, NONE, Role


def same(what, expected, table):
    """The rows as dicts against the columns."""
    columns = {name: column.tolist() for name, column in table.items()}
    lengths = {len(column) for column in columns.values()}
    assert lengths == {len(expected)}, f"{what}: expected {len(expected)} rows, found {lengths}"
    for i, row in enumerate(expected):
        for name, value in row.items():
            found = columns[name][i]
            both_nan = isinstance(value, float) and math.isnan(value) and math.isnan(found)
            assert found == value or both_nan, f"{what}, row {i}, {name}: expected {value}, found {found}"
    print(f"{what}: {len(expected)} rows")


def plain_rows(folder, venue, symbol):
    """{channel: rows} by plain reading, for one instrument."""
    instruments, channels, scale, rows = {}, {}, {}, {}
    begun = {}                                  # stream: (its table, rows before its last message)
    index = 0
    for name, slots, checkpoint in verify_seals.segments(folder):
        for first, is_checkpoint, message in verify_seals.messages(slots, checkpoint):
            with_raw = [(fields, raw or struct.pack("<4BI7q", *fields)) for fields, raw in message]
            at = 0
            while at < len(with_raw):
                fields, raw = with_raw[at]
                kind, continued = fields[0], fields[1] & 16
                if kind == 16 and not continued:
                    number, = struct.unpack_from("<I", raw, 24)
                    market, *decimals = struct.unpack_from("<HBB", raw, 32)
                    instruments[number] = lob_journal.VENUES[market], with_raw[at + 1][1][24:].rstrip(b"\0").decode()
                    scale[instruments[number]] = decimals
                elif kind == 17 and not continued:
                    number, = struct.unpack_from("<I", raw, 24)
                    if instruments.get(number) == (venue, symbol):
                        channels[fields[4]] = with_raw[at + 1][1][24:].rstrip(b"\0").decode()
                elif kind == 36 and fields[4] in begun and not is_checkpoint:
                    # A message that came again: its levels stay, as not applied; anything else is counted once.
                    table, before = begun[fields[4]]
                    if len(table) > before and "orders" not in table[before]:
                        del table[before:]
                elif not is_checkpoint and fields[4] in channels and not fields[1] & 8 and kind in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10) and not continued:
                    begin = with_raw[0][0]
                    prices, quantities = scale[venue, symbol]
                    row = {"received_ns": fields[5], "venue_ns": fields[6]}
                    table = rows.setdefault(channels[fields[4]], [])
                    if kind == 1:
                        begun[fields[4]] = table, len(table)
                        row = None
                    elif kind in (3, 4, 5, 6, 10):
                        after = with_raw[at + 1][0] if kind in (4, 6) else None
                        row.update(message=index + first, event=kind, side=fields[2] & 3, reason=fields[2] >> 2,
                                   price=fields[7] / 10**prices if fields[7] else math.nan,
                                   quantity=math.nan if fields[8] == NONE else fields[8] / 10**quantities,
                                   price_before=after[7] / 10**prices if kind == 4 and after[7] else math.nan,
                                   quantity_before=after[8] / 10**quantities if kind == 4 and after[8] != NONE else math.nan,
                                   order_id=fields[9], order_id_high=fields[10], taker_id=after[7] if kind == 6 else 0,
                                   taker_id_high=after[8] if kind == 6 else 0, trade_id=fields[11] if kind == 6 else NONE,
                                   sequence=after[9] if kind == 6 else fields[11], snapshot=bool(fields[1] & 4))
                    elif kind == 2:
                        row.update(sequence=begin[7], message=index + first, side=fields[2], price=fields[7] / 10**prices, quantity=fields[8] / 10**quantities,
                                   ticks=(fields[7], prices), lots=(fields[8], quantities), orders=fields[9] & 0xFFFFFFFF, snapshot=bool(fields[1] & 4))
                    elif kind == 7:
                        row.update(matching_ns=begin[10], side=fields[2], price=fields[7] / 10**prices, quantity=fields[8] / 10**quantities,
                                   ticks=(fields[7], prices), lots=(fields[8], quantities), trade_id=fields[9], trade_id_high=fields[10],
                                   sequence=fields[11], aggregate=begin[2] == 5)
                    elif kind == 9:
                        side = "bid" if fields[2] == 1 else "ask"
                        if at == 1:
                            table.append(dict(row, sequence=fields[9], bid=math.nan, bid_quantity=math.nan, ask=math.nan, ask_quantity=math.nan))
                        table[-1].update({side: fields[7] / 10**prices, side + "_quantity": math.nan if fields[8] == NONE else fields[8] / 10**quantities})
                        row = None
                    else:
                        turnover, second = with_raw[at + 1][0][7:], with_raw[at + 1]
                        taker, _, close = with_raw[at + 2][0][7:10]
                        digits = 10 ** second[1][56]
                        volume_digits = 10 ** second[1][57]
                        row.update(zip(("open", "high", "low", "close"), (value / 10**prices for value in fields[7:11])))
                        row.update(volume=fields[11] / volume_digits, turnover=math.nan if turnover[0] == NONE else turnover[0] / digits, start_ns=turnover[1], trades=turnover[3],
                                   interval=second[1][40:48].rstrip(b"\0"), closed=second[0][2] == 1, close_ns=close,
                                   taker_volume=math.nan if taker == NONE else taker / volume_digits)
                    if row:
                        table.append(row)
                at += 1
        index += len(slots) // 64
    prices, quantities = scale[venue, symbol]
    for table in rows.values():
        for row in table:
            if "ticks" in row:
                ticks, lots = row.pop("ticks"), row.pop("lots")
                row.update(price_ticks=ticks[0] * 10 ** (prices - ticks[1]), quantity_lots=lots[0] * 10 ** (quantities - lots[1]))
    return rows


def book_of_rows(table, instrument):
    """What the description of levels(images=True) says."""
    columns = {name: table[name].tolist() for name in ("message", "side", "price_ticks", "quantity_lots", "snapshot", "applied")}
    book, image = {}, None
    for message, side, price, quantity, snapshot, applied in zip(*columns.values()):
        if snapshot and applied and message != image:
            book, image = {}, message
        if applied:
            book[side, price] = quantity
    scales = 10 ** (18 - instrument.price_decimals), 10 ** (18 - instrument.quantity_decimals)
    return [(side, price * scales[0], quantity * scales[1]) for (side, price), quantity in book.items() if quantity]


def exact(number):
    number, _, exponent = number.partition("e")
    whole, _, part = number.partition(".")
    return int(whole + part) * 10 ** (18 - len(part) + int(exponent or 0))


folder = sys.argv[1]
journal = Journal(folder)
methods = {Role.Book: journal.levels, Role.BookSnapshots: journal.levels, Role.Ticker: journal.quotes, Role.Trades: journal.trades, Role.Candles: journal.candles,
           Role.Orders: journal.orders}
for instrument in journal.instruments:
    plain = plain_rows(folder, instrument.venue, instrument.symbol)
    for stream in journal.streams:
        if (stream.venue, stream.symbol) != (instrument.venue, instrument.symbol) or stream.role not in methods:
            continue
        name = f"{stream.venue} {stream.symbol} {stream.channel}"
        expected = plain.get(stream.channel, [])
        who = stream.symbol, stream.channel, stream.venue
        same(name, expected, methods[stream.role](*who))
        if expected:
            # Pieces by time and by index are the same rows.
            middle = expected[len(expected) // 2]["received_ns"]
            before = [row for row in expected if row["received_ns"] < middle]
            same(f"{name} until", before, methods[stream.role](*who, until_ns=middle))
            same(f"{name} from", expected[len(before):], methods[stream.role](*who, from_ns=middle))
            same(f"{name} none", [], methods[stream.role](*who, from_index=journal.end))
            if "message" in expected[0]:
                mark = expected[len(expected) // 2]["message"]
                same(f"{name} from index", [row for row in expected if row["message"] >= mark], methods[stream.role](*who, from_index=mark))
        if stream.role == Role.Book:
            book = journal.book(*who)
            held = book_of_rows(journal.levels(*who, images=True), instrument)
            texts = [(side, exact(price), exact(quantity)) for side, levels in ((1, book.bids), (2, book.asks)) for price, quantity in levels]
            assert sorted(held) == sorted(texts), f"{name}: the rows lead to {len(held)} levels, book() has {len(texts)}"
            sealed = journal.seals(*who)
            assert sealed["digest"][-1].tobytes().hex() == f"{verify_seals.digest(held):032x}", f"{name}: the last seal has another digest"
            assert (sealed["state"][-1], sealed["evidence"][-1]) == (book.state, book.evidence), f"{name}: the last seal says something else"
            assert len(sealed["state"]) == len({time for time in sealed["received_ns"].tolist()}) > 0
            print(f"{name}: {len(held)} levels equal to book() and to the last of {len(sealed['state'])} seals")
