(** 3.4 `noise robustness` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre NoParentStates Reach Joint ParentStates Mixture Enclosures.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** An inequality with a value A < 0 within the radius excludes mixtures with less than lo of the noise. *)
Lemma mixture_value_lt0 (C : numClosedFieldType) (T : scenario) (W n s : elements C T) (A lo r : C) :
  'Re (value W s) <= A -> A < 0 -> lo * 'Re (value W n) + (1 - lo) * A <= 0 -> 0 <= r -> r < lo -> lo <= 1 ->
  'Re (value W (mixture C T r n s)) < 0.
Proof.
move=> hs hA hlo r0 rlo lo1; have lo0 : 0 < lo by apply: le_lt_trans rlo.
have rr := ger0_real r0; have r1 : 0 < 1 - r by rewrite subr_gt0 (lt_le_trans rlo).
rewrite mixture_value raddfD /= !ReM !(Creal_ReP _ rr) !(Creal_ImP _ rr) mul0r subr0.
have r1r := ger0_real (ltW r1); rewrite (Creal_ReP _ r1r) (Creal_ImP _ r1r) mul0r subr0.
apply: le_lt_trans (_ : r * 'Re (value W n) + (1 - r) * A < 0).
  by rewrite ler_add2l ler_wpmul2l // ltW.
have -> : r * 'Re (value W n) + (1 - r) * A = (1 - r / lo) * A + r / lo * (lo * 'Re (value W n) + (1 - lo) * A).
  by field; apply: lt0r_neq0.
apply: (@le_lt_trans _ _ ((1 - r / lo) * A)); first by rewrite ger_addl mulr_ge0_le0 // divr_ge0 // ltW.
by rewrite pmulr_rlt0 // subr_gt0 ltr_pdivr_mulr // mul1r.
Qed.

(** (1 - r) delta *)
Definition thinner (r delta : rational) : rational := (((r.2 - r.1) * delta.1)%ZZ, (r.2 * delta.2)%ZZ).
Lemma fraction_thinner (C : numClosedFieldType) r delta : (0 < r.2)%ZZ -> (0 < delta.2)%ZZ ->
  fraction C (thinner r delta) = (1 - fraction C r) * fraction C delta.
Proof.
move=> /(int_of_gt0 C)/lt0r_neq0 q0 /(int_of_gt0 C)/lt0r_neq0 d0; rewrite /fraction !int_of_mul int_of_sub.
by field; rewrite q0 d0.
Qed.

(** The rules `value` and `lower` for an inequality with the value v = I + delta B over den q at the centre *)
Definition lower_rule (o : seq (seq nat)) (d : seq nat) (v den q denN : Z) (tN W : table) (lo : rational) : bool :=
  [&& v <? 0, 0 <? lo.2, lo.1 <=? lo.2 &
      lo.1 * (steering_value o d W tN).1 * (den * q) + (lo.2 - lo.1) * v * denN <=? 0]%ZZ.
Lemma lower_sound (C : numClosedFieldType) o d (fam famN : seq family) W delta lo (s : elements C (scenario_of o d)) r :
  let T := scenario_of o d in
  let den := common fam 1 in let denN := common famN 1 in
  nonempty o d -> fits den fam -> fits denN famN -> (0 < delta.2)%ZZ ->
  lower_rule o d (value_within o d den (table_of den fam) W delta) den delta.2 denN (table_of denN famN) W lo ->
  ball (fraction C delta) (elements_of C T fam) s -> 0 <= r -> r < fraction C lo ->
  'Re (value (weight C W) (mixture C T r (elements_of C T famN) s)) < 0.
