#!/usr/bin/env python3
"""Reads Lob.Fast journals from Python. One file; NumPy is all it needs (copy it to where you work).

    from lob_journal import Journal

    journal = Journal("journal")                       # the folder that `lob replay --journal` or `lob collect` wrote
    print(journal.streams)                             # what is in it
    levels = journal.levels("BTCUSDT")                 # {"received_ns": array, "price": array, ...}: a pandas.DataFrame takes it as it is
    trades = journal.trades("BTCUSDT", channel="trade")
    book = journal.book("BTCUSDT")                     # the last book, in the venue's own text
    print(book.state, book.bids[0], book.asks[0])
    while True:                                        # follow a journal that is being written
        mark = journal.end
        if journal.refresh():
            new = journal.levels("BTCUSDT", from_index=mark)

A journal is a folder of segments, a segment an array of 64-byte records, and a record a row of `DTYPES`. The segments are mapped, not read, and
never looked at beyond the count their writer has committed. Prices and quantities are integers at the decimals of their instrument; those
decimals may grow while a journal is written (a new "epoch"), which everything here takes care of, except the raw records.

Times are Unix nanoseconds (`array.view("datetime64[ns]")`). Integer columns hold NONE, floating ones NaN, where the venue states nothing.
Block checksums are not looked at: `lob verify` does that, and docs/verify_seals.py recomputes the seals.
"""

import os
import re
import sys
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from uuid import UUID

import numpy as np

__all__ = ["Journal", "Segment", "Stream", "Instrument", "Book", "JournalError", "DTYPES", "HEADER", "RECORD", "NONE",
           "Kind", "Flag", "State", "Evidence", "Side", "Role", "MessageType", "OrderReason", "VENUES", "without_padding", "uuids"]

NONE = -2**63
"""A sequence, an id or a count that the venue does not state."""


class JournalError(Exception):
    """The folder is no journal, or a damaged one, or does not hold what was asked for; says what was expected and what was found."""


# ---- What the numbers in records mean (the same names as in the C# sources) ----

class Kind(IntEnum):
    """Byte 0 of a record. 1-31 came from outside, 32-63 were derived from those, 64-79 belong to checkpoints."""
    MessageBegin = 1
    LevelSet = 2
    OrderOpen = 3
    OrderChange = 4
    OrderDone = 5
    OrderMatch = 6
    Trade = 7
    Candle = 8
    Quote = 9
    OrderReceived = 10
    InstrumentDefinition = 16
    StreamDefinition = 17
    Connection = 18
    Timer = 19
    FrameRejected = 20
    Drift = 21
    OrderReport = 22
    Gap = 32
    Resync = 33
    BookImage = 34
    BookStateChange = 35
    MessageIgnored = 36
    Seal = 37
    SealChain = 38
    Decision = 48
    OrderIntent = 49
    RiskVerdict = 50
    Position = 51
    Funding = 52
    EngineState = 64
    StreamState = 65
    RememberedBest = 66
    ConnectionState = 67
    Padding = 255


class Flag(IntFlag):
    """Byte 1 of a record."""
    FirstInMessage = 1
    LastInMessage = 2
    Snapshot = 4
    Derived = 8
    Continued = 16
    TimeFromVenue = 32
    Checkpoint = 64


class Side(IntEnum):
    """Byte 2 of levels, quotes and trades (of a trade: the taker's side)."""
    Bid = 1
    Ask = 2


class State(IntEnum):
    """State of a book. Only Live and Stale ones are promised to be right."""
    Empty = 0
    Bridging = 1
    Live = 2
    Stale = 3
    Broken = 4


class Evidence(IntEnum):
    """What proves a live book."""
    Nothing = 0
    Sequence = 1
    Checksum = 2


class Role(IntEnum):
    """What a stream carries."""
    Book = 1
    BookSnapshots = 2
    Ticker = 3
    Trades = 4
    Candles = 5
    Orders = 6
    Heartbeats = 7


class MessageType(IntEnum):
    """Byte 2 of a MessageBegin."""
    BookDelta = 1
    BookSnapshot = 2
    Ticker = 3
    Trades = 4
    AggregateTrades = 5
    Candles = 6
    Heartbeat = 7
    BookChecksum = 8
    Orders = 9
    OrderSnapshot = 10
    Ended = 11


class OrderReason(IntEnum):
    """Why an order changed or is gone."""
    Nothing = 0
    Filled = 1
    Canceled = 2
    SelfTradePrevention = 3
    Modified = 4
    Limit = 5
    Market = 6
    Other = 63


class _GapReason(IntEnum):
    Sequence = 1
    Checksum = 2


class _IgnoreReason(IntEnum):
    ChecksumMismatch = 2


class _SnapshotLimits(IntFlag):
    BidsCut = 1
    AsksCut = 2


VENUES = {1: "bybit-linear", 2: "bybit-spot", 3: "bybit-inverse", 4: "binance-spot", 5: "binance-usdm", 6: "binance-coinm",
          7: "okx", 8: "bitfinex", 9: "coinbase", 10: "coinbase-advanced"}
"""Names of the venues by their number in InstrumentDefinition."""


# ---- The records ----

_COMMON = [("kind", "u1", 0), ("flags", "u1", 1), ("code", "u1", 2), ("text_form", "u1", 3),
           ("stream_id", "<u4", 4), ("received_at_ns", "<i8", 8), ("venue_time_ns", "<i8", 16)]


def _dtype(fields, size=64):
    names, formats, offsets = zip(*fields)
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": size})


def _slot(text):
    """The dtype of a slot from lines of `offset format name`, behind the 24 bytes that all have in common."""
    own = [line.split() for line in text.strip().splitlines()]
    return _dtype(_COMMON + [(name, "<" + form, int(offset)) for offset, form, name in own])


HEADER = _dtype(_COMMON)
"""The 24 bytes that all records share, in rows of 64."""

RECORD = _dtype(_COMMON + [("body", "V40", 24)])
"""A record of any kind; `records.view(DTYPES[name])` sees it as the structure of its kind."""

