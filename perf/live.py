#!/usr/bin/env python3
"""Measures live collection against the local exchange on this machine, and writes docs/performance/live.json and docs/LIVE.md.

    python3 perf/live.py [--quick]

Both run here, so they share the processor: the figures are what is left to a collector beside an exchange on the same machine. Needs the binary (./lob --build-only) and
the recording usdm_btcusdt_20240808 (tests/data or LOB_CAPTURES); nothing else should run meanwhile.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEN = "BTCUSDT,ETHUSDT,BNBUSDT,ADAUSDT,SOLUSDT,XRPUSDT,DOTUSDT,DOGEUSDT,AVAXUSDT,POLUSDT"
RECORDING = "binance/usdm_btcusdt_20240808.rec.gz"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few seconds each: a trial whose figures mean nothing")
    options = parser.parse_args()
    seconds, minute = (5, 5) if options.quick else (20, 60)
    lob = subprocess.run([ROOT / "lob", "--build-only"], check=True, capture_output=True, text=True).stdout.strip()
    runs = []
    sim = ["--venue", "binance-spot", "--symbol", f"binance-spot:{TEN}"]
    runs.append(measure(lob, "ten symbols, depth@100ms and bookTicker", sim, "binance-spot", TEN, "depth@100ms,bookTicker", 1, seconds))
    recording = find(RECORDING)
    if recording:
        # 345 s of market: a hundred times as fast it is over in three and a half.
        for speed, length in ((1, seconds), (10, seconds), (100, 3)):
            sim = ["--venue", "binance-usdm", "--recording", f"binance-usdm:{recording}"]
            what = f"recording usdm_btcusdt_20240808 at {speed}x"
            runs.append(measure(lob, what, sim, "binance-usdm", "BTCUSDT", "depth@0ms,bookTicker,trade", speed, length))
    else:
        print(f"skipped: recording not present: {RECORDING}", file=sys.stderr)
    for speed in (100, 200, 400, 800):
        sim = ["--venue", "binance-spot", "--symbol", f"binance-spot:{TEN}"]
        runs.append(measure(lob, f"ten symbols at {speed}x", sim, "binance-spot", TEN, "depth@100ms,bookTicker", speed, minute))
    version = subprocess.run([lob, "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[:2]
    result = {"machine": {"processor": processor(), "cores": os.cpu_count(), "kernel": platform.release()}, "program": version, "runs": runs}
    (ROOT / "docs/performance/live.json").write_text(json.dumps(result, indent=1) + "\n")
    (ROOT / "docs/LIVE.md").write_text(page(result))


def find(name):
    folders = [ROOT / "tests/data", pathlib.Path(os.environ.get("LOB_CAPTURES", ROOT.parent / "shared/captures"))]
    return next((folder / name for folder in folders if (folder / name).exists()), None)


def processor():
    with open("/proc/cpuinfo", encoding="ascii") as info:
        return next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())


def measure(lob, what, sim_options, venue, symbols, channels, speed, seconds):
    """One run: the exchange is started, the collector runs for so many seconds, and says itself what it met; the system says what it cost."""
    folder = tempfile.mkdtemp(prefix="lob-live-")
    exchange = subprocess.Popen([lob, "sim", *sim_options, "--port", "0", "--speed", str(speed), "--json"], stdout=subprocess.PIPE, text=True)
    try:
        endpoint = json.loads(exchange.stdout.readline())[venue]
        command = [lob, "collect", "--venue", venue, "--symbol", symbols, "--channel", channels, "--depth", "1000" if venue == "binance-usdm" else "100", "--duration", f"{seconds}s", "--out", folder, "--json",
                   "--websocket", endpoint["websocket"], "--rest", endpoint["rest"]]
        collector = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        peak = 0
        cpu = 0.0
        while collector.poll() is None:
            peak = max(peak, resident(collector.pid))
            cpu = max(cpu, processor_seconds(collector.pid))
            time.sleep(0.2)
        report = json.loads(collector.stdout.read())
    finally:
        exchange.send_signal(signal.SIGTERM)
        exchange.wait()
        shutil.rmtree(folder, ignore_errors=True)
    frames = report["frames"]
    run = {
        "what": what, "speed": speed, "seconds": seconds, "frames": frames, "frames_per_second": frames / seconds, "bytes": report["bytes"],
        "gaps": report["gaps"], "rejected": report["rejected"], "back_pressure": report["back_pressure"], "latency_ns": report["latency_ns"],
        "live": sum(book["state"] == "Live" for book in report["instruments"]), "books": len(report["instruments"]),
        "cpu_share_of_a_core": cpu / seconds, "resident_bytes": peak,
    }
    print(f"{what}: {run['frames_per_second']:,.0f} frames/s, {100 * run['cpu_share_of_a_core']:.1f} % of a core, {peak >> 20} MiB, back-pressure {run['back_pressure']}", file=sys.stderr)
    return run


def resident(pid):
    """Resident memory without the journal's mapped pages, which are the file's and not the program's, bytes."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            fields = dict(line.split(":", 1) for line in status)
        return (int(fields["RssAnon"].split()[0])) << 10
    except (FileNotFoundError, ProcessLookupError, KeyError):
        return 0


def processor_seconds(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def page(result):
    machine = result["machine"]
    lines = [
        "# What live collection costs",
        "",
        "Written by `perf/live.py` from [performance/live.json](performance/live.json). Collector and local exchange run on one machine and share its cores, so at high rates the exchange is what is full first.",
        "",
        f"{machine['processor']}, {machine['cores']} cores, Linux {machine['kernel']}. {'; '.join(result['program'])}. Layout as chosen for these cores, waiting parked.",
        "",
        "Latency is from the last byte read off the socket to the frame's records in the journal. Memory is what the program holds itself (anonymous pages), without the journal's mapped pages. Back-pressure",
        "counts how often a socket had to wait for the engine.",
        "",
        "| what | seconds | frames/s | % of a core | MiB | p50 us | p99 us | p99.9 us | back-pressure | gaps | books live |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for run in result["runs"]:
        latency = run["latency_ns"]
        lines.append(
            f"| {run['what']} | {run['seconds']} | {run['frames_per_second']:,.0f} | {100 * run['cpu_share_of_a_core']:.1f} | {run['resident_bytes'] / (1 << 20):.0f} | {latency['p50'] / 1e3:.1f} | {latency['p99'] / 1e3:.1f} | "
            f"{latency['p999'] / 1e3:.1f} | {run['back_pressure']} | {run['gaps']} | {run['live']} of {run['books']} |")
    free = [run for run in result["runs"] if run["back_pressure"] == 0 and run["gaps"] == 0]
    best = max(free, key=lambda run: run["frames_per_second"])
    lines += [
        "",
        f"Highest rate of these without back-pressure and without a gap: {best['frames_per_second']:,.0f} frames/s ({best['what']}).",
        "",
        "From socket to ring a message allocates nothing, the socket library's share included, with and without TLS (`tests/Venues.Tests/AllocationTests.cs`); behind the ring nothing either",
        "(`tests/Acceptance`, allocation tests). How it behaves stands in [FEEDS.md](FEEDS.md).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
