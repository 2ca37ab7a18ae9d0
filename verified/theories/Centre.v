(** The rules A1, A2, A3: the matrices of a statement are an assemblage. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Gauss Digits Check Verdicts.
From Verified Require Import Json Statement Meaning Tables Witness Rules.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Section Assemblage.
Variables (o : seq (seq nat)) (d : seq nat) (s : seq family).
Local Notation N := (size d).
Let den : Z := common s 1.
Let t : table := table_of den s.
(** The common denominator and the table over it, computed once *)
Definition over : Z * table := (den, t).

Section Rules.
Variables (D : Z) (T : table).
Definition rule_A1 : bool :=
  [&& nonempty o d, 0 < N, (0 <? D)%ZZ &
      upto N (fun k => events o (fun x a => positive (radix d k) (element T k x a)))].
Definition rule_A2 : bool :=
  upto N (fun k => events o (fun x a => geq (gtrace (radix d k) (element T k x a)) (gtrace (radix d 0) (element T 0 x a))))
  && upto (card (setting_radices o)) (fun x =>
       geq (gsum [seq gtrace (radix d 0) (element T 0 x a) | a <- iota 0 (card (outcome_radices o x))]) (D, Z0)).
Definition rule_A3 : bool :=
  upto N (fun k => upto (radix d k) (fun i => upto (radix d k) (fun j =>
    check_no_signalling o (fun x a => entry (element T k x a) i j)))).
Definition assemblage_rules : seq rule :=
  [:: named (ascii "A1") (fun _ => fits D s && rule_A1); named (ascii "A2") (fun _ => rule_A2); named (ascii "A3") (fun _ => rule_A3)].
End Rules.

Lemma assemblage_checked : hold (assemblage_rules den t) ->
  fits den s /\ exists P, check_assemblage o d den t P.
Proof.
rewrite !hold_cons /= andbT => /and3P[/andP[hf h1] h2 h3]; split=> //.
exists [seq found_all o (radix d k) (element t k) | k <- iota 0 N].
case/and4P: h1 => hne hN hD hpsd; case/andP: h2 => htr hsum.
rewrite /check_assemblage hne hN hD htr hsum /= -[X in _ && X]/(rule_A3 t) h3 andbT.
apply: upto_sub hpsd => k hk /events_found.
by rewrite (nth_map 0) ?size_iota // nth_iota.
Qed.

Lemma assemblage_nonempty : hold (assemblage_rules den t) -> nonempty o d /\ 0 < N.
Proof. by rewrite hold_cons => /andP[/andP[_ /and3P[hne hN _]] _]. Qed.

Theorem assemblage_sound (C : numClosedFieldType) : hold (assemblage_rules den t) ->
  fits den s /\ assemblage (elements_of C (scenario_of o d) s).
Proof.
move=> /assemblage_checked[hf [P hP]]; split=> //.
apply: assemblage_same (literals_assemblage C hP) => k x a i j; exact: data_table.
Qed.
End Assemblage.
