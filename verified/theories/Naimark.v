(** Naimark's dilation over *-algebras: the measurements of a behaviour may be assumed to be projective. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims.
From Verified Require Import Commuting.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Facts.
Variables (C : numClosedFieldType) (A : star_algebra C).
Lemma star0 : star (0 : A) = 0.
Proof. by apply: (addrI (star (0 : A))); rewrite -starD !addr0. Qed.
Lemma star1 : star (1 : A) = 1.
Proof. by rewrite -[star 1]mulr1 -{2}(starK 1) -starM mulr1 starK. Qed.
Lemma starN (a : A) : star (- a) = - star a.
Proof. by apply: (addrI (star a)); rewrite -starD !subrr star0. Qed.
Lemma starB (a b : A) : star (a - b) = star a - star b.
Proof. by rewrite starD starN. Qed.
Lemma star_sum (I : Type) (r : seq I) (P : pred I) (F : I -> A) :
  star (\sum_(i <- r | P i) F i) = \sum_(i <- r | P i) star (F i).
Proof. exact: (big_morph _ (@starD _ A) star0). Qed.
Lemma star_nat (b : bool) : star (b%:R : A) = b%:R.
Proof. by case: b; rewrite ?star1 ?star0. Qed.
Lemma star_scale_nat (a : A) (b : bool) : star (b%:R * a) = b%:R * star a.
Proof. by case: b; rewrite ?mul1r ?mul0r ?star0. Qed.

Variables (J : finType) (w : state_on A J).
Lemma phi0 f g : w f g 0 = 0.
Proof. by rewrite -(scale0r (0 : A)) phiZ mul0r. Qed.
Lemma phi_sum (I : Type) (r : seq I) (P : pred I) f g (F : I -> A) :
  w f g (\sum_(i <- r | P i) F i) = \sum_(i <- r | P i) w f g (F i).
Proof. exact: (big_morph _ (phiD w f g) (phi0 f g)). Qed.
Lemma phiN f g a : w f g (- a) = - w f g a.
Proof. by rewrite -scaleN1r phiZ mulN1r. Qed.
Lemma phiB f g a b : w f g (a - b) = w f g a - w f g b.
Proof. by rewrite phiD phiN. Qed.
End Facts.

(** ** The *-algebra of matrices over a *-algebra, with the state of the corner *)
Section Matrices.
Variables (C : numClosedFieldType) (A : star_algebra C) (n : nat).
Definition dilated := 'M[A]_n.+1.
Canonical dilated_eqType := [eqType of dilated].
Canonical dilated_choiceType := [choiceType of dilated].
Canonical dilated_zmodType := [zmodType of dilated].
Canonical dilated_ringType := [ringType of dilated].
Definition mx_scale (c : C) (B : dilated) : dilated := \matrix_(i, j) (c *: B i j).
Fact mx_scaleA c d B : mx_scale c (mx_scale d B) = mx_scale (c * d) B.
Proof. by apply/matrixP => i j; rewrite !mxE scalerA. Qed.
Fact mx_scale1 : left_id 1 mx_scale.
Proof. by move=> B; apply/matrixP => i j; rewrite !mxE scale1r. Qed.
Fact mx_scaleDr : right_distributive mx_scale +%R.
Proof. by move=> c B B'; apply/matrixP => i j; rewrite !mxE scalerDr. Qed.
Fact mx_scaleDl B : {morph mx_scale^~ B : c d / c + d}.
Proof. by move=> c d; apply/matrixP => i j; rewrite !mxE scalerDl. Qed.
Canonical dilated_lmodType := LmodType C dilated (LmodMixin mx_scaleA mx_scale1 mx_scaleDr mx_scaleDl).
Fact mx_scaleAl (c : C) (B B' : dilated) : c *: (B * B') = c *: B * B'.
Proof.
by apply/matrixP => i j; rewrite !mxE scaler_sumr; apply: eq_bigr => k _; rewrite !mxE scalerAl.
Qed.
Canonical dilated_lalgType := LalgType C dilated mx_scaleAl.
Fact mx_scaleAr (c : C) (B B' : dilated) : c *: (B * B') = B * (c *: B').
Proof.
by apply/matrixP => i j; rewrite !mxE scaler_sumr; apply: eq_bigr => k _; rewrite !mxE scalerAr.
Qed.
Canonical dilated_algType := AlgType C dilated mx_scaleAr.

Definition mx_star (B : dilated) : dilated := \matrix_(i, j) star (B j i).
Fact mx_starK B : mx_star (mx_star B) = B.
Proof. by apply/matrixP => i j; rewrite !mxE starK. Qed.
Fact mx_starD B B' : mx_star (B + B') = mx_star B + mx_star B'.
Proof. by apply/matrixP => i j; rewrite !mxE starD. Qed.
Fact mx_starM B B' : mx_star (B * B') = mx_star B' * mx_star B.
Proof.
apply/matrixP => i j; rewrite !mxE star_sum; apply: eq_bigr => k _; by rewrite starM !mxE.
Qed.
Fact mx_starZ (c : C) (B : dilated) : mx_star (c *: B) = c^* *: mx_star B.
Proof. by apply/matrixP => i j; rewrite !mxE starZ. Qed.
Definition dilation : star_algebra C := @StarAlgebra C _ mx_star mx_starK mx_starD mx_starM mx_starZ.

