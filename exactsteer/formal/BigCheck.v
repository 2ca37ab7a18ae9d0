(** The cubic part of the check, L diag(w) L^dagger, in Coq's machine integers
    (for large D).  All claim data stay in Z.  The theorems of [BigVerdicts.v]
    also rest on Coq's axioms for 63-bit integers, which the virtual machine
    computes with the processor's arithmetic. *)
From Coq Require Import ZArith.
From Bignums Require Import BigZ.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Gauss Digits Check.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Definition big := (BigZ.t * BigZ.t)%type.
Definition big_matrix := seq (seq big).
Definition big0 : big := (BigZ.zero, BigZ.zero).
Definition big_entry (A : big_matrix) (i j : nat) : big := nth big0 (nth [::] A i) j.
Definition big_add (x y : big) : big := (BigZ.add x.1 y.1, BigZ.add x.2 y.2).
Definition big_sub (x y : big) : big := (BigZ.sub x.1 y.1, BigZ.sub x.2 y.2).
Definition big_scale (c : BigZ.t) (x : big) : big := (BigZ.mul c x.1, BigZ.mul c x.2).
Definition big_mulc (x y : big) : big :=
  (BigZ.add (BigZ.mul x.1 y.1) (BigZ.mul x.2 y.2), BigZ.sub (BigZ.mul x.2 y.1) (BigZ.mul x.1 y.2)).
Definition big_abs1 (x : big) : BigZ.t := BigZ.add (BigZ.abs x.1) (BigZ.abs x.2).
Fixpoint big_dot (r s : seq big) : big :=
  match r, s with x :: r', y :: s' => big_add (big_mulc x y) (big_dot r' s') | _, _ => big0 end.
Fixpoint big_weigh (w : seq BigZ.t) (r : seq big) : seq big :=
  match w, r with c :: w', x :: r' => big_scale c x :: big_weigh w' r' | _, _ => [::] end.
Fixpoint big_sum (s : seq BigZ.t) : BigZ.t := if s is x :: s' then BigZ.add x (big_sum s') else BigZ.zero.

Definition big_witness := (BigZ.t * seq BigZ.t * big_matrix)%type.
Definition big_witnesses := seq (seq big_witness).

Definition of_gauss (x : gauss) : big := (BigZ.of_Z x.1, BigZ.of_Z x.2).
Definition of_matrix (A : matrix) : big_matrix := map (map of_gauss) A.
Definition big_residual (M : big_matrix) (c : BigZ.t) (L : big_matrix) (wp : seq big) (p q : nat) : big :=
  big_sub (big_scale c (big_entry M p q)) (big_dot wp (nth [::] L q)).
Definition big_check_psd (n : nat) (M : matrix) (wit : big_witness) : bool :=
  let: (c, w, L) := wit in
  let B := of_matrix M in
  [&& BigZ.ltb BigZ.zero c, all (BigZ.leb BigZ.zero) w, hermitian n M &
      upto n (fun p => (size (nth [::] L p) <= n) &&
        let wp := big_weigh w (nth [::] L p) in
        BigZ.leb (big_sum [seq if q == p then BigZ.zero else big_abs1 (big_residual B c L wp p q) | q <- iota 0 n])
                 (big_residual B c L wp p p).1)].
Definition big_witness0 : big_witness := (BigZ.zero, [::], [::]).
Definition big_check_dual (o : seq (seq nat)) (d : seq nat) (den p q : Z) (s W V : table) (P : big_witnesses) : bool :=
  [&& nonempty o d, check_value o d den p q s W, check_V o d V &
      events o (fun x a => big_check_psd (card d) (dual_matrix o d W V x a) (nth big_witness0 (nth [::] P x) a))].
