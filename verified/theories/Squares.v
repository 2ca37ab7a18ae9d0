(** 3.6: sums of squares of words, the rule `squares`, and why it proves an inequality. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Gauss Digits Check Literals.
From Verified Require Import Statement Tables Witness Strategies Commuting Naimark Words.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.

(** ** Matrices by key: keys are equal if [same] says so, and [code] only finds them. *)
Section Collect.
Variables (K : Type) (same : K -> K -> bool) (code : K -> Z).
Inductive tree := Leaf | Node (l : tree) (b : seq (K * matrix)) (r : tree).
Fixpoint put (k : K) (M : matrix) (b : seq (K * matrix)) : seq (K * matrix) :=
  if b is x :: b' then (if same x.1 k then (x.1, add_matrices x.2 M) :: b' else x :: put k M b') else [:: (k, M)].
Fixpoint insert_at (p : BinNums.positive) (k : K) (M : matrix) (t : tree) : tree :=
  match p, t with
  | xH, Leaf => Node Leaf [:: (k, M)] Leaf
  | xO p', Leaf => Node (insert_at p' k M Leaf) [::] Leaf
  | xI p', Leaf => Node Leaf [::] (insert_at p' k M Leaf)
  | xH, Node l b r => Node l (put k M b) r
  | xO p', Node l b r => Node (insert_at p' k M l) b r
  | xI p', Node l b r => Node l b (insert_at p' k M r)
  end.
Definition insert (k : K) (M : matrix) (t : tree) : tree := insert_at (if code k is Zpos p then p else xH) k M t.
Fixpoint elements_onto (t : tree) (out : seq (K * matrix)) : seq (K * matrix) :=
  if t is Node l b r then elements_onto l (catrev b (elements_onto r out)) else out.
Definition elements (t : tree) : seq (K * matrix) := elements_onto t [::].
End Collect.
Arguments Leaf {K}.

(** ** Words as keys *)
Fixpoint same_part (p q : part) : bool :=
  match p, q with
  | [::], [::] => true
  | a :: p', b :: q' => [&& eqn a.1 b.1, eqn a.2 b.2 & same_part p' q']
  | _, _ => false
  end.
Fixpoint same_word (s t : word) : bool :=
  match s, t with [::], [::] => true | p :: s', q :: t' => same_part p q && same_word s' t' | _, _ => false end.
Definition same_event (a b : option nat * nat) : bool :=
  eqn a.2 b.2 && match a.1, b.1 with None, None => true | Some c, Some d => eqn c d | _, _ => false end.
Fixpoint same_label (l k : label) : bool :=
  match l, k with [::], [::] => true | a :: l', b :: k' => same_event a b && same_label l' k' | _, _ => false end.
Definition same_pending (k l : word * label) : bool := same_word k.1 l.1 && same_label k.2 l.2.
Lemma same_partP p q : same_part p q -> p = q.
Proof. by elim: p q => [|[a x] p IH] [|[b y] q] //= /and3P[/eqnP-> /eqnP-> /IH->]. Qed.
Lemma same_wordP s t : same_word s t -> s = t.
Proof. by elim: s t => [|p s IH] [|q t] //= /andP[/same_partP-> /IH->]. Qed.
Lemma same_labelP l k : same_label l k -> l = k.
Proof.
elim: l k => [|[a x] l IH] [|[b y] k] //= /andP[/andP[/eqnP/= -> h] /IH->].
by case: a b h => [a|] [b|] //= /eqnP->.
Qed.
Lemma same_pendingP k l : same_pending k l -> k = l.
Proof. by case: k l => [s l] [t k] /andP[/= /same_wordP-> /same_labelP->]. Qed.
Definition no_letters (w : word) : bool := all (fun p => if p is [::] then true else false) w.

