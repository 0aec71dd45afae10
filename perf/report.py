#!/usr/bin/env python3
"""Writes docs/PERFORMANCE.md and its charts from the measurements in docs/performance/*.json.

    python3 perf/report.py            writes the document and the charts (charts need matplotlib: apt-get install python3-matplotlib)
    python3 perf/report.py --text     the document alone
    python3 perf/report.py --check    compares the document with what it would write; exit code 1 where they differ
    python3 perf/report.py --notes    exit code 1 where a row is not met and notes.md has no heading for it

The standard library suffices for the checks. No figure of a table is typed by hand: measured ones come from the JSON that perf/run.sh
writes, aims and floors from aims.json; the paragraphs for aims that are not met from notes.md: a heading for each row, by its key, and one
for what is common to all rows whose keys begin with the same word.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "performance"
DOCUMENT = ROOT / "docs" / "PERFORMANCE.md"
NOTES = DATA / "notes.md"
PERCENTILES = ["p50", "p90", "p99", "p99.9", "p99.99", "max"]
VENUE_ORDER = ["binance-usdm", "binance-spot", "binance-coinm", "bybit-linear", "okx", "bitfinex", "coinbase", "coinbase-advanced"]


def load(name):
    """A measurement by the name of its file, or None where it was not taken."""
    path = DATA / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def number(value, digits=None):
    """Three significant digits, thousands with commas."""
    if digits is None:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def table(head, rows, left=1):
    """A Markdown table; the first columns are text, the others numbers."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join([" --- "] * left + [" ---: "] * (len(head) - left)) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def recordings(bench):
    """The recordings of a bench run in the order of the document."""
    return sorted(bench["recordings"], key=lambda item: (VENUE_ORDER.index(item["venue"]) if item["venue"] in VENUE_ORDER else 99, item["files"]))


def title(recording):
    return f"{recording['venue']}, {recording['files'][0].split('.')[0]}"


def variants(recording):
    return {variant["name"]: variant for variant in recording["variants"]}


def twin(bench, recording):
    """The same recording in another run, or None."""
    return next((item for item in (bench or {"recordings": []})["recordings"] if item["files"] == recording["files"]), None)


class Row:
    """One row of the aims: figures computed from measurements, and whether each aim is met."""

    def __init__(self, key, what, ours, alternatives, floor, checks):
        self.key, self.what, self.ours, self.alternatives, self.floor = key, what, ours, alternatives, floor
        self.checks = checks            # (text with the figure, met)

    @property
    def met(self):
        return all(met for _, met in self.checks)

    def cells(self):
        verdicts = "; ".join(f"{text}: {'met' if met else '**not met**'}" for text, met in self.checks)
        return [self.what, self.ours, self.alternatives, self.floor, verdicts]


def at_least(name, ratio, wanted):
    return (f"{name} {number(ratio)}× (aim ≥ {wanted}×)", ratio >= wanted)


def at_most(name, value, wanted, unit):
    return (f"{name} {number(value)} (aim ≤ {number(wanted)} {unit})", value <= wanted)


def decoding_rows(aims, aot, jit):
    """Decoding, a row for each recording whose venue has a floor."""
    rows = []
    for build, bench in (("AOT", aot), ("JIT", jit)):
        for recording in recordings(bench) if bench else []:
            floors = aims["decoding"]["floor_ns_per_frame"].get(recording["venue"])
            rates = variants(recording)
            if floors is None or "decode" not in rates:
                continue
            ours = rates["decode"]["ns_per_frame"]
            floor = floors["aot" if build == "AOT" else "jit"] * aims["decoding"]["floor_share_max"]
            alternatives, checks = [], []
            for name, label, wanted in (
                ("decode, simdjson", "simdjson", aims["decoding"]["simdjson_ratio_min"]),
                ("decode, Utf8JsonReader", "Utf8JsonReader", aims["decoding"]["reader_ratio_min"]),
            ):
                if name in rates:
                    other = rates[name]["ns_per_frame"]
                    alternatives.append(f"{label} {number(other)}")
                    checks.append(at_least(label, other / ours, wanted))
                else:
                    checks.append((f"{label} not measured (aim ≥ {wanted}×)", False))
            if recording["files"][0].split(".")[0] in aims["decoding"]["floor_recordings"]:
                checks.append(at_most("floor and a tenth", ours, floor, "ns"))
            rows.append(Row(f"decoding {recording['venue']}", f"decoding, {title(recording)}, {build}, ns a frame", number(ours),
                            ", ".join(alternatives) or "–", f"{floors['aot' if build == 'AOT' else 'jit']}", checks))
    return rows


