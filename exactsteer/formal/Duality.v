(** Weak duality: multipliers W, V with
      M_{a|x} = sum_k W^(k)_{a|x} (x) 1 + sum_j V^j_{a without a_j|x} >= 0,   sum_{x_j} V^j = 0
    give the steering inequality  sum tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0  for every
    assemblage that has parent states, hence a verdict about a whole ball. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section AgreeOff.
Variables (n : nat) (k : 'I_n).
Lemma agree_offP (f g : 'I_n -> nat) : reflect (forall l, l != k -> f l = g l) (agree_off k f g).
Proof.
apply: (iffP forallP) => [h l nl|h l]; first by apply/eqP; apply: (implyP (h l)).
by apply/implyP=> nl; apply/eqP/h.
Qed.
Lemma agree_off_refl f : agree_off k f f.
Proof. exact/agree_offP. Qed.
Lemma agree_offC f g : agree_off k f g = agree_off k g f.
Proof. by rewrite /agree_off; apply: eq_forallb => l; rewrite [f l == _]eq_sym. Qed.
Lemma agree_off_trans f g h : agree_off k f g -> agree_off k g h -> agree_off k f h.
Proof. by move=> /agree_offP e1 /agree_offP e2; apply/agree_offP=> l nl; rewrite e1 ?e2. Qed.
Lemma agree_off_eqr f g h : agree_off k f g -> agree_off k h f = agree_off k h g.
Proof.
move=> e; apply/idP/idP => e'; first exact: agree_off_trans e' e.
by apply: agree_off_trans e' _; rewrite agree_offC.
Qed.
End AgreeOff.

Section Duality.
Variables (C : numClosedFieldType) (T : scenario).
Local Notation X := (setting T).
Local Notation J := (space T).

(** W (x) 1 on the other Bobs *)
Definition extend (k : 'I_(bobs T)) (W : op C 'I_(dim k)) : op C J :=
  fun f g => if agree_off k (vals f) (vals g) then W (f k) (g k) else 0.

Lemma inner_extend k (W : op C 'I_(dim k)) (S : op C J) : inner (extend W) S = inner W (partial_trace S).
Proof.
pose at_k (f : J) : 'I_(dim k) := f k.
rewrite /inner (partition_big at_k xpredT) //=; apply: eq_bigr => i _.
rewrite exchange_big /= (partition_big at_k xpredT) //=; apply: eq_bigr => j _.
rewrite mulr_sumr; apply: eq_bigr => g /eqP hg; rewrite mulr_sumr.
rewrite [RHS]big_mkcondr /=; apply: eq_bigr => f /eqP hf.
by rewrite /extend agree_offC -/(at_k f) -/(at_k g) hf hg; case: ifP; rewrite ?mul0r.
Qed.

(** sum_{a,x,k} tr[W^(k)_{a|x} sigma^(k)_{a|x}] *)
Definition value (W s : elements C T) : C := \sum_x \sum_a \sum_k inner (@W k x a) (@s k x a).

Section Multipliers.
Variables (W : elements C T) (V : 'I_(alices T) -> X -> nat -> op C J).
(* The multipliers V^j carry a number [key j a] for the outcomes of the Alices other than j. *)
Variable key : forall (j : 'I_(alices T)) (x : X), outcome x -> nat.
Hypothesis keyP : forall j (x x' : X) (a : outcome x) (a' : outcome x'), agree_off j (vals x) (vals x') ->
  (key j a == key j a') = agree_off j (vals a) (vals a').

Definition dual_op x (a : outcome x) : op C J :=
  fun f g => \sum_k extend (@W k x a) f g + \sum_j V j x (key j a) f g.

Hypothesis V_sum0 : forall j (x0 : X) b f g, \sum_(x : X | agree_off j (vals x0) (vals x)) V j x b f g = 0.

(** The no-signalling multipliers do not contribute. *)
Lemma value_V (S : forall x, outcome x -> op C J) j : (forall f g, no_signalling (fun x a => S x a f g)) ->
  \sum_x \sum_(a : outcome x) inner (V j x (key j a)) (S x a) = 0.
Proof.
move=> ns; pose B := (\max_x \max_(a : outcome x) key j a).+1.
have ltB x (a : outcome x) : (key j a < B)%N.
  by rewrite ltnS; apply: leq_trans (leq_bigmax x); apply: (leq_bigmax a).
pose G x b f g := \sum_(a : outcome x | key j a == b) S x a f g.
have byG x : \sum_(a : outcome x) inner (V j x (key j a)) (S x a) = \sum_(b < B) inner (V j x b) (G x b).
  rewrite (partition_big (fun a => Ordinal (ltB x a)) xpredT) //=; apply: eq_bigr => b _.
  rewrite (eq_bigr (fun a => inner (V j x b) (S x a))) => [|a /eqP e]; first exact: inner_sumr.
  by rewrite -[key j a]/(val (Ordinal (ltB x a))) e.
rewrite (eq_bigr _ (fun x _ => byG x)).
(* G is constant on classes of settings that agree off j *)
have constG x x' b f g : agree_off j (vals x) (vals x') -> G x b f g = G x' b f g.
  wlog [a /eqP ha] : x x' / exists a : outcome x, key j a == b.
    move=> wl e; case: (pickP (fun a : outcome x => key j a == b)) => [a ha|no]; first by apply: wl => //; exists a.
    case: (pickP (fun a : outcome x' => key j a == b)) => [a ha|no'].
      by apply/esym/wl; [exists a | rewrite agree_offC].
    by rewrite /G !big_pred0.
  move=> e; rewrite /G -ha.
  rewrite (eq_bigl (fun a' : outcome x => agree_off j (vals a') (vals a))) => [|a']; last first.
    by rewrite keyP ?agree_off_refl.
  rewrite [RHS](eq_bigl (fun a' : outcome x' => agree_off j (vals a') (vals a))) => [|a']; last first.
    by rewrite keyP // agree_offC.
  exact: ns.
pose cls (x : X) : {set X} := [set y | agree_off j (vals x) (vals y)].
rewrite (partition_big cls xpredT) //= big1 // => P _.
case: (pickP (fun x => cls x == P)) => [x0 /eqP hP|no]; last by rewrite big_pred0.
have clsE x : (cls x == P) = agree_off j (vals x0) (vals x).
  rewrite -hP; apply/eqP/idP => [e|e].
    by have : x \in cls x by [rewrite inE agree_off_refl]; rewrite e inE.
  apply/setP=> y; rewrite !inE ![agree_off j _ (vals y)]agree_offC.
  by apply: agree_off_eqr; rewrite agree_offC.
rewrite (eq_bigl _ _ clsE) exchange_big big1 //= => b _.
rewrite (eq_bigr (fun x => inner (V j x b) (G x0 b))) => [|x e]; last first.
  by apply: eq_inner => // f g; rewrite (constG _ _ _ _ _ e).
rewrite inner_suml -[RHS](inner0 (G x0 b)); apply: eq_inner => // f g; exact: V_sum0.
Qed.

(** For joint operators with the marginals of s, positive or not, the multipliers V drop out. *)
Lemma value_dual (s : elements C T) (S : forall x, outcome x -> op C J) :
  (forall f g, no_signalling (fun x a => S x a f g)) ->
  (forall k x a (i j : 'I_(dim k)), partial_trace (S x a) i j = s k x a i j) ->
  value W s = \sum_x \sum_a inner (dual_op a) (S x a).
Proof.
move=> ns hm.
have E x (a : outcome x) : inner (dual_op a) (S x a) =
    \sum_k inner (@W k x a) (@s k x a) + \sum_j inner (V j x (key j a)) (S x a).
  rewrite innerD -!inner_suml; congr (_ + _); apply: eq_bigr => k _.
  by rewrite inner_extend; apply: eq_inner.
under [RHS]eq_bigr do (under eq_bigr do rewrite E; rewrite big_split /=).
rewrite big_split /= -/(value W s) -[LHS]addr0; congr (_ + _).
under eq_bigr do rewrite exchange_big /=.
by rewrite exchange_big big1 //= => j _; rewrite value_V.
Qed.

Hypothesis dual_psd : forall x (a : outcome x), psd (dual_op a).

(** The steering inequality. *)
Theorem value_ge0 (s : elements C T) S : parent_states s S -> 0 <= value W s.
Proof.
case=> hS ns hm; rewrite (value_dual ns hm).
by apply: sumr_ge0 => x _; apply: sumr_ge0 => a _; apply: inner_ge0.
Qed.
End Multipliers.

(** |W|_box = sum_ij |Re W_ij| + |Im W_ij|, for Hermitian W the same as
    sum_i |W_ii| + 2 sum_{i<j} (|Re W_ij| + |Im W_ij|). *)
Definition box_norm (I : finType) (A : op C I) : C := \sum_i \sum_j (`|'Re (A i j)| + `|'Im (A i j)|).
Definition total_box (W : elements C T) : C := \sum_x \sum_a \sum_k box_norm (@W k x a).

Lemma Re_inner_le (I : finType) (A B B' : op C I) delta :
  (forall i j, `|'Re (B' i j - B i j)| <= delta /\ `|'Im (B' i j - B i j)| <= delta) ->
  'Re (inner A B') <= 'Re (inner A B) + delta * box_norm A.
Proof.
move=> hB; rewrite /inner /box_norm !raddf_sum mulr_sumr -big_split; apply: ler_sum => i _ /=.
rewrite !raddf_sum mulr_sumr -big_split; apply: ler_sum => j _ /=.
have [hR hI] := hB j i; rewrite -ler_subl_addl -raddfB /= -mulrBr ReM mulrDr.
have le_abs (x y : C) : x \is Num.real -> y \is Num.real -> `|y| <= delta -> x * y <= delta * `|x|.
  move=> rx ry hy; apply: le_trans (real_ler_norm (realM rx ry)) _.
  by rewrite normrM mulrC ler_wpmul2r.
apply: ler_add; first by rewrite le_abs ?Creal_Re.
by rewrite -mulrN le_abs ?rpredN ?Creal_Im // normrN.
Qed.

Lemma Re_value_le W c s delta : ball delta c s -> 'Re (value W s) <= 'Re (value W c) + delta * total_box W.
Proof.
move=> hb; rewrite /value /total_box !raddf_sum mulr_sumr -big_split; apply: ler_sum => x _ /=.
rewrite !raddf_sum mulr_sumr -big_split; apply: ler_sum => a _ /=.
rewrite !raddf_sum mulr_sumr -big_split; apply: ler_sum => k _ /=.
exact/Re_inner_le/hb.
Qed.
End Duality.

(** No-signalling, with the outcomes of the other Alices given by a number. *)
Lemma no_signalling_key (C : numClosedFieldType) (T : scenario)
  (key : forall (j : 'I_(alices T)) (x : setting T), outcome x -> nat) (F : forall x : setting T, outcome x -> C) :
  (forall j (x x' : setting T) (a : outcome x) (a' : outcome x'), agree_off j (vals x) (vals x') ->
     (key j x a == key j x' a') = agree_off j (vals a) (vals a')) ->
  (forall j (x x' : setting T) c, agree_off j (vals x) (vals x') ->
     \sum_(a : outcome x | key j x a == c) F x a = \sum_(a : outcome x' | key j x' a == c) F x' a) ->
  no_signalling F.
Proof.
move=> keyP h j b x x'.
wlog [a ha] : x x' / exists a : outcome x, agree_off j (vals a) b.
  move=> wl e; case: (pickP (fun a : outcome x => agree_off j (vals a) b)) => [a ha|no].
    by apply: wl => //; exists a.
  case: (pickP (fun a : outcome x' => agree_off j (vals a) b)) => [a ha|no'].
    by apply/esym/wl; [exists a | rewrite agree_offC].
  by rewrite !big_pred0.
move=> e; have E (y : setting T) : agree_off j (vals x) (vals y) ->
    forall a' : outcome y, agree_off j (vals a') b = (key j y a' == key j x a).
  by move=> e' a'; rewrite eq_sym keyP // -(agree_off_eqr _ ha) agree_offC.
rewrite (eq_bigl _ _ (E x (agree_off_refl _ _))) [RHS](eq_bigl _ _ (E x' e)); exact: h.
Qed.
