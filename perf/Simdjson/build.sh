#!/usr/bin/env bash
# perf/Simdjson/build.sh          compiles the decoders that `lob bench` and the tests measure and compare the engine's with, where simdjson is installed.
# perf/Simdjson/build.sh --check  says by its exit code whether it is.
#
# Installs nothing. The library goes to artifacts/simdjson/, for the machine it is built on.
set -euo pipefail
here=$(cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
into=$here/../../artifacts/simdjson

if ! command -v g++ > /dev/null || ! printf '#include <simdjson.h>\n' | g++ -std=c++17 -E -x c++ - > /dev/null 2>&1; then
    echo "simdjson, or a compiler for it, is not installed: apt-get install g++ libsimdjson-dev" >&2
    exit 1
fi

if [[ ${1-} == --check ]]; then exit 0; fi

mkdir -p "$into"
g++ -std=c++17 -O3 -march=native -flto -DNDEBUG -Wall -Wextra -Wno-stringop-overread -fPIC -fvisibility=hidden -shared "$here"/*.cpp -lsimdjson -o "$into/liblob_simdjson.so.new"
mv "$into/liblob_simdjson.so.new" "$into/liblob_simdjson.so"
echo "$(readlink -f -- "$into/liblob_simdjson.so")"
