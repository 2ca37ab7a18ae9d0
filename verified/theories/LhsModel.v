(** 3.10 `LHS model`: its rules, for any denominators.  The coefficients of the reach, and the multipliers that show
    that they invert, are computed by the checker and then checked: nothing is proved about stars and bases. *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Tensor Reach Joint LhsReach Realisation.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** An outcome for each setting of each Alice *)
Definition choices := seq (seq nat).
Definition told (s : choices) (j y : nat) : nat := nth 0%N (nth [::] s j) y.
Record hidden := Hidden { listed : seq choices; states_of : seq family; bases_of : seq choices }.

Section Search.
Variable o : seq (seq nat).
Local Notation n := (size o).
Local Notation mA := (setting_radices o).
Local Open Scope Z_scope.
(** ** For one Alice with outcomes r: a base b, a strategy s, and the coefficient of Delta_{a|x} *)
Definition departures (b s : seq nat) : seq nat := [seq y <- iota 0 (size b) | ~~ (nth 0 b y == nth 0 s y)%N].
Definition fullest (r : seq nat) : nat := foldl (fun m y => if (nth 0 r m < nth 0 r y)%N then y else m) 0%N (iota 0 (size r)).
Definition one_coefficient (r b s : seq nat) (x a : nat) : Z :=
  match departures b s with
  | [::] => let y := fullest r in if (x == y)%N then (if (a == nth 0 b y)%N then 1 else 0) else (if (a == nth 0 b x)%N then 0 else -1)
  | [:: y] => if ((x == y) && (a == nth 0 s y))%N then 1 else 0
  | _ => 0
  end.
Definition one_weight (r b s : seq nat) : Z :=
  match departures b s with
  | [::] => 1 + Zsum [seq Z.of_nat k - 1 | k <- r] - (Z.of_nat (nth 0%N r (fullest r)) - 1)
  | [:: _] => 1
  | _ => 0
  end.
(** ** All Alices: products, summed over the bases *)
Definition Zprod (l : seq Z) : Z := foldl Z.mul 1 l.
Definition over_bases (bs : seq choices) (f : nat -> choices -> Z) : Z := Zsum [seq Zprod [seq f j b | j <- iota 0 n] | b <- bs].
Definition weight_of (bs : seq choices) (s : choices) : Z :=
  over_bases bs (fun j b => one_weight (nth [::] o j) (nth [::] b j) (nth [::] s j)).
Definition coefficients (bs : seq choices) (s : choices) : seq (seq Z) :=
  [seq [seq over_bases bs (fun j b => one_coefficient (nth [::] o j) (nth [::] b j) (nth [::] s j)
              (dig mA j x) (dig (outcome_radices o x) j a)) | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card mA)].
