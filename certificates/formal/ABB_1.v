From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check Verdicts.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** Every assemblage whose entries differ from those of the statement's centre by at most
    0.001557 in real and in imaginary part has no parent states, hence no quantum realisation:
    it is postquantum. Scenario: Alice with 2 settings of 2 outcomes each; 2 Bobs of
    dimensions 2, 2.

    The last two theorems are about everything within the radius of the centre.

    Theorem c4a32dd90e0faa1eaa5cf67cae54fe42b03ca564723dddbff5e4de8facfe8328
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := [::[::2%N;2%N]].
Definition dimensions : seq nat := [::2%N;2%N].
Definition den : Z := 10000000000000000.
Definition s : table := [::[::
[::(* 0|0 *) [::[::(3073283125427473,0);(2399447258221141,257173892747475)];[::(2399447258221141,-257173892747475);(2085104636986079,0)]];
 (* 1|0 *) [::[::(2680431321595975,0);(23124399110980,2212709626295589)];[::(23124399110980,-2212709626295589);(2161180915990473,0)]]];
[::(* 0|1 *) [::[::(2361127267528771,0);(938677064020016,226254018534949)];[::(938677064020016,-226254018534949);(2082664159367398,0)]];
 (* 1|1 *) [::[::(3392587179494677,0);(1483894593312105,2243629500508115)];[::(1483894593312105,-2243629500508115);(2163621393609154,0)]]]];[::
[::(* 0|0 *) [::[::(4526865869008645,0);(1053249362150818,56830549955176)];[::(1053249362150818,-56830549955176);(631521893404907,0)]];
 (* 1|0 *) [::[::(2685220632560161,0);(919380040178826,2204865892043479)];[::(919380040178826,-2204865892043479);(2156391605026287,0)]]];
[::(* 0|1 *) [::[::(3054844780590726,0);(133773821971654,1486991412019386)];[::(133773821971654,-1486991412019386);(1388946646305443,0)]];
 (* 1|1 *) [::[::(4157241720978080,0);(1838855580357990,774705029979269)];[::(1838855580357990,-774705029979269);(1398966852125751,0)]]]]].
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
Definition radius (C : numClosedFieldType) : C := (int_of C 1557 / int_of C 1000000)%R.

(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := [::[::
[::(* 0|0 *) (1,[::1;1],[::[::(55072526,0)];[::(43568862,-4669731);(11169270,0)]]);
 (* 1|0 *) (1,[::1;1],[::[::(50290465,0)];[::(459817,-43998592);(8590285,0)]])];
[::(* 0|1 *) (1,[::1;1],[::[::(42492979,0)];[::(22090168,-5324504);(31794093,0)]]);
 (* 1|1 *) (1,[::1;1],[::[::(58152688,0)];[::(25517214,-38581699);(3618523,0)]])]];[::
[::(* 0|0 *) (1,[::1;1],[::[::(66073188,0)];[::(15940647,-860115);(14679177,0)]]);
 (* 1|0 *) (1,[::1;1],[::[::(51727790,0)];[::(17773426,-42624398);(3768468,0)]])];
[::(* 0|1 *) (1,[::1;1],[::[::(53999780,0)];[::(2477303,-27536990);(22037588,0)]]);
 (* 1|1 *) (1,[::1;1],[::[::(63115847,0)];[::(29134610,-12274335);(15028324,0)]])]]].

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.

(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := [::[::
[::(* 0|0 *) [::[::(3535,0);(-11218,1308)];[::(-11218,-1308);(5888,0)]];
 (* 1|0 *) [::[::(5572,0);(-619,-3755)];[::(-619,3755);(4459,0)]]];
[::(* 0|1 *) [::[::(3594,0);(-613,1760)];[::(-613,-1760);(3013,0)]];
 (* 1|1 *) [::[::(5284,0);(-5904,-15283)];[::(-5904,15283);(14661,0)]]]];[::
[::(* 0|0 *) [::[::(2841,0);(-460,2155)];[::(-460,-2155);(8004,0)]];
 (* 1|0 *) [::[::(5989,0);(-853,-9199)];[::(-853,9199);(4249,0)]]];
[::(* 0|1 *) [::[::(2556,0);(-366,-5074)];[::(-366,5074);(4212,0)]];
 (* 1|1 *) [::[::(7529,0);(-1129,1835)];[::(-1129,-1835);(8619,0)]]]]].
Definition V : table := [::[::
[::(* *|0 *) [::[::(-1546,0);(-991,2987);(6736,-912);(-2558,-6465)];[::(-991,-2987);(-5625,0);(1770,4654);(5101,3359)];[::(6736,912);(1770,-4654);(-4534,0);(2304,4057)];[::(-2558,6465);(5101,-3359);(2304,-4057);(-3878,0)]]];
[::(* *|1 *) [::[::(1546,0);(991,-2987);(-6736,912);(2558,6465)];[::(991,2987);(5625,0);(-1770,-4654);(-5101,-3359)];[::(-6736,-912);(-1770,4654);(4534,0);(-2304,-4057)];[::(2558,-6465);(-5101,3359);(-2304,4057);(3878,0)]]]]].
Definition positive_dual : witnesses := [::
[::(* 0|0 *) (67108864,[::1;1;1;1],[::[::(569323,0)];[::(-171036,-606112);(15822,0)];[::(-528315,-46678);(8198,-5702);(10954,0)];[::(-301524,762061);(-11507,-6313);(7204,-7313);(9510,0)]]);
 (* 1|0 *) (67108864,[::1;1;1;1],[::[::(819810,0)];[::(-150948,508508);(14721,0)];[::(500732,382036);(6713,-2096);(11913,0)];[::(-209395,529219);(4217,-1316);(1172,6754);(11995,0)]])];
[::(* 0|1 *) (67108864,[::1;1;1;1],[::[::(718650,0)];[::(58364,752751);(575576,0)];[::(-686263,-249516);(189538,-329579);(15096,0)];[::(238871,-603714);(99109,560052);(-6107,3109);(6413,0)]]);
 (* 1|1 *) (16777216,[::1;1;1;1],[::[::(490814,0)];[::(-4717,39378);(571005,0)];[::(-432066,491236);(-89452,111005);(5576,0)];[::(87439,-220989);(-307386,551942);(-4237,226);(2042,0)]])]].
Lemma checked : check_dual outcome_numbers dimensions den 1557 1000000 s W V positive_dual.
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
