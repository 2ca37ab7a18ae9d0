(** Definition 3: mixtures of quantum elements are quantum, the Alices sharing which of them it is;
    so are local hidden states. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum.
From Verified Require Import Meaning Tensor.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Moved.
Variables (C : numClosedFieldType) (I K : finType) (i : I -> K).
(** An operator A on some of the vectors of a basis *)
Definition moved (A : op C I) : op C K := fun p q => \sum_e \sum_e' (i e == p)%:R * (i e' == q)%:R * A e e'.
Lemma sum_moved (A : op C I) (F : K -> K -> C) : \sum_p \sum_q F p q * moved A p q = \sum_e \sum_e' F (i e) (i e') * A e e'.
Proof.
transitivity (\sum_p \sum_q \sum_e \sum_e' F p q * ((i e == p)%:R * (i e' == q)%:R * A e e')).
  apply: eq_bigr => p _; apply: eq_bigr => q _; rewrite mulr_sumr; apply: eq_bigr => e _; exact: mulr_sumr.
rewrite (exchange_sum4 (fun p q e e' => F p q * ((i e == p)%:R * (i e' == q)%:R * A e e'))).
apply: eq_bigr => e _; apply: eq_bigr => e' _.
rewrite (bigD1 (i e)) //= (bigD1 (i e')) //= !eqxx !mul1r !big1 ?addr0 //.
  by move=> p np; apply: big1 => q _; rewrite eq_sym (negPf np) !mul0r mulr0.
by move=> q nq; rewrite [i e' == q]eq_sym (negPf nq) mulr0 mul0r mulr0.
Qed.
End Moved.

Lemma psd_pull (C : numClosedFieldType) (I K : finType) (g : K -> I) (A : op C I) : psd A -> psd (fun u v => A (g u) (g v)).
Proof.
move=> /psd_gram_card/(_ (leqnn _))[L hL].
apply: psd_eq (gram_psd (w := fun=> 1) (fun u k => L (g u) k) (fun=> ler01)) => u v.
by rewrite hL; apply: eq_bigr => k _; rewrite mul1r.
Qed.

Section Convex.
Variables (C : numClosedFieldType) (T : scenario) (L : finType) (w : L -> C) (s : L -> elements C T).
Hypotheses (w0 : forall l, 0 <= w l) (w1 : \sum_l w l = 1).
Variables (h : L -> 'I_(alices T) -> nat) (rho : forall l, op C (alice_space (h l) * space T)) (M : forall l, measurements C (h l)).
Hypothesis rho_state : forall l, state (@rho l).
Hypothesis M_psd : forall l j x a, psd (@M l j x a).
Hypothesis M_sum1 : forall l j x e e', \sum_a @M l j x a e e' = (e == e')%:R.

(** Alice j: which of the realisations, and a vector of her basis there *)
Definition place_in (j : 'I_(alices T)) := {l : L & 'I_(h l j)}.
Definition all_dims (j : 'I_(alices T)) : nat := #|{: place_in j}|.
Definition inj l (e : alice_space (h l)) : alice_space all_dims := [ffun j => enum_rank (Tagged (fun l => 'I_(h l j)) (e j) : place_in j)].
Lemma inj_inj l : injective (@inj l).
Proof.
move=> e e' E; apply/ffunP => j; have := congr1 (fun f : alice_space all_dims => f j) E; rewrite !ffunE => /enum_rank_inj/eqP.
by rewrite eq_Tagged => /eqP.
Qed.
Definition block j (x : 'I_(@settings T j)) (a : 'I_(outcomes x)) : op C (place_in j) := fun t t' =>
  if tag t == tag t' then M a (tagged t) (tagged_as t t') else 0.
Lemma block_psd j x a : psd (@block j x a).
Proof.
move=> v; pose u (l : L) (i : 'I_(h l j)) := v (Tagged (fun l => 'I_(h l j)) i).
suff -> : \sum_t \sum_t' (v t)^* * block a t t' * v t' = \sum_l \sum_i \sum_i' (u l i)^* * M a i i' * u l i'.
  by apply: sumr_ge0 => l _; apply: M_psd.
rewrite [RHS]sig_big_dep /=; apply: eq_bigr => -[l i] _ /=.
transitivity (\sum_l' \sum_(i' : 'I_(h l' j)) (v (Tagged (fun l => 'I_(h l j)) i))^* * block a (Tagged _ i) (Tagged (fun l => 'I_(h l j)) i') * u l' i').
  by rewrite [RHS]sig_big_dep /=; apply: eq_bigr => -[l' i'] _.
rewrite (bigD1 l) //= [X in _ + X]big1 ?addr0 => [|l' nl]; last first.
  by apply: big1 => i' _; rewrite /block /= eq_sym (negPf nl) mulr0 mul0r.
by apply: eq_bigr => i' _; rewrite /block /= eqxx tagged_asE.
Qed.

Definition all_measurements : measurements C all_dims := fun j x a c c' => block a (enum_val c) (enum_val c').
Definition all_state : op C (alice_space all_dims * space T) := fun u v =>
  \sum_l w l * moved (@inj l) (fun e e' => @rho l (e, u.2) (e', v.2)) u.1 v.1.

Lemma sum_pairs (E : finType) (F : E * space T -> C) : \sum_p F p = \sum_f \sum_e F (e, f).
Proof. by rewrite exchange_big pair_bigA; apply: eq_bigr => -[]. Qed.
Lemma all_state_state : state all_state.
Proof.
split.
  move=> v; pose V l (p : alice_space (h l) * space T) := v (inj p.1, p.2).
  suff -> : \sum_u \sum_u' (v u)^* * all_state u u' * v u' = \sum_l w l * \sum_p \sum_p' (V l p)^* * @rho l p p' * V l p'.
    by apply: sumr_ge0 => l _; rewrite mulr_ge0 //; case: (rho_state l) => h' _; apply: h'.
  transitivity (\sum_f \sum_g \sum_l w l * \sum_e \sum_e' ((v (inj e, f))^* * v (inj e', g)) * @rho l (e, f) (e', g)).
    rewrite sum_pairs; apply: eq_bigr => f _.
    under eq_bigr do rewrite sum_pairs; rewrite exchange_big; apply: eq_bigr => g _.
    transitivity (\sum_e \sum_e' \sum_l w l * ((v (e, f))^* * v (e', g) * moved (@inj l) (fun e e' => @rho l (e, f) (e', g)) e e')).
      apply: eq_bigr => e _; apply: eq_bigr => e' _; rewrite /all_state mulr_sumr mulr_suml; apply: eq_bigr => l _.
      by rewrite mulrCA -!mulrA; congr (_ * (_ * _)); apply: mulrC.
    under eq_bigr do rewrite exchange_big /=; rewrite exchange_big; apply: eq_bigr => l _.
    under eq_bigr do rewrite -mulr_sumr; rewrite -mulr_sumr; congr (_ * _).
    exact: (sum_moved (@inj l) (fun e e' => @rho l (e, f) (e', g)) (fun e e' => (v (e, f))^* * v (e', g))).
  under eq_bigr do rewrite exchange_big; rewrite exchange_big; apply: eq_bigr => l _.
  under eq_bigr do rewrite -mulr_sumr; rewrite -mulr_sumr; congr (_ * _); rewrite sum_pairs; apply: eq_bigr => f _.
  under [RHS]eq_bigr do rewrite sum_pairs; rewrite [RHS]exchange_big; apply: eq_bigr => g _.
  by apply: eq_bigr => e _; apply: eq_bigr => e' _; rewrite /V mulrAC.
rewrite /trace sum_pairs -w1.
transitivity (\sum_f \sum_l w l * \sum_(e : alice_space (h l)) @rho l (e, f) (e, f)).
  apply: eq_bigr => f _; rewrite exchange_big; apply: eq_bigr => l _; rewrite -mulr_sumr; congr (_ * _) => /=.
  have := sum_moved (@inj l) (fun e e' => @rho l (e, f) (e', f)) (fun e e' => (e == e')%:R).
  have -> : \sum_e \sum_e' (inj e == inj e')%:R * @rho l (e, f) (e', f) = \sum_e @rho l (e, f) (e, f).
    apply: eq_bigr => e _; rewrite (bigD1 e) //= eqxx mul1r [X in _ + X]big1 ?addr0 // => e' ne.
    by rewrite eq_sym (inj_eq (@inj_inj l)) (negPf ne) mul0r.
  move=> <-; apply: eq_bigr => e _; rewrite [RHS](bigD1 e) //= eqxx mul1r [X in _ + X]big1 ?addr0 // => e' ne.
  by rewrite eq_sym (negPf ne) mul0r.
rewrite exchange_big; apply: eq_bigr => l _; rewrite -mulr_sumr.
by have [_] := rho_state l; rewrite /trace sum_pairs => ->; rewrite mulr1.
Qed.

Lemma all_steered x (a : outcome x) f g : steered all_state all_measurements a f g = \sum_l w l * steered (@rho l) (@M l) a f g.
Proof.
rewrite /steered.
transitivity (\sum_(e : alice_space all_dims) \sum_(e' : alice_space all_dims) \sum_l w l * ((\prod_j all_measurements (a j) (e j) (e' j)) * moved (@inj l) (fun e0 e0' => @rho l (e0, f) (e0', g)) e' e)).
  by apply: eq_bigr => e _; apply: eq_bigr => e' _; rewrite /all_state mulr_sumr; apply: eq_bigr => l _; rewrite mulrCA.
