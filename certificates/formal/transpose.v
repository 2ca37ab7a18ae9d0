From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check Verdicts.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** Every assemblage whose entries differ from those of the statement's centre by at most
    0.01801 in real and in imaginary part has no parent states, hence no quantum realisation:
    it is postquantum. Scenario: Alice with 2 settings of 2 outcomes each; 2 Bobs of
    dimensions 2, 2.

    The last two theorems are about everything within the radius of the centre.

    Theorem f0ae58023a9bd6adf25d43e74e23954958db80230c6aa5c37576714f772d9021
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := [::[::2%N;2%N]].
Definition dimensions : seq nat := [::2%N;2%N].
Definition den : Z := 12.
Definition s : table := [::[::
[::(* 0|0 *) [::[::(5,0);(2,0)];[::(2,0);(1,0)]];
 (* 1|0 *) [::[::(5,0);(-2,0)];[::(-2,0);(1,0)]]];
[::(* 0|1 *) [::[::(5,0);(0,2)];[::(0,-2);(1,0)]];
 (* 1|1 *) [::[::(5,0);(0,-2)];[::(0,2);(1,0)]]]];[::
[::(* 0|0 *) [::[::(5,0);(2,0)];[::(2,0);(1,0)]];
 (* 1|0 *) [::[::(5,0);(-2,0)];[::(-2,0);(1,0)]]];
[::(* 0|1 *) [::[::(5,0);(0,-2)];[::(0,2);(1,0)]];
 (* 1|1 *) [::[::(5,0);(0,2)];[::(0,-2);(1,0)]]]]].
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
Definition radius (C : numClosedFieldType) : C := (int_of C 1801 / int_of C 100000)%R.

(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := [::[::
[::(* 0|0 *) (65536,[::1;1],[::[::(569,0)];[::(230,0);(97,0)]]);
 (* 1|0 *) (65536,[::1;1],[::[::(569,0)];[::(-230,0);(97,0)]])];
[::(* 0|1 *) (65536,[::1;1],[::[::(569,0)];[::(0,-230);(97,0)]]);
 (* 1|1 *) (65536,[::1;1],[::[::(569,0)];[::(0,230);(97,0)]])]];[::
[::(* 0|0 *) (65536,[::1;1],[::[::(569,0)];[::(230,0);(97,0)]]);
 (* 1|0 *) (65536,[::1;1],[::[::(569,0)];[::(-230,0);(97,0)]])];
[::(* 0|1 *) (65536,[::1;1],[::[::(569,0)];[::(0,230);(97,0)]]);
 (* 1|1 *) (65536,[::1;1],[::[::(569,0)];[::(0,-230);(97,0)]])]]].

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.

(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := [::[::
[::(* 0|0 *) [::[::(60,0);(-175,0)];[::(-175,0);(256,0)]];
 (* 1|0 *) [::[::(60,0);(175,0)];[::(175,0);(256,0)]]];
[::(* 0|1 *) [::[::(60,0);(0,-175)];[::(0,175);(256,0)]];
 (* 1|1 *) [::[::(60,0);(0,175)];[::(0,-175);(256,0)]]]];[::
[::(* 0|0 *) [::[::(60,0);(-175,0)];[::(-175,0);(256,0)]];
 (* 1|0 *) [::[::(60,0);(175,0)];[::(175,0);(256,0)]]];
[::(* 0|1 *) [::[::(60,0);(0,175)];[::(0,-175);(256,0)]];
 (* 1|1 *) [::[::(60,0);(0,-175)];[::(0,175);(256,0)]]]]].
Definition V : table := [::[::
[::(* *|0 *) [::[::(0,0);(0,0);(0,0);(0,0)];[::(0,0);(0,0);(316,0);(0,0)];[::(0,0);(316,0);(0,0);(0,0)];[::(0,0);(0,0);(0,0);(0,0)]]];
[::(* *|1 *) [::[::(0,0);(0,0);(0,0);(0,0)];[::(0,0);(0,0);(-316,0);(0,0)];[::(0,0);(-316,0);(0,0);(0,0)];[::(0,0);(0,0);(0,0);(0,0)]]]]].
Definition positive_dual : witnesses := [::
[::(* 0|0 *) (35016,[::7295;1;288192],[::[::(24,0);(0,0);(0,0)];[::(-35,0);(1459,0);(0,0)];[::(-35,0);(1459,0);(0,0)];[::(0,0);(-4200,0);(1,0)]]);
 (* 1|0 *) (35016,[::7295;1;288192],[::[::(24,0);(0,0);(0,0)];[::(35,0);(1459,0);(0,0)];[::(35,0);(1459,0);(0,0)];[::(0,0);(4200,0);(1,0)]])];
[::(* 0|1 *) (35016,[::7295;1;288192],[::[::(24,0);(0,0);(0,0)];[::(0,-35);(1459,0);(0,0)];[::(0,35);(-1459,0);(0,0)];[::(0,0);(0,4200);(1,0)]]);
 (* 1|1 *) (35016,[::7295;1;288192],[::[::(24,0);(0,0);(0,0)];[::(0,35);(1459,0);(0,0)];[::(0,-35);(-1459,0);(0,0)];[::(0,0);(0,-4200);(1,0)]])]].
Lemma checked : check_dual outcome_numbers dimensions den 1801 100000 s W V positive_dual.
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
