(** 3.11 `no LHS model` and 3.13 `nonlocal correlations` *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Enclosures Lhs Strategies Grid.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** An inequality, with the level of its grid if it is checked by one *)
Definition inequality := (seq family * option nat)%type.
Definition classical_rule (o : seq (seq nat)) (d : seq nat) (W : table) (grid : option nat) : rule :=
  if grid is Some k then named (ascii "grid") (fun _ => one_qubit d && grid_rule o k W)
  else named (ascii "positive") (fun _ => strategy_rule o d W).
Lemma classical_sound (C : numClosedFieldType) o d W grid (s : elements C (scenario_of o d)) :
  nonempty o d -> (classical_rule o d W grid).2 tt -> lhs_model s -> 0 <= 'Re (value (weight C W) s).
Proof.
case: grid => [k|] hne /=; last by move=> h; apply: lhs_value_ge0 => g; apply: strategies_psd.
case/andP => /one_qubitP e; subst d => h [L [w [r [p [w0 _ hr [p0 p1] hs]]]]].
apply: (mixed_value_ge0 w0 p0 p1 hs) => l g; exact: (grid_value hne h g (fun m => (hr l m).1)).
Qed.

Section Rules.
Variables (c : centred) (e : inequality).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition no_lhs_rules : seq rule :=
  let (den, t) := over (centre_of c) in let W := table_of (common e.1 1) e.1 in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "value") (fun _ => [&& 0 <? (radius_of c).2 & value_within o d den t W (radius_of c) <? 0]%ZZ);
      classical_rule o d W e.2].

Theorem no_lhs_sound (C : numClosedFieldType) : hold no_lhs_rules ->
  within (fun s : elements C (scenario_in c) => ~ lhs_model s).
Proof.
rewrite /no_lhs_rules /over hold_cat => /andP[ha]; rewrite !hold_cons andbT => /andP[/andP[/Z.ltb_lt d2 /Z.ltb_lt v0] hp].
have [hf as_c] := assemblage_sound C ha; split=> // s _ hb hl; have [hne _] := assemblage_nonempty ha.
have := le_trans (classical_sound hne hp hl) (value_within_le (table_of (common e.1 1) e.1) hne hf d2 hb).
rewrite pmulr_lge0; last by rewrite invr_gt0 mulr_gt0 //; [exact: int_of_gt0 (den_gt0 hf) | exact: int_of_gt0].
by move/le_lt_trans/(_ (int_of_lt0 C v0)); rewrite ltxx.
Qed.
End Rules.
