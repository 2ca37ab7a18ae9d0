(** The round trip: what [write] makes of a well-formed statement is read as that statement, and every statement that
    is read is well-formed.  So [write] gives no two of them one text, and [verify] never refuses its own printout. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Verified Require Import Json Sha256 Statement Meaning Read Verify RoundTripJson RoundTripStatement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** The text of a well-formed statement is read as that statement. *)
Theorem read_write st : well_formed st -> read (write st) = Some st.
Proof. by move=> h; rewrite /read writeE parse_print ?json_plain //; apply: statement_at_json. Qed.
(** One text, one statement *)
Theorem write_injective st st' : well_formed st -> well_formed st' -> write st = write st' -> st = st'.
Proof. by move=> h h' e; apply: Some_inj; rewrite -(read_write h) e read_write. Qed.

(** [states] without the reader: the text is that of a well-formed statement that holds, and of no other one. *)
Theorem states_write (C : numClosedFieldType) st : well_formed st -> (states C (write st) <-> meaning C st).
Proof.
move=> h; split=> [[st' [e _ hm]]|hm]; last by exists st; rewrite read_write.
by move: e; rewrite read_write // => -[->].
Qed.
Theorem states_written (C : numClosedFieldType) text :
  states C text <-> exists st, [/\ well_formed st, write st = text & meaning C st].
Proof.
split=> [[st [e hw hm]]|[st [h <- hm]]]; last exact/states_write.
by exists st; split=> //; apply: read_well_formed e.
Qed.
(** Who has a well-formed statement whose text is proved needs no reader to know what is proved. *)
Theorem verify_write (C : numClosedFieldType) file st : well_formed st -> verify file = Some (write st) -> meaning C st.
Proof. by move=> h /(verify_sound C)/(states_write C h). Qed.

(** [examine] without reading its own printout: the test there never fails. *)
Definition examine_once (file : bytes) : verdict :=
  if (Z.of_nat (count file) <=? 16777216)%ZZ then
    if parse file is Some j then
      if fields [:: ascii "statement"; ascii "evidence"; ascii "provenance"; ascii "theorem"] j is Some [:: js; je; jp; jt] then
        if claim_at js is Some k then
          if member k readers is Some f then
            if f js is Some st then
              if provenance_ok jp then
                if jt is Str name then
                  if same name (sha256 (write st)) then judge st (write st) je else Rejected (ascii "name")
                else Malformed
              else Malformed
            else Malformed
          else Unknown k
        else Malformed
      else Malformed
    else Malformed
  else Malformed.
Theorem examine_reads file : examine file = examine_once file.
Proof.
rewrite /examine /examine_once; case: (_ <=? _)%ZZ => //; case: (parse file) => // j.
case: (fields _ j) => [[|js [|je [|jp [|jt [|? ?]]]]]|] //.
case: (claim_at js) => // k; case E: (member k readers) => [f|] //; case F: (f js) => [st|] //.
by rewrite read_write ?same_refl //; apply: member_fits E _ _ F.
Qed.

Print Assumptions read_write.
Print Assumptions write_injective.
Print Assumptions states_written.
Print Assumptions verify_write.
Print Assumptions examine_reads.
