(** Products of operators of the Bobs: positivity and partial traces, and so those of [extend]. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Tensor.
Variables (C : numClosedFieldType) (T : scenario).
Local Notation J := (space T).
Definition one_op (I : finType) : op C I := fun i j => (i == j)%:R.

Section Product.
Variable R : forall k, op C 'I_(@dim T k).
Definition product_op : op C J := fun f g => \prod_k R (f k) (g k).

Lemma product_psd : (forall k, psd (@R k)) -> psd product_op.
Proof.
move=> hR; pose K := \max_k @dim T k.
have/fin_all_exists[L hL] k : exists L : 'I_(dim k) -> 'I_K -> C, forall i j, @R k i j = \sum_m L i m * (L j m)^*.
  by apply: psd_gram_card => //; rewrite card_ord (leq_bigmax k).
apply: psd_eq (gram_psd (w := fun=> 1)
  (fun (f : J) (m : {ffun 'I_(bobs T) -> 'I_K}) => \prod_k L k (f k) (m k)) (fun=> ler01)) => f g.
rewrite /product_op (eq_bigr _ (fun k _ => hL k (f k) (g k))) bigA_distr_bigA.
by apply: eq_bigr => m _; rewrite mul1r rmorph_prod -big_split.
Qed.

Lemma product_partial_trace k (i j : 'I_(dim k)) :
  partial_trace product_op i j = @R k i j * \prod_(l | l != k) trace (@R l).
Proof.
pose at_l l (c e : 'I_(@dim T l)) := if l == k then (c == i :> nat) && (e == j :> nat) else c == e.
have at_allE (f g : J) : (f k == i) && ((g k == j) && agree_off k (vals f) (vals g)) = [forall l, at_l l (f l) (g l)].
  apply/idP/forallP => [/and3P[/eqP ef /eqP eg /agree_offP h] l|h].
    rewrite /at_l; case: eqP => [->|/eqP nl]; first by rewrite ef eg !eqxx.
    by apply/eqP/val_inj/(h l nl).
  have := h k; rewrite /at_l eqxx => /andP[ef eg]; apply/and3P; split=> //.
  by apply/agree_offP => l nl; have := h l; rewrite /at_l (negPf nl) /vals => /eqP->.
transitivity (\sum_(f : J) \sum_(g : J) \prod_l (if at_l l (f l) (g l) then R (f l) (g l) else 0)).
  rewrite /partial_trace big_mkcond; apply: eq_bigr => f _; rewrite [X in if _ then X else _]big_mkcond.
  transitivity (\sum_(g : J) if (f k == i) && ((g k == j) && agree_off k (vals f) (vals g)) then product_op f g else 0).
    by case: (f k == i) => //; rewrite big1.
  apply: eq_bigr => g _; rewrite at_allE; case: ifP => [/forallP h|/negbT].
    by apply: eq_bigr => l _; rewrite h.
  by rewrite negb_forall => /existsP[l /negPf hl]; rewrite (bigD1 l) //= hl mul0r.
pose F l (c e : 'I_(@dim T l)) := if at_l l c e then R c e else 0.
rewrite (eq_bigr (fun f : J => \prod_l \sum_e F l (f l) e)) => [|f _]; last first.
  by rewrite (prod_sum_multi (fun l e => F l (f l) e)).
rewrite -(prod_sum_multi (fun l c => \sum_e F l c e)) (bigD1 k) //= /F; congr (_ * _).
  rewrite (bigD1 i) //= (bigD1 j) //= /at_l !eqxx big1 ?addr0 => [|e ne]; last first.
    by rewrite -[(e : nat) == j]/(e == j) (negPf ne) andbF.
  by rewrite big1 ?addr0 // => c nc; apply: big1 => e _; rewrite -[(c : nat) == i]/(c == i) (negPf nc).
apply: eq_bigr => l nl; apply: eq_bigr => c _; rewrite (bigD1 c) //= /at_l (negPf nl) eqxx big1 ?addr0 // => e ne.
by rewrite eq_sym (negPf ne).
Qed.
End Product.

(** [extend W] as a product *)
Section Extend.
Variables (k : 'I_(bobs T)) (W : op C 'I_(@dim T k)).
Definition at_numbers (c e : nat) : C :=
  match @insub nat (fun c => c < dim k)%N 'I_(dim k) c, @insub nat (fun e => e < dim k)%N 'I_(dim k) e with
  | Some c, Some e => W c e | _, _ => 0 end.
Definition factor l : op C 'I_(@dim T l) := fun c e => if l == k then at_numbers c e else one_op c e.
Lemma factor_k : factor (l := k) =2 W.
Proof. by move=> c e; rewrite /factor eqxx /at_numbers !valK. Qed.
Lemma factor_other l : l != k -> factor (l := l) =2 @one_op _.
Proof. by move=> /negPf nl c e; rewrite /factor nl. Qed.
Lemma extend_product : extend W =2 product_op factor.
Proof.
move=> f g; rewrite /extend /product_op (bigD1 k) //= factor_k; case: ifP => [/agree_offP h|/negbT].
  rewrite big1 ?mulr1 // => l nl; rewrite factor_other // /one_op.
  by have /val_inj-> := h l nl; rewrite eqxx.
rewrite negb_forall => /existsP[l]; rewrite negb_imply => /andP[nl hl].
by rewrite (bigD1 l) //= factor_other // /one_op -[_ == _]/(vals f l == vals g l) (negPf hl) mul0r mulr0.
Qed.
Lemma one_psd (I : finType) : psd (@one_op I).
Proof.
move=> v; rewrite (eq_bigr (fun i => (v i)^* * v i)) => [|i _].
  by apply: sumr_ge0 => i _; rewrite mulrC mul_conjC_ge0.
rewrite (bigD1 i) //= /one_op eqxx mulr1 big1 ?addr0 // => j nj.
by rewrite eq_sym (negPf nj) mulr0 mul0r.
Qed.
Lemma extend_psd : psd W -> psd (extend W).
Proof.
move=> hW; apply: psd_eq (product_psd (R := factor) _) => [f g|l]; first by rewrite extend_product.
have [->|nl] := eqVneq l k; first by apply: psd_eq hW => c e; rewrite factor_k.
by apply: (psd_eq (A := @one_op _)) => [c e|]; [rewrite factor_other | exact: one_psd].
Qed.
Lemma trace_one n : trace (@one_op (ordinal_finType n)) = n%:R.
Proof. by rewrite /trace (eq_bigr (fun=> 1)) => [|i _]; rewrite ?sumr_const ?card_ord // /one_op eqxx. Qed.
Lemma partial_trace_eq (A B : op C J) l : A =2 B -> @partial_trace C T l A =2 partial_trace B.
Proof. by move=> e i j; apply: eq_bigr => f _; apply: eq_bigr => g _. Qed.
Lemma trace_factor l : l != k -> trace (factor (l := l)) = (dim l)%:R.
Proof. by move=> nl; rewrite -trace_one; apply: eq_bigr => i _; rewrite factor_other. Qed.
Lemma partial_trace_extend (i j : 'I_(dim k)) :
  partial_trace (extend W) i j = W i j * \prod_(l | l != k) (dim l)%:R.
Proof.
rewrite (partial_trace_eq extend_product) product_partial_trace factor_k; congr (_ * _).
by apply: eq_bigr => l /trace_factor.
Qed.
Lemma partial_trace_extend_other l (i j : 'I_(@dim T l)) : l != k ->
  partial_trace (extend W) i j = one_op i j * trace W * \prod_(m | (m != l) && (m != k)) (dim m)%:R.
Proof.
move=> nl; rewrite (partial_trace_eq extend_product) product_partial_trace factor_other // -mulrA; congr (_ * _).
rewrite (bigD1 k) 1?eq_sym //=; congr (_ * _); first by apply: eq_bigr => c _; rewrite factor_k.
by apply: eq_bigr => m /andP[_ /trace_factor].
Qed.
End Extend.

Lemma extend_one k : extend (@one_op (ordinal_finType (@dim T k))) =2 @one_op _.
Proof.
move=> f g; rewrite /extend /one_op; case: ifP => [/agree_offP h|/negbT].
  congr ((nat_of_bool _)%:R); apply/eqP/eqP => [e|-> //]; apply/ffunP => l; apply: val_inj.
  by have [->|nl] := eqVneq l k; [rewrite e | apply: h].
by case: eqP => // ->; rewrite agree_off_refl.
Qed.
Lemma extendD k (A B : op C 'I_(@dim T k)) f g :
  extend (fun i j => A i j + B i j) f g = extend A f g + extend B f g.
Proof. by rewrite /extend; case: ifP; rewrite ?addr0. Qed.
Lemma extendZ k c (A : op C 'I_(@dim T k)) f g : extend (fun i j => c * A i j) f g = c * extend A f g.
Proof. by rewrite /extend; case: ifP; rewrite ?mulr0. Qed.
Lemma psd_sum (I K : finType) (A : K -> op C I) : (forall k, psd (A k)) -> psd (fun i j => \sum_k A k i j).
Proof.
move=> hA v; suff -> : \sum_i \sum_j (v i)^* * (\sum_k A k i j) * v j = \sum_k \sum_i \sum_j (v i)^* * A k i j * v j.
  by apply: sumr_ge0 => k _; apply: hA.
rewrite [RHS]exchange_big; apply: eq_bigr => i _; rewrite [RHS]exchange_big; apply: eq_bigr => j _.
by rewrite mulr_sumr mulr_suml.
Qed.
Lemma partial_traceD (A B : op C J) k (i j : 'I_(@dim T k)) :
  partial_trace (fun f g => A f g + B f g) i j = partial_trace A i j + partial_trace B i j.
Proof. by rewrite /partial_trace -big_split; apply: eq_bigr => f _; rewrite -big_split. Qed.
Lemma partial_traceZ c (A : op C J) k (i j : 'I_(@dim T k)) :
  partial_trace (fun f g => c * A f g) i j = c * partial_trace A i j.
Proof. by rewrite /partial_trace mulr_sumr; apply: eq_bigr => f _; rewrite mulr_sumr. Qed.
Lemma partial_trace_sum (K : finType) (A : K -> op C J) k (i j : 'I_(@dim T k)) :
  partial_trace (fun f g => \sum_m A m f g) i j = \sum_m partial_trace (A m) i j.
Proof.
rewrite /partial_trace [RHS]exchange_big; apply: eq_bigr => f _ /=; by rewrite [RHS]exchange_big.
Qed.
End Tensor.