(** What the sum over the strategies that answer a to x has besides Delta_{a|x}: multipliers of no-signalling *)
Definition surplus (r b : seq nat) (x a x' : nat) : Z :=
  if (a == nth 0 b x)%N then (if (x' == fullest r)%N then 1 else 0) - (if (x' == x)%N then 1 else 0) else 0.
Definition multipliers_for (bs : seq choices) (x a : nat) : table :=
  [seq [seq [seq [:: [:: (over_bases bs (fun i b =>
      let r := nth [::] o i in let xi := dig mA i x in let ai := dig (outcome_radices o x) i a in let xi' := dig mA i x' in
      let same := if ((xi == xi') && (ai == dig (one_at j (outcome_radices o x')) i c))%N then 1 else 0 in
      let u := surplus r (nth [::] b i) xi ai xi' in
      if (i < j)%N then same + u else if i == j then u else same), 0)]] | c <- iota 0 (card (one_at j (outcome_radices o x')))]
    | x' <- iota 0 (card mA)] | j <- iota 0 n].
End Search.

(** ** Rules.  An item is a strategy with its coefficients and its hidden states, by Bob. *)
Definition item := (choices * seq (seq Z) * seq matrix)%type.
Definition item0 : item := ([::], [::], [::]).
Section Rules.
Variables (o : seq (seq nat)) (d : seq nat).
Local Notation n := (size o).
Local Notation N := (size d).
Local Notation mA := (setting_radices o).
Definition outcome_of (s : choices) (x : nat) : nat := enc (outcome_radices o x) (fun j => told s j (dig mA j x)).
Definition choices_ok (s : choices) : bool :=
  upto n (fun j => upto (size (nth [::] o j)) (fun y => (told s j y < nth 1 (nth [::] o j) y)%N)).
Definition items_of (delta : rational) (e : hidden) (tH : table) : seq item :=
  [seq (s.1, if (delta.1 =? 0)%ZZ then [::] else coefficients o (bases_of e) s.1, [seq element tH k 0 s.2 | k <- iota 0 N])
  | s <- zip (listed e) (iota 0 (size (listed e)))].
Definition answering (items : seq item) (x a : nat) : seq item := [seq it <- items | outcome_of it.1.1 x == a].
Definition trace_rule (items : seq item) : bool :=
  all (fun it => upto N (fun k => geq (gtrace (radix d k) (nth [::] it.2 k)) (gtrace (radix d 0) (nth [::] it.2 0)))) items.
Definition model_rule (den : Z) (t : table) (denH : Z) (items : seq item) : bool :=
  all (fun it => choices_ok it.1.1) items &&
  upto N (fun k => events o (fun x a => let ms := [seq nth [::] it.2 k | it <- answering items x a] in
    upto (radix d k) (fun i => upto (radix d k) (fun j =>
      geq (gscale den (gsum [seq entry M i j | M <- ms])) (gscale denH (entry (element t k x a) i j)))))).
Definition coefficient (it : item) (x a : nat) : Z := nth Z0 (nth [::] it.1.2 x) a.
Definition size_of_coefficients (it : item) : Z := Zsum_events o (fun x a => Z.abs (coefficient it x a)).
Definition inverse_rule (bs : seq choices) (items : seq item) : bool :=
  (0 < size bs)%N && events o (fun x a =>
    let rows := answering items x a in let V := multipliers_for o bs x a in
    check_V o [:: 1%N] V && events o (fun x' a' =>
      geq (Zsum [seq coefficient it x' a' | it <- rows] - (if (x == x') && (a == a') then Z.of_nat (size bs) else 0), 0)%ZZ
          (gsum [seq entry (element V j x' (rest (outcome_radices o x') j a')) 0 0 | j <- iota 0 n]))).
Definition shift_of (delta : rational) (bases : nat) (k : nat) (w : Z) : rational :=
  ((delta.1 * (10000 + (Z.of_nat (radix d k) - 1) * 14143) * w)%ZZ, (delta.2 * 10000 * Z.of_nat bases)%ZZ).
Definition hidden_rules (den : Z) (t : table) (delta : rational) (e : hidden) (denH : Z) (tH : table) : seq rule :=
  let items := items_of delta e tH in let still := (delta.1 =? 0)%ZZ in
  let bases := if still then 1%N else size (bases_of e) in
  let weight it := if still then 0%ZZ else weight_of o (bases_of e) it.1.1 in
  [:: named (ascii "trace") (fun _ => trace_rule items);
      named (ascii "model") (fun _ => (0 <? denH)%ZZ && model_rule den t denH items);
      named (ascii "reach") (fun _ => [&& 0 <=? delta.1 & 0 <? delta.2]%ZZ && (still || inverse_rule (bases_of e) items));
      named (ascii "positive") (fun _ => all (fun it => (still || (size_of_coefficients it <=? weight it)%ZZ) &&
        upto N (fun k => positive (radix d k) (lowered (radix d k) denH (shift_of delta bases k (weight it)) (nth [::] it.2 k)))) items)].
End Rules.

Lemma lowered_psd (C : numClosedFieldType) m den mu S : (0 < den)%ZZ -> (0 < mu.2)%ZZ -> positive m (lowered m den mu S) ->
  psd (fun i j : 'I_m => number C (entry S i j) / int_of C den - fraction C mu * (i == j)%:R).
Proof.
move=> /(int_of_gt0 C) d0 /(int_of_gt0 C) m0 /found_psd/(check_psd_ord (C := C)) h.
have c0 : 0 <= (int_of C mu.2 * int_of C den)^-1 by rewrite invr_ge0 mulr_ge0 ?ltW.
apply: (psd_eq _ (psd_scale c0 h)) => i j.
rewrite {1}/entry /lowered /tabulate !nth_mkseq ?ltn_ord // number_sub number_scale /fraction.
have m1 := lt0r_neq0 m0; have d1 := lt0r_neq0 d0.
rewrite -[(i : nat) == j]/(i == j); case: (i == j); last by rewrite number0 subr0 mulr0 subr0; field; rewrite m1 d1.
by rewrite /number /= mulr0 addr0 int_of_mul mulr1; field; rewrite m1 d1.
Qed.

(** Arithmetic, apart from the long contexts below *)
Lemma Z_of_nat_gt0 m : (0 < m)%N -> (0 < Z.of_nat m)%ZZ. Proof. by move=> /ssrnat.ltP h; lia. Qed.
Lemma shift_den_gt0 a b : (0 < a)%ZZ -> (0 < b)%ZZ -> (0 < a * 10000 * b)%ZZ. Proof. by lia. Qed.
Lemma root_values (C : numClosedFieldType) :
  0 <= int_of C 14143%ZZ / int_of C 10000%ZZ /\ 2%:R <= (int_of C 14143%ZZ / int_of C 10000%ZZ) ^+ 2.
Proof. by apply: root_bound; lia. Qed.

Section Sound.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat) (fam : seq family).
Local Notation T := (scenario_of o d).
Local Notation den := (common fam 1).
Local Notation t := (table_of den fam).
Variables (delta : rational) (e : hidden) (denH : Z) (tH : table).
Hypotheses (hne : nonempty o d) (hN : (0 < size d)%N) (fit : fits den fam).
Hypothesis centre_ok : hermitian_assemblage (elements_of C T fam).
Hypothesis held : hold (hidden_rules o d den t delta e denH tH).
Local Notation items := (items_of o d delta e tH).
Local Notation L := 'I_(size items).
Local Notation item_at l := (nth item0 items l).
Local Notation mA := (setting_radices o).

Lemma sum_items (P : pred item) (F : item -> C) : \sum_(it <- items | P it) F it = \sum_(l : L | P (item_at l)) F (item_at l).
Proof. by rewrite (big_nth item0) big_mkord. Qed.
Lemma all_items (P : pred item) : all P items -> forall l : L, P (item_at l).
Proof. by move=> /(all_nthP item0) h l; apply: h. Qed.

Lemma told_lt (l : L) j (y : 'I_(@settings T j)) : (told (item_at l).1.1 j y < outcomes y)%N.
Proof.
move: held; rewrite !hold_cons => /and5P[_ /andP[_ /andP[/all_items/(_ l) h _]] _ _ _].
by have /uptoP := uptoP h (ltn_ord j); apply; apply: ltn_ord.
Qed.
Definition resp (l : L) j (y : 'I_(@settings T j)) : 'I_(outcomes y) := Ordinal (told_lt l y).

Lemma apl_told l x : apl (told_outcome resp l x) = outcome_of o (item_at l).1.1 (@xpl o d x).
Proof.
rewrite /apl (place_enc (size_oR o d (xpl x)) (outcomesE hne x)
  (g := fun j => told (item_at l).1.1 j (dig mA j (xpl x)))) // => j.
by rewrite /vals ffunE (dig_xpl hne).
Qed.
Lemma told_eq l x (a : outcome x) : (told_outcome resp l x == a) = (outcome_of o (item_at l).1.1 (@xpl o d x) == apl a).
Proof.
by rewrite -apl_told /apl (place_inj (size_oR o d (xpl x)) (outcomesE hne x) (outcomes_pos hne _)).
Qed.
Lemma sum_answering x (a : @outcome T x) (F : item -> C) :
  \sum_(it <- answering o items (xpl x) (apl a)) F it = \sum_(l | told_outcome resp l x == a) F (item_at l).
Proof. by rewrite big_filter sum_items; apply: eq_bigl => l; rewrite told_eq. Qed.

Definition hidden_op (l : L) (k : 'I_(bobs T)) : op C 'I_(@dim T k) := fun i j => number C (entry (nth [::] (item_at l).2 k) i j) / int_of C denH.
Lemma denH_gt0 : (0 < denH)%ZZ.
Proof. by move: held; rewrite !hold_cons => /and5P[_ /andP[/Z.ltb_lt h _] _ _ _]. Qed.
Lemma hidden_trace l k : trace (@hidden_op l k) = trace (@hidden_op l (Ordinal hN : 'I_(bobs T))).
Proof.
move: held; rewrite !hold_cons => /and5P[/all_items/(_ l) h _ _ _ _].
rewrite /trace /hidden_op -!mulr_suml; congr (_ / _); have := geqP C (uptoP h (ltn_ord k)).
by rewrite /gtrace !number_gsum_iota.
Qed.
Lemma hidden_centre k x (a : outcome x) i j :
  \sum_(l | told_outcome resp l x == a) @hidden_op l k i j = elements_of C T fam k x a i j.
Proof.
move: held; rewrite !hold_cons => /and5P[_ /andP[_ /andP[_ h]] _ _ _].
have /uptoP/(_ _ (ltn_ord i))/uptoP/(_ _ (ltn_ord j))/(geqP C) := eventsP hne (uptoP h (ltn_ord k)) a.
rewrite !number_scale number_gsum big_map (sum_answering a (fun it => number C (entry (nth [::] it.2 k) i j))) => e1.
rewrite /hidden_op -mulr_suml -(data_table C fit) /data -/(xpl x) -/(apl a).
have dC := lt0r_neq0 (int_of_gt0 C (den_gt0 fit)); have hC := lt0r_neq0 (int_of_gt0 C denH_gt0).
by apply: (mulfI dC); rewrite mulrA e1; field; rewrite dC hC.
Qed.

Section Vanish.
Local Notation T1 := (scenario_of o [:: 1%N]).
Lemma nonempty1 : nonempty o [:: 1%N].
Proof. by case/and3P: hne => h1 h2 _; rewrite /nonempty h1 h2. Qed.
(** Multipliers that balance give 0 on what does not signal. *)
Lemma multipliers_vanish (V : table) (F : forall x : setting T1, outcome x -> C) (j : 'I_(alices T1)) :
  check_V o [:: 1%N] V -> no_signalling F -> \sum_x \sum_(a : outcome x)
    number C (entry (element V j (@xpl o [:: 1%N] x) (rest (outcome_radices o (@xpl o [:: 1%N] x)) j (apl a))) 0 0) * F x a = 0.
Proof.
move=> hV nF; pose f0 : space T1 := [ffun k => Ordinal (scenario_dims_pos nonempty1 k)].
pose S x (a : @outcome T1 x) : op C (space T1) := fun f g => F x a * ((f == f0) && (g == f0))%:R.
have nS f g : no_signalling (fun x a => S x a f g).
  apply: (no_signalling_eq (F := fun x a => ((f == f0) && (g == f0))%:R * F x a)) => [x a|]; first exact: mulrC.
  exact: no_signallingZ.
have := value_V (othersP nonempty1) (multiplier_sum0 C nonempty1 hV) j nS; apply: etrans.
apply: eq_bigr => x _; apply: eq_bigr => a _; rewrite /inner (bigD1 f0) //= (bigD1 f0) //= /S !eqxx mulr1.
rewrite [X in _ + X + _]big1 => [|g /negPf->]; last by rewrite mulr0 mulr0.
rewrite [X in _ + X]big1 => [|f /negPf nf]; last first.
  by apply: big1 => g _; rewrite nf andbF mulr0 mulr0.
have f00 : fpl f0 = 0%N by have := fpl_lt f0; rewrite /card /= muln1 ltnS leqn0 => /eqP.
by rewrite !addr0 /multiplier f00 rest_lt ?(outcomes_pos nonempty1).
Qed.
End Vanish.

Section Moving.
Hypothesis moving : (delta.1 =? 0)%ZZ = false.
Local Notation bs := (bases_of e).
Local Notation B := (int_of C (Z.of_nat (size bs))).
Definition coeff (l : L) (x : setting T) (a : outcome x) : C := int_of C (coefficient (item_at l) (xpl x) (apl a)) / B.
Lemma inverse_held : inverse_rule o bs items.
Proof. by move: held; rewrite !hold_cons => /and5P[_ _ /andP[_ h] _ _]; move: h; rewrite moving. Qed.
Lemma B_gt0 : 0 < B.
Proof. by apply: int_of_gt0; apply: Z_of_nat_gt0; case/andP: inverse_held. Qed.
Lemma coeff_inverse (F : forall x : setting T, outcome x -> C) : no_signalling F ->
  forall x (a : outcome x), \sum_(l | told_outcome resp l x == a) \sum_x' \sum_(a' : outcome x') coeff l a' * F x' a' = F x a.
Proof.
move=> nF x a; case/andP: inverse_held => _ h; have /andP[hV hE] := eventsP hne h a.
set V := multipliers_for o bs (xpl x) (apl a) in hV hE.
have E (x' : setting T) (a' : outcome x') : \sum_(l | told_outcome resp l x == a) coeff l a' =
    B^-1 * (\sum_(j < size o) number C (entry (element V j (xpl x') (rest (outcome_radices o (xpl x')) j (apl a'))) 0 0)
            + (if (xpl x == xpl x') && (apl a == apl a') then B else 0)).
  have := geqP C (eventsP hne hE a'); rewrite number_gsum_iota => <-.
  rewrite /number /= mulr0 addr0 int_of_sub int_of_Zsum (sum_answering a (fun it => int_of C (coefficient it (xpl x') (apl a')))).
  rewrite /coeff -mulr_suml mulrC; congr (_ * _).
  by case: ifP => _; rewrite subrK.
transitivity (\sum_x' \sum_(a' : outcome x') (\sum_(l | told_outcome resp l x == a) coeff l a') * F x' a').
  rewrite exchange_big; apply: eq_bigr => x' _; rewrite exchange_big; apply: eq_bigr => a' _.
  by rewrite mulr_suml.
under eq_bigr do under eq_bigr do rewrite E -mulrA mulrDl mulrDr mulr_suml.
under eq_bigr do rewrite big_split /=.
rewrite big_split /= -[RHS]add0r; congr (_ + _).
  under eq_bigr do rewrite -mulr_sumr exchange_big /=.
  rewrite -mulr_sumr exchange_big /= big1 ?mulr0 // => j _.
  have := @multipliers_vanish V F j hV nF; apply: etrans; apply: eq_bigr => x' _; apply: eq_bigr => a' _; exact: erefl.
have xinj (x' : setting T) : (xpl x == xpl x') = (x == x') by rewrite /xpl (place_inj (size_mA o d) (settingsE (o := o) (d := d)) (settings_pos hne)).
rewrite (bigD1 x) //= [X in _ + X]big1 ?addr0 => [|x' nx]; last first.
  by apply: big1 => a' _; rewrite xinj eq_sym (negPf nx) mul0r mulr0.
have ainj (a' : outcome x) : (apl a == apl a') = (a == a').
  by rewrite /apl (place_inj (size_oR o d (xpl x)) (outcomesE hne x) (outcomes_pos hne _)).
rewrite (bigD1 a) //= [X in _ + X]big1 ?addr0 => [|a' na]; last first.
  by rewrite ainj eq_sym (negPf na) andbF mul0r mulr0.
by rewrite !eqxx /= mulKf // lt0r_neq0 // B_gt0.
Qed.
End Moving.

Lemma radius_ok : (0 <= delta.1)%ZZ /\ (0 < delta.2)%ZZ.
Proof. by move: held; rewrite !hold_cons => /and5P[_ _ /andP[/andP[/Z.leb_le h1 /Z.ltb_lt h2] _] _ _]. Qed.
Theorem hidden_sound (s : elements C T) : hermitian_assemblage s -> ball (fraction C delta) (elements_of C T fam) s -> lhs_model s.
Proof.
move=> hs hb; have dims := scenario_dims_pos hne; have [d1 d2] := radius_ok; have d2C := int_of_gt0 C d2.
have pos (j : 'I_(alices T)) : (0 < settings j)%N.
  by case/and3P: hne => /(all_nthP 0%N) h _ _; have := h j; rewrite size_map (nth_map [::]) //; apply.
pose x0 : setting T := [ffun j => Ordinal (pos j)].
have hpos : hold (hidden_rules o d den t delta e denH tH) := held.
move: hpos; rewrite !hold_cons => /and5P[_ _ _ hp _].
case hm: (delta.1 =? 0)%ZZ.
  have hb0 : ball 0 (elements_of C T fam) s by move: hb hm => + /Z.eqb_eq r0; rewrite /fraction r0 mul0r.
  refine (@hidden_model C T dims (Ordinal hN) x0 (ordinal_finType (size items)) (@resp) s (@hidden_op) hs _ _ _) => [l k|l k|k x a i j].
  - have /andP[_ /uptoP/(_ _ (ltn_ord k))] := all_items hp l; rewrite hm => hl; have h mu2 := @lowered_psd C _ _ _ _ denH_gt0 mu2 hl.
    apply: (psd_eq _ (h _)) => [i j|]; last exact: shift_den_gt0.
    by rewrite /fraction /shift_of /hidden_op [fst _]/= Z.mul_0_r mul0r mul0r subr0.
  - exact: hidden_trace.
  by rewrite hidden_centre; exact: (ball0 hb0 a i j).
have B0 := B_gt0 hm; have [r0 r2] := root_values C; set B := int_of C (Z.of_nat (size (bases_of e))) in B0.
pose w (l : L) : C := int_of C (weight_of o (bases_of e) (item_at l).1.1) / B.
have dl0 : 0 <= fraction C delta by rewrite /fraction divr_ge0 ?(ltW d2C) // int_of_ge0.
refine (@lhs_reach C T dims (Ordinal hN) x0 (ordinal_finType (size items)) (@resp) (elements_of C T fam) s (fraction C delta) _ centre_ok hs hb dl0 r0 r2
  (@hidden_op) (@coeff) w _ _ _ _ _ _) => [l x a|l|l k|l k|k x a i j|F nF x a].
- by rewrite /coeff rpred_div ?int_of_real.
- have /andP[h _] := all_items hp l; move: h; rewrite hm /= => /Z.leb_le/(int_of_le C) h.
  rewrite /w ler_pdivl_mulr // mulr_suml; apply: le_trans h; rewrite /size_of_coefficients (int_of_events C hne).
  rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: eq_bigr => x _; rewrite mulr_suml; apply: eq_bigr => a _.
  by rewrite /coeff normrM normfV (ger0_norm (ltW B0)) int_of_abs divfK // lt0r_neq0.
- have /andP[_ /uptoP/(_ _ (ltn_ord k))] := all_items hp l; rewrite hm => hl; have h mu2 := @lowered_psd C _ _ _ _ denH_gt0 mu2 hl.
  have B1 := Z_of_nat_gt0 (proj1 (andP (inverse_held hm))).
  apply: (psd_eq _ (h _)) => [i j|]; last exact: shift_den_gt0.
  congr (_ - _ * _); rewrite /shift_of /fraction /row_bound /w -/B.
  set X := (delta.1 * _ * _)%ZZ; set Y := (delta.2 * _ * _)%ZZ; rewrite -[(X, Y).1]/X -[(X, Y).2]/Y /X /Y.
  rewrite !int_of_mul int_of_add int_of_mul int_of_sub int_of_nat -[int_of C 1%ZZ]/1 -[@dim T k]/(radix d k) -/B.
  have t0 : int_of C 10000%ZZ != 0 by apply/lt0r_neq0/int_of_gt0.
  by field; rewrite t0 !lt0r_neq0.
- exact: hidden_trace.
- exact: hidden_centre.
exact: coeff_inverse.
Qed.
End Sound.
