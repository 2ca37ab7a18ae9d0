#!/bin/sh
# Let Coq check the theory and extract the checker again: sh verified/prove.sh [THEORY] [OUT]
# THEORY is a folder in which the theory of exactsteer/formal is built already; without it that is built too.
# OUT (default: verified/_build/proof) keeps what was built: only what changed, and what may depend on it, is built anew.
# The extracted files are left in OUT; they must be those in verified/extracted, and so must the JavaScript that
# js_of_ocaml makes of them, where that is installed. To commit others: cp OUT/checker.ml* verified/extracted;
# sh verified/build_js.sh
# Needs Coq 8.16 with Mathematical Components (exactsteer/formal/README.md).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${2:-$here/_build/proof}
mkdir -p "$out"
out=$(cd "$out" && pwd)
quiet=-notation-overridden,-ambiguous-paths,-redundant-canonical-projection,-projection-no-head-constant,-extraction-opaque-accessed
changed=

# Compile the module $1 of the folder $2 here, with the options that follow.
compile() {
    module=$1 folder=$2
    shift 2
    if [ -z "$changed" ] && cmp -s "$folder/$module.v" "$module.v" && [ -e "$module.done" ]; then
        return
    fi
    changed=yes
    rm -f "$module.done"
    cp "$folder/$module.v" .
    coqc -w "$quiet" "$@" "$module.v" >"$module.said"
    touch "$module.done"
}

if [ -n "${1:-}" ]; then
    theory=$(cd "$1" && pwd)
    # What was built on another theory is of no use.
    if [ "$(cat "$out/theory.path" 2>/dev/null)" != "$theory" ]; then changed=yes; fi
else
    theory=$out-theory
    mkdir -p "$theory"
    cd "$theory"
    for module in $(sed -n 's/\.v$//p' "$here/../exactsteer/formal/_CoqProject"); do
        compile "$module" "$here/../exactsteer/formal" -Q . Exactsteer
    done
fi
cd "$out"
for module in $(sed -n 's/\.v$//p' "$here/theories/_CoqProject"); do
    compile "$module" "$here/theories" -Q . Verified -Q "$theory" Exactsteer
done
echo "$theory" >theory.path
for module in Verify RoundTrip; do
    if [ "$(sort -u $module.said)" != "Closed under the global context" ]; then
        echo "a theorem of $module.v rests on more than Coq:" >&2
        cat $module.said >&2
        exit 1
    fi
done
same() {
    if ! cmp -s "$1" "$2"; then
        echo "$1 differs from the committed $2" >&2
        exit 1
    fi
}
same "$out/checker.ml" "$here/extracted/checker.ml"
same "$out/checker.mli" "$here/extracted/checker.mli"
if command -v js_of_ocaml >/dev/null; then
    sh "$here/build_js.sh" "$out/checker.js" >/dev/null
    same "$out/checker.js" "$here/../exactsteer/report/verified/checker.js"
    also=", in OCaml and in JavaScript"
fi
echo "verify_sound and the round trip: Closed under the global context; the extracted checker is the committed one${also:-}"
