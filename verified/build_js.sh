#!/bin/sh
# Compile the committed OCaml source to JavaScript: sh verified/build_js.sh [OUT]
# OUT is the file to write (default: the committed exactsteer/report/verified/checker.js).
# Needs OCaml and js_of_ocaml 4.0.0 (Debian: apt-get install --no-install-recommends ocaml-nox js-of-ocaml), not Coq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../exactsteer/report/verified/checker.js}
work=$here/_build/js
mkdir -p "$work"
cp "$here"/integers.ml "$here"/js/* "$here"/extracted/checker.ml "$here"/extracted/checker.mli "$work"
# Linking asks for the name of every primitive; those of primitives.js are there in JavaScript only.
{
    ocamlrun -p
    sed -n 's|^//Provides: ||p' "$work/primitives.js"
} >"$work/primitives"
(
    cd "$work"
    ocamlc -w -a -use-prims primitives -o checker.byte big.ml integers.ml checker.mli checker.ml main.ml
    js_of_ocaml --no-source-map primitives.js checker.byte -o checker.js
)
if grep -qi '</script' "$work/checker.js"; then
    echo "$work/checker.js cannot stand in a page" >&2
    exit 1
fi
cp "$work/checker.js" "$out"
echo "built $out"
