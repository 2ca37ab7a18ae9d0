(** 3.1 `no parent states` *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Gauss Digits Check Verdicts.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre CommutingParents.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Section Dual.
Variables (o : seq (seq nat)) (d : seq nat).
(** Multipliers over one common denominator, which may be left out: the rules are homogeneous in them. *)
Definition multiplier_tables (e : seq family * seq family) : table * table :=
  let den := common e.1 (common e.2 1) in (table_of den e.1, table_of den e.2).
Definition dual_rules (den : Z) (t : table) (r : rational) (W V : table) : seq rule :=
  [:: named (ascii "value") (fun _ => check_value o d den r.1 r.2 t W);
      named (ascii "balance") (fun _ => check_V o d V);
      named (ascii "positive") (fun _ => events o (fun x a => positive (card d) (dual_matrix o d W V x a)))].
Lemma dual_checked den t r W V : nonempty o d -> hold (dual_rules den t r W V) ->
  exists P, check_dual o d den r.1 r.2 t W V P.
Proof.
move=> hne; rewrite !hold_cons /= andbT => /and3P[hv hb hp]; exists (found_all o (card d) (dual_matrix o d W V)).
by rewrite /check_dual hne hv hb events_found.
Qed.
End Dual.

Definition no_parent_states_rules (c : centred) (e : seq family * seq family) : seq rule :=
  let o := outcomes_of c in let d := dims_of c in
  let (den, t) := over (centre_of c) in
  let (W, V) := multiplier_tables e in
  assemblage_rules o d (centre_of c) den t ++ dual_rules o d den t (radius_of c) W V.

Theorem no_parent_states_sound (C : numClosedFieldType) c e :
  hold (no_parent_states_rules c e) -> meaning C (NoParentStates c).
Proof.
rewrite /no_parent_states_rules /over; case: (multiplier_tables e) => W V.
rewrite hold_cat => /andP[ha hd]; have [hf as_c] := assemblage_sound C ha; split=> // s _ hb.
have hne : nonempty (outcomes_of c) (dims_of c).
  by move: ha; rewrite hold_cons => /andP[/andP[_ /andP[]]].
have [P hP] := dual_checked hne hd.
have hb' := ball_centre' (fun k x a i j => data_table C hf a i j) hb.
have hn : ~ has_parent_states s by exact: no_parent_states hP s hb'.
by split=> //; exact: no_parents_not_quantum.
Qed.
