(** 3.6: letters, words, their products, and the projectors of the outcomes in letters. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Gauss.
From Verified Require Import Statement Commuting Naimark.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.

(** Setting and outcome (0 for the observable of a setting with two outcomes); the letters of one Alice; one part for
    each Alice *)
Definition letter := (nat * nat)%type.
Definition part := seq letter.
Definition word := seq part.

Section Compute.
Variable o : seq (seq nat).
Definition outcomes_at (j x : nat) : nat := nth 1 (nth [::] o j) x.
Definition observable (row : seq nat) (x : nat) : bool := eqn (nth 1 row x) 2.
(** u^dagger v: letters meet at the beginnings of u and v only *)
Fixpoint joined (row : seq nat) (u v : part) : option part :=
  match u, v with
  | a :: u', b :: v' =>
      if eqn a.1 b.1 then
        if observable row a.1 then joined row u' v' else if eqn a.2 b.2 then Some (catrev u' v) else None
      else Some (catrev u v)
  | _, _ => Some (catrev u v)
  end.
Definition adjoint (w : word) : word := map rev w.
Fixpoint product_from (j : nat) (s t : word) : option word :=
  match s, t with
  | u :: s', v :: t' =>
      if joined (nth [::] o j) u v is Some p then omap (cons p) (product_from j.+1 s' t') else None
  | [::], _ => Some t
  | _, [::] => Some (adjoint s)
  end.
(** 2 E_{a|x} in words, or 2 for an outcome left out *)
Definition twice_in_words (j : nat) (l : option nat * nat) : seq (part * Z) :=
  let x := l.2 in let n := outcomes_at j x in
  if l.1 is Some a then
    if n <= a then [::]
    else if eqn n 1 then [:: ([::], 2%ZZ)]
    else if eqn n 2 then [:: ([::], 1%ZZ); ([:: (x, 0)], if eqn a 0 then 1%ZZ else (-1)%ZZ)]
    else if a < n.-1 then [:: ([:: (x, a)], 2%ZZ)]
    else ([::], 2%ZZ) :: [seq ([:: (x, b)], (-2)%ZZ) | b <- iota 0 n.-1]
  else [:: ([::], 2%ZZ)].
End Compute.

Local Open Scope ring_scope.
Local Arguments int_of C z : simpl never.
Section Interpretation.
Variables (C : numClosedFieldType) (A : star_algebra C) (o : seq (seq nat)) (E : nat -> nat -> nat -> A).
Hypothesis E_star : forall j x a, star (E j x a) = E j x a.
Hypothesis E_mul : forall j x a b, E j x a * E j x b = if a == b then E j x a else 0.
Hypothesis E_comm : forall j j' x x' a a', j != j' -> E j x a * E j' x' a' = E j' x' a' * E j x a.
Hypothesis E_sum : forall j x, \sum_(a < outcomes_at o j x) E j x a = 1.
Hypothesis E_out : forall j x a, (outcomes_at o j x <= a)%N -> E j x a = 0.

Definition ev (j : nat) (l : letter) : A :=
  if observable (nth [::] o j) l.1 then E j l.1 0 - E j l.1 1 else E j l.1 l.2.
Definition evp (j : nat) (p : part) : A := \prod_(l <- p) ev j l.
Fixpoint evw (j : nat) (w : word) : A := if w is p :: w' then evp j p * evw j.+1 w' else 1.

Lemma ev_star j l : star (ev j l) = ev j l.
Proof. by rewrite /ev; case: ifP => _; rewrite ?starB !E_star. Qed.
Lemma ev_comm j j' l l' : j != j' -> ev j l * ev j' l' = ev j' l' * ev j l.
Proof.
move=> ne; have h x a x' a' : GRing.comm (E j' x' a') (E j x a) by apply/esym/E_comm.
have h1 x' a' : GRing.comm (ev j l) (E j' x' a') by apply/commr_sym; rewrite /ev; case: ifP => _; rewrite ?h //; apply: commrB.
rewrite -/(GRing.comm _ _) {2}/ev; case: ifP => _; [exact: commrB | exact: h1].
Qed.
Lemma ev_observable j a b : observable (nth [::] o j) a.1 -> a.1 = b.1 -> ev j a * ev j b = 1.
Proof.
rewrite /ev => h <-; rewrite h mulrBl !mulrBr !E_mul /= subr0 sub0r opprK.
have := E_sum j a.1; rewrite /outcomes_at; move: h => /eqnP->.
by rewrite !big_ord_recl big_ord0 addr0.
Qed.
Lemma ev_projector j a b : observable (nth [::] o j) a.1 = false -> a.1 = b.1 ->
  ev j a * ev j b = if a.2 == b.2 then ev j b else 0.
Proof. by rewrite /ev => h e; rewrite -e h E_mul; case: eqP => // ->. Qed.

Lemma evp_comm j j' p q : j != j' -> evp j p * evp j' q = evp j' q * evp j p.
Proof.
move=> ne; rewrite /evp; apply: commr_prod => l _; apply/esym; apply: commr_prod => l' _; by apply: ev_comm; rewrite eq_sym.
Qed.
Lemma evp_star j p : star (evp j p) = evp j (rev p).
Proof.
elim: p => [|l p IH]; first by rewrite /evp !big_nil star1.
by rewrite /evp big_cons starM -/(evp j p) IH ev_star rev_cons -cats1 /evp big_cat /= big_seq1.
Qed.
Lemma evp_cat j p q : evp j (p ++ q) = evp j p * evp j q. Proof. exact: big_cat. Qed.
Lemma evp_catrev j p q : evp j (catrev p q) = star (evp j p) * evp j q.
Proof. by rewrite catrevE evp_cat evp_star. Qed.
Lemma joinedP j u v : star (evp j u) * evp j v = if joined (nth [::] o j) u v is Some p then evp j p else 0.
Proof.
elim: u v => [|a u IH] v; first by rewrite /= -evp_catrev.
case: v => [|b v]; first by rewrite -evp_catrev.
rewrite /joined -/joined; case: eqnP => [e|_]; last by rewrite -evp_catrev.
have cut : star (evp j (a :: u)) * evp j (b :: v) = star (evp j u) * (ev j a * ev j b) * evp j v.
  by rewrite /evp !big_cons starM ev_star !mulrA.
case hb: (observable _ _); first by rewrite cut ev_observable // mulr1 IH.
rewrite cut ev_projector //; case: eqnP => [->|/eqP/negPf->]; last by rewrite mulr0 mul0r.
by rewrite eqxx evp_catrev [evp j (_ :: _)]big_cons mulrA.
Qed.

Lemma evp_evw i j p w : (i < j)%N -> evp i p * evw j w = evw j w * evp i p.
Proof.
elim: w j => [|q w IH] j lt /=; first by rewrite mulr1 mul1r.
by rewrite mulrA evp_comm ?(ltn_eqF lt) // -!mulrA IH // ltnW.
Qed.
Lemma evw_star j w : star (evw j w) = evw j (adjoint w).
Proof.
elim: w j => [|p w IH] j /=; first exact: star1.
by rewrite starM IH evp_star evp_evw.
Qed.
Lemma product_fromP j s t : star (evw j s) * evw j t = if product_from o j s t is Some w then evw j w else 0.
Proof.
elim: s t j => [|u s IH] t j; first by rewrite /= star1 mul1r.
case: t => [|v t]; first by rewrite mulr1 evw_star.
have -> : star (evw j (u :: s)) * evw j (v :: t) = star (evp j u) * evp j v * (star (evw j.+1 s) * evw j.+1 t).
  rewrite /= starM evw_star !mulrA; congr (_ * _); rewrite -!mulrA; rewrite [RHS]mulrA evp_star.
  by rewrite -evp_cat evp_evw // evp_cat.
rewrite joinedP IH /=; case: (joined _ _ _) => [p|]; last by rewrite mul0r.
by case: (product_from _ _ _ _) => [w|] /=; rewrite ?mulr0.
Qed.

(** ** The projectors of the outcomes *)
Definition event (j : nat) (l : option nat * nat) : A := if l.1 is Some a then E j l.2 a else 1.
Fixpoint events_from (j : nat) (ls : label) : A := if ls is l :: ls' then event j l * events_from j.+1 ls' else 1.
Lemma event_star j l : star (event j l) = event j l.
Proof. by case: l => [[a|] x]; rewrite /event ?E_star ?star1. Qed.
Lemma event_comm i j l ls : (i < j)%N -> event i l * events_from j ls = events_from j ls * event i l.
Proof.
elim: ls j => [|k ls IH] j lt /=; first by rewrite mulr1 mul1r.
rewrite mulrA -[RHS]mulrA -(IH j.+1 (ltnW lt)) [RHS]mulrA; congr (_ * _).
clear IH; case: l k => [[a|] x] [[b|] y]; rewrite /event /= ?mulr1 ?mul1r //; apply: E_comm; by rewrite (ltn_eqF lt).
Qed.
Lemma events_star j ls : star (events_from j ls) = events_from j ls.
Proof.
elim: ls j => [|l ls IH] j /=; first exact: star1.
by rewrite starM IH event_star event_comm.
Qed.
Lemma twice_in_wordsP j l : int_of C 2 *: event j l = \sum_(t <- twice_in_words o j l) int_of C t.2 *: evp j t.1.
Proof.
have nil c : int_of C c *: evp j [::] = int_of C c *: 1 by rewrite /evp big_nil.
have one x b : evp j [:: (x, b)] = ev j (x, b) by rewrite /evp big_seq1.
case: l => [[a|] x]; rewrite /event /twice_in_words /=; last by rewrite big_seq1 nil.
case: (leqP (outcomes_at o j x) a) => [ge|lt]; first by rewrite big_nil E_out // scaler0.
have := E_sum j x; case: eqnP => [n1|n1].
  by rewrite n1 in lt *; case: a lt => // _; rewrite big_ord1 big_seq1 nil => ->.
case: eqnP => [n2|n2].
  rewrite n2 !big_ord_recl big_ord0 /= addr0 => sum1; rewrite big_cons big_seq1 nil one /ev /observable -[nth 1%N _ _]/(outcomes_at o j x) n2 /=.
  have i1 : int_of C 1 = 1 by []. have i1' : int_of C (-1) = -1 by [].
  have i2 : int_of C 2 = 1 + 1 by rewrite -[RHS](natrD _ 1 1).
  rewrite i2 i1 scale1r -sum1 scalerDl !scale1r; rewrite n2 in lt; case: a lt => [|[|//]] _ /=.
    by rewrite i1 scale1r addrACA subrr addr0.
  by rewrite i1' scaleN1r opprB addrC addrA subrK.
case: ltnP => [lt'|ge'] sum1; rewrite ?big_seq1 ?one /ev /observable /=; last first.
  rewrite big_cons nil big_map /=; move: (lt) ge' sum1; case e: (outcomes_at o j x) => [//|n] ltn /= ge'.
  have -> : a = n by apply/eqP; rewrite eqn_leq ge' -ltnS ltn.
  rewrite big_ord_recr /= => <-; rewrite scalerDr -(big_mkord xpredT (fun a => E j x a)) /index_iota subn0.
  rewrite scaler_sumr addrAC -big_split big1_seq ?add0r // => b _; rewrite one /ev /observable /=.
  rewrite -[nth 1%N _ _]/(outcomes_at o j x); case: eqnP => // _.
  by rewrite -[int_of C (-2)]/(- int_of C 2) scaleNr subrr.
by rewrite -[nth 1%N _ _]/(outcomes_at o j x); case: eqnP.
Qed.

Lemma evw_rcons j w p : evw j (rcons w p) = evw j w * evp (j + size w)%N p.
Proof.
elim: w j => [|q w IH] j /=; first by rewrite addn0 mulr1 mul1r.
by rewrite IH mulrA addSnnS.
Qed.

(** ** Words are contractions *)
Variables (J : finType) (w : state_on A J).
Definition contractive (a : A) : Prop := forall f x, w f f (star (a * x) * (a * x)) <= w f f (star x * x).
Lemma square_ge0 f a : 0 <= w f f (star a * a).
Proof.
have := phi_ge0 w (fun g => if g == f then a else 0); congr (0 <= _).
rewrite (bigD1 f) //= (bigD1 f) //= eqxx big1 ?addr0 => [|g /negPf->]; last by rewrite mulr0 phi0.
by rewrite big1 ?addr0 // => g /negPf->; apply: big1 => k _; rewrite star0 mul0r phi0.
Qed.
Lemma contractive1 : contractive 1.
Proof. by move=> f x; rewrite mul1r. Qed.
Lemma contractiveM a b : contractive a -> contractive b -> contractive (a * b).
Proof. by move=> ha hb f x; rewrite -mulrA; apply: le_trans (ha f (b * x)) (hb f x). Qed.
Lemma projector_contractive p : star p = p -> p * p = p -> contractive p.
Proof.
move=> hs hp f x; have hP y : p * (p * y) = p * y by rewrite mulrA hp.
rewrite -subr_ge0 -phiB; have := square_ge0 f (x - p * x).
by rewrite !(starB, starM) hs mulrBl !mulrBr -!mulrA !hP subrr subr0.
Qed.
Lemma ev_contractive j l : contractive (ev j l).
Proof.
case hb: (observable (nth [::] o j) l.1); last first.
  by apply: projector_contractive; rewrite ?ev_star // ev_projector // eqxx.
by move=> f x; rewrite starM ev_star -mulrA [ev j l * _]mulrA ev_observable // mul1r.
Qed.
Lemma evp_contractive j p : contractive (evp j p).
Proof.
elim: p => [|l p IH]; first by rewrite /evp big_nil; apply: contractive1.
by rewrite /evp big_cons; apply: contractiveM => //; apply: ev_contractive.
Qed.
Lemma evw_contractive j v : contractive (evw j v).
Proof.
elim: v j => [|p v IH] j; first exact: contractive1.
by apply: contractiveM => //; apply: evp_contractive.
Qed.
Lemma events_contractive j (l : label) : contractive (events_from j l).
Proof.
elim: l j => [|[[a|] x] l IH] j; try exact: contractive1; apply: contractiveM => //=; try exact: contractive1.
by apply: projector_contractive; rewrite /event /= ?E_star // E_mul eqxx.
Qed.
End Interpretation.
