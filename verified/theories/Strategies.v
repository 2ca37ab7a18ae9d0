(** 3.11 and 3.13: the sums over the settings for every strategy, computed. *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Tensor Lhs Enclosures.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** ** Sums of matrices, row by row; a missing entry is 0 *)
Fixpoint add_rows (r s : seq gauss) : seq gauss :=
  match r, s with x :: r', y :: s' => gadd x y :: add_rows r' s' | [::], _ => s | _, [::] => r end.
Fixpoint add_matrices (A B : matrix) : matrix :=
  match A, B with r :: A', s :: B' => add_rows r s :: add_matrices A' B' | [::], _ => B | _, [::] => A end.
Section Add.
Variable C : numClosedFieldType.
Lemma add_rowsE r s j : number C (nth (Z0, Z0) (add_rows r s) j) = number C (nth (Z0, Z0) r j) + number C (nth (Z0, Z0) s j).
Proof.
elim: r s j => [|x r IH] [|y s] [|j] //=; rewrite ?number_add ?IH // ?nth_nil ?(number0 C) ?add0r ?addr0 //.
Qed.
Lemma add_matricesE A B i j : number C (entry (add_matrices A B) i j) = number C (entry A i j) + number C (entry B i j).
Proof.
rewrite /entry; elim: A B i => [|r A IH] [|s B] [|i] //=; rewrite ?IH ?add_rowsE // ?nth_nil ?(number0 C) ?add0r ?addr0 //.
Qed.
Lemma sum_matricesE (K : Type) (l : seq K) (M : K -> matrix) A i j :
  number C (entry (foldl (fun A k => add_matrices A (M k)) A l) i j) = number C (entry A i j) + \sum_(k <- l) number C (entry (M k) i j).
Proof.
elim: l A => [|k l IH] A /=; first by rewrite big_nil addr0.
by rewrite IH add_matricesE big_cons addrA.
Qed.
End Add.

(** [upto], without the list of all numbers *)
Fixpoint all_from (t n : nat) (P : pred nat) : bool :=
  if n is n'.+1 then (if P t then all_from t.+1 n' P else false) else true.
Lemma all_fromE t n P : all_from t n P = all P (iota t n).
Proof. by elim: n t => //= n IH t; rewrite IH; case: (P t). Qed.

Section Compute.
Variables (o : seq (seq nat)) (d : seq nat) (F : table).
Local Notation D := (card d).
Local Notation mA := (setting_radices o).
(** sum_k F^(k)_{a|x} (x) 1 *)
Definition joint_entry (x a p q : nat) : gauss :=
  gsum [seq if off d k p == off d k q then entry (element F k x a) (dig d k p) (dig d k q) else g0 | k <- iota 0 (size d)].
Definition joint_matrices : seq (seq matrix) :=
  [seq [seq tabulate D (joint_entry x a) | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card mA)].
(** Strategies are numbers below [strategies]: the outcome for setting y of Alice j is a digit. *)
Definition strategies : nat := card (flatten o).
Definition told (t j y : nat) : nat := dig (flatten o) (flatten_index (shape o) j y) t.
Definition outcome_told (t x : nat) : nat :=
  enc (outcome_radices o x) (fun j => told t j (dig mA j x)).
Definition strategy_matrix (E : seq (seq matrix)) (t : nat) : matrix :=
  foldl (fun A x => add_matrices A (nth [::] (nth [::] E x) (outcome_told t x))) [::] (iota 0 (card mA)).
Definition strategy_rule : bool :=
  let E := joint_matrices in all_from 0 strategies (fun t => positive D (strategy_matrix E t)).
End Compute.

Section Sound.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat) (F : table).
Local Notation T := (scenario_of o d).
Local Notation mA := (setting_radices o).
Hypothesis hne : nonempty o d.
Hypothesis held : strategy_rule o d F.

Lemma joint_matrixE (x : setting T) (a : outcome x) f g :
  number C (entry (nth [::] (nth [::] (joint_matrices o d F) (xpl x)) (apl a)) (fpl f) (fpl g))
  = \sum_k extend (@weight C o d F k x a) f g.
