"""Makes the synthetic recordings of this folder, and expected.json, which says what a right engine must report about each.

    python3 make_synthetic.py           writes them
    python3 make_synthetic.py --check   compares them with what is here; exit code 1 where something differs

The standard library suffices, and every run gives the same content. Recordings over 200,000 bytes are compressed, and compared uncompressed: other
versions of zlib compress to other bytes.
"""

import gzip
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from generator.bitfinex import p0, p0_bad_checksum, p0_gap, r0
from generator.bybit import archive, linear, linear_gap, rest as bybit_rest, spot, spot_restart_as_delta
from generator.coinbase import advanced, advanced_gap, full, level2, rest as coinbase_rest
from generator.okx import books_2026, books_2026_gap, legacy_bad_checksum, legacy_checksum
from generator.recording import Recording
from generator.truth import Continuity, Truth

FOLDER = Path(__file__).resolve().parent
COMPRESSED_FROM_BYTES = 200_000
EXPECTED = "expected.json"
README = "README.md"
TABLE_BEGIN, TABLE_END = "<!-- made by make_synthetic.py -->\n", "<!-- end -->\n"


class Made:
    """The recordings, and what is true about them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        """Uncompressed content by name in the folder."""
        self.expected: dict[str, dict] = {}

    def add(self, name: str, source: Recording, continuity: Continuity, *, twins: dict[str, list] | None = None, **how) -> None:
        """`twins`: recordings with one fault each, by name."""
        truth = Truth(source.lines, continuity, **how)
        truth.confirm(source.models)
        self._add(name, source.lines, truth.report())
        for twin, lines in (twins or {}).items():
            self._add(twin, lines, Truth(lines, continuity, **how).report(final_books_of=(name, truth)))

    def _add(self, name: str, lines: list, report: dict) -> None:
        text = "".join(line.text() + "\n" for line in lines).encode("utf-8")
        stored = name + (".gz" if len(text) > COMPRESSED_FROM_BYTES else "")
        self.files[stored] = text
        self.expected[name] = {"file": stored, **report}


def make() -> Made:
    made = Made()
    whole = linear(1)
    made.add("bybit_linear_orderbook50_1_200.rec", whole, Continuity.RANGE, twins={"bybit_linear_orderbook50_1_200_gap.rec": linear_gap(whole)})
    whole = spot(2)
    made.add("bybit_spot_orderbook50.rec", whole, Continuity.RANGE, twins={"bybit_spot_orderbook50_restart_as_delta.rec": spot_restart_as_delta(whole)})
    made.add("bybit_orderbook500_archive.ndjson", archive(3), Continuity.RANGE)
    made.add("bybit_rest.rec", bybit_rest(4), Continuity.NONE)
    whole = books_2026(5)
    made.add("okx_books_2026.rec", whole, Continuity.LINK, twins={"okx_books_2026_gap.rec": books_2026_gap(whole)})
    whole = legacy_checksum(6)
    made.add("okx_books_legacy_checksum.rec", whole, Continuity.LINK, twins={"okx_books_legacy_bad_checksum.rec": legacy_bad_checksum(whole)})
    whole = p0(7)
    made.add("bitfinex_p0_seq_checksum.rec", whole, Continuity.CONNECTION, signed=True,
             twins={"bitfinex_p0_seq_checksum_gap.rec": p0_gap(whole), "bitfinex_p0_seq_bad_checksum.rec": p0_bad_checksum(whole)})
    made.add("bitfinex_r0.rec", r0(8), Continuity.CONNECTION, signed=True, by_order=True)
    made.add("coinbase_level2.rec", level2(9), Continuity.NONE)
    made.add("coinbase_full.rec", full(10), Continuity.RANGE, by_order=True, starts_empty=True)
    whole = advanced(11)
    made.add("coinbase_advanced.rec", whole, Continuity.CONNECTION, twins={"coinbase_advanced_gap.rec": advanced_gap(whole)})
    made.add("coinbase_rest_level3.rec", coinbase_rest(12), Continuity.NONE, by_order=True)
    return made


def contents() -> dict[str, bytes]:
    """Every file of the folder that is made, uncompressed, by its name there."""
    made = make()
    before, rest = (FOLDER / README).read_text(encoding="utf-8").split(TABLE_BEGIN)
    readme = before + TABLE_BEGIN + table(made.expected) + TABLE_END + rest.split(TABLE_END)[1]
    return {**made.files, EXPECTED: (pretty(made.expected) + "\n").encode("utf-8"), README: readme.encode("utf-8")}


def table(expected: dict[str, dict]) -> str:
    """One line a book."""
    lines = ["| file | lines | book | snapshots | deltas | of them not applied | gaps | checksums equal / different / not verified | final best bid | final best ask |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for name, recording in expected.items():
        file, count = f"`{name}`", str(recording["lines"])
        for book, found in recording["books"].items():
            whole = found if "bids" in found else expected[found["final_book_as_in"]]["books"][book]
            bid, ask = (" × ".join(map(str, level[-1:0:-1] if "full" in book or "R0" in book or "level3" in name else level[1::-1])) for level in (whole["bids"][0], whole["asks"][0]))
            verdicts = found["checksums"]
            checksums = f"{verdicts['equal']} / {verdicts['different']} / {verdicts['not_verified']}" if any(verdicts[key] for key in ("equal", "different", "not_verified")) else "–"
            lines.append(f"| {file} | {count} | `{book}` | {found['snapshots']} | {found['deltas']} | {found['deltas_not_applied']} | {found['gaps']} | {checksums} | {bid} | {ask} |")
            file = count = ""
    return "\n".join(lines) + "\n"


def pretty(value, indent: int = 0) -> str:
    """JSON with an object's members and an array's objects one a line, and everything that is flat in one line."""
    margin = " " * (indent + 1)
    flat = json.dumps(value, separators=(",", ":"))
    if len(flat) <= 160 or isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return flat
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{margin}{json.dumps(key)}: {pretty(item, indent + 1)}" for key, item in value.items()) + "\n" + margin[:-1] + "}"
    return "[\n" + ",\n".join(margin + pretty(item, indent + 1) for item in value) + "\n" + margin[:-1] + "]"


def read(path: Path) -> bytes | None:
    if not path.exists():
        return None
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def check() -> int:
    made = contents()
    differing = [name for name, text in made.items() if read(FOLDER / name) != text]
    extra = [path.name for path in FOLDER.iterdir() if path.name.removesuffix(".gz").endswith((".rec", ".ndjson")) and path.name not in made]
    for name in differing:
        print(f"differs: {name}")
    for name in extra:
        print(f"not made here: {name}")
    return 1 if differing or extra else 0


def write() -> int:
    for name, text in contents().items():
        path = FOLDER / name
        other_form = FOLDER / (name.removesuffix(".gz") if name.endswith(".gz") else name + ".gz")
        other_form.unlink(missing_ok=True)
        if read(path) != text:
            path.write_bytes(gzip.compress(text, 9, mtime=0) if path.suffix == ".gz" else text)
    return 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["--check"] else write())
