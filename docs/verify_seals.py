#!/usr/bin/env python3
"""Checks the seals of a Lob.Fast journal with nothing but Python's standard library, and shares no code with the program that wrote it.

    python3 docs/verify_seals.py JOURNAL

Replays every book of the journal and recomputes, for every second, the digest of each live book and the hash chain over all seals.
Prints what was compared and exits with 0, or prints the first difference and exits with 1. Definitions: docs/DIGEST.md.
Block checksums are not looked at: `lob verify` does that.
"""

import hashlib
import mmap
import os
import re
import struct
import sys
from math import isqrt

# ---- The digest, as docs/DIGEST.md defines it ----

M = 2**64 - 1
C = [isqrt(prime << 128) & M for prime in (2, 3, 5, 7, 11, 13, 17, 19)]

def fold(x, y):
    return (x * y >> 64) ^ (x * y & M)

def level_hash(side, price, quantity):
    a = fold(price & M ^ C[0], quantity & M ^ C[1])
    b = fold(price & M ^ C[2], quantity & M ^ C[3])
    c = fold(price >> 64 ^ C[4] ^ side, quantity >> 64 ^ C[5])
    return fold(b ^ C[7], c ^ C[6]) << 64 | fold(a ^ C[6], c ^ C[7])

def digest(levels):
    return sum(level_hash(*level) for level in levels) % 2**128

BID, ASK = 1, 2
VECTOR = [(BID, 61800_20 * 10**16, 2_507 * 10**15)], "746bf8c791e2caaacf423c1eb1eca071"      # 61800.20 × 2.507


# ---- The records: kind, flags, code, text form, stream, receive time, venue time, and five words of the kind's own ----

RECORD = struct.Struct("<4BI7q")
MESSAGE_BEGIN, LEVEL_SET, INSTRUMENT, STREAM = 1, 2, 16, 17
GAP, BOOK_IMAGE, STATE_CHANGE, IGNORED, SEAL, SEAL_CHAIN, ENGINE_STATE, PADDING = 32, 34, 35, 36, 37, 38, 64, 255
LAST, CONTINUED = 2, 16
BOOK_DELTA, BOOK_SNAPSHOT = 1, 2
GAP_SEQUENCE, GAP_CHECKSUM = 1, 2
IGNORED_CHECKSUM = 2
ROLE_BOOK = 1
EMPTY, LIVE, STALE = 0, 2, 3
VENUES = ("unknown", "bybit-linear", "bybit-spot", "bybit-inverse", "binance-spot", "binance-usdm", "binance-coinm",
          "okx", "bitfinex", "coinbase", "coinbase-advanced")
EVIDENCE = ("None", "Sequence", "Checksum")
STATES = ("Empty", "Bridging", "Live", "Stale", "Broken")
NONE = -2**63


class Difference(Exception):
    """Something in the journal is not what the records before it lead to."""


class Book:
    """The levels of one stream as {(side, price): quantity}, both × 10^18, so that a change of an instrument's decimals changes nothing."""

    def __init__(self, name, instrument):
        self.name = name
        self.instrument = instrument
        self.state = EMPTY
        self.evidence = 0
        self.clear()
        self.sequence = NONE

    def clear(self):
        self.levels = {}
        self.count = {BID: 0, ASK: 0}
        self.digest = 0

    def set(self, side, ticks, lots):
        price = ticks * self.instrument["price_scale"]
        quantity = lots * self.instrument["quantity_scale"]
        before = self.levels.pop((side, price), 0)
        if before:
            self.count[side] -= 1
            self.digest -= level_hash(side, price, before)
        if quantity:
            self.levels[side, price] = quantity
            self.count[side] += 1
            self.digest += level_hash(side, price, quantity)
        self.digest %= 2**128

    def digest_from_scratch(self):
        return digest((side, price, quantity) for (side, price), quantity in self.levels.items())

    def compare(self, what, sequence, bids, asks, expected):
        for subject, told, held in (
                ("sequence", sequence, self.sequence), ("number of bids", bids, self.count[BID]), ("number of asks", asks, self.count[ASK]),
                ("digest", f"{expected:032x}", f"{self.digest:032x}")):
            if told != held:
                raise Difference(f"{what} of {self.name}: {subject} is {told}, the records before it lead to {held}")


