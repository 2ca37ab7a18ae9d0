From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check Verdicts.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** Every assemblage whose entries differ from those of the statement's centre by at most
    0.1242 in real and in imaginary part has no parent states, hence no quantum realisation:
    it is postquantum. Scenario: Alice with 2 settings of 2 outcomes each; 2 Bobs of
    dimensions 2, 2.

    The last two theorems are about everything within the radius of the centre.

    Theorem 9c8ab5a9a3a5d7f73ccfb5467299586001db89ac5ecae5436cb269b85d5e08bc
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := [::[::2%N;2%N]].
Definition dimensions : seq nat := [::2%N;2%N].
Definition den : Z := 2.
Definition s : table := [::[::
[::(* 0|0 *) [::[::(1,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(1,0)]]];
[::(* 0|1 *) [::[::(1,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|1 *) [::[::(0,0);(0,0)];[::(0,0);(1,0)]]]];[::
[::(* 0|0 *) [::[::(1,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(1,0)]]];
[::(* 0|1 *) [::[::(0,0);(0,0)];[::(0,0);(1,0)]];
 (* 1|1 *) [::[::(1,0);(0,0)];[::(0,0);(0,0)]]]]].
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
Definition radius (C : numClosedFieldType) : C := (int_of C 621 / int_of C 5000)%R.

(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := [::[::
[::(* 0|0 *) (1,[::1],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::1],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(1,0)];[::(0,0)]]);
 (* 1|1 *) (1,[::1],[::[::(0,0)];[::(1,0)]])]];[::
[::(* 0|0 *) (1,[::1],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::1],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(0,0)];[::(1,0)]]);
 (* 1|1 *) (1,[::1],[::[::(1,0)];[::(0,0)]])]]].

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.

(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := [::[::
[::(* 0|0 *) [::[::(-42,0);(0,0)];[::(0,0);(129,0)]];
 (* 1|0 *) [::[::(129,0);(0,0)];[::(0,0);(-42,0)]]];
[::(* 0|1 *) [::[::(-42,0);(0,0)];[::(0,0);(129,0)]];
 (* 1|1 *) [::[::(129,0);(0,0)];[::(0,0);(-42,0)]]]];[::
[::(* 0|0 *) [::[::(-43,0);(0,0)];[::(0,0);(128,0)]];
 (* 1|0 *) [::[::(128,0);(0,0)];[::(0,0);(-43,0)]]];
[::(* 0|1 *) [::[::(128,0);(0,0)];[::(0,0);(-43,0)]];
 (* 1|1 *) [::[::(-43,0);(0,0)];[::(0,0);(128,0)]]]]].
Definition V : table := [::[::
[::(* *|0 *) [::[::(85,0);(0,0);(0,0);(0,0)];[::(0,0);(-85,0);(0,0);(0,0)];[::(0,0);(0,0);(-85,0);(0,0)];[::(0,0);(0,0);(0,0);(85,0)]]];
[::(* *|1 *) [::[::(-85,0);(0,0);(0,0);(0,0)];[::(0,0);(85,0);(0,0);(0,0)];[::(0,0);(0,0);(85,0);(0,0)];[::(0,0);(0,0);(0,0);(-85,0)]]]]].
Definition positive_dual : witnesses := [::
[::(* 0|0 *) (1,[::1;1;342],[::[::(0,0);(0,0);(0,0)];[::(1,0);(0,0);(0,0)];[::(0,0);(1,0);(0,0)];[::(0,0);(0,0);(1,0)]]);
 (* 1|0 *) (1,[::342;1;1],[::[::(1,0);(0,0);(0,0)];[::(0,0);(1,0);(0,0)];[::(0,0);(0,0);(1,0)];[::(0,0);(0,0);(0,0)]])];
[::(* 0|1 *) (1,[::1;342;1],[::[::(1,0);(0,0);(0,0)];[::(0,0);(0,0);(0,0)];[::(0,0);(1,0);(0,0)];[::(0,0);(0,0);(1,0)]]);
 (* 1|1 *) (1,[::1;342;1],[::[::(1,0);(0,0);(0,0)];[::(0,0);(1,0);(0,0)];[::(0,0);(0,0);(0,0)];[::(0,0);(0,0);(1,0)]])]].
Lemma checked : check_dual outcome_numbers dimensions den 621 5000 s W V positive_dual.
Proof. vm_cast_no_check (erefl true). Qed.

Theorem not_parent_states (C : numClosedFieldType) (s' : elements C T) :
  ball (radius C) (centre C) s' -> ~ exists S, parent_states s' S.
Proof. exact: (no_parent_states checked). Qed.

Theorem not_quantum (C : numClosedFieldType) (s' : elements C T) :
  ball (radius C) (centre C) s' -> ~ quantum s'.
Proof. exact: (postquantum checked). Qed.

(** What Coq is asked to say: the theorems, and what they rest on. *)
Print outcome_numbers.
Print dimensions.
Print radius.
Check centre_is_assemblage.
Check not_parent_states.
Check not_quantum.
Print Assumptions centre_is_assemblage.
Print Assumptions not_parent_states.
Print Assumptions not_quantum.
