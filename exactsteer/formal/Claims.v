(** The claims: steering scenarios with several characterised parties.

    This file holds every definition that the statements of the final theorems
    (in [Verdicts.v] and in generated proof files) refer to; nothing here is
    proved ([Sanity.v] proves that the definitions fit together).
    Trusting such a theorem means trusting
      - the kernel of Coq and its virtual machine;
      - the definitions below, and those of finite sums and of the numbers in
        the Mathematical Components library ([C] is any algebraically closed
        field with conjugation, for example the algebraic numbers);
      - the literals printed in the generated file, read as in [data].
    How the literals were found, and how they are checked, need not be trusted.

    Section and equation numbers: A. B. Sainz, "Postquantum steering with
    several characterised parties", arXiv:2604.07078. *)

From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** Definition 1, T = (n, {X_j}, {A^j_x}, N, {d_k}): the number of outcomes may
    depend on the party and on the setting. *)
Record scenario := Scenario {
  alices : nat;                                    (* n *)
  settings : 'I_alices -> nat;                     (* |X_j| *)
  outcomes : forall j, 'I_(settings j) -> nat;     (* |A^j_{x_j}| *)
  bobs : nat;                                      (* N *)
  dim : 'I_bobs -> nat }.                          (* d_k *)

Section Claims.
Variable C : numClosedFieldType.

(** Operators on the Hilbert space with basis [I], by their matrix entries.
    In [C], [0 <= z] says that z is real and nonnegative, [z^*] is the complex
    conjugate; A >= 0 iff v^dagger A v >= 0 for every vector v. *)
Definition op (I : Type) := I -> I -> C.
Definition psd (I : finType) (A : op I) : Prop :=
  forall v : I -> C, 0 <= \sum_i \sum_j (v i)^* * A i j * v j.
Definition trace (I : finType) (A : op I) : C := \sum_i A i i.

(** A multi-index (i_1, ..., i_n) with i_k < r_k, and its components as numbers. *)
Definition multi n (r : 'I_n -> nat) := {dffun forall k, 'I_(r k)}.
Definition vals n (r : 'I_n -> nat) (f : multi r) (k : 'I_n) : nat := f k.
(** f and g agree in every place other than [k]. *)
Definition agree_off n (k : 'I_n) (f g : 'I_n -> nat) : bool :=
  [forall l, (l != k) ==> (f l == g l)].

Variable T : scenario.
Definition setting := multi (@settings T).                           (* x *)
Definition outcome (x : setting) := multi (fun j => outcomes (x j)).   (* a, given x *)
Definition space := multi (@dim T).             (* basis of C^d_1 (x) ... (x) C^d_N *)

(** tr_{all Bobs but k}[S] *)
Definition partial_trace (k : 'I_(bobs T)) (S : op space) : op 'I_(dim k) :=
  fun i j => \sum_(f : space | f k == i)
    \sum_(g : space | (g k == j) && agree_off k (vals f) (vals g)) S f g.

(** For every Alice j, sum_{a_j} F(a|x) does not depend on x_j ([b] holds the
    outcomes of the other Alices). *)
Definition no_signalling (F : forall x : setting, outcome x -> C) : Prop :=
  forall (j : 'I_(alices T)) (b : 'I_(alices T) -> nat) (x x' : setting),
  agree_off j (vals x) (vals x') ->
  \sum_(a : outcome x | agree_off j (vals a) b) F x a =
  \sum_(a : outcome x' | agree_off j (vals a) b) F x' a.

(** Definition 2: the elements sigma^(k)_{a|x} ([s k x a]) of an assemblage. *)
Definition elements := forall (k : 'I_(bobs T)) (x : setting), outcome x -> op 'I_(dim k).
Definition assemblage (s : elements) : Prop :=
  [/\ (* (A1) sigma^(k)_{a|x} >= 0 *)
      forall k x a, psd (s k x a),
      (* (A2) tr sigma^(k)_{a|x} = p(a|x) for every k, sum_a p(a|x) = 1 *)
      exists p : forall x, outcome x -> C,
        (forall k x a, trace (s k x a) = p x a) /\ (forall x, \sum_a p x a = 1)
    & (* (A3) sum_{a_j} sigma^(k)_{a|x} does not depend on x_j *)
      forall k i j, no_signalling (fun x a => s k x a i j)].

(** Theorem 6, condition 2: states S_{a|x} >= 0 of all Bobs together, no-signalling,
    with tr_{all Bobs but k}[S_{a|x}] = sigma^(k)_{a|x}. *)
Definition parent_states (s : elements) (S : forall x : setting, outcome x -> op space) : Prop :=
  [/\ forall x a, psd (S x a),
      forall f g, no_signalling (fun x a => S x a f g)
    & forall k x a (i j : 'I_(dim k)), partial_trace (S x a) i j = s k x a i j].

(** Definition 3, finite-dimensional: Alice j holds C^(h_j), the state rho lives on
    (Alices) (x) (Bobs), M^(j)_{a_j|x_j} are measurements, and Eq. (8)
    sigma^(k)_{a|x} = tr_{all but Bob k}[(M^(1)_{a_1|x_1} (x) ... (x) M^(n)_{a_n|x_n} (x) 1) rho].
    (Eq. (7) is its trace.)  [steered] is tr_Alices of the bracket. *)
Section Realisation.
Variable h : 'I_(alices T) -> nat.
Definition alice_space := multi h.
Definition measurements :=
  forall (j : 'I_(alices T)) (x : 'I_(settings j)), 'I_(outcomes x) -> op 'I_(h j).
Definition state (I : finType) (rho : op I) : Prop := psd rho /\ trace rho = 1.
Definition steered (rho : op (alice_space * space)) (M : measurements) x (a : outcome x) : op space :=
  fun f g => \sum_(e : alice_space) \sum_(e' : alice_space)
    (\prod_j M j (x j) (a j) (e j) (e' j)) * rho (e', f) (e, g).
End Realisation.
Definition quantum (s : elements) : Prop :=
  exists h (rho : op (alice_space h * space)) (M : measurements h),
  [/\ state rho,
      forall j x a, psd (@M j x a),
      (* sum_a M_{a|x} = 1 *)
      forall j x e e', \sum_a @M j x a e e' = (e == e')%:R
    & forall k x a (i j : 'I_(dim k)), partial_trace (steered rho M a) i j = s k x a i j].

(** The ball of radius delta: every real and every imaginary part of every entry
    differs from the centre's by at most delta. *)
Definition ball (delta : C) (c s : elements) : Prop :=
  forall k x a i j, `|'Re (s k x a i j - c k x a i j)| <= delta
                 /\ `|'Im (s k x a i j - c k x a i j)| <= delta.
End Claims.

(** Literals.  [scenario_of o d] lists, for every Alice, the numbers of outcomes of
    her settings, and the dimensions of the Bobs. *)
Definition scenario_of (o : seq (seq nat)) (d : seq nat) : scenario :=
  @Scenario (size o) (fun j => size (nth [::] o j)) (fun j x => nth 1%N (nth [::] o j) x)
            (size d) (fun k => nth 1%N d k).

(** Place of a tuple in lexicographic order, last component fastest:
    f_1 r_2 ... r_n + f_2 r_3 ... r_n + ... + f_n. *)
Definition place n (r f : 'I_n -> nat) : nat := (\sum_k f k * \prod_(l : 'I_n | k < l) r l)%N.

(** A number is a pair (re, im) of integers; a table lists s[k][x][a][i][j]. *)
Definition matrix := seq (seq (Z * Z)).
Definition table := seq (seq (seq matrix)).
Definition int_of (C : numClosedFieldType) (z : Z) : C :=
  match z with Z0 => 0 | Zpos p => (Pos.to_nat p)%:R | Zneg p => - (Pos.to_nat p)%:R end.
Definition number (C : numClosedFieldType) (z : Z * Z) : C := int_of C z.1 + 'i * int_of C z.2.
Definition entry (A : matrix) (i j : nat) : Z * Z := nth (Z0, Z0) (nth [::] A i) j.
Definition element (s : table) (k x a : nat) : matrix := nth [::] (nth [::] (nth [::] s k) x) a.
Definition data (C : numClosedFieldType) (T : scenario) (den : Z) (s : table) : elements C T :=
  fun k x a i j =>
    number C (entry (element s k (place (@settings T) (vals x)) (place (fun j => outcomes (x j)) (vals a))) i j)
    / int_of C den.
Arguments data C T den s : clear implicits.
