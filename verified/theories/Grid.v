(** 3.11 with `grid`: one qubit and many settings *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Gauss Digits Check Literals Sound.
From Verified Require Import Meaning Witness Lhs Octahedron.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** A matrix by its values at 1, X, Y, Z *)
Definition pauli := (Z * Z * Z * Z)%type.
Definition pauli_of (M : matrix) : pauli :=
  let a := entry M 0 0 in let b := entry M 0 1 in let c := entry M 1 0 in let e := entry M 1 1 in
  (a.1 + e.1, b.1 + c.1, c.2 - b.2, a.1 - e.1)%ZZ.
Definition million : Z := 1000000.
Section Check.
Local Open Scope Z_scope.
Definition at_point (N a b c : Z) (w : pauli) : Z := N * w.1.1.1 + million * (a * w.1.1.2 + b * w.1.2 + c * w.2).
Definition least (f : pauli -> Z) (row : seq pauli) : Z :=
  if row is w :: row' then foldl (fun m w => let v := f w in if v <? m then v else m) (f w) row' else 0.
Definition sum_least (f : pauli -> Z) (rows : seq (seq pauli)) : Z := foldl (fun t row => t + least f row) 0 rows.
Definition signed (s : bool) (z : Z) : Z := if s then z else - z.
Definition both (P : bool -> bool) : bool := P true && P false.
(** The points (+-a, +-b, +-c); N/10^6 is n_p. *)
Definition points_ok (rows : seq (seq pauli)) (a b c : Z) : bool :=
  let q := 3 * (a * a + b * b + c * c) - 2 in let N := Z.sqrt (million * million * q / 3) in
  [&& 0 <? N, 3 * (N * N) <=? million * million * q &
   both (fun s => both (fun s' => both (fun s'' => 0 <=? sum_least (at_point N (signed s a) (signed s' b) (signed s'' c)) rows)))].
End Check.
Definition pauli_rows (o : seq (seq nat)) (W : table) : seq (seq pauli) :=
  [seq [seq pauli_of (element W 0 x a) | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card (setting_radices o))].
Definition one_qubit (d : seq nat) : bool := if d is [:: 2%N] then true else false.
Definition grid_rule (o : seq (seq nat)) (k : nat) (W : table) : bool :=
  let rows := pauli_rows o W in
  (0 < k)%N && upto k.+1 (fun a => upto (k.+1 - a) (fun b =>
    points_ok rows (Z.of_nat a) (Z.of_nat b) (Z.of_nat (k - a - b)))).

Lemma one_qubitP d : one_qubit d -> d = [:: 2%N].
Proof. by case: d => [|[|[|[|n]]] []]. Qed.
Lemma bothP P s : both P -> P s. Proof. by case/andP; case: s. Qed.

Lemma least_le f (w0 : pauli) row a : (a < size row)%N -> (least f row <= f (nth w0 row a))%ZZ.
Proof.
case: row => // w row; rewrite /least; set step := fun _ _ => _.
have down r m : (foldl step m r <= m)%ZZ.
  elim: r m => [|v r IH] m /=; first by lia.
  by apply: Z.le_trans (IH _) _; rewrite /step; case: Z.ltb_spec; lia.
have all_le r m b : (b < size r)%N -> (foldl step m r <= f (nth w0 r b))%ZZ.
  elim: r m b => [|v r IH] m [|b] //= hb; last exact: IH.
  by apply: Z.le_trans (down _ _) _; rewrite /step; case: Z.ltb_spec; lia.
by case: a => [|a] /= ha; [apply: down | apply: all_le].
Qed.
Lemma sum_leastE f rows : sum_least f rows = Zsum [seq least f row | row <- rows].
Proof.
suff E t : (foldl (fun t row => t + least f row) t rows = t + Zsum [seq least f row | row <- rows])%ZZ by rewrite /sum_least E.
by elim: rows t => [|row rows IH] t /=; [lia | rewrite IH; lia].
Qed.

