"""Compares the arrays of `lob convert --to npy` with the CSV of the same rows.

    views.py STEM CSV

STEM is the path of the arrays without `.levels.npy`. Exit code 0 if every number agrees.
"""

import csv
import json
import sys
from decimal import Decimal

import numpy as np


def main(stem, csv_path):
    meta = json.load(open(stem + ".npy.meta.json"))
    levels = np.load(stem + ".levels.npy")
    scaled = np.load(stem + ".scaled.npy")
    times = np.load(stem + ".times.npy")
    rows = list(csv.DictReader(open(csv_path)))

    assert levels.dtype == np.dtype("<i8") and scaled.dtype == np.dtype("<f8") and times.dtype == np.dtype("<i8")
    assert levels.shape == scaled.shape == (len(rows), 2, meta["levels"], 2), levels.shape
    assert times.shape == (len(rows), 3), times.shape
    assert meta["rows"] == len(rows)
    decimals = (meta["price_decimals"], meta["quantity_decimals"])
    names = ("price", "qty")
    for i, row in enumerate(rows):
        assert times[i].tolist() == [int(row["ts_ns"]), int(row["venue_ts_ns"] or 0), int(row["sequence"])]
        for side, side_name in enumerate(("bid", "ask")):
            for level in range(meta["levels"]):
                for value in (0, 1):
                    text = row[f"{side_name}_{names[value]}_{level + 1}"]
                    whole, number = levels[i, side, level, value], scaled[i, side, level, value]
                    if text == "":
                        assert whole == 0 and (number == 0 or (value == 0 and np.isnan(number)))
                    else:
                        assert Decimal(int(whole)).scaleb(-decimals[value]) == Decimal(text), (i, text, whole)
                        assert number == float(text), (i, text, number)
    print(f"{len(rows)} rows agree")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
