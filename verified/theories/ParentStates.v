(** 3.2 `parent states` *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Gauss Digits Check Literals.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Reach Ghjw Joint.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Lemma parent_states_above (C : numClosedFieldType) (T : scenario) (s : elements C T) :
  (exists S, joint_above (fraction C (0, 1)%ZZ) s S) -> has_parent_states s.
Proof.
case=> S [h1 h2 h3]; exists S; split=> // x a; apply: psd_eq (h1 x a) => f g.
by rewrite /fraction mul0r mul0r subr0.
Qed.

(** With one Alice they make a quantum realisation. *)
Lemma parent_states_quantum (C : numClosedFieldType) o d (s : elements C (scenario_of o d)) :
  nonempty o d -> (0 < size d)%N -> size o = 1%N -> assemblage s -> has_parent_states s -> quantum s.
Proof.
move=> hne hN h1 hs [S hS]; have ha : (0 < size o)%N by rewrite h1.
have only (j : 'I_(alices (scenario_of o d))) : j = Ordinal ha.
  have : (j < 1)%N by rewrite -h1; apply: ltn_ord.
  by rewrite ltnS leqn0 => /eqP e; apply: val_inj.
have pos (j : 'I_(alices (scenario_of o d))) : (0 < settings j)%N.
  by case/and3P: hne => /(all_nthP 0%N) h _ _; have := h j; rewrite size_map (nth_map [::]) //; apply.
by apply: (ghjw (Ordinal hN : 'I_(bobs (scenario_of o d))) only [ffun j => Ordinal (pos j)] hs hS).
Qed.

Section Rules.
Variables (c : centred) (S : family).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition parent_states_rules : seq rule :=
  let (den, t) := over (centre_of c) in let (denS, M) := joint_table S in
  assemblage_rules o d (centre_of c) den t ++ joint_rules o d den t denS M (radius_of c) (0, 1)%ZZ.

Theorem parent_states_sound (C : numClosedFieldType) : hold parent_states_rules -> meaning C (ParentStates c).
Proof.
rewrite /parent_states_rules /over; case: (joint_table S) => denS M.
rewrite hold_cat => /andP[ha hj]; have [hf as_c] := assemblage_sound C ha; split=> // s hs hb.
have [hne hN] := assemblage_nonempty ha.
have hS := parent_states_above (joint_sound hne hN hf as_c hj hs hb).
by split=> // h1; apply: parent_states_quantum hS.
Qed.
End Rules.