def journal_path_rows(aims, aot):
    """Frame to journal, native, fused."""
    rows = []
    for recording in recordings(aot) if aot else []:
        aim = aims["frame_to_journal"]
        rates = variants(recording)
        if recording["venue"] not in aim["venues"] or "pipeline and journal" not in rates:
            continue
        rate = rates["pipeline and journal"]
        fresh = rates.get("pipeline and journal, fresh")
        simple = rates.get("simple implementation")
        rows.append(Row(
            f"frame to journal {recording['venue']}", f"frame to journal, {title(recording)}, AOT, fused, ns a level",
            number(rate["ns_per_level"]) + (f"; from nothing {number(fresh['ns_per_level'])}" if fresh else ""),
            f"simple implementation, no journal, {number(simple['ns_per_level'])}" if simple else "–", "–",
            [at_most("a level", rate["ns_per_level"], aim["ns_per_level_max"], "ns"),
             (f"{rate['allocated_bytes']} B allocated (aim 0)", rate["allocated_bytes"] == 0)]))
    return rows


def ring_rows(aims, rings):
    """Hand-over between threads, from perf/Micro rings."""
    if not rings:
        return []
    # Rounds in which the two cores were near each other and in which they were far are kept apart; the aims are about near ones.
    place = "near" if all("near" in series for series in rings["series"]) else "far"
    ns = {(series["group"], series["name"]): (series.get(place) or series["near"])["median_ns"] for series in rings["series"]}
    aim, way = aims["rings"], ns[("core to core and back", "two positions")]
    channel = min(value for (group, name), value in ns.items() if group == "one to one" and name.startswith("channel"))
    bare, single = ns[("one to one", "bare ring, 1 a publication")], ns[("one to one", "record ring, 1 a publication")]
    batch = min(value for (group, name), value in ns.items() if group == "one to one" and name.startswith("record ring") and not name.endswith(", 1 a publication"))
    rows = [
        Row("ring, an item a publication", f"ring 1→1, 64 bytes, an item a publication, ns an item (core to core and back {number(way)} ns: {place})", number(single),
            f"channel {number(channel)}", f"bare ring {number(bare)}",
            [at_least("channel", channel / single, aim["single_channel_ratio_min"]), at_most("bare ring", single / bare, aim["single_floor_ratio_max"], "×")]),
        Row("ring, batches", "ring 1→1, 64 bytes, 16 or 64 a publication, ns an item", number(batch), f"channel {number(channel)}", "–",
            [at_least("channel", channel / batch, aim["batch_channel_ratio_min"]), at_most("an item", batch, aim["batch_ns_max"], "ns")]),
    ]
    for group in dict.fromkeys(group for group, _ in ns if group.startswith("graph")):
        fused = ns[(group, "fused")]
        ours_name, ours = min(((name, value) for (known, name), value in ns.items() if known == group and "ring" in name), key=lambda item: item[1])
        theirs = min(value for (known, name), value in ns.items() if known == group and "channel" in name)
        rows.append(Row(f"whole {group}", f"{group}, producer and 3 stages on {rings['processors']} cores, ns an item ({ours_name})", number(ours),
                        f"channels {number(theirs)}", f"fused {number(fused)}",
                        [at_least("channels", theirs / ours, aim["graph_channel_ratio_min"]), at_most("fused", ours / fused, aim["graph_fused_ratio_max"], "×")]))
    return rows