Proof.
move=> T den denN hne hf hN d2 /and4P[/Z.ltb_lt v0 /Z.ltb_lt q0 /Z.leb_le lo1 /Z.leb_le hl] hb r0 rlo.
have dC := int_of_gt0 C d2; have DC := int_of_gt0 C (den_gt0 hf); have NC := int_of_gt0 C (den_gt0 hN); have qC := int_of_gt0 C q0.
have Dd : 0 < int_of C den * int_of C delta.2 by rewrite mulr_gt0.
have valN : 'Re (value (weight C W) (elements_of C T famN)) = int_of C (steering_value o d W (table_of denN famN)).1 / int_of C denN.
  rewrite -(Re_value_literal C W hne denN (table_of denN famN)); congr ('Re _).
  apply: eq_bigr => x _; apply: eq_bigr => a _; apply: eq_bigr => k _; apply: eq_inner => // i j.
  by rewrite data_table.
apply: mixture_value_lt0 (value_within_le W hne hf d2 hb) _ _ r0 rlo _.
- by rewrite pmulr_llt0 ?invr_gt0 // int_of_lt0.
- have := int_of_le C hl; rewrite valN int_of_add !int_of_mul int_of_sub -[int_of C 0%ZZ]/0 => h.
  rewrite -(pmulr_lle0 _ (mulr_gt0 qC (mulr_gt0 Dd NC))); apply: le_trans h; rewrite /fraction.
  rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite -/den; field.
  by rewrite !lt0r_neq0.
by rewrite /fraction ler_pdivr_mulr // mul1r int_of_le.
Qed.

Section Rules.
Variables (c : centred) (n : seq family) (lower upper : rational) (e : option (seq family * seq family) * family).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
(** The parts of an enclosure that do not depend on the property *)
Definition mixed : seq family := mix_families o d upper n (centre_of c).
Definition upper_ok (den : Z) : bool :=
  [&& 0 <? upper.2, 0 <=? upper.1, upper.1 <=? upper.2, 0 <? (radius_of c).2 & 0 <=? (radius_of c).1]%ZZ && fits den mixed.
Definition lower_rules (den : Z) (t : table) (denN : Z) (tN : table) : seq rule :=
  if e.1 is Some m then
    let (W, V) := multiplier_tables m in let r := radius_of c in
    [:: named (ascii "balance") (fun _ => check_V o d V);
        named (ascii "positive") (fun _ => events o (fun x a => positive (card d) (dual_matrix o d W V x a)));
        named (ascii "lower") (fun _ => lower_rule o d (value_within o d den t W r) den r.2 denN tN W lower)]
  else [:: named (ascii "lower") (fun _ => (lower.1 =? 0)%ZZ)].
Definition noise_robustness_rules : seq rule :=
  let (den, t) := over (centre_of c) in let (denN, tN) := over n in let (denM, tM) := over mixed in
  let (denS, M) := joint_table e.2 in
  assemblage_rules o d (centre_of c) den t ++ assemblage_rules o d n denN tN
  ++ named (ascii "upper") (fun _ => upper_ok denM) :: lower_rules den t denN tN
  ++ joint_rules o d denM tM denS M (thinner upper (radius_of c)) (0, 1)%ZZ.

Lemma upper_okP (C : numClosedFieldType) : upper_ok (common mixed 1) ->
  [/\ fits (common mixed 1) mixed, (0 < upper.2)%ZZ, (0 < (radius_of c).2)%ZZ, 0 <= fraction C upper & fraction C upper <= 1].
Proof.
case/andP => /and5P[/Z.ltb_lt q0 /Z.leb_le p0 /Z.leb_le pq /Z.ltb_lt d2 _] hf; have qC := int_of_gt0 C q0.
split=> //; first by rewrite /fraction divr_ge0 ?(ltW qC) // int_of_ge0.
by rewrite /fraction ler_pdivr_mulr // mul1r int_of_le.
Qed.
(** The mixture of the file's matrices is that of the elements, and near it are the mixtures near the centre. *)
Lemma mixed_near (C : numClosedFieldType) (s : elements C (scenario_in c)) :
  let T := scenario_of o d in
  nonempty o d -> upper_ok (common mixed 1) -> assemblage (elements_of C T n) -> assemblage (elements_of C T (centre_of c)) ->
  assemblage s -> ball (fraction C (radius_of c)) (centre_in C c) s ->
  [/\ assemblage (elements_of C T mixed), assemblage (mixture C T (fraction C upper) (elements_of C T n) s)
    & ball (fraction C (thinner upper (radius_of c))) (elements_of C T mixed) (mixture C T (fraction C upper) (elements_of C T n) s)].
Proof.
move=> T hne /(upper_okP C)[hf q0 d2 u0 u1] hn hc hs hb.
have E k x a i j := mix_families_data C hne q0 hf (k := k) (x := x) a i j.
split; last 1 first.
- apply: (ball_centre' (fun k x a i j => E k x a i j)); rewrite (fraction_thinner C q0 d2).
  exact: mixture_ball.
- apply: (assemblage_same (fun k x a i j => esym (E k x a i j))); exact: mixture_assemblage.
exact: mixture_assemblage.
Qed.

Theorem noise_robustness_sound (C : numClosedFieldType) :
  hold noise_robustness_rules -> meaning C (NoiseRobustness c n lower upper).
Proof.
rewrite /noise_robustness_rules /over; case: (joint_table e.2) => denS M.
rewrite !hold_cat hold_cons hold_cat => /and5P[ha hn hu hl hj].
have [hf as_c] := assemblage_sound C ha; have [hfn as_n] := assemblage_sound C hn; have [hne hN] := assemblage_nonempty ha.
split=> //; split=> // s hs hb; have [fm q0 d2 u0 u1] := upper_okP C hu; split=> [r r0 rl [S hS]|].
  move: hl; rewrite /lower_rules; case: e.1 => [m|]; last first.
    rewrite hold_cons => /andP[/Z.eqb_eq e0 _]; move: rl; rewrite /fraction e0 mul0r => rl.
    by have := le_lt_trans r0 rl; rewrite ltxx.
  case: (multiplier_tables m) => W V; rewrite !hold_cons andbT => /and3P[hV hP hl].
  have := steering_inequality (C := C) hne hV (events_found hP) hS; apply/negP.
  have hneg := lower_sound hne hf hfn d2 hl hb r0 rl.
  apply/negP => ge; have := ger0_real ge => rv; move: hneg; rewrite (Creal_ReP _ rv) => hneg.
  by have := lt_le_trans hneg ge; rewrite ltxx.
have [am as_m bm] := mixed_near hne hu as_n as_c hs hb.
exact: parent_states_above (joint_sound hne hN fm am hj as_m bm).
Qed.
End Rules.
