(** The bytes of a file, as literals: [given "..."] is the list of the bytes between the quotes ("" stands for one
    quote, as in every string of Coq).  Files are given in pieces, since Coq reads a string by recursion. *)
From Coq Require Import Strings.Byte.

Inductive literal := Literal (bytes : list byte).
Definition given (l : literal) : list byte := let (bytes) := l in bytes.
Declare Scope literal_scope.
Delimit Scope literal_scope with literal.
Bind Scope literal_scope with literal.
String Notation literal Literal given : literal_scope.
Arguments given l%literal.
