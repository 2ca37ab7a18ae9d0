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
Hypothesis F_psd : forall g, psd (strategy_op g).

Theorem lhs_value_ge0 (s : elements C T) : lhs_model s -> 0 <= value F s.
Proof.
case=> L [w [r [p [w0 _ hr [p0 p1] hs]]]].
pose G l x a := \sum_k inner (@F k x a) (r l k).
have -> : value F s = \sum_l w l * \sum_g chance (p l) g * \sum_x G l x (answer g x).
  transitivity (\sum_l w l * \sum_x \sum_(a : outcome x) (\prod_m p l m (x m) (a m)) * G l x a); last first.
    apply: eq_bigr => l _; congr (_ * _); under eq_bigr do rewrite (by_strategy (p1 l)).
    by rewrite exchange_big; apply: eq_bigr => g _; rewrite mulr_sumr.
  under [RHS]eq_bigr do rewrite mulr_sumr; rewrite [RHS]exchange_big; apply: eq_bigr => x _.
  under [RHS]eq_bigr do rewrite mulr_sumr; rewrite [RHS]exchange_big; apply: eq_bigr => a _.
  transitivity (\sum_k \sum_l w l * (\prod_m p l m (x m) (a m)) * inner (@F k x a) (r l k)); last first.
    by rewrite exchange_big; apply: eq_bigr => l _; rewrite /G !mulr_sumr; apply: eq_bigr => k _; rewrite mulrA.
  apply: eq_bigr => k _; under [RHS]eq_bigr do rewrite /inner mulr_sumr.
  rewrite [RHS]exchange_big; apply: eq_bigr => i _; under [RHS]eq_bigr do rewrite mulr_sumr.
  rewrite [RHS]exchange_big; apply: eq_bigr => j _; rewrite hs mulr_sumr; apply: eq_bigr => l _; exact: mulrCA.
apply: sumr_ge0 => l _; rewrite mulr_ge0 //; apply: sumr_ge0 => g _.
rewrite mulr_ge0 //; first by apply: prodr_ge0 => y _; apply: p0.
have := inner_ge0 (F_psd g) (product_psd (fun k => (hr l k).1)); congr (0 <= _).
rewrite -inner_suml; apply: eq_bigr => x _; rewrite -inner_suml; apply: eq_bigr => k _.
rewrite inner_extend; apply: eq_inner => // i j; rewrite product_partial_trace big1 ?mulr1 // => m _.
by case: (hr l m).
Qed.
End Lhs.
