(** The definitions fit together; nothing depends on this file.
    Hidden states are quantum, a quantum realisation gives parent states, parent states an assemblage; a radius of 0 is
    the centre, which is within every radius; claims imply or exclude each other as their words say. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Quantum Digits Sanity.
From Verified Require Import Json Statement Meaning Read Verify Commuting FiniteDimensional Postquantum Tensor Ghjw Convex Factors CommutingParents.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Notions.
Variables (C : numClosedFieldType) (T : scenario).
Implicit Types s t : elements C T.
Definition same_elements s t : Prop := forall k x (a : outcome x) i j, @s k x a i j = @t k x a i j.

(** (A1), (A3) and the equal traces of (A2) follow from parent states; their sum 1 is all that they do not give. *)
Theorem parent_states_assemblage s : has_parent_states s ->
  (exists k : 'I_(bobs T), forall x, \sum_(a : outcome x) trace (s k x a) = 1) -> assemblage s.
Proof.
case=> S [hS nS mS] [k0 h1].
have tr k x (a : outcome x) : trace (s k x a) = trace (S x a).
  by rewrite -(trace_partial k); apply: eq_bigr => i _; rewrite mS.
split=> [k x a||k i j].
- by apply: psd_eq (partial_trace_psd (hS x a)) => i j; rewrite mS.
- exists (fun x a => trace (S x a)); split=> [k x a|x]; first exact: tr.
  by rewrite -(h1 x); apply: eq_bigr => a _; rewrite tr.
move=> l b x x' e; rewrite -!(eq_bigr _ (fun a _ => mS k _ a i j)).
exact: partial_trace_no_signalling nS l b x x' e.
Qed.
(** Appendix B: parent states are joint operators with smallest eigenvalue at least 0. *)
Theorem above_0 s : (exists S, joint_above 0 s S) <-> has_parent_states s.
Proof.
by split=> -[S [h1 h2 h3]]; exists S; split=> // x a; apply: psd_eq (h1 x a) => f g; rewrite mul0r subr0.
Qed.
(** One Bob of dimension 1 holds correlations p(a|x): local ones are quantum, as others are (Definition 14 => 3). *)
Theorem hidden_states_fit s : lhs_model s -> [/\ quantum s, has_parent_states s & assemblage s].
Proof.
by move=> /lhs_quantum h; split=> //; [apply: quantum_parent_states | apply: quantum_assemblage].
Qed.

(** Eq. (30) is a special case of Definition 14 for the one Bob, and depends on the matrices only. *)
Theorem product_then_hidden f s : all (leq 1%N) f -> (forall k, @dim T k = card f) -> product_lhs_model f s -> lhs_model s.
Proof.
move=> fpos Dk [L [w [r [p [w0 w1 hr hp hs]]]]].
exists L, w, (fun l k => joined fpos Dk (r l) (k := k)), p; split=> // [l k|k x a i j]; last first.
  by rewrite -[i in LHS](at_from fpos Dk) -[j in LHS](at_from fpos Dk) (hs k x a (from_place fpos Dk i) (from_place fpos Dk j)).
split; first by apply: (psd_pull (from_place fpos Dk (k := k))); apply: product_psd => b; case: (hr l b).
rewrite /trace (sum_factors fpos Dk); under eq_bigr do rewrite /joined from_at.
by rewrite -(prod_sum_multi (fun b c => r l b c c)) big1 // => b _; case: (hr l b).
Qed.
Theorem product_same f s t : same_elements s t -> product_lhs_model f s -> product_lhs_model f t.
Proof.
by move=> e [L [w [r [p [h1 h2 h3 h4 h5]]]]]; exists L, w, r, p; split=> // k x a m n i j hi hj; rewrite -e; apply: h5.
Qed.

(** Eq. (24): no noise at r = 0, only noise at r = 1 *)
Theorem mixture_0 n s : same_elements (mixture C T 0 n s) s.
Proof. by move=> k x a i j; rewrite /mixture mul0r add0r subr0 mul1r. Qed.
Theorem mixture_1 n s : same_elements (mixture C T 1 n s) n.
Proof. by move=> k x a i j; rewrite /mixture mul1r subrr mul0r addr0. Qed.

(** What has a property has it by its matrices. *)
Theorem parent_states_same s t : same_elements s t -> has_parent_states s -> has_parent_states t.
Proof. by move=> e [S [h1 h2 h3]]; exists S; split=> // k x a i j; rewrite h3 e. Qed.
Theorem lhs_same s t : same_elements s t -> lhs_model s -> lhs_model t.
Proof. by move=> e [L [w [r [p [h1 h2 h3 h4 h5]]]]]; exists L, w, r, p; split=> // k x a i j; rewrite -e h5. Qed.

(** Distance *)
Theorem ball_0 s t : ball 0 s t <-> same_elements t s.
Proof.
split=> h k x a i j; last by rewrite h subrr raddf0 raddf0 normr0.
have [hr hi] := h k x a i j; apply/eqP; rewrite -subr_eq0; apply/eqP.
by rewrite [_ - _]Crect; move: hr hi; rewrite !normr_le0 => /eqP-> /eqP->; rewrite mulr0 addr0.
Qed.
Theorem ball_centre_in s (delta : C) : 0 <= delta -> ball delta s s.
Proof. by move=> d0 k x a i j; rewrite subrr !raddf0 normr0. Qed.
End Notions.

Section Claims.
Variables (C : numClosedFieldType) (c : centred).
Local Notation T := (scenario_in c).
Implicit Types P Q : elements C T -> Prop.
Hypothesis radius0 : 0 <= fraction C (radius_of c).
Theorem within_centre P : within P -> P (centre_in C c).
Proof. by case=> h; apply=> //; apply: ball_centre_in. Qed.
(** Radius 0 is the centre. *)
Theorem within_0 P : fraction C (radius_of c) = 0 -> (forall s t, same_elements s t -> P s -> P t) ->
  within P <-> assemblage (centre_in C c) /\ P (centre_in C c).
Proof.
move=> r0 hP; split=> [h|[h hc]]; first by split; [case: h | apply: within_centre].
by split=> // s _; rewrite r0 => /ball_0 e; apply: hP hc => k x a i j; rewrite e.
Qed.
Lemma within_sub P Q : (forall s, P s -> Q s) -> within P -> within Q.
Proof. by move=> h [hc hs]; split=> // s h1 h2; apply: h; apply: hs. Qed.
Lemma within_not P Q : (forall s, P s -> ~ Q s) -> within P -> ~ within Q.
Proof. by move=> h /within_centre h1 /within_centre; apply: h. Qed.

(** Local correlations are quantum; realisations of finite dimension are among those of commuting Alices. *)
Theorem local_then_quantum (s : elements C T) : lhs_model s -> [/\ quantum s, quantum_commuting s & quantum_correlations s].
Proof.
move=> /lhs_quantum h; have hc := quantum_is_commuting h.
by split=> //; apply: correlations_of_realisation.
Qed.

Theorem lhs_then_quantum : meaning C (LhsModel c) -> meaning C (QuantumRealisation c).
Proof. by apply: within_sub => s; apply: lhs_quantum. Qed.
Theorem parent_states_or_not : meaning C (ParentStates c) -> ~ meaning C (NoParentStates c).
Proof. by apply: within_not => s [h _] []. Qed.
Theorem quantum_or_not : meaning C (QuantumRealisation c) -> ~ meaning C (NoParentStates c).
Proof. by apply: within_not => s h [_ []]. Qed.
Theorem postquantum_then_nonclassical : meaning C (NoParentStates c) -> meaning C (NoLhsModel c).
Proof. by apply: within_sub => s [_ [_ h]] /lhs_quantum. Qed.
Theorem no_correlations_then_nonclassical : meaning C (NoQuantumCorrelations c) -> meaning C (NoLhsModel c).
Proof. by apply: within_sub => s [_ [_ h]] /lhs_quantum. Qed.
Theorem no_level_then_nonclassical : meaning C (OutsideLevel c) -> meaning C (NoLhsModel c).
Proof. by apply: within_sub => s [_ h] /lhs_quantum. Qed.
Theorem hidden_states_or_not : meaning C (LhsModel c) -> ~ meaning C (NoLhsModel c).
Proof. by apply: within_not => s h; apply. Qed.
Theorem product_or_not f : meaning C (ProductLhsModel c f) -> ~ meaning C (NoProductLhsModel c f).
Proof. by apply: within_not => s h; apply. Qed.
(** No noise is needed by an assemblage that has parent states. *)
Theorem robustness_0 n l u : fraction C u = 0 -> meaning C (NoiseRobustness c n l u) -> has_parent_states (centre_in C c).
Proof. by move=> u0 [_ /within_centre[_]]; rewrite u0; apply: parent_states_same; apply: mixture_0. Qed.
(** Below the lower bound of 3.4 no mixture is quantum. *)
Theorem robustness_lower n l u : meaning C (NoiseRobustness c n l u) -> within (fun s : elements C T =>
  forall r, 0 <= r -> r < fraction C l -> not_quantum (mixture C T r (elements_of C T n) s)).
Proof.
by case=> _; apply: within_sub => s [h _] r r0 rl; apply: no_parents_not_quantum; apply: h.
Qed.
End Claims.

(** What a text states is a function of the text: the one statement that it is read as. *)
Theorem states_read (C : numClosedFieldType) text :
  states C text <-> if read text is Some st then write st = text /\ meaning C st else False.
Proof.
split=> [[st [-> hw hm]] //|]; case E: (read text) => [st|] // [hw hm]; by exists st.
Qed.
