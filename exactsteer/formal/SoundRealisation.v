(** An explicit quantum realisation that passed its check. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Section Realisation.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d h : seq nat).
Local Notation T := (scenario_of o d).
Local Notation H := (card h).
Local Notation D := (card d).
Local Notation oR := (outcome_radices o).
Local Notation mA := (setting_radices o).
Variables (den denR denM : Z) (s M : table) (rho : matrix) (Prho : witness) (PM : seq witnesses).
Hypothesis checked : check_realisation o d h rho M den denR denM s Prho PM.

Let hne : nonempty o d. Proof. by case/andP: checked => /and4P[]. Qed.
Let size_h : size h = alices T. Proof. by case/andP: checked => /and4P[_ /eqP]. Qed.
Let h_pos : all (leq 1) h. Proof. by case/andP: checked => /and4P[]. Qed.
Let den0 : (0 < den)%ZZ. Proof. by case/andP: checked => /and5P[_ _ _ /Z.ltb_lt]. Qed.
Let denR0 : (0 < denR)%ZZ. Proof. by case/andP: checked => /and5P[_ _ _ _ /andP[/Z.ltb_lt]]. Qed.
Let denM0 : (0 < denM)%ZZ. Proof. by case/andP: checked => /and5P[_ _ _ _ /andP[_ /Z.ltb_lt]]. Qed.