Definition largest (s : seq nat) : nat := foldl maxn 0 s.
Section Codes.
Variable o : seq (seq nat).
(** One more than the outcomes of any setting; a number of digits that is large enough for letters and events *)
Definition span : Z := Z.of_nat (largest (map largest o)).+1.
Definition base : Z := (2 + span * Z.of_nat (largest (map size o)))%ZZ.
Definition part_code (z : Z) (p : part) : Z :=
  (foldl (fun z a => z * base + 1 + Z.of_nat a.1 * span + Z.of_nat a.2) z p * base)%ZZ.
Definition word_code (w : word) : Z := foldl part_code 1%ZZ w.
Definition event_code (z : Z) (l : option nat * nat) : Z :=
  (z * base + 1 + Z.of_nat l.2 * span + (if l.1 is Some a then Z.of_nat a.+1 else 0))%ZZ.
Definition pending_code (k : word * label) : Z := foldl event_code (word_code k.1) k.2.
End Codes.

(** ** The factor: rows of real and imaginary parts; what is missing at the end of a row is zero. *)
Definition row := (seq Z * seq Z)%type.
Fixpoint zdot (r s : seq Z) (acc : Z) : Z :=
  match r, s with x :: r', y :: s' => zdot r' s' (acc + x * y)%ZZ | _, _ => acc end.
Definition row_dot (r s : row) : gauss :=
  (zdot r.1 s.1 (zdot r.2 s.2 0), zdot r.2 s.1 0 - zdot r.1 s.2 0)%ZZ.
Definition block (rows rows' : seq row) : matrix := [seq [seq row_dot r r' | r' <- rows'] | r <- rows].
Definition scaled (c : Z) (M : matrix) : matrix := map (map (gscale c)) M.
Definition daggered (D : nat) (M : matrix) : matrix := tabulate D (fun p q => (let z := entry M q p in (z.1, - z.2))%ZZ).
(** The larger of the greatest row sum and the greatest column sum of |Re| + |Im| *)
Definition zmax (a b : Z) : Z := if (a <=? b)%ZZ then b else a.
Fixpoint add_vectors (r s : seq Z) : seq Z :=
  match r, s with x :: r', y :: s' => (x + y)%ZZ :: add_vectors r' s' | [::], _ => s | _, [::] => r end.
Definition column_sums (M : matrix) : seq Z := foldr add_vectors [::] (map (map gabs1) M).
Definition size_of (M : matrix) : Z := foldl zmax (foldl zmax 0%ZZ (column_sums M)) [seq Zsum (map gabs1 r) | r <- M].

Section Rule.
Variables (o : seq (seq nat)) (D : nat).
Local Notation put_word := (insert same_word (word_code o)).
Local Notation put_pending := (insert same_pending (pending_code o)).
(** Class sums: the blocks (s, t) and (t, s) together *)
Definition add_square (s : word * seq row) (z : tree word) : tree word :=
  if product_from o 0 s.1 s.1 is Some m then put_word m (block s.2 s.2) z else z.
Definition add_pair (s : word * seq row) (z : tree word) (t : word * seq row) : tree word :=
  if product_from o 0 s.1 t.1 is Some m then
    let B := block s.2 t.2 in put_word (adjoint m) (daggered D B) (put_word m B z)
  else z.
Fixpoint add_squares (l : seq (word * seq row)) (z : tree word) : tree word :=
  if l is s :: l' then add_squares l' (foldl (add_pair s) (add_square s z) l') else z.
(** 2^n H in words, Alice by Alice: the letters of the first Alices, and the events of the others *)
Definition next_alice (z : tree (word * label)) (x : word * label * matrix) : tree (word * label) :=
  let: (w, l, M) := x in
  if l is e :: l' then foldl (fun z t => put_pending (rcons w t.1, l') (scaled t.2 M) z) z (twice_in_words o (size w) e)
  else put_pending (w, [::]) (scaled 2 M) z.
Definition in_words (terms : seq (label * matrix)) : seq (word * label * matrix) :=
  iter (size o) (fun l => elements (foldl next_alice Leaf l)) (foldl (fun l t => ([::], t.1, t.2) :: l) [::] terms).
