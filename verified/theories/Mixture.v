(** Mixtures r noise + (1 - r) centre: of elements, and of the matrices of a file. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals.
From Verified Require Import Statement Meaning Tables Reach.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Section Elements.
Variables (C : numClosedFieldType) (T : scenario) (r : C).
Hypotheses (r0 : 0 <= r) (r1 : r <= 1).
Lemma mixture_assemblage (n s : elements C T) : assemblage n -> assemblage s -> assemblage (mixture C T r n s).
Proof.
move=> [n1 [p [n2 n3]] n4] [s1 [q [s2 s3]] s4]; split.
- move=> k x a; apply: psd_add; apply: psd_scale => //; by rewrite subr_ge0.
- exists (fun x a => r * p x a + (1 - r) * q x a); split=> [k x a|x].
    by rewrite -(n2 k x a) -(s2 k x a) /trace !mulr_sumr -big_split.
  by rewrite big_split -!mulr_sumr /= n3 s3; ring.
move=> k i j; apply: no_signallingD; apply: no_signallingZ; [exact: n4 | exact: s4].
Qed.
Lemma mixture_ball delta (n c s : elements C T) : ball delta c s ->
  ball ((1 - r) * delta) (mixture C T r n c) (mixture C T r n s).
Proof.
move=> h k x a i j; have r1' : 0 <= 1 - r by rewrite subr_ge0.
have -> : mixture C T r n s k x a i j - mixture C T r n c k x a i j = (1 - r) * (@s k x a i j - @c k x a i j).
  by rewrite /mixture; ring.
have [h1 h2] := h k x a i j; have rr := ger0_real r1'.
rewrite ReM ImM (Creal_ReP _ rr) (Creal_ImP _ rr) !(mul0r, mulr0, subr0, addr0, add0r) !normrM (ger0_norm r1').
by split; apply: ler_wpmul2l.
Qed.
Lemma mixture_value (W n s : elements C T) : value W (mixture C T r n s) = r * value W n + (1 - r) * value W s.
Proof.
rewrite /value !mulr_sumr -big_split; apply: eq_bigr => x _; rewrite !mulr_sumr -big_split; apply: eq_bigr => a _.
rewrite !mulr_sumr -big_split; apply: eq_bigr => k _; rewrite /inner !mulr_sumr -big_split; apply: eq_bigr => i _.
rewrite !mulr_sumr -big_split; apply: eq_bigr => j _; rewrite /mixture /=; ring.
Qed.
End Elements.

Definition mix_matrix (n : nat) (r : rational) (A B : fraction_matrix) : fraction_matrix :=
  ((r.2 * A.1 * B.1)%ZZ, tabulate n (fun i j =>
     gadd (gscale (r.1 * B.1)%ZZ (entry A.2 i j)) (gscale ((r.2 - r.1) * A.1)%ZZ (entry B.2 i j)))).
Definition mix_families (o : seq (seq nat)) (d : seq nat) (r : rational) (n c : seq family) : seq family :=
  mkseq (fun k => mkseq (fun x => mkseq (fun a =>
    mix_matrix (radix d k) r (member_of (nth [::] n k) x a) (member_of (nth [::] c k) x a))
    (card (outcome_radices o x))) (card (setting_radices o))) (size d).

Lemma mix_families_data (C : numClosedFieldType) o d r n c den : nonempty o d -> (0 < r.2)%ZZ -> fits den (mix_families o d r n c) ->
  let T := scenario_of o d in forall k x a i j,
  elements_of C T (mix_families o d r n c) k x a i j = mixture C T (fraction C r) (elements_of C T n) (elements_of C T c) k x a i j.
Proof.
move=> hne r0 fit /= k x a i j.
rewrite /elements_of /mixture -/(@xpl o d x) -/(apl a); set A := member_of (nth [::] n k) _ _; set B := member_of (nth [::] c k) _ _.
have kN : (k < size d)%N := ltn_ord k.
have E : member_of (nth [::] (mix_families o d r n c) k) (xpl x) (apl a) = mix_matrix (radix d k) r A B.
  rewrite /member_of /mix_families nth_mkseq //; rewrite nth_mkseq; last exact: xpl_lt.
  rewrite nth_mkseq; [reflexivity | exact: (apl_lt hne)].
have : (0 < (mix_matrix (radix d k) r A B).1)%ZZ.
  rewrite -E /member_of; case/andP: fit => _ h.
  have h1 := (all_nthP [::] h) k; rewrite size_mkseq in h1.
  have h2 := (all_nthP [::] (h1 kN)) (xpl x); rewrite nth_mkseq // size_mkseq in h2.
  have h3 := (all_nthP (Z0, [::]) (h2 (xpl_lt x))) (apl a); rewrite nth_mkseq ?xpl_lt // size_mkseq in h3.
  have /andP[/Z.ltb_lt h4 _] := h3 (apl_lt hne a).
  by rewrite /mix_families nth_mkseq // nth_mkseq ?xpl_lt.
rewrite E /mix_matrix /= => pos.
have A0 : int_of C A.1 != 0.
  by apply/eqP => e; move: (int_of_gt0 C pos); rewrite !int_of_mul e mulr0 mul0r ltxx.
have B0 : int_of C B.1 != 0.
  by apply/eqP => e; move: (int_of_gt0 C pos); rewrite !int_of_mul e mulr0 ltxx.
have q0 := lt0r_neq0 (int_of_gt0 C r0).
rewrite /fraction_entry /= {1}/entry /tabulate !nth_mkseq ?ltn_ord //.
rewrite number_add !number_scale !int_of_mul int_of_sub /fraction.
move: (number C _) (number C _) => X Y; by field; rewrite A0 B0 q0.
Qed.
