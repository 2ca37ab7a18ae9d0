(** Statements of proof files as data, and their text ([write]): the second half of what has to be read,
    beside [Meaning.v].  Section numbers are those of certificates/FORMAT.md. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** 2.4: a matrix (re + i im)/den, as its denominator and the rows of pairs (re, im) *)
Definition fraction_matrix := (Z * matrix)%type.
(** 2.3: the matrices of a family over all elements (a, x), by settings and then by outcomes *)
Definition family := seq (seq fraction_matrix).
(** 2.1: a rational p/q *)
Definition rational := (Z * Z)%type.
(** 2.2 and the statement of 3.1 *)
Record centred := Centred { outcomes_of : seq (seq nat); dims_of : seq nat; centre_of : seq family; radius_of : rational }.

(** 2.3: an element, for each Alice her outcome, None if it is left out, and her setting *)
Definition label := seq (option nat * nat).
(** 3.7: D x D matrices, written as rationals if D = 1 *)
Record bounded := Bounded { scenario_of_bound : seq (seq nat) * seq nat; functional_of : seq (label * fraction_matrix);
                            tolerance_of : rational; upper_of : rational }.

Inductive statement :=
  | NoParentStates (c : centred)                                                   (* 3.1 *)
  | ParentStates (c : centred)                                                     (* 3.2 *)
  | QuantumRealisation (c : centred)                                               (* 3.3 *)
  | NoiseRobustness (c : centred) (noise : seq family) (lower upper : rational)    (* 3.4 *)
  | SmallestEigenvalue (c : centred) (lower upper : rational)                      (* 3.5 *)
  | QuantumBound (b : bounded)                                                     (* 3.7 *)
  | NoQuantumCorrelations (c : centred)                                            (* 3.8 *)
  | OutsideLevel (c : centred)                                                     (* 3.9 *)
  | LhsModel (c : centred)                                                         (* 3.10 *)
  | NoLhsModel (c : centred)                                                       (* 3.11 *)
  | LhsNoiseRobustness (c : centred) (noise : seq family) (lower upper : rational) (* 3.12 *)
  | NonlocalCorrelations (c : centred)                                             (* 3.13 *)
  | NoProductLhsModel (c : centred) (factors : seq nat)                            (* 3.14 *)
  | ProductLhsModel (c : centred) (factors : seq nat)                              (* 3.15 *)
  | QuantumMixture (c : centred)                                                   (* 3.16 *).

(** The bytes of an ASCII text, computed where it is written *)
Notation ascii s := (ltac:(let t := eval vm_compute in (list_byte_of_string s%string) in exact t)) (only parsing).

(** ** Numbers *)
Fixpoint decimal (fuel : nat) (z : Z) (out : bytes) : bytes :=
  let out' := byte_of (48 + Z.modulo z 10)%ZZ :: out in
  if fuel is n.+1 then (if (z <? 10)%ZZ then out' else decimal n (Z.div z 10) out') else out'.
Definition write_natural (z : Z) : bytes := decimal (Z.to_nat (Z.log2 z)) z [::].
Definition write_integer (z : Z) : bytes := if (z <? 0)%ZZ then x2d :: write_natural (- z)%ZZ else write_natural z.
Definition write_nat (n : nat) : bytes := write_natural (Z.of_nat n).
Definition write_rational (r : rational) : bytes :=
  if (r.2 =? 1)%ZZ then write_integer r.1 else write_integer r.1 ++ x2f :: write_integer r.2.

(** ** Names of elements: settings and outcomes are places (lexicographic, the last Alice fastest) *)
Definition commas (l : seq bytes) : bytes := if l is x :: l' then x ++ flatten [seq x2c :: y | y <- l'] else [::].
Section Labels.
Variable o : seq (seq nat).
Definition settings_text (x : nat) : bytes := commas [seq write_nat (dig (setting_radices o) j x) | j <- iota 0 (size o)].
Definition element_label (x a : nat) : bytes :=
  commas [seq write_nat (dig (outcome_radices o x) j a) | j <- iota 0 (size o)] ++ x7c :: settings_text x.
Definition element_labels : seq (seq bytes) :=
  [seq [seq element_label x a | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card (setting_radices o))].
End Labels.