(** What is left of 1 and the sum of the sizes of all else *)
Definition rest_of (l : seq (word * matrix)) : matrix * Z :=
  foldl (fun r x => if no_letters x.1 then (add_matrices r.1 x.2, r.2) else (r.1, r.2 + size_of x.2)%ZZ) ([::], 0%ZZ) l.
Definition less_unit (M : matrix) (b : Z) : matrix :=
  tabulate D (fun p q => let z := entry M p q in if eqn p q then (z.1 - b, z.2)%ZZ else z).
(** The rule `squares` for H = sum E_{a|x} (x) M/h over the terms, and Z = L L^dagger/den^2 *)
Definition squares_rule (h : Z) (terms : seq (label * matrix)) (den : Z) (L : seq (word * seq row)) : bool :=
  let H := in_words terms in
  let f := (- (h * 2 ^ Z.of_nat (size o)))%ZZ in let d2 := (den * den)%ZZ in
  let z := foldl (fun z x => put_word x.1 (scaled f x.2) z) Leaf (elements (add_squares L Leaf)) in
  let r := rest_of (elements (foldl (fun z x => put_word x.1.1 (scaled d2 x.2) z) z H)) in
  [&& (0 <? h)%ZZ, (0 <? den)%ZZ, all (fun x => if x.1.2 is [::] then true else false) H & positive D (less_unit r.1 r.2)].
End Rule.

Local Open Scope ring_scope.
Local Arguments int_of C z : simpl never.

(** ** Numbers *)
Section Numbers.
Variable C : numClosedFieldType.
Lemma int_of_zdot n r s acc : (size r <= n)%N ->
  int_of C (zdot r s acc) = int_of C acc + \sum_(k < n) int_of C (nth Z0 r k) * int_of C (nth Z0 s k).
Proof.
elim: r s acc n => [|x r IH] s acc n; first by rewrite /= big1 ?addr0 // => k _; rewrite nth_nil mul0r.
case: s => [|y s]; first by rewrite /= big1 ?addr0 // => k _; rewrite nth_nil mulr0.
by case: n => // n hn; rewrite [zdot _ _ _]/= (IH _ _ n) // big_ord_recl int_of_add int_of_mul addrA.
Qed.
Definition row_entry (r : row) (k : nat) : C := number C (nth Z0 r.1 k, nth Z0 r.2 k).
Lemma number_row_dot n r s : (size r.1 <= n)%N -> (size r.2 <= n)%N ->
  number C (row_dot r s) = \sum_(k < n) row_entry r k * (row_entry s k)^*.
Proof.
have i0 : int_of C 0 = 0 by [].
move=> h1 h2; rewrite /number /row_dot /= int_of_sub !(int_of_zdot _ _ (n := n)) // i0 !add0r.
rewrite -big_split -sumrB mulr_sumr -big_split; apply: eq_bigr => k _ /=.
by rewrite /row_entry number_conj /number /=; ring: (sqrCi C).
Qed.
Lemma entry_scaled c M i j : number C (entry (scaled c M) i j) = int_of C c * number C (entry M i j).
Proof.
rewrite -number_scale /entry /scaled; congr number.
case: (ltnP i (size M)) => hi; last by rewrite !nth_default ?size_map //= ?nth_nil gscale0.
rewrite (nth_map [::]) //; case: (ltnP j (size (nth [::] M i))) => hj; first by rewrite (nth_map (Z0, Z0)).
by rewrite [in RHS]nth_default // gscale0 nth_default ?size_map.
Qed.
Lemma entry_tabulate D F p q : (p < D)%N -> (q < D)%N -> entry (tabulate D F) p q = F p q.
Proof. by move=> hp hq; rewrite /entry /tabulate !nth_mkseq. Qed.