class Verifier:
    """Takes the messages of a journal in their order."""

    def __init__(self):
        self.instruments, self.books = {}, {}
        self.chain = self.index = None
        self.held = None                        # the last delta or snapshot: what follows says whether it was applied
        self.second = []                        # the seal slots since the last link of the chain
        self.seals = self.links = self.digests = self.checkpoints = 0

    # One method a kind of message.

    def on_checkpoint(self, records):
        """The state before a segment. The first one is believed, every later one compared."""
        self.flush()
        head, index = records[1][1][24:56], unsigned(records[1][0][11])
        first = self.chain is None
        if first:
            self.chain, self.index = head, index
        elif (head, index) != (self.chain, self.index):
            raise Difference(f"the checkpoint continues the seal chain at link {index} {head.hex()}, the records before it end at {self.index} {self.chain.hex()}")
        self.checkpoints += not first
        position = 2
        while position < len(records):
            record, raw = records[position]
            if record[0] in (INSTRUMENT, STREAM) and not record[1] & CONTINUED:
                self.on_message(records[position:position + 3])
            if record[0] != BOOK_IMAGE:
                position += 1
                continue
            count = unsigned(record[10]) + (record[10] >> 32 & 0xFFFFFFFF)
            levels, own = records[position + 1:position + 1 + count], self.books[record[4]]
            book = own if first else Book(own.name, own.instrument)
            self.load(book, record, levels)
            book.state, book.evidence = raw[56], raw[57]
            if book.state != own.state:
                raise Difference(f"the checkpoint says that {own.name} is {STATES[book.state]}, the records before it lead to {STATES[own.state]}")
            if not first and book.state in (LIVE, STALE):
                own.compare("the checkpoint", book.sequence, book.count[BID], book.count[ASK], book.digest)
            position += 1 + count

    def on_message(self, records):
        record, raw = records[0]
        kind, code, stream = record[0], record[2], record[4]
        if self.held:
            if stream == self.held[0][0][4] and (kind == IGNORED or kind == GAP and (code, self.held[0][0][2]) != (GAP_SEQUENCE, BOOK_SNAPSHOT)):
                self.held = None                # (a snapshot behind a hole is applied: it mends it)
            self.flush()
        if kind == MESSAGE_BEGIN:
            if stream in self.books and (code == BOOK_DELTA and self.books[stream].state in (LIVE, STALE) or code == BOOK_SNAPSHOT):
                self.held = records
        elif (kind, code) in ((GAP, GAP_CHECKSUM), (IGNORED, IGNORED_CHECKSUM)):
            self.books[stream].clear()
        elif kind == INSTRUMENT:
            number = unsigned(record[7])
            venue, price_decimals, quantity_decimals = struct.unpack_from("<HBB", raw, 32)
            self.instruments.setdefault(number, {}).update(
                name=f"{VENUES[venue]} {text(records[1][1])}", price_scale=10 ** (18 - price_decimals), quantity_scale=10 ** (18 - quantity_decimals))
        elif kind == STREAM:
            if raw[28] == ROLE_BOOK and stream not in self.books:
                instrument = self.instruments[unsigned(record[7])]
                self.books[stream] = Book(f"{instrument['name']} {text(records[1][1])}", instrument)
        elif kind == BOOK_IMAGE:
            self.load(self.books[stream], record, records[1:])
            self.books[stream].evidence = raw[57]
        elif kind == STATE_CHANGE:
            book = self.books[stream]
            book.state, book.evidence = code, raw[25]
            if code == EMPTY:
                book.clear()
                book.sequence = NONE
        elif kind == SEAL:
            self.on_seal(records)
        elif kind == SEAL_CHAIN:
            self.on_chain(record, raw)

    def on_seal(self, records):
        (record, raw), book = records[0], self.books.get(records[0][0][4])
        self.second += [slot for _, slot in records]
        self.seals += 1
        if book is None:
            raise Difference(f"a seal of stream {record[4]}, which is no declared book stream")
        if record[2] != book.state:
            raise Difference(f"the seal of {book.name} says {STATES[record[2]]}, the records before it lead to {STATES[book.state]}")
        if records[1][0][2] != book.evidence:
            raise Difference(f"the seal of {book.name} says evidence {EVIDENCE[records[1][0][2]]}, the records before it lead to {EVIDENCE[book.evidence]}")
        # Only a proven book is promised to readers; another one holds whatever it is being rebuilt from.
        if book.state in (LIVE, STALE):
            sealed, = struct.unpack_from("16s", raw, 24)
            book.compare("the seal", record[10], *struct.unpack_from("<II", raw, 56), int.from_bytes(sealed, "little"))
            self.digests += 1

    def on_chain(self, record, raw):
        """Each link hashes the one before it and all slots of the seals of one second."""
        self.chain = hashlib.sha256(self.chain + b"".join(self.second)).digest()
        self.index += 1
        self.links += 1
        seals, self.second = len(self.second) // 3, []
        told = raw[24:56], *struct.unpack_from("<II", raw, 56)
        if told != (self.chain, self.index, seals):
            raise Difference(f"link {told[1]} of the seal chain over {told[2]} seals is {told[0].hex()}, "
                             f"the seals before it give link {self.index} over {seals} seals {self.chain.hex()}")

    def load(self, book, image, levels):
        book.clear()
        for level, _ in levels:
            book.set(level[2], level[7], level[8])
        book.sequence = image[7]

    def flush(self):
        """Applies the message that was held back: no Gap and no MessageIgnored came behind it."""
        if self.held:
            begin = self.held[0][0]
            book = self.books[begin[4]]
            if begin[2] == BOOK_SNAPSHOT:
                book.clear()
            for level, _ in self.held[1:]:
                book.set(level[2], level[7], level[8])
            book.sequence = begin[7]
            self.held = None

    def finish(self):
        """The digests kept from change to change against those of the levels now held."""
        self.flush()
        for book in self.books.values():
            if book.digest_from_scratch() != book.digest:
                raise Difference(f"the digest of {book.name} at the end is not that of its {len(book.levels)} levels")


