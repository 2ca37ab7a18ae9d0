(** 3.10: hidden states of a centre, moved to those of any assemblage within the radius. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality.
From Verified Require Import Meaning Tensor Reach.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Hidden.
Variables (C : numClosedFieldType) (T : scenario).
Hypothesis dims_pos : forall k, (0 < @dim T k)%N.
Variables (bob : 'I_(bobs T)) (x0 : setting T).
Variables (L : finType) (resp : L -> forall j (y : 'I_(@settings T j)), 'I_(outcomes y)).
Definition told_outcome (l : L) (x : setting T) : outcome x := [ffun j => resp l (x j)].

Lemma zero_trace_psd (I : finType) (A : op C I) : psd A -> trace A = 0 -> forall i j, A i j = 0.
Proof.
move=> hA /psumr_eq0P h i j; apply: psd_row0 => //; apply: h => // k _; exact: psd_diag.
Qed.

Lemma basis_state n (z : 'I_n) : state (fun i j : 'I_n => ((i == z) && (j == z))%:R : C).
Proof.
split; last by rewrite /trace (bigD1 z) //= eqxx big1 ?addr0 // => i /negPf->.
apply: (psd_eq (A := fun i j => \sum_(m < 1) 1 * (i == z)%:R * ((j == z)%:R)^*)) => [i j|].
  by rewrite big_ord1 mul1r conjC_nat -natrM mulnb.
by apply: (gram_psd (w := fun=> 1) (fun i (_ : 'I_1) => (i == z)%:R)) => m; apply: ler01.
Qed.
(** Unnormalised hidden states with deterministic responses *)
Theorem hidden_model (s : elements C T) (H : L -> forall k, op C 'I_(@dim T k)) : hermitian_assemblage s ->
  (forall l k, psd (H l k)) -> (forall l k, trace (H l k) = trace (H l bob)) ->
  (forall k x (a : outcome x) i j, \sum_(l | told_outcome l x == a) H l k i j = @s k x a i j) -> lhs_model s.
Proof.
move=> [_ [p [hp p1]] _] hH hT hM; pose w l := trace (H l bob).
have w0 l : 0 <= w l by apply: sumr_ge0 => i _; apply: psd_diag.
have z k : 'I_(@dim T k) by exact: Ordinal (dims_pos k).
pose r l k : op C 'I_(@dim T k) := if w l == 0 then fun i j => ((i == z k) && (j == z k))%:R else fun i j => (w l)^-1 * H l k i j.
exists L, w, r, (fun l j y c => (resp l y == c)%:R); split=> //.
- rewrite -(p1 x0) (eq_bigr (fun a => \sum_(l | told_outcome l x0 == a) w l)) => [|a _]; last first.
    rewrite -(hp bob x0 a) /w /trace exchange_big; apply: eq_bigr => i _; exact/esym/hM.
  by rewrite (partition_big (fun l => told_outcome l x0) xpredT).
- move=> l k; rewrite /r; case: eqP => [_|/eqP n0]; first exact: basis_state.
  split; first by apply: psd_scale; rewrite ?invr_ge0.
  by rewrite /trace -mulr_sumr -/(trace (H l k)) hT mulVf.
- by split=> [l j y c|l j y]; [exact: ler0n | rewrite (bigD1 (resp l y)) //= eqxx big1 ?addr0 // => c'; rewrite eq_sym => /negPf->].
move=> k x a i j; rewrite -hM [LHS]big_mkcond; apply: eq_bigr => l _.
have -> : \prod_m (resp l (x m) == a m)%:R = (told_outcome l x == a)%:R :> C.
  case: eqP => [<-|ne]; first by rewrite big1 // => m _; rewrite ffunE eqxx.
  have [m nm] : exists m, resp l (x m) != a m.
    apply/existsP; rewrite -negb_forall; apply/negP => /forallP h; apply: ne; apply/ffunP => m.
    by rewrite ffunE; apply/eqP.
  by rewrite (bigD1 m) //= (negPf nm) mul0r.
have E : w l * r l k i j = H l k i j.
  rewrite /r; case: eqP => [e|/eqP n0]; last by rewrite mulVKf.
  by rewrite e mul0r (zero_trace_psd (hH l k)) // hT.
by rewrite mulrAC E; case: (_ == a); rewrite ?mulr1 ?mulr0.
Qed.

(** Coefficients that invert: tau_l = sum_{x,a} coeff_l(a|x) Delta_{a|x} *)
Variables (c s : elements C T) (delta q : C).
Hypotheses (c_ok : hermitian_assemblage c) (s_ok : hermitian_assemblage s) (near : ball delta c s).
Hypotheses (delta0 : 0 <= delta) (q0 : 0 <= q) (q2 : 2%:R <= q ^+ 2).
Variables (H : L -> forall k, op C 'I_(@dim T k)) (coeff : L -> forall x : setting T, outcome x -> C) (w : L -> C).
Hypothesis coeff_real : forall l x (a : outcome x), coeff l a \is Num.real.
Hypothesis w_ge : forall l, \sum_x \sum_(a : outcome x) `|coeff l a| <= w l.
Hypothesis H_psd : forall l k, psd (fun i j => @H l k i j - delta * row_bound q k * w l * (i == j)%:R).
Hypothesis H_trace : forall l k, trace (@H l k) = trace (@H l bob).
Hypothesis H_model : forall k x (a : outcome x) i j, \sum_(l | told_outcome l x == a) @H l k i j = @c k x a i j.
Hypothesis inverse : forall F : forall x : setting T, outcome x -> C, no_signalling F ->
  forall x (a : outcome x), \sum_(l | told_outcome l x == a) \sum_x' \sum_(a' : outcome x') coeff l a' * F x' a' = F x a.

Lemma near_back : ball delta s c.
Proof.
move=> k x a i j; have [h1 h2] := near a i j.
by rewrite -[@c k x a i j - _]opprB !raddfN /= !normrN.
Qed.
Lemma signed_psd l k x (a : outcome x) :
  psd (fun i j => coeff l a * change c s (k := k) a i j + `|coeff l a| * (delta * row_bound q k) * one_op C i j).
Proof.
have [c0|c0] := real_ge0P (coeff_real l a).
  have h := psd_scale c0 (change_psd dims_pos c_ok s_ok near delta0 q0 q2 (k := k) a).
  by apply: (psd_eq _ h) => i j; rewrite mulrDr !mulrA.
have nc : 0 <= - coeff l a by rewrite oppr_ge0 ltW.
have h := psd_scale nc (change_psd dims_pos s_ok c_ok near_back delta0 q0 q2 (k := k) a).
apply: (psd_eq _ h) => i j; rewrite /change; ring.
Qed.

Theorem lhs_reach : lhs_model s.
Proof.
pose tau l k : op C 'I_(@dim T k) := fun i j => \sum_x \sum_(a : outcome x) coeff l a * change c s a i j.
apply: (hidden_model (H := fun l k i j => @H l k i j + tau l k i j) s_ok) => [l k|l k|k x a i j].
- pose r := delta * row_bound q k.
  have r0 : 0 <= r by rewrite mulr_ge0 // addr_ge0 // ?ler01 // mulr_ge0 // subr_ge0 ler1n.
  pose rest := r * (w l - \sum_x \sum_(a : outcome x) `|coeff l a|).
  have hsum : psd (fun i j => \sum_x \sum_(a : outcome x) (coeff l a * change c s (k := k) a i j + `|coeff l a| * r * one_op C i j)).
    by apply: psd_sum => x; apply: psd_sum => a; apply: signed_psd.
  have hone : psd (fun i j : 'I_(@dim T k) => rest * one_op C i j).
    by apply: psd_scale; [rewrite mulr_ge0 // subr_ge0 | apply: one_psd].
  apply: (psd_eq _ (psd_add (@H_psd l k) (psd_add hsum hone))) => i j.
  have -> : \sum_x \sum_(a : outcome x) (coeff l a * change c s (k := k) a i j + `|coeff l a| * r * one_op C i j)
          = tau l k i j + (\sum_x \sum_(a : outcome x) `|coeff l a|) * r * one_op C i j.
    rewrite /tau !mulr_suml -big_split; apply: eq_bigr => x _; rewrite !mulr_suml -big_split.
    by apply: eq_bigr => a _.
  rewrite /rest /r -/(one_op C i j); move: (tau l k i j) (\sum_x _) (one_op C i j) => t' S o'; ring.
- have [dp [tr_dp _ _ _]] := trace_change bob c_ok s_ok near.
  have E m : trace (tau l m) = \sum_x \sum_(a : outcome x) coeff l a * dp x a.
    rewrite /trace /tau exchange_big; apply: eq_bigr => x _; rewrite exchange_big; apply: eq_bigr => a _.
    by rewrite -mulr_sumr -/(trace (change c s a)) tr_dp.
  by rewrite /trace !big_split /= -!/(trace _) H_trace !E.
rewrite big_split /= H_model inverse; first by rewrite /change addrC subrK.
case: c_ok => _ _ nc; case: s_ok => _ _ ns.
apply: (no_signalling_eq (F := fun x a => @s k x a i j + (-1) * @c k x a i j)) => [y b|]; first by rewrite mulN1r.
by apply: no_signallingD; [apply: ns | apply: no_signallingZ; apply: nc].
Qed.
End Hidden.
