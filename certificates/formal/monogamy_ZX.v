From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check Verdicts.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** Every assemblage whose entries differ from those of the statement's centre by at most
    0.06211 in real and in imaginary part has no parent states, hence no quantum realisation:
    it is postquantum. Scenario: Alice with 2 settings of 2 outcomes each; 2 Bobs of
    dimensions 2, 2.

    The last two theorems are about everything within the radius of the centre.

    Theorem 12f4282e462bf68441059d5836d7d61d7bebceb742e604d81c8d08cf229e1a4c
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := [::[::2%N;2%N]].
Definition dimensions : seq nat := [::2%N;2%N].
Definition den : Z := 4.
Definition s : table := [::[::
[::(* 0|0 *) [::[::(2,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(2,0)]]];
[::(* 0|1 *) [::[::(1,0);(1,0)];[::(1,0);(1,0)]];
 (* 1|1 *) [::[::(1,0);(-1,0)];[::(-1,0);(1,0)]]]];[::
[::(* 0|0 *) [::[::(2,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(2,0)]]];
[::(* 0|1 *) [::[::(1,0);(1,0)];[::(1,0);(1,0)]];
 (* 1|1 *) [::[::(1,0);(-1,0)];[::(-1,0);(1,0)]]]]].
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
Definition radius (C : numClosedFieldType) : C := (int_of C 6211 / int_of C 100000)%R.

(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := [::[::
[::(* 0|0 *) (1,[::2],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::2],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(1,0)];[::(1,0)]]);
 (* 1|1 *) (1,[::1],[::[::(1,0)];[::(-1,0)]])]];[::
[::(* 0|0 *) (1,[::2],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::2],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(1,0)];[::(1,0)]]);
 (* 1|1 *) (1,[::1],[::[::(1,0)];[::(-1,0)]])]]].

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.

(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := [::[::
[::(* 0|0 *) [::[::(22,0);(0,0)];[::(0,0);(512,0)]];
 (* 1|0 *) [::[::(512,0);(0,0)];[::(0,0);(22,0)]]];
[::(* 0|1 *) [::[::(40,0);(-184,0)];[::(-184,0);(40,0)]];
 (* 1|1 *) [::[::(40,0);(184,0)];[::(184,0);(40,0)]]]];[::
[::(* 0|0 *) [::[::(22,0);(0,0)];[::(0,0);(512,0)]];
 (* 1|0 *) [::[::(512,0);(0,0)];[::(0,0);(22,0)]]];
[::(* 0|1 *) [::[::(40,0);(-184,0)];[::(-184,0);(40,0)]];
 (* 1|1 *) [::[::(40,0);(184,0)];[::(184,0);(40,0)]]]]].
Definition V : table := [::[::
[::(* *|0 *) [::[::(-31,0);(0,0);(0,0);(-110,0)];[::(0,0);(-380,0);(-153,0);(0,0)];[::(0,0);(-153,0);(-380,0);(0,0)];[::(-110,0);(0,0);(0,0);(-31,0)]]];
[::(* *|1 *) [::[::(31,0);(0,0);(0,0);(110,0)];[::(0,0);(380,0);(153,0);(0,0)];[::(0,0);(153,0);(380,0);(0,0)];[::(110,0);(0,0);(0,0);(31,0)]]]]].
Definition positive_dual : witnesses := [::
[::(* 0|0 *) (4194304,[::1;1;1;1],[::[::(7361,0)];[::(0,0);(25408,0)];[::(0,0);(-25257,0);(2769,0)];[::(-62678,0);(0,0);(0,0);(15364,0)]]);
 (* 1|0 *) (4194304,[::1;1;1;1],[::[::(64533,0)];[::(0,0);(25408,0)];[::(0,0);(-25257,0);(2769,0)];[::(-7149,0);(0,0);(0,0);(1755,0)]])];
[::(* 0|1 *) (1073741824,[::1;1;1;1],[::[::(345225,0)];[::(-572289,0);(407923,0)];[::(-572289,0);(-400154,0);(79237,0)];[::(342129,0);(-4344,0);(-44299,0);(12130,0)]]);
 (* 1|1 *) (1073741824,[::1;1;1;1],[::[::(345225,0)];[::(572289,0);(407923,0)];[::(572289,0);(-400154,0);(79237,0)];[::(342129,0);(4344,0);(44299,0);(12130,0)]])]].
Lemma checked : check_dual outcome_numbers dimensions den 6211 100000 s W V positive_dual.
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