# ---- The files ----

def segments(folder):
    """(name, the committed slots as bytes, slots of the checkpoint) of every segment."""
    names = sorted(name for name in os.listdir(folder) if re.fullmatch(r"\d{8}\.lobj", name))
    if not names:
        sys.exit(f"error: {folder}: expected segments NNNNNNNN.lobj, found none")
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[:8] != b"LOBJFAST":
            sys.exit(f"error: {name}: expected the magic LOBJFAST, found {data[:8]!r}: this is no journal segment")
        start, _, checkpoint, = struct.unpack_from("<QQQ", data, 40)
        committed, = struct.unpack_from("<Q", data, 128)
        if start + committed * RECORD.size > len(data):
            sys.exit(f"error: {name}: expected {committed} records, the file is truncated")
        yield name, memoryview(data)[start:start + committed * RECORD.size], checkpoint


def messages(slots, checkpoint):
    """(first slot, whether it is the checkpoint, [(fields, the 64 bytes)]) of every complete message, without padding."""
    message, start = [], 0
    for slot, record in enumerate(RECORD.iter_unpack(slots)):
        if record[0] == PADDING:
            continue
        if not message:
            start = slot
        # The bytes themselves only of the few kinds that are not whole words.
        few = record[0] not in (LEVEL_SET, MESSAGE_BEGIN)
        message.append((record, bytes(slots[slot * 64:slot * 64 + 64]) if few else None))
        if record[1] & LAST:
            yield start, slot < checkpoint, message
            message = []


def unsigned(word):
    """The low half of a word."""
    return word & 0xFFFFFFFF


def text(raw):
    return raw[24:].rstrip(b"\0").decode("ascii")


def main(folder):
    found = f"{digest(VECTOR[0]):032x}"
    if found != VECTOR[1]:
        sys.exit(f"error: the digest's test vector is {VECTOR[1]}, this script gives {found}")
    print(f"test vector of the digest: {found}")

    verifier = Verifier()
    name, slot, records = "", 0, 0
    try:
        for name, slots, checkpoint in segments(folder):
            for slot, is_checkpoint, message in messages(slots, checkpoint):
                (verifier.on_checkpoint if is_checkpoint else verifier.on_message)(message)
            records += len(slots) // RECORD.size
        verifier.finish()
    except Difference as difference:
        print(f"DIFFERENCE in {name}, record {slot}: {difference}")
        return 1
    except (KeyError, IndexError, struct.error) as error:
        print(f"DIFFERENCE in {name}, record {slot}: it cannot be understood ({error!r})")
        return 1

    print(f"{records:,} records: {verifier.seals:,} seals, {verifier.digests:,} digests of live books, {verifier.links:,} links of the chain, "
          f"{verifier.checkpoints:,} checkpoints compared")
    for book in verifier.books.values():
        print(f"{book.name}: {STATES[book.state]}, {book.count[BID]} bids, {book.count[ASK]} asks, digest {book.digest:032x}, equal from scratch")
    print(f"head of the chain: {verifier.chain.hex() if verifier.chain else 'none'}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} JOURNAL")
    sys.exit(main(sys.argv[1]))
