(** What a statement means, over any field C of complex numbers.  Together with [Claims.v] (scenarios, assemblages,
    parent states, quantum realisations) and the text of a statement ([Statement.v]), this is what has to be read;
    no other file is part of what is claimed.  Sections are those of certificates/FORMAT.md. *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims.
From Verified Require Import Statement Commuting.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Meaning.
Variable C : numClosedFieldType.

(** 2.1, 2.4: p/q, and the entry (re + i im)/den in row i and column j *)
Definition fraction (r : rational) : C := int_of C r.1 / int_of C r.2.
Definition fraction_entry (m : fraction_matrix) (i j : nat) : C := number C (entry m.2 i j) / int_of C m.1.
(** 2.3: settings and outcomes at their places in lexicographic order *)
Definition member_of (f : family) (x a : nat) : fraction_matrix := nth (Z0, [::]) (nth [::] f x) a.
Definition elements_of (T : scenario) (s : seq family) : elements C T := fun k x a i j =>
  fraction_entry (member_of (nth [::] s k) (place (@settings T) (vals x)) (place (fun j => outcomes (x j)) (vals a))) i j.
Arguments elements_of T s : clear implicits.

Definition scenario_in (c : centred) : scenario := scenario_of (outcomes_of c) (dims_of c).
Definition centre_in (c : centred) : elements C (scenario_in c) := elements_of (scenario_in c) (centre_of c).
Arguments centre_in c : clear implicits.
(** The centre is an assemblage, and [P] holds for every assemblage within the radius. *)
Definition within (c : centred) (P : elements C (scenario_in c) -> Prop) : Prop :=
  assemblage (centre_in c) /\
  forall s, assemblage s -> ball (fraction (radius_of c)) (centre_in c) s -> P s.

(** 3.5: joint operators S >= l 1 with the marginals of the assemblage, without signalling *)
Definition joint_above (T : scenario) (l : C) (s : elements C T) (S : forall x : setting T, outcome x -> op C (space T)) :=
  [/\ forall x a, psd (fun f g => S x a f g - l * (f == g)%:R),
      forall f g, no_signalling (fun x a => S x a f g)
    & forall k x a (i j : 'I_(dim k)), partial_trace (S x a) i j = @s k x a i j].

Definition has_parent_states (T : scenario) (s : elements C T) : Prop := exists S, parent_states s S.

(** Definition 14: sigma^(k)_{a|x} = sum_l w(l) rho^(k)_l prod_j p_j(a_j|x_j, l), with probabilities w and p_j *)
Definition lhs_model (T : scenario) (s : elements C T) : Prop :=
  exists (L : finType) (w : L -> C) (rho : L -> forall k, op C 'I_(@dim T k))
         (p : L -> forall (j : 'I_(alices T)) (y : 'I_(settings j)), 'I_(outcomes y) -> C),
  [/\ forall l, 0 <= w l, \sum_l w l = 1, forall l k, state (rho l k),
      (forall l j y c, 0 <= p l j y c) /\ (forall l j y, \sum_c p l j y c = 1)
    & forall k x (a : outcome x) i j, @s k x a i j = \sum_l w l * (\prod_m p l m (x m) (a m)) * rho l k i j].

(** Eq. (30): sigma_{a|x} = sum_l w(l) prod_j p_j(a_j|x_j, l) rho^(1)_l (x) .. (x) rho^(N)_l, the N Bobs having the
    dimensions [f] and one Bob of [T] being all of them; rows and columns at their places in lexicographic order *)
Definition product_lhs_model (T : scenario) (f : seq nat) (s : elements C T) : Prop :=
  let B := scenario_of [::] f in
  exists (L : finType) (w : L -> C) (rho : L -> forall b, op C 'I_(@dim B b))
         (p : L -> forall (j : 'I_(alices T)) (y : 'I_(settings j)), 'I_(outcomes y) -> C),
  [/\ forall l, 0 <= w l, \sum_l w l = 1, forall l b, state (rho l b),
      (forall l j y c, 0 <= p l j y c) /\ (forall l j y, \sum_c p l j y c = 1)
    & forall k x (a : outcome x) (m n : space B) (i j : 'I_(@dim T k)), place (@dim B) (vals m) = i -> place (@dim B) (vals n) = j ->
      @s k x a i j = \sum_l w l * (\prod_q p l q (x q) (a q)) * \prod_b rho l b (m b) (n b)].

(** Eq. (24): r noise + (1 - r) s *)
Definition mixture (T : scenario) (r : C) (noise s : elements C T) : elements C T :=
  fun k x a i j => r * @noise k x a i j + (1 - r) * @s k x a i j.
Arguments mixture T r noise s : clear implicits.

(** 3.7: the settings and the outcomes for which an element stands whose outcomes may be left out *)
Definition fits_setting (T : scenario) (l : label) (x : setting T) : bool :=
  [forall j : 'I_(alices T), x j == (nth (None, 0%N) l j).2 :> nat].
Definition fits_outcome (T : scenario) (l : label) (x : setting T) (a : outcome x) : bool :=
  [forall j : 'I_(alices T), if (nth (None, 0%N) l j).1 is Some c then a j == c :> nat else true].
(** sum tr[G_{a|x} S_{a|x}] over the keys of the functional *)
Definition functional_value (T : scenario) (keys : seq label) (G : nat -> op C (space T)) (S : forall x : setting T, outcome x -> op C (space T)) : C :=
  \sum_(i < size keys) \sum_(x | fits_setting (nth [::] keys i) x) \sum_(a : outcome x | fits_outcome (nth [::] keys i) a)
    \sum_f \sum_g G i f g * S x a g f.
(** G is Hermitian and differs from the matrix by at most delta, in the real and in the imaginary part of each entry. *)
Definition near (T : scenario) (delta : C) (m : fraction_matrix) (G : op C (space T)) : Prop :=
  forall f g : space T, G g f = (G f g)^* /\
    let z := G f g - fraction_entry m (place (@dim T) (vals f)) (place (@dim T) (vals g)) in `|'Re z| <= delta /\ `|'Im z| <= delta.
Definition bound (T : scenario) (b : bounded) : Prop := forall (G : nat -> op C (space T)) S,
  (forall i, (i < size (functional_of b))%N -> near (fraction (tolerance_of b)) (nth ([::], (Z0, [::])) (functional_of b) i).2 (G i)) ->
  commuting S -> functional_value (map fst (functional_of b)) G S <= fraction (upper_of b).

(** Theorem 6, condition 1: the correlations p(a|x) = tr sigma^(k)_{a|x} are quantum. *)
Definition quantum_correlations (T : scenario) (s : elements C T) : Prop :=
  exists2 p, commuting_correlations p & forall k x (a : outcome x), trace (s k x a) = p x a.
(** No quantum realisation, neither of commuting Alices nor of finite dimension *)
Definition not_quantum (T : scenario) (s : elements C T) : Prop := ~ quantum_commuting s /\ ~ quantum s.

Definition meaning (st : statement) : Prop :=
  match st with
  | NoParentStates c => within (fun s : elements C (scenario_in c) => ~ has_parent_states s /\ not_quantum s)
  | ParentStates c => within (fun s : elements C (scenario_in c) =>
      has_parent_states s /\ (size (outcomes_of c) = 1%N (* one Alice *) -> quantum s))
  | QuantumRealisation c | QuantumMixture c => within (fun s : elements C (scenario_in c) => quantum s)
  (* The smallest r in [0, 1] for which the mixture has parent states lies between the bounds. *)
  | NoiseRobustness c n lower upper =>
      let noise := elements_of (scenario_in c) n in assemblage noise /\ within (fun s : elements C (scenario_in c) =>
        (forall r, 0 <= r -> r < fraction lower -> ~ has_parent_states (mixture (scenario_in c) r noise s)) /\
        has_parent_states (mixture (scenario_in c) (fraction upper) noise s))
  (* Appendix B: the largest l for which there are joint operators S >= l 1 lies between the bounds. *)
  | SmallestEigenvalue c lower upper => within (fun s : elements C (scenario_in c) =>
      (exists S, joint_above (fraction lower) s S) /\
      forall l S, l \is Num.real -> joint_above l s S -> l <= fraction upper)
  | QuantumBound b => bound (scenario_of (scenario_of_bound b).1 (scenario_of_bound b).2) b
  | NoQuantumCorrelations c => within (fun s : elements C (scenario_in c) => ~ quantum_correlations s /\ not_quantum s)
  | OutsideLevel c => within (fun s : elements C (scenario_in c) => not_quantum s)
  | LhsModel c => within (fun s : elements C (scenario_in c) => lhs_model s)
  | LhsNoiseRobustness c n lower upper =>
      let noise := elements_of (scenario_in c) n in assemblage noise /\ within (fun s : elements C (scenario_in c) =>
        (forall r, 0 <= r -> r < fraction lower -> ~ lhs_model (mixture (scenario_in c) r noise s)) /\
        lhs_model (mixture (scenario_in c) (fraction upper) noise s))
  | NoLhsModel c | NonlocalCorrelations c => within (fun s : elements C (scenario_in c) => ~ lhs_model s)
  | NoProductLhsModel c f => within (fun s : elements C (scenario_in c) => ~ product_lhs_model f s)
  | ProductLhsModel c f => within (fun s : elements C (scenario_in c) => product_lhs_model f s)
  end.
End Meaning.
Arguments elements_of C T s : clear implicits.
Arguments centre_in C c : clear implicits.
Arguments mixture C T r noise s : clear implicits.