(** ** Values *)
Definition object (l : seq (bytes * json)) : json := Obj (by_key l).
Definition write_rows (f : Z * Z -> Z) (A : matrix) : json := Arr [seq Arr [seq Str (write_integer (f z)) | z <- row] | row <- A].
Definition is_real (A : matrix) : bool := all (all (fun z => z.2 =? 0)%ZZ) A.
Definition write_matrix (m : fraction_matrix) : json :=
  object ([:: (ascii "den", Str (write_integer m.1)); (ascii "re", write_rows fst m.2)]
          ++ if is_real m.2 then [::] else [:: (ascii "im", write_rows snd m.2)]).
Definition write_family (labels : seq (seq bytes)) (f : family) : json :=
  object (flatten [seq zip p.1 (map write_matrix p.2) | p <- zip labels f]).
Definition write_numbers (l : seq nat) : json := Arr [seq Str (write_nat n) | n <- l].
Definition write_scenario (o : seq (seq nat)) (d : seq nat) : json :=
  object [:: (ascii "dimensions", write_numbers d); (ascii "outcomes", Arr (map write_numbers o))].
Definition write_centred (c : centred) : seq (bytes * json) :=
  [:: (ascii "scenario", write_scenario (outcomes_of c) (dims_of c));
      (ascii "centre", Arr (map (write_family (element_labels (outcomes_of c))) (centre_of c)));
      (ascii "radius", Str (write_rational (radius_of c)))].

Definition label_text (l : label) : bytes :=
  commas [seq if e.1 is Some a then write_nat a else [:: x2a] | e <- l] ++ x7c :: commas [seq write_nat e.2 | e <- l].
Definition write_coefficient (d : seq nat) (m : fraction_matrix) : json :=
  if all (eqn 1) d && is_real m.2 then Str (write_rational ((entry m.2 0 0).1, m.1)) else write_matrix m.
Definition write_bounded (b : bounded) : seq (bytes * json) :=
  let (o, d) := scenario_of_bound b in
  [:: (ascii "scenario", write_scenario o d);
      (ascii "functional", object [seq (label_text x.1, write_coefficient d x.2) | x <- functional_of b]);
      (ascii "radius", Str (write_rational (tolerance_of b))); (ascii "upper", Str (write_rational (upper_of b)))].

(** ** Statements *)
Definition claim_of (st : statement) : bytes :=
  match st with
  | NoParentStates _ => ascii "no parent states"
  | ParentStates _ => ascii "parent states"
  | QuantumRealisation _ => ascii "quantum realisation"
  | NoiseRobustness _ _ _ _ => ascii "noise robustness"
  | SmallestEigenvalue _ _ _ => ascii "smallest eigenvalue"
  | QuantumBound _ => ascii "quantum bound"
  | NoQuantumCorrelations _ => ascii "no quantum correlations"
  | OutsideLevel _ => ascii "outside a level"
  | LhsModel _ => ascii "LHS model"
  | LhsNoiseRobustness _ _ _ _ => ascii "LHS noise robustness"
  | NoLhsModel _ => ascii "no LHS model"
  | NonlocalCorrelations _ => ascii "nonlocal correlations"
  | NoProductLhsModel _ _ => ascii "no product LHS model"
  | ProductLhsModel _ _ => ascii "product LHS model"
  | QuantumMixture _ => ascii "quantum mixture"
  end.
Definition write_bounds (lower upper : rational) : seq (bytes * json) :=
  [:: (ascii "lower", Str (write_rational lower)); (ascii "upper", Str (write_rational upper))].
Definition write_noise (c : centred) (noise : seq family) : bytes * json :=
  (ascii "noise", Arr (map (write_family (element_labels (outcomes_of c))) noise)).
Definition particulars (st : statement) : seq (bytes * json) :=
  match st with
  | NoParentStates c | ParentStates c | QuantumRealisation c | LhsModel c | NoLhsModel c | NonlocalCorrelations c
  | NoQuantumCorrelations c | OutsideLevel c | QuantumMixture c => write_centred c
  | QuantumBound b => write_bounded b
  | NoProductLhsModel c f | ProductLhsModel c f => (ascii "factors", write_numbers f) :: write_centred c
  | NoiseRobustness c noise l u | LhsNoiseRobustness c noise l u => write_noise c noise :: write_centred c ++ write_bounds l u
  | SmallestEigenvalue c l u => write_centred c ++ write_bounds l u
  end.
Definition format_of : bytes := ascii "exactsteer proof 1".
(** The canonical text of a statement (2.5) *)
Definition write (st : statement) : bytes :=
  print (object ([:: (ascii "format", Str format_of); (ascii "claim", Str (claim_of st))] ++ particulars st)).
