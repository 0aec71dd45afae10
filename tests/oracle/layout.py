"""Compares the layouts and numbers of lob_journal.py with those of the C# structures, which come as JSON by standard input. Prints the differences."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "examples", "python"))
import lob_journal

# Eight bytes of text that the C# side holds in an integer.
TEXT_IN_INTEGER = {("CandleTurnover", "interval_text")}


def fields_of(dtype):
    return {name: [offset, field.itemsize, field.kind] for name, (field, offset) in dtype.fields.items()}


def differences(told):
    own = dict(lob_journal.DTYPES, SegmentHeader=lob_journal.SEGMENT_HEADER, BlockEntry=lob_journal.BLOCK_ENTRY)
    for name in sorted(own.keys() ^ told["structures"].keys()):
        yield f"{name}: only in {'Python' if name in own else 'C#'}"
    for name in sorted(own.keys() & told["structures"].keys()):
        expected = told["structures"][name]
        if own[name].itemsize != expected["size"]:
            yield f"{name}: C# has {expected['size']} bytes, Python {own[name].itemsize}"
        fields = fields_of(own[name])
        for field in sorted(fields.keys() | expected["fields"].keys()):
            there, here = expected["fields"].get(field), fields.get(field)
            if (name, field) in TEXT_IN_INTEGER:
                there = there and there[:2] + ["S"]
            if there != here:
                yield f"{name}.{field}: C# has [offset, size, type] {there}, Python {here}"
        if name in lob_journal.DTYPES and expected["kind"] != lob_journal._STRUCTURES[name][0]:
            yield f"{name}: C# has kind {expected['kind']}, Python {lob_journal._STRUCTURES[name][0]}"
    for name, values in told["enumerations"].items():
        own_values = {member.name: int(member) for member in getattr(lob_journal, name)}
        if values != own_values:
            yield f"{name}: C# has {values}, Python {own_values}"
    venues = {name: number for number, name in lob_journal.VENUES.items()}
    if told["venues"] != venues:
        yield f"VENUES: C# has {told['venues']}, Python {venues}"


found = list(differences(json.load(sys.stdin)))
print("\n".join(found) or "same")
sys.exit(1 if found else 0)
