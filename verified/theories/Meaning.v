(** What a statement means, over any field C of complex numbers.  Together with [Claims.v] (scenarios, assemblages,
    parent states, quantum realisations) and the text of a statement ([Statement.v]), this is what has to be read;
    no other file is part of what is claimed.  Sections are those of certificates/FORMAT.md. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims.
From Verified Require Import Statement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Meaning.
Variable C : numClosedFieldType.

(** 2.1, 2.4: p/q, and the entry (re + i im)/den in row i and column j *)
Definition fraction (r : rational) : C := int_of C r.1 / int_of C r.2.
Definition fraction_entry (m : fraction_matrix) (i j : nat) : C := number C (entry m.2 i j) / int_of C m.1.
(** 2.3: settings and outcomes at their places in lexicographic order *)
Definition member_of (f : family) (x a : nat) : fraction_matrix := nth (Z0, [::]) (nth [::] f x) a.
Definition elements_of (T : scenario) (s : seq family) : elements C T := fun k x a i j =>
  fraction_entry (member_of (nth [::] s k) (place (@settings T) (vals x)) (place (fun j => outcomes (x j)) (vals a))) i j.
Arguments elements_of T s : clear implicits.

Definition scenario_in (c : centred) : scenario := scenario_of (outcomes_of c) (dims_of c).
Definition centre_in (c : centred) : elements C (scenario_in c) := elements_of (scenario_in c) (centre_of c).
Arguments centre_in c : clear implicits.
(** The centre is an assemblage, and [P] holds for every assemblage within the radius. *)
Definition within (c : centred) (P : elements C (scenario_in c) -> Prop) : Prop :=
  assemblage (centre_in c) /\
  forall s, assemblage s -> ball (fraction (radius_of c)) (centre_in c) s -> P s.

Definition has_parent_states (T : scenario) (s : elements C T) : Prop := exists S, parent_states s S.

Definition meaning (st : statement) : Prop :=
  match st with
  | NoParentStates c => within (fun s : elements C (scenario_in c) => ~ has_parent_states s /\ ~ quantum s)
  end.
End Meaning.
Arguments elements_of C T s : clear implicits.
Arguments centre_in C c : clear implicits.