def book_rows(aims, books):
    """Levels of changes, from perf/Books, on books that have held them before; the alternatives keep no digest, so the ladder without one is compared with them."""
    rows, build = [], "AOT" if books and books["native"] else "JIT"
    for recording in books["recordings"] if books else []:
        aim, name = aims["books"], recording["name"].split()[-1].split(".")[0]
        if name not in aims["decoding"]["floor_recordings"]:
            continue
        ns = {item["structure"]: item for item in recording["structures"]}
        ladder, whole = ns["ladder, no digest"], ns["L2Book"]
        hashed, tree = ns["hash map, top 64"]["ns_per_level_median"], ns["SortedDictionary"]["ns_per_level_median"]
        ours = ladder["ns_per_level_median"]
        limit = aim["ns_per_level_max"][build.lower()]
        rows.append(Row(
            f"books {name}", f"L2 apply, {name}, {build}, ns a level",
            f"{number(ours)}; with digest {number(whole['ns_per_level_median'])}; from nothing {number(ladder['ns_per_level_fresh_median'])}; "
            f"snapshots {number(ladder['snapshot_ns_per_level'])}",
            f"hash map {number(hashed)}, SortedDictionary {number(tree)}", f"a store {number(ns['a store a level']['ns_per_level_median'])}",
            [at_least("hash map", hashed / ours, aim["hash_ratio_min"]), at_least("SortedDictionary", tree / ours, aim["sorted_ratio_min"]),
             at_most("a level", ours, limit, "ns"),
             at_most(f"with digest {number(whole['message_ns_p999'])}, without: p99.9 of a message", ladder["message_ns_p999"], aim["message_p999_ns_max"], "ns")]))
    return rows


def journal_rows(aims, append):
    """A record into the journal, from perf/Micro journal append."""
    if not append:
        return []
    ns = {case["case"]: case["median"] for case in append["cases"]}
    aim, stream, written = aims["journal"], ns["FileStream"], ns["write(2), 64 KiB"]
    rows = []
    for pages, floor_name in (("fresh pages", "copy, fresh pages"), ("used pages", "copy, used pages")):
        ours, floor = ns[f"journal, {aim['records_per_message']} a message, {pages}"], ns[floor_name]
        rows.append(Row(f"journal, {pages}", f"journal, {aim['records_per_message']} records a message, {pages}, ns a record", number(ours),
                        f"FileStream {number(stream)}, write(2) {number(written)}", f"copy {number(floor)}",
                        [at_most("a record", ours, aim["ns_per_record_max"], "ns"), at_most("copy", ours / floor, aim["floor_ratio_max"], "×")]))
    return rows


def later_rows(aims):
    return [[what, "–", "–", "–", "later work"] for what in aims["later"]]


def aims_section(aims, aot, jit):
    rows = ring_rows(aims, load("rings")) + decoding_rows(aims, aot, jit) + book_rows(aims, load("books-aot")) + book_rows(aims, load("books")) + journal_rows(aims, load("journal-append"))
    rows += journal_path_rows(aims, aot)
    lines = ["## Aims", "",
             "Each row compares figures of one run. *Floor* is the best that is known to be possible: a bare ring, the fastest scanner found, memory itself.", ""]
    lines += table(["what", "ours", "alternatives", "floor", "verdict"], [row.cells() for row in rows] + later_rows(aims), left=5)
    notes, missing = read_notes(), []
    unmet = list(dict.fromkeys(row.key for row in rows if not row.met))
    if unmet:
        lines += ["", "### Aims that are not met", ""]
        families = [re.split("[ ,]", key)[0] for key in unmet]
        missing = [key for key in unmet if key not in notes]
        for family in dict.fromkeys(families):
            # What is common to all such rows ("books"), then each row's own ("books usdm_btcusdt_20240808").
            if family in notes and family not in unmet:
                lines += [f"**{family[0].upper()}{family[1:]}, all.** {notes[family]}", ""]
            for key in (key for key, of in zip(unmet, families) if of == family):
                lines += [f"**{key[0].upper()}{key[1:]}.** {notes.get(key, 'Nothing is written yet on why.')}", ""]
    return lines + [""], missing


def say_missing(missing):
    """Fails where a row is not met and has no note of its own."""
    if missing:
        sys.exit(f"Not met, and {NOTES.relative_to(ROOT)} has no heading for: {', '.join(missing)}.")


def read_notes():
    """Paragraphs by heading: `## key`, then text."""
    notes, key = {}, None
    for line in NOTES.read_text().splitlines() if NOTES.exists() else []:
        if line.startswith("## "):
            key = line[3:].strip()
            notes[key] = ""
        elif key is not None and line.strip():
            notes[key] += (" " if notes[key] else "") + line.strip()
    return notes


