(** 3.7 `quantum bound` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Commuting Meaning Tables Witness Rules Centre Naimark Words Squares SquaresSound Behaviours.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.
Local Arguments int_of C z : simpl never.

(** An element of the scenario, some outcomes of which may be left out *)
Definition label_ok (o : seq (seq nat)) (l : label) : bool :=
  (size l == size o) && all (fun j => (nth (None, 0) l j).2 < size (nth [::] o j))%N (iota 0 (size o)).
(** The evidence of 3.6: words with the rows of the factor, and its denominator *)
Record sum_of_squares := SumOfSquares { factor_den : Z; factor_rows_of : seq (word * seq row) }.
Definition whole (o : seq (seq nat)) : label := nseq (size o) (None, 0%N).

Section Realised.
Variables (C : numClosedFieldType) (A : star_algebra C) (o : seq (seq nat)) (d : seq nat) (J : finType) (w : state_on A J).
Local Notation T := (scenario_of o d).
Variables (P : kraus_operators T A) (S : forall x : setting T, outcome x -> op C J).
Hypothesis P_measured : measured P.
Hypothesis P_projective : forall y, projective_at P y.
Hypothesis SE : forall x (a : outcome x) f g, S a f g = w g f (\prod_j P (a j)).
Local Notation E := (numbered P).
Lemma only_setting l : label_ok o l -> exists x : setting T, fits_setting l =1 pred1 x.
Proof.
case/andP=> _ /allP h.
have lt (j : 'I_(alices T)) : ((nth (None, 0%N) l j).2 < @settings T j)%N by apply: h; rewrite mem_iota add0n ltn_ord.
exists [ffun j => Ordinal (lt j)] => x; apply/forallP/eqP => [hx|-> j]; last by rewrite ffunE.
by apply/ffunP => j; apply: val_inj; rewrite ffunE; apply/eqP/hx.
Qed.
Lemma key_worth l (F : op C J) : label_ok o l ->
  \sum_(x | fits_setting l x) \sum_(a : outcome x | fits_outcome l a) inner F (S a) = value w (events_from E 0 l) F.
Proof.
move=> hl; have [x0 hx] := only_setting hl; rewrite (big_pred1 x0) //.
have fx : fits_setting l x0 by rewrite hx /= eqxx.
rewrite -(events_sum P_measured P_projective (x := x0)) //; last by case/andP: hl => /eqP.
rewrite value_sum; apply: eq_bigr => a _; apply: eq_bigr => f _; apply: eq_bigr => g _; by rewrite SE.
Qed.
Lemma whole_events j n : events_from E j (nseq n (None, 0%N)) = 1.
Proof. by elim: n j => //= n IH j; rewrite IH mulr1. Qed.
End Realised.

Section Rules.
Variables (b : bounded) (e : sum_of_squares).
Local Notation o := (scenario_of_bound b).1.
Local Notation d := (scenario_of_bound b).2.
Local Notation D := (card d).
Definition bound_den : Z :=
  foldl (fun g x => Z.lcm g x.2.1) (Z.lcm (tolerance_of b).2 (upper_of b).2) (functional_of b).
Definition bound_terms (h : Z) : seq (label * matrix) :=
  let K := Z.of_nat (count (functional_of b)) in
  let c := ((upper_of b).1 * (h / (upper_of b).2) - 2 * Z.of_nat D * K * ((tolerance_of b).1 * (h / (tolerance_of b).2)))%ZZ in
  (whole o, unit_matrix D c) :: [seq (x.1, scaled (- (h / x.2.1))%ZZ x.2.2) | x <- functional_of b].
Definition divides (a h : Z) : bool := (0 <? a)%ZZ && (Z.modulo h a =? 0)%ZZ.
Definition quantum_bound_rules : seq rule :=
  [:: named (ascii "hermitian") (fun _ => all (fun x => hermitian D x.2.2) (functional_of b));
      named (ascii "squares") (fun _ => let h := bound_den in
        [&& nonempty o d, (0 <=? (tolerance_of b).1)%ZZ, divides (tolerance_of b).2 h, divides (upper_of b).2 h,
            all (fun x => label_ok o x.1 && divides x.2.1 h) (functional_of b)
          & squares_rule o D h (bound_terms h) (factor_den e) (factor_rows_of e)])].

Variable C : numClosedFieldType.
Lemma divides_split a h : divides a h -> (0 < h)%ZZ -> [/\ 0 < int_of C a, int_of C (h / a) = int_of C h / int_of C a & 0 < int_of C h].
Proof.
case/andP=> /Z.ltb_lt a0 /Z.eqb_eq dv h0; have e' : h = (h / a * a)%ZZ by have := Z.div_mod h a; lia.
split; try exact: int_of_gt0.
by rewrite [in RHS]e' int_of_mul mulfK // lt0r_neq0 // int_of_gt0.
Qed.
Lemma worth_fraction (A : star_algebra C) (w : state_on A [finType of space (scenario_of o d)]) a (m : fraction_matrix) :
  worth w (@fpl o d) a m.2 / int_of C m.1 = value w a (fun f g => fraction_entry C m (fpl f) (fpl g)).
Proof.
rewrite /worth /value mulr_suml; apply: eq_bigr => f _; rewrite mulr_suml; apply: eq_bigr => g _.
by rewrite /mat /fraction_entry mulrAC.
Qed.
Theorem quantum_bound_sound : hold quantum_bound_rules -> meaning C (QuantumBound b).
Proof.
rewrite /quantum_bound_rules !hold_cons andbT => /andP[_ /and5P[hne /Z.leb_le r0 dr du /andP[hx hsq]]] G S hG hS.
have h0 : (0 < bound_den)%ZZ by move: hsq => /and4P[/Z.ltb_lt].
set h := bound_den in dr du hx hsq h0.
have [rC rE hC] := divides_split dr h0; have [uC uE _] := divides_split du h0.
have [A [w [P [hP hproj SE]]]] := naimark hS; pose E := numbered P.
have := squares_sound (numbered_star hproj) (numbered_mul hproj) (numbered_comm hP)
  (numbered_sum hP hproj) (@numbered_out _ _ _ _ P) w (@fpl_lt o d) (fpl_inj hne) (sum_space hne) hsq.
pose F0 : label * fraction_matrix := ([::], (Z0, [::])); pose F := functional_of b.
pose ev i := events_from E 0 (nth F0 F i).1.
pose Fop i : op C (space (scenario_of o d)) := fun f g => fraction_entry C (nth F0 F i).2 (fpl f) (fpl g).
pose B : C := (card d)%:R * (fraction C (tolerance_of b) *+ 2).
have -> : \sum_(x <- bound_terms h) worth w (@fpl o d) (events_from E 0 x.1) x.2 =
    int_of C h * (fraction C (upper_of b) - B *+ size F - \sum_(i < size F) value w (ev i) (Fop i)).
  rewrite big_cons whole_events (unit_worth _ (@fpl_lt o d) (fpl_inj hne)) big_map mulrBr; congr (_ + _).
    rewrite int_of_sub !int_of_mul rE uE !int_of_nat countE /B -(mulr_natr (_ * _)) -(mulr_natr (fraction _ _)) /fraction -/F [int_of C 2](_ : _ = 2%:R) //.
    by field; rewrite !lt0r_neq0.
  rewrite (big_nth F0) big_mkord mulr_sumr -sumrN; apply: eq_bigr => i _.
  have /andP[_ /divides_split/(_ h0)[mC mE _]] := all_nthP F0 hx i (ltn_ord i).
  by rewrite worth_scaled int_of_opp mE mulNr mulrAC -mulrA worth_fraction.
rewrite twice_Re_scale ?int_of_real // pmulr_rge0 // => ge.
have r0C : 0 <= fraction C (tolerance_of b) by rewrite /fraction mulr_ge0 ?invr_ge0 ?(ltW rC) //; apply: int_of_ge0.
have low i : (i < size F)%N -> 0 <= twice_Re (value w (ev i) (fun f g => Fop i f g - G i f g) + B).
  move=> hi; rewrite twice_ReD [twice_Re B]twice_Re_real; last by rewrite ger0_real // mulr_ge0 ?ler0n ?mulrn_wge0.
  have near_entry f g : `|Fop i f g - G i f g| <= fraction C (tolerance_of b) *+ 2.
    have [_ [h1 h2]] := hG i hi f g; rewrite distrC [X in `|X|]Crect.
    by apply: le_trans (ler_norm_add _ _) _; rewrite normrM normCi mul1r mulr2n ler_add.
  have sum_bound : \sum_(f : space (scenario_of o d)) fraction C (tolerance_of b) *+ 2 = B.
    rewrite (sum_space hne xpredT (fun=> fraction C (tolerance_of b) *+ 2)) sumr_const card_ord.
    by rewrite /B mulr_natl.
  apply: value_low; first exact: (events_contractive (numbered_star hproj) (numbered_mul hproj)).
    by move=> f; rewrite -sum_bound; apply: ler_sum => g _.
  by move=> g; rewrite -sum_bound; apply: ler_sum => f _.
pose V := \sum_(i < size F) value w (ev i) (G i).
have VE : functional_value (map fst F) G S = V.
  rewrite /functional_value size_map; apply: eq_bigr => i _; rewrite (nth_map F0) //.
  have /andP[hl _] := all_nthP F0 hx i (ltn_ord i).
  exact: (key_worth hP hproj SE (G i) hl).
have Vreal : V \is Num.real.
  apply: rpred_sum => i _; apply/CrealP; rewrite /value rmorph_sum exchange_big; apply: eq_bigr => f _.
  rewrite rmorph_sum; apply: eq_bigr => g _; have [herm _] := hG i (ltn_ord i) f g.
  by rewrite rmorphM -herm -phi_herm (events_star (numbered_star hproj) (numbered_comm hP)).
rewrite VE -subr_ge0; have : 0 <= twice_Re (fraction C (upper_of b) - V).
  have -> : fraction C (upper_of b) - V = fraction C (upper_of b) - B *+ size F - \sum_(i < size F) value w (ev i) (Fop i)
      + \sum_(i < size F) (value w (ev i) (fun f g => Fop i f g - G i f g) + B).
    have -> : \sum_(i < size F) (value w (ev i) (fun f g => Fop i f g - G i f g) + B) =
        \sum_(i < size F) value w (ev i) (Fop i) - V + B *+ size F.
      rewrite big_split sumr_const card_ord; congr (_ + _); rewrite /V -sumrB; apply: eq_bigr => i _.
      rewrite /value -sumrB; apply: eq_bigr => f _; rewrite -sumrB; by apply: eq_bigr => g _; rewrite mulrBl.
    by move: (\sum_(i < size F) _) (B *+ _) => Y Z; ring.
  rewrite twice_ReD addr_ge0 // twice_Re_sum; apply: sumr_ge0 => i _; exact: low.
rewrite twice_Re_real ?pmulrn_lge0 //; rewrite rpredB // /fraction rpred_div ?int_of_real //.
Qed.
End Rules.
