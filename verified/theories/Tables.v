(** Matrices over denominators of their own, and tables over a common one. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Gauss Digits Check Literals.
From Verified Require Import Statement Meaning.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Definition common (s : seq family) (den : Z) : Z := foldl (foldl (foldl (fun g m => Z.lcm g m.1))) den s.
Definition rescale (den : Z) (m : fraction_matrix) : matrix := let f := (den / m.1)%ZZ in map (map (gscale f)) m.2.
Definition table_of (den : Z) (s : seq family) : table := map (map (map (rescale den))) s.
(** [den] is a positive multiple of all denominators, which are positive. *)
Definition fits (den : Z) (s : seq family) : bool :=
  (0 <? den)%ZZ && all (all (all (fun m => [&& 0 <? m.1 & Z.modulo den m.1 =? 0]%ZZ))) s.

Lemma nth_map_default (T U : Type) (f : T -> U) x y s i : f x = y -> nth y (map f s) i = f (nth x s i).
Proof.
move=> e; case: (ltnP i (size s)) => h; first by rewrite (nth_map x).
by rewrite !nth_default ?size_map.
Qed.
Lemma gscale0 f : gscale f (Z0, Z0) = (Z0, Z0).
Proof. by rewrite /gscale /= Z.mul_0_r. Qed.
Lemma entry_rescale den m i j : entry (rescale den m) i j = gscale (den / m.1)%ZZ (entry m.2 i j).
Proof.
rewrite /entry (@nth_map_default _ _ (map (gscale (den / m.1)%ZZ)) [::] [::]) //.
by rewrite (nth_map_default (x := (Z0, Z0))) ?gscale0.
Qed.
Lemma element_table den s k x a : element (table_of den s) k x a = rescale den (member_of (nth [::] s k) x a).
Proof.
rewrite /element /table_of /member_of (nth_map_default (x := [::])) // (nth_map_default (x := [::])) //.
by rewrite (nth_map_default (x := (Z0, [::]))).
Qed.
Lemma all_nth_default (T : Type) (P : pred T) x s i : P x -> all P s -> P (nth x s i).
Proof.
move=> hx /(all_nthP x) h; case: (ltnP i (size s)) => hi; [exact: h | by rewrite nth_default].
Qed.

Section Data.
Variables (C : numClosedFieldType) (den : Z) (s : seq family).
Hypothesis fit : fits den s.
Lemma den_gt0 : (0 < den)%ZZ. Proof. by case/andP: fit => /Z.ltb_lt. Qed.

Lemma entry_table k x a i j :
  number C (entry (element (table_of den s) k x a) i j) / int_of C den
  = fraction_entry C (member_of (nth [::] s k) x a) i j.
Proof.
rewrite element_table entry_rescale number_scale /fraction_entry; set m := member_of _ _ _.
have : m = (Z0, [::]) \/ [&& 0 <? m.1 & Z.modulo den m.1 =? 0]%ZZ.
  case/andP: fit => _ h; case: (ltnP k (size s)) => hk; last by left; rewrite /m nth_default // /member_of nth_nil /= nth_nil.
  have h1 := (all_nthP [::] h) k hk.
  case: (ltnP x (size (nth [::] s k))) => hx; last by left; rewrite /m /member_of (nth_default _ hx) nth_nil.
  have h2 := (all_nthP [::] h1) x hx.
  case: (ltnP a (size (nth [::] (nth [::] s k) x))) => ha; last by left; rewrite /m /member_of nth_default.
  by right; exact: (all_nthP (Z0, [::]) h2) a ha.
case=> [->|/andP[/Z.ltb_lt m0 /Z.eqb_eq dv]].
  by rewrite /entry /= !nth_nil number0 mulr0 !mul0r.
have e : den = (den / m.1 * m.1)%ZZ by have := Z.div_mod den m.1; lia.
have f0 : int_of C (den / m.1)%ZZ != 0.
  apply: lt0r_neq0; apply: int_of_gt0; apply: Z.div_str_pos; split=> //; apply: Z.divide_pos_le; first exact: den_gt0.
  by exists (den / m.1)%ZZ.
rewrite [in X in _ / X]e int_of_mul -mulf_div divff // mul1r //.
Qed.
End Data.

Lemma data_table C (T : scenario) den s : fits den s ->
  forall k x a i j, data C T den (table_of den s) k x a i j = elements_of C T s k x a i j.
Proof. by move=> h k x a i j; rewrite /data entry_table. Qed.

(** ** Claims about elements do not depend on how these were computed. *)
Section Extensional.
Variables (C : numClosedFieldType) (T : scenario) (s t : elements C T).
Hypothesis same : forall k x a i j, @s k x a i j = @t k x a i j.
Lemma ball_centre delta u : ball delta s u -> ball delta t u.
Proof. by move=> h k x a i j; rewrite -same; apply: h. Qed.
Lemma ball_centre' delta u : ball delta t u -> ball delta s u.
Proof. by move=> h k x a i j; rewrite same; apply: h. Qed.
Lemma assemblage_same : assemblage s -> assemblage t.
Proof.
case=> h1 [p [h2 h3]] h4; split.
- move=> k x a v; have := h1 k x a v; congr (0 <= _).
  by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite same.
- exists p; split=> // k x a; rewrite -(h2 k x a); apply: eq_bigr => i _; exact/esym/same.
- move=> k i j m b x x' e; have := h4 k i j m b x x' e.
  rewrite (eq_bigr _ (fun a _ => same a i j)) => ->; apply: eq_bigr => a _; exact: same.
Qed.
End Extensional.
