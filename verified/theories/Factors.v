(** 3.14, 3.15: one Bob whose space is that of several, its factors; hidden states that are products (Eq. 30) *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum Gauss Digits Check Literals.
From Verified Require Import Meaning Tensor Reach Lhs LhsReach.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Factors.
Variables (C : numClosedFieldType) (T : scenario) (f : seq nat).
Local Notation B := (scenario_of [::] f).
Hypotheses (fpos : all (leq 1%N) f) (Dk : forall k, @dim T k = card f).
Lemma factors_nonempty : nonempty [::] f. Proof. by rewrite /nonempty /= fpos. Qed.
Local Notation hB := factors_nonempty.
Local Notation fpl := (@fpl [::] f).
Definition at_place k (m : space B) : 'I_(@dim T k) := cast_ord (esym (Dk k)) (Ordinal (fpl_lt m)).
Let dE (b : 'I_(bobs B)) : @dim B b = radix f b. Proof. by []. Qed.
Definition from_place k (i : 'I_(@dim T k)) : space B := unplace dE fpos (cast_ord (Dk k) i).
Lemma from_at k : cancel (@at_place k) (@from_place k).
Proof. by move=> m; apply/eqP; rewrite -(fpl_inj hB) /fpl (place_unplace erefl dE fpos). Qed.
Lemma at_from k : cancel (@from_place k) (@at_place k).
Proof. by move=> i; apply: val_inj; rewrite /= -[RHS]/(val (cast_ord (Dk k) i)) -[RHS](place_unplace erefl dE fpos). Qed.
Lemma sum_factors k (F : 'I_(@dim T k) -> C) : \sum_i F i = \sum_m F (at_place k m).
Proof. by rewrite (reindex (@at_place k)) //; apply: onW_bij; exists (@from_place k); [exact: from_at | exact: at_from]. Qed.

(** A product state as one of the one Bob *)
Definition joined (rho : forall b, op C 'I_(@dim B b)) k : op C 'I_(@dim T k) := fun i j => product_op rho (from_place i) (from_place j).
Lemma inner_joined (M : nat -> nat -> C) rho k : inner (fun i j : 'I_(@dim T k) => M i j) (joined rho (k := k)) = inner (fun m n => M (fpl m) (fpl n)) (product_op rho).
Proof.
rewrite /inner sum_factors; apply: eq_bigr => m _; rewrite sum_factors; apply: eq_bigr => n _.
by rewrite /joined !from_at.
Qed.

(** ** Partial transposes of products *)
Variable turned : nat -> bool.
Definition swapped (m n : space B) : space B := [ffun b : 'I_(bobs B) => if turned b then n b else m b].
Definition turned_state (rho : forall b, op C 'I_(@dim B b)) (b : 'I_(bobs B)) : op C 'I_(@dim B b) :=
  fun i j => if turned b then rho b j i else rho b i j.
Lemma turned_psd rho : (forall b, psd (rho b)) -> forall b, psd (@turned_state rho b).
Proof.
move=> h b; rewrite /turned_state; case: (turned b); last exact: h.
move=> v; have := h b (fun i => (v i)^*); congr (0 <= _); rewrite exchange_big.
by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite conjCK; ring.
Qed.
Lemma inner_turned (Q : op C (space B)) rho :
  inner (fun m n => Q (swapped m n) (swapped n m)) (product_op rho) = inner Q (product_op (turned_state rho)).
Proof.
rewrite /inner !pair_bigA /= [RHS](reindex_inj (h := fun p : space B * space B => (swapped p.1 p.2, swapped p.2 p.1))) /=; last first.
  apply: (can_inj (g := fun p => (swapped p.1 p.2, swapped p.2 p.1))) => -[m n] /=.
  by congr (_, _); apply/ffunP => b; rewrite !ffunE; case: (turned b).
apply: eq_bigr => -[m n] _ /=; congr (_ * _); apply: eq_bigr => b _; rewrite /turned_state !ffunE.
by case: (turned b).
Qed.

(** ** The value of an inequality for product hidden states *)
Theorem product_value_ge0 (F s : elements C T) :
  (forall g rho, (forall b, psd (rho b)) -> 0 <= 'Re (\sum_x \sum_k inner (@F k x (answer g x)) (joined rho (k := k)))) ->
  product_lhs_model f s -> 0 <= 'Re (value F s).
Proof.
move=> h [L [w [r [p [w0 _ hr [p0 p1] hs]]]]].
apply: (mixed_value_ge0 (F := F) w0 p0 p1 (r := fun l k => joined (r l) (k := k))) => [k x a i j|l g].
  by rewrite -[i in LHS](@at_from k) -[j in LHS](@at_from k) (hs k x a (from_place i) (from_place j)).
by apply: h => b; case: (hr l b).
Qed.

(** ** Unnormalised product states with deterministic responses (3.15) *)
Variables (bob : 'I_(bobs T)) (x0 : setting T).
Variables (L : finType) (resp : L -> forall j (y : 'I_(@settings T j)), 'I_(outcomes y)).
Theorem product_model (s : elements C T) (H : L -> forall b, op C 'I_(@dim B b)) : assemblage s ->
  (forall l b, psd (H l b)) ->
  (forall k x (a : outcome x) m n, \sum_(l | told_outcome resp l x == a) product_op (H l) m n = s k x a (at_place k m) (at_place k n)) ->
  product_lhs_model f s.
Proof.
move=> [_ [p [hp p1]] _] hH hM; pose w l := \prod_b trace (H l b).
have tr0 l b : 0 <= trace (H l b) by apply: sumr_ge0 => i _; apply: psd_diag.
have z (b : 'I_(bobs B)) : 'I_(@dim B b) by apply: Ordinal; move/(all_nthP 1%N): fpos; apply.
pose r l b : op C 'I_(@dim B b) := if w l == 0 then fun i j => ((i == z b) && (j == z b))%:R else fun i j => (trace (H l b))^-1 * H l b i j.
have tn l b : w l != 0 -> trace (H l b) != 0 by move=> /prodf_neq0; apply.
exists L, w, r, (fun l j y c => (resp l y == c)%:R); split.
- by move=> l; apply: prodr_ge0.
- rewrite -(p1 x0) (eq_bigr (fun a => \sum_(l | told_outcome resp l x0 == a) w l)) => [|a _]; last first.
    rewrite -(hp bob x0 a) /trace sum_factors; under eq_bigr do rewrite -hM.
    by rewrite exchange_big; apply: eq_bigr => l _; rewrite /w (prod_sum_multi (fun b i => H l b i i)).
  by rewrite (partition_big (fun l => told_outcome resp l x0) xpredT).
- move=> l b; rewrite /r; case: eqP => [_|/eqP n0]; first exact: basis_state.
  split; first by apply: psd_scale; rewrite ?invr_ge0.
  by rewrite /trace -mulr_sumr mulVf // tn.
- by split=> [l j y c|l j y]; [exact: ler0n | rewrite (bigD1 (resp l y)) //= eqxx big1 ?addr0 // => c'; rewrite eq_sym => /negPf->].
move=> k x a m n i j hi hj.
have -> : i = at_place k m by apply: val_inj; rewrite /= -hi.
have -> : j = at_place k n by apply: val_inj; rewrite /= -hj.
rewrite -hM [LHS]big_mkcond; apply: eq_bigr => l _.
have -> : \prod_q (resp l (x q) == a q)%:R = (told_outcome resp l x == a)%:R :> C.
  case: eqP => [<-|ne]; first by rewrite big1 // => q _; rewrite ffunE eqxx.
  have [q nq] : exists q, resp l (x q) != a q.
    apply/existsP; rewrite -negb_forall; apply/negP => /forallP h; apply: ne; apply/ffunP => q.
    by rewrite ffunE; apply/eqP.
  by rewrite (bigD1 q) //= (negPf nq) mul0r.
have E : w l * \prod_b r l b (m b) (n b) = product_op (H l) m n.
  rewrite /r; case: eqP => [e|/eqP n0]; last first.
    rewrite /w -big_split; apply: eq_bigr => b _ /=; by rewrite mulVKf // tn.
  rewrite e mul0r; move/eqP: e; rewrite /w prodf_seq_eq0 => /hasP[b _ /andP[_ /eqP e]].
  by rewrite /product_op (bigD1 b) //= (zero_trace_psd (hH l b) e) mul0r.
by rewrite mulrAC E; case: (_ == a); rewrite ?mulr1 ?mulr0.
Qed.
End Factors.