# Name of the structure: kind of the slot, its place in a record of several slots, layout.
_STRUCTURES = {
    "MessageBegin": (Kind.MessageBegin, 0, """
        24 i8 last_sequence
        32 i8 first_sequence
        40 i8 previous_sequence
        48 i8 matching_time_ns
        56 i4 checksum
        60 u1 checksum_presence
        61 u1 detail
        62 u2 connection"""),
    "LevelSet": (Kind.LevelSet, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 u4 order_count"""),
    "OrderOpen": (Kind.OrderOpen, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 order_id_low
        48 i8 order_id_high
        56 i8 order_sequence"""),
    "OrderChange": (Kind.OrderChange, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 order_id_low
        48 i8 order_id_high
        56 i8 order_sequence"""),
    "OrderBefore": (Kind.OrderChange, 1, """
        24 i8 price_ticks
        32 i8 quantity_lots"""),
    "OrderDone": (Kind.OrderDone, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 order_id_low
        48 i8 order_id_high
        56 i8 order_sequence"""),
    "OrderMatch": (Kind.OrderMatch, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 maker_id_low
        48 i8 maker_id_high
        56 i8 trade_id"""),
    "OrderMatchTaker": (Kind.OrderMatch, 1, """
        24 i8 taker_id_low
        32 i8 taker_id_high
        40 i8 order_sequence"""),
    "Trade": (Kind.Trade, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 trade_id_low
        48 i8 trade_id_high
        56 i8 trade_sequence"""),
    "Candle": (Kind.Candle, 0, """
        24 i8 open_ticks
        32 i8 high_ticks
        40 i8 low_ticks
        48 i8 close_ticks
        56 i8 volume_lots"""),
    "CandleTurnover": (Kind.Candle, 1, """
        24 i8 turnover
        32 i8 start_ns
        40 S8 interval_text
        48 i8 trade_count
        56 u1 turnover_decimals
        57 u1 volume_decimals"""),
    "CandleTaker": (Kind.Candle, 2, """
        24 i8 taker_volume_lots
        32 i8 taker_turnover
        40 i8 close_ns"""),
    "Quote": (Kind.Quote, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 update_id"""),
    "OrderReceived": (Kind.OrderReceived, 0, """
        24 i8 price_ticks
        32 i8 quantity_lots
        40 i8 order_id_low
        48 i8 order_id_high
        56 i8 order_sequence"""),
    "OrderReceivedTerms": (Kind.OrderReceived, 1, """
        24 i8 client_id_low
        32 i8 client_id_high
        40 i8 funds
        48 u1 funds_decimals"""),
    "InstrumentDefinition": (Kind.InstrumentDefinition, 0, """
        24 u4 instrument_id
        28 u4 epoch
        32 u2 venue
        34 u1 price_decimals
        35 u1 quantity_decimals
        36 u1 price_bits
        37 u1 quantity_bits
        40 i8 price_step_ticks
        48 i8 quantity_step_lots"""),
    "InstrumentSymbol": (Kind.InstrumentDefinition, 1, """
        24 S40 symbol"""),
    "InstrumentLimits": (Kind.InstrumentDefinition, 2, """
        24 i8 quantity_min_lots
        32 i8 notional_min
        40 i8 contract_value
        48 u1 notional_decimals
        49 u1 contract_value_decimals
        50 u1 contract_type"""),
    "StreamDefinition": (Kind.StreamDefinition, 0, """
        24 u4 instrument_id
        28 u1 role
        29 u1 continuity
        30 u1 bridge
        31 u1 evidence
        32 u2 connection
        34 u1 checksum
        35 u1 on_mismatch
        36 u4 depth_limit
        40 i8 stale_after_ns"""),
    "StreamChannel": (Kind.StreamDefinition, 1, """
        24 S40 channel"""),
    "Connection": (Kind.Connection, 0, """
        24 u2 connection_id"""),
    "Timer": (Kind.Timer, 0, ""),
    "FrameRejected": (Kind.FrameRejected, 0, """
        24 i8 line
        32 i8 frame_start_byte
        40 u4 fault_byte
        44 u4 frame_bytes
        48 u4 frame_crc
        52 u2 connection_id
        54 u2 file_index"""),
    "Gap": (Kind.Gap, 0, """
        24 i8 expected
        32 i8 found
        40 i8 last_sequence"""),
    "Resync": (Kind.Resync, 0, """
        24 i8 snapshot_sequence
        32 i8 last_sequence
        40 u4 dropped
        44 u4 applied
        48 i8 down_ns"""),
    "BookImage": (Kind.BookImage, 0, """
        24 i8 last_sequence
        32 i8 known_low_ticks
        40 i8 known_high_ticks
        48 u4 bid_levels
        52 u4 ask_levels
        56 u1 state
        57 u1 evidence"""),
    "BookStateChange": (Kind.BookStateChange, 0, """
        24 u1 from
        25 u1 evidence
        32 i8 last_sequence"""),
    "MessageIgnored": (Kind.MessageIgnored, 0, """
        24 i8 message_sequence
        32 i8 book_sequence"""),
    "Seal": (Kind.Seal, 0, """
        24 u8 digest_low
        32 u8 digest_high
        40 i8 first_sequence
        48 i8 last_sequence
        56 u4 bid_levels
        60 u4 ask_levels"""),
    "SealCounts": (Kind.Seal, 1, """
        24 u4 messages
        28 u4 applied
        32 u4 levels
        36 u4 gaps
        40 u4 resyncs
        44 u4 rejected
        48 u4 duplicates
        52 u4 crossed
        56 u4 locked
        60 u4 absent_deletes"""),
    "SealProofs": (Kind.Seal, 2, """
        24 i8 crossed_ns
        32 i8 locked_ns
        40 u4 checksum_matches
        44 u4 checksum_mismatches
        48 u4 checksums_not_offered
        52 u4 best_compared
        56 u4 best_equal"""),
    "SealChain": (Kind.SealChain, 0, """
        24 V32 hash
        56 u4 index
        60 u4 seals"""),
    "EngineState": (Kind.EngineState, 0, """
        24 i8 last_timer_ns
        32 u4 instruments
        36 u4 streams
        40 u4 slots"""),
    "EngineChain": (Kind.EngineState, 1, """
        24 V32 hash
        56 u4 index"""),
    "StreamState": (Kind.StreamState, 0, """
        24 i8 last_sequence
        32 i8 first_sequence
        40 i8 previous_sequence
        48 i8 snapshot_sequence
        56 u4 dropped
        60 u1 was_live
        61 u1 changed
        62 u1 snapshot_waits"""),
    "StreamStateTimes": (Kind.StreamState, 1, """
        24 i8 last_applied_ns
        32 i8 broken_since_ns
        40 i8 crossed_since_ns
        48 u1 locked
        50 u2 connection"""),
    "StreamStateChecksums": (Kind.StreamState, 2, """
        24 i8 last_mismatch_ns
        32 i8 earlier_mismatch_ns
        40 i4 last_checksum
        44 u1 last_presence
        45 u1 verified
        46 u1 distrusted"""),
    "RememberedBest": (Kind.RememberedBest, 0, """
        24 i8 update_id
        32 i8 bid_ticks
        40 i8 bid_lots
        48 i8 ask_ticks
        56 i8 ask_lots"""),
    "ConnectionState": (Kind.ConnectionState, 0, """
        24 i8 last_sequence
        32 i8 last_heard_ns
        40 u4 rejected_since
        44 u2 connection_id
        46 u1 repeating"""),
}

DTYPES = {name: _slot(layout) for name, (_, _, layout) in _STRUCTURES.items()}
"""Layout of every structure by its name: explicit offsets, 64 bytes, little-endian."""

_ORDER_KINDS = [Kind.OrderOpen, Kind.OrderChange, Kind.OrderDone, Kind.OrderMatch, Kind.OrderReceived]

# ---- The segment's front ----

SEGMENT_HEADER = _dtype([
    ("magic", "<u8", 0), ("version", "<u4", 8), ("header_bytes", "<u4", 12), ("byte_order_mark", "<u4", 16), ("record_bytes", "<u4", 20),
    ("block_records", "<u4", 24), ("segment_number", "<u4", 28), ("capacity_records", "<u8", 32), ("record_area_offset", "<u8", 40),
    ("first_record_index", "<u8", 48), ("checkpoint_records", "<u8", 56), ("crc", "<u4", 124)], size=128)
"""The constant part of a segment's header."""

BLOCK_ENTRY = _dtype([
    ("checksum_a", "<u8", 0), ("records_a", "<u4", 8), ("crc_a", "<u4", 12), ("checksum_b", "<u8", 16), ("records_b", "<u4", 24), ("crc_b", "<u4", 28),
    ("first_time_ns", "<i8", 32), ("last_time_ns", "<i8", 40), ("min_sequence", "<i8", 48), ("max_sequence", "<i8", 56)])
"""An entry of a segment's block table: two checksums, and what the block's records span."""

_MAGIC = int.from_bytes(b"LOBJFAST", "little")
_VERSION = 1
_HEADER_BYTES = 4096
_BLOCK_RECORDS = 4096
_COMMITTED_OFFSET = 128
_STATE_OFFSET = 192
_SEGMENT_STATES = ("open", "rolled", "closed")
_SEGMENT_NAME = re.compile(r"(\d{8})\.lobj")


@dataclass(frozen=True)
class Instrument:
    """An instrument, as of one definition (epoch) of it."""
    venue: str
    symbol: str
    epoch: int
    price_decimals: int
    quantity_decimals: int
    price_step: float = field(repr=False)
    """The venue's price step; NaN = not known."""
    quantity_step: float = field(repr=False)
    """The venue's quantity step; NaN = not known."""


@dataclass(frozen=True)
class Stream:
    """A stream: one channel of one symbol of one venue. Signs of life of a whole connection have no venue and no symbol (both "")."""
    venue: str
    symbol: str
    channel: str
    role: Role
    evidence: Evidence = field(compare=False)
    """What its sequence alone proves."""
    depth_limit: int = field(default=0, compare=False, repr=False)
    """Levels a side that the channel shows; 0 = the whole book."""


@dataclass(frozen=True)
class Book:
    """A book at one point of a journal."""
    venue: str
    symbol: str
    channel: str
    state: State
    evidence: Evidence
    sequence: "int | None"
    """Sequence of the last message applied; None = there is none."""
    event_time_ns: int
    """The venue's time of the last message applied; 0 = none."""
    known_range: tuple
    """Prices (text) inside which every level is known; None = no limit on that side."""
    bids: list = field(repr=False)
    """(price, quantity) as the venue wrote them, best first."""
    asks: list = field(repr=False)
    """(price, quantity) as the venue wrote them, best first."""


class Segment:
    """One file of a journal, mapped. `refresh` is the only thing that looks at the file's two changing words."""

    def __init__(self, path, number):
        self.path = path
        self.number = number
        size = os.path.getsize(path)
        if size < _HEADER_BYTES:
            raise JournalError(f"{path}: expected at least {_HEADER_BYTES} bytes, found {size}. The file is truncated: restore it from a copy.")
        self._file = np.memmap(path, np.uint8, "r")
        header = self._file[:SEGMENT_HEADER.itemsize].view(SEGMENT_HEADER)[0]
        self._expect(0, "magic", _MAGIC, header["magic"], "This is no journal segment.")
        self._expect(8, "format version", _VERSION, header["version"], "Use the lob_journal.py of the program version that wrote it.")
        damaged = "The header is damaged: lob verify says more."
        self._expect(12, "header bytes", _HEADER_BYTES, header["header_bytes"], damaged)
        self._expect(16, "byte order mark", 0x01020304, header["byte_order_mark"], damaged)
        self._expect(20, "record bytes", RECORD.itemsize, header["record_bytes"], damaged)
        self._expect(24, "block records", _BLOCK_RECORDS, header["block_records"], damaged)
        self._expect(28, "segment number (as in the name)", number, header["segment_number"], "The file was renamed or copied from elsewhere.")
        self.capacity = int(header["capacity_records"])
        """Slots of the file."""
        self.first_index = int(header["first_record_index"])
        """Index of the first slot in the whole journal."""
        self.checkpoint_count = int(header["checkpoint_records"])
        """Slots of the checkpoint it opens with."""
        start = int(header["record_area_offset"])
        end = start + self.capacity * RECORD.itemsize
        if size != end:
            raise JournalError(f"{path}: expected {end:,} bytes, found {size:,}. The file is truncated or has grown: restore it from a copy.")
        self._slots = self._file[start:].view(RECORD)
        self.blocks = self._file[_HEADER_BYTES:_HEADER_BYTES + self.capacity // _BLOCK_RECORDS * BLOCK_ENTRY.itemsize].view(BLOCK_ENTRY)
        """The block table. An open block's entry covers what was sealed of it."""
        self.refresh()

    def refresh(self):
        """Takes note of what was committed since."""
        # The state first: if it says that no more will come, the count read after it is final.
        state = int(self._file[_STATE_OFFSET:_STATE_OFFSET + 4].view("<u4")[0])
        committed = int(self._file[_COMMITTED_OFFSET:_COMMITTED_OFFSET + 8].view("<u8")[0])
        if state >= len(_SEGMENT_STATES):
            raise JournalError(f"{self.path}: byte {_STATE_OFFSET}, state: expected 0 to {len(_SEGMENT_STATES) - 1}, found {state}. The header is damaged.")
        if not self.checkpoint_count <= committed <= self.capacity:
            raise JournalError(f"{self.path}: byte {_COMMITTED_OFFSET}, committed records: expected {self.checkpoint_count} (the checkpoint) "
                               f"to {self.capacity} (the capacity), found {committed}. The header is damaged.")
        self.state = _SEGMENT_STATES[state]
        """"open": more may come. "rolled": complete, a next one exists. "closed": complete, the writer has stopped."""
        self.committed = committed
        """Slots committed, checkpoint and padding included."""
        end = committed
        while end > self.checkpoint_count and not self._slots["flags"][end - 1] & Flag.LastInMessage:
            end -= 1
        self.complete = end
        """Slots up to the end of the last complete message. Less than `committed` only where a writer was killed inside a message."""

    @property
    def records(self):
        """All records behind the checkpoint, to the end of the last complete message, padding included: an array of RECORD on the file."""
        return self._slots[self.checkpoint_count:self.complete]

    @property
    def checkpoint(self):
        """The records of the checkpoint, padding included: the whole state before `records`."""
        return self._slots[:self.checkpoint_count]

    @property
    def start_ns(self):
        """Receive time the segment starts from: that of its checkpoint, or of its first record if the checkpoint is of before any time."""
        times = self._slots["received_at_ns"][:self.committed]
        before = self.checkpoint_count if len(times) and times[0] == 0 else 0
        return int(times[before]) if before < len(times) else 2**63 - 1

    def __repr__(self):
        return f"Segment({self.path!r}, {self.state}, {self.committed:,} of {self.capacity:,} records)"

    def _expect(self, offset, what, expected, found, advice):
        if int(found) != expected:
            raise JournalError(f"{self.path}: byte {offset}, {what}: expected {expected:#x}, found {int(found):#x}. {advice}")


class Journal:
    """A journal opened for reading; its writer may still be at work. Call `refresh` to see what was committed since."""

    def __init__(self, folder):
        self.folder = os.fspath(folder)
        if not os.path.isdir(self.folder):
            raise JournalError(f"{self.folder}: no such folder. Name the folder of a journal.")
        numbers = sorted(int(match[1]) for match in map(_SEGMENT_NAME.fullmatch, os.listdir(self.folder)) if match)
        if not numbers:
            raise JournalError(f"{self.folder}: expected segments NNNNNNNN.lobj, found none. Name the folder of a journal.")
        for before, after in zip(numbers, numbers[1:]):
            if after != before + 1:
                raise JournalError(f"{self.folder}: expected segment {before + 1:08} after {before:08}, found {after:08}. Restore what is missing.")
        self.segments = []
        """The segments, oldest first. Retention may have deleted older ones: each stands alone."""
        for number in numbers:
            self._open(number)
        self._declared = (None, None, None)

    # ---- Raw records ----

    @property
    def end(self):
        """Index of the record behind the last one visible; a mark for `from_index`."""
        return self.segments[-1].first_index + self.segments[-1].complete

    def refresh(self):
        """Looks for what was committed since, in new segments too, and returns how many records that is."""
        before = self.end
        while os.path.exists(self._path(self.segments[-1].number + 1)):
            self.segments[-1].refresh()
            self._open(self.segments[-1].number + 1)
        self.segments[-1].refresh()
        return self.end - before

    def records(self, checkpoints=False):
        """The records of each segment as an array of RECORD on the mapped file, padding included (see without_padding)."""
        for segment in self.segments:
            if checkpoints:
                yield segment.checkpoint
            yield segment.records

    def of_kind(self, name, checkpoints=False):
        """Copies of all slots of one structure, for instance "Gap" or "SealCounts", as one array of DTYPES[name]."""
        kind, place, _ = _STRUCTURES[name]
        found = []
        for records in self.records(checkpoints):
            first = np.flatnonzero((records["kind"] == kind) & (records["flags"] & Flag.Continued == 0))
            # The slots of a record stand side by side: padding sees to that.
            found.append(np.asarray(records)[first + place].view(DTYPES[name]))
        return np.concatenate(found)

    # ---- What is declared ----

    @property
    def instruments(self):
        """Every instrument, in its newest epoch."""
        return list(self._names()[0].values())

    @property
    def streams(self):
        """Every stream."""
        return list(self._names()[1])

    # ---- Tables ----

    def levels(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0, images=False):
        """Every level change of a book stream as it came from the venue, as a dict of arrays of the same length:

        received_ns, venue_ns   times of the message
        sequence                last sequence of the message
        message                 index of the message's first record in the journal: the same for all rows of one message
        side                    1 bid, 2 ask
        price, quantity         float64; quantity 0 deletes the level
        price_ticks, quantity_lots  int64 at the decimals of the instrument's newest epoch
        orders                  number of orders at the level, where the venue tells; else 0
        snapshot                part of a whole book instead of a change to one
        applied                 whether the engine's book took it (not: repeats, messages behind a gap, messages before the first snapshot, messages that
                                contradict their own checksum)

        Whole books that come in the stream itself are among them; with images=True also those that the engine wrote when it had joined a snapshot from
        elsewhere to the stream. Whoever starts with an empty book at the first row of each message that is both `snapshot` and `applied`, and sets
        the rows that are `applied`, holds the engine's book. (One without any level leaves no row; `book` knows it.)
        from_ns and until_ns bound the receive time (from included, until not); from_index takes records from `Journal.end` of an earlier call on.
        """
        stream = self._find(symbol, channel, venue, (Role.Book,), (Role.Book, Role.BookSnapshots))
        return self._table(stream, Kind.LevelSet, from_ns, until_ns, from_index, lambda part, rows: part.levels(stream, rows), images)

    def trades(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0):
        """Every trade: received_ns, venue_ns, matching_ns, side (the taker's: 1 bought, 2 sold), price, quantity, price_ticks, quantity_lots,
        trade_id (numeric ids, or the low half), trade_id_high (see `uuids`), sequence, aggregate (several trades put together by the venue). Messages that
        the connection brought twice are left out the second time, here and in the tables below."""
        stream = self._find(symbol, channel, venue, (Role.Trades,))

        def columns(part, rows):
            slots, begins = part.rows(rows, "Trade"), part.openers(rows)
            return {
                "received_ns": slots["received_at_ns"], "venue_ns": slots["venue_time_ns"], "matching_ns": begins["matching_time_ns"],
                "side": slots["code"], **part.scaled(rows, slots),
                "trade_id": slots["trade_id_low"], "trade_id_high": slots["trade_id_high"], "sequence": slots["trade_sequence"],
                "aggregate": begins["code"] == MessageType.AggregateTrades,
            }
        return self._table(stream, Kind.Trade, from_ns, until_ns, from_index, columns)

    def quotes(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0):
        """Every ticker, one row a message: received_ns, venue_ns, sequence (update id of the book it describes), bid, bid_quantity, ask, ask_quantity;
        NaN for a side that it does not state."""
        stream = self._find(symbol, channel, venue, (Role.Ticker,))

        def columns(part, rows):
            slots = part.rows(rows, "Quote")
            values = part.scaled(rows, slots)
            values["quantity"][slots["quantity_lots"] == NONE] = np.nan
            message = part.message_of(rows)
            first = np.flatnonzero(np.diff(message, prepend=-1))
            row = np.repeat(np.arange(len(first)), np.diff(first, append=len(rows)))
            table = {"received_ns": slots["received_at_ns"][first], "venue_ns": slots["venue_time_ns"][first], "sequence": slots["update_id"][first]}
            for name, side in (("bid", Side.Bid), ("ask", Side.Ask)):
                held = slots["code"] == side
                for column, value in ((name, "price"), (name + "_quantity", "quantity")):
                    table[column] = np.full(len(first), np.nan)
                    table[column][row[held]] = values[value][held]
            return table
        return self._table(stream, Kind.Quote, from_ns, until_ns, from_index, columns)

    def candles(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0):
        """Every candle, also each state of one that is still open: received_ns, venue_ns, start_ns, close_ns, interval (bytes, "1m"), open, high, low,
        close, volume, turnover, trades, taker_volume, taker_turnover, closed."""
        stream = self._find(symbol, channel, venue, (Role.Candles,))

        def columns(part, rows):
            rows = rows[part.flags[rows] & Flag.Continued == 0]
            first, second, third = (part.rows(rows + place, name) for place, name in enumerate(("Candle", "CandleTurnover", "CandleTaker")))
            prices, _ = part.decimals(rows)
            volume = _powers(second["volume_decimals"].astype(np.int64)).astype(float)
            turnover = _powers(second["turnover_decimals"].astype(np.int64)).astype(float)
            return {
                "received_ns": first["received_at_ns"], "venue_ns": first["venue_time_ns"],
                "start_ns": second["start_ns"], "close_ns": third["close_ns"], "interval": second["interval_text"],
                **{name: first[name + "_ticks"] / _powers(prices) for name in ("open", "high", "low", "close")},
                "volume": first["volume_lots"] / volume, "turnover": _or_nan(second["turnover"]) / turnover, "trades": second["trade_count"],
                "taker_volume": _or_nan(third["taker_volume_lots"]) / volume,
                "taker_turnover": _or_nan(third["taker_turnover"]) / turnover, "closed": second["code"] == 1,
            }
        return self._table(stream, Kind.Candle, from_ns, until_ns, from_index, columns)

    def orders(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0):
        """Every event of single orders, in their order:

        received_ns, venue_ns   times of the message
        message                 index of the message's first record in the journal
        event                   a Kind: OrderOpen, OrderChange, OrderDone, OrderMatch or OrderReceived
        side                    1 bid, 2 ask; of a match the resting order's
        reason                  an OrderReason, 0 = not told
        price, quantity         float64; NaN where not told. Of a done order what was left, of a change what it is now
        price_before, quantity_before  of a change; NaN where not told
        order_id, order_id_high of the order; of a match the resting one (`uuids` puts both halves together)
        taker_id, taker_id_high of a match; else 0
        trade_id                of a match; else NONE
        sequence                of the event, NONE = there is none
        snapshot                part of a whole book instead of an event
        """
        stream = self._find(symbol, channel, venue, (Role.Orders,))

        def columns(part, rows):
            rows = rows[part.flags[rows] & Flag.Continued == 0]
            slots = part.rows(rows, "OrderOpen")
            prices, quantities = part.decimals(rows)
            prices, quantities = np.broadcast_to(prices, len(rows)), np.broadcast_to(quantities, len(rows))
            kinds = part.kind[rows]
            change, match = kinds == Kind.OrderChange, kinds == Kind.OrderMatch

            def price(values, which=slice(None)):
                return np.where(values == 0, np.nan, values / _powers(prices[which]))

            def quantity(values, which=slice(None)):
                return _or_nan(values) / _powers(quantities[which])

            def spread(which, values, otherwise):
                column = np.full(len(rows), otherwise)
                column[which] = values
                return column
            before, taker = part.rows(rows[change] + 1, "OrderBefore"), part.rows(rows[match] + 1, "OrderMatchTaker")
            return {
                "received_ns": slots["received_at_ns"], "venue_ns": slots["venue_time_ns"], "message": part.index_of(rows),
                "event": kinds, "side": slots["code"] & 3, "reason": slots["code"] >> 2,
                "price": price(slots["price_ticks"]), "quantity": quantity(slots["quantity_lots"]),
                "price_before": spread(change, price(before["price_ticks"], change), np.nan),
                "quantity_before": spread(change, quantity(before["quantity_lots"], change), np.nan),
                "order_id": slots["order_id_low"], "order_id_high": slots["order_id_high"],
                "taker_id": spread(match, taker["taker_id_low"], 0), "taker_id_high": spread(match, taker["taker_id_high"], 0),
                "trade_id": spread(match, slots["order_sequence"][match], NONE),
                "sequence": np.where(match, spread(match, taker["order_sequence"], NONE), slots["order_sequence"]),
                "snapshot": (slots["flags"] & Flag.Snapshot) != 0,
            }
        return self._table(stream, _ORDER_KINDS, from_ns, until_ns, from_index, columns)

    def seals(self, symbol, channel=None, venue=None, from_ns=None, until_ns=None, from_index=0):
        """What was sealed of a book stream, one row for each second in which it changed: received_ns (end of the second), venue_ns, state, evidence,
        digest (16 bytes, big-endian: `row.tobytes().hex()` is how the program writes it), and every field of Seal, SealCounts and SealProofs."""
        stream = self._find(symbol, channel, venue, (Role.Book,))

        def columns(part, rows):
            rows = rows[part.flags[rows] & Flag.Continued == 0]
            slots = [part.rows(rows + place, name) for place, name in enumerate(("Seal", "SealCounts", "SealProofs"))]
            digest = np.stack([slots[0]["digest_high"], slots[0]["digest_low"]], axis=1).astype(">u8")
            table = {"received_ns": slots[0]["received_at_ns"], "venue_ns": slots[0]["venue_time_ns"],
                     "state": slots[0]["code"], "evidence": slots[1]["code"], "digest": digest.view("V16")[:, 0]}
            for array in slots:
                table.update((name, array[name]) for name in array.dtype.names if name not in HEADER.names)
            return table
        return self._table(stream, Kind.Seal, from_ns, until_ns, from_index, columns, images=True)

    # ---- Books ----

    def book(self, symbol, channel=None, venue=None, at_ns=None):
        """The book after the last message received at or before `at_ns` (Unix ns), or the last one. Reads one segment at most."""
        stream = self._find(symbol, channel, venue, (Role.Book,))
        segment = self.segments[-1] if at_ns is None else self._segment_at(at_ns)
        part = _Part(segment, None if at_ns is None else at_ns + 1)
        if part.id_of(stream) is None:
            raise JournalError(f"{self.folder}: {stream.symbol} {stream.channel} is not there yet at that point; "
                               f"the journal starts at {_iso(self.segments[0].start_ns)}.")
        return part.book(stream)

    # ---- Inside ----

    def _path(self, number):
        return os.path.join(self.folder, f"{number:08}.lobj")

    def _open(self, number):
        segment = Segment(self._path(number), number)
        if self.segments:
            expected = self.segments[-1].first_index + self.segments[-1].committed
            if segment.first_index != expected:
                raise JournalError(f"{segment.path}: byte 48, first record index: expected {expected}, the end of the segment before, "
                                   f"found {segment.first_index}. One of the two files is from another journal.")
        self.segments.append(segment)

    def _segment_at(self, time_ns):
        return [self.segments[0], *(segment for segment in self.segments[1:] if segment.start_ns <= time_ns)][-1]

    def _names(self):
        """({(venue, symbol): newest Instrument}, {Stream: None}) of the whole journal, in the order in which they appeared."""
        end, instruments, streams = self._declared
        if end != self.end:
            instruments, streams = {}, {}
            for i, segment in enumerate(self.segments):
                # What a segment declares stands in the checkpoint of the next one too, unless its writer stopped there.
                whole = segment.state != "rolled" or i + 1 == len(self.segments)
                for _, instrument, stream, _ in _declarations(segment, whole):
                    if stream is not None:
                        streams[stream] = None
                    else:
                        instruments[instrument.venue, instrument.symbol] = instrument
            self._declared = (self.end, instruments, streams)
        return instruments, streams

    def _find(self, symbol, channel, venue, roles, roles_if_named=None):
        """The one stream that is meant."""
        allowed = roles if channel is None else roles_if_named or roles
        every = self.streams
        found = [stream for stream in every
                 if stream.symbol.upper() == symbol.upper() and stream.role in allowed and channel in (None, stream.channel) and venue in (None, stream.venue)]
        if len(found) == 1:
            return found[0]
        listed = "; ".join(f"{stream.venue} {stream.symbol} {stream.channel}" for stream in found or every if stream.role in (roles_if_named or roles))
        what = " or ".join(role.name for role in roles)
        if found:
            raise JournalError(f"{symbol}: {len(found)} streams match: {listed}. Choose with channel= and venue=.")
        raise JournalError(f"{symbol}: no such stream of role {what} in {self.folder}. There are: {listed or 'none'}.")

    def _table(self, stream, kind, from_ns, until_ns, from_index, columns, images=False):
        """Puts together what `columns(part, rows)` makes of the rows of a kind in each segment; an empty table if there are none."""
        instrument = self._names()[0][stream.venue, stream.symbol]
        tables = []
        for i, segment in enumerate(self.segments):
            is_last = i + 1 == len(self.segments)
            outside = (segment.first_index + segment.complete <= from_index
                       or from_ns is not None and not is_last and self.segments[i + 1].start_ns < from_ns
                       or until_ns is not None and segment.start_ns >= until_ns and i > 0)
            if outside and not (is_last and not tables):
                continue
            part = _Part(segment, until_ns, stream, instrument)
            wanted = np.isin(part.kind, kind) & (part.stream == part.id_of(stream, default=0))
            if not images:
                wanted &= part.flags & Flag.Derived == 0
            rows = np.flatnonzero(wanted)
            if kind != Kind.LevelSet and len(rows):
                rows = rows[~part.ignored(stream)[part.message_of(rows)]]
            first_slot = segment.first_index + segment.checkpoint_count
            rows = rows[np.searchsorted(rows, from_index - first_slot):]
            if from_ns is not None:
                rows = rows[np.searchsorted(part.received(rows), from_ns):]
            tables.append(columns(part, rows))
        return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


class _Part:
    """The records of one segment behind its checkpoint, up to a time: what one look at them tells about all of them."""

    def __init__(self, segment, until_ns=None, stream=None, scale=None):
        self.segment = segment
        records = np.asarray(segment.records)
        if until_ns is not None:
            # Receive times never step back.
            records = records[:np.searchsorted(records["received_at_ns"], until_ns)]
        self._records = records
        # Kind, flags, code and stream are in the first eight bytes: one pass over the file, then four compact columns.
        head = records.view("<u8").reshape(-1, 8)[:, 0].astype("<u8")
        small = head.view("u1").reshape(-1, 8)
        self.kind, self.flags, self.code = small[:, 0], small[:, 1], small[:, 2]
        self.stream = head.view("<u4").reshape(-1, 2)[:, 1]
        self._messages = None
        self._ids = {}
        self._scales = {}
        defined = np.flatnonzero((self.kind == Kind.InstrumentDefinition) | (self.kind == Kind.StreamDefinition))
        for position, instrument, declared, number in _declarations(segment, defined):
            if declared is not None:
                self._ids[declared] = number
            else:
                self._scales.setdefault((instrument.venue, instrument.symbol), []).append((position, instrument))
        self._scale_of(stream, scale)

    def _scale_of(self, stream, scale):
        """Which decimals hold where for the instrument of a stream, and which ones (`scale`) are wanted."""
        self._epochs = self._scales.get((stream.venue, stream.symbol), []) if stream else []
        self._scale = scale or (self._epochs[-1][1] if self._epochs else None)

    def id_of(self, stream, default=None):
        return self._ids.get(stream, default)

    def rows(self, rows, name):
        """Copies of some rows as the structure of their kind."""
        return self._records[rows].view(DTYPES[name])

    def received(self, rows):
        return self._records["received_at_ns"][rows]

    @property
    def messages(self):
        """(first row of each message, number of its message for each row)."""
        if self._messages is None:
            first = self.flags & Flag.FirstInMessage != 0
            self._messages = np.flatnonzero(first), np.cumsum(first, dtype=np.int32)
        return self._messages

    def message_of(self, rows):
        """Number of the message that each row belongs to."""
        return self.messages[1][rows] - 1

    def index_of(self, rows):
        """Index in the journal of the first record of the message that each row belongs to."""
        return self.messages[0][self.message_of(rows)] + self.segment.first_index + self.segment.checkpoint_count

    def openers(self, rows):
        """For each row the first slot of its message, as MessageBegin (LastSequence is at the same place in a BookImage)."""
        message = self.message_of(rows)
        used = np.flatnonzero(np.diff(message, prepend=-1))
        begins = self.rows(self.messages[0][message[used]], "MessageBegin")
        return begins[np.repeat(np.arange(len(used)), np.diff(used, append=len(rows)))]

    def decimals(self, rows):
        """Decimals of prices and quantities for each row; two numbers if they are the same for all."""
        epochs = [instrument for _, instrument in self._epochs] or [self._scale]
        if len({(epoch.price_decimals, epoch.quantity_decimals) for epoch in epochs}) == 1:
            return epochs[0].price_decimals, epochs[0].quantity_decimals
        epoch = np.searchsorted([position for position, _ in self._epochs], rows, side="right") - 1
        return np.array([e.price_decimals for e in epochs])[epoch], np.array([e.quantity_decimals for e in epochs])[epoch]

    def scaled(self, rows, slots):
        """Price and quantity of each row, as numbers and as integers at the wanted decimals."""
        prices, quantities = self.decimals(rows)
        return {"price": slots["price_ticks"] / _powers(prices), "quantity": slots["quantity_lots"] / _powers(quantities),
                "price_ticks": _rescaled(slots["price_ticks"], self._scale.price_decimals - prices),
                "quantity_lots": _rescaled(slots["quantity_lots"], self._scale.quantity_decimals - quantities)}

    def levels(self, stream, rows):
        slots = self.rows(rows, "LevelSet")
        message = self.message_of(rows)
        return {
            "received_ns": slots["received_at_ns"], "venue_ns": slots["venue_time_ns"], "sequence": self.openers(rows)["last_sequence"],
            "message": self.index_of(rows), "side": slots["code"], **self.scaled(rows, slots), "orders": slots["order_count"],
            "snapshot": (slots["flags"] & Flag.Snapshot) != 0, "applied": self.applied(stream)[message],
        }

    def ignored(self, stream):
        """For each message whether it is one of the stream that a MessageIgnored refuses: the stream's last one before it."""
        first, _ = self.messages
        kind, own = self.kind[first], self.stream[first] == self.id_of(stream, default=0)
        begins = np.flatnonzero(own & (kind == Kind.MessageBegin))
        place = np.searchsorted(begins, np.flatnonzero(own & (kind == Kind.MessageIgnored))) - 1
        refused = np.zeros(len(first), bool)
        refused[begins[place[place >= 0]]] = True
        return refused

    def applied(self, stream):
        """For each message whether its levels became part of the stream's book: an image, a snapshot in the stream itself, or a delta that came while the
        book was live or stale; and no Gap right behind it, no MessageIgnored of the same stream refuses it."""
        first, _ = self.messages
        if stream.role != Role.Book:
            return np.zeros(len(first), bool)
        kind, code, own = self.kind[first], self.code[first], self.stream[first] == self.id_of(stream, default=0)
        begin = kind == Kind.MessageBegin
        snapshot = begin & (code == MessageType.BookSnapshot)
        refused = self.ignored(stream)
        gaps = np.flatnonzero(own & (kind == Kind.Gap))
        gaps = gaps[gaps > 0]
        # A snapshot behind a hole in the sequence is applied: it mends it.
        refused[gaps[~(snapshot[gaps - 1] & (code[gaps] == _GapReason.Sequence))] - 1] = True
        changes = np.flatnonzero(own & (kind == Kind.BookStateChange))
        states = np.concatenate([[self._start(stream)[0]["state"][0]], code[changes]])
        state = states[np.searchsorted(changes, np.arange(len(first)))]
        proven = (state == State.Live) | (state == State.Stale)
        delta = begin & (code == MessageType.BookDelta)
        return own & ((snapshot | delta & proven) & ~refused | (kind == Kind.BookImage))

    def _start(self, stream):
        """The BookImage of a stream in the checkpoint and its levels; an empty one if it was not there yet."""
        checkpoint = without_padding(np.asarray(self.segment.checkpoint))
        images = np.flatnonzero((checkpoint["kind"] == Kind.BookImage) & (checkpoint["stream_id"] == self.id_of(stream, default=0)))
        if len(images) == 0:
            empty = np.zeros(1, DTYPES["BookImage"])
            empty["last_sequence"], empty["known_low_ticks"], empty["known_high_ticks"] = NONE, -2**63, 2**63 - 1
            return empty, np.zeros(0, DTYPES["LevelSet"])
        at = images[0]
        image = checkpoint[at:at + 1].view(DTYPES["BookImage"])
        count = int(image["bid_levels"][0]) + int(image["ask_levels"][0])
        return image, checkpoint[at + 1:at + 1 + count].view(DTYPES["LevelSet"])

    def book(self, stream):
        """The stream's book at the end of the part: for each price what was set last, since the last whole book."""
        self._scale_of(stream, None)
        first, _ = self.messages
        own = self.stream[first] == self.id_of(stream)
        kind, code = self.kind[first], self.code[first]
        applied = self.applied(stream)
        begin = kind == Kind.MessageBegin
        image, held = self._start(stream)
        limits = image["known_low_ticks"][0], image["known_high_ticks"][0]

        # What it holds: everything applied since the last whole book, or since it was forgotten.
        whole = applied & ~(begin & (code == MessageType.BookDelta))
        over = own & (kind == Kind.BookStateChange) & (code == State.Empty)
        wrong = own & ((kind == Kind.Gap) & (code == _GapReason.Checksum) | (kind == Kind.MessageIgnored) & (code == _IgnoreReason.ChecksumMismatch))
        restarts = np.flatnonzero(whole | over | wrong)
        start_row = -1
        if len(restarts):
            start_row = first[restarts[-1]]
            held = held[:0]
            limits = self._limits(start_row) if whole[restarts[-1]] else (-2**63, 2**63 - 1)
        rows = np.flatnonzero((self.kind == Kind.LevelSet) & (self.stream == self.id_of(stream)))
        rows = rows[rows > start_row]
        rows = rows[applied[self.message_of(rows)]]
        levels = np.concatenate([held, self.rows(rows, "LevelSet")])
        rows = np.concatenate([np.full(len(held), -1), rows])
        scaled = self.scaled(rows, levels)
        sides = [self._side(levels, scaled, side) for side in (Side.Bid, Side.Ask)]

        # Where it stands: the last message applied, unless it was forgotten since.
        last = np.flatnonzero(applied | over)
        sequence, event_time = int(image["last_sequence"][0]), int(image["venue_time_ns"][0])
        if len(last):
            opener = self.rows(first[last[-1:]], "MessageBegin")
            sequence, event_time = (NONE, 0) if over[last[-1]] else (int(opener["last_sequence"][0]), int(opener["venue_time_ns"][0]))

        # What is said of it last.
        said = np.flatnonzero(own & ((kind == Kind.BookStateChange) | (kind == Kind.BookImage)))
        state, evidence = image["state"][0], image["evidence"][0]
        for row in first[said[-2:]]:
            if self.kind[row] == Kind.BookStateChange:
                state, evidence = self.code[row], self.rows([row], "BookStateChange")["evidence"][0]

        if stream.depth_limit:
            known = tuple(side[-1][0] if len(side) >= stream.depth_limit else None for side in sides)
            known = tuple(None if price is None else _shortest_text(price) for price in known)
        else:
            decimals = int(np.ravel(self.decimals(np.array([start_row]))[0])[0])
            known = tuple(None if int(ticks) in (-2**63, 2**63 - 1) else _shortest(int(ticks), decimals) for ticks in limits)
        return Book(stream.venue, stream.symbol, stream.channel, State(int(state)), Evidence(int(evidence)),
                    None if sequence == NONE else sequence, event_time, known, *sides)

    def _limits(self, row):
        """Lowest and highest price, in ticks, that the whole book starting at a row is sure of."""
        if self.kind[row] == Kind.BookImage:
            image = self.rows([row], "BookImage")
            return image["known_low_ticks"][0], image["known_high_ticks"][0]
        end = row + 1
        while end < len(self.kind) and self.flags[end] & Flag.FirstInMessage == 0:
            end += 1
        levels = self.rows(np.arange(row, end)[self.kind[row:end] == Kind.LevelSet], "LevelSet")
        cut = self.rows([row], "MessageBegin")["detail"][0]
        bids, asks = (levels["price_ticks"][levels["code"] == side] for side in (Side.Bid, Side.Ask))
        return bids.min(initial=2**63 - 1) if cut & _SnapshotLimits.BidsCut else -2**63, asks.max(initial=-2**63) if cut & _SnapshotLimits.AsksCut else 2**63 - 1

    def _side(self, levels, scaled, side):
        own = np.flatnonzero(levels["code"] == side)[::-1]
        prices, newest = np.unique(scaled["price_ticks"][own], return_index=True)
        newest = own[newest]
        if side == Side.Bid:
            prices, newest = prices[::-1], newest[::-1]
        forms = levels["text_form"][newest].tolist()
        quantities = scaled["quantity_lots"][newest].tolist()
        return [(_text(price, self._scale.price_decimals, form >> 4), _text(quantity, self._scale.quantity_decimals, form & 15))
                for price, quantity, form in zip(prices.tolist(), quantities, forms) if quantity]


def without_padding(records):
    """The records without filler (a copy if there is any)."""
    padding = records["kind"] == Kind.Padding
    return records[~padding] if padding.any() else records


def uuids(low, high):
    """Text of 128-bit ids (trades and orders of Coinbase) from the columns with their two halves."""
    both = np.stack([np.asarray(high), np.asarray(low)], axis=1).astype(">i8")
    return [str(UUID(bytes=row.tobytes())) for row in both]


def _declarations(segment, which=None):
    """(position behind the checkpoint, Instrument, Stream or None, id) of every definition in a segment, first those of its checkpoint at
    position -1. `which`: the positions behind it that may hold one, if they are known; True = look; False = the checkpoint only."""
    symbols = {}
    places = [(segment.checkpoint, None)]
    if which is not False:
        places.append((segment.records, None if which is True else which))
    for place, (records, positions) in enumerate(places):
        records = np.asarray(records)
        if positions is None:
            kinds = records["kind"]
            positions = np.flatnonzero((kinds == Kind.InstrumentDefinition) | (kinds == Kind.StreamDefinition))
        for position in positions.tolist():
            record = records[position:position + 2]
            if record["flags"][0] & Flag.Continued:
                continue
            at = position if place else -1
            if record["kind"][0] == Kind.InstrumentDefinition:
                first = record.view(DTYPES["InstrumentDefinition"])[0]
                symbol = record.view(DTYPES["InstrumentSymbol"])["symbol"][1].decode("ascii")
                venue = VENUES.get(int(first["venue"]), "unknown")
                decimals = int(first["price_decimals"]), int(first["quantity_decimals"])
                steps = (int(first["price_step_ticks"]) or np.nan) / 10**decimals[0], (int(first["quantity_step_lots"]) or np.nan) / 10**decimals[1]
                instrument = Instrument(venue, symbol, int(first["epoch"]), *decimals, *steps)
                symbols[int(first["instrument_id"])] = instrument
                yield at, instrument, None, int(first["instrument_id"])
            else:
                first = record.view(DTYPES["StreamDefinition"])[0]
                # Signs of life of a whole connection are of no instrument.
                instrument = symbols.get(int(first["instrument_id"]))
                venue, symbol = (instrument.venue, instrument.symbol) if instrument else ("", "")
                channel = record.view(DTYPES["StreamChannel"])["channel"][1].decode("ascii")
                stream = Stream(venue, symbol, channel, Role(int(first["role"])), Evidence(int(first["evidence"])), int(first["depth_limit"]))
                yield at, instrument, stream, int(first["stream_id"])


def _powers(exponents):
    return 10 ** np.asarray(exponents, np.int64)


def _rescaled(values, growth):
    """Integers at finer decimals; an error instead of an overflow."""
    if not np.any(growth):
        return values
    factors = _powers(growth)
    if np.any(np.abs(values) > (2**63 - 1) // factors):
        raise JournalError("a value does not fit 64 bits at the decimals of the instrument's newest epoch")
    return values * factors


def _or_nan(values):
    return np.where(values == NONE, np.nan, values)


def _text(value, decimals, written):
    """A scaled integer as the venue wrote it: with `written` decimals, or 15 = in exponent form ("7e-7", "1.2e-7")."""
    if written == 15:
        digits = str(abs(value))
        exponent = len(digits) - 1 - decimals
        digits = digits.rstrip("0") or "0"
        return ("-" if value < 0 else "") + digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{exponent}"
    if written < decimals:
        value, rest = divmod(value, 10 ** (decimals - written))
        if rest:
            raise JournalError(f"a number has digits behind the {written} decimals it was written with: the record is damaged")
    else:
        value *= 10 ** (written - decimals)
    if written == 0:
        return str(value)
    digits = str(abs(value)).zfill(written + 1)
    return ("-" if value < 0 else "") + digits[:-written] + "." + digits[-written:]


def _shortest_text(price):
    """A number in the shortest plain form, whatever the venue wrote."""
    digits, _, exponent = price.partition("e")
    whole, _, part = digits.partition(".")
    decimals = len(part) - int(exponent or 0)
    value = int(whole + part)
    return _shortest(value * 10 ** max(0, -decimals), max(0, decimals))


def _shortest(value, decimals):
    while decimals > 0 and value % 10 == 0:
        value, decimals = value // 10, decimals - 1
    return _text(value, decimals, decimals)


def _iso(unix_ns):
    return str(np.datetime64(int(unix_ns), "ns")) + "Z"


def _summary(journal):
    counts = np.zeros(256, np.int64)
    first_ns = last_ns = None
    for records in journal.records():
        counts += np.bincount(records["kind"], minlength=256)
        if len(records):
            first_ns = first_ns if first_ns is not None else records["received_at_ns"][0]
            last_ns = records["received_at_ns"][-1]
    print(f"{journal.folder}: {len(journal.segments)} segments, {journal.end - journal.segments[0].first_index:,} records, {journal.segments[-1].state}")
    if first_ns is not None:
        print(f"from {_iso(first_ns)} to {_iso(last_ns)}")
    names = {int(kind): kind.name for kind in Kind}
    print("records behind checkpoints: " + ", ".join(f"{names.get(kind, kind)} {counts[kind]:,}" for kind in np.flatnonzero(counts)))
    for instrument in journal.instruments:
        print(f"instrument {instrument.venue} {instrument.symbol}: {instrument.price_decimals} and {instrument.quantity_decimals} decimals, epoch {instrument.epoch}")
    for stream in journal.streams:
        line = f"stream {stream.venue} {stream.symbol} {stream.channel}: {stream.role.name}"
        if stream.role == Role.Book:
            book = journal.book(stream.symbol, stream.channel, stream.venue)
            best = " ".join(f"{name} {side[0][0]} x {side[0][1]}" if side else f"no {name}" for name, side in (("bid", book.bids), ("ask", book.asks)))
            line += f", {book.state.name}, evidence {book.evidence.name}, sequence {book.sequence}, {len(book.bids)} bids, {len(book.asks)} asks, {best}"
        print(line)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} JOURNAL")
    try:
        _summary(Journal(sys.argv[1]))
    except JournalError as error:
        sys.exit(f"error: {error}")
