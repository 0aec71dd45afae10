#!/usr/bin/env bash
# ./test.sh  builds everything with warnings as errors, checks the formatting, builds the native binary and runs every test.
#
# The last line is `N passed, N failed` or `N passed, N failed, N skipped`; the exit code is 0 only if nothing failed.
# A build, format or publish step that fails counts as one failure.
#
# LOB_CAPTURES names the folder with the recordings (default: the first shared/captures on the way up from here).
# The tests find the binary in LOB_BINARY, and a Python with NumPy in LOB_PYTHON where there is one.
set -uo pipefail
cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" || exit 1
exec < /dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# No build node outlives this script: one would hold its output open.
export MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off

readonly TestSecondsMax=900             # a project; all of them together are meant to take minutes
readonly results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

passed=0 failed=0 skipped=0
reasons=()

# Runs one step; its output is shown only if it fails, which counts as a failure.
step() {
    local what=$1 began=$SECONDS log=$results/${1//[^a-zA-Z0-9]/-}.log
    shift
    if "$@" > "$log" 2>&1; then
        printf '%-44s ok      %3d s\n' "$what" $((SECONDS - began))
        return 0
    fi
    printf '%-44s FAILED  %3d s\n' "$what" $((SECONDS - began))
    sed 's/^/    /' "$log" | tail -n 60
    failed=$((failed + 1))
    return 1
}

finish() {
    local reason
    for reason in ${reasons[@]+"${reasons[@]}"}; do printf '%s\n' "$reason"; done
    local line="$passed passed, $failed failed"
    if ((skipped > 0)); then line+=", $skipped skipped"; fi
    printf '%s\n' "$line"
    ((failed == 0))
    exit
}

has_numpy() { "$1" -c 'import numpy' > /dev/null 2>&1; }

# A python3 earlier on the PATH may be one without NumPy, so the system's own is asked first.
find_python() {
    local python
    for python in ${LOB_PYTHON:+"$LOB_PYTHON"} /usr/bin/python3 python3; do
        if has_numpy "$python"; then
            LOB_PYTHON=$(command -v "$python")
            export LOB_PYTHON
            return 0
        fi
    done
    return 1
}

has_spin() { command -v spin > /dev/null && command -v gcc > /dev/null; }
has_node() { command -v node > /dev/null && command -v npm > /dev/null; }
has_simdjson() { perf/Simdjson/build.sh --check 2> /dev/null; }

# install WHAT PACKAGE…: tests that need what could not be installed say themselves that they are skipped.
install() {
    [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || return 1
    echo "$1 is missing: installing ${*:2} with apt-get"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${@:2}"; } >> "$results/apt.log" 2>&1
}

unset_python_and_say() {
    unset LOB_PYTHON
    reasons+=("skipped: tests that read journals with Python (no python3 with numpy: apt-get install python3-numpy)")
}

if ! command -v dotnet > /dev/null; then
    echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download"
    failed=1
    finish
fi
find_python || { install "python3 with numpy" python3-numpy && find_python; } || unset_python_and_say
has_spin || install "spin, or the compiler it needs," spin gcc libc6-dev || true
has_node || install "node with npm" nodejs npm || true
has_simdjson || install "simdjson, or a compiler for it," g++ libc6-dev libsimdjson-dev || true

step "build, warnings as errors" dotnet build Lob.Fast.sln -c Release -m:2 --nologo -v minimal || finish
step "formatting" dotnet format Lob.Fast.sln --verify-no-changes --no-restore

# Native where a linker and the native compiler's package are at hand; a native build that was begun must succeed.
if step "binary" bash -c './lob --build-only > "$0"' "$results/binary"; then
    LOB_BINARY=$(< "$results/binary")
    export LOB_BINARY
    note=$(sed -n 3p "artifacts/lob-${LOB_BUILD:-auto}.stamp")
    if [[ -n $note ]]; then
        reasons+=("skipped: native code, the acceptance tests are $note")
        skipped=$((skipped + 1))
        if [[ -z ${DOTNET_ROOT-} ]]; then
            dotnet=$(readlink -f -- "$(command -v dotnet)")
            [[ -d ${dotnet%/*}/host/fxr ]] && export DOTNET_ROOT=${dotnet%/*}
        fi
    fi
else
    unset LOB_BINARY
fi

# Decoders to compare ours with; where simdjson is not installed those tests are skipped, and say so.
if has_simdjson; then step "decoders on simdjson" perf/Simdjson/build.sh; fi

counter() { sed -n "s/.*<Counters.* $2=\"\([0-9]*\)\".*/\1/p" "$1"; }

# One line for each skipped test: its name and its reason.
skips() {
    awk '
        /<UnitTestResult / { name = ""; if (/outcome="NotExecuted"/) { name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name) } }
        name != "" && /<Message>/ {
            reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason); sub(/^skipped: /, "", reason)
            gsub(/&lt;/, "<", reason); gsub(/&gt;/, ">", reason); gsub(/&quot;/, "\"", reason); gsub(/&amp;/, "\\&", reason)
            print "skipped: " name ": " reason; name = ""
        }' "$1"
}

# test_project NAME [WHAT [FILTER]]: runs a project's tests; WHAT tells a further run of the same project from the first one.
test_project() {
    local name=$1 what=$1${2:+, $2} filter=${3:-} began=$SECONDS dll=artifacts/net10.0/bin/$1/release/$1.dll code=0
    local log=$results/${what//[^a-zA-Z0-9.]/-}.log trx=$results/${what//[^a-zA-Z0-9.]/-}.trx
    timeout -k 10 "$TestSecondsMax" dotnet test "$dll" --nologo --logger "trx;LogFileName=$trx" ${filter:+--filter "$filter"} > "$log" 2>&1 || code=$?

    local total=0 executed=0 ok=0 bad=0
    if [[ -f $trx ]]; then
        total=$(counter "$trx" total) executed=$(counter "$trx" executed) ok=$(counter "$trx" passed)
        bad=$((executed - ok))
        while IFS= read -r line; do reasons+=("$line"); done < <(skips "$trx")
    fi
    # A host that died has a bad exit code and perhaps no results: that is a failure too.
    if ((code != 0 && bad == 0)); then bad=1; fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - executed))

    local verdict=ok
    if ((bad > 0)); then verdict=FAILED; fi
    printf '%-44s %-6s  %3d s   %d passed, %d failed, %d skipped\n' "$what" "$verdict" $((SECONDS - began)) "$ok" "$bad" $((total - executed))
    if ((code == 124 || code == 137)); then echo "    stopped after $TestSecondsMax s"; fi
    if ((bad > 0)); then sed 's/^/    /' "$log" | tail -n 200; fi
}

# One project after the other: tests that count allocations or nanoseconds want the machine to themselves.
for project in tests/*.Tests/*.csproj tests/Acceptance/*.csproj; do
    name=${project##*/}
    test_project "${name%.csproj}"
done

# The same again with narrower vectors and with none, as the code runs on machines that have no more: what reads and writes bytes, and whole recordings
# through decoder, book and journal. NAME=VALUE is the runtime's switch; arm64 has no widths to choose from. Optimised code from the first call on: what the
# compiler makes wrong for a processor (it has happened: VectorDigits.IsEmpty) it makes wrong there, and which methods get that far by themselves is a matter of chance.
narrow_run() {
    local bits=$1 switch=$2 project
    export LOB_VECTOR_BITS=$bits "${switch?}" DOTNET_TieredCompilation=0
    for project in Lob.Fast.Engine.Tests Lob.Fast.Codecs.Tests Lob.Fast.Journal.Tests; do
        test_project "$project" "vectors of $bits bits"
    done
    test_project Lob.Fast.Acceptance "vectors of $bits bits" "FullyQualifiedName~JournalHashTests|FullyQualifiedName~Oracle.FuzzTests|FullyQualifiedName~MutationTests|FullyQualifiedName~WholeBookTests"
    unset LOB_VECTOR_BITS "${switch%%=*}" DOTNET_TieredCompilation
}
if [[ $(uname -m) == x86_64 ]]; then
    if grep -q avx512bw /proc/cpuinfo; then narrow_run 256 DOTNET_EnableAVX512=0; fi
    if grep -q avx2 /proc/cpuinfo; then narrow_run 128 DOTNET_EnableAVX2=0; fi
    narrow_run 0 DOTNET_EnableHWIntrinsic=0
fi

if ((passed + failed == 0)); then
    echo "no test ran"
    failed=1
fi
finish
