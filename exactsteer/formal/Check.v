(** The checks that Coq computes on literals: integer arithmetic only.
    Nothing here is trusted; [Sound.v] proves what a passed check implies. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Gauss Digits.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Definition tabulate (n : nat) (F : nat -> nat -> gauss) : matrix := mkseq (fun p => mkseq (F p) n) n.

(** Evidence that M >= 0: scale c, weights w, rows L such that
    R := c M - L diag(w) L^dagger is diagonally dominant.  Approximate Cholesky factors
    use w = 1, exact factorisations of singular matrices R = 0. *)
Definition witness := (Z * seq Z * matrix)%type.
Definition witnesses := seq (seq witness).
Definition witness0 : witness := (Z0, [::], [::]).
Definition witness_of (P : witnesses) (x a : nat) : witness := nth witness0 (nth [::] P x) a.

Section Psd.
Variables (n : nat) (M : matrix) (c : Z) (L : matrix).
Definition residual (wp : seq gauss) (p q : nat) : gauss :=
  gsub (gscale c (entry M p q)) (dot wp (nth [::] L q)).
Definition dominant_row (wp : seq gauss) (p : nat) : bool :=
  (Zsum [seq if q == p then 0 else gabs1 (residual wp p q) | q <- iota 0 n] <=? (residual wp p p).1)%ZZ.
End Psd.
Definition hermitian (n : nat) (M : matrix) : bool :=
  upto n (fun p => upto n (fun q => gconj_eq (entry M q p) (entry M p q))).
Definition check_psd (n : nat) (M : matrix) (wit : witness) : bool :=
  let: (c, w, L) := wit in
  [&& (0 <? c)%ZZ, all (Z.leb 0) w, hermitian n M &
      upto n (fun p => (size (nth [::] L p) <= n) && dominant_row n M c L (weigh w (nth [::] L p)) p)].

(** tr[A B] and |A|_box *)
Definition inner_product (n : nat) (A B : matrix) : gauss :=
  gsum [seq gsum [seq gmul (entry A i j) (entry B j i) | j <- iota 0 n] | i <- iota 0 n].
Definition box (n : nat) (A : matrix) : Z :=
  Zsum [seq Zsum [seq gabs1 (entry A i j) | j <- iota 0 n] | i <- iota 0 n].
Definition gtrace (n : nat) (A : matrix) : gauss := gsum [seq entry A i i | i <- iota 0 n].

Section Scenario.
Variables (o : seq (seq nat)) (d : seq nat).
Local Notation n := (size o).
Local Notation N := (size d).
Local Notation D := (card d).
Definition setting_radices : seq nat := map size o.
Definition outcome_radices (x : nat) : seq nat :=
  [seq nth 1 (nth [::] o j) (dig setting_radices j x) | j <- iota 0 n].
Definition nonempty : bool := [&& all (leq 1) setting_radices, all (all (leq 1)) o & all (leq 1) d].
(** all pairs (x, a) *)
Definition events (P : nat -> nat -> bool) : bool :=
  upto (card setting_radices) (fun x => upto (card (outcome_radices x)) (P x)).
Definition gsum_events (F : nat -> nat -> gauss) : gauss :=
  gsum [seq gsum [seq F x a | a <- iota 0 (card (outcome_radices x))] | x <- iota 0 (card setting_radices)].
Definition Zsum_events (F : nat -> nat -> Z) : Z :=
  Zsum [seq Zsum [seq F x a | a <- iota 0 (card (outcome_radices x))] | x <- iota 0 (card setting_radices)].

(** ** Multipliers: V[j][x][b], b the outcomes of the Alices other than j *)
Definition dual_entry (W V : table) (x a p q : nat) : gauss :=
  gadd (gsum [seq if off d k p == off d k q then entry (element W k x a) (dig d k p) (dig d k q) else g0
             | k <- iota 0 N])
       (gsum [seq entry (element V j x (rest (outcome_radices x) j a)) p q | j <- iota 0 n]).
Definition dual_matrix (W V : table) (x a : nat) : matrix := tabulate D (dual_entry W V x a).
Definition check_V (V : table) : bool :=
  upto n (fun j => upto (card setting_radices) (fun y =>
    let xs := [seq x <- iota 0 (card setting_radices) | off setting_radices j x == y] in
    upto (card (one_at j (outcome_radices y))) (fun b => upto D (fun p => upto D (fun q =>
      geq (gsum [seq entry (element V j x b) p q | x <- xs]) g0))))).
Definition steering_value (W s : table) : gauss :=
  gsum_events (fun x a => gsum [seq inner_product (radix d k) (element W k x a) (element s k x a) | k <- iota 0 N]).
Definition steering_box (W : table) : Z :=
  Zsum_events (fun x a => Zsum [seq box (radix d k) (element W k x a) | k <- iota 0 N]).
(** Re I(s/den) + (p/q) sum |W|_box < 0, times den q *)
Definition check_value (den p q : Z) (s W : table) : bool :=
  [&& 0 <? den, 0 <? q & (steering_value W s).1 * q + p * den * steering_box W <? 0]%ZZ.
Definition check_dual (den p q : Z) (s W V : table) (P : witnesses) : bool :=
  [&& nonempty, check_value den p q s W, check_V V &
      events (fun x a => check_psd D (dual_matrix W V x a) (witness_of P x a))].

(** ** No-signalling of a family of numbers F(a|x) *)
Definition check_no_signalling (F : nat -> nat -> gauss) : bool :=
  upto n (fun j => upto (card setting_radices) (fun x =>
    let y := off setting_radices j x in
    let sum z b := gsum [seq F z a | a <- [seq a <- iota 0 (card (outcome_radices z))
                                          | rest (outcome_radices z) j a == b]] in
    (x == y) || upto (card (one_at j (outcome_radices x))) (fun b => geq (sum x b) (sum y b)))).

(** ** Assemblage: (A1) with one witness per element, (A2), (A3) *)
Definition check_assemblage (den : Z) (s : table) (P : seq witnesses) : bool :=
  [&& nonempty, 0 < N, (0 <? den)%ZZ,
      upto N (fun k => events (fun x a => check_psd (radix d k) (element s k x a) (witness_of (nth [::] P k) x a))),
      upto N (fun k => events (fun x a =>
        geq (gtrace (radix d k) (element s k x a)) (gtrace (radix d 0) (element s 0 x a)))),
      upto (card setting_radices) (fun x =>
        geq (gsum [seq gtrace (radix d 0) (element s 0 x a) | a <- iota 0 (card (outcome_radices x))]) (den, Z0)) &
      upto N (fun k => upto (radix d k) (fun i => upto (radix d k) (fun j =>
        check_no_signalling (fun x a => entry (element s k x a) i j))))].

(** ** Parent states S[x][a] over the denominator [denS] *)
Definition parents := seq (seq matrix).
Definition parent (S : parents) (x a : nat) : matrix := nth [::] (nth [::] S x) a.
Definition partial_trace_entry (A : matrix) (k i j : nat) : gauss :=
  gsum [seq gsum [seq entry A p q | q <- [seq q <- iota 0 D | (dig d k q == j) && (off d k p == off d k q)]]
       | p <- [seq p <- iota 0 D | dig d k p == i]].
Definition check_marginals (den denS : Z) (s : table) (S : nat -> nat -> matrix) : bool :=
  upto N (fun k => events (fun x a =>
    let A := S x a in
    upto (radix d k) (fun i => upto (radix d k) (fun j =>
      geq (gscale den (partial_trace_entry A k i j)) (gscale denS (entry (element s k x a) i j)))))).
Definition check_parents (den denS : Z) (s : table) (S : parents) (P : witnesses) : bool :=
  [&& nonempty, 0 <? den, 0 <? denS &
  [&& events (fun x a => check_psd D (parent S x a) (witness_of P x a)),
      upto D (fun p => upto D (fun q => check_no_signalling (fun x a => entry (parent S x a) p q))) &
      check_marginals den denS s (parent S)]]%ZZ.

(** ** Quantum realisation: Alices of dimensions h, rho over [denR] on their space and the
    Bobs' (place e D + f), measurements M[j][x_j][a_j] over [denM] *)
Section Realisation.
Variables (h : seq nat) (rho : matrix) (M : table).
Local Notation H := (card h).
Definition settings_outcomes (P : nat -> nat -> nat -> bool) : bool :=
  upto n (fun j => upto (size (nth [::] o j)) (fun x => upto (nth 1 (nth [::] o j) x) (P j x))).
Definition tensor_entry (x a e e' : nat) : gauss :=
  gprod [seq entry (element M j (dig setting_radices j x) (dig (outcome_radices x) j a)) (dig h j e) (dig h j e')
        | j <- iota 0 n].
Definition steered_matrix (x a : nat) : matrix :=
  let t := tabulate H (tensor_entry x a) in
  tabulate D (fun p q => gsum [seq gsum [seq gmul (entry t e e') (entry rho (e' * D + p) (e * D + q)) | e' <- iota 0 H]
                              | e <- iota 0 H]).
Definition check_realisation (den denR denM : Z) (s : table) (Prho : witness) (PM : seq witnesses) : bool :=
  [&& nonempty, size h == n, all (leq 1) h, 0 <? den, 0 <? denR & 0 <? denM]%ZZ &&
  [&& check_psd (H * D) rho Prho, geq (gtrace (H * D) rho) (denR, Z0),
      settings_outcomes (fun j x a => check_psd (radix h j) (element M j x a) (witness_of (nth [::] PM j) x a)),
      upto n (fun j => upto (size (nth [::] o j)) (fun x => upto (radix h j) (fun e => upto (radix h j) (fun e' =>
        geq (gsum [seq entry (element M j x a) e e' | a <- iota 0 (nth 1 (nth [::] o j) x)])
            (if e == e' then (denM, Z0) else g0))))) &
      check_marginals den (denR * Z.pow denM (Z.of_nat n)) s steered_matrix].
End Realisation.
End Scenario.
