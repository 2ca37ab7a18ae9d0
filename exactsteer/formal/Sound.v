(** What a passed check implies. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Lemma inner_literal (C : numClosedFieldType) (I : finType) n (code : I -> nat) (A B : matrix) (c : C) :
  (forall F : nat -> C, \sum_i F (code i) = \sum_(p < n) F p) ->
  inner (fun i j => number C (entry A (code i) (code j))) (fun i j => number C (entry B (code i) (code j)) / c)
  = number C (inner_product n A B) / c.
Proof.
move=> sum_code; rewrite /inner /inner_product number_gsum_iota mulr_suml.
rewrite -(sum_code (fun p => number C (gsum [seq gmul (entry A p j) (entry B j p) | j <- iota 0 n]) / c)).
apply: eq_bigr => i _; rewrite number_gsum_iota mulr_suml.
rewrite -(sum_code (fun q => number C (gmul (entry A (code i) q) (entry B q (code i))) / c)); apply: eq_bigr => j _.
by rewrite number_mul mulrA.
Qed.

(** ** Multipliers *)
Section Multipliers.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Local Notation oR := (outcome_radices o).
Local Notation mA := (setting_radices o).
Variables (W V : table) (P : witnesses).
Hypothesis lit_nonempty : nonempty o d.
Hypothesis balanced : check_V o d V.
Hypothesis checked : events o (fun x a => check_psd (card d) (dual_matrix o d W V x a) (witness_of P x a)).
Local Notation xpl := (@xpl o d).
Local Notation apl := (@apl o d _).
Local Notation fpl := (@fpl o d).
Local Notation others := (@others o d).
Definition weight : elements C T := fun k x a i j => number C (entry (element W k (xpl x) (apl a)) i j).
Definition multiplier (j : 'I_(alices T)) (x : setting T) (b : nat) : op C (space T) := fun f g =>
  if (b < card (one_at j (oR (xpl x))))%N then number C (entry (element V j (xpl x) b) (fpl f) (fpl g)) else 0.

Lemma multiplier_sum0 j (x0 : setting T) b f g :
  \sum_(x : setting T | agree_off j (vals x0) (vals x)) multiplier j x b f g = 0.
Proof.
rewrite (eq_bigr (fun x => if (b < card (one_at j (oR (xpl x0))))%N
    then number C (entry (element V j (xpl x) b) (fpl f) (fpl g)) else 0)); last first.
  by move=> x e; rewrite /multiplier (one_at_agree lit_nonempty e).
case hb: (b < card (one_at j (oR (xpl x0))))%N; last by rewrite big1.
pose y := off mA j (xpl x0); have hy : (y < card mA)%N by apply: leq_ltn_trans (off_le _ _ _) (xpl_lt x0).
have /uptoP/(_ _ hy)/uptoP/(_ b) := uptoP balanced (ltn_ord j).
rewrite (one_at_off lit_nonempty) ?xpl_lt // hb => /(_ isT)/uptoP/(_ _ (fpl_lt f))/uptoP/(_ _ (fpl_lt g))/(geqP C).
rewrite number_gsum_filter number0 => hsum; rewrite -[RHS]hsum.
rewrite -(sum_setting lit_nonempty (fun x => off mA j x == y)
  (fun x => number C (entry (element V j x b) (fpl f) (fpl g)))).
by apply: eq_bigl => x; rewrite (agree_xpl lit_nonempty) eq_sym.
Qed.

Lemma dual_literal x (a : outcome x) f g : number C (entry (dual_matrix o d W V (xpl x) (apl a)) (fpl f) (fpl g))
  = dual_op weight multiplier others a f g.
Proof.
have -> : entry (dual_matrix o d W V (xpl x) (apl a)) (fpl f) (fpl g) =
          dual_entry o d W V (xpl x) (apl a) (fpl f) (fpl g).
  by rewrite /entry /dual_matrix /tabulate !nth_mkseq ?fpl_lt.
rewrite /dual_entry number_add !number_gsum_iota; congr (_ + _); apply: eq_bigr => k _.
  by rewrite /extend (agree_fpl lit_nonempty) /weight !(dig_fpl lit_nonempty); case: ifP; rewrite ?number0.
by rewrite /multiplier rest_lt ?(outcomes_pos lit_nonempty).
Qed.
Lemma dual_psd x (a : outcome x) : psd (dual_op weight multiplier others a).
Proof.
move: (psd_space (C := C) lit_nonempty (eventsP lit_nonempty checked a)); apply: psd_eq => f g.
exact: dual_literal.
Qed.

(** The steering inequality. *)
Theorem steering_inequality s S : parent_states s S -> 0 <= value weight s.
Proof. by move=> hS; have := value_ge0 (othersP lit_nonempty) multiplier_sum0 dual_psd hS. Qed.

(** Its value and its box norm on literals *)
Variables (den : Z) (s : table).
Local Notation centre := (data C T den s).
Lemma value_literal : value weight centre = number C (steering_value o d W s) / int_of C den.
Proof.
rewrite (number_events C lit_nonempty) mulr_suml; apply: eq_bigr => x _; rewrite mulr_suml; apply: eq_bigr => a _.
rewrite number_gsum_iota mulr_suml; apply: eq_bigr => k _.
exact: (@inner_literal C _ _ (fun i : 'I_(dim k) => i)).
Qed.

Lemma total_box_literal : total_box weight = int_of C (steering_box o d W).
Proof.
rewrite (int_of_events C lit_nonempty); apply: eq_bigr => x _; apply: eq_bigr => a _.
rewrite int_of_Zsum sum_iota; apply: eq_bigr => k _.
rewrite int_of_Zsum sum_iota; apply: eq_bigr => i _.
rewrite int_of_Zsum sum_iota; apply: eq_bigr => j _.
by rewrite Re_number Im_number !int_of_abs -int_of_add.
Qed.

Lemma Re_value_literal : 'Re (value weight centre) = int_of C (steering_value o d W s).1 / int_of C den.
Proof.
have rd : (int_of C den)^-1 \is Num.real by rewrite rpredV int_of_real.
by rewrite value_literal ReM (Creal_ReP _ rd) (Creal_ImP _ rd) mulr0 subr0 Re_number.
Qed.
End Multipliers.

Section Dual.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Variables (den p q : Z) (s W V : table) (P : witnesses).
Hypothesis checked : check_dual o d den p q s W V P.
Local Notation centre := (data C T den s).

Theorem check_dual_sound s' : ball (int_of C p / int_of C q) centre s' -> ~ exists S, parent_states s' S.
Proof.
case/and4P: checked => hne /and3P[/Z.ltb_lt den0 /Z.ltb_lt q0 /Z.ltb_lt hlt] hV hP hball [S hS].
have hge := steering_inequality hne hV hP hS.
have := Re_value_le (weight C W) hball; rewrite (Creal_ReP _ (ger0_real hge)).
apply/negP; rewrite -real_ltNge; last 2 first.
- by rewrite rpredD ?Creal_Re // total_box_literal // rpredM ?rpred_div ?int_of_real.
- exact: ger0_real.
apply: lt_le_trans hge.
have hd := int_of_gt0 C den0; have hq := int_of_gt0 C q0.
have := int_of_lt0 C hlt; rewrite int_of_add !int_of_mul.
rewrite Re_value_literal // total_box_literal // -(pmulr_llt0 _ (mulr_gt0 hd hq)).
move: (int_of C _) (int_of C p) (int_of C (steering_box o d W)) (int_of C den) hd (int_of C q) hq => v pC b dC hd qC hq.
have -> : (v / dC + pC / qC * b) * (dC * qC) = v * qC + pC * dC * b by field; rewrite !lt0r_neq0.
by [].
Qed.
End Dual.

(** ** The literals form an assemblage *)
Section Assemblage.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Variables (den : Z) (s : table) (P : seq witnesses).
Hypothesis checked : check_assemblage o d den s P.
Local Notation centre := (data C T den s).

Lemma no_signalling_scale (c : C) (F G : forall x : setting T, outcome x -> C) :
  (forall x a, F x a = c * G x a) -> no_signalling G -> no_signalling F.
Proof.
move=> e h j b x x' exx'; rewrite (eq_bigr (fun a => c * G x a)) => [|a _]; last exact: e.
by rewrite -mulr_sumr (h _ _ _ _ exx') mulr_sumr; apply: eq_bigr => a _; rewrite e.
Qed.

Theorem check_assemblage_sound : assemblage centre.
Proof.
case/and5P: checked => hne hN /Z.ltb_lt/(int_of_gt0 C) den0 hpsd /and3P[htr hsum hns].
have dataE (k : 'I_(bobs T)) (x : setting T) (a : outcome x) (i j : 'I_(dim k)) :
    (int_of C den)^-1 * number C (entry (element s k (@xpl o d x) (apl a)) i j) = centre k x a i j.
  exact: mulrC.
pose tr (k : nat) x (a : outcome x) := number C (gtrace (radix d k) (element s k (@xpl o d x) (apl a))).
have trE (k : 'I_(bobs T)) x (a : outcome x) : trace (centre k x a) = tr k x a / int_of C den.
  by rewrite /tr /gtrace number_gsum_iota mulr_suml.
split.
- move=> k x a; apply: (psd_eq (A := fun i j : 'I_(dim k) =>
      (int_of C den)^-1 * number C (entry (element s k (@xpl o d x) (apl a)) i j))).
    by move=> i j; apply: dataE.
  apply: psd_scale; first by rewrite invr_ge0 ltW.
  by apply: check_psd_ord; apply: (eventsP hne (uptoP hpsd (ltn_ord k)) a).
- exists (fun x a => tr 0%N x a / int_of C den); split=> [k x a|x].
    by rewrite trE /tr (geqP C (eventsP hne (uptoP htr (ltn_ord k)) a)).
  have := geqP C (uptoP hsum (xpl_lt x)); rewrite number_gsum_iota.
  rewrite -(sum_outcome hne x xpredT (fun a => number C (gtrace (radix d 0) (element s 0 (xpl x) a)))) => e.
  by rewrite -mulr_suml e {1}/number mulr0 addr0 divff ?lt0r_neq0.
move=> k i j; apply: (no_signalling_scale (c := (int_of C den)^-1)) => [x a|]; first by rewrite -dataE.
apply: (check_no_signalling_sound C hne (F := fun x a => entry (element s k x a) i j)).
by have /uptoP/(_ _ (ltn_ord i))/uptoP := uptoP hns (ltn_ord k); apply.
Qed.
End Assemblage.

(** ** Marginals of joint operators over a denominator *)
Section Marginals.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Hypothesis hne : nonempty o d.

Lemma partial_trace_literal (A : matrix) (c : C) (k : 'I_(bobs T)) (i j : 'I_(dim k)) :
  partial_trace (fun f g : space T => c * number C (entry A (fpl f) (fpl g))) i j
  = c * number C (partial_trace_entry d A k i j).
Proof.
rewrite /partial_trace_entry number_gsum_filter mulr_sumr.
pose G p q := number C (entry A p q).
rewrite (eq_bigr (fun p : 'I_(card d) => c *
    \sum_(q < card d | (dig d k q == j) && (off d k p == off d k q)) G p q)); last first.
  by move=> p _; rewrite number_gsum_filter.
rewrite -(sum_space hne (fun p => dig d k p == i) (fun p => c *
    \sum_(q < card d | (dig d k q == j) && (off d k p == off d k q)) G p q)).
apply: eq_big => [f|f _]; first by rewrite (dig_fpl hne).
rewrite -(sum_space hne (fun q => (dig d k q == j) && (off d k (fpl f) == off d k q)) (G (fpl f))) mulr_sumr.
by apply: eq_bigl => g; rewrite (dig_fpl hne) (agree_fpl hne).
Qed.

Lemma check_marginals_sound (den denS : Z) s (S : nat -> nat -> matrix) : (0 < den)%ZZ -> (0 < denS)%ZZ ->
  check_marginals o d den denS s S -> forall k x (a : outcome x) (i j : 'I_(dim k)),
  partial_trace (fun f g : space T => (int_of C denS)^-1 * number C (entry (S (xpl x) (apl a)) (fpl f) (fpl g))) i j
  = data C T den s k x a i j.
Proof.
move=> /(int_of_gt0 C) den0 /(int_of_gt0 C) denS0 hpt k x a i j; rewrite partial_trace_literal.
have /uptoP/(_ _ (ltn_ord i))/uptoP/(_ _ (ltn_ord j))/(geqP C) := eventsP hne (uptoP hpt (ltn_ord k)) a.
rewrite !number_scale => e; rewrite /data -/(xpl x) -/(apl a).
apply: (mulfI (lt0r_neq0 den0)); apply: (mulfI (lt0r_neq0 denS0)).
by rewrite mulrCA mulVKf ?lt0r_neq0 // e [int_of C den * (_ / _)]mulrC divfK ?lt0r_neq0.
Qed.
End Marginals.

(** ** Explicit parent states *)
Section Parents.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Variables (den denS : Z) (s : table) (S : parents) (P : witnesses).
Hypothesis checked : check_parents o d den denS s S P.
Definition parent_data (x : setting T) (a : outcome x) : op C (space T) :=
  fun f g => (int_of C denS)^-1 * number C (entry (parent S (@xpl o d x) (apl a)) (fpl f) (fpl g)).

Theorem check_parents_sound : parent_states (data C T den s) parent_data.
Proof.
case/and4P: checked => hne /Z.ltb_lt den0 /Z.ltb_lt denS0 /and3P[hpsd hns hpt].
split=> [x a|f g|k x a i j].
- apply: psd_scale; first by rewrite invr_ge0 ltW ?int_of_gt0.
  exact: (psd_space hne (eventsP hne hpsd a)).
- apply: (no_signalling_scale (c := (int_of C denS)^-1)) => [x a //|].
  apply: (check_no_signalling_sound C hne (F := fun x a => entry (parent S x a) (fpl f) (fpl g))).
  by have /uptoP := uptoP hns (fpl_lt f); apply; apply: fpl_lt.
exact: (check_marginals_sound C hne den0 denS0 hpt a).
Qed.
End Parents.
