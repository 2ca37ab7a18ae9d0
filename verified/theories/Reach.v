(** 3.2: joint operators of a centre, moved to those of any assemblage within the radius. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Quantum.
From Verified Require Import Meaning Tensor.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section NoSignalling.
Variables (C : numClosedFieldType) (T : scenario).
Implicit Types F G : forall x : setting T, outcome x -> C.
Lemma no_signalling_eq F G : (forall x a, F x a = G x a) -> no_signalling F -> no_signalling G.
Proof.
by move=> e h j b x x' exx'; rewrite -(eq_bigr _ (fun a _ => e x a)) (h _ _ _ _ exx'); apply: eq_bigr.
Qed.
Lemma no_signallingD F G : no_signalling F -> no_signalling G -> no_signalling (fun x a => F x a + G x a).
Proof. by move=> hF hG j b x x' e; rewrite !big_split /= (hF _ _ _ _ e) (hG _ _ _ _ e). Qed.
Lemma no_signallingZ c F : no_signalling F -> no_signalling (fun x a => c * F x a).
Proof. by move=> hF j b x x' e; rewrite -!mulr_sumr (hF _ _ _ _ e). Qed.
Lemma no_signalling_sum (K : finType) (F : K -> forall x : setting T, outcome x -> C) :
  (forall k, no_signalling (F k)) -> no_signalling (fun x a => \sum_k F k x a).
Proof.
move=> hF j b x x' e; rewrite exchange_big [RHS]exchange_big; apply: eq_bigr => k _; exact: hF.
Qed.
Lemma no_signalling0 : no_signalling (fun (x : setting T) (a : outcome x) => 0 : C).
Proof. by move=> j b x x' _; rewrite !big1. Qed.
Lemma extend_no_signalling k (A : forall x : setting T, outcome x -> op C 'I_(@dim T k)) f g :
  (forall i j, no_signalling (fun x a => A x a i j)) -> no_signalling (fun x a => extend (A x a) f g).
Proof.
move=> hA; case e: (agree_off k (vals f) (vals g)).
  by apply: (no_signalling_eq _ (hA (f k) (g k))) => x a; rewrite /extend e.
by apply: (no_signalling_eq _ no_signalling0) => x a; rewrite /extend e.
Qed.
(** Definition 2 with Hermitian elements instead of positive ones: what the reach needs *)
Definition hermitian_assemblage (s : elements C T) : Prop :=
  [/\ forall k x a i j, @s k x a j i = (@s k x a i j)^*,
      exists p : forall x, outcome x -> C, (forall k x a, trace (@s k x a) = p x a) /\ (forall x, \sum_a p x a = 1)
    & forall k i j, no_signalling (fun x a => @s k x a i j)].
Lemma assemblage_hermitian (s : elements C T) : assemblage s -> hermitian_assemblage s.
Proof. by case=> h1 h2 h3; split=> // k x a i j; apply: psd_herm. Qed.
End NoSignalling.

Section Reach.
Variables (C : numClosedFieldType) (T : scenario).
Hypothesis dims_pos : forall k, (0 < @dim T k)%N.
Hypothesis bob : 'I_(bobs T).
Local Notation J := (space T).
Local Notation d k := ((@dim T k)%:R : C).
Local Notation N := ((bobs T)%:R : C).
Definition whole : C := \prod_k d k.
Definition others_dim (k : 'I_(bobs T)) : C := \prod_(l | l != k) d l.
Lemma d_gt0 k : 0 < d k. Proof. by rewrite ltr0n. Qed.
Lemma others_gt0 k : 0 < others_dim k. Proof. by apply: prodr_gt0 => l _; apply: d_gt0. Qed.
Lemma whole_gt0 : 0 < whole. Proof. by apply: prodr_gt0 => l _; apply: d_gt0. Qed.
Lemma wholeE k : whole = d k * others_dim k. Proof. by rewrite /whole (bigD1 k). Qed.

Variables (c s : elements C T) (delta q : C).
Hypotheses (c_ok : hermitian_assemblage c) (s_ok : hermitian_assemblage s) (near : ball delta c s).
Hypotheses (delta0 : 0 <= delta) (q0 : 0 <= q) (q2 : 2%:R <= q ^+ 2).
Definition change k x (a : outcome x) : op C 'I_(@dim T k) := fun i j => @s k x a i j - @c k x a i j.
Definition row_bound k : C := 1 + (d k - 1) * q.

Lemma modulus_le (z : C) : `|'Re z| <= delta -> `|'Im z| <= delta -> `|z| <= q * delta.
Proof.
have sq (x : C) : x \is Num.real -> `|x| <= delta -> x ^+ 2 <= delta ^+ 2.
  by move=> rx h; rewrite -(real_normK rx) ler_sqr ?nnegrE.
move=> hr hi; rewrite -ler_sqr ?nnegrE ?mulr_ge0 // normC2_Re_Im exprMn.
apply: le_trans (_ : 2%:R * delta ^+ 2 <= _); last by rewrite ler_wpmul2r ?exprn_ge0.
by rewrite mulr_natl mulr2n ler_add // sq // ?Creal_Re ?Creal_Im.
Qed.
Lemma change_herm k x (a : outcome x) i j : change a j i = (@change k x a i j)^*.
Proof.
case: c_ok => hc _ _; case: s_ok => hs _ _.
by rewrite /change rmorphB hc hs.
Qed.
Lemma change_diag k x (a : outcome x) i : `|@change k x a i i| <= delta.
Proof.
have r : @change k x a i i \is Num.real by apply/CrealP; rewrite -change_herm.
by have [h _] := near a i i; rewrite -/(change a i i) (Creal_ReP _ r) in h.
Qed.

(** Delta + delta (1 + (d - 1) q) 1 is positive. *)
Lemma change_psd k x (a : outcome x) : psd (fun i j => @change k x a i j + delta * row_bound k * one_op C i j).
Proof.
have br : delta * row_bound k \is Num.real.
  by rewrite ger0_real // mulr_ge0 // addr_ge0 // ?ler01 // mulr_ge0 // subr_ge0 ler1n.
apply: dominant_psd => [i j|i].
  by rewrite rmorphD rmorphM (CrealP br) -change_herm /one_op conjC_nat eq_sym.
apply: le_trans (_ : \sum_(j | j != i) q * delta <= _).
  apply: ler_sum => j nj; rewrite /one_op eq_sym (negPf nj) mulr0 addr0.
  by have [hr hi] := near a i j; apply: modulus_le.
rewrite sumr_const /one_op eqxx mulr1 cardC1 card_ord -mulr_natl.
have -> : ((dim k).-1)%:R = d k - 1 :> C by rewrite -subn1 natrB.
have := change_diag a i; rewrite real_ler_norml => [/andP[h _]|]; last by apply/CrealP; rewrite -change_herm.
rewrite -subr_ge0; have -> : change a i i + delta * row_bound k - (d k - 1) * (q * delta) = change a i i + delta.
  by rewrite /row_bound; ring.
by rewrite -ler_subl_addr sub0r.
Qed.

(** The change of the probabilities, seen by any Bob *)
Lemma trace_change : exists dp : forall x : setting T, outcome x -> C,
  [/\ forall k x a, trace (@change k x a) = dp x a, forall x a k, `|dp x a| <= d k * delta,
      forall x a, dp x a \is Num.real & no_signalling dp].
Proof.
case: c_ok => _ [p [hp _]] nc; case: s_ok => _ [p' [hp' _]] ns.
have tr k x (a : outcome x) : trace (@change k x a) = p' x a - p x a.
  by rewrite -(hp k x a) -(hp' k x a) /trace -sumrB.
exists (fun x a => p' x a - p x a); split=> // [x a k|x a|].
- rewrite -(tr k) /trace; apply: le_trans (ler_norm_sum _ _ _) _.
  apply: le_trans (_ : \sum_(i < dim k) delta <= _); first by apply: ler_sum => i _; apply: change_diag.
  by rewrite sumr_const card_ord mulr_natl.
- rewrite -(tr bob) /trace; apply: rpred_sum => i _; by apply/CrealP; rewrite -change_herm.
apply: (no_signalling_eq (F := fun x a => \sum_(i < dim bob) (@s bob x a i i + (-1) * @c bob x a i i))) => [x a|].
  by rewrite -(tr bob) /trace; apply: eq_bigr => i _; rewrite mulN1r.
apply: no_signalling_sum => i; apply: no_signallingD; first exact: ns.
by apply: no_signallingZ; apply: nc.
Qed.

(** mu = l + delta (sum_k (d_k/D) (1 + (d_k - 1) q) + (N - 1) d_m/D) for some Bob m *)
Variables (m : 'I_(bobs T)) (l mu : C).
Hypothesis muE : mu = l + delta * (\sum_k row_bound k / others_dim k + (N - 1) * d m / whole).

Theorem reach S : joint_above mu c S -> exists S', joint_above l s S'.
Proof.
case=> hS nS mS; have [dp [tr_dp dp_le dp_real dp_ns]] := trace_change.
pose S' x (a : outcome x) : op C J := fun f g => S x a f g
  + (\sum_k (others_dim k)^-1 * extend (@change k x a) f g + (- ((N - 1) / whole) * dp x a) * one_op C f g).
exists S'; split=> [x a|f g|k x a i j].
- pose B1 : op C J := fun f g => S x a f g - mu * (f == g)%:R.
  pose B2 : op C J := fun f g => \sum_k (others_dim k)^-1 *
    extend (fun i j => @change k x a i j + delta * row_bound k * one_op C i j) f g.
  pose B3 : op C J := fun f g => (N - 1) / whole * (d m * delta - dp x a) * one_op C f g.
  have h2 : psd B2.
    apply: psd_sum => k; apply: psd_scale; first by rewrite invr_ge0 ltW ?others_gt0.
    by apply: extend_psd; apply: change_psd.
  have h3 : psd B3.
    apply: psd_scale; last exact: one_psd.
    rewrite mulr_ge0 ?divr_ge0 ?(ltW whole_gt0) ?subr_ge0 //.
      by rewrite ler1n; apply: leq_ltn_trans (ltn_ord bob).
    by apply: le_trans (dp_le x a m); apply: real_ler_norm.
  apply: (psd_eq (A := fun f g => B1 f g + (B2 f g + B3 f g))) => [f g|]; last exact: psd_add (hS x a) (psd_add h2 h3).
  rewrite /B1 /B2 /B3 /S' muE.
  have -> : \sum_k (others_dim k)^-1 * extend (fun i j => @change k x a i j + delta * row_bound k * one_op C i j) f g
          = \sum_k (others_dim k)^-1 * extend (@change k x a) f g
            + delta * (\sum_k row_bound k / others_dim k) * one_op C f g.
    rewrite mulr_sumr mulr_suml -big_split; apply: eq_bigr => k _ /=; rewrite extendD extendZ extend_one; ring.
  rewrite /one_op; move: (\sum_k _) (\sum_k _) (_ == _)%:R => X Y Z; ring.
- apply: no_signallingD; first exact: nS.
  apply: no_signallingD; last first.
    apply: (no_signalling_eq (F := fun x a => (- ((N - 1) / whole) * one_op C f g) * dp x a)) => [x a|]; first exact: mulrAC.
    exact: no_signallingZ.
  apply: no_signalling_sum => k; apply: no_signallingZ; apply: extend_no_signalling => i j.
  case: c_ok => _ _ nc; case: s_ok => _ _ ns.
  apply: (no_signalling_eq (F := fun x a => @s k x a i j + (-1) * @c k x a i j)) => [x a|].
    by rewrite mulN1r.
  by apply: no_signallingD; [apply: ns | apply: no_signallingZ; apply: nc].
rewrite /S' partial_traceD mS partial_traceD partial_trace_sum partial_traceZ.
rewrite (partial_trace_eq (fun f g => esym (extend_one C k f g))) partial_trace_extend -/(others_dim k).
rewrite (bigD1 k) //= partial_traceZ partial_trace_extend -/(others_dim k).
rewrite (eq_bigr (fun=> (d k)^-1 * dp x a * one_op C i j)) => [|n nk]; last first.
  rewrite partial_traceZ partial_trace_extend_other 1?eq_sym // tr_dp.
  have on : others_dim n = d k * \prod_(m0 | (m0 != k) && (m0 != n)) d m0.
    rewrite /others_dim (bigD1 k) 1?eq_sym //=; congr (_ * _); by apply: eq_bigl => m0; rewrite andbC.
  rewrite on; set P := \prod_(m0 | _) _; have P0 : P != 0.
    by apply/lt0r_neq0/prodr_gt0 => m0 _; apply: d_gt0.
  have dk0 := lt0r_neq0 (d_gt0 k); rewrite invfM; field; by rewrite dk0 P0.
rewrite sumr_const cardC1 card_ord -mulr_natl.
have -> : ((bobs T).-1)%:R = N - 1 :> C by rewrite -subn1 natrB // (leq_ltn_trans _ (ltn_ord bob)).
rewrite (wholeE k) /change; have dk0 := lt0r_neq0 (d_gt0 k); have ok0 := lt0r_neq0 (others_gt0 k).
by field; rewrite dk0 ok0.
Qed.

(** No room is needed for l <= 0 if all other Bobs have dimension 1. *)
Theorem reach_one (k : 'I_(bobs T)) : assemblage s -> (forall n, n != k -> dim n = 1%N) -> l <= 0 -> exists S', joint_above l s S'.
Proof.
move=> [hs [p [hp _]] ns] h1 l0.
exists (fun x a => extend (@s k x a)); split=> [x a|f g|n x a i j].
- apply: (psd_eq (A := fun f g => extend (@s k x a) f g + (- l) * one_op C f g)) => [f g|]; first by rewrite mulNr.
  by apply: psd_add; [apply: extend_psd | apply: psd_scale; rewrite ?oppr_ge0 //; apply: one_psd].
- by apply: extend_no_signalling => i j; apply: ns.
have [e|nk] := eqVneq n k.
  subst n; rewrite partial_trace_extend big1 ?mulr1 // => n nk; by rewrite h1.
rewrite partial_trace_extend_other // (hp k x a) -(hp n x a) big1 ?mulr1 => [|n' /andP[_ nk']]; last by rewrite h1.
rewrite /trace (bigD1 i) //= big1 ?addr0 => [|i' ni']; last first.
  by case/negP: ni'; apply/eqP/val_inj; case: i i' => [[|i] hi] [[|i'] hi'] //=; move: hi hi'; rewrite h1.
have -> : j = i by apply: val_inj; case: i j => [[|i] hi] [[|j] hj] //=; move: hi hj; rewrite h1.
by rewrite /one_op eqxx mul1r.
Qed.
End Reach.