def machine_section(aot, jit):
    bench = aot or jit
    machine = bench["machine"]
    lines = ["## The machine", "",
             f"{machine['processor']}, {machine['cores']} cores{', a virtual machine' if machine['virtual'] else ''} ({machine['caches']}), "
             f"{number(machine['memory_bytes'] / 1e9, 0)} GB, Linux {machine['kernel']}, governor {machine['governor']}, clock {machine['clock_source']}, "
             f"huge pages {machine['huge_pages']}.", ""]
    rows = []
    for name, run in (("AOT", aot), ("JIT", jit)):
        if run:
            trip = run.get("core_round_trip_ns")
            rows.append([name, f"{run['framework']}, {run['runtime']}", run["version"], run["compiled_for"],
                         f"{number(trip['p50'])} / {number(trip['p99'])} / {number(trip['p99.9'])}" if trip else "not measured",
                         number(run["clock_read_ns"]), number(machine_load(run))])
    lines += table(["build", "framework", "version", "instruction sets", "core to core and back, ns, p50 / p99 / p99.9", "reading the clock, ns", "load average"], rows, left=4)
    native = [run for run in (aot,) if run]
    if native:
        run = native[0]
        lines += ["", f"The native program has {number(run['program_bytes'] / 1e6, 1)} MB and a whole run of `lob --version` takes {number(run['start_ms'], 1)} ms."]
    lines += ["", f"Figures are medians of {bench['rounds']} rounds in which all variants take turns, behind one round of each that does not count; state is fresh in each "
              "round, and is played into, unmeasured, before the clock runs: with the whole recording, or with half of one that can be played once only (Binance's, which start from a REST book); what is called *fresh* or *from nothing* is not. A figure that crosses threads is only as good as the round trip above: on virtual machines it changes with the placement of the cores."]
    return lines + [""]


def machine_load(run):
    return run["machine"]["load_average"]


def repeat_section():
    return [
        "## How to repeat", "",
        "    perf/run.sh                 measures everything into docs/performance/*.json, about a quarter of an hour on a quiet machine",
        "    perf/run.sh --only bench    one part; perf/run.sh --help lists them, and what each needs",
        "    python3 perf/report.py      writes this page and its charts from the JSON", "",
        "`./lob bench VENUE:FILE` measures any recording, `--json` gives what is here. Recordings that may not be passed on are found under `LOB_CAPTURES`; without "
        "them the bundled ones are measured.", "",
    ]


def throughput_section(aot, jit):
    lines = ["## Throughput, from memory", "",
             "`decode` validates the whole frame and makes records; `pipeline` adds books, digests, proofs and seals; `pipeline and journal` writes all of it. "
             "`Utf8JsonReader, tokens only` reads tokens and does nothing with them; the simple implementation is JsonDocument, decimal and SortedDictionary. ns a level "
             "counts frames that change books only.", ""]
    for recording in recordings(aot or jit):
        other = twin(jit if aot else None, recording)
        jit_rates = variants(other) if other else {}
        lines += [f"### {title(recording)}", "",
                  f"{recording['frames']:,} frames, {number(recording['bytes'] / 1e6)} MB, {recording['levels']:,} levels in {recording['book_frames']:,} book frames.", ""]
        rows = []
        for name, rate in variants(recording).items():
            under_jit = jit_rates.get(name)
            rows.append([name, number(rate["ns_per_frame"]), f"{number(rate['ns_per_frame_min'])}–{number(rate['ns_per_frame_max'])}", number(rate["ns_per_level"]),
                         number(rate["gigabytes_per_second"]), number(rate["allocated_bytes"] / recording["frames"]),
                         "/".join(str(count) for count in rate["collections"]),
                         number(under_jit["ns_per_frame"]) if under_jit else "–", number(under_jit["ns_per_level"]) if under_jit else "–"])
        first = "AOT" if aot else "JIT"
        lines += table(["variant", f"{first} ns/frame", "min–max", f"{first} ns/level", "GB/s", "B/frame", "GC 0/1/2", "JIT ns/frame", "JIT ns/level"], rows)
        for skipped in recording["skipped"]:
            lines.append(f"\n{skipped['name']}: {skipped['why']}.")
        lines.append("")
    return lines


