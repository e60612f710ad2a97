#!/usr/bin/env bash
# Builds KenLM 0.3.0 (kpu/kenlm) from its source package on PyPI into .cache/kenlm/:
#   bin/{lmplz,count_ngrams,query,build_binary}   for `deno task bench`
#   venv/bin/python with the module kenlm        for tests/ngram/kenlm_exchange_test.ts
# Needs (Debian): cmake g++ time zlib1g-dev python3-venv libboost-program-options-dev
# libboost-system-dev libboost-thread-dev libboost-test-dev
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.3.0
here=$PWD/.cache/kenlm
mkdir -p "$here/bin"

[ -x "$here/venv/bin/python" ] || python3 -m venv "$here/venv"
pip=("$here/venv/bin/python" -m pip --quiet --disable-pip-version-check)
[ -f "$here/kenlm-$version.tar.gz" ] ||
  "${pip[@]}" download --no-deps --dest "$here" "kenlm==$version"

if [ ! -x "$here/bin/count_ngrams" ]; then
  tar -xzf "$here/kenlm-$version.tar.gz" -C "$here"
  cmake -S "$here/kenlm-$version" -B "$here/build" -DCMAKE_BUILD_TYPE=Release
  cmake --build "$here/build" --parallel "${JOBS:-2}" --target lmplz count_ngrams query build_binary
  cp "$here"/build/bin/{lmplz,count_ngrams,query,build_binary} "$here/bin/"
fi
"$here/venv/bin/python" -c 'import kenlm' 2>/dev/null ||
  "${pip[@]}" install "$here/kenlm-$version.tar.gz"
ls -l "$here/bin"
