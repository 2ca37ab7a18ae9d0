(** 3.4 `noise robustness` and 3.5 `smallest eigenvalue` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre NoParentStates Reach Joint ParentStates Mixture.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** ** The value of an inequality at the centre, at most, within the radius: I + delta B over den q *)
Definition value_within o d (den : Z) (t W : table) (delta : rational) : Z :=
  ((steering_value o d W t).1 * delta.2 + delta.1 * den * steering_box o d W)%ZZ.
Lemma value_within_le (C : numClosedFieldType) o d (fam : seq family) W delta (s : elements C (scenario_of o d)) :
  nonempty o d -> fits (common fam 1) fam -> (0 < delta.2)%ZZ ->
  ball (fraction C delta) (elements_of C (scenario_of o d) fam) s ->
  'Re (value (weight C W) s) <=
    int_of C (value_within o d (common fam 1) (table_of (common fam 1) fam) W delta) / (int_of C (common fam 1) * int_of C delta.2).
Proof.
move=> hne fit d2 hb; have hb' := ball_centre' (fun k x a i j => data_table C fit a i j) hb.
apply: le_trans (Re_value_le (weight C W) hb') _; rewrite Re_value_literal // total_box_literal //.
have := lt0r_neq0 (int_of_gt0 C d2); have := lt0r_neq0 (int_of_gt0 C (den_gt0 fit)); rewrite /value_within /fraction.
rewrite int_of_add !int_of_mul; move: (int_of C (common _ _)) => D D0 q0.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite D0 q0.
Qed.

(** ** 3.5 *)
Section Eigenvalue.
Variables (c : centred) (lower upper : rational) (S : family) (e : seq family * seq family).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition trace_number (M : nat -> nat -> matrix) : Z := (gsum_events o (fun x a => gtrace (card d) (M x a))).1.
Definition smallest_eigenvalue_rules : seq rule :=
  let (den, t) := over (centre_of c) in let (denS, M) := joint_table S in let (W, V) := multiplier_tables e in
  assemblage_rules o d (centre_of c) den t ++ joint_rules o d den t denS M (radius_of c) lower ++
  [:: named (ascii "balance") (fun _ => check_V o d V);
      named (ascii "positive") (fun _ => events o (fun x a => positive (card d) (dual_matrix o d W V x a)));
      named (ascii "upper") (fun _ => let T := trace_number (dual_matrix o d W V) in
        [&& 0 <? T, 0 <? upper.2 &
            value_within o d den t W (radius_of c) * upper.2 <=? upper.1 * T * den * (radius_of c).2]%ZZ)].

Theorem smallest_eigenvalue_sound (C : numClosedFieldType) :
  hold smallest_eigenvalue_rules -> meaning C (SmallestEigenvalue c lower upper).
Proof.
rewrite /smallest_eigenvalue_rules /over; case: (joint_table S) => denS M; case: (multiplier_tables e) => W V.
rewrite !hold_cat => /and3P[ha hj]; rewrite !hold_cons /= andbT => /and3P[hV hP /and3P[/Z.ltb_lt T0 /Z.ltb_lt u2 /Z.leb_le hu]].
have [hf as_c] := assemblage_sound C ha; split=> // s hs hb; have [hne hN] := assemblage_nonempty ha.
split; first exact: joint_sound hj _ hs hb.
have hP' := events_found hP; have [_ _ d2 _ _] := numbers_ok hj.
move=> l S' lr [psdS nsS mS].
pose D x (a : outcome x) := dual_op (weight C W) (multiplier C V) (@others o d) a.
have trD : \sum_x \sum_a trace (@D x a) = int_of C (trace_number (dual_matrix o d W V)).
  have D0 : 0 <= \sum_x \sum_a trace (@D x a).
    apply: sumr_ge0 => x _; apply: sumr_ge0 => a _; apply: sumr_ge0 => f _.
    exact: psd_diag (dual_psd hne hP' a).
  rewrite -(Creal_ReP _ (ger0_real D0)) /trace_number -Re_number (number_events C hne); congr ('Re _).
  apply: eq_bigr => x _; apply: eq_bigr => a _; rewrite /gtrace number_gsum_iota.
  rewrite -(sum_space hne xpredT (fun p => number C (entry (dual_matrix o d W V (xpl x) (apl a)) p p))).
  by apply: eq_bigr => f _; rewrite dual_literal.
have hv : l * int_of C (trace_number (dual_matrix o d W V)) <= 'Re (value (weight C W) s).
  have vE := value_dual (weight C W) (othersP hne) (multiplier_sum0 C hne hV) nsS mS.
  have ge : 0 <= value (weight C W) s - l * int_of C (trace_number (dual_matrix o d W V)).
    rewrite vE -trD mulr_sumr -sumrB; apply: sumr_ge0 => x _; rewrite mulr_sumr -sumrB; apply: sumr_ge0 => a _.
    have := inner_ge0 (dual_psd hne hP' a) (psdS x a); congr (0 <= _).
    rewrite /inner /trace mulr_sumr -sumrB; apply: eq_bigr => f _.
    rewrite (eq_bigr (fun g => D x a f g * S' x a g f - D x a f g * (l * (g == f)%:R))) => [|g _]; last by rewrite mulrBr.
    rewrite sumrB; congr (_ - _); rewrite (bigD1 f) //= eqxx mulr1 mulrC big1 ?addr0 // => g /negPf->.
    by rewrite !mulr0.
  have := ger0_real ge; move: ge; set v := value _ _; set X := l * _ => ge rv.
  have Xr : X \is Num.real by rewrite realM // int_of_real.
  by rewrite -subr_ge0 -[X](Creal_ReP _ Xr) -raddfB /= (Creal_ReP _ rv).
have := le_trans hv (value_within_le W hne hf d2 hb).
have TC := int_of_gt0 C T0; have uC := int_of_gt0 C u2; have dC := int_of_gt0 C d2; have DC := int_of_gt0 C (den_gt0 hf).
rewrite ler_pdivl_mulr ?mulr_gt0 // => h; have := int_of_le C hu; rewrite !int_of_mul => h'.
rewrite /fraction ler_pdivl_mulr // -(ler_pmul2r (mulr_gt0 TC (mulr_gt0 DC dC))).
have {}h := ler_wpmul2r (ltW uC) h; apply: le_trans (le_trans _ (le_trans h h')) _.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End Eigenvalue.