under [LHS]eq_bigr do rewrite exchange_big /=; rewrite [LHS]exchange_big; apply: eq_bigr => l _.
under [LHS]eq_bigr do rewrite -mulr_sumr; rewrite -mulr_sumr; congr (_ * _); rewrite exchange_big.
rewrite (sum_moved (@inj l) (fun e0 e0' => @rho l (e0, f) (e0', g)) (fun e' e : alice_space all_dims => \prod_j all_measurements (a j) (e j) (e' j))).
rewrite exchange_big; apply: eq_bigr => e _; apply: eq_bigr => e' _; congr (_ * _); apply: eq_bigr => j _.
by rewrite /all_measurements !ffunE !enum_rankK /block /= eqxx tagged_asE.
Qed.

Theorem convex_quantum : (forall l k x (a : outcome x) (i j : 'I_(@dim T k)), partial_trace (steered (@rho l) (@M l) a) i j = s l a i j) ->
  quantum (fun k x a i j => \sum_l w l * @s l k x a i j).
Proof.
move=> hs; exists all_dims, all_state, all_measurements; split.
- exact: all_state_state.
- by move=> j x a; apply: psd_pull (block_psd a).
- move=> j x c c'; rewrite -(inj_eq enum_val_inj) /all_measurements /block.
  case: (enum_val c) (enum_val c') => l i [l' i'] /=; case: eqVneq => [e|ne].
    by subst l'; under eq_bigr do rewrite tagged_asE; rewrite M_sum1 eq_Tagged.
  by rewrite big1 //; case: eqP => // -[e]; rewrite e eqxx in ne.
move=> k x a i j; rewrite (partial_trace_eq (all_steered a)) partial_trace_sum; apply: eq_bigr => l _.
by rewrite partial_traceZ hs.
Qed.
End Convex.

Section Quantum.
Variables (C : numClosedFieldType) (T : scenario).
Theorem quantum_sum (L : finType) (w : L -> C) (s : L -> elements C T) : (forall l, 0 <= w l) -> \sum_l w l = 1 ->
  (forall l, quantum (s l)) -> quantum (fun k x a i j => \sum_l w l * @s l k x a i j).
Proof.
move=> w0 w1 /fin_all_exists[h /fin_all_exists[rho /fin_all_exists[M hM]]].
by apply: (convex_quantum w0 w1 (rho := rho) (M := M)) => [l|l j x a|l j x e e'|l k x a i j]; case: (hM l).
Qed.

Lemma quantum_same (s t : elements C T) : (forall k x a i j, @s k x a i j = @t k x a i j) -> quantum s -> quantum t.
Proof.
move=> same [h [rho [M [h1 h2 h3 h4]]]]; exists h, rho, M; split=> // k x a i j; by rewrite h4 same.
Qed.

Theorem mixture_quantum (r : C) (s t : elements C T) : 0 <= r -> r <= 1 -> quantum s -> quantum t -> quantum (mixture C T r s t).
Proof.
move=> r0 r1 hs ht; pose w (b : bool) := if b then r else 1 - r.
have w0 b : 0 <= w b by case: b; rewrite /w ?subr_ge0.
have w1 : \sum_b w b = 1 by rewrite big_bool /= addrC subrK.
apply: (quantum_same _ (quantum_sum (s := fun b => if b then s else t) w0 w1 _)) => [k x a i j|[]//].
by rewrite big_bool.
Qed.

(** Local hidden states: given lambda, a product state, the Alices tossing coins *)
Section Product.
Variables (rho : forall k, op C 'I_(@dim T k)) (p : forall (j : 'I_(alices T)) (y : 'I_(settings j)), 'I_(outcomes y) -> C).
Hypotheses (rho_state : forall k, state (@rho k)) (p0 : forall j y c, 0 <= @p j y c) (p1 : forall j y, \sum_c @p j y c = 1).
Local Notation E := (alice_space (T := T) (fun=> 1%N)).
Lemma only_vector (e e' : E) : e = e'.
Proof. by apply/ffunP => j; rewrite (ord1 (e j)) (ord1 (e' j)). Qed.
Lemma sum_vectors (F : E -> C) : \sum_e F e = F [ffun=> ord0].
Proof. by rewrite (big_pred1 [ffun=> ord0]) // => e; rewrite (only_vector e [ffun=> ord0]) /= eqxx. Qed.
Theorem product_quantum : quantum (fun k x a i j => (\prod_m p (a m)) * @rho k i j : C).
Proof.
exists (fun=> 1%N), (fun u v => product_op rho u.2 v.2), (fun j x a _ _ => p a); split.
- split; first by apply: (psd_pull snd); apply: product_psd => k; case: (rho_state k).
  rewrite /trace sum_pairs; under eq_bigr do rewrite sum_vectors /=.
  rewrite -(prod_sum_multi (fun k c => rho c c)) big1 // => k _; by case: (rho_state k).
- move=> j x a; apply: (psd_eq (A := fun e e' : 'I_1 => p a * one_op C e e')) => [e e'|].
    by rewrite /one_op (ord1 e) (ord1 e') mulr1.
  by apply: psd_scale => //; apply: one_psd.
- by move=> j x e e'; rewrite p1 (ord1 e) (ord1 e').
move=> k x a i j; rewrite (partial_trace_eq (B := fun f g => (\prod_m p (a m)) * product_op rho f g)) => [|f g]; last first.
  by rewrite /steered !sum_vectors.
rewrite partial_traceZ product_partial_trace [X in _ * (_ * X)]big1 ?mulr1 // => l _; by case: (rho_state l).
Qed.
End Product.

Theorem lhs_quantum (s : elements C T) : lhs_model s -> quantum s.
Proof.
case=> L [w [rho [p [w0 w1 hr [p0 p1] hs]]]].
apply: (quantum_same _ (quantum_sum (s := fun l k x a i j => (\prod_m p l m (x m) (a m)) * rho l k i j) w0 w1 _)) => [k x a i j|l].
  by rewrite hs; apply: eq_bigr => l _; rewrite mulrA.
by apply: product_quantum.
Qed.
End Quantum.