Definition alice_dim (j : 'I_(alices T)) : nat := radix h j.
Local Notation E := (alice_space alice_dim).
Definition epl (e : E) : nat := place alice_dim (vals e).
Let hE (j : 'I_(alices T)) : alice_dim j = radix h j. Proof. by []. Qed.
Lemma epl_lt e : (epl e < H)%N. Proof. exact: (place_lt size_h hE). Qed.
Lemma epl_inj e e' : (epl e == epl e') = (e == e'). Proof. exact: (place_inj size_h hE h_pos). Qed.
Lemma dig_epl e (j : 'I_(alices T)) : dig h j (epl e) = e j. Proof. exact: (dig_place size_h hE h_pos). Qed.
Lemma sum_epl (F : nat -> C) : \sum_e F (epl e) = \sum_(c < H) F c.
Proof. exact: (big_place size_h hE h_pos _ xpredT). Qed.

(** Numbering of the basis of (Alices) (x) (Bobs) *)
Definition epf (p : E * space T) : nat := (epl p.1 * D + fpl p.2)%N.
Lemma epf_lt p : (epf p < H * D)%N.
Proof.
rewrite /epf; apply: (@leq_trans ((epl p.1).+1 * D)); last by rewrite leq_mul2r epl_lt orbT.
by rewrite mulSn addnC ltn_add2r fpl_lt.
Qed.
Lemma epf_inj p q : (epf p == epf q) = (p == q).
Proof.
case: p q => [e f] [e' f']; rewrite /epf /= xpair_eqE -epl_inj -(fpl_inj hne); have D0 := fpl_lt f.
apply/eqP/andP=> [eq|[/eqP-> /eqP->] //].
have := congr1 (fun n => n %/ D)%N eq; rewrite !divnMDl ?(leq_ltn_trans _ D0) // !divn_small ?fpl_lt // !addn0 => ->.
by have := congr1 (fun n => n %% D)%N eq; rewrite !modnMDl !modn_small ?fpl_lt // => ->.
Qed.
Lemma sum_epf (P : pred nat) (F : nat -> C) : \sum_(p | P (epf p)) F (epf p) = \sum_(c < H * D | P c) F c.
Proof.
rewrite [RHS](reindex (fun p => Ordinal (epf_lt p))) //; apply: onW_bij; apply: inj_card_bij.
  by move=> p q /(congr1 val) /= /eqP; rewrite epf_inj => /eqP.
have cardE : #|{: E}| = H.
  rewrite -[RHS]card_ord; apply: (@bij_eq_card _ _ (fun e => Ordinal (epl_lt e))).
  exists (unplace hE h_pos) => [e|c]; last by apply: val_inj; rewrite /= -[RHS](place_unplace size_h hE h_pos).
  by apply/eqP; rewrite -epl_inj /epl (place_unplace size_h hE h_pos).
have cardJ : #|{: space T}| = D.
  rewrite -[RHS]card_ord; apply: (@bij_eq_card _ _ (fun f => Ordinal (@fpl_lt o d f))).
  have dims := dims_pos hne; have dE (k : 'I_(bobs T)) : dim k = radix d k by [].
  exists (unplace dE dims) => [f|c].
    by apply/eqP; rewrite -(fpl_inj hne) /fpl (place_unplace erefl dE dims).
  by apply: val_inj; rewrite /= -[RHS](place_unplace erefl dE dims).
by rewrite card_ord (etrans (card_prod _ _) (congr2 muln cardE cardJ)).
Qed.

Definition state_data : op C (E * space T) := fun p q => (int_of C denR)^-1 * number C (entry rho (epf p) (epf q)).
Definition measurement_data : measurements C alice_dim :=
  fun j x a e e' => (int_of C denM)^-1 * number C (entry (element M j x a) e e').

Lemma state_data_state : state state_data.
Proof.
case/andP: checked => _ /and5P[hpsd htr _ _ _]; split.
  apply: psd_scale; first by rewrite invr_ge0 ltW ?int_of_gt0.
  exact: (check_psd_sound epf_lt epf_inj sum_epf hpsd).
rewrite /trace /state_data -mulr_sumr (sum_epf xpredT (fun c => number C (entry rho c c))).
rewrite -(number_gsum_iota C (H * D) (fun c => entry rho c c)) (geqP C htr) {1}/number mulr0 addr0.
by rewrite mulVf // lt0r_neq0 ?int_of_gt0.
Qed.

Lemma measurement_data_psd j x a : psd (@measurement_data j x a).
Proof.
case/andP: checked => _ /and5P[_ _ /uptoP hM _ _].
apply: psd_scale; first by rewrite invr_ge0 ltW ?int_of_gt0.
apply: check_psd_ord.
by have /uptoP/(_ _ (ltn_ord x))/uptoP/(_ _ (ltn_ord a)) := hM _ (ltn_ord j); apply.
Qed.

Lemma measurement_data_sum1 j x e e' : \sum_a @measurement_data j x a e e' = (e == e')%:R.
Proof.
case/andP: checked => _ /and5P[_ _ _ /uptoP hM _].
have /uptoP/(_ _ (ltn_ord x))/uptoP/(_ _ (ltn_ord e))/uptoP/(_ _ (ltn_ord e'))/(geqP C) := hM _ (ltn_ord j).
rewrite number_gsum_iota -mulr_sumr => ->; rewrite -[(e : nat) == e']/(e == e').
case: eqP => _; last by rewrite number0 mulr0.
by rewrite /number mulr0 addr0 mulVf // lt0r_neq0 ?int_of_gt0.
Qed.

Lemma steered_literal x (a : outcome x) (f g : space T) :
  steered state_data measurement_data a f g =
  (int_of C (denR * Z.pow denM (Z.of_nat (size o))))^-1
  * number C (entry (steered_matrix o d h rho M (xpl x) (apl a)) (fpl f) (fpl g)).
Proof.
rewrite {1}/entry /steered_matrix /tabulate !nth_mkseq ?fpl_lt // -/(tabulate _ _).
set t := tabulate H _.
have tE (e e' : E) : entry t (epl e) (epl e') = tensor_entry o h M (xpl x) (apl a) (epl e) (epl e').
  by rewrite /entry /t /tabulate !nth_mkseq ?epl_lt.
rewrite number_gsum_iota -(sum_epl (fun e => number C (gsum [seq gmul (entry t e e')
   (entry rho (e' * D + fpl f) (e * D + fpl g)) | e' <- iota 0 H]))) mulr_sumr; apply: eq_bigr => e _.
rewrite number_gsum_iota -(sum_epl (fun e' => number C (gmul (entry t (epl e) e')
   (entry rho (e' * D + fpl f) (epl e * D + fpl g))))) mulr_sumr; apply: eq_bigr => e' _.
rewrite number_mul tE /tensor_entry number_gprod_iota big_split /= prodr_const card_ord.
rewrite int_of_mul int_of_pow invfM exprVn /state_data /epf /=.
rewrite (eq_bigr (fun j : 'I_(size o) => number C (entry (element M j (dig mA j (xpl x)) (dig (oR (xpl x)) j (apl a)))
   (dig h j (epl e)) (dig h j (epl e'))))) => [|j _]; last by rewrite (dig_xpl hne) (dig_apl hne) !dig_epl.
by rewrite mulrACA [(_ ^+ _)^-1 * _]mulrC.
Qed.

Theorem check_realisation_sound : quantum (data C T den s).
Proof.
exists alice_dim, state_data, measurement_data; split.
- exact: state_data_state.
- exact: measurement_data_psd.
- exact: measurement_data_sum1.
move=> k x a i j; case/andP: checked => _ /and5P[_ _ _ _ hm].
have denS0 : (0 < denR * Z.pow denM (Z.of_nat (size o)))%ZZ.
  by apply: Z.mul_pos_pos => //; apply: Z.pow_pos_nonneg => //; apply: Nat2Z.is_nonneg.
rewrite -(check_marginals_sound C hne den0 denS0 hm a i j).
by apply: eq_bigr => f _; apply: eq_bigr => g _; rewrite steered_literal.
Qed.
End Realisation.