def instructions_section(instructions):
    if not instructions:
        return []
    rows = []
    for recording in recordings(instructions):
        counted = recording["decode_instructions"]
        rows.append([title(recording), number(counted["per_frame"], 0), f"{counted['frames']:,}", counted["counter"]] if "per_frame" in counted
                    else [title(recording), "–", "–", counted["skipped"]])
    return ["## Instructions of decoding", "", f"Compiled for: {instructions['compiled_for']}.", ""] + \
        table(["recording", "instructions a frame", "over frames", "counted by"], rows) + [""]


def latency_section(aot, jit):
    lines = ["## Latency", "",
             "*One at a time*: the next frame comes when the one before is done, so this is service time. The other loads are open loops: frames are due at a rate, "
             "whatever became of those before, and latency runs from the moment a frame is due to its completion, so waiting counts and nothing is omitted. Rates are "
             "shares of what the layout does at most; *recorded* keeps the bursts of the recording. *Frame to journal* ends when the records are committed and other "
             "processes see them; *frame to decision* when a strategy holds the best ten levels of both sides, at the end of the message. State is fresh in each round, "
             "so first touches of memory and the frame with the snapshot are in the tail.", ""]
    for name, bench in (("AOT", aot), ("JIT", jit)):
        for recording in recordings(bench) if bench else []:
            if not recording["latencies"]:
                continue
            lines += [f"### {title(recording)}, {name}, ns", ""]
            rows = [[f"{row['path']}, {row['layout']}", row["load"], f"{row['count']:,}"] + [f"{row['ns'][share]:,}" for share in PERCENTILES]
                    + [f"{row['allocated_bytes']:,}", str(row["collections"])] for row in recording["latencies"]]
            lines += table(["path and layout", "load", "frames"] + PERCENTILES + ["B", "GC"], rows, left=2) + [""]
    return lines


def growth_section(growth, journal):
    lines = []
    if growth:
        lines += ["## Growth with instruments and levels", "",
                  "Generated frames of eight levels, half of them among the best 25 and half anywhere, instruments drawn evenly (the hardest case for caches), "
                  "through pipeline and journal. Memory is what the engine holds besides the journal's mapped files.", "",
                  "![Time and memory by instruments](performance/growth-instruments.svg)", "", "![Time and memory by levels](performance/growth-levels.svg)", ""]
        for of, head, key in (("instruments", "instruments, 400 levels each", "instruments"), ("levels", "levels of one book", "levels_per_book")):
            rows = [[f"{point[key]:,}", number(point["ns_per_frame"]), number(point["ns_per_level"]), f"{point['ns']['p50']:,}", f"{point['ns']['p99']:,}",
                     f"{point['ns']['p99.9']:,}", number(point["resident_bytes"] / 1e6), str(point["allocated_bytes"])]
                    for point in growth["growth"] if point["of"] == of]
            lines += table([head, "ns/frame", "ns/level", "p50, ns", "p99, ns", "p99.9, ns", "resident, MB", "B allocated"], rows, left=0) + [""]
    if journal:
        lines += journal_growth(journal)
    return lines


def journal_growth(journal):
    rows = [[number(point["bytes"] / 1e9), number(point["bookAtSeconds"] * 1e3), number(point["bookAtWorstSeconds"] * 1e3), number(point["verifySeconds"]),
             number(point["bytes"] / point["verifySeconds"] / 1e9), number(point["convertSeconds"]), number(point["bytes"] / point["convertSeconds"] / 1e9)]
            for point in journal["points"]]
    return ["## Growth with the length of a journal", "",
            "One unbroken recording played again and again. `book` at a time is the start of the program included, the median over places spread evenly and the slowest of "
            "them; `verify` derives every checksum and seal anew; `convert` writes the best ten levels every two seconds as CSV.", "",
            "![Time by length of the journal](performance/growth-journal.svg)", ""] + \
        table(["journal, GB", "book at a time, ms", "slowest, ms", "verify, s", "GB/s", "convert, s", "GB/s"], rows, left=0) + [""]


def methods_section(methods):
    """Single methods by BenchmarkDotNet."""
    if not methods:
        return []
    lines = ["## Single methods", "", "BenchmarkDotNet, short job: to compare methods with each other; the rows above are measured over whole recordings.", ""]
    rows = [[method["type"], method["method"], method["parameters"] or "–", number(method["mean_ns"]), number(method["error_ns"]), str(method["allocated_bytes"])]
            for method in methods["methods"]]
    return lines + table(["class", "method", "parameters", "mean, ns", "99.9 % error, ns", "B"], rows, left=3) + [""]


