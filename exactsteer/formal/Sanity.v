(** Nothing depends on this file; it checks that the definitions of [Claims.v] fit together.
      - A quantum realisation (Definition 3) gives an assemblage (Definition 2).
      - Tracing out Bobs preserves positivity and trace.
      - With one Alice, no-signalling says that sum_a F(a|x) does not depend on x. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Quantum.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Sanity.
Variables (C : numClosedFieldType) (T : scenario).
Local Notation J := (space T).

Lemma trace_partial_trace (k : 'I_(bobs T)) (S : op C J) :
  trace (fun i j : 'I_(dim k) => partial_trace S i j) = trace S.
Proof.
rewrite /trace /partial_trace [RHS](partition_big (fun f : J => f k) xpredT) //=.
apply: eq_bigr => i _; apply: eq_bigr => f /eqP hf; rewrite (big_pred1 f) // => g.
apply/andP/eqP => [[/eqP hg /agree_offP h]|->]; last by rewrite hf eqxx agree_off_refl.
apply/ffunP=> l; apply: val_inj; have [->|nl] := eqVneq l k; first by rewrite hf hg.
exact/esym/h.
Qed.

(** v v^dagger (x) 1 >= 0: a sum of rank-one terms, one for each value of the other Bobs' indices. *)
Lemma extend_psd (k : 'I_(bobs T)) (v : 'I_(dim k) -> C) : psd (extend (fun i j => v i * (v j)^*) : op C J).
Proof.
pose cls (f : J) : {set J} := [set g : J | agree_off k (vals f) (vals g)].
have clsE f g : (cls f == cls g) = agree_off k (vals f) (vals g).
  apply/eqP/idP => [e|e]; first by have : g \in cls g by [rewrite inE agree_off_refl]; rewrite -e inE.
  by apply/setP=> h; rewrite !inE ![agree_off k _ (vals h)]agree_offC; apply: agree_off_eqr.
pose L (f : J) (P : {set J}) : C := (cls f == P)%:R * v (f k).
apply: (psd_eq (A := fun f g => \sum_P 1 * L f P * (L g P)^*)) => [f g|]; last first.
  by apply: (gram_psd (w := fun=> 1) L) => P; apply: ler01.
rewrite (bigD1 (cls f)) //= big1 => [|P /negPf nP]; last by rewrite /L eq_sym nP mul0r mulr0 mul0r.
rewrite addr0 mul1r /L /extend eqxx mul1r [cls g == _]eq_sym clsE.
by case: ifP; rewrite ?mul1r // mul0r conjC0 mulr0.
Qed.

Lemma partial_trace_psd (k : 'I_(bobs T)) (S : op C J) : psd S -> psd (fun i j : 'I_(dim k) => partial_trace S i j).
Proof.
move=> hS v; have := inner_ge0 (extend_psd v) hS; rewrite inner_extend /inner exchange_big /=.
by congr (0 <= _); apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite [v j * _]mulrC mulrAC.
Qed.

Lemma partial_trace_no_signalling (k : 'I_(bobs T)) (S : forall x : setting T, outcome x -> op C J) (i j : 'I_(dim k)) :
  (forall f g, no_signalling (fun x a => S x a f g)) -> no_signalling (fun x a => partial_trace (S x a) i j).
Proof.
move=> h l b x x' e; rewrite /partial_trace exchange_big [RHS]exchange_big; apply: eq_bigr => f _.
rewrite exchange_big [RHS]exchange_big; apply: eq_bigr => g _; exact: h.
Qed.

Lemma sum_trace_steered h (rho : op C (alice_space h * J)) (M : measurements C h) x :
  (forall j x e e', \sum_a @M j x a e e' = (e == e')%:R) -> \sum_(a : outcome x) trace (steered rho M a) = trace rho.
Proof.
move=> hM; have sumM (e e' : alice_space h) :
    \sum_(a : outcome x) \prod_j M j (x j) (a j) (e j) (e' j) = (e == e')%:R.
  rewrite -(prod_sum_multi (fun j c => M j (x j) c (e j) (e' j))).
  rewrite (eq_bigr (fun j => (e j == e' j)%:R)) => [|j _]; last exact: hM.
  have [<-|ne] := eqVneq e e'; first by rewrite big1 // => j _; rewrite eqxx.
  case: (pickP (fun j => e j != e' j)) => [j nj|all]; first by rewrite (bigD1 j) //= (negPf nj) mul0r.
  by case/eqP: ne; apply/ffunP=> j; apply/eqP; have /negbFE := all j.
rewrite /trace /steered exchange_big /=.
have -> : \sum_p rho p p = \sum_f \sum_e rho (e, f) (e, f).
  by rewrite exchange_big pair_bigA; apply: eq_bigr => -[].
apply: eq_bigr => f _; rewrite exchange_big; apply: eq_bigr => e _.
rewrite exchange_big (bigD1 e) //= -mulr_suml sumM eqxx mul1r big1 ?addr0 // => e' ne.
by rewrite -mulr_suml sumM eq_sym (negPf ne) mul0r.
Qed.

Theorem quantum_assemblage (s : elements C T) : quantum s -> assemblage s.
Proof.
case=> h [rho [M [[rho_psd rho1] M_psd M_sum1 hs]]]; split.
- move=> k x a; apply: psd_eq (partial_trace_psd (steered_psd rho_psd M_psd a)) => i j; exact: hs.
- exists (fun x a => trace (steered rho M a)); split=> [k x a|x]; last by rewrite sum_trace_steered.
  by rewrite -(trace_partial_trace k); apply: eq_bigr => i _; rewrite hs.
move=> k i j l b x x' e; rewrite -!(eq_bigr _ (fun a _ => hs k _ a i j)).
exact: partial_trace_no_signalling (steered_no_signalling rho M_sum1) l b x x' e.
Qed.

Lemma one_alice (F : forall x : setting T, outcome x -> C) : alices T = 1%N ->
  no_signalling F <-> forall x x', \sum_a F x a = \sum_a F x' a.
Proof.
move=> one; have off (j : 'I_(alices T)) f g : agree_off j f g.
  apply/agree_offP=> l /eqP[]; apply: val_inj; case: j l => [j hj] [l hl] /=.
  by move: hj hl; rewrite one !ltnS !leqn0 => /eqP-> /eqP->.
have j0 : 'I_(alices T) by rewrite one; exact: ord0.
split=> h => [x x'|j b x x' _].
  have := h j0 (fun=> 0%N) x x' (off _ _ _).
  by rewrite (eq_bigl _ _ (fun a => off j0 _ _)) [RHS](eq_bigl _ _ (fun a => off j0 _ _)).
by rewrite (eq_bigl _ _ (fun a => off j _ _)) [RHS](eq_bigl _ _ (fun a => off j _ _)).
Qed.
End Sanity.
