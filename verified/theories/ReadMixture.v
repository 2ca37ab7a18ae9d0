(** Reading the evidence of 3.14, 3.15 and 3.16 *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read Realisation ReadRealisation LhsModel ReadHidden ProductClaims.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** The members of an object with any keys, no key twice *)
Definition entries (j : json) : option (seq (bytes * json)) :=
  if j is Obj l then (let s := by_key l in if distinct s then Some s else None) else None.
Fixpoint increasing (s : seq Z) : bool :=
  if s is x :: s' then (if s' is y :: _ then (if (x <? y)%ZZ then increasing s' else false) else true) else true.
(** "0,2": numbers of factors in increasing order *)
Definition factor_set_at (f : seq nat) (s : bytes) : option (seq bool) :=
  obind (fun l => if increasing l && all (fun z => z <? Z.of_nat (size f))%ZZ l
                  then Some [seq has (Z.eqb (Z.of_nat b)) l | b <- iota 0 (size f)] else None) (each natural (parts x2c s) [::]).
Definition strategy_code (o : seq (seq nat)) (s : choices) : nat := let l := flatten s in enc (flatten o) (nth 0 l).
Definition transposes_at (o : seq (seq nat)) (f : seq nat) (j : json) : option (seq (nat * seq (seq bool * fraction_matrix))) :=
  let D := card f in
  obind (fun l => omap (sorted_by (fun x y => x.1 <= y.1)) (each (fun s : bytes * json =>
    pair_of (omap (strategy_code o) (choices_at o s.1))
      (obind (fun m => each (fun q : bytes * json => pair_of (factor_set_at f q.1) (matrix_at D D q.2)) m [::]) (entries s.2))) l [::]))
    (entries j).
Definition no_product_at (c : centred) (f : seq nat) (j : json) :=
  if fields [:: ascii "F"; ascii "Q"] j is Some [:: jF; jQ]
  then pair_of (centre_at (outcomes_of c) (dims_of c) jF) (transposes_at (outcomes_of c) f jQ) else None.

Definition product_term_at (o : seq (seq nat)) (f : seq nat) (j : json) : option product_term :=
  if fields [:: ascii "strategy"; ascii "states"] j is Some [:: Str s; Arr l] then
    if count l == size f then pair_of (choices_at o s) (each (fun x => matrix_at x.1 x.1 x.2) (zip f l) [::]) else None
  else None.
Definition product_terms_at (c : centred) (f : seq nat) (j : json) : option (seq product_term) :=
  if fields [:: ascii "terms"] j is Some [:: Arr l] then
    let m := Z.of_nat (count l) in let o := outcomes_of c in
    if [&& m <=? 65536 & m * product (map (fun r => Z.of_nat (size r)) o) <=? 4194304]%ZZ
    then each (product_term_at o f) l [::] else None
  else None.

Definition mixture_at (c : centred) (j : json) : option (rational * realisation * hidden) :=
  if fields [:: ascii "weight"; ascii "realisation"; ascii "hidden"] j is Some [:: jt; jr; jh] then
    if rational_at jt is Some t then
      if (0 <? t.1)%ZZ && at_most t (1, 1)%ZZ
      then pair_of (omap (pair t) (realisation_at c jr)) (hidden_at c jh) else None
    else None
  else None.
