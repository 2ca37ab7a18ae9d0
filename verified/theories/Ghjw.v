(** Theorem 6, "if", for one Alice (Gisin, Hughston, Jozsa, Wootters): parent states come from a quantum realisation. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum.
From Verified Require Import Tensor.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Factor.
Variable C : numClosedFieldType.
Definition dagger m n (A : 'M[C]_(m, n)) : 'M[C]_(n, m) := \matrix_(i, j) (A j i)^*.
Local Notation "A ^!" := (dagger A) (at level 8, format "A ^!").
Lemma daggerM m n p (A : 'M[C]_(m, n)) (B : 'M_(n, p)) : (A *m B)^! = B^! *m A^!.
Proof.
by apply/matrixP=> i j; rewrite !mxE rmorph_sum; apply: eq_bigr => k _; rewrite !mxE rmorphM mulrC.
Qed.
Lemma daggerK m n (A : 'M[C]_(m, n)) : A^!^! = A.
Proof. by apply/matrixP=> i j; rewrite !mxE conjCK. Qed.
Lemma dagger1 n : (1%:M : 'M[C]_n)^! = 1%:M.
Proof. by apply/matrixP=> i j; rewrite !mxE eq_sym conjC_nat. Qed.
Definition positive_mx n (A : 'M[C]_n) : Prop := psd (fun i j => A i j).
Lemma square_ge0 m n (A : 'M[C]_(m, n)) i : 0 <= (A *m A^!) i i.
Proof. by rewrite mxE; apply: sumr_ge0 => k _; rewrite mxE mul_conjC_ge0. Qed.
Lemma square_eq0 m n (A : 'M[C]_(m, n)) : (forall i, (A *m A^!) i i = 0) -> A = 0.
Proof.
move=> h; apply/matrixP=> i j; rewrite [RHS]mxE; apply/eqP; rewrite -mul_conjC_eq0; apply/eqP.
have := h i; rewrite mxE => /psumr_eq0P e; have := e _ j isT; rewrite mxE; apply=> k _.
by rewrite mxE mul_conjC_ge0.
Qed.
Lemma positive_square n (A : 'M[C]_n) : positive_mx A -> exists G : 'M_n, A = G *m G^!.
Proof.
move=> /psd_gram_card/(_ (eq_leq (card_ord n)))[L hL].
exists (\matrix_(i, k) L i k); apply/matrixP=> i j; rewrite hL mxE.
by apply: eq_bigr => k _; rewrite !mxE.
Qed.
Lemma square_positive m n (A : 'M[C]_(m, n)) : positive_mx (A *m A^!).
Proof.
apply: psd_eq (gram_psd (w := fun=> 1) (fun i k => A i k) (fun=> ler01)) => i j.
by rewrite mxE; apply: eq_bigr => k _; rewrite mul1r !mxE.
Qed.
Lemma conjugation_positive m n (A : 'M[C]_m) (B : 'M[C]_(n, m)) : positive_mx A -> positive_mx (B *m A *m B^!).
Proof. by move=> /positive_square[G ->]; rewrite mulmxA -mulmxA -daggerM; apply: square_positive. Qed.

(** A positive matrix is L L^dagger with an L that has a left inverse. *)
Lemma positive_injective n (A : 'M[C]_n) : positive_mx A ->
  exists r (L : 'M_(n, r)) (P : 'M_(r, n)), A = L *m L^! /\ P *m L = 1%:M.
Proof.
move=> /positive_square[G ->]; have GE := mulmx_base G; have fB := row_base_free G; have fD := col_base_full G.
move: (col_base G) (row_base G) GE fB fD => D B GE fB fD.
have [F hF] := positive_square (square_positive B).
have Funit : F \in unitmx.
  rewrite -row_free_unit -kermx_eq0; apply/eqP; set K := kermx F.
  have KF : K *m F = 0 by apply: mulmx_ker.
  have KB : K *m B = 0.
    by apply: square_eq0 => i; rewrite daggerM mulmxA -[_ *m B^!]mulmxA hF !mulmxA KF !mul0mx mxE.
  by apply: (row_free_inj fB); rewrite mul0mx.
have [P hP] : exists P, P *m D = 1%:M by apply/row_fullP.
exists (\rank G), (D *m F), (invmx F *m P); split; last by rewrite mulmxA -[_ *m P *m D]mulmxA hP mulmx1 mulVmx.
have -> : G *m G^! = D *m B *m (D *m B)^! by rewrite GE.
by rewrite !daggerM !mulmxA -[D *m B *m B^!]mulmxA hF !mulmxA.
Qed.

(** Positive S_a with the sum L L^dagger are L M_a L^dagger for a measurement M. *)
Lemma measured (O : finType) n r (S : O -> 'M[C]_n) (L : 'M_(n, r)) (P : 'M_(r, n)) :
  (forall a, positive_mx (S a)) -> \sum_a S a = L *m L^! -> P *m L = 1%:M ->
  [/\ forall a, positive_mx (P *m S a *m P^!), \sum_a P *m S a *m P^! = 1%:M
    & forall a, L *m (P *m S a *m P^!) *m L^! = S a].
Proof.
move=> hS hL hP; split=> [a||a]; first exact: conjugation_positive.
  by rewrite -mulmx_suml -mulmx_sumr hL mulmxA hP mul1mx -daggerM hP dagger1.
pose N := 1%:M - L *m P; have NL : N *m L = 0 by rewrite mulmxBl mul1mx -mulmxA hP mulmx1 subrr.
have NS : N *m S a = 0.
  have [G hG] := positive_square (hS a); suff NG : N *m G = 0 by rewrite hG mulmxA NG mul0mx.
  apply: square_eq0 => i; rewrite daggerM mulmxA -[N *m G *m _]mulmxA -hG.
  have : \sum_b (N *m S b *m N^!) i i = 0.
    by rewrite -summxE -mulmx_suml -mulmx_sumr hL mulmxA NL !mul0mx mxE.
  move/psumr_eq0P; apply=> // b _; have [H ->] := positive_square (hS b).
  by rewrite mulmxA -mulmxA -daggerM; apply: square_ge0.
have LPS : L *m P *m S a = S a.
  by apply/esym/eqP; rewrite -subr_eq0 -{1}[S a]mul1mx -mulmxBl NS.
have Sd : (S a)^! = S a by have [G ->] := positive_square (hS a); rewrite daggerM daggerK.
have SPL : S a *m P^! *m L^! = S a by rewrite -mulmxA -daggerM -{1}Sd -daggerM LPS Sd.
by rewrite !mulmxA LPS SPL.
Qed.
End Factor.

Section OneAlice.
Variables (C : numClosedFieldType) (T : scenario) (alice : 'I_(alices T)) (bob : 'I_(bobs T)).
Hypothesis only : forall j, j = alice.
Local Notation J := (space T).

Lemma trace_partial k (A : op C J) : trace (partial_trace A : op C 'I_(@dim T k)) = trace A.
Proof.
have innerE (I : finType) (B : op C I) : inner (@one_op C I) B = trace B.
  apply: eq_bigr => i _; rewrite (bigD1 i) //= /one_op eqxx mul1r big1 ?addr0 // => j nj.
  by rewrite eq_sym (negPf nj) mul0r.
rewrite -!innerE -inner_extend; apply: eq_inner => // f g; by rewrite extend_one.
Qed.
Lemma prod_one (F : 'I_(alices T) -> C) : \prod_j F j = F alice.
Proof. by rewrite (bigD1 alice) //= big1 ?mulr1 // => j; rewrite (only j) eqxx. Qed.
Lemma sum_one (r : 'I_(alices T) -> nat) (G : forall j, 'I_(r j) -> C) j : \sum_c G j c = \sum_(f : multi r) G j (f j).
Proof.
have := prod_sum_multi G; rewrite prod_one (only j) => ->.
by apply: eq_bigr => f _; rewrite prod_one.
Qed.

(** An outcome of a setting of the one Alice, as an outcome of all Alices *)
Definition event := {x : setting T & outcome x}.
Definition event_of j (y : 'I_(@settings T j)) (b : 'I_(outcomes y)) : option event :=
  [pick p : event | (tag p j == y :> nat) && (tagged p j == b :> nat)].
Lemma event_ofE (x : setting T) (a : outcome x) j : event_of (a j) = Some (Tagged (fun x => outcome x) a).
Proof.
rewrite /event_of; case: pickP => [[x' a'] /= /andP[/eqP ex /eqP ea]|/(_ (Tagged _ a))]; last by rewrite /= !eqxx.
have e : x' = x by apply/ffunP => l; apply: val_inj; rewrite (only l) -(only j).
by subst x'; have -> // : a' = a by apply/ffunP => l; apply: val_inj; rewrite (only l) -(only j).
Qed.

Theorem ghjw (s : elements C T) (x0 : setting T) S : assemblage s -> parent_states s S -> quantum s.
Proof.
move=> [_ [p [hp p1]] _] [hS nS mS]; set n := #|J|.
pose mx (A : op C J) : 'M[C]_n := \matrix_(i, j) A (enum_val i) (enum_val j).
have mx_pos A : psd A -> positive_mx (mx A).
  move=> hA v; have := hA (fun f => v (enum_rank f)); congr (0 <= _).
  rewrite (reindex (fun i : 'I_n => enum_val i : J)) /=; last by apply: onW_bij; apply: enum_val_bij.
  apply: eq_bigr => i _; rewrite (reindex (fun i : 'I_n => enum_val i : J)) /=; last by apply: onW_bij; apply: enum_val_bij.
  by apply: eq_bigr => j _; rewrite !enum_valK mxE.
have total x : \sum_a mx (S x a) = \sum_a mx (S x0 a).
  apply/matrixP=> i j; rewrite !summxE.
  have off y (a : outcome y) : agree_off alice (vals a) (fun=> 0%N).
    by apply/agree_offP => l; rewrite (only l) eqxx.
  have := nS (enum_val i) (enum_val j) alice (fun=> 0%N) x x0.
  have -> : agree_off alice (vals x) (vals x0) by apply/agree_offP => l; rewrite (only l) eqxx.
  move=> /(_ isT); rewrite !(eq_bigl _ _ (off _)) => h.
  transitivity (\sum_a S x a (enum_val i) (enum_val j)); first by apply: eq_bigr => a _; rewrite mxE.
  by rewrite h; apply: eq_bigr => a _; rewrite mxE.
have [|r [L [P [hL hP]]]] := @positive_injective C n (\sum_a mx (S x0 a)).
  apply: (psd_eq (A := fun i j => \sum_a mx (S x0 a) i j)) => [i j|]; first by rewrite summxE.
  by apply: psd_sum => a; apply: mx_pos.
have meas x := measured (fun a => mx_pos _ (hS x a)) (etrans (total x) hL) hP.
pose M0 (q : event) : 'M[C]_r := P *m mx (S (tag q) (tagged q)) *m dagger P.
pose M j (y : 'I_(@settings T j)) (b : 'I_(outcomes y)) : op C 'I_r := fun e e' =>
  if event_of b is Some q then M0 q e' e else 0.
have tr_psd (A : 'M[C]_r) : positive_mx A -> psd (fun i j => A j i).
  move=> hA v; have := hA (fun i => (v i)^*); congr (0 <= _); rewrite exchange_big.
  by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite conjCK; ring.
pose rho : op C (alice_space (fun=> r) * J) := fun u w =>
  L (enum_rank u.2) (u.1 alice) * (L (enum_rank w.2) (w.1 alice))^*.
have sum_e (G : 'I_r -> C) : \sum_(e : alice_space (T := T) (fun=> r)) G (e alice) = \sum_c G c.
  by rewrite (sum_one (fun _ => G) alice).
have steeredE x (a : outcome x) : steered rho M a =2 S x a.
  move=> f g; have [_ _ /(_ a)/matrixP/(_ (enum_rank f) (enum_rank g))] := meas x.
  rewrite [in X in _ = X]mxE !enum_rankK => <-; rewrite /steered.
  have ME (e e' : alice_space (T := T) (fun=> r)) :
      \prod_j M j (x j) (a j) (e j) (e' j) = M0 (Tagged (fun x => outcome x) a) (e' alice) (e alice).
    by rewrite prod_one /M event_ofE.
  transitivity (\sum_c \sum_c' M0 (Tagged (fun x => outcome x) a) c' c * (L (enum_rank f) c' * (L (enum_rank g) c)^*)).
    rewrite -sum_e; apply: eq_bigr => e _; rewrite -sum_e; apply: eq_bigr => e' _; by rewrite ME.
  rewrite -[P *m _ *m _]/(M0 (Tagged (fun x => outcome x) a)); move: (M0 _) => A.
  rewrite mxE; apply: eq_bigr => c _; rewrite !mxE mulr_suml; apply: eq_bigr => c' _.
  by rewrite mulrCA mulrA.
exists (fun=> r), rho, M; split.
- split.
    have := gram_psd (w := fun=> 1) (fun (u : alice_space (T := T) (fun=> r) * J) (_ : 'I_1) =>
      L (enum_rank u.2) (u.1 alice)) (fun=> ler01).
    by apply: psd_eq => u w; rewrite big_ord1 mul1r.
  transitivity (\sum_f (L *m dagger L) (enum_rank f) (enum_rank f)).
    rewrite /trace (eq_bigr (fun u : alice_space (T := T) (fun=> r) * J => rho (u.1, u.2) (u.1, u.2))) => [|[] //].
    rewrite -(pair_bigA _ (fun e f => rho (e, f) (e, f))) exchange_big; apply: eq_bigr => f _ /=.
    by rewrite (sum_e (fun c => L (enum_rank f) c * (L (enum_rank f) c)^*)) mxE; apply: eq_bigr => c _; rewrite mxE.
  rewrite -hL -[RHS](p1 x0) (eq_bigr (fun f => \sum_a S x0 a f f)) => [|f _]; last first.
    by rewrite summxE; apply: eq_bigr => a _; rewrite mxE enum_rankK.
  rewrite exchange_big; apply: eq_bigr => a _; rewrite -(hp bob x0 a) -[LHS]/(trace (S x0 a)) -(trace_partial bob); by apply: eq_bigr => i _; rewrite mS.
- move=> j y b; rewrite /M; case: (event_of b) => [[x a]|]; last first.
    by move=> v; rewrite big1 // => i _; rewrite big1 // => k _; rewrite mulr0 mul0r.
  by apply: tr_psd; have [h _ _] := meas x; apply: h.
- move=> j y e e'; have [x xy] : exists x : setting T, x j = y.
    exists [ffun l => insubd (x0 l) (y : nat)]; apply: val_inj; rewrite ffunE val_insubd.
    by have := ltn_ord y; rewrite -/(settings j) => ->.
  subst y; rewrite (sum_one (fun l c => M l (x l) c e e') j).
  have [_ /matrixP/(_ e' e) + _] := meas x; rewrite summxE !mxE eq_sym => <-.
  by apply: eq_bigr => a _; rewrite /M event_ofE.
move=> k x a i j; rewrite -(mS k x a i j); exact: (partial_trace_eq (steeredE x a)).
Qed.
End OneAlice.