Section Qubit.
Variable C : numClosedFieldType.
Let sqr_i : 'i * 'i = -1 :> C. Proof. by rewrite -expr2 sqrCi. Qed.

(** B = r 1 + x X + y Y + z Z with |(x, y, z)| <= r *)
Lemma qubit_vector (B : op C 'I_2) : psd B -> exists r x y z : C,
  [/\ 0 <= r, [/\ x \is Num.real, y \is Num.real & z \is Num.real], x ^+ 2 + y ^+ 2 + z ^+ 2 <= r ^+ 2 & forall A : nat -> nat -> C,
   inner (fun i j : 'I_2 => A i j) B = r * (A 0%N 0%N + A 1%N 1%N) + (x * (A 0%N 1%N + A 1%N 0%N) + y * ('i * (A 0%N 1%N - A 1%N 0%N)) + z * (A 0%N 0%N - A 1%N 1%N))].
Proof.
move=> hB; pose i0 : 'I_2 := ord0; pose i1 : 'I_2 := lift ord0 ord0.
have p0 := psd_diag i0 hB; have q0 := psd_diag i1 hB; have hb := psd_herm i0 i1 hB.
have pr := ger0_real p0; have qr := ger0_real q0; have h2 : 2%:R != 0 :> C by rewrite pnatr_eq0.
have det : B i0 i1 * (B i0 i1)^* <= B i0 i0 * B i1 i1.
  have [qz|qn] := eqVneq (B i1 i1) 0; first by rewrite -hb (psd_row0 i0 hB qz) mulr0 qz mulr0.
  have qp : 0 < B i1 i1 by rewrite lt_def qn.
  have := psd_pair (- (B i0 i1)^* / B i1 i1) hB (isT : i0 != i1).
  rewrite hb rmorphM rmorphN conjCK fmorphV (CrealP qr); set v := (X in 0 <= X -> _).
  have -> : v = (B i0 i0 * B i1 i1 - B i0 i1 * (B i0 i1)^*) / B i1 i1 by rewrite /v; field.
  by rewrite pmulr_lge0 ?invr_gt0 // subr_ge0.
exists ((B i0 i0 + B i1 i1) / 2%:R), ('Re (B i0 i1)), (- 'Im (B i0 i1)), ((B i0 i0 - B i1 i1) / 2%:R); split.
- by rewrite divr_ge0 ?ler0n // addr_ge0.
- by split; rewrite ?rpredN ?Creal_Re ?Creal_Im // rpred_div ?realn // rpredB.
- rewrite sqrrN -normC2_Re_Im normCK -subr_ge0; set v := (X in 0 <= X).
  have -> : v = B i0 i0 * B i1 i1 - B i0 i1 * (B i0 i1)^* by rewrite /v; field.
  by rewrite subr_ge0.