Lemma zmaxP a b : (a <= zmax a b /\ b <= zmax a b)%ZZ.
Proof. by rewrite /zmax; case: Z.leb_spec => h; split; lia. Qed.
Lemma foldl_zmax c l : (c <= foldl zmax c l)%ZZ /\ (forall i, (i < size l)%N -> (nth Z0 l i <= foldl zmax c l)%ZZ).
Proof.
elim: l c => [|x l IH] c /=; first by split; [lia|].
have [h1 h2] := IH (zmax c x); have [c1 c2] := zmaxP c x; split; first lia.
by case=> [|i] hi /=; [lia | apply: h2].
Qed.
Lemma gabs1_ge0 z : 0 <= int_of C (gabs1 z).
Proof. by apply: int_of_ge0; rewrite /gabs1; lia. Qed.
Lemma row_sum_le n (r : seq gauss) : \sum_(q < n) int_of C (gabs1 (nth g0 r q)) <= int_of C (Zsum (map gabs1 r)).
Proof.
elim: r n => [|z r IH] n /=; first by rewrite big1 ?lexx // => q _; rewrite nth_nil.
rewrite int_of_add; case: n => [|n]; last by rewrite big_ord_recl /= ler_add2l; apply: IH.
by rewrite big_ord0 addr_ge0 ?gabs1_ge0 // int_of_Zsum; apply: sumr_ge0 => y _; exact: gabs1_ge0.
Qed.
Lemma nth_add_vectors r s q : nth Z0 (add_vectors r s) q = (nth Z0 r q + nth Z0 s q)%ZZ.
Proof. by elim: r s q => [|x r IH] [|y s] [|q] //=; rewrite ?nth_nil ?Z.add_0_r. Qed.
Lemma column_sum_le n (M : matrix) q :
  \sum_(p < n) int_of C (gabs1 (entry M p q)) <= int_of C (nth Z0 (column_sums M) q).
Proof.
rewrite /entry; elim: M n => [|r M IH] n; first by rewrite nth_nil big1 ?lexx // => p _; rewrite !nth_nil.
rewrite /column_sums /= -/(column_sums M) nth_add_vectors int_of_add.
have rE : nth Z0 (map gabs1 r) q = gabs1 (nth g0 r q).
  by case: (ltnP q (size r)) => h; [rewrite (nth_map g0) | rewrite !nth_default ?size_map].
rewrite rE; case: n => [|n]; last by rewrite big_ord_recl /= ler_add2l; apply: IH.
by rewrite big_ord0 addr_ge0 ?gabs1_ge0 //; apply: le_trans (IH 0%N); rewrite big_ord0.
Qed.
Lemma size_of_row n M p : \sum_(q < n) int_of C (gabs1 (entry M p q)) <= int_of C (size_of M).
Proof.
rewrite /entry; case: (ltnP p (size M)) => hp; last first.
  rewrite (nth_default _ hp) big1 => [|q _]; last by rewrite nth_nil.
  apply: int_of_ge0; have [h _] := foldl_zmax 0 (column_sums M).
  by have [] := foldl_zmax (foldl zmax 0%ZZ (column_sums M)) [seq Zsum (map gabs1 r) | r <- M]; rewrite /size_of; lia.
apply: le_trans (row_sum_le _ _) _; apply: int_of_le.
have [_ /(_ p)] := foldl_zmax (foldl zmax 0%ZZ (column_sums M)) [seq Zsum (map gabs1 r) | r <- M].
by rewrite size_map (nth_map [::]) // => /(_ hp).
Qed.
Lemma size_of_column n M q : \sum_(p < n) int_of C (gabs1 (entry M p q)) <= int_of C (size_of M).
Proof.
apply: le_trans (column_sum_le _ _ _) _; apply: int_of_le.
have [h _] := foldl_zmax (foldl zmax 0%ZZ (column_sums M)) [seq Zsum (map gabs1 r) | r <- M].
have [h0 h1] := foldl_zmax 0 (column_sums M).
case: (ltnP q (size (column_sums M))) => hq; last by rewrite nth_default // /size_of; lia.
by have := h1 q hq; rewrite /size_of; lia.
Qed.
End Numbers.
