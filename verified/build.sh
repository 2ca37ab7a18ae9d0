#!/bin/sh
# Build the native checker from the committed OCaml source: sh verified/build.sh [OUT]
# OUT is where it is built (default: verified/_build/native).
# Needs OCaml and zarith (Debian: apt-get install ocaml-nox libzarith-ocaml-dev), not Coq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/_build/native}
mkdir -p "$out"
cp "$here"/integers.ml "$here"/native/*.ml "$here"/extracted/checker.ml "$here"/extracted/checker.mli "$out"
cd "$out"
# Warnings are about the style of generated code.
if command -v ocamlfind >/dev/null; then
    compile() { ocamlfind ocamlopt -package zarith -linkpkg "$@"; }
else
    compile() { ocamlopt -I +zarith zarith.cmxa "$@"; }
fi
compile -w -a big.ml integers.ml checker.mli checker.ml main.ml -o exactsteer-verified
echo "built $out/exactsteer-verified"
