(** SHA-256 (FIPS 180-4) of a list of bytes, in lower-case hexadecimal: the name of a theorem.
    A definition: nothing is proved about it but that it gives the standard's values on the standard's examples. *)
From Coq Require Import ZArith Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Verified Require Import Json.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Local Open Scope Z_scope.

Definition mask : Z := 4294967295.
Definition word (z : Z) : Z := Z.land z mask.
(** Rotation to the right by k places: the word twice, side by side, shifted. *)
Definition twice : Z := 4294967297.
Definition turn (k z : Z) : Z := word (Z.shiftr (z * twice) k).
Definition xor3 (a b c : Z) : Z := Z.lxor a (Z.lxor b c).
Definition constants : seq Z := [:: 1116352408; 1899447441; 3049323471; 3921009573; 961987163; 1508970993; 2453635748; 2870763221;
  3624381080; 310598401; 607225278; 1426881987; 1925078388; 2162078206; 2614888103; 3248222580;
  3835390401; 4022224774; 264347078; 604807628; 770255983; 1249150122; 1555081692; 1996064986;
  2554220882; 2821834349; 2952996808; 3210313671; 3336571891; 3584528711; 113926993; 338241895;
  666307205; 773529912; 1294757372; 1396182291; 1695183700; 1986661051; 2177026350; 2456956037;
  2730485921; 2820302411; 3259730800; 3345764771; 3516065817; 3600352804; 4094571909; 275423344;
  430227734; 506948616; 659060556; 883997877; 958139571; 1322822218; 1537002063; 1747873779;
  1955562222; 2024104815; 2227730452; 2361852424; 2428436474; 2756734187; 3204031479; 3329325298].
Definition start : seq Z := [:: 1779033703; 3144134277; 1013904242; 2773480762; 1359893119; 2600822924; 528734635; 1541459225].

(** Numbers of places, named so that they are made once *)
Definition by2 : Z := 2.
Definition by3 : Z := 3.
Definition by6 : Z := 6.
Definition by7 : Z := 7.
Definition by10 : Z := 10.
Definition by11 : Z := 11.
Definition by13 : Z := 13.
Definition by17 : Z := 17.
Definition by18 : Z := 18.
Definition by19 : Z := 19.
Definition by22 : Z := 22.
Definition by25 : Z := 25.

(** One round on the working variables, with k its constant and w its word of the schedule *)
Definition round (v : seq Z) (k w : Z) : seq Z :=
  match v with
  | [:: a; b; c; d; e; f; g; h] =>
      let t1 := h + xor3 (turn by6 e) (turn by11 e) (turn by25 e) + Z.lxor (Z.land e f) (Z.land (mask - e) g) + k + w in
      let t2 := xor3 (turn by2 a) (turn by13 a) (turn by22 a) + xor3 (Z.land a b) (Z.land a c) (Z.land b c) in
      [:: word (t1 + t2); a; b; c; word (d + t1); e; f; g]
  | _ => v
  end.
(** The next sixteen words of the schedule become one older. *)
Definition slide (w : seq Z) : seq Z :=
  let s x := nth 0 w x in
  rcons (behead w) (word (s 0%nat + xor3 (turn by7 (s 1%nat)) (turn by18 (s 1%nat)) (Z.shiftr (s 1%nat) by3) + s 9%nat
                          + xor3 (turn by17 (s 14%nat)) (turn by19 (s 14%nat)) (Z.shiftr (s 14%nat) by10))).
Fixpoint rounds (ks v w : seq Z) : seq Z := if ks is k :: ks' then rounds ks' (round v k (head 0 w)) (slide w) else v.
Definition compress (h w : seq Z) : seq Z := [seq word (p.1 + p.2) | p <- zip h (rounds constants h w)].

Definition byte_size : Z := 256.
Fixpoint absorb (s : bytes) (left : nat) (w h : seq Z) : seq Z :=
  if s is a :: b :: c :: d :: s' then
    let w' := (((code a * byte_size + code b) * byte_size + code c) * byte_size + code d) :: w in
    if left is left'.+1 then absorb s' left' w' h else absorb s' 15 [::] (compress h (rev w'))
  else h.
Fixpoint big_endian (n : nat) (z : Z) (out : bytes) : bytes :=
  if n is n'.+1 then big_endian n' (Z.shiftr z 8) (byte_of (Z.land z 255) :: out) else out.
Definition padded (s : bytes) : bytes :=
  let n := Z.of_nat (count s) in
  catrev (rev s) (x80 :: ncons (Z.to_nat (Z.modulo (55 - n) 64)) x00 (big_endian 8 (8 * n) [::])).
Definition hex_digit (z : Z) : byte := byte_of (if z <? 10 then 48 + z else 87 + z).
Definition hex_word (z : Z) : bytes :=
  foldr (fun b out => hex_digit (Z.shiftr (code b) 4) :: hex_digit (Z.land (code b) 15) :: out) [::] (big_endian 4 z [::]).
Definition sha256 (s : bytes) : bytes := flatten (map hex_word (absorb (padded s) 15 [::] start)).

(** The standard's examples: "abc", the empty text, and one of two blocks. *)
From Coq Require Import Strings.String.
Local Close Scope Z_scope.
Definition text_of (s : String.string) : bytes := String.list_byte_of_string s.
Example sha256_abc : sha256 (text_of "abc")
  = text_of "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".
Proof. by vm_compute. Qed.
Example sha256_empty : sha256 [::] = text_of "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".
Proof. by vm_compute. Qed.
Example sha256_two_blocks : sha256 (text_of "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
  = text_of "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1".
Proof. by vm_compute. Qed.