move=> A; rewrite /inner !big_ord_recl !big_ord0 -/i0 -/i1 /= !addr0 hb.
have e' : (B i0 i1)^* = 'Re (B i0 i1) - 'i * 'Im (B i0 i1) by rewrite {1}[B i0 i1]Crect conjC_rect ?Creal_Re ?Creal_Im.
rewrite e'; have := Crect (B i0 i1); move: ('Re _) ('Im _) => x y ->; by rewrite -[bump 0 0]/1%N; field.
Qed.
End Qubit.

Section Sound.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (k : nat) (W : table).
Local Notation d := [:: 2%N].
Local Notation T := (scenario_of o d).
Hypotheses (hne : nonempty o d) (held : grid_rule o k W).
Local Notation rows := (pauli_rows o W).
Variable g : strategy T.
Local Notation int := (int_of C).
Definition chosen (x : setting T) : matrix := element W 0 (xpl x) (apl (answer g x)).
Definition chosen_at (f : pauli -> Z) : C := \sum_x int (f (pauli_of (chosen x))).

Lemma chosen_ge f : int (sum_least f rows) <= chosen_at f.
Proof.
rewrite sum_leastE int_of_Zsum /pauli_rows big_map sum_iota.
rewrite -(sum_setting hne xpredT (fun x => int (least f [seq pauli_of (element W 0 x a) | a <- iota 0 (card (outcome_radices o x))]))).
apply: ler_sum => x _; apply: int_of_le.
have ha := apl_lt hne (answer g x); have w0 : pauli := (0, 0, 0, 0)%ZZ.
have := @least_le f w0 [seq pauli_of (element W 0 (xpl x) a) | a <- iota 0 (card (outcome_radices o (xpl x)))] (apl (answer g x)).
by rewrite size_map size_iota (nth_map 0%N) ?size_iota // nth_iota //; apply.
Qed.

Local Notation u := (chosen_at (fun w => w.1.1.1)).
Local Notation v1 := (chosen_at (fun w => w.1.1.2)).
Local Notation v2 := (chosen_at (fun w => w.1.2)).
Local Notation v3 := (chosen_at (fun w => w.2)).
Local Notation M := (int million).
Lemma M_gt0 : 0 < M. Proof. exact: int_of_gt0. Qed.
Definition root_of (a b c : nat) : Z :=
  let A := Z.of_nat a in let B := Z.of_nat b in let D := Z.of_nat c in
  Z.sqrt (million * million * (3 * (A * A + B * B + D * D) - 2) / 3)%ZZ.
Definition n_of (a b c : nat) : C := int (root_of a b c) / M.

Definition sign (s : bool) : C := if s then 1 else -1.
Lemma int_signed s z : int (signed s z) = sign s * int z.
Proof. by case: s; rewrite /sign /= ?mul1r // int_of_opp mulN1r. Qed.

Lemma grid_point a b c : (a + b + c = k)%N -> [/\ 0 < n_of a b c,
    n_of a b c ^+ 2 <= a%:R ^+ 2 + b%:R ^+ 2 + c%:R ^+ 2 - 2%:R / 3%:R
  & forall s s' s'', 0 <= n_of a b c * u + (a%:R * (sign s * v1) + b%:R * (sign s' * v2) + c%:R * (sign s'' * v3))].
Proof.
move=> abc; case/andP: held => _ /uptoP h.
have hb : (b < k.+1 - a)%N by rewrite -abc -addnA -addnS addKn ltnS leq_addr.
have ha : (a < k.+1)%N by rewrite ltnS -abc -addnA leq_addr.
have cE : (k - a - b = c)%N by rewrite -abc -addnA addKn addKn.
have /uptoP/(_ b hb) := h a ha; rewrite cE /points_ok -/(root_of a b c) => /and3P[/Z.ltb_lt N0 /Z.leb_le Nq hs].
have NC := int_of_gt0 C N0; have MC := M_gt0; split; first by rewrite divr_gt0.
  have := int_of_le C Nq; rewrite !(int_of_mul, int_of_add, int_of_sub, int_of_nat).
  rewrite -[int 2%ZZ]/(2%:R) -[int 3%ZZ]/(3%:R) /n_of => hq.
  rewrite expr_div_n ler_pdivr_mulr ?exprn_gt0 // -(ler_pmul2l (ltr0Sn C 2)); apply: le_trans hq _.
  rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
  by rewrite ?pnatr_eq0 ?lt0r_neq0.
move=> s s' s''; have /Z.leb_le/(int_of_ge0 C) := bothP s'' (bothP s' (bothP s hs)).
move=> /le_trans/(_ (chosen_ge _)) => h0.
rewrite -(pmulr_rge0 _ MC); apply: le_trans h0 _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
rewrite /n_of /chosen_at !mulr_sumr -!big_split mulr_sumr; apply: eq_bigr => x _; cbv beta; move: (pauli_of _) => w.
rewrite /at_point !(int_of_mul, int_of_add, int_signed, int_of_nat).
by move: (int million) MC => m MC /=; field; exact: lt0r_neq0.
Qed.

