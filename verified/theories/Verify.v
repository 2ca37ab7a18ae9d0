(** The checker: from the bytes of a proof file to the text of the statement that it proves. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Check.
From Verified Require Import Json Sha256 Statement Meaning Read Rules Tables ReadRealisation ReadHidden ReadMixture NoParentStates ParentStates Enclosures NoiseRobustness NoLhs Realisation LhsClaims ProductClaims QuantumMixture.
From Verified Require Import QuantumBound Postquantum ReadSquares.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** The rules of a statement with its evidence; None if the evidence is not of the described form *)
Definition hermitian_rule (fs : seq family) : rule :=
  named (ascii "hermitian") (fun _ => all (all (all (fun m : fraction_matrix => hermitian (size m.2) m.2))) fs).
Definition rules_of (st : statement) (evidence : json) : option (seq rule) :=
  match st with
  | NoParentStates c =>
      omap (fun e => hermitian_rule (e.1 ++ e.2) :: no_parent_states_rules c e)
        (multipliers_at (outcomes_of c) (dims_of c) evidence)
  | ParentStates c => omap (parent_states_rules c) (joint_at (outcomes_of c) (dims_of c) evidence)
  | QuantumRealisation c => omap (realisation_rules c) (realisation_at c evidence)
  | NoiseRobustness c n l u =>
      omap (fun e => hermitian_rule (if e.1 is Some m then m.1 ++ m.2 else [::]) :: noise_robustness_rules c n l u e)
        (halves_at l (multipliers_at (outcomes_of c) (dims_of c)) (joint_at (outcomes_of c) (dims_of c)) evidence)
  | SmallestEigenvalue c l u =>
      omap (fun e => hermitian_rule (e.2.1 ++ e.2.2) :: smallest_eigenvalue_rules c l u e.1 e.2)
        (enclosure_at (outcomes_of c) (dims_of c) evidence)
  | QuantumBound b => omap (quantum_bound_rules b) (bound_evidence b evidence)
  | NoQuantumCorrelations c => omap (fun e => correlations_rules c e.1 e.2) (correlations_evidence c evidence)
  | OutsideLevel c => omap (fun e => hermitian_rule e.1.1 :: level_rules c e.1.1 e.1.2 e.2) (level_evidence c evidence)
  | LhsModel c => omap (lhs_model_rules c) (hidden_at c evidence)
  | LhsNoiseRobustness c n l u =>
      omap (fun e => hermitian_rule (if e.1 is Some f then f.1 else [::]) :: lhs_noise_rules c n l u e)
        (halves_at l (inequality_or_grid_at c) (hidden_at c) evidence)
  | NoLhsModel c =>
      omap (fun e => hermitian_rule e.1 :: no_lhs_rules c e) (inequality_or_grid_at c evidence)
  | NonlocalCorrelations c =>
      omap (fun e => hermitian_rule e :: no_lhs_rules c (e, None)) (inequality_at c evidence)
  | NoProductLhsModel c f =>
      omap (fun e => hermitian_rule ([seq [seq q.2 | q <- s.2] | s <- e.2] :: e.1) :: no_product_rules c f e.1 e.2)
        (no_product_at c f evidence)
  | ProductLhsModel c f => omap (product_rules c f) (product_terms_at c f evidence)
  | QuantumMixture c => omap (fun e => quantum_mixture_rules c e.1.1 e.1.2 e.2) (mixture_at c evidence)
  end.
Theorem rules_sound (C : numClosedFieldType) st evidence rules :
  rules_of st evidence = Some rules -> hold rules -> meaning C st.
Proof.
case: st => [c|c|c|c n l u|c l u|b|c|c|c|c|c n l u|c|c f|c f|c]; rewrite /rules_of; case: (_ evidence) => // e [<-].
- by rewrite [hold _]hold_cons => /andP[_]; apply: no_parent_states_sound.
- exact: parent_states_sound.
- exact: realisation_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: noise_robustness_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: smallest_eigenvalue_sound.
- exact: quantum_bound_sound.
- exact: correlations_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: level_sound.
- exact: lhs_model_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: no_lhs_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: lhs_noise_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: no_lhs_sound.
- by rewrite [hold _]hold_cons => /andP[_]; apply: no_product_sound.
- exact: product_sound.
exact: quantum_mixture_sound.
Qed.

(** What the checker says: the statement that is proved, the rule that failed, that the file is not of the form of
    this format, or that its claim has no verified checker. *)
Inductive verdict := Proved (text : bytes) | Rejected (rule : bytes) | Malformed | Unknown (claim : bytes).

Definition judge (st : statement) (text : bytes) (evidence : json) : verdict :=
  if rules_of st evidence is Some rules then
    if first_failed rules is Some r then Rejected r else Proved text
  else Malformed.
(** The statement is written, and what is checked is what is read from that text. *)
Definition examine (file : bytes) : verdict :=
  if (Z.of_nat (count file) <=? 16777216)%ZZ then
    if parse file is Some j then
      if fields [:: ascii "statement"; ascii "evidence"; ascii "provenance"; ascii "theorem"] j is Some [:: js; je; jp; jt] then
        if claim_at js is Some k then
          if member k readers is Some f then
            if f js is Some st then
              let text := write st in
              if read text is Some st' then
                if same (write st') text && provenance_ok jp then
                  if jt is Str name then
                    if same name (sha256 text) then judge st' text je else Rejected (ascii "name")
                  else Malformed
                else Malformed
              else Malformed
            else Malformed
          else Unknown k
        else Malformed
      else Malformed
    else Malformed
  else Malformed.
Definition verify (file : bytes) : option bytes := if examine file is Proved text then Some text else None.

(** What a text states: it is the text of the one statement that it is read as (a function of the text), and that
    statement holds. *)
Definition states (C : numClosedFieldType) (text : bytes) : Prop :=
  exists st, [/\ read text = Some st, write st = text & meaning C st].

Lemma sameP s t : same s t -> s = t.
Proof. by elim: s t => [|a s IH] [|b t] //= /andP[/Byte.byte_dec_bl-> /IH->]. Qed.

Theorem verify_sound (C : numClosedFieldType) file text : verify file = Some text -> states C text.
Proof.
rewrite /verify /examine; case: (_ <=? _)%ZZ => //; case: (parse file) => // j.
case: (fields _ j) => [[|js [|je [|jp [|jt [|? ?]]]]]|] //.
case: (claim_at js) => // k; case: (member k readers) => // f; case: (f js) => // st0.
case hr: (read (write st0)) => [st|] //; case: ifP => // /andP[/sameP hw _].
case: jt => // name; case: (same name _) => //; rewrite /judge.
case hj: (rules_of st je) => [rules|] //; case hf: (first_failed rules) => [r|] // [<-].
by exists st; split=> //; apply: rules_sound hj _; rewrite /hold hf.
Qed.

Print Assumptions verify_sound.
