(** Rules with their names, evaluated one after the other until one fails. *)
From Coq Require Import Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Verified Require Import Json Statement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.

Definition rule := (bytes * (unit -> bool))%type.
Definition named (name : bytes) (check : unit -> bool) : rule := (name, check).
Fixpoint first_failed (rules : seq rule) : option bytes :=
  if rules is r :: rules' then (if r.2 tt then first_failed rules' else Some r.1) else None.
Definition hold (rules : seq rule) : bool := if first_failed rules is None then true else false.
Lemma hold_cons r rules : hold (r :: rules) = r.2 tt && hold rules.
Proof. by rewrite /hold /=; case: (r.2 tt). Qed.
Lemma hold_cat r s : hold (r ++ s) = hold r && hold s.
Proof. by elim: r => //= x r IH; rewrite !hold_cons IH andbA. Qed.