Variables (J : finType) (w : state_on A J).
Definition corner (f g : J) (B : dilation) : C := w f g ((B : 'M[A]_n.+1) 0 0).
Fact cornerD f g B B' : corner f g (B + B') = corner f g B + corner f g B'.
Proof. by rewrite /corner mxE phiD. Qed.
Fact cornerZ f g (c : C) B : corner f g (c *: B) = c * corner f g B.
Proof. by rewrite /corner mxE phiZ. Qed.
Fact corner_herm f g B : corner g f (star B) = (corner f g B)^*.
Proof. by rewrite /corner mxE phi_herm. Qed.
Fact corner_ge0 (x : J -> dilation) : 0 <= \sum_f \sum_g corner f g (star (x f) * x g).
Proof.
pose y k f : A := (x f : 'M[A]_n.+1) k 0.
have -> : \sum_f \sum_g corner f g (star (x f) * x g) = \sum_k \sum_f \sum_g w f g (star (y k f) * y k g).
  rewrite [RHS]exchange_big; apply: eq_bigr => f _; rewrite [RHS]exchange_big; apply: eq_bigr => g _.
  by rewrite /corner mxE phi_sum; apply: eq_bigr => k _; rewrite mxE.
by apply: sumr_ge0 => k _; apply: phi_ge0.
Qed.
Fact corner_1 : \sum_f corner f f 1 = 1.
Proof. by rewrite -[RHS](phi_1 w); apply: eq_bigr => f _; rewrite /corner mxE eqxx. Qed.
Definition corner_state : state_on dilation J := StateOn cornerD cornerZ corner_herm corner_ge0 corner_1.

(** An operator of the original algebra *)
Definition kept (a : A) : dilation := \matrix_(i, j) (if i == j then a else 0) : dilated.
Lemma keptM a b : kept (a * b) = kept a * kept b.
Proof.
apply/matrixP => i j; rewrite !mxE (bigD1 i) //= big1 ?addr0 => [|k /negPf nk].
  by rewrite !mxE eqxx; case: eqP; rewrite ?mulr0.
by rewrite !mxE eq_sym nk mul0r.
Qed.
Lemma kept_star a : star (kept a) = kept (star a).
Proof. by apply/matrixP => i j; rewrite !mxE eq_sym; case: eqP; rewrite ?star0. Qed.
Lemma kept1 : kept 1 = 1.
Proof. by apply/matrixP => i j; rewrite !mxE; case: eqP. Qed.
Lemma kept0 : kept 0 = 0.
Proof. by apply/matrixP => i j; rewrite !mxE if_same. Qed.
Lemma keptD a b : kept (a + b) = kept a + kept b.
Proof. by apply/matrixP => i j; rewrite !mxE; case: eqP; rewrite ?addr0. Qed.
Lemma kept_sum (I : Type) (r : seq I) (P : pred I) (F : I -> A) :
  kept (\sum_(i <- r | P i) F i) = \sum_(i <- r | P i) kept (F i).
Proof. exact: (big_morph kept keptD kept0). Qed.
Lemma kept_comm a (B : dilation) : (forall i j, a * (B : dilated) i j = (B : dilated) i j * a) -> kept a * B = B * kept a.
Proof.
move=> h; apply/matrixP => i j; rewrite !mxE (bigD1 i) //= [RHS](bigD1 j) //= big1 => [|k /negPf nk]; last first.
  by rewrite mxE eq_sym nk mul0r.
rewrite [X in _ = _ + X]big1 => [|k /negPf nk]; last by rewrite [kept _ _ _]mxE nk mulr0.
by rewrite !mxE !eqxx h.
Qed.
Lemma kept_corner a (B : dilation) : ((kept a * B : dilation) : dilated) 0 0 = a * (B : dilated) 0 0.
Proof. by rewrite mxE (bigD1 0) //= mxE eqxx big1 ?addr0 // => k /negPf nk; rewrite mxE eq_sym nk mul0r. Qed.
Lemma corner_kept a (B : dilation) : ((B * kept a : dilation) : dilated) 0 0 = (B : dilated) 0 0 * a.
Proof. by rewrite mxE (bigD1 0) //= mxE eqxx big1 ?addr0 // => k /negPf nk; rewrite [kept _ _ _]mxE nk mulr0. Qed.
(** A product of kept operators and at most one other *)
Lemma corner_prod (I : eqType) (r : seq I) (i0 : I) (F : I -> dilation) (G : I -> A) : uniq r ->
  (forall i, i != i0 -> F i = kept (G i)) -> (F i0 : dilated) 0 0 = G i0 ->
  ((\prod_(i <- r) F i : dilation) : dilated) 0 0 = \prod_(i <- r) G i.
Proof.
move=> + hF h0; elim: r => [|i r IH] /=; first by rewrite !big_nil mxE eqxx.
case/andP=> ni /IH {}IH; rewrite !big_cons; have [e|ne] := eqVneq i i0; last by rewrite hF // kept_corner IH.
have -> : \prod_(j <- r) F j = kept (\prod_(j <- r) G j).
  elim: r ni {IH} => [|j r IH]; first by rewrite !big_nil kept1.
  rewrite inE negb_or => /andP[nj /IH {}IH]; rewrite !big_cons IH keptM hF //; by rewrite -e eq_sym.
by rewrite corner_kept e h0.
Qed.
End Matrices.

(** ** One measurement: with V the column of the K_a, U = [[0, V^*], [V, 1 - V V^*]] is unitary, and U (|a><a|) U is
    a projective measurement with the corners K_a^* K_a (the first basis vector is added to the outcome a0). *)
Section Measurement.
Variables (C : numClosedFieldType) (A : star_algebra C) (N : nat) (K : 'I_N -> A) (a0 : 'I_N).
Hypothesis K_sum : \sum_a star (K a) * K a = 1.
Local Notation M := (dilation A N).
Definition reflection (i j : 'I_N.+1) : A :=
  match unlift ord0 i, unlift ord0 j with
  | None, None => 0
  | Some a, None => K a
  | None, Some b => star (K b)
  | Some a, Some b => (a == b)%:R - K a * star (K b)
  end.
Local Notation U := reflection.
Lemma U_star i j : star (U i j) = U j i.
Proof.
rewrite /U; case: (unlift ord0 i) => [a|]; case: (unlift ord0 j) => [b|]; rewrite ?starK ?star0 //.
by rewrite starB star_nat starM starK eq_sym.
Qed.
Lemma delta_suml (F : 'I_N -> A) a : \sum_c (a == c)%:R * F c = F a.
Proof. by rewrite (bigD1 a) //= eqxx mul1r big1 ?addr0 // => c /negPf nc; rewrite eq_sym nc mul0r. Qed.
Lemma delta_sumr (F : 'I_N -> A) b : \sum_c F c * (c == b)%:R = F b.
Proof. by rewrite (bigD1 b) //= eqxx mulr1 big1 ?addr0 // => c /negPf nc; rewrite nc mulr0. Qed.
Lemma V_rest b : \sum_c star (K c) * ((c == b)%:R - K c * star (K b)) = 0.
Proof.
under eq_bigr do rewrite mulrBr mulrA.
by rewrite sumrB -mulr_suml K_sum mul1r delta_sumr subrr.
Qed.
Lemma U_square i j : \sum_r U i r * U r j = (i == j)%:R.
Proof.
rewrite big_ord_recl (eq_bigr (fun a => U i (lift ord0 a) * U (lift ord0 a) j)) //.
case: (unliftP ord0 i) => [a|] ->; case: (unliftP ord0 j) => [b|] ->; rewrite ?eqxx /U !(liftK, unlift_none).
- rewrite (inj_eq lift_inj); under eq_bigr do rewrite !liftK mulrBl -[K a * _ * _]mulrA.
  by rewrite sumrB delta_suml -mulr_sumr V_rest mulr0 subr0 addrC subrK.
- under eq_bigr do rewrite !liftK mulrBl -[K a * _ * _]mulrA.
  by rewrite mulr0 add0r sumrB delta_suml -mulr_sumr K_sum mulr1 subrr.
- by under eq_bigr do rewrite !liftK; rewrite mul0r add0r V_rest.
by under eq_bigr do rewrite !liftK; rewrite mul0r add0r K_sum.
Qed.

Definition told (r : 'I_N.+1) : 'I_N := odflt a0 (unlift ord0 r).
Definition projector (a : 'I_N) : M := \matrix_(i, j) \sum_(r | told r == a) U i r * U r j.
Lemma projector_star a : star (projector a) = projector a.
Proof.
by apply/matrixP => i j; rewrite !mxE star_sum; apply: eq_bigr => r _; rewrite starM !U_star.
Qed.
Lemma projectorM a b : projector a * projector b = if a == b then projector a else 0.
Proof.
apply/matrixP => i j; rewrite mxE.
transitivity (\sum_(r | told r == a) \sum_(s | told s == b) U i r * ((r == s)%:R * U s j)).
  under eq_bigr do rewrite !mxE mulr_suml; rewrite exchange_big; apply: eq_bigr => r _.
  under eq_bigr do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => s _.
  rewrite -U_square mulr_suml mulr_sumr; apply: eq_bigr => k _; by rewrite !mulrA.
have [<-|nab] := eqVneq a b; rewrite mxE; last first.
  rewrite big1 // => r /eqP hr; rewrite big1 // => s /eqP hs; case: eqP => [e|_]; last by rewrite mul0r mulr0.
  by rewrite -hr -hs e eqxx in nab.
apply: eq_bigr => r hr; rewrite (bigD1 r) //= eqxx mul1r big1 ?addr0 // => s /andP[_ /negPf ns].
by rewrite eq_sym ns mul0r mulr0.
Qed.
Lemma projector_sum : \sum_a projector a = 1.
Proof.
apply/matrixP => i j; rewrite summxE mxE -[RHS]U_square [RHS](partition_big told xpredT) //=.
by apply: eq_bigr => a _; rewrite mxE.
Qed.
Lemma projector_corner a : (projector a : dilated A N) 0 0 = star (K a) * K a.
Proof.
rewrite mxE (bigD1 (lift ord0 a)) /=; last by rewrite /told liftK.
rewrite {1 2}/U unlift_none liftK big1 ?addr0 // => r /andP[hr nr]; rewrite {1}/U unlift_none.
move: hr nr; rewrite /told; case: unliftP => [b|] -> /=; last by rewrite mul0r.
by move=> /eqP->; rewrite eqxx.
Qed.
Lemma projector_comm b a : (forall c, b * K c = K c * b) -> (forall c, b * star (K c) = star (K c) * b) ->
  kept N b * projector a = projector a * kept N b.
Proof.
move=> hK hS; have hU i j : b * U i j = U i j * b.
  rewrite /U; case: (unlift ord0 i) => [c|]; case: (unlift ord0 j) => [d|]; rewrite ?mulr0 ?mul0r //.
  rewrite mulrBr mulrBl mulrA hK -!mulrA hS; congr (_ - _); by case: eqP; rewrite ?mulr1 ?mulr0 ?mul1r ?mul0r.
apply: kept_comm => i j; rewrite mxE mulr_sumr mulr_suml; apply: eq_bigr => r _.
by rewrite mulrA hU -!mulrA hU.
Qed.
End Measurement.

(** ** All measurements, one after the other *)
Section Projective.
Variables (C : numClosedFieldType) (T : scenario).
Definition asked := {j : 'I_(alices T) & 'I_(settings j)}.
Definition projective_at (A : star_algebra C) (K : kraus_operators T A) (y : asked) : Prop :=
  forall a b, star (K (tag y) (tagged y) a) = K (tag y) (tagged y) a /\
    K (tag y) (tagged y) a * K (tag y) (tagged y) b = if a == b then K (tag y) (tagged y) a else 0.

Section Step.
Variables (A : star_algebra C) (K : kraus_operators T A) (y0 : asked).
Hypothesis hK : measured K.
Local Notation N := (outcomes (tagged y0)).
Variable a0 : 'I_N.
Local Notation K0 := (@K (tag y0) (tagged y0)).
Local Notation M := (dilation A N).
Definition dilated_operators : kraus_operators T M := fun j x a =>
  if Tagged (fun j => 'I_(@settings T j)) x == y0 then projector K0 a0 (insubd a0 (val a)) else kept N (K a).
Local Notation K' := dilated_operators.
Local Notation K'_ y := (@dilated_operators _ (tagged y)).
Lemma at_step a : K'_ y0 a = projector K0 a0 a.
Proof. by rewrite /K' /= [Tagged _ _](_ : _ = y0) ?eqxx ?valKd //; case: y0. Qed.
Lemma off_step (y : asked) a : y != y0 -> K'_ y a = kept N (@K _ (tagged y) a).
Proof. by case: y a => j x a /= /negPf ne; rewrite /K' ne. Qed.
Lemma K0_sum : \sum_a star (K0 a) * K0 a = 1. Proof. by case: hK. Qed.
Lemma commutes j j' (x : 'I_(@settings T j)) (x' : 'I_(@settings T j')) (a : 'I_(outcomes x)) (a' : 'I_(outcomes x')) : j != j' ->
  [/\ K a * K a' = K a' * K a, star (K a) * K a' = K a' * star (K a),
      K a * star (K a') = star (K a') * K a & star (K a) * star (K a') = star (K a') * star (K a)].
Proof.
move=> ne; case: hK => _ h; have [e1 e2] := h j j' x x' a a' ne; split=> //.
  by rewrite -[K a]starK -!starM e2.
by rewrite -!starM e1.
Qed.

Lemma step_projective : projective_at K' y0.
Proof.
move=> a b; rewrite !at_step; split; first exact: projector_star.
by rewrite (projectorM a0 K0_sum); case: eqP.
Qed.
Lemma step_kept y : projective_at K y -> projective_at K' y.
Proof.
move=> h; have [->|ne] := eqVneq y y0; first exact: step_projective.
move=> a b; rewrite !off_step // kept_star -keptM; have [-> ->] := h a b; split=> //.
by case: eqP => // _; rewrite kept0.
Qed.
Lemma step_sum (y : asked) : \sum_a star (K'_ y a) * K'_ y a = 1.
Proof.
have [->|ne] := eqVneq y y0.
  rewrite -(projector_sum a0 K0_sum); apply: eq_bigr => a _; have [-> ->] := step_projective a a.
  by rewrite eqxx at_step.
by under eq_bigr do rewrite off_step // kept_star -keptM; rewrite -kept_sum; case: hK => -> _; rewrite kept1.
Qed.
Lemma step_comm (y y' : asked) a a' : tag y != tag y' ->
  K'_ y a * K'_ y' a' = K'_ y' a' * K'_ y a /\
  star (K'_ y a) * K'_ y' a' = K'_ y' a' * star (K'_ y a).
Proof.
move=> ne; have [e|ny] := eqVneq y y0; have [e'|ny'] := eqVneq y' y0.
- by rewrite e e' eqxx in ne.
- move: a ne; rewrite e => a ne; rewrite at_step off_step // projector_star.
  by split; apply/esym/projector_comm => c; have [] := commutes c a' ne.
- move: a' ne; rewrite e' => a' ne; rewrite at_step off_step // kept_star.
  by split; apply: projector_comm => c; have [] := commutes a c ne.
rewrite !off_step // kept_star -!keptM; by have [-> -> _ _] := commutes a a' ne.
Qed.
Lemma step_measured : measured K'.
Proof.
split=> [j x|j j' x x' a a' ne]; first exact: (step_sum (Tagged _ x)).
exact: (@step_comm (Tagged _ x) (Tagged _ x')).
Qed.
Lemma step_corner_at (y : asked) a : ((star (K'_ y a) * K'_ y a : M) : 'M[A]_N.+1) 0 0 = star (@K _ (tagged y) a) * @K _ (tagged y) a.
Proof.
have [e|ne] := eqVneq y y0; last by rewrite off_step // kept_star -keptM mxE eqxx.
by move: a; rewrite e => a; rewrite at_step projector_star (projectorM a0 K0_sum) eqxx projector_corner.
Qed.
Lemma step_corner (x : setting T) (a : outcome x) :
  ((\prod_j (star (K' (a j)) * K' (a j)) : M) : 'M[A]_N.+1) 0 0 = \prod_j (star (K (a j)) * K (a j)).
Proof.
apply: (@corner_prod _ _ _ _ _ (tag y0)); first exact: index_enum_uniq.
  move=> j nj; rewrite (off_step (y := Tagged _ (x j))) ?kept_star -?keptM //.
  by apply: contraNneq nj => <-.
exact: (step_corner_at (y := Tagged _ (x (tag y0)))).
Qed.
End Step.

Theorem naimark (J : finType) (S : forall x : setting T, outcome x -> op C J) : commuting S ->
  exists (A : star_algebra C) (w : state_on A J) (K : kraus_operators T A),
  [/\ measured K, forall y, projective_at K y
    & forall x (a : outcome x) f g, S x a f g = w g f (\prod_j K j (x j) (a j))].
Proof.
move=> hS; suff: exists (A : star_algebra C) (w : state_on A J) (K : kraus_operators T A),
    [/\ measured K, forall y, y \in enum {: asked} -> projective_at K y
      & forall x (a : outcome x) f g, S x a f g = w g f (\prod_j (star (K j (x j) (a j)) * K j (x j) (a j)))].
  case=> A [w [K [hK hP e]]]; exists A, w, K; split=> // [y|x a f g]; first exact: (hP y (mem_enum _ y)).
  rewrite e; congr (w g f _); apply: eq_bigr => j _.
  have [-> ->] := hP (Tagged _ (x j)) (mem_enum _ _) (a j) (a j); by rewrite eqxx.
elim: (enum _) => [|y0 l [A [w [K [hK hP e]]]]]; first by case: hS => A [w [K [hK e]]]; exists A, w, K.
have a0 : 'I_(outcomes (tagged y0)).
  case: (hK) => /(_ (tag y0) (tagged y0)) + _; move: (@K _ (tagged y0)).
  case: (outcomes _) => [|n] F; last by move=> _; exact: ord0.
  by rewrite big_ord0 => /esym/eqP; rewrite oner_eq0.
exists (dilation A (outcomes (tagged y0))), (corner_state _ w), (dilated_operators K a0); split.
- exact: step_measured.
- move=> y; rewrite inE => /orP[/eqP->|/hP]; [exact: step_projective | exact: step_kept].
by move=> x a f g; rewrite e /= /corner step_corner.
Qed.
End Projective.
