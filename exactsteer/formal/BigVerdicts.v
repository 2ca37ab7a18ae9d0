(** The machine-integer check agrees with the one in Z, hence the same verdicts. *)
From Coq Require Import ZArith.
From Bignums Require Import BigZ.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Gauss Digits Check BigCheck Verdicts.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.

Local Notation toZ := BigZ.to_Z.
Definition to_gauss (x : big) : gauss := (toZ x.1, toZ x.2).
Definition to_matrix (A : big_matrix) : matrix := map (map to_gauss) A.
Definition to_witness (wit : big_witness) : witness := let: (c, w, L) := wit in (toZ c, map toZ w, to_matrix L).

Lemma of_gaussK : cancel of_gauss to_gauss. Proof. by case=> a b; rewrite /to_gauss /= !BigZ.spec_of_Z. Qed.
Lemma of_matrixK A : to_matrix (of_matrix A) = A.
Proof.
rewrite /to_matrix /of_matrix -map_comp -[RHS]map_id; apply: eq_map => r /=.
by rewrite -map_comp -[RHS]map_id; apply: eq_map => x /=; rewrite of_gaussK.
Qed.
Lemma row_to_matrix A i : nth [::] (to_matrix A) i = map to_gauss (nth [::] A i).
Proof. by elim: A i => [|r A IH] [|i] //=. Qed.
Lemma nth_to_gauss r j : nth g0 (map to_gauss r) j = to_gauss (nth big0 r j).
Proof. by elim: r j => [|x r IH] [|j] //=. Qed.
Lemma entry_to_matrix A i j : entry (to_matrix A) i j = to_gauss (big_entry A i j).
Proof. by rewrite /entry row_to_matrix nth_to_gauss. Qed.
Lemma to_gauss_add x y : to_gauss (big_add x y) = gadd (to_gauss x) (to_gauss y).
Proof. by rewrite /to_gauss /= !BigZ.spec_add. Qed.
Lemma to_gauss_sub x y : to_gauss (big_sub x y) = gsub (to_gauss x) (to_gauss y).
Proof. by rewrite /to_gauss /= !BigZ.spec_sub. Qed.
Lemma to_gauss_scale c x : to_gauss (big_scale c x) = gscale (toZ c) (to_gauss x).
Proof. by rewrite /to_gauss /= !BigZ.spec_mul. Qed.
Lemma to_gauss_mulc x y : to_gauss (big_mulc x y) = gmulc (to_gauss x) (to_gauss y).
Proof. by rewrite /to_gauss /= BigZ.spec_add BigZ.spec_sub !BigZ.spec_mul. Qed.
Lemma to_gauss_dot r s : to_gauss (big_dot r s) = dot (map to_gauss r) (map to_gauss s).
Proof. by elim: r s => [|x r IH] [|y s] //=; rewrite to_gauss_add to_gauss_mulc IH. Qed.
Lemma map_weigh w r : map to_gauss (big_weigh w r) = weigh (map toZ w) (map to_gauss r).
Proof. by elim: w r => [|c w IH] [|x r] //=; rewrite to_gauss_scale IH. Qed.
Lemma toZ_abs1 x : toZ (big_abs1 x) = gabs1 (to_gauss x).
Proof. by rewrite /big_abs1 BigZ.spec_add !BigZ.spec_abs. Qed.
Lemma toZ_sum s : toZ (big_sum s) = Zsum (map toZ s).
Proof. by elim: s => //= x s IH; rewrite BigZ.spec_add IH. Qed.
Lemma residual_of_matrix M c L wp p q :
  residual M (toZ c) (to_matrix L) (map to_gauss wp) p q = to_gauss (big_residual (of_matrix M) c L wp p q).
Proof.
by rewrite /residual -{1}(of_matrixK M) entry_to_matrix row_to_matrix -to_gauss_scale -to_gauss_dot -to_gauss_sub.
Qed.

Lemma big_check_psdE n M wit : big_check_psd n M wit = check_psd n M (to_witness wit).
Proof.
case: wit => [[c w] L]; rewrite /big_check_psd /check_psd /=; congr [&& _, _, _ & _].
- by rewrite BigZ.spec_ltb.
- by rewrite all_map; apply: eq_all => c' /=; rewrite BigZ.spec_leb.
apply: eq_all => p; rewrite row_to_matrix size_map; congr (_ && _).
rewrite /dominant_row BigZ.spec_leb toZ_sum -map_weigh residual_of_matrix -map_comp.
congr (Zsum _ <=? _)%ZZ; apply: eq_map => q /=; rewrite residual_of_matrix.
by case: ifP => // _; rewrite toZ_abs1.
Qed.

Lemma big_check_dualE o d den p q s W V P :
  big_check_dual o d den p q s W V P = check_dual o d den p q s W V (map (map to_witness) P).
Proof.
congr [&& _, _, _ & _]; apply: eq_all => x; apply: eq_all => a; rewrite big_check_psdE; congr check_psd.
rewrite /witness_of; have -> : nth [::] (map (map to_witness) P) x = map to_witness (nth [::] P x).
  by elim: P x => [|r P IH] [|x] //=.
by elim: (nth [::] P x) a => [|A r IH] [|a] //=.
Qed.

Section Verdicts.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat) (den : Z) (s : table).
Local Notation centre := (data C (scenario_of o d) den s).
Variables (p q : Z) (W V : table) (P : big_witnesses).
Hypothesis checked : big_check_dual o d den p q s W V P.
Let checkedZ : check_dual o d den p q s W V (map (map to_witness) P).
Proof. by rewrite -big_check_dualE. Qed.

Theorem big_no_parent_states s' : ball (int_of C p / int_of C q)%R centre s' -> ~ exists S, parent_states s' S.
Proof. exact: no_parent_states checkedZ s'. Qed.
Theorem big_postquantum s' : ball (int_of C p / int_of C q)%R centre s' -> ~ quantum s'.
Proof. exact: postquantum checkedZ s'. Qed.
End Verdicts.
