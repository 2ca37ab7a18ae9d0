#!/bin/sh
# Let Coq itself run `verify` on the very bytes of a proof file: sh verified/in_coq.sh PROOF [BUILT] [THEORY]
# BUILT is the folder in which prove.sh has left the theory (default: verified/_build/proof), THEORY the one of
# exactsteer/formal (default: BUILT-theory). Coq prints the statement that it has proved, and what that rests on.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
built=${2:-$here/_build/proof}
theory=${3:-$built-theory}
{
    echo 'From Coq Require Import Strings.Byte Strings.String.'
    echo 'From mathcomp Require Import all_ssreflect all_algebra.'
    echo 'From Verified Require Import Json Meaning Verify.'
    echo 'Definition file : bytes := flatten [::'
    od -An -v -w64 -tx1 "$1" | sed 's/ \(..\)/; x\1/g; s/^; /  [:: /; s/$/];/' | sed '$ s/;$//'
    echo '].'
    echo 'Definition text : bytes := Eval vm_compute in (if verify file is Some t then t else [::]).'
    echo 'Lemma checked : verify file = Some text.'
    echo 'Proof. by vm_cast_no_check (erefl (Some text)). Qed.'
    echo 'Theorem proved (C : numClosedFieldType) : states C text.'
    echo 'Proof. exact: verify_sound checked. Qed.'
    echo 'Check proved.'
    echo 'Compute string_of_list_byte text.'
    echo 'Print Assumptions proved.'
} >"$built/ProofFile.v"
cd "$built"
coqc -w none -Q . Verified -Q "$theory" Exactsteer ProofFile.v
