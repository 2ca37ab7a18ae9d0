(** A quantum realisation of finite dimension (Definition 3, [Claims.v]) is one of commuting Alices ([Commuting.v]). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality.
From Verified Require Import Commuting Naimark.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Operators on a space with a finite basis are a *-algebra. *)
Section Operators.
Variables (C : numClosedFieldType).
Definition conjo (a : C^o) : C^o := (a : C)^*.
Fact conjo_K a : conjo (conjo a) = a. Proof. exact: conjCK. Qed.
Fact conjo_D a b : conjo (a + b) = conjo a + conjo b. Proof. exact: (rmorphD [rmorphism of (@conjC C)]). Qed.
Fact conjo_M a b : conjo (a * b) = conjo b * conjo a. Proof. by rewrite [RHS]mulrC; apply: (rmorphM [rmorphism of (@conjC C)]). Qed.
Fact conjo_Z (c : C) a : conjo (c *: a) = c^* *: conjo a. Proof. exact: (rmorphM [rmorphism of (@conjC C)]). Qed.
Definition scalars : star_algebra C := @StarAlgebra C [algType C of C^o] conjo conjo_K conjo_D conjo_M conjo_Z.

Variables (E : finType) (n : nat) (u : 'I_n.+1 -> E).
Hypothesis u_bij : bijective u.
Local Notation M := (dilation scalars n).
Definition op_mx (A : op C E) : M := \matrix_(i, j) (A (u i) (u j) : C^o).
Definition op_mul (A B : op C E) : op C E := fun e f => \sum_v A e v * B v f.
Lemma op_mxE A B : A =2 B -> op_mx A = op_mx B.
Proof. by move=> e; apply/matrixP => i j; rewrite !mxE e. Qed.
Lemma op_mxM A B : op_mx A * op_mx B = op_mx (op_mul A B).
Proof.
apply/matrixP => i j; rewrite !mxE /op_mul (reindex u) /=; last exact: onW_bij.
by apply: eq_bigr => k _; rewrite !mxE.
Qed.
Lemma op_mx_star A : star (op_mx A) = op_mx (fun e f => (A f e)^*).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma op_mx1 : op_mx (fun e f => (e == f)%:R) = 1.
Proof. by apply/matrixP => i j; rewrite !mxE (inj_eq (bij_inj u_bij)). Qed.
Lemma op_mx_sum (I : finType) (F : I -> op C E) : \sum_a op_mx (F a) = op_mx (fun e f => \sum_a F a e f).
Proof. by apply/matrixP => i j; rewrite summxE !mxE; apply: eq_bigr => a _; rewrite mxE. Qed.
End Operators.

(** ** Operators of one Alice *)
Section OneAlice.
Variables (C : numClosedFieldType) (N : nat) (h : 'I_N -> nat).
Local Notation E := (multi h).
Definition put (e : E) (j : 'I_N) (c : 'I_(h j)) : E :=
  [ffun i => if i =P j is ReflectT eq then ecast i 'I_(h i) (esym eq) c else e i].
Lemma put_at e j c : put e c j = c.
Proof. by rewrite ffunE; case: eqP => // eq; rewrite (eq_axiomK eq). Qed.
Lemma put_off e j (c : 'I_(h j)) i : i != j -> put e c i = e i.
Proof. by rewrite ffunE; case: eqP. Qed.
Lemma agree_put e j (c : 'I_(h j)) : agree_off j (vals e) (vals (put e c)).
Proof. by apply/agree_offP => i ni; rewrite /vals put_off. Qed.
Lemma sum_agree (e : E) j (F : E -> C) : \sum_(v : E | agree_off j (vals e) (vals v)) F v = \sum_(c : 'I_(h j)) F (put e c).
Proof.
rewrite (reindex_onto (fun c => put e c) (fun v : E => v j)) => [|v /agree_offP hv]; last first.
  by apply/ffunP => i; have [->|ni] := eqVneq i j; rewrite ?put_at ?put_off //; apply/val_inj/hv.
by apply: eq_bigl => c; rewrite agree_put put_at eqxx.
Qed.
Definition lift (j : 'I_N) (A : op C 'I_(h j)) : op C E := fun e f => if agree_off j (vals e) (vals f) then A (e j) (f j) else 0.
Lemma lift_mul j A B : op_mul (lift A) (lift B) =2 lift (j := j) (op_mul A B).
Proof.
move=> e f; rewrite /op_mul.
transitivity (\sum_(v : E | agree_off j (vals e) (vals v)) A (e j) (v j) * lift B v f).
  by rewrite [RHS]big_mkcond; apply: eq_bigr => v _; rewrite {1}/lift; case: (agree_off j (vals e) _); rewrite ?mul0r.
rewrite sum_agree /lift; have agE (c : 'I_(h j)) : agree_off j (vals (put e c)) (vals f) = agree_off j (vals e) (vals f).
  by apply/agree_offP/agree_offP => hv i ni; rewrite -(hv i ni) /vals put_off.
case hag: (agree_off _ (vals e) _); first by apply: eq_bigr => c _; rewrite agE hag put_at.
by rewrite big1 // => c _; rewrite agE hag mulr0.
Qed.
Lemma lift_star j A e f : (lift (j := j) A f e)^* = lift (fun c c' => (A c' c)^*) e f.
Proof. by rewrite /lift agree_offC; case: ifP; rewrite ?conjC0. Qed.
Lemma lift_one j e f : lift (j := j) (fun c c' => (c == c')%:R) e f = (e == f)%:R.
Proof.
rewrite /lift; case: agree_offP => [hv|nv]; last by case: eqP => // ef; case: nv; rewrite ef.
congr (nat_of_bool _)%:R; apply/eqP/eqP => [ej|-> //]; apply/ffunP => i; apply: val_inj.
by have [->|/hv] := eqVneq i j; rewrite ?ej.
Qed.
Lemma lift_two j j' (A : op C 'I_(h j)) (B : op C 'I_(h j')) e f : j != j' -> op_mul (lift A) (lift B) e f =
  if [forall i, [|| i == j, i == j' | e i == f i :> nat]] then A (e j) (f j) * B (e j') (f j') else 0.
Proof.
move=> ne; rewrite /op_mul; pose v0 : E := [ffun i => if i == j then f i else e i].
rewrite (bigD1 v0) //= big1 ?addr0 => [|v nv].
  have ag : agree_off j (vals e) (vals v0) by apply/agree_offP => i /negPf ni; rewrite /vals ffunE ni.
  rewrite {1}/lift ag !ffunE eqxx /lift ffunE [j' == j]eq_sym (negPf ne).
  have -> : agree_off j' (vals v0) (vals f) = [forall i, [|| i == j, i == j' | e i == f i :> nat]].
    apply/agree_offP/forallP => [hv i|hv i ni].
      have [//|nj] := eqVneq i j; have [//|nj'] := eqVneq i j'; apply/eqP.
      by have := hv i nj'; rewrite /vals ffunE (negPf nj).
    by have := hv i; rewrite /vals ffunE (negPf ni); case: eqP => //= _ /eqP.
  by case: ifP; rewrite ?mulr0.
rewrite {1}/lift; case: agree_offP => [hv|_]; last by rewrite mul0r.
rewrite /lift; case: agree_offP => [hf|_]; last by rewrite mulr0.
case/eqP: nv; apply/ffunP => i; apply: val_inj; rewrite ffunE; have [->|ni] := eqVneq i j; last exact/esym/hv.
exact: hf.
Qed.
Lemma lift_comm j j' (A : op C 'I_(h j)) (B : op C 'I_(h j')) : j != j' -> op_mul (lift A) (lift B) =2 op_mul (lift B) (lift A).
Proof.
move=> ne e f; rewrite !lift_two ?[j' == j]eq_sym //.
have -> : [forall i, [|| i == j', i == j | e i == f i :> nat]] = [forall i, [|| i == j, i == j' | e i == f i :> nat]].
  by apply: eq_forallb => i; rewrite orbCA.
by case: ifP => // _; rewrite mulrC.
Qed.
(** A product of operators of different Alices *)
Variable A : forall j, op C 'I_(h j).
Lemma lift_prod (r : seq 'I_N) e f : uniq r ->
  foldr (fun j B => op_mul (lift (A (j := j))) B) (fun e f => (e == f)%:R) r e f =
  if [forall i, (i \in r) || (e i == f i :> nat)] then \prod_(i <- r) A (e i) (f i) else 0.
Proof.
elim: r e f => [|j r IH] e f /=.
  move=> _; rewrite big_nil; have -> : [forall i, (i \in [::]) || (e i == f i :> nat)] = (e == f).
    by apply/forallP/eqP => [hv|-> i]; [apply/ffunP => i; apply/val_inj/eqP/(hv i) | rewrite eqxx].
  by case: eqP.
case/andP=> nj ur; rewrite {1}/op_mul; pose v0 : E := [ffun i => if i == j then f i else e i].
rewrite (bigD1 v0) //= big1 ?addr0 => [|v nv].
  have ag : agree_off j (vals e) (vals v0) by apply/agree_offP => i /negPf ni; rewrite /vals ffunE ni.
  rewrite {1}/lift ag ffunE eqxx IH // big_cons.
  have -> : [forall i, (i \in r) || (v0 i == f i :> nat)] = [forall i, (i \in j :: r) || (e i == f i :> nat)].
    apply: eq_forallb => i; rewrite inE ffunE; have [->|_] := eqVneq i j; rewrite ?eqxx ?orbT //.
  case: ifP => // _; last by rewrite mulr0.
  congr (_ * _); rewrite [LHS]big_seq [RHS]big_seq; apply: eq_bigr => i ri; rewrite ffunE.
  by case: eqP ri => // -> rj; rewrite rj in nj.
rewrite {1}/lift; case: agree_offP => [hv|_]; last by rewrite mul0r.
rewrite IH //; case: ifP => [/forallP hf|_]; last by rewrite mulr0.
case/eqP: nv; apply/ffunP => i; apply: val_inj; rewrite ffunE; have [->|ni] := eqVneq i j; last exact/esym/hv.
by have := hf j; rewrite (negPf nj) /= => /eqP.
Qed.
End OneAlice.

Lemma pair_sum (C : zmodType) (I J : finType) (F : I * J -> C) : \sum_p F p = \sum_i \sum_j F (i, j).
Proof. by rewrite pair_bigA; apply: eq_bigr => -[]. Qed.
Section Instance.
Variables (C : numClosedFieldType) (T : scenario).
Lemma kraus_of_effects (h : 'I_(alices T) -> nat) (M : measurements C h) : (forall j x a, psd (@M j x a)) ->
  exists K : measurements C h, forall j x a c c', @M j x a c c' = \sum_i (@K j x a i c)^* * @K j x a i c'.
Proof.
move=> hM; have one j (x : 'I_(settings j)) (a : 'I_(outcomes x)) : exists K : op C 'I_(h j), forall c c', M j x a c c' = \sum_i (K i c)^* * K i c'.
  have [|L hL] := psd_gram_card (n := h j) (hM j x a); first by rewrite card_ord.
  by exists (fun i c => (L c i)^*) => c c'; rewrite hL; apply: eq_bigr => i _; rewrite conjCK.
have two j (x : 'I_(settings j)) : exists K : 'I_(outcomes x) -> op C 'I_(h j), forall a c c', M j x a c c' = \sum_i (K a i c)^* * K a i c'.
  exact: fin_all_exists (one j x).
have three j := fin_all_exists (two j); exact: fin_all_exists three.
Qed.

Theorem quantum_is_commuting (s : elements C T) : quantum s -> quantum_commuting s.
Proof.
case=> h [rho [M [[rho_psd rho1] hM M1 hs]]]; have [K hK] := kraus_of_effects hM.
pose E : finType := [finType of alice_space h].
have [n cardE] : exists n, #|E| = n.+1.
  case e: #|E| => [|n]; last by exists n.
  have := rho1; rewrite /trace big1 => [/esym/eqP|[v f] _]; first by rewrite oner_eq0.
  by have := card0_eq e v.
pose u (i : 'I_n.+1) : E := enum_val (cast_ord (esym cardE) i).
have ub : bijective u.
  exists (fun v => cast_ord cardE (enum_rank v)) => [i|v]; rewrite /u; last by rewrite cast_ordK enum_rankK.
  by rewrite enum_valK cast_ordKV.
pose A := dilation (scalars C) n.
exists (fun x a => steered rho M a) => //.
pose phi0 (f g : space T) (a : A) : C := \sum_i \sum_j (a : 'M[C]_n.+1) i j * rho (u j, g) (u i, f).
have sum_u (F : E -> C) : \sum_i F (u i) = \sum_v F v by rewrite [RHS](reindex u) //; apply: onW_bij.
have phiD f g a b : phi0 f g (a + b) = phi0 f g a + phi0 f g b.
  rewrite /phi0 -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _ /=.
  by rewrite mxE mulrDl.
have phiZ f g (c : C) a : phi0 f g (c *: a) = c * phi0 f g a.
  rewrite /phi0 mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _.
  by rewrite mxE mulrA.
have phi_herm f g a : phi0 g f (star a) = (phi0 f g a)^*.
  rewrite /phi0 rmorph_sum exchange_big; apply: eq_bigr => i _; rewrite rmorph_sum; apply: eq_bigr => j _ /=.
  by rewrite mxE rmorphM; congr (_ * _); apply: psd_herm.
have [ui uK uiK] := ub.
have phi_ge0 (x : space T -> A) : 0 <= \sum_f \sum_g phi0 f g (star (x f) * x g).
  pose v k (p : E * space T) : C := ((x p.2 : 'M[C]_n.+1) k (ui p.1))^*.
  have -> : \sum_f \sum_g phi0 f g (star (x f) * x g) = \sum_k \sum_p \sum_q (v k p)^* * rho p q * v k q.
    transitivity (\sum_f \sum_g \sum_i \sum_j \sum_k (v k (u j, g))^* * rho (u j, g) (u i, f) * v k (u i, f)).
      apply: eq_bigr => f _; apply: eq_bigr => g _; apply: eq_bigr => i _; apply: eq_bigr => j _.
      rewrite mxE mulr_suml; apply: eq_bigr => k _; rewrite mxE /v /= conjCK !uK.
      by rewrite [RHS]mulrC mulrA.
    transitivity (\sum_q \sum_p \sum_k (v k p)^* * rho p q * v k q); last first.
      under eq_bigr do rewrite exchange_big; rewrite exchange_big; apply: eq_bigr => k _; exact: exchange_big.
    rewrite [RHS]pair_sum [RHS]exchange_big; apply: eq_bigr => f _; rewrite exchange_big.
    rewrite -[RHS](sum_u (fun e => \sum_p \sum_k (v k p)^* * rho p (e, f) * v k (e, f))); apply: eq_bigr => i _.
    rewrite [RHS]pair_sum [RHS]exchange_big; apply: eq_bigr => g _.
    by rewrite -[RHS](sum_u (fun e => \sum_k (v k (e, g))^* * rho (e, g) (u i, f) * v k (u i, f))).
  by apply: sumr_ge0 => k _; apply: rho_psd.
have phi_1 : \sum_f phi0 f f 1 = 1.
  rewrite -rho1 /trace pair_sum [RHS]exchange_big; apply: eq_bigr => f _ /=; rewrite -(sum_u (fun e => rho (e, f) (e, f))).
  apply: eq_bigr => i _; rewrite (bigD1 i) //= mxE eqxx mul1r big1 ?addr0 // => j /negPf nj.
  by rewrite mxE eq_sym nj mul0r.
pose w : state_on A [finType of space T] := StateOn phiD phiZ phi_herm phi_ge0 phi_1.
pose KA : kraus_operators T A := fun j x a => op_mx u (lift (K j x a)).
have KAE j x (a : 'I_(@outcomes T j x)) : star (KA j x a) * KA j x a = op_mx u (lift (M j x a)).
  rewrite /KA op_mx_star (op_mxM ub); apply: op_mxE => e f.
  have -> : op_mul (fun e f => (lift (K j x a) f e)^*) (lift (K j x a)) e f = op_mul (lift (fun c c' => (K j x a c' c)^*)) (lift (K j x a)) e f.
    apply: eq_bigr => v _; congr (_ * _); by rewrite lift_star /lift agree_offC.
  rewrite lift_mul /lift; case: ifP => // _; by rewrite hK.
have prodE (F : forall j, op C 'I_(h j)) (r : seq 'I_(alices T)) :
    \prod_(j <- r) op_mx u (lift (F j)) = op_mx u (foldr (fun j B => op_mul (lift (F j)) B) (fun e f => (e == f)%:R) r).
  elim: r => [|j r IH] /=; first by rewrite big_nil (op_mx1 C ub).
  by rewrite big_cons IH (op_mxM ub).
exists A, w, KA; split.
  split=> [j x|j j' x x' a a' ne].
    under eq_bigr do rewrite KAE; rewrite op_mx_sum -(op_mx1 C ub); apply: op_mxE => e f.
    rewrite -(lift_one C j) /lift; case: ifP => _; last by rewrite big1.
    by rewrite M1.
  rewrite /KA op_mx_star !(op_mxM ub); split; apply: op_mxE => e f; first exact: lift_comm.
  have starE e1 e2 : (lift (K j x a) e2 e1)^* = lift (fun c c' => (K j x a c' c)^*) e1 e2 by rewrite lift_star /lift agree_offC.
  transitivity (op_mul (lift (fun c c' => (K j x a c' c)^*)) (lift (K j' x' a')) e f).
    by apply: eq_bigr => v _; rewrite starE.
  rewrite lift_comm //; by apply: eq_bigr => v _; rewrite starE.
move=> x a f g; rewrite (eq_bigr (fun j => op_mx u (lift (M j (x j) (a j))))) => [|j _]; last exact: KAE.
rewrite (prodE (fun j => M j (x j) (a j))) /= /phi0 /steered.
under eq_bigr do under eq_bigr do rewrite mxE (lift_prod _ _ _ (index_enum_uniq _)).
rewrite -[LHS](sum_u (fun e => \sum_(e' : E) (\prod_j M j (x j) (a j) (e j) (e' j)) * rho (e', f) (e, g))); apply: eq_bigr => i _.
rewrite -[LHS](sum_u (fun e' : E => (\prod_j M j (x j) (a j) (u i j) (e' j)) * rho (e', f) (u i, g))); apply: eq_bigr => j _.
by congr (_ * _); case: forallP => // -[]; move=> k; rewrite mem_index_enum.
Qed.
End Instance.
