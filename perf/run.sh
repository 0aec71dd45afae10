#!/usr/bin/env bash
# perf/run.sh [--only PART]… [--quick]   measures, part by part, into docs/performance/*.json; perf/report.py makes docs/PERFORMANCE.md of them.
#
# PART is one of:
#   bench          ./lob bench on every recording, native code: throughput, latencies, alternatives
#   jit            the same under the JIT (perf/WireToDecision)
#   instructions   instructions of decoding; needs valgrind or hardware counters, and builds `LOB_BUILD=travel`, without AVX-512
#   growth         generated markets: 1 to 2,000 instruments, 10 to 50,000 levels
#   micro          the harnesses of perf/Micro: rings, books, journal
#   methods        single methods (BenchmarkDotNet, short job)
#   journal        growth of a journal: book, verify, convert
#   report         docs/PERFORMANCE.md and its charts; charts need matplotlib (apt-get install python3-matplotlib)
#
# Without --only all of them run, about a quarter of an hour; nothing else should run meanwhile. What cannot run says why and is left out, its old file too.
# Recordings are found under LOB_CAPTURES (default: the first shared/captures on the way up from here); without them the bundled ones are measured.
# --quick is a trial of the machinery: seconds, and figures that mean nothing.
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
readonly parts=(bench jit instructions growth micro methods journal report)
for part in ${only[@]+"${only[@]}"}; do
    [[ " ${parts[*]} " == *" $part "* ]] || { echo "perf/run.sh: there is no part '$part'; there are: ${parts[*]}" >&2; exit 2; }
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off
mkdir -p "$out"
failed=0

say() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }
wants() { ((${#only[@]} == 0)) || [[ " ${only[*]} " == *" $1 "* ]]; }
skip() { say "skipped: $1: $2"; }

# Runs a command into a file of its own name; the old one stays if it fails.
measure() {
    local name=$1 began=$SECONDS
    shift
    say "$name"
    if "$@" > "$out/$name.json.new" && [[ -s $out/$name.json.new ]]; then
        python3 -m json.tool --indent 1 "$out/$name.json.new" > "$out/$name.json"
        say "$name: $((SECONDS - began)) s"
    else
        say "$name FAILED"
        failed=1
    fi
    rm -f "$out/$name.json.new"
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
project() { printf 'perf/%s/Lob.Fast.%s.csproj\n' "$1" "$1"; }
built() { printf '%s/artifacts/net10.0/bin/Lob.Fast.%s/release/Lob.Fast.%s.dll\n' "$root" "$1" "$1"; }
have() { [[ -f $(project "$1") ]]; }
prepare() {
    if ! have "$1"; then skip "$2" "there is no perf/$1"; return 1; fi
    say "building perf/$1"
    dotnet build "$(project "$1")" -c Release -v q --nologo >&2 && return 0
    failed=1
    return 1
}
lob= travel= jit= micro= journal=
if wants bench || wants growth || wants journal; then lob=$(./lob --build-only) || { say "no program to measure"; exit 1; }; fi
if wants instructions; then travel=$(LOB_BUILD=travel ./lob --build-only) || skip instructions "LOB_BUILD=travel does not build here"; fi
if wants jit; then prepare WireToDecision jit && jit=$(built WireToDecision); fi
if wants micro || wants methods; then prepare Micro micro && micro=$(built Micro); fi
if wants journal; then prepare Growth journal && journal=$(built Growth); fi

if wants bench; then measure bench-aot "$lob" bench "${recordings[@]+"${recordings[@]}"}" "${quick[@]+"${quick[@]}"}" --json; fi
if [[ -n $jit ]]; then measure bench-jit dotnet exec "$jit" "${recordings[@]+"${recordings[@]}"}" "${quick[@]+"${quick[@]}"}" --json; fi
if [[ -n $travel ]]; then measure instructions "$travel" bench "${recordings[@]+"${recordings[@]}"}" --only instructions --json; fi
if wants growth; then measure growth "$lob" bench --growth "${quick[@]+"${quick[@]}"}" --json; fi
if [[ -n $micro ]] && wants micro; then
    for harness in rings books journal; do measure "micro-$harness" dotnet exec "$micro" "$harness" "${quick[@]+"${quick[@]}"}" --json; done
fi
if [[ -n $journal ]]; then measure journal-growth dotnet exec "$journal" --lob "$lob" "${quick[@]+"${quick[@]}"}" --json; fi
if wants report; then
    python=python3
    [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
    "$python" perf/report.py || failed=1
fi
exit "$failed"
