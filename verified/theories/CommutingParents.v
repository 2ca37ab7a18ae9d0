(** Theorem 6, "only if", for commuting Alices: a realisation on Hilbert spaces of any dimension gives parent states. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Positive Duality Quantum.
From Verified Require Import Statement Meaning Commuting Naimark Words Behaviours.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Parents.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Section Realised.
Variables (A : star_algebra C) (P : kraus_operators T A).
Hypothesis hP : measured P.
Hypothesis hproj : forall y, projective_at P y.
Local Notation E := (numbered P).
Lemma event_idem j l : event E j l * event E j l = event E j l.
Proof. by case: l => [[a|] x]; rewrite /event ?mulr1 //= (numbered_mul hproj) eqxx. Qed.
Lemma events_idem j l : events_from E j l * events_from E j l = events_from E j l.
Proof.
elim: l j => [|e l IH] j /=; first by rewrite mulr1.
rewrite -!mulrA [events_from _ _ _ * _]mulrA -(event_comm (numbered_comm hP)) //.
by rewrite -[event E j e * _ * _]mulrA IH mulrA event_idem.
Qed.
(** The outcomes b of the Alices other than j, for the settings x *)
Definition others_label (j : 'I_(alices T)) (b : 'I_(alices T) -> nat) (x : setting T) : label :=
  [seq (if l == j then None else Some (b l), val (x l)) | l <- enum 'I_(alices T)].
Lemma nth_others j b x (l : 'I_(alices T)) :
  nth (None, 0%N) (others_label j b x) l = (if l == j then None else Some (b l), val (x l)).
Proof. by rewrite (nth_map l) ?size_enum_ord // nth_ord_enum. Qed.
Lemma others_events j b (x : setting T) :
  \sum_(a : outcome x | agree_off j (vals a) b) \prod_l P (a l) = events_from E 0 (others_label j b x).
Proof.
rewrite -(events_sum hP hproj (x := x)); last 2 first.
- by rewrite size_map size_enum_ord.
- by apply/forallP => l; rewrite nth_others.
apply: eq_bigl => a; apply/agree_offP/forallP => h l; last first.
  by have := h l; rewrite nth_others; case: eqP => //= _ /eqP.
by rewrite nth_others; case: eqP => //= /eqP nl; apply/eqP/h.
Qed.
Lemma others_same j b (x x' : setting T) : agree_off j (vals x) (vals x') ->
  events_from E 0 (others_label j b x) = events_from E 0 (others_label j b x').
Proof.
move=> /agree_offP h; rewrite !events_from_prod.
rewrite -(big_mkord xpredT (fun i => event E (0 + i) (nth (None, 0%N) (others_label j b x) i))).
rewrite -(big_mkord xpredT (fun i => event E (0 + i) (nth (None, 0%N) (others_label j b x') i))).
have sz y : size (others_label j b y) = alices T by rewrite size_map size_enum_ord.
rewrite !sz; apply: eq_big_nat => i /andP[_ hi].
rewrite -[i]/(nat_of_ord (Ordinal hi)) !nth_others /event; case: eqP => //= /eqP ne.
by have := h _ ne; rewrite /vals => ->.
Qed.
End Realised.

Theorem commuting_parent_states (s : elements C T) : quantum_commuting s -> has_parent_states s.
Proof.
case=> S hS mS; exists S; have [A [w [P [hP hproj SE]]]] := naimark hS; split=> //.
- move=> x a v; pose M := \prod_j P j (x j) (a j).
  have [ME MM] : star M = M /\ M * M = M.
    pose l : label := [seq (Some (val (a l)), val (x l)) | l <- enum 'I_(alices T)].
    have nl (i : 'I_(alices T)) : nth (None, 0%N) l i = (Some (val (a i)), val (x i)).
      by rewrite (nth_map i) ?size_enum_ord // nth_ord_enum.
    have -> : M = events_from (numbered P) 0 l.
      rewrite -(events_sum hP hproj (x := x)); last 2 first.
      - by rewrite size_map size_enum_ord.
      - by apply/forallP => i; rewrite nl.
      rewrite (big_pred1 a) // => b; apply/forallP/eqP => [h|-> i]; last by rewrite nl /= eqxx.
      by apply/ffunP => i; apply: val_inj; have := h i; rewrite nl /= => /eqP.
    split; first exact: (events_star (numbered_star hproj) (numbered_comm hP)).
    exact: events_idem.
  have := phi_ge0 w (fun f => (v f)^* *: M); congr (0 <= _); rewrite exchange_big.
  apply: eq_bigr => f _; apply: eq_bigr => g _.
  by rewrite starZ conjCK ME -scalerAl -scalerAr MM scalerA phiZ SE -/M [RHS]mulrC mulrA.
move=> f g j b x x' e.
have sumE y : \sum_(a : outcome y | agree_off j (vals a) b) S y a f g = w g f (events_from (numbered P) 0 (others_label j b y)).
  by rewrite -(others_events hP hproj) phi_sum; apply: eq_bigr => a _; rewrite SE.
by rewrite !sumE (others_same _ _ e).
Qed.
(** Without parent states there is no realisation, of neither kind. *)
Theorem no_parents_not_quantum (s : elements C T) : ~ has_parent_states s -> not_quantum s.
Proof. by move=> h; split=> [/commuting_parent_states|/quantum_parent_states]. Qed.
End Parents.
