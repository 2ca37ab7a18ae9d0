(** 3.11 `no LHS model` and 3.13 `nonlocal correlations` *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Enclosures Lhs Strategies.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Section Rules.
Variables (c : centred) (F : seq family).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition no_lhs_rules : seq rule :=
  let (den, t) := over (centre_of c) in let W := table_of (common F 1) F in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "value") (fun _ => [&& 0 <? (radius_of c).2 & value_within o d den t W (radius_of c) <? 0]%ZZ);
      named (ascii "positive") (fun _ => strategy_rule o d W)].

Theorem no_lhs_sound (C : numClosedFieldType) : hold no_lhs_rules ->
  within (fun s : elements C (scenario_in c) => ~ lhs_model s).
Proof.
rewrite /no_lhs_rules /over hold_cat => /andP[ha]; rewrite !hold_cons andbT => /andP[/andP[/Z.ltb_lt d2 /Z.ltb_lt v0] hp].
have [hf as_c] := assemblage_sound C ha; split=> // s _ hb hl; have [hne _] := assemblage_nonempty ha.
have ge := lhs_value_ge0 (strategies_psd (C := C) hne hp) hl.
have := value_within_le (table_of (common F 1) F) hne hf d2 hb; rewrite (Creal_ReP _ (ger0_real ge)) => h.
have := le_trans ge h; rewrite pmulr_lge0; last first.
  by rewrite invr_gt0 mulr_gt0 //; [exact: int_of_gt0 (den_gt0 hf) | exact: int_of_gt0].
by move/le_lt_trans/(_ (int_of_lt0 C v0)); rewrite ltxx.
Qed.
End Rules.
