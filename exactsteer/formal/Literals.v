(** Literals: numbered operators whose positivity was checked, and the settings,
    outcomes and basis vectors of a scenario given by lists. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** ** Positivity, for operators indexed by any finite type with a numbering *)
Section PsdSound.
Variables (C : numClosedFieldType) (n : nat) (I : finType) (code : I -> nat).
Hypothesis code_lt : forall i, (code i < n)%N.
Hypothesis code_inj : forall i j, (code i == code j) = (i == j).
Hypothesis sum_code : forall (P : pred nat) (F : nat -> C),
  \sum_(i | P (code i)) F (code i) = \sum_(p < n | P p) F p.

Lemma check_psd_sound (M : matrix) wit :
  check_psd n M wit -> psd (fun i j => number C (entry M (code i) (code j))).
Proof.
case: wit => [[c w] L] /and4P[/Z.ltb_lt c0 w0 /uptoP hH /uptoP hdom].
have herm i j : number C (entry M (code j) (code i)) = (number C (entry M (code i) (code j)))^*.
  by apply: gconj_eqP; move: (hH _ (code_lt i)) => /uptoP/(_ _ (code_lt j)).
have cC : 0 < int_of C c by apply: int_of_gt0.
pose wC (k : 'I_n) : C := int_of C (nth Z0 w k).
have wC0 k : 0 <= wC k.
  apply: int_of_ge0; case: (ltnP k (size w)) => hk; last by rewrite nth_default //; lia.
  by apply/Z.leb_le; move/(all_nthP Z0): w0; apply.
pose LC (i : I) (k : 'I_n) : C := number C (nth g0 (nth [::] L (code i)) k).
pose G i j := \sum_k wC k * LC i k * (LC j k)^*.
have hG : psd G by apply: gram_psd.
pose R i j := int_of C c * number C (entry M (code i) (code j)) - G i j.
have GE i j : (size (nth [::] L (code i)) <= n)%N ->
    G i j = number C (dot (weigh w (nth [::] L (code i))) (nth [::] L (code j))).
  move=> hs; rewrite (number_dot C (n := n)) ?(leq_trans (size_weigh _ _)) //.
  by apply: eq_bigr => k _; rewrite nth_weigh.
have hR : psd R.
  apply: dominant_psd => [i j|i].
    rewrite /R rmorphB rmorphM /= int_of_conj -herm -(psd_herm i j hG); congr (_ * _ - _).
  have /andP[hs /Z.leb_le] := hdom _ (code_lt i).
  set wp := weigh w _ => hle.
  have RE j : R i j = number C (residual M c L wp (code i) (code j)).
    by rewrite number_sub number_scale -GE.
  rewrite RE /number; have : R i i \is Num.real.
    rewrite /R rpredB ?(ger0_real (psd_diag i hG)) // rpredM ?int_of_real //.
    by apply/CrealP; rewrite -herm.
  rewrite RE => /Creal_ImP; rewrite Im_number => ->; rewrite mulr0 addr0.
  apply: le_trans (int_of_le C hle); rewrite int_of_Zsum sum_iota.
  apply: le_trans (_ : \sum_(j | code j != code i) int_of C (gabs1 (residual M c L wp (code i) (code j))) <= _).
    rewrite [X in _ <= X](eq_bigl (fun j => j != i)) => [|j]; last by rewrite code_inj.
    by apply: ler_sum => j _; rewrite RE number_abs_le.
  rewrite (sum_code (fun q => q != code i) (fun q => int_of C (gabs1 (residual M c L wp (code i) q)))).
  rewrite big_mkcond /=; apply: ler_sum => q _.
  by case: eqP.
apply: (psd_eq (A := fun i j => (int_of C c)^-1 * (R i j + G i j))) => [i j|].
  by rewrite subrK mulKf ?lt0r_neq0.
by apply: psd_scale; [rewrite invr_ge0 ltW | apply: psd_add].
Qed.
End PsdSound.

Lemma check_psd_ord (C : numClosedFieldType) n M wit : check_psd n M wit ->
  psd (fun i j : 'I_n => number C (entry M i j)).
Proof. exact: (@check_psd_sound C n [finType of 'I_n] (fun i => i)). Qed.

(** ** The literals of a scenario *)
Section Literals.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Local Notation mA := (setting_radices o).
Local Notation oR := (outcome_radices o).
Local Notation D := (card d).
Hypothesis lit_nonempty : nonempty o d.

Lemma settings_pos : all (leq 1) mA. Proof. by case/and3P: lit_nonempty. Qed.
Lemma dims_pos : all (leq 1) d. Proof. by case/and3P: lit_nonempty. Qed.
Lemma outcomes_pos x : all (leq 1) (oR x).
Proof.
case/and3P: lit_nonempty => _ /allP h _; apply/allP => i /mapP[j]; rewrite mem_iota => /andP[_ hj] ->.
have /allP h' := h _ (mem_nth [::] hj); set s := nth [::] o j; case: (ltnP (dig mA j x) (size s)) => hs.
  exact/h'/mem_nth.
by rewrite nth_default.
Qed.
Lemma size_mA : size mA = alices T. Proof. exact: size_map. Qed.
Lemma settingsE (j : 'I_(alices T)) : settings j = radix mA j.
Proof. by rewrite /radix (nth_map [::]). Qed.
Lemma size_oR x : size (oR x) = alices T. Proof. by rewrite size_map size_iota. Qed.
Lemma dimE (k : 'I_(bobs T)) : dim k = radix d k. Proof. by []. Qed.

(** Places of settings x, outcomes a, basis vectors f *)
Definition xpl (x : setting T) : nat := place (@settings T) (vals x).
Definition apl (x : setting T) (a : outcome x) : nat := place (fun j => outcomes (x j)) (vals a).
Definition fpl (f : space T) : nat := place (@dim T) (vals f).

Lemma dig_xpl x (j : 'I_(alices T)) : dig mA j (xpl x) = x j.
Proof. exact: (dig_place size_mA settingsE settings_pos). Qed.
Lemma outcomesE (x : setting T) (j : 'I_(alices T)) : outcomes (x j) = radix (oR (xpl x)) j.
Proof. by rewrite /radix (nth_map 0%N) ?size_iota // nth_iota // add0n dig_xpl. Qed.

Lemma xpl_lt x : (xpl x < card mA)%N. Proof. exact: (place_lt size_mA settingsE). Qed.
Lemma apl_lt x (a : outcome x) : (apl a < card (oR (xpl x)))%N.
Proof. exact: (place_lt (size_oR _) (outcomesE x)). Qed.
Lemma fpl_lt f : (fpl f < D)%N. Proof. exact: (@place_lt _ _ d). Qed.
Lemma fpl_inj f g : (fpl f == fpl g) = (f == g).
Proof. exact: (@place_inj _ _ d erefl dimE dims_pos). Qed.
Lemma dig_fpl f (k : 'I_(bobs T)) : dig d k (fpl f) = f k.
Proof. exact: (@dig_place _ _ d erefl dimE dims_pos). Qed.
Lemma dig_apl x (a : outcome x) (j : 'I_(alices T)) : dig (oR (xpl x)) j (apl a) = a j.
Proof. exact: (dig_place (size_oR _) (outcomesE x) (outcomes_pos _)). Qed.
Lemma agree_xpl x x' (j : 'I_(alices T)) :
  agree_off j (vals x) (vals x') = (off mA j (xpl x) == off mA j (xpl x')).
Proof. exact: (agree_off_place size_mA settingsE settings_pos). Qed.
Lemma agree_fpl f g (k : 'I_(bobs T)) : agree_off k (vals f) (vals g) = (off d k (fpl f) == off d k (fpl g)).
Proof. exact: (@agree_off_place _ _ d erefl dimE dims_pos). Qed.

Lemma sum_setting (P : pred nat) (F : nat -> C) : \sum_(x | P (xpl x)) F (xpl x) = \sum_(x < card mA | P x) F x.
Proof. exact: (big_place size_mA settingsE settings_pos). Qed.
Lemma sum_outcome x (P : pred nat) (F : nat -> C) :
  \sum_(a : outcome x | P (apl a)) F (apl a) = \sum_(a < card (oR (xpl x)) | P a) F a.
Proof. exact: (big_place (size_oR _) (outcomesE x) (outcomes_pos _)). Qed.
Lemma sum_space (P : pred nat) (F : nat -> C) : \sum_(f | P (fpl f)) F (fpl f) = \sum_(p < D | P p) F p.
Proof. exact: (@big_place _ _ d erefl dimE dims_pos). Qed.
Lemma sum_events (F : nat -> nat -> C) :
  \sum_x \sum_(a : outcome x) F (xpl x) (apl a) = \sum_(x < card mA) \sum_(a < card (oR x)) F x a.
Proof.
rewrite -(sum_setting xpredT (fun x => \sum_(a < card (oR x)) F x a)); apply: eq_bigr => x _.
exact: (sum_outcome x xpredT).
Qed.
Lemma number_events (F : nat -> nat -> gauss) :
  number C (gsum_events o F) = \sum_x \sum_(a : outcome x) number C (F (xpl x) (apl a)).
Proof.
rewrite (sum_events (fun x a => number C (F x a))) /gsum_events number_gsum_iota.
by apply: eq_bigr => x _; apply: number_gsum_iota.
Qed.
Lemma int_of_events (F : nat -> nat -> Z) :
  int_of C (Zsum_events o F) = \sum_x \sum_(a : outcome x) int_of C (F (xpl x) (apl a)).
Proof.
rewrite (sum_events (fun x a => int_of C (F x a))) /Zsum_events int_of_Zsum sum_iota; apply: eq_bigr => x _.
by rewrite int_of_Zsum sum_iota.
Qed.
Lemma eventsP P : events o P -> forall x (a : outcome x), P (xpl x) (apl a).
Proof. by move=> /uptoP h x a; move: (h _ (xpl_lt x)) => /uptoP; apply; apply: apl_lt. Qed.

Lemma psd_space M wit : check_psd D M wit -> psd (fun f g : space T => number C (entry M (fpl f) (fpl g))).
Proof.
by apply: check_psd_sound; [apply: fpl_lt | apply: fpl_inj | apply: sum_space].
Qed.

(** Outcomes of the Alices other than j *)
Definition others (j : 'I_(alices T)) (x : setting T) (a : outcome x) : nat := rest (oR (xpl x)) j (apl a).
Lemma one_at_off x (j : 'I_(alices T)) : (x < card mA)%N -> one_at j (oR (off mA j x)) = one_at j (oR x).
Proof.
move=> hx; have hj : (j < size mA)%N by rewrite size_mA.
rewrite /one_at !size_oR; apply/eq_in_map => l; rewrite mem_iota /= add0n => hl; case: eqP => // /eqP nl.
rewrite /radix !(nth_map 0%N) ?size_iota // nth_iota // add0n dig_off ?settings_pos ?size_mA //.
by rewrite /zero_at (negPf nl).
Qed.
Lemma one_at_agree (j : 'I_(alices T)) x x' : agree_off j (vals x) (vals x') ->
  one_at j (oR (xpl x)) = one_at j (oR (xpl x')).
Proof.
by rewrite agree_xpl => /eqP e; rewrite -(one_at_off j (xpl_lt x)) e one_at_off ?xpl_lt.
Qed.
Lemma othersP j (x x' : setting T) (a : outcome x) (a' : outcome x') : agree_off j (vals x) (vals x') ->
  (others j a == others j a') = agree_off j (vals a) (vals a').
Proof.
move=> /one_at_agree e; rewrite /others eq_rest ?outcomes_pos // size_oR.
apply/allP/agree_offP => [h l nl|h l].
  have := h l; rewrite mem_iota /= add0n => /(_ (ltn_ord l)).
  by rewrite -[(l : nat) == j]/(l == j) (negPf nl) /= !dig_apl => /eqP.
rewrite mem_iota /= add0n => hl; case: eqP => //= nl.
rewrite (dig_apl a (Ordinal hl)) (dig_apl a' (Ordinal hl)); apply/eqP/h.
by apply/eqP => e'; apply: nl; rewrite -e'.
Qed.

Lemma check_no_signalling_sound (F : nat -> nat -> gauss) : check_no_signalling o F ->
  no_signalling (fun (x : setting T) (a : outcome x) => number C (F (xpl x) (apl a))).
Proof.
move=> /uptoP h; apply: (no_signalling_key (key := others) othersP) => j x x' c exx'.
pose sum z := number C (gsum [seq F z a | a <- [seq a <- iota 0 (card (oR z)) | rest (oR z) j a == c]]).
have sumE y : \sum_(a : outcome y | others j a == c) number C (F (xpl y) (apl a)) = sum (xpl y).
  rewrite /sum number_gsum_filter.
  exact: (sum_outcome y (fun a => rest (oR (xpl y)) j a == c) (fun a => number C (F (xpl y) a))).
rewrite !sumE; case: (ltnP c (card (one_at j (oR (xpl x))))) => hc; last first.
  have sum0 y : agree_off j (vals x) (vals y) -> sum (xpl y) = 0.
    move=> e; rewrite /sum number_gsum_filter big_pred0 // => a; apply/eqP=> ha.
    by move: hc; rewrite (one_at_agree e) -ha leqNgt rest_lt ?outcomes_pos.
  by rewrite !sum0 ?agree_off_refl.
have step y : agree_off j (vals x) (vals y) -> sum (xpl y) = sum (off mA j (xpl y)).
  move=> e; have /uptoP/(_ _ (xpl_lt y)) := h j (ltn_ord j).
  case/orP=> [/eqP e'|/uptoP hy]; first by rewrite -e'.
  by apply: geqP; apply: hy; rewrite -(one_at_agree e).
by rewrite !step ?agree_off_refl //; move: exx'; rewrite agree_xpl => /eqP->.
Qed.

End Literals.
