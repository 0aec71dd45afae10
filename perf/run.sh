#!/usr/bin/env bash
# perf/run.sh [--only PART]… [--quick]   measures, part by part, into docs/performance/*.json; perf/report.py makes docs/PERFORMANCE.md of them.
#
# PART is one of:
#   bench          ./lob bench on every recording, native code: throughput, latencies, alternatives (simdjson where libsimdjson-dev is installed)
#   jit            the same under the JIT (perf/WireToDecision)
#   instructions   instructions of decoding; needs valgrind or hardware counters, and builds LOB_BUILD=travel, without AVX-512
#   growth         generated markets: 1 to 2,000 instruments, 10 to 50,000 levels
#   rings          hand-over between threads (perf/Micro)
#   books          levels alone (perf/Books), under the JIT and as native code
#   append         records into mapped pages, files and the journal (perf/Micro)
#   journal        growth of a journal to several GB: book, verify, convert (perf/Growth)
#   methods        single methods (BenchmarkDotNet, short job)
#   report         docs/PERFORMANCE.md and its charts; charts need matplotlib (apt-get install python3-matplotlib)
#
# Without --only all of them run, about a quarter of an hour; nothing else should run meanwhile. What cannot run says why and is left out.
# Recordings are found under LOB_CAPTURES (default: the first shared/captures on the way up from here); without them the bundled ones are measured.
# LOB_PERFORMANCE names another folder for the JSON. --quick is a trial of the machinery: a minute or two, and figures that mean nothing.
set -uo pipefail
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
cd "$root" || exit 1
out=${LOB_PERFORMANCE:-$root/docs/performance}

only=() quick=()
while (($# > 0)); do
    case $1 in
        --only) only+=("${2-}"); shift ;;
        --quick) quick=(--quick) ;;
        --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
        *) echo "perf/run.sh: there is no option '$1'; --help lists them" >&2; exit 2 ;;
    esac
    shift
done
readonly parts=(bench jit instructions growth rings books append journal methods report)
for part in ${only[@]+"${only[@]}"}; do
    [[ " ${parts[*]} " == *" $part "* ]] || { echo "perf/run.sh: there is no part '$part'; there are: ${parts[*]}" >&2; exit 2; }
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off
mkdir -p "$out"
failed=0

say() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }
wants() { ((${#only[@]} == 0)) || [[ " ${only[*]} " == *" $1 "* ]]; }
skip() { say "skipped: $1: $2"; }

# Takes a measurement by a command that wants the file as its last argument, or prints where that is `-`. The old file stays if it fails.
measure() {
    local name=$1 began=$SECONDS into=$out/$1.json.new
    shift
    say "$name"
    if if [[ ${!#} == - ]]; then "${@:1:$#-1}" > "$into"; else "$@" "$into" > /dev/null; fi && [[ -s $into ]]; then
        python3 -m json.tool --indent 1 "$into" > "$out/$name.json"
        say "$name: $((SECONDS - began)) s"
    else
        say "$name FAILED"
        failed=1
    fi
    rm -f "$into"
}

# BenchmarkDotNet writes a file a class; this prints what matters of all of them.
methods() {
    dotnet exec "$micro" bdn --filter "$1" --job short --inProcess --exporters briefjson --artifacts "$scratch/methods" > "$scratch/methods.log" || return 1
    python3 - "$scratch"/methods/results/*-report-brief.json << 'PYTHON'
import json
import sys

methods = []
for path in sys.argv[1:]:
    for benchmark in json.load(open(path))["Benchmarks"]:
        statistics = benchmark["Statistics"]
        if statistics:
            methods.append({
                "type": benchmark["Type"], "method": benchmark["Method"], "parameters": benchmark["Parameters"], "mean_ns": statistics["Mean"],
                "error_ns": statistics["ConfidenceInterval"]["Margin"], "allocated_bytes": (benchmark.get("Memory") or {}).get("BytesAllocatedPerOperation", 0)})
print(json.dumps({"methods": methods}))
PYTHON
}

captures() {
    local folder=$root
    [[ -n ${LOB_CAPTURES-} ]] && { printf '%s\n' "$LOB_CAPTURES"; return; }
    while [[ $folder != / ]]; do
        [[ -d $folder/shared/captures ]] && { printf '%s\n' "$folder/shared/captures"; return; }
        folder=$(dirname -- "$folder")
    done
}

# One recording a venue, as VENUE:FILE; what is not there is left out.
recordings=()
folder=$(captures)
if [[ -n $folder ]]; then
    for recording in \
        binance-usdm:binance/usdm_btcusdt_20240808.rec.gz \
        binance-spot:binance/spot_btcusdt_20240808.rec.gz \
        binance-coinm:binance/coinm_btcusd_perp_20240808.rec.gz \
        bybit-linear:bybit/linear_orderbook200_4symbols_20260809.rec \
        okx:okx/books_uni-usd-swap_btc-usd-220527_20220513.rec \
        bitfinex:bitfinex/p0_len100_seqall_7pairs_20210417.rec \
        coinbase:coinbase/exchange_level2_7products_20210417.rec \
        coinbase-advanced:coinbase/advancedtrade_l2data_btc_eth_20260809.rec.gz; do
        file=$folder/${recording#*:}
        if [[ -f $file ]]; then recordings+=("${recording%%:*}:$file"); else skip "$recording" "no such file"; fi
    done
else
    say "no recordings under LOB_CAPTURES or shared/captures: the bundled ones are measured"
fi

# Built before anything is measured, so that no compiler runs beside a measurement.
prepare() {
    local project=(perf/"$1"/*.csproj)
    if [[ ! -f ${project[0]} ]]; then skip "$1" "there is no perf/$1" >&2; return 1; fi
    say "building perf/$1"
    dotnet build "${project[0]}" -c Release -v q --nologo >&2 && dotnet msbuild "${project[0]}" -p:Configuration=Release -getProperty:TargetPath && return 0
    say "perf/$1 does not build"
    failed=1
    return 1
}
# The same as native code, from whichever framework's compiler can be had; prints where the program is.
prepare_native() {
    local project=(perf/"$1"/*.csproj) framework name
    say "building perf/$1, native"
    for framework in net10.0 net9.0; do
        if dotnet publish "${project[0]}" -c Release -v q --nologo -p:LobAot=true -p:LobFramework="$framework" -o "$scratch/native/$1" > "$scratch/native.log" 2>&1; then
            name=$(dotnet msbuild "${project[0]}" -p:LobFramework="$framework" -getProperty:AssemblyName) && printf '%s\n' "$scratch/native/$1/$name" && return 0
        fi
    done
    skip "perf/$1, native" "$(grep -m 1 error "$scratch/native.log")" >&2
    return 1
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
lob= travel= jit= micro= books= books_native= growth=
if wants bench || wants jit; then log=$(perf/Simdjson/build.sh 2>&1) || skip "decoding with simdjson" "$log"; fi
if wants bench || wants growth || wants journal; then lob=$(./lob --build-only) || { say "no program to measure"; exit 1; }; fi
if wants instructions; then travel=$(LOB_BUILD=travel ./lob --build-only) || skip instructions "LOB_BUILD=travel does not build here"; fi
if wants jit; then jit=$(prepare WireToDecision); fi
if wants rings || wants append || wants methods; then micro=$(prepare Micro); fi
if wants books; then books=$(prepare Books); books_native=$(prepare_native Books); fi
if wants journal; then growth=$(prepare Growth); fi

rounds=() gigabytes=4
if ((${#quick[@]} > 0)); then rounds=(--rounds 1) gigabytes=0.25; fi

if wants bench; then measure bench-aot "$lob" bench ${recordings[@]+"${recordings[@]}"} ${quick[@]+"${quick[@]}"} --json -; fi
if [[ -n $jit ]]; then measure bench-jit dotnet exec "$jit" ${recordings[@]+"${recordings[@]}"} ${quick[@]+"${quick[@]}"} --json -; fi
if [[ -n $travel ]]; then measure instructions "$travel" bench ${recordings[@]+"${recordings[@]}"} --only instructions --json -; fi
if wants growth; then measure growth "$lob" bench --growth ${quick[@]+"${quick[@]}"} --json -; fi
if [[ -n $micro ]] && wants rings; then measure rings dotnet exec "$micro" rings ${rounds[@]+"${rounds[@]}"} --json -; fi
if [[ -n $books ]]; then
    if ((${#recordings[@]} > 0)); then
        measure books dotnet exec "$books" ${rounds[@]+"${rounds[@]}"} "${recordings[@]}" --json
        if [[ -n $books_native ]]; then measure books-aot "$books_native" ${rounds[@]+"${rounds[@]}"} "${recordings[@]}" --json; fi
    else
        skip books "no recordings"
    fi
fi
if [[ -n $micro ]] && wants append; then measure journal-append dotnet exec "$micro" journal append --folder "$scratch/append" ${rounds[@]+"${rounds[@]}"} --json; fi
if [[ -n $growth ]]; then
    # Journals are lengthened with a book whose messages name the one before.
    source=tests/data/binance/usdm_sushiusdt_20210722.rec symbol=SUSHIUSDT
    if [[ -n $folder && -f $folder/binance/usdm_btcusdt_20240808.rec.gz ]]; then source=$folder/binance/usdm_btcusdt_20240808.rec.gz symbol=BTCUSDT; fi
    measure journal-growth dotnet exec "$growth" "$lob" "$source" "$symbol" "$scratch/growth" "$gigabytes"
fi
if [[ -n $micro ]] && wants methods; then
    filter='*'
    if ((${#quick[@]} > 0)); then filter='*Histogram*'; fi
    measure methods methods "$filter" -
fi
if wants report; then
    python=python3
    [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
    "$python" perf/report.py || failed=1
fi
exit "$failed"
