(** Quantum behaviours (Definition 3) whose Alices commute, on Hilbert spaces of any dimension: **to audit**, as
    [Meaning.v].  Bounded operators on a Hilbert space are a *-algebra, and a state rho of the Alices and the Bobs gives
    the functional phi_fg(a) = tr[(a (x) |f><g|) rho]; an effect M >= 0 is K^* K for K = sqrt M, which commutes with
    what M commutes with.  ([FiniteDimensional.v] proves this of Definition 3 as it stands in [Claims.v].) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Commuting.
Variable C : numClosedFieldType.

(** A unital algebra over C with an involution a^*, conjugate-linear *)
Record star_algebra := StarAlgebra {
  algebra :> algType C;
  star : algebra -> algebra;
  starK : forall a, star (star a) = a;
  starD : forall a b, star (a + b) = star a + star b;
  starM : forall a b, star (a * b) = star b * star a;
  starZ : forall (c : C) a, star (c *: a) = c^* *: star a }.

(** A state of the Alices and of Bobs whose space has the basis J: phi_fg(a) = tr[(a (x) |f><g|) rho].  It is positive
    on x^* x for x = sum_f x_f (x) <f|. *)
Record state_on (A : star_algebra) (J : finType) := StateOn {
  phi :> J -> J -> A -> C;
  phiD : forall f g a b, phi f g (a + b) = phi f g a + phi f g b;
  phiZ : forall f g c a, phi f g (c *: a) = c * phi f g a;
  phi_herm : forall f g a, phi g f (star a) = (phi f g a)^*;
  phi_ge0 : forall x : J -> A, 0 <= \sum_f \sum_g phi f g (star (x f) * x g);
  phi_1 : \sum_f phi f f 1 = 1 }.

(** Measurements M_{a|x} = K_{a|x}^* K_{a|x} of the Alices, sum_a M_{a|x} = 1; those of different Alices commute. *)
Variable T : scenario.
Definition kraus_operators (A : star_algebra) := forall (j : 'I_(alices T)) (x : 'I_(settings j)), 'I_(outcomes x) -> A.
Definition measured (A : star_algebra) (K : kraus_operators A) : Prop :=
  (forall j x, \sum_a star (@K j x a) * @K j x a = 1) /\
  forall j j' x x' a a', j != j' ->
    @K j x a * @K j' x' a' = @K j' x' a' * @K j x a /\ star (@K j x a) * @K j' x' a' = @K j' x' a' * star (@K j x a).

(** S_{a|x} = tr_Alices[(M^(1)_{a_1|x_1} .. M^(n)_{a_n|x_n} (x) 1) rho], operators on the Bobs' space (Eq. 13) *)
Definition commuting (J : finType) (S : forall x : setting T, outcome x -> op C J) : Prop :=
  exists (A : star_algebra) (w : state_on A J) (K : kraus_operators A), measured K /\
  forall x (a : outcome x) f g, S x a f g = w g f (\prod_j (star (K j (x j) (a j)) * K j (x j) (a j))).
(** Eq. (8): sigma^(k)_{a|x} = tr_{all but Bob k}[S_{a|x}] *)
Definition quantum_commuting (s : elements C T) : Prop :=
  exists2 S : forall x : setting T, outcome x -> op C (space T), commuting S &
  forall k x (a : outcome x) (i j : 'I_(dim k)), partial_trace (S x a) i j = @s k x a i j.
(** Eq. (7), correlations p(a|x): no Bobs, a space of dimension 1 *)
Definition commuting_correlations (p : forall x : setting T, outcome x -> C) : Prop :=
  commuting (fun x (a : outcome x) (_ _ : unit) => p x a).
End Commuting.
