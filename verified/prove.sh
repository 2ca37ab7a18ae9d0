#!/bin/sh
# Let Coq check the theory and extract the checker again: sh verified/prove.sh [THEORY] [OUT]
# THEORY is a folder in which the theory of exactsteer/formal is built already; without it that is built too.
# The extracted files are left in OUT (default: verified/_build/proof); they must be those in verified/extracted.
# Needs Coq 8.16 with Mathematical Components (exactsteer/formal/README.md).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${2:-$here/_build/proof}
mkdir -p "$out"
out=$(cd "$out" && pwd)
quiet=-notation-overridden,-ambiguous-paths,-redundant-canonical-projection,-projection-no-head-constant,-extraction-opaque-accessed
if [ -n "${1:-}" ]; then
    theory=$(cd "$1" && pwd)
else
    theory=$out-theory
    mkdir -p "$theory"
    cp "$here"/../exactsteer/formal/*.v "$theory"
    for module in $(sed -n 's/\.v$//p' "$here/../exactsteer/formal/_CoqProject" | grep -v ^Big); do
        (cd "$theory" && coqc -w "$quiet" -Q . Exactsteer "$module.v")
    done
fi
cp "$here"/theories/*.v "$out"
cd "$out"
for module in $(sed -n 's/\.v$//p' "$here/theories/_CoqProject"); do
    coqc -w "$quiet" -Q "$theory" Exactsteer -Q . Verified "$module.v" >"$module.said"
done
if [ "$(cat Verify.said)" != "Closed under the global context" ]; then
    echo "verify_sound rests on more than Coq:" >&2
    cat Verify.said >&2
    exit 1
fi
for file in checker.ml checker.mli; do
    if ! cmp -s "$file" "$here/extracted/$file"; then
        echo "$out/$file differs from the committed verified/extracted/$file" >&2
        exit 1
    fi
done
echo "verify_sound: Closed under the global context; the extracted checker is the committed one"
