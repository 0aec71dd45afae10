"""Follows a journal that is being written: for each line of standard input takes what is new, and prints whether all of it together is what a fresh
look at the journal gives."""

import os
import sys

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "examples", "python"))
from lob_journal import Journal

folder, symbol, channel, venue = sys.argv[1:]
journal = Journal(folder)
mark, parts = 0, []
print("opened", flush=True)
for _ in sys.stdin:
    new = journal.refresh()
    parts.append(journal.levels(symbol, channel, venue, from_index=mark))
    mark = journal.end
    fresh = Journal(folder)
    every = fresh.levels(symbol, channel, venue)
    # Integers are at the decimals of the newest epoch, which may have come between two looks; numbers are what they are.
    same = all(numpy.array_equal(numpy.concatenate([part[name] for part in parts]), every[name])
               for name in every if name not in ("price_ticks", "quantity_lots"))
    same = same and journal.book(symbol, channel, venue) == fresh.book(symbol, channel, venue)
    print(f"{'same' if same else 'different'} {new} {len(journal.segments)} {journal.segments[-1].state}", flush=True)
