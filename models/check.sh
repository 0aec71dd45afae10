#!/usr/bin/env bash
# models/check.sh  runs every model exhaustively, and with each planted fault, which must be found.
#
# Needs spin and gcc. One line a run: model, run, fault, states, what was found. The last line counts; the exit code is 0 only if the models hold and every
# fault was found. What is run stands at the head of each model: lines `RUN name` and `FAULT_NAME name`.
set -uo pipefail
cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" || exit 1

readonly DepthMax=100000        # steps of one path; a path that is cut off counts as a failure
readonly HashBits=24            # 16 Mi entries: the largest run has some 2 Mi states
readonly MegabytesMax=4000

for program in spin gcc; do
    command -v "$program" > /dev/null || { echo "$program is needed: apt-get install spin gcc"; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DepthMax HashBits MegabytesMax work

# Compiled without optimisation: most of the time goes into the compiler.
run() {
    local model=$1 name=$2 fault=$3 folder=$work/$1-$2-$3
    local defines=("-D$name")
    [[ $fault == none ]] || defines+=("-D$fault")
    mkdir "$folder" && cd "$folder" || return 1
    if ! { spin -a "${defines[@]}" "$OLDPWD/$model.pml" && gcc -O0 -w -DSAFETY -DCOLLAPSE "-DMEMLIM=$MegabytesMax" -o pan pan.c; } > build.log 2>&1; then
        printf '%-8s %-7s %-30s FAILED: it does not build\n' "$model" "$name" "$fault"
        cat build.log
        return 1
    fi
    ./pan "-m$DepthMax" "-w$HashBits" > pan.log 2>&1
    local states found verdict=ok
    states=$(awk '/states, stored/ { print $1 }' pan.log)
    found=$(sed -n 's/^pan:[0-9]*: \(assertion violated\|invalid end state\|[a-z ]*\).*/\1/p' pan.log | head -n 1)
    if ! grep -q 'errors: ' pan.log || grep -qE 'max search depth too small|out of memory|Search not completed' pan.log && [[ $fault == none ]]; then
        verdict="FAILED: not exhaustive"
    elif [[ $fault == none ]]; then
        [[ -z $found ]] || verdict="FAILED: $found"
    elif [[ -z $found ]]; then
        verdict="FAILED: not found"
    else
        verdict="found: ${found/invalid end state/deadlock}"
    fi
    printf '%-8s %-7s %-30s %9s states  %s\n' "$model" "$name" "$fault" "$states" "$verdict"
    [[ $verdict != FAILED* ]]
}
export -f run

for model in ring journal; do
    awk -v model="$model" '$1 == "*" && $2 == "RUN" { print model, $3, "none" } $1 == "*" && $2 ~ /^FAULT_/ { print model, $3, $2 }' "$model.pml"
    # A fault that is in the text and not in the list would never be run.
    for fault in $(grep -oE '#if(n?)def FAULT_[A-Z_]+' "$model.pml" | grep -oE 'FAULT_[A-Z_]+' | sort -u); do
        grep -q "^ \*   $fault " "$model.pml" || echo "$model unlisted $fault"
    done
done > "$work/runs"

xargs -P "$(nproc)" -L 1 bash -c 'run "$@"' run < "$work/runs" | tee "$work/lines"
runs=$(wc -l < "$work/runs") bad=$(grep -c FAILED "$work/lines")
good=$(($(grep -cE 'states  (ok|found: )' "$work/lines")))
echo "$good of $runs runs as they must be"
((good == runs && bad == 0))
