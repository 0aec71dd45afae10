"""Answers which books a journal holds: `books.py JOURNAL < [{"symbol": …, "channel": …, "venue": …, "at_ns": …}, …]` prints a JSON array of books."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "examples", "python"))
from lob_journal import Evidence, Journal

journal = Journal(sys.argv[1])
answers = []
for question in json.load(sys.stdin):
    book = journal.book(**question)
    answers.append({
        "venue": book.venue, "symbol": book.symbol, "channel": book.channel, "sequence": book.sequence, "event_time_ns": book.event_time_ns,
        "state": book.state.name, "evidence": "None" if book.evidence == Evidence.Nothing else book.evidence.name,
        "known_range": list(book.known_range), "bids": book.bids, "asks": book.asks})
json.dump(answers, sys.stdout)
