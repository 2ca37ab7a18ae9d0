(** Definition 14: assemblages with local hidden states are mixtures over strategies; inequalities for them. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum.
From Verified Require Import Meaning Tensor.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Lhs.
Variables (C : numClosedFieldType) (T : scenario).
(** A setting of some Alice, and the strategies: an outcome for each *)
Definition place_of := {j : 'I_(alices T) & 'I_(settings j)}.
Definition strategy := {dffun forall y : place_of, 'I_(outcomes (tagged y))}.
Definition answer (g : strategy) (x : setting T) : outcome x := [ffun j => g (Tagged (fun j => 'I_(settings j)) (x j))].

Section Responses.
Variable p : forall (j : 'I_(alices T)) (y : 'I_(settings j)), 'I_(outcomes y) -> C.
Hypothesis p_sum : forall j y, \sum_c @p j y c = 1.
Definition chance (g : strategy) : C := \prod_y p (g y).

Lemma chance_answer (x : setting T) (a : outcome x) : \sum_(g | answer g x == a) chance g = \prod_j p (a j).
Proof.
pose asked (y : place_of) := tagged y == x (tag y).
pose H (y : place_of) (c : 'I_(outcomes (tagged y))) : C := if asked y && (c != a (tag y) :> nat) then 0 else p c.
transitivity (\sum_(g : strategy) \prod_y H y (g y)).
  rewrite big_mkcond; apply: eq_bigr => g _; case: eqP => [e|ne].
    apply: eq_bigr => -[j y] _; rewrite /H /asked /=; case: eqP => //= ey; subst y.
    by rewrite -e ffunE eqxx.
  have [j nj] : exists j, g (Tagged (fun j => 'I_(settings j)) (x j)) != a j :> nat.
    apply/existsP; rewrite -negb_forall; apply/negP => /forallP h; apply: ne; apply/ffunP => j; apply: val_inj.
    by rewrite ffunE; apply/eqP/h.
  by rewrite (bigD1 (Tagged (fun j => 'I_(settings j)) (x j))) //= /H /asked /= eqxx nj mul0r.
rewrite -(prod_sum_multi H).
have -> : \prod_(y : place_of) (\sum_c H y c)
        = \prod_j \prod_(y : 'I_(@settings T j)) \sum_c H (Tagged (fun j => 'I_(settings j)) y) c.
  by rewrite sig_big_dep; apply: eq_bigr => -[j y].
apply: eq_bigr => j _; rewrite (bigD1 (x j)) //= [X in _ * X]big1 ?mulr1 => [|y ny]; last first.
  by rewrite -[RHS](p_sum y); apply: eq_bigr => c _; rewrite /H /asked /= (negPf ny).
rewrite (bigD1 (a j)) //= big1 ?addr0 => [|c nc]; first by rewrite /H /asked /= eqxx eqxx.
by rewrite /H /asked /= eqxx -[_ != _ :> nat]/(c != a j) nc.
Qed.
Lemma by_strategy (G : forall x : setting T, outcome x -> C) x :
  \sum_(a : outcome x) (\prod_j p (a j)) * G x a = \sum_g chance g * G x (answer g x).
Proof.
rewrite [RHS](partition_big (fun g => answer g x) xpredT) //=; apply: eq_bigr => a _.
by rewrite -(chance_answer a) mulr_suml; apply: eq_bigr => g /eqP->.
Qed.
End Responses.

(** 3.11: sum_x sum_k F^(k)_{g(x)|x} (x) 1 >= 0 for every strategy g *)
Variable F : elements C T.
Definition strategy_op (g : strategy) : op C (space T) := fun f h => \sum_x \sum_k extend (@F k x (answer g x)) f h.

(** The value of a mixture of hidden states is one of values at strategies. *)
Section Mixed.
Variables (L : finType) (w : L -> C) (r : L -> forall k, op C 'I_(@dim T k)).
Variables (p : L -> forall (j : 'I_(alices T)) (y : 'I_(settings j)), 'I_(outcomes y) -> C) (s : elements C T).
Hypotheses (w0 : forall l, 0 <= w l) (p0 : forall l j y c, 0 <= @p l j y c) (p1 : forall l j y, \sum_c @p l j y c = 1).
Hypothesis hs : forall k x (a : outcome x) i j, @s k x a i j = \sum_l w l * (\prod_m @p l m (x m) (a m)) * r l i j.
Definition told_value l (g : strategy) : C := \sum_x \sum_k inner (@F k x (answer g x)) (@r l k).

Lemma mixed_value : value F s = \sum_l w l * \sum_g chance (@p l) g * told_value l g.
Proof.
pose G l x a := \sum_k inner (@F k x a) (@r l k).
transitivity (\sum_l w l * \sum_x \sum_(a : outcome x) (\prod_m @p l m (x m) (a m)) * G l x a); last first.
  apply: eq_bigr => l _; congr (_ * _); under eq_bigr do rewrite (by_strategy (@p1 l)).
  by rewrite exchange_big; apply: eq_bigr => g _; rewrite mulr_sumr.
under [RHS]eq_bigr do rewrite mulr_sumr; rewrite [RHS]exchange_big; apply: eq_bigr => x _.
under [RHS]eq_bigr do rewrite mulr_sumr; rewrite [RHS]exchange_big; apply: eq_bigr => a _.
transitivity (\sum_k \sum_l w l * (\prod_m @p l m (x m) (a m)) * inner (@F k x a) (@r l k)); last first.
  by rewrite exchange_big; apply: eq_bigr => l _; rewrite /G !mulr_sumr; apply: eq_bigr => k _; rewrite mulrA.
apply: eq_bigr => k _; under [RHS]eq_bigr do rewrite /inner mulr_sumr.
rewrite [RHS]exchange_big; apply: eq_bigr => i _; under [RHS]eq_bigr do rewrite mulr_sumr.
rewrite [RHS]exchange_big; apply: eq_bigr => j _; rewrite hs mulr_sumr; apply: eq_bigr => l _; exact: mulrCA.
Qed.
Lemma mixed_value_ge0 : (forall l g, 0 <= 'Re (told_value l g)) -> 0 <= 'Re (value F s).
Proof.
have Re_scale (a z : C) : 0 <= a -> 'Re (a * z) = a * 'Re z.
  by move=> /ger0_real ra; rewrite ReM (Creal_ReP _ ra) (Creal_ImP _ ra) mul0r subr0.
move=> h; rewrite mixed_value raddf_sum; apply: sumr_ge0 => l _ /=; rewrite Re_scale // raddf_sum mulr_ge0 //.
have c0 g : 0 <= chance (@p l) g by apply: prodr_ge0 => y _; apply: p0.
by apply: sumr_ge0 => g _ /=; rewrite Re_scale // mulr_ge0.
Qed.
End Mixed.

Theorem lhs_value_ge0 (s : elements C T) : (forall g, psd (strategy_op g)) -> lhs_model s -> 0 <= 'Re (value F s).
Proof.
move=> F_psd [L [w [r [p [w0 _ hr [p0 p1] hs]]]]]; apply: (mixed_value_ge0 w0 p0 p1 hs) => l g.
have := inner_ge0 (F_psd g) (product_psd (fun k => (hr l k).1)); set v := inner _ _ => v0.
suff -> : told_value r l g = v by rewrite (Creal_ReP _ (ger0_real v0)).
rewrite /v -inner_suml; apply: eq_bigr => x _; rewrite -inner_suml; apply: eq_bigr => k _.
rewrite inner_extend; apply: eq_inner => // i j; rewrite product_partial_trace big1 ?mulr1 // => m _.
by case: (hr l m).
Qed.
End Lhs.
