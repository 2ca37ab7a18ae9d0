(** Reading the evidence of 3.3 *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read Realisation.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Definition naturals_at (low high : Z) (j : json) : option nat :=
  obind (fun z => if between low high z then Some (Z.to_nat z) else None) (integer_at j).
Definition term_at (A D : nat) (j : json) : option term :=
  match fields [:: ascii "psi"] j, fields [:: ascii "E"; ascii "flag"] j, fields [:: ascii "R"] j with
  | Some [:: jp], _, _ => omap Vector (matrix_at A D jp)
  | _, Some [:: je; jf], _ =>
      if (matrix_at D D je, naturals_at 0 (Z.of_nat A - 1)%ZZ jf) is (Some E, Some i) then Some (Flagged E i) else None
  | _, _, Some [:: jr] => omap Whole (matrix_at (A * D) (A * D) jr)
  | _, _, _ => None
  end.
(** The names "a|x" of one Alice's own outcomes and settings *)
Definition effect_labels (r : seq nat) : seq (seq bytes) :=
  [seq [seq write_nat a ++ x7c :: write_nat x | a <- iota 0 (nth 0 r x)] | x <- iota 0 (size r)].
Definition realisation_at (c : centred) (j : json) : option realisation :=
  let o := outcomes_of c in let d := dims_of c in
  if fields [:: ascii "systems"; ascii "state"; ascii "M"] j is Some [:: js; jt; jM] then
    if list_of (naturals_at 1 512) js is Some h then
      let A := product (map Z.of_nat h) in
      if (size h == size o) && (A * product (map Z.of_nat d) <=? 1024)%ZZ then
        let A := card h in let D := card d in
        if (list_of (term_at A D) jt, families_at (zip h (map effect_labels o)) jM) is (Some ts, Some M)
        then Some (Realisation h ts M) else None
      else None
    else None
  else None.
