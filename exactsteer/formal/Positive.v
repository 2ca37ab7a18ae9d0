(** Positive semidefinite operators: they are Hermitian, they are sums of rank-one
    terms, tr[A B] >= 0 for two of them, and diagonal dominance is sufficient. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Positive.
Variable C : numClosedFieldType.
Let sqr_i : 'i * 'i = -1 :> C. Proof. by rewrite -expr2 sqrCi. Qed.

(** v^dagger A w *)
Definition form (I : finType) (A : op C I) (v w : I -> C) : C :=
  \sum_i \sum_j (v i)^* * A i j * w j.
(** tr[A B] *)
Definition inner (I : finType) (A B : op C I) : C := \sum_i \sum_j A i j * B j i.

Section OneSpace.
Variable I : finType.
Implicit Types (A B S : op C I).

Lemma psd_eq A B : A =2 B -> psd A -> psd B.
Proof. by move=> eAB hA v; under eq_bigr do under eq_bigr do rewrite -eAB; apply: hA. Qed.

Lemma psd_add A B : psd A -> psd B -> psd (fun i j => A i j + B i j).
Proof.
move=> hA hB v; have := addr_ge0 (hA v) (hB v); rewrite -big_split /=.
under eq_bigr do rewrite -big_split /=.
by under eq_bigr do under eq_bigr do rewrite -mulrDl -mulrDr.
Qed.

Lemma psd_scale (c : C) A : 0 <= c -> psd A -> psd (fun i j => c * A i j).
Proof.
move=> hc hA v; have := mulr_ge0 hc (hA v); rewrite mulr_sumr.
under eq_bigr do rewrite mulr_sumr.
by under eq_bigr do under eq_bigr do rewrite mulrA [c * _]mulrCA.
Qed.

(** sum_k w_k l_k l_k^dagger with weights w_k >= 0 *)
Lemma gram_psd (K : finType) (w : K -> C) (L : I -> K -> C) : (forall k, 0 <= w k) ->
  psd (fun i j => \sum_k w k * L i k * (L j k)^*).
Proof.
move=> hw v.
have -> : \sum_i \sum_j (v i)^* * (\sum_k w k * L i k * (L j k)^*) * v j =
          \sum_k w k * ((\sum_i (v i)^* * L i k) * (\sum_i (v i)^* * L i k)^*).
  have E k : w k * ((\sum_i (v i)^* * L i k) * (\sum_i (v i)^* * L i k)^*) =
             \sum_i \sum_j (v i)^* * (w k * L i k * (L j k)^*) * v j.
    rewrite mulr_suml mulr_sumr; apply: eq_bigr => i _.
    rewrite rmorph_sum !mulr_sumr; apply: eq_bigr => j _.
    by rewrite rmorphM conjCK /=; ring.
  rewrite [RHS](eq_bigr _ (fun k _ => E k)) [RHS]exchange_big; apply: eq_bigr => i _.
  by rewrite [RHS]exchange_big; apply: eq_bigr => j _; rewrite mulr_sumr mulr_suml.
by apply: sumr_ge0 => k _; rewrite mulr_ge0 ?mul_conjC_ge0.
Qed.

Lemma psd_diag A i : psd A -> 0 <= A i i.
Proof.
move=> hA; have := hA (fun k => (k == i)%:R).
rewrite (bigD1 i) //= (bigD1 i) //= eqxx conjC1 mul1r mulr1 big1 ?addr0 => [|j /negPf->]; last by rewrite mulr0.
by rewrite big1 ?addr0 // => j /negPf->; apply: big1 => k _; rewrite conjC0 !mul0r.
Qed.

(** The form on e_i + z e_j. *)
Lemma psd_pair A i j (z : C) : psd A -> i != j ->
  0 <= A i i + A i j * z + (z^* * A j i + z^* * A j j * z).
Proof.
move=> hA nij; pose v k : C := if k == i then 1 else if k == j then z else 0.
have nji : j != i by rewrite eq_sym.
have sumE (F : I -> C) : \sum_k F k * v k = F i + F j * z.
  rewrite (bigD1 i) //= (bigD1 j) //= /v eqxx (negPf nji) eqxx mulr1 big1 ?addr0 // => k.
  by case/andP=> /negPf-> /negPf->; rewrite mulr0.
have sumE' (F : I -> C) : \sum_k (v k)^* * F k = F i + z^* * F j.
  rewrite (bigD1 i) //= (bigD1 j) //= /v eqxx (negPf nji) eqxx conjC1 mul1r big1 ?addr0 // => k.
  by case/andP=> /negPf-> /negPf->; rewrite conjC0 mul0r.
have := hA v.
have -> : \sum_i \sum_j (v i)^* * A i j * v j = \sum_k (v k)^* * (\sum_l A k l * v l).
  by apply: eq_bigr => k _; rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mulrA.
rewrite sumE' !sumE; set X := (X in 0 <= X -> _); set Y := (Y in _ -> 0 <= Y).
by have -> : X = Y by rewrite /X /Y; ring.
Qed.

Lemma psd_herm A i j : psd A -> A j i = (A i j)^*.
Proof.
move=> hA; have rd k : A k k \is Num.real by apply/ger0_real/psd_diag.
have [->|nij] := eqVneq i j; first by rewrite (CrealP (rd j)).
have h1 := ger0_real (psd_pair 1 hA nij); have h2 := ger0_real (psd_pair 'i hA nij).
have rX : A i j + A j i \is Num.real.
  have -> : A i j + A j i = (A i i + A i j * 1 + (1^* * A j i + 1^* * A j j * 1)) - (A i i + A j j).
    by rewrite conjC1; ring.
  by apply: rpredB => //; apply: rpredD.
have rY : 'i * (A i j - A j i) \is Num.real.
  have -> : 'i * (A i j - A j i) = (A i i + A i j * 'i + ('i^* * A j i + 'i^* * A j j * 'i)) - (A i i + A j j).
    by rewrite conjCi; ring: sqr_i.
  by apply: rpredB => //; apply: rpredD.
have e1 : A i j *+ 2 = (A i j + A j i) + 'i * - ('i * (A i j - A j i)) by ring: sqr_i.
have e2 : A j i *+ 2 = (A i j + A j i) - 'i * - ('i * (A i j - A j i)) by ring: sqr_i.
have : A j i *+ 2 = (A i j)^* *+ 2 by rewrite e2 -rmorphMn /= e1 conjC_rect // rpredN.
by move/eqP; rewrite -subr_eq0 -mulrnBl mulrn_eq0 /= subr_eq0 => /eqP.
Qed.

(** A zero on the diagonal needs a zero row. *)
Lemma psd_row0 A i j : psd A -> A i i = 0 -> A i j = 0.
Proof.
move=> hA hi; have [<- //|nij] := eqVneq i j.
pose t := (A j j + 1)^-1.
have hj := psd_diag j hA; have t0 : 0 < t by rewrite invr_gt0 ltr_spaddr ?ltr01.
have tr : t^* = t by apply/CrealP/ger0_real/ltW.
have := psd_pair (- t * (A i j)^*) hA nij.
rewrite hi (psd_herm i j hA) rmorphM rmorphN conjCK tr.
set n := A i j * (A i j)^*.
have -> : 0 + A i j * (- t * (A i j)^*) + (- t * A i j * (A i j)^* + - t * A i j * A j j * (- t * (A i j)^*))
        = - (t * n * (2%:R - A j j * t)) by rewrite /n; ring.
rewrite oppr_ge0 => h; apply/eqP; rewrite -mul_conjC_eq0; apply/eqP/le_anti; rewrite mul_conjC_ge0 andbT.
have pos : 0 < 2%:R - A j j * t.
  rewrite subr_gt0 /t ltr_pdivr_mulr ?ltr_spaddr ?ltr01 // -subr_gt0.
  have -> : 2%:R * (A j j + 1) - A j j = A j j + 2%:R by ring.
  by rewrite ltr_spaddr ?ltr0n.
by move: h; rewrite -mulrA pmulr_rle0 // pmulr_lle0.
Qed.

(** Every A >= 0 is a sum of rank-one terms l_k l_k^dagger, as many as there are
    nonzero diagonal entries: subtract one Cholesky column at a time. *)
Lemma psd_gram n A : psd A -> (#|[pred i | A i i != 0%R]| <= n)%N ->
  exists L : I -> 'I_n -> C, forall i j, A i j = \sum_k L i k * (L j k)^*.
Proof.
elim: n A => [|n IH] A hA hn.
  exists (fun _ _ => 0) => i j; rewrite big_ord0 psd_row0 //; apply/eqP; apply: contraTT hn => ni.
  by rewrite -ltnNge; apply/card_gt0P; exists i.
have [/= i0 n0|all0] := pickP [pred i | A i i != 0]; last first.
  exists (fun _ _ => 0) => i j; rewrite psd_row0 //; last by move: (all0 i) => /= /negbFE/eqP.
  by rewrite big1 // => k _; rewrite mul0r.
pose al := A i0 i0; have al0 : 0 < al by rewrite lt_def n0 psd_diag.
have alr : al^* = al by apply/CrealP/ger0_real/ltW.
pose B i j := A i j - A i i0 * A i0 j / al.
have hB : psd B.
  move=> v; pose z := \sum_j A i0 j * v j.
  have zc : \sum_i (v i)^* * A i i0 = z^*.
    by rewrite rmorph_sum; apply: eq_bigr => i _; rewrite rmorphM -(psd_herm i0 i hA) mulrC.
  pose w i := v i - (if i == i0 then z / al else 0).
  have sumE (F : I -> C) : \sum_j F j * w j = \sum_j F j * v j - F i0 * (z / al).
    rewrite (eq_bigr (fun j => F j * v j - (if j == i0 then F j * (z / al) else 0))).
      by rewrite sumrB -big_mkcond big_pred1_eq.
    by move=> j _; rewrite /w mulrBr; case: ifP; rewrite ?mulr0.
  have sumE' (F : I -> C) : \sum_j (w j)^* * F j = \sum_j (v j)^* * F j - (z / al)^* * F i0.
    rewrite (eq_bigr (fun j => (v j)^* * F j - (if j == i0 then (z / al)^* * F j else 0))).
      by rewrite sumrB -big_mkcond big_pred1_eq.
    by move=> j _; rewrite /w rmorphB mulrBl; case: ifP; rewrite ?conjC0 ?mul0r.
  have E F : \sum_i \sum_j (F i)^* * A i j * F j = \sum_i (F i)^* * \sum_j A i j * F j.
    by apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrA.
  have := hA w; rewrite E sumE' sumE -/z.
  have -> : \sum_j (v j)^* * (\sum_k A j k * w k) = \sum_i \sum_j (v i)^* * A i j * v j - z^* * (z / al).
    rewrite E -zc mulr_suml -sumrB; apply: eq_bigr => i _; rewrite sumE; ring.
  have -> : \sum_i \sum_j (v i)^* * B i j * v j = \sum_i \sum_j (v i)^* * A i j * v j - z^* * (z / al).
    rewrite -zc {1}/z 2!mulr_suml -sumrB; apply: eq_bigr => i _.
    rewrite mulr_sumr -sumrB; apply: eq_bigr => j _; rewrite /B; ring.
  have ez : A i0 i0 * (z / al) = z by rewrite -/al mulrC mulfVK ?lt0r_neq0.
  by rewrite ez subrr mulr0 subr0.
have [|L hL] := IH B hB.
  rewrite -ltnS; apply: leq_trans hn; apply: proper_card; apply/properP; split.
    apply/subsetP=> i; rewrite !inE; apply: contraNneq => hi.
    by rewrite /B hi (psd_row0 i0 hA hi) !mul0r subr0.
  exists i0; rewrite !inE //= negbK; apply/eqP.
  by rewrite /B -/al mulfK ?lt0r_neq0 // subrr.
exists (fun i k => if unlift ord0 k is Some k' then L i k' else A i i0 / sqrtC al) => i j.
rewrite big_ord_recl unlift_none; under eq_bigr do rewrite liftK.
rewrite -hL /B rmorphM fmorphV -(psd_herm j i0 hA).
have -> : (sqrtC al)^* = sqrtC al by apply/CrealP/ger0_real; rewrite sqrtC_ge0 ltW.
have -> : A i i0 / sqrtC al * (A i0 j / sqrtC al) = A i i0 * A i0 j / al.
  by rewrite mulf_div -expr2 sqrtCK.
by rewrite addrC subrK.
Qed.

Lemma psd_gram_card A n : psd A -> (#|I| <= n)%N ->
  exists L : I -> 'I_n -> C, forall i j, A i j = \sum_k L i k * (L j k)^*.
Proof. by move=> hA hn; apply: psd_gram => //; apply: leq_trans hn; apply: max_card. Qed.

Lemma inner_gram_ge0 (K : finType) (L : I -> K -> C) S : psd S ->
  0 <= inner (fun i j => \sum_k L i k * (L j k)^*) S.
Proof.
move=> hS.
have -> : inner (fun i j => \sum_k L i k * (L j k)^*) S = \sum_k \sum_j \sum_i (L j k)^* * S j i * L i k.
  rewrite /inner exchange_big /= [RHS]exchange_big /=; apply: eq_bigr => j _.
  rewrite [RHS]exchange_big /=; apply: eq_bigr => i _.
  by rewrite mulr_suml; apply: eq_bigr => k _; ring.
by apply: sumr_ge0 => k _; apply: hS (fun i => L i k).
Qed.

(** tr[A S] >= 0 *)
Lemma inner_ge0 A S : psd A -> psd S -> 0 <= inner A S.
Proof.
move=> hA hS; have [L hL] := psd_gram_card hA (leqnn _).
have -> : inner A S = inner (fun i j => \sum_k L i k * (L j k)^*) S.
  by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite hL.
exact: inner_gram_ge0.
Qed.

(** 2 Re(conj v r w) >= - |r| (|v|^2 + |w|^2) *)
Lemma cross_ge (r v w : C) :
  - (`|r| * (v * v^* + w * w^*)) <= v^* * r * w + w^* * r^* * v.
Proof.
have -> : w^* * r^* * v = (v^* * r * w)^* by rewrite !rmorphM conjCK /=; ring.
have h : - `|v^* * r * w| *+ 2 <= v^* * r * w + (v^* * r * w)^*.
  set y := v^* * r * w; have -> : y + y^* = 'Re y *+ 2.
    by rewrite ReE -[RHS]mulr_natr divfK // pnatr_eq0.
  have := (leif_normC_Re_Creal y).1; rewrite real_ler_norml ?Creal_Re // => /andP[h _].
  by rewrite ler_muln2r.
apply: le_trans h; rewrite mulNrn ler_opp2 !normrM norm_conjC.
rewrite -!normCK; have -> : `|v| * `|r| * `|w| *+ 2 = `|r| * (`|v| * `|w| *+ 2) by ring.
apply: ler_wpmul2l => //; rewrite -subr_ge0.
have -> : `|v| ^+ 2 + `|w| ^+ 2 - `|v| * `|w| *+ 2 = (`|v| - `|w|) ^+ 2 by ring.
by rewrite real_exprn_even_ge0 // rpredB ?normr_real.
Qed.

(** Gershgorin: Hermitian and diagonally dominant implies positive. *)
Lemma dominant_psd A : (forall i j, A j i = (A i j)^*) ->
  (forall i, \sum_(j | j != i) `|A i j| <= A i i) -> psd A.
Proof.
move=> hH dd v; set t := \sum_i _.
pose n i := v i * (v i)^*; have n0 i : 0 <= n i by apply: mul_conjC_ge0.
have absC i j : `|A j i| = `|A i j| by rewrite hH norm_conjC.
suff : 0 <= t *+ 2 by rewrite pmulrn_lge0.
have t2 : t *+ 2 = \sum_i (A i i * n i *+ 2 +
     \sum_(j | j != i) ((v i)^* * A i j * v j + (v j)^* * (A i j)^* * v i)).
  rewrite mulr2n {2}/t exchange_big /= /t -big_split /=.
  apply: eq_bigr => i _; rewrite -big_split /= (bigD1 i) //=; congr (_ + _).
    by rewrite /n; ring.
  by apply: eq_bigr => j _; rewrite -hH.
apply: le_trans (_ : \sum_i ((A i i - \sum_(j | j != i) `|A i j|) * n i *+ 2) <= _).
  by apply: sumr_ge0 => i _; rewrite mulrn_wge0 // mulr_ge0 // subr_ge0.
have -> : \sum_i ((A i i - \sum_(j | j != i) `|A i j|) * n i *+ 2) =
    \sum_i (A i i * n i *+ 2 + \sum_(j | j != i) - (`|A i j| * (n i + n j))).
  have -> : \sum_i (A i i * n i *+ 2 + \sum_(j | j != i) - (`|A i j| * (n i + n j))) =
     \sum_i (A i i * n i *+ 2 - \sum_(j | j != i) `|A i j| * n i) - \sum_i \sum_(j | j != i) `|A i j| * n j.
    rewrite -sumrB; apply: eq_bigr => i _; rewrite -addrA; congr (_ + _).
    by rewrite -opprD -big_split -sumrN /=; apply: eq_bigr => j _; rewrite mulrDr.
  have -> : \sum_i \sum_(j | j != i) `|A i j| * n j = \sum_i \sum_(j | j != i) `|A i j| * n i.
    rewrite (exchange_big_dep xpredT) //=; apply: eq_bigr => j _.
    by apply: eq_big => i; rewrite 1?eq_sym // absC.
  by rewrite -sumrB; apply: eq_bigr => i _; rewrite -mulr_suml; move: (\sum_(j | _) _) (A i i) (n i) => x y z; ring.
rewrite t2; apply: ler_sum => i _; rewrite ler_add2l; apply: ler_sum => j _.
exact: cross_ge.
Qed.
End OneSpace.

Section InnerAlgebra.
Variable I : finType.
Lemma eq_inner (A A' B B' : op C I) : A =2 A' -> B =2 B' -> inner A B = inner A' B'.
Proof. by move=> eA eB; apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite eA eB. Qed.
Lemma inner0 (B : op C I) : inner (fun _ _ => 0) B = 0.
Proof. by rewrite /inner big1 // => i _; apply: big1 => j _; rewrite mul0r. Qed.
Lemma innerD (A A' B : op C I) : inner (fun i j => A i j + A' i j) B = inner A B + inner A' B.
Proof.
rewrite /inner -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _.
exact: mulrDl.
Qed.
Lemma inner_sumr (J : finType) (P : pred J) (A : op C I) (B : J -> op C I) :
  \sum_(k | P k) inner A (B k) = inner A (fun i j => \sum_(k | P k) B k i j).
Proof.
rewrite exchange_big; apply: eq_bigr => i _; rewrite exchange_big; apply: eq_bigr => j _.
by rewrite mulr_sumr.
Qed.
Lemma inner_suml (J : finType) (P : pred J) (A : J -> op C I) (B : op C I) :
  \sum_(k | P k) inner (A k) B = inner (fun i j => \sum_(k | P k) A k i j) B.
Proof.
rewrite exchange_big; apply: eq_bigr => i _; rewrite exchange_big; apply: eq_bigr => j _.
by rewrite mulr_suml.
Qed.
End InnerAlgebra.
End Positive.