Proof.
rewrite /joint_matrices (nth_map 0%N) ?size_iota ?xpl_lt // nth_iota ?xpl_lt // add0n.
rewrite (nth_map 0%N) ?size_iota ?(apl_lt hne) // nth_iota ?(apl_lt hne) // add0n.
rewrite /entry /tabulate !nth_mkseq ?fpl_lt // /joint_entry number_gsum_iota; apply: eq_bigr => k _.
by rewrite /extend (agree_fpl hne) /weight !(dig_fpl hne); case: ifP; rewrite ?number0.
Qed.

Lemma outcomes_flat : all (leq 1) (flatten o).
Proof.
case/and3P: hne => _ /allP h _; apply/allP => n /flattenP[s hs]; by move/allP: (h s hs); apply.
Qed.
(** Every strategy has a number. *)
Lemma strategy_number (g : strategy T) : exists2 t, (t < strategies o)%N &
  forall j (y : 'I_(@settings T j)), told o t j y = g (Tagged (fun j => 'I_(@settings T j)) y) :> nat.
Proof.
pose at_flat (m : nat) (y : place_of T) := (tag y == reshape_index (shape o) m :> nat) && (tagged y == reshape_offset (shape o) m :> nat).
pose f m := if [pick y | at_flat m y] is Some y then nat_of_ord (g y) else 0%N.
have szE (j : 'I_(alices T)) : nth 0%N (shape o) j = @settings T j by rewrite (nth_map [::]).
have idx (j : 'I_(alices T)) (y : 'I_(@settings T j)) : f (flatten_index (shape o) j y) = g (Tagged (fun j => 'I_(@settings T j)) y).
  have hy : (y < nth 0 (shape o) j)%N by rewrite szE.
  rewrite /f; case: pickP => [[j' y'] /andP[/eqP /= ej /eqP /= ey]|/(_ (Tagged (fun j => 'I_(@settings T j)) y))].
    rewrite flatten_indexKl // in ej; rewrite flatten_indexKr // in ey.
    have ej' : j' = j by apply: val_inj.
    by subst j'; have -> : y' = y by apply: val_inj.
  by rewrite /at_flat /= flatten_indexKl // flatten_indexKr // !eqxx.
have lt m : (m < size (flatten o))%N -> (f m < radix (flatten o) m)%N.
  move=> hm; rewrite /f; case: pickP => [[j y] /andP[/eqP /= ej /eqP /= ey]|_]; last exact: radix_gt0 outcomes_flat.
  rewrite /radix nth_flatten -ej -ey; exact: ltn_ord.
exists (enc (flatten o) f); first exact: enc_lt.
move=> j y; rewrite /told dig_enc ?idx //; first exact: outcomes_flat.
by rewrite size_flatten; apply: flatten_indexP; rewrite szE.
Qed.

Theorem strategies_psd (g : strategy T) : psd (strategy_op (weight C F) g).
Proof.
have [t ht tE] := strategy_number g; move: held; rewrite /strategy_rule all_fromE => passed; have := uptoP passed ht => /found_psd/(psd_space (C := C) hne).
apply: psd_eq => f h; rewrite /strategy_matrix sum_matricesE /entry nth_nil nth_nil number0 add0r sum_iota.
rewrite -(sum_setting hne xpredT (fun x => number C (nth (Z0, Z0) (nth [::] (nth [::] (nth [::] (joint_matrices o d F) x) (outcome_told o t x)) (fpl f)) (fpl h)))).
apply: eq_bigr => x _; have -> : outcome_told o t (xpl x) = apl (answer g x).
  rewrite /apl (place_enc (size_oR o d (xpl x)) (outcomesE hne x) (g := fun j => told o t j (dig mA j (xpl x)))) // => j.
  by rewrite /vals ffunE (dig_xpl hne) tE.
exact: joint_matrixE.
Qed.
End Sound.
