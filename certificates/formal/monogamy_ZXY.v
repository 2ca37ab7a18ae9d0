From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check Verdicts.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** Every assemblage whose entries differ from those of the statement's centre by at most
    0.06632 in real and in imaginary part has no parent states, hence no quantum realisation:
    it is postquantum. Scenario: Alice with 3 settings of 2 outcomes each; 2 Bobs of
    dimensions 2, 2.

    The last two theorems are about everything within the radius of the centre.

    Theorem 76edaae77c0313d721371806ec06cdb73da19ea92c7a3e5f92ee2e6355092a90
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := [::[::2%N;2%N;2%N]].
Definition dimensions : seq nat := [::2%N;2%N].
Definition den : Z := 4.
Definition s : table := [::[::
[::(* 0|0 *) [::[::(2,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(2,0)]]];
[::(* 0|1 *) [::[::(1,0);(1,0)];[::(1,0);(1,0)]];
 (* 1|1 *) [::[::(1,0);(-1,0)];[::(-1,0);(1,0)]]];
[::(* 0|2 *) [::[::(1,0);(0,-1)];[::(0,1);(1,0)]];
 (* 1|2 *) [::[::(1,0);(0,1)];[::(0,-1);(1,0)]]]];[::
[::(* 0|0 *) [::[::(2,0);(0,0)];[::(0,0);(0,0)]];
 (* 1|0 *) [::[::(0,0);(0,0)];[::(0,0);(2,0)]]];
[::(* 0|1 *) [::[::(1,0);(1,0)];[::(1,0);(1,0)]];
 (* 1|1 *) [::[::(1,0);(-1,0)];[::(-1,0);(1,0)]]];
[::(* 0|2 *) [::[::(1,0);(0,-1)];[::(0,1);(1,0)]];
 (* 1|2 *) [::[::(1,0);(0,1)];[::(0,-1);(1,0)]]]]].
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
Definition radius (C : numClosedFieldType) : C := (int_of C 829 / int_of C 12500)%R.

(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := [::[::
[::(* 0|0 *) (1,[::2],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::2],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(1,0)];[::(1,0)]]);
 (* 1|1 *) (1,[::1],[::[::(1,0)];[::(-1,0)]])];
[::(* 0|2 *) (1,[::1],[::[::(1,0)];[::(0,1)]]);
 (* 1|2 *) (1,[::1],[::[::(1,0)];[::(0,-1)]])]];[::
[::(* 0|0 *) (1,[::2],[::[::(1,0)];[::(0,0)]]);
 (* 1|0 *) (1,[::2],[::[::(0,0)];[::(1,0)]])];
[::(* 0|1 *) (1,[::1],[::[::(1,0)];[::(1,0)]]);
 (* 1|1 *) (1,[::1],[::[::(1,0)];[::(-1,0)]])];
[::(* 0|2 *) (1,[::1],[::[::(1,0)];[::(0,1)]]);
 (* 1|2 *) (1,[::1],[::[::(1,0)];[::(0,-1)]])]]].

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.

(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := [::[::
[::(* 0|0 *) [::[::(4,0);(0,0)];[::(0,0);(128,0)]];
 (* 1|0 *) [::[::(128,0);(0,0)];[::(0,0);(4,0)]]];
[::(* 0|1 *) [::[::(10,0);(-31,0)];[::(-31,0);(10,0)]];
 (* 1|1 *) [::[::(10,0);(31,0)];[::(31,0);(10,0)]]];
[::(* 0|2 *) [::[::(10,0);(0,31)];[::(0,-31);(10,0)]];
 (* 1|2 *) [::[::(10,0);(0,-31)];[::(0,31);(10,0)]]]];[::
[::(* 0|0 *) [::[::(4,0);(0,0)];[::(0,0);(128,0)]];
 (* 1|0 *) [::[::(128,0);(0,0)];[::(0,0);(4,0)]]];
[::(* 0|1 *) [::[::(9,0);(-31,0)];[::(-31,0);(9,0)]];
 (* 1|1 *) [::[::(9,0);(31,0)];[::(31,0);(9,0)]]];
[::(* 0|2 *) [::[::(9,0);(0,31)];[::(0,-31);(9,0)]];
 (* 1|2 *) [::[::(9,0);(0,-31)];[::(0,31);(9,0)]]]]].
Definition V : table := [::[::
[::(* *|0 *) [::[::(-8,0);(0,0);(0,0);(0,0)];[::(0,0);(-104,0);(-28,0);(0,0)];[::(0,0);(-28,0);(-104,0);(0,0)];[::(0,0);(0,0);(0,0);(-8,0)]]];
[::(* *|1 *) [::[::(4,0);(0,0);(0,0);(23,0)];[::(0,0);(52,0);(14,0);(0,0)];[::(0,0);(14,0);(52,0);(0,0)];[::(23,0);(0,0);(0,0);(4,0)]]];
[::(* *|2 *) [::[::(4,0);(0,0);(0,0);(-23,0)];[::(0,0);(52,0);(14,0);(0,0)];[::(0,0);(14,0);(52,0);(0,0)];[::(-23,0);(0,0);(0,0);(4,0)]]]]].
Definition positive_dual : witnesses := [::
[::(* 0|0 *) (1,[::28;248],[::[::(0,0);(0,0)];[::(1,0);(0,0)];[::(-1,0);(0,0)];[::(0,0);(1,0)]]);
 (* 1|0 *) (1,[::248;28],[::[::(1,0);(0,0)];[::(0,0);(1,0)];[::(0,0);(-1,0)];[::(0,0);(0,0)]])];
[::(* 0|1 *) (5152,[::224;3;14421],[::[::(23,0);(0,0);(0,0)];[::(-31,0);(224,0);(0,0)];[::(-31,0);(-213,0);(1,0)];[::(23,0);(0,0);(0,0)]]);
 (* 1|1 *) (5152,[::224;3;14421],[::[::(23,0);(0,0);(0,0)];[::(31,0);(224,0);(0,0)];[::(31,0);(-213,0);(1,0)];[::(23,0);(0,0);(0,0)]])];
[::(* 0|2 *) (5152,[::224;3;14421],[::[::(23,0);(0,0);(0,0)];[::(0,-31);(224,0);(0,0)];[::(0,-31);(-213,0);(1,0)];[::(-23,0);(0,0);(0,0)]]);
 (* 1|2 *) (5152,[::224;3;14421],[::[::(23,0);(0,0);(0,0)];[::(0,31);(224,0);(0,0)];[::(0,31);(-213,0);(1,0)];[::(-23,0);(0,0);(0,0)]])]].
Lemma checked : check_dual outcome_numbers dimensions den 829 12500 s W V positive_dual.
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
