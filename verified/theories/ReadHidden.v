(** Reading the evidence of 3.10 *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read LhsModel.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** "0,1;1,0,0": the outcomes of each Alice by setting, in plain decimal numbers *)
Definition outcome_text (r : nat) (s : bytes) : option nat :=
  obind (fun z => if (z <? Z.of_nat r)%ZZ then Some (Z.to_nat z) else None) (natural s).
Definition own_choices (r : seq nat) (s : bytes) : option (seq nat) :=
  let ps := parts x2c s in if size ps == size r then each (fun p => outcome_text p.1 p.2) (zip r ps) [::] else None.
Definition choices_at (o : seq (seq nat)) (s : bytes) : option choices :=
  let ps := parts x3b s in if size ps == size o then each (fun p => own_choices p.1 p.2) (zip o ps) [::] else None.

Definition keys_of (j : json) : option (seq bytes) := if j is Obj l then Some (map fst l) else None.
Definition hidden_at (c : centred) (j : json) : option hidden :=
  let o := outcomes_of c in let d := dims_of c in
  if fields [:: ascii "states"; ascii "bases"] j is Some [:: Arr (s0 :: ss); jb] then
    if keys_of s0 is Some ks then
      let m := count ks in
      if [&& 0 < m, size (s0 :: ss) == size d & (Z.of_nat m * product (map (fun r => Z.of_nat (size r)) o) <=? 4194304)%ZZ] then
        if (each (choices_at o) ks [::], each (fun p => family_at p.1 p.1 [:: ks] p.2) (zip d (s0 :: ss)) [::],
            list_of (fun b => obind (choices_at o) (str b)) jb) is (Some l, Some f, Some b)
        then (if (Z.of_nat (count b) <=? 4096)%ZZ then Some (Hidden l f b) else None) else None
      else None
    else None
  else None.
