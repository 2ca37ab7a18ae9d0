(** Theorem 6, "only if": a quantum realisation (Definition 3) yields parent states,
    S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho]. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** prod_j sum_c F_j(c) = sum_f prod_j F_j(f_j) for dependent functions f, such as multi-indices *)
Lemma prod_sum_multi (R : ringType) (I : finType) (r : I -> nat) (F : forall j, 'I_(r j) -> R) :
  \prod_j (\sum_(c : 'I_(r j)) F j c) = \sum_(f : {dffun forall j, 'I_(r j)}) \prod_j F j (f j).
Proof.
pose B := (\max_j r j).+1; pose F' j (c : 'I_B) : R := if insub (val c) is Some c' then F j c' else 0.
have ltB j : (r j < B)%N by rewrite ltnS (leq_bigmax j).
have hF j (c : 'I_(r j)) : F' j (inord c) = F j c.
  by rewrite /F' /= inordK ?valK // (ltn_trans (ltn_ord c)).
rewrite (eq_bigr (fun j => \sum_(c : 'I_B | (c < r j)%N) F' j c)) => [|j _]; last first.
  rewrite (reindex_omap (fun c : 'I_(r j) => inord c : 'I_B) (fun c : 'I_B => insub (val c))) /=; last first.
    by move=> c hc; rewrite insubT /=; congr Some; apply: val_inj; rewrite /= inord_val.
  apply: eq_big => [c|c _]; last by rewrite hF.
  by rewrite inordK ?valK ?eqxx ?ltn_ord // (ltn_trans (ltn_ord c)).
rewrite bigA_distr_big_dep /=.
pose up (f : {dffun forall j, 'I_(r j)}) : {ffun I -> 'I_B} := [ffun j => inord (f j)].
pose down (g : {ffun I -> 'I_B}) : option {dffun forall j, 'I_(r j)} :=
  [pick f : {dffun forall j, 'I_(r j)} | [forall j, val (f j) == g j]].
have upE f j : up f j = f j :> nat by rewrite ffunE inordK // (ltn_trans (ltn_ord (f j))).
have downK f : down (up f) = Some f.
  rewrite /down; case: pickP => [f' /forallP hf'|/(_ f)]; last first.
    by rewrite (introT forallP) // => j; apply/eqP/esym/upE.
  by congr Some; apply/ffunP=> j; apply: val_inj; have /eqP-> := hf' j; apply: upE.
rewrite (reindex_omap up down) /=; last first.
  move=> g /familyP hg; have hg' j : (g j < r j)%N by have := hg j; rewrite unfold_in.
  have -> : g = up [ffun j => Ordinal (hg' j)].
    by apply/ffunP=> j; apply/val_inj/esym/(etrans (upE _ _)); rewrite ffunE.
  by rewrite downK.
apply: eq_big => [f|f _].
  rewrite downK eqxx andbT; apply/familyP=> j; rewrite unfold_in upE; exact: ltn_ord.
by apply: eq_bigr => j _; rewrite ffunE hF.
Qed.

Lemma exchange_sum4 (R : zmodType) (I J : finType) (F : I -> I -> J -> J -> R) :
  \sum_e \sum_e' \sum_f \sum_g F e e' f g = \sum_f \sum_g \sum_e \sum_e' F e e' f g.
Proof.
rewrite pair_bigA [RHS]pair_bigA /=.
rewrite (eq_bigr (fun p => \sum_q F p.1 p.2 q.1 q.2)) => [|p _]; last by rewrite pair_bigA.
by rewrite exchange_big; apply: eq_bigr => q _; rewrite pair_bigA.
Qed.

Section Quantum.
Variables (C : numClosedFieldType) (T : scenario) (h : 'I_(alices T) -> nat).
Local Notation E := (alice_space h).
Variables (rho : op C (E * space T)) (M : measurements C h).
Hypothesis rho_psd : psd rho.
Hypothesis M_psd : forall j x a, psd (@M j x a).
Hypothesis M_sum1 : forall j x e e', \sum_a @M j x a e e' = (e == e')%:R.

(** M^(1) (x) ... (x) M^(n) >= 0 *)
Lemma tensor_psd x (a : outcome x) : psd (fun e e' : E => \prod_j M (a j) (e j) (e' j)).
Proof.
pose K := \max_j h j.
have/fin_all_exists[L hL] j : exists L : 'I_(h j) -> 'I_K -> C,
    forall e e', M (a j) e e' = \sum_k L e k * (L e' k)^*.
  by apply: psd_gram_card => //; rewrite card_ord (leq_bigmax j).
apply: (@psd_eq _ _ (fun e e' : E => \sum_(k : {ffun 'I_(alices T) -> 'I_K})
    1 * (\prod_j L j (e j) (k j)) * (\prod_j L j (e' j) (k j))^*)) => [e e'|]; last first.
  by apply: (gram_psd (w := fun=> 1) (fun (e : E) (k : {ffun _}) => \prod_j L j (e j) (k j))) => k; apply: ler01.
rewrite (eq_bigr _ (fun j _ => hL j (e j) (e' j))) bigA_distr_bigA; apply: eq_bigr => k _.
by rewrite mul1r rmorph_prod -big_split.
Qed.

Lemma steered_psd x (a : outcome x) : psd (steered rho M a).
Proof.
move=> v; pose R (e' e : E) := \sum_f \sum_g (v f)^* * rho (e', f) (e, g) * v g.
have R_psd : psd R.
  move=> u; have := rho_psd (fun p => u p.1 * v p.2).
  have pairE (F : E * space T -> C) : \sum_p F p = \sum_e \sum_f F (e, f).
    by rewrite pair_bigA; apply: eq_bigr => -[].
  have mulE (z1 z2 w1 w2 r : C) : (z1 * z2)^* * r * (w1 * w2) = z1^* * (z2^* * r * w2) * w1 by rewrite rmorphM /=; ring.
  rewrite pairE; congr (0 <= _); apply: eq_bigr => e' _.
  under eq_bigr do rewrite pairE.
  rewrite exchange_big; apply: eq_bigr => e _ /=.
  rewrite mulr_sumr mulr_suml; apply: eq_bigr => f _.
  rewrite mulr_sumr mulr_suml; apply: eq_bigr => g _.
  exact: mulE.
have := inner_ge0 (tensor_psd a) R_psd; congr (0 <= _).
have inE f g : (v f)^* * steered rho M a f g * v g =
    \sum_(e : E) \sum_(e' : E) (\prod_j M (a j) (e j) (e' j)) * ((v f)^* * rho (e', f) (e, g) * v g).
  rewrite mulr_sumr mulr_suml; apply: eq_bigr => e _.
  by rewrite mulr_sumr mulr_suml; apply: eq_bigr => e' _; rewrite -!mulrA [RHS]mulrCA.
rewrite [RHS](eq_bigr _ (fun f _ => eq_bigr _ (fun g _ => inE f g))) -exchange_sum4.
apply: eq_bigr => e _; apply: eq_bigr => e' _.
by rewrite mulr_sumr; apply: eq_bigr => f _; rewrite mulr_sumr.
Qed.

(** Summing over a_j the j-th factor becomes 1, whatever x_j. *)
Lemma tensor_sum (e e' : E) : no_signalling (fun x (a : outcome x) => \prod_j M (a j) (e j) (e' j)).
Proof.
move=> j b x x' /agree_offP exx'.
pose F (x : setting T) l (c : 'I_(outcomes (x l))) : C :=
  if (l == j) || (c == b l :> nat) then M c (e l) (e' l) else 0.
have sumE y : \sum_(a : outcome y | agree_off j (vals a) b) \prod_j M (a j) (e j) (e' j) = \prod_l \sum_c @F y l c.
  rewrite prod_sum_multi big_mkcond; apply: eq_bigr => a _.
  case: ifPn => [/agree_offP hb|].
    by apply: eq_bigr => l _; rewrite /F; case: eqP => //= /eqP nl; rewrite -[nat_of_ord _]/(vals a l) hb ?eqxx.
  rewrite negb_forall => /existsP[l]; rewrite negb_imply => /andP[nl hl].
  by rewrite (bigD1 l) //= /F (negPf nl) (negPf hl) mul0r.
rewrite !sumE; apply: eq_bigr => l _; have [->|nl] := eqVneq l j.
  by rewrite /F eqxx; under eq_bigr do rewrite /=; rewrite M_sum1; under [RHS]eq_bigr do rewrite /=; rewrite M_sum1.
by rewrite /F; have -> : x l = x' l by apply: val_inj; apply: exx'.
Qed.

Lemma steered_no_signalling f g : no_signalling (fun x (a : outcome x) => steered rho M a f g).
Proof.
have swap (x : setting T) (P : pred (outcome x)) (F : outcome x -> E -> E -> C) :
    \sum_(a | P a) \sum_e \sum_e' F a e e' = \sum_e \sum_e' \sum_(a | P a) F a e e'.
  by rewrite exchange_big; apply: eq_bigr => e _; rewrite exchange_big.
move=> j b x x' exx'; rewrite /steered !swap; apply: eq_bigr => e _; apply: eq_bigr => e' _.
by rewrite -!mulr_suml (tensor_sum e e' b exx').
Qed.
End Quantum.

Theorem quantum_parent_states (C : numClosedFieldType) (T : scenario) (s : elements C T) :
  quantum s -> exists S, parent_states s S.
Proof.
case=> h [rho [M [[rho_psd _] M_psd M_sum1 hs]]]; exists (steered rho M); split=> //.
- exact: steered_psd.
- exact: steered_no_signalling.
Qed.