Lemma signed_real (x : C) : x \is Num.real -> exists2 s, 0 <= sign s * x & sign s * (sign s * x) = x.
Proof.
move=> hx; have [h|h] := real_ge0P hx; first by exists true; rewrite /sign !mul1r.
by exists false; rewrite /sign !mulN1r ?opprK // oppr_ge0 ltW.
Qed.
Lemma sqr_sign s (x : C) : (sign s * x) ^+ 2 = x ^+ 2.
Proof. by case: s; rewrite /sign ?mul1r // mulN1r sqrrN. Qed.

Theorem grid_value (r : forall m, op C 'I_(@dim T m)) : (forall m, psd (@r m)) ->
  0 <= 'Re (\sum_x \sum_m inner (weight C W (answer g x)) (@r m)).
Proof.
move=> /(_ (ord0 : 'I_1)) hr; have [q [x [y [z [q0 [xr yr zr] norm E]]]]] := qubit_vector hr.
have -> : 'Re (\sum_x \sum_m inner (weight C W (answer g x)) (@r m)) = q * u + (x * v1 + y * v2 + z * v3).
  rewrite raddf_sum /chosen_at !mulr_sumr -!big_split; apply: eq_bigr => e _.
  rewrite big_ord_recl big_ord0 addr0 (E (fun i j => number C (entry (chosen e) i j))) /= /pauli_of.
  move: (entry _ 0 0) (entry _ 0 1) (entry _ 1 0) (entry _ 1 1) => a b c f; rewrite /= !int_of_add !int_of_opp /number.
  have qr := ger0_real q0; pose re := q * (int a.1 + int f.1) + (x * (int b.1 + int c.1) + y * (int c.2 - int b.2) + z * (int a.1 - int f.1)).
  pose im := q * (int a.2 + int f.2) + (x * (int b.2 + int c.2) + y * (int b.1 - int c.1) + z * (int a.2 - int f.2)).
  have -> : q * (int a.1 + 'i * int a.2 + (int f.1 + 'i * int f.2)) + (x * (int b.1 + 'i * int b.2 + (int c.1 + 'i * int c.2))
      + y * ('i * (int b.1 + 'i * int b.2 - (int c.1 + 'i * int c.2))) + z * (int a.1 + 'i * int a.2 - (int f.1 + 'i * int f.2))) = re + 'i * im.
    have sqr_i : 'i * 'i = -1 :> C by rewrite -expr2 sqrCi.
    by rewrite /re /im; ring: sqr_i.
  have re_r : re \is Num.real by rewrite /re !(realN, realD, realM) ?int_of_real.
  have im_r : im \is Num.real by rewrite /im !(realN, realD, realM) ?int_of_real.
  by rewrite Re_rect.
have [s sx sxE] := signed_real xr; have [s' sy syE] := signed_real yr; have [s'' sz szE] := signed_real zr.
have k0 : (0 < k)%N by case/andP: held.
have u0 : 0 <= u.
  have k1 : (k + 0 + 0 = k)%N by rewrite !addn0.
  have [n0 _ h] := grid_point k1; have := addr_ge0 (h true true true) (h false true true).
  rewrite !mul0r /sign !addr0 mul1r mulN1r mulrN; set e := (X in 0 <= X -> _).
  have -> : e = 2%:R * n_of k 0 0 * u by rewrite /e; ring.
  by rewrite pmulr_rge0 // mulr_gt0 // ltr0n.
have := @in_cone C u (sign s * v1) (sign s' * v2) (sign s'' * v3) k n_of _ u0 _ _ (sign s * x) (sign s' * y) (sign s'' * z) q k0 sx sy sz q0 _.
have back (t : bool) (e v : C) : sign t * (sign t * e) = e -> sign t * e * (sign t * v) = e * v.
  by move=> h; rewrite mulrA [sign t * e * _]mulrC h.
rewrite !back // !sqr_sign; apply=> // a b c abc; have [h1 h2 h3] := grid_point abc => //; exact: ltW.
Qed.
End Sound.
