(** 3.10 `LHS model` and 3.12 `LHS noise robustness` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Reach Mixture Enclosures NoiseRobustness Lhs NoLhs LhsModel.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Section Model.
Variables (c : centred) (e : hidden).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition lhs_model_rules : seq rule :=
  let (den, t) := over (centre_of c) in let (denH, tH) := over (states_of e) in
  assemblage_rules o d (centre_of c) den t ++ hidden_rules o d den t (radius_of c) e denH tH.
Theorem lhs_model_sound (C : numClosedFieldType) : hold lhs_model_rules ->
  within (fun s : elements C (scenario_in c) => lhs_model s).
Proof.
rewrite /lhs_model_rules /over; set denH := common (states_of e) 1; set tH := table_of denH (states_of e).
rewrite hold_cat => /andP[ha hh]; have [hf as_c] := assemblage_sound C ha; have [hne hN] := assemblage_nonempty ha.
by split=> // s hs hb; apply: (hidden_sound hne hN hf _ hh) hb; apply: assemblage_hermitian.
Qed.
End Model.

Section Noise.
Variables (c : centred) (n : seq family) (lower upper : rational) (e : option inequality * hidden).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Local Notation mix := (mixed c n upper).
Definition lhs_lower_rules (den : Z) (t : table) (denN : Z) (tN : table) : seq rule :=
  if e.1 is Some (F, grid) then
    let W := table_of (common F 1) F in let r := radius_of c in
    [:: classical_rule o d W grid;
        named (ascii "lower") (fun _ => lower_rule o d (value_within o d den t W r) den r.2 denN tN W lower)]
  else [:: named (ascii "lower") (fun _ => (lower.1 =? 0)%ZZ)].
Definition lhs_noise_rules : seq rule :=
  let (den, t) := over (centre_of c) in let (denN, tN) := over n in let (denM, tM) := over mix in
  let (denH, tH) := over (states_of e.2) in
  assemblage_rules o d (centre_of c) den t ++ assemblage_rules o d n denN tN
  ++ named (ascii "upper") (fun _ => upper_ok c n upper denM) :: lhs_lower_rules den t denN tN
  ++ hidden_rules o d denM tM (thinner upper (radius_of c)) e.2 denH tH.

Theorem lhs_noise_sound (C : numClosedFieldType) : hold lhs_noise_rules -> meaning C (LhsNoiseRobustness c n lower upper).
Proof.
rewrite /lhs_noise_rules /over; set denH := common (states_of e.2) 1; set tH := table_of denH (states_of e.2).
rewrite !hold_cat hold_cons hold_cat => /and5P[ha hn hu hl hh].
have [hf as_c] := assemblage_sound C ha; have [hfn as_n] := assemblage_sound C hn; have [hne hN] := assemblage_nonempty ha.
split=> //; split=> // s hs hb; have [fm q0 d2 u0 u1] := upper_okP C hu; split=> [r r0 rl hS|].
  move: hl; rewrite /lhs_lower_rules; case: e.1 => [[F grid]|]; last first.
    rewrite hold_cons => /andP[/Z.eqb_eq e0 _]; move: rl; rewrite /fraction e0 mul0r => rl.
    by have := le_lt_trans r0 rl; rewrite ltxx.
  rewrite !hold_cons andbT => /andP[hp hl].
  by have := lt_le_trans (lower_sound hne hf hfn d2 hl hb r0 rl) (classical_sound hne hp hS); rewrite ltxx.
have [am as_m bm] := mixed_near hne hu as_n as_c hs hb.
by apply: (hidden_sound hne hN fm _ hh) bm; apply: assemblage_hermitian.
Qed.
End Noise.