def document():
    """The text, and the keys of rows that are not met and have no note."""
    aims, aot, jit = load("aims"), load("bench-aot"), load("bench-jit")
    if not (aot or jit):
        sys.exit(f"{DATA}: neither bench-aot.json nor bench-jit.json is there. Run perf/run.sh.")
    lines = ["# Performance", "",
             "What this engine does on one machine, beside plain alternatives measured in the same run. Written by `perf/report.py` from the JSON beside it; "
             "a test compares the two. No figure in a table was typed by hand; the paragraphs on aims that are not met are, from `performance/notes.md`.", ""]
    lines += machine_section(aot, jit) + repeat_section()
    aim_lines, missing = aims_section(aims, aot, jit)
    lines += aim_lines + throughput_section(aot, jit) + instructions_section(load("instructions")) + latency_section(aot, jit)
    lines += growth_section(load("growth"), load("journal-growth")) + methods_section(load("methods"))
    return "\n".join(lines).rstrip() + "\n", missing


def chart(points, key, xlabel, file):
    """Two panels over one axis: time a frame, resident memory."""
    import matplotlib.pyplot as plt
    figure, (time, memory) = plt.subplots(1, 2, figsize=(10, 3.6))
    x = [point[key] for point in points]
    for share in ("p50", "p99", "p99.9"):
        time.plot(x, [point["ns"][share] for point in points], marker="o", markersize=3, label=share)
    time.plot(x, [point["ns_per_frame"] for point in points], marker="o", markersize=3, color="black", label="mean, all frames in a row")
    memory.plot(x, [max(point["resident_bytes"], 1) / 1e6 for point in points], marker="o", markersize=3, color="black")
    for panel, ylabel in ((time, "ns a frame"), (memory, "resident, MB")):
        panel.set_xscale("log")
        panel.set_yscale("log")
        panel.set_xlabel(xlabel)
        panel.set_ylabel(ylabel)
        panel.grid(True, which="major", alpha=0.3)
    time.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(DATA / file, metadata={"Date": None})
    plt.close(figure)


def journal_chart(points):
    """Seconds by length of the journal."""
    import matplotlib.pyplot as plt
    figure, panel = plt.subplots(figsize=(6, 3.6))
    x = [point["bytes"] / 1e9 for point in points]
    for key, label in (("convertSeconds", "convert to CSV"), ("verifySeconds", "verify"), ("bookAtWorstSeconds", "book at a time, slowest"), ("bookAtSeconds", "book at a time, median")):
        panel.plot(x, [point[key] for point in points], marker="o", markersize=3, label=label)
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xlabel("journal, GB")
    panel.set_ylabel("seconds")
    panel.grid(True, which="major", alpha=0.3)
    panel.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(DATA / "growth-journal.svg", metadata={"Date": None})
    plt.close(figure)


def write_charts():
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "lob"          # the same figures give the same file
    growth, journal = load("growth"), load("journal-growth")
    if journal:
        journal_chart(journal["points"])
    if growth:
        chart([point for point in growth["growth"] if point["of"] == "instruments"], "instruments", "instruments", "growth-instruments.svg")
        chart([point for point in growth["growth"] if point["of"] == "levels"], "levels_per_book", "levels of one book", "growth-levels.svg")


def main():
    text, missing = document()
    if sys.argv[1:] == ["--check"]:
        if not DOCUMENT.exists() or DOCUMENT.read_text() != text:
            sys.exit(f"{DOCUMENT.relative_to(ROOT)} is not what perf/report.py makes of docs/performance: run perf/report.py.")
        return
    if sys.argv[1:] == ["--notes"]:
        say_missing(missing)
        return
    if sys.argv[1:] not in ([], ["--text"]):
        sys.exit(__doc__)
    DOCUMENT.write_text(text)
    print(f"{DOCUMENT.relative_to(ROOT)} is written.")
    try:
        if not sys.argv[1:]:
            write_charts()
    except ModuleNotFoundError:
        sys.exit(f"The charts are not: {sys.executable} has no matplotlib. apt-get install python3-matplotlib, then /usr/bin/python3 perf/report.py.")
    say_missing(missing)


if __name__ == "__main__":
    main()
