(** Quantum behaviours of a scenario given by lists: their projectors by number, and elements with outcomes left out. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Quantum.
From Verified Require Import Statement Meaning Commuting Naimark Words.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Numbered.
Variables (C : numClosedFieldType) (A : star_algebra C) (o : seq (seq nat)) (d : seq nat).
Local Notation T := (scenario_of o d).
Variable P : kraus_operators T A.
Hypothesis P_measured : measured P.
Hypothesis P_projective : forall y, projective_at P y.
(** A setting that is not there counts as one with one outcome. *)
Definition numbered (j x a : nat) : A :=
  if insub j : option 'I_(alices T) is Some j' then
    if insub x : option 'I_(@settings T j') is Some x' then
      if insub a : option 'I_(outcomes x') is Some a' then P a' else 0
    else (a == 0%N)%:R
  else (a == 0%N)%:R.
Local Notation E := numbered.
Variant numbered_spec (j x : nat) : (nat -> A) -> nat -> Prop :=
  | There (j' : 'I_(alices T)) (x' : 'I_(@settings T j')) of j' = j :> nat & x' = x :> nat :
      numbered_spec j x (fun a => if insub a : option 'I_(outcomes x') is Some a' then P a' else 0) (outcomes x')
  | NotThere : numbered_spec j x (fun a => (a == 0%N)%:R) 1.
Lemma numberedP j x : numbered_spec j x (E j x) (outcomes_at o j x).
Proof.
rewrite /numbered /outcomes_at; case: (insubP [subType of 'I_(alices T)] j) => [j' _ <-|]; last first.
  by rewrite -leqNgt => h; rewrite (nth_default _ h) nth_nil; constructor.
case: (insubP [subType of 'I_(@settings T j')] x) => [x' _ <-|]; last first.
  by rewrite -leqNgt => h; rewrite (nth_default _ h); constructor.
exact: (There (erefl (j' : nat)) (erefl (x' : nat))).
Qed.
Lemma proj j (x : 'I_(@settings T j)) a b : star (@P j x a) = P a /\ P a * P b = if a == b then P a else 0.
Proof. exact: (P_projective (y := Tagged _ x)). Qed.
Lemma numbered_star j x a : star (E j x a) = E j x a.
Proof.
case: (numberedP j x) => [j' x' _ _|]; last exact: star_nat.
by case: insubP => [a' _ _|_]; rewrite ?star0 //; have [] := proj a' a'.
Qed.
Lemma numbered_mul j x a b : E j x a * E j x b = if a == b then E j x a else 0.
Proof.
case: (numberedP j x) => [j' x' _ _|]; last first.
  by case: a b => [|a] [|b]; rewrite ?mulr1 ?mulr0 ?mul0r //=; case: eqP.
case: (insubP _ a) => [a' _ <-|_]; last by rewrite mul0r if_same.
case: (insubP _ b) => [b' _ <-|nb]; first by have [_ ->] := proj a' b'; rewrite (inj_eq val_inj).
rewrite mulr0; case: eqP => // e; by rewrite -e ltn_ord in nb.
Qed.
Lemma numbered_comm j j' x x' a a' : j != j' -> E j x a * E j' x' a' = E j' x' a' * E j x a.
Proof.
have nat_comm (c : bool) (u : A) : c%:R * u = u * c%:R by case: c; rewrite ?mulr1 ?mulr0 ?mul1r ?mul0r.
case: (numberedP j x) => [i y <- _|]; last by move=> _; apply: nat_comm.
case: (numberedP j' x') => [i' y' <- _|]; last by move=> _; apply/esym/nat_comm.
move=> ne; case: insubP => [c _ _|_]; last by rewrite mul0r mulr0.
case: insubP => [c' _ _|_]; last by rewrite mul0r mulr0.
by case: P_measured => _ h; case: (h i i' y y' c c' ne).
Qed.
Lemma numbered_sum j x : \sum_(a < outcomes_at o j x) E j x a = 1.
Proof.
case: (numberedP j x) => [i y _ _|]; last by rewrite big_ord1.
case: P_measured => + _ => /(_ i y) h; rewrite -[RHS]h; apply: eq_bigr => a _.
by rewrite valK; have [-> ->] := proj a a; rewrite eqxx.
Qed.
Lemma numbered_out j x a : (outcomes_at o j x <= a)%N -> E j x a = 0.
Proof.
case: (numberedP j x) => [i y _ _|]; last by case: a.
by move=> h; rewrite insubF // ltnNge h.
Qed.

(** ** Elements with outcomes left out *)
Lemma events_from_prod j (l : label) : events_from E j l = \prod_(i < size l) event E (j + i) (nth (None, 0%N) l i).
Proof.
elim: l j => [|e l IH] j /=; first by rewrite big_ord0.
rewrite big_ord_recl addn0 IH; congr (_ * _); apply: eq_bigr => i _; by rewrite addSnnS.
Qed.
Lemma events_sum (l : label) (x : setting T) : size l = size o -> fits_setting l x ->
  \sum_(a : outcome x | fits_outcome l a) \prod_j P (a j) = events_from E 0 l.
Proof.
move=> sl /forallP hx; rewrite events_from_prod sl.
pose ok j c := if (nth (None, 0%N) l j).1 is Some c' then c == c' else true.
pose F j (c : 'I_(outcomes (x j))) : A := if ok j (val c) then P c else 0.
transitivity (\sum_(a : outcome x) \prod_j F j (a j)).
  rewrite big_mkcond; apply: eq_bigr => a _; case: ifP => [/forallP h|/negbT].
    by apply: eq_bigr => j _; rewrite /F (_ : ok j (a j)) //; exact: (h j).
  rewrite negb_forall => /existsP[j nj]; rewrite (_ : \prod_j0 _ = 0) //.
  have : F j (a j) = 0 by rewrite /F /ok; move: nj; case: ifP.
  move: (mem_index_enum j); elim: (index_enum _) => // i r IH; rewrite inE big_cons => /orP[/eqP<- ->|/IH h /h ->].
    by rewrite mul0r.
  by rewrite mulr0.
rewrite -(prod_sum_multi F); apply: eq_bigr => j _; rewrite add0n /event /F /ok.
have xE : (nth (None, 0%N) l j).2 = x j by apply/eqP; rewrite eq_sym; apply: hx.
case: (nth _ l j) xE => -[c|] y /= yE; last first.
  case: P_measured => + _ => /(_ j (x j)) <-; apply: eq_bigr => a _.
  by have [-> ->] := proj a a; rewrite eqxx.
rewrite yE /numbered !valK; case: insubP => [c' _ <-|nc].
  by rewrite (bigD1 c') //= eqxx big1 ?addr0 // => a na; rewrite -[_ == _ :> nat]/(a == c') (negPf na).
by rewrite big1 // => a _; case: eqP => // e; rewrite -e ltn_ord in nc.
Qed.
End Numbered.
