(** The theorems that a generated proof file instantiates.  Each takes literals and a
    computed check, and concludes with the words of [Claims.v] only. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Duality Check Sound SoundRealisation.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Verdicts.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat) (den : Z) (s : table).
Local Notation centre := (data C (scenario_of o d) den s).

(** (A1), (A2), (A3) for the literals. *)
Theorem literals_assemblage (P : seq witnesses) : check_assemblage o d den s P -> assemblage centre.
Proof. exact: check_assemblage_sound. Qed.

(** No elements within p/q of the literals have parent states. *)
Theorem no_parent_states (p q : Z) (W V : table) (P : witnesses) : check_dual o d den p q s W V P ->
  forall s', ball (int_of C p / int_of C q) centre s' -> ~ exists S, parent_states s' S.
Proof. exact: check_dual_sound. Qed.

(** The literals have parent states. *)
Theorem have_parent_states (denS : Z) (S : parents) (P : witnesses) : check_parents o d den denS s S P ->
  exists S, parent_states centre S.
Proof. by move=> hc; exists (@parent_data C o d denS S); apply: check_parents_sound hc. Qed.

(** The literals have a quantum realisation, with Alices of dimensions h. *)
Theorem realised (h : seq nat) (rho : matrix) (M : table) (denR denM : Z) (Prho : witness) (PM : seq witnesses) :
  check_realisation o d h rho M den denR denM s Prho PM -> quantum centre.
Proof. exact: check_realisation_sound. Qed.
End Verdicts.
