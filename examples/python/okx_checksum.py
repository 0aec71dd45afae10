#!/usr/bin/env python3
"""Proves books of OKX from the files alone: recomputes the exchange's checksum from each line and compares it with the one in the line.

    lob convert journal --to jsonl --every message --out out
    python3 okx_checksum.py out/raw/okx/l2_perps/UNI-USD-SWAP/2022-05-13/16.jsonl

Needs nothing but Python's standard library. The rule (OKX, "Checksum", as it stood until June 2026): the best 25 levels of each side, "price:quantity" of
bid 1, ask 1, bid 2, ask 2 and so on, joined with ":", in the exchange's own text; a side that has fewer levels is passed over from there on; CRC-32 of that as a
signed 32-bit number. Since 2026-06-23 the exchange sends 0 in every message, which offers nothing to compare.

A line shows the checksum that came with the last message that changed the book, so every line can be checked, whatever the cadence it was written at;
`--every message` checks every message. Exit code 0: no line differs. 1: one does, or a line cannot be read. 2: nothing to read.
"""

import json
import sys
import zlib

LEVELS = 25
LINES_SHOWN = 5


def checksum(bids, asks):
    """CRC-32 over the best levels, as OKX computes it. A level is [price, quantity, ...], in the exchange's own text."""
    parts = []
    for i in range(LEVELS):
        for side in (bids, asks):
            if i < len(side):
                parts += side[i][:2]
    crc = zlib.crc32(":".join(parts).encode("ascii"))
    return crc - 2**32 if crc >= 2**31 else crc


def check(path):
    """Compares each line of a file; returns how many matched, differed, and offered no checksum."""
    match = mismatch = absent = 0
    with open(path, encoding="ascii") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            expected = line["checksum"]
            if not expected:
                absent += 1
                continue
            own = checksum(line["bids_top400"], line["asks_top400"])
            if own == expected:
                match += 1
            else:
                mismatch += 1
                if mismatch <= LINES_SHOWN:
                    print(f"{path}:{number}: {line['timestamp_utc']} {line['instId']}: the line says {expected}, its levels give {own}", file=sys.stderr)
    return match, mismatch, absent


def main(paths):
    if not paths:
        print("usage: okx_checksum.py FILE.jsonl [FILE.jsonl ...]", file=sys.stderr)
        return 2
    totals = [0, 0, 0]
    for path in paths:
        try:
            counts = check(path)
        except OSError as error:
            print(f"{path}: {error.strerror}", file=sys.stderr)
            return 2
        except (ValueError, KeyError, TypeError) as error:
            print(f"{path}: not a line of `lob convert --to jsonl`: {error!r}", file=sys.stderr)
            return 1
        totals = [total + count for total, count in zip(totals, counts)]
    print(f"{totals[0]} match, {totals[1]} differ, {totals[2]} offer no checksum")
    return 1 if totals[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
