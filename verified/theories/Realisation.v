(** 3.3 `quantum realisation` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Gauss Digits Check Literals Verdicts.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Joint ParentStates Strategies Convex.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** ** Evidence: |psi><psi|, |i><i| (x) E, R, and measurements of Alices with systems of these dimensions *)
Inductive term := Vector (P : fraction_matrix) | Flagged (E : fraction_matrix) (i : nat) | Whole (R : fraction_matrix).
Record realisation := Realisation { systems : seq nat; terms : seq term; effects : seq family }.

(** Each term is its integers over a denominator. *)
Definition term_den (t : term) : Z := match t with Vector P => (P.1 * P.1)%ZZ | Flagged E _ => E.1 | Whole R => R.1 end.
Definition term_matrix (A D : nat) (t : term) : matrix :=
  match t with
  | Vector P => let v := flatten P.2 in [seq [seq gmulc x y | y <- v] | x <- v]
  | Flagged E i => tabulate (A * D)%N (fun p q =>
      if ((p %/ D == i) && (q %/ D == i))%N then entry E.2 (p %% D)%N (q %% D)%N else g0)
  | Whole R => R.2
  end.
Definition term_ok (A D : nat) (t : term) : bool :=
  match t with Vector _ => true | Flagged E _ => positive D E.2 | Whole R => positive (A * D)%N R.2 end.
Definition state_matrix (A D : nat) (ts : seq term) : matrix :=
  let den := foldl (fun g t => Z.lcm g (term_den t)) 1%ZZ ts in
  foldl (fun M t => add_matrices M (map (map (gscale (den / term_den t)%ZZ)) (term_matrix A D t))) [::] ts.

Section Rules.
Variables (c : centred) (e : realisation).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Local Notation h := (systems e).
Local Notation H := (card h).
Local Notation D := (card d).
Local Notation n := (size o).
Definition povm_rule (M : table) (denM : Z) : bool :=
  settings_outcomes o (fun j x a => positive (radix h j) (element M j x a)) &&
  upto n (fun j => upto (size (nth [::] o j)) (fun x => upto (radix h j) (fun i => upto (radix h j) (fun i' =>
    geq (gsum [seq entry (element M j x a) i i' | a <- iota 0 (nth 1%N (nth [::] o j) x)])
        (if i == i' then (denM, Z0) else g0))))).
Definition state_rule (rho : matrix) (denR denM : Z) : bool :=
  all (term_ok H D) (terms e) && [&& 0 <? denR & 0 <? denM]%ZZ &&
  [&& size h == n, all (leq 1) h, positive (H * D)%N rho & geq (gtrace (H * D)%N rho) (denR, Z0)].
Definition realisation_rules : seq rule :=
  let (den, t) := over (centre_of c) in
  let rho := state_matrix H D (terms e) in let denR := (gtrace (H * D)%N rho).1 in
  let (denM, M) := over (effects e) in
  let denS := (denR * Z.pow denM (Z.of_nat n))%ZZ in
  let S := steered_matrix o d h rho M in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "state") (fun _ => state_rule rho denR denM);
      named (ascii "povm") (fun _ => povm_rule M denM);
      named (ascii "marginal") (fun _ => check_marginals o d den denS t S);
      named (ascii "reach") (fun _ => [&& 0 <=? (radius_of c).1 & 0 <? (radius_of c).2]%ZZ && (((radius_of c).1 =? 0)%ZZ || (n == 1%N)))]
  ++ (if ((radius_of c).1 =? 0)%ZZ then [::] else joint_rules o d den t denS S (radius_of c) (0, 1)%ZZ).

Lemma ball0 (C : numClosedFieldType) (T : scenario) (s t : elements C T) : ball 0 s t -> forall k x a i j, @s k x a i j = @t k x a i j.
Proof.
move=> hb k x a i j; have [hr hi] := hb k x a i j; apply/eqP; rewrite eq_sym -subr_eq0; apply/eqP.
by rewrite [_ - _]Crect; move: hr hi; rewrite !normr_le0 => /eqP-> /eqP->; rewrite mulr0 addr0.
Qed.

(** The evidence realises the elements that it steers to. *)
Lemma realised_table (C : numClosedFieldType) (den : Z) (t : table) (rho : matrix) (denR denM : Z) (M : table) :
  nonempty o d -> (0 < den)%ZZ -> state_rule rho denR denM -> povm_rule M denM ->
  check_marginals o d den (denR * Z.pow denM (Z.of_nat n))%ZZ t (steered_matrix o d h rho M) ->
  quantum (data C (scenario_in c) den t).
Proof.
move=> hne den0 /andP[/andP[_ /andP[hR hM]] /and4P[h1 h2 h3 h4]] /andP[hp hsum] hm.
pose PM := [seq [seq [seq found (radix h j) (element M j x a) | a <- iota 0 (nth 1%N (nth [::] o j) x)]
                | x <- iota 0 (size (nth [::] o j))] | j <- iota 0 n].
apply: (@realised C o d den t h rho M denR denM (found (H * D)%N rho) PM).
rewrite /check_realisation hne h1 h2 hR hM h4 hsum hm (found_psd h3) (_ : (0 <? _)%ZZ) ?andbT /=; last exact/Z.ltb_lt.
apply: upto_sub hp => j hj; apply: upto_sub => x hx; apply: upto_sub => a ha' /found_psd.
by rewrite /witness_of /PM (nth_map 0%N) ?size_iota // nth_iota // (nth_map 0%N) ?size_iota // nth_iota // (nth_map 0%N) ?size_iota // nth_iota.
Qed.

Theorem realisation_sound (C : numClosedFieldType) : hold realisation_rules ->
  within (fun s : elements C (scenario_in c) => quantum s).
Proof.
rewrite /realisation_rules /over hold_cat => /andP[ha].
set rho := state_matrix _ _ _; set denR := (gtrace _ _).1; set denM := common _ _; set M := table_of _ _.
rewrite hold_cat !hold_cons => /andP[/and5P[hs hp hm hr _] hj].
have [hf as_c] := assemblage_sound C ha; split=> // s hs' hb; have [hne hN] := assemblage_nonempty ha.
move: hj; case: ifP => [/Z.eqb_eq r0 _|r0 hj].
  have hb0 : ball 0 (centre_in C c) s by move: hb; rewrite /fraction r0 mul0r.
  apply: (quantum_same (fun k x a i j => ball0 hb0 a i j)).
  apply: (quantum_same (fun k x a i j => data_table C hf a i j)).
  exact: (realised_table C hne (den_gt0 hf) hs hp hm).
have n1 : n = 1%N by case/andP: hr => _; rewrite r0 /= => /eqP.
exact: parent_states_quantum hne hN n1 hs' (parent_states_above (joint_sound hne hN hf as_c hj hs' hb)).
Qed.
End Rules.
