(** JSON as proof files use it: objects, lists and strings, read strictly from bytes and written canonically.
    Nothing here is trusted but [print], which says what the text of a statement is. *)
From Coq Require Import ZArith Strings.Byte.
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Definition bytes := seq byte.
Inductive json := Str (s : bytes) | Arr (l : seq json) | Obj (l : seq (bytes * json)).

Definition code (c : byte) : Z := Z.of_N (Byte.to_N c).
Definition count (T : Type) (s : seq T) : nat := foldl (fun n _ => n.+1) 0 s. (* [size], in constant space *)
Lemma countE (T : Type) (s : seq T) : count s = size s.
Proof.
rewrite /count; have h n : foldl (fun n (_ : T) => n.+1) n s = n + size s; last by rewrite h.
by elim: s n => [|x s IH] n /=; rewrite ?addn0 // IH addSnnS.
Qed.
Definition between (a b z : Z) : bool := (a <=? z)%ZZ && (z <=? b)%ZZ.

(** ** Text of a value: no white space.  [emit] puts it, reversed, in front of what was written before. *)
Fixpoint emit (j : json) (out : bytes) : bytes :=
  match j with
  | Str s => x22 :: catrev s (x22 :: out)
  | Arr l => x5d :: (if l is [::] then x5b :: out
                     else behead (foldl (fun out v => x2c :: emit v out) (x5b :: out) l))
  | Obj l => x7d :: (if l is [::] then x7b :: out
                     else behead (foldl (fun out kv =>
                       x2c :: emit kv.2 (x3a :: x22 :: catrev kv.1 (x22 :: out))) (x7b :: out) l))
  end.
Definition print (j : json) : bytes := rev (emit j [::]).

(** ** UTF-8 (RFC 3629) *)
Definition follows (c : byte) : bool := between 128 191 (code c).
Fixpoint utf8 (s : bytes) : bool :=
  if s is c :: s1 then
    let n := code c in
    if (n <? 128)%ZZ then utf8 s1
    else if s1 is c1 :: s2 then
      if between 194 223 n && follows c1 then utf8 s2
      else if s2 is c2 :: s3 then
        let n1 := code c1 in
        if [&& between 224 239 n, follows c1, follows c2, ~~ (n =? 224) || (160 <=? n1) & ~~ (n =? 237) || (n1 <? 160)]%ZZ
        then utf8 s3
        else if s3 is c3 :: s4 then
          if [&& between 240 244 n, follows c1, follows c2, follows c3,
                 ~~ (n =? 240) || (144 <=? n1) & ~~ (n =? 244) || (n1 <? 144)]%ZZ
          then utf8 s4 else false
        else false
      else false
    else false
  else true.
(** The number of code points of a text that is UTF-8. *)
Definition code_points (s : bytes) : Z := foldl (fun n c => if follows c then n else (n + 1)%ZZ) 0%ZZ s.

(** ** Reading *)
Definition blank (c : byte) : bool := [|| Byte.eqb c x20, Byte.eqb c x0a, Byte.eqb c x0d | Byte.eqb c x09].
Fixpoint skip (s : bytes) : bytes := if s is c :: s' then (if blank c then skip s' else s) else s.

Definition hex (c : byte) : option Z :=
  let n := code c in
  if between 48 57 n then Some (n - 48)%ZZ
  else if between 97 102 n then Some (n - 87)%ZZ
  else if between 65 70 n then Some (n - 55)%ZZ else None.
Definition hex4 (a b c d : byte) : option Z :=
  match hex a, hex b, hex c, hex d with
  | Some a, Some b, Some c, Some d => Some (((a * 16 + b) * 16 + c) * 16 + d)%ZZ
  | _, _, _, _ => None
  end.
Definition byte_of (n : Z) : byte := if Byte.of_N (Z.to_N n) is Some c then c else x00.
(** The bytes of a code point, reversed. *)
Definition point (n : Z) : bytes :=
  let low k := byte_of (128 + Z.modulo (Z.div n k) 64)%ZZ in
  if (n <? 128)%ZZ then [:: byte_of n]
  else if (n <? 2048)%ZZ then [:: low 1; byte_of (192 + n / 64)]%ZZ
  else if (n <? 65536)%ZZ then [:: low 1; low 64; byte_of (224 + n / 4096)]%ZZ
  else [:: low 1; low 64; low 4096; byte_of (240 + n / 262144)]%ZZ.
Definition short_escape (c : byte) : option byte :=
  if Byte.eqb c x22 then Some x22 else if Byte.eqb c x5c then Some x5c else if Byte.eqb c x2f then Some x2f
  else if Byte.eqb c x62 then Some x08 else if Byte.eqb c x66 then Some x0c else if Byte.eqb c x6e then Some x0a
  else if Byte.eqb c x72 then Some x0d else if Byte.eqb c x74 then Some x09 else None.

(** The string after its opening quote, decoded.  Half a surrogate pair is refused. *)
Fixpoint string (s acc : bytes) : option (bytes * bytes) :=
  if s is c :: s1 then
    if Byte.eqb c x22 then Some (rev acc, s1)
    else if Byte.eqb c x5c then
      if s1 is e :: s2 then
        if short_escape e is Some d then string s2 (d :: acc)
        else if Byte.eqb e x75 then
          if s2 is a1 :: a2 :: a3 :: a4 :: s3 then
            if hex4 a1 a2 a3 a4 is Some n then
              if between 55296 56319 n then
                if s3 is b :: u :: b1 :: b2 :: b3 :: b4 :: s4 then
                  if hex4 b1 b2 b3 b4 is Some m then
                    if [&& Byte.eqb b x5c, Byte.eqb u x75 & between 56320 57343 m]
                    then string s4 (point (65536 + (n - 55296) * 1024 + (m - 56320))%ZZ ++ acc) else None
                  else None
                else None
              else if between 56320 57343 n then None
              else string s3 (point n ++ acc)
            else None
          else None
        else None
      else None
    else if (code c <? 32)%ZZ then None
    else string s1 (c :: acc)
  else None.

(** [fuel] only makes the recursion structural; [depth] is how many objects and lists may still be opened. *)
Fixpoint json_at (fuel depth : nat) (s : bytes) : option (json * bytes) :=
  if fuel is fuel'.+1 then
    if skip s is c :: s1 then
      if Byte.eqb c x22 then (if string s1 [::] is Some (t, s2) then Some (Str t, s2) else None)
      else if depth is depth'.+1 then
        if Byte.eqb c x5b then
          if skip s1 is c2 :: s2 then (if Byte.eqb c2 x5d then Some (Arr [::], s2) else items fuel' depth' s1 [::]) else None
        else if Byte.eqb c x7b then
          if skip s1 is c2 :: s2 then (if Byte.eqb c2 x7d then Some (Obj [::], s2) else members fuel' depth' s1 [::]) else None
        else None
      else None
    else None
  else None
with items (fuel depth : nat) (s : bytes) (acc : seq json) : option (json * bytes) :=
  if fuel is fuel'.+1 then
    if json_at fuel' depth s is Some (v, s1) then
      if skip s1 is c :: s2 then
        if Byte.eqb c x2c then items fuel' depth s2 (v :: acc)
        else if Byte.eqb c x5d then Some (Arr (rev (v :: acc)), s2) else None
      else None
    else None
  else None
with members (fuel depth : nat) (s : bytes) (acc : seq (bytes * json)) : option (json * bytes) :=
  if fuel is fuel'.+1 then
    if skip s is c :: s1 then
      if Byte.eqb c x22 then
        if string s1 [::] is Some (k, s2) then
          if skip s2 is c3 :: s3 then
            if Byte.eqb c3 x3a then
              if json_at fuel' depth s3 is Some (v, s4) then
                if skip s4 is c5 :: s5 then
                  if Byte.eqb c5 x2c then members fuel' depth s5 ((k, v) :: acc)
                  else if Byte.eqb c5 x7d then Some (Obj (rev ((k, v) :: acc)), s5) else None
                else None
              else None
            else None
          else None
        else None
      else None
    else None
  else None.
Definition parse (s : bytes) : option json :=
  if utf8 s then
    if json_at (count s).+1 12 s is Some (v, s') then (if skip s' is [::] then Some v else None) else None
  else None.

(** ** Keys in order of their bytes, that is, of their code points *)
Fixpoint before (s t : bytes) : bool :=
  match s, t with
  | [::], _ => true
  | _, [::] => false
  | a :: s', b :: t' => if Byte.eqb a b then before s' t' else (code a <? code b)%ZZ
  end.
Fixpoint same (s t : bytes) : bool :=
  match s, t with [::], [::] => true | a :: s', b :: t' => Byte.eqb a b && same s' t' | _, _ => false end.

Section Sort.
Variables (T : Type) (le : T -> T -> bool).
Fixpoint merge_onto (fuel : nat) (s t acc : seq T) : seq T :=
  match fuel, s, t with
  | n.+1, x :: s', y :: t' => if le x y then merge_onto n s' t (x :: acc) else merge_onto n s t' (y :: acc)
  | _, [::], _ => catrev t acc
  | _, _, _ => catrev s acc
  end.
Fixpoint merge_pairs (runs acc : seq (seq T)) : seq (seq T) :=
  match runs with
  | s :: t :: runs' => merge_pairs runs' (rev (merge_onto (count s + count t) s t [::]) :: acc)
  | _ => catrev runs acc
  end.
Fixpoint merge_all (fuel : nat) (runs : seq (seq T)) : seq T :=
  match fuel, runs with
  | n.+1, _ :: _ :: _ => merge_all n (rev (merge_pairs runs [::]))
  | _, _ => head [::] runs
  end.
Definition sorted_by (s : seq T) : seq T := merge_all 64 (rev (foldl (fun r x => [:: x] :: r) [::] s)).
End Sort.
Definition by_key (T : Type) (s : seq (bytes * T)) : seq (bytes * T) := sorted_by (fun x y => before x.1 y.1) s.
Fixpoint distinct (T : Type) (s : seq (bytes * T)) : bool :=
  if s is x :: s' then (if s' is y :: _ then ~~ same x.1 y.1 && distinct s' else true) else true.

(** The values of an object with exactly the keys [ks], all different, in their order. *)
Fixpoint lined_up (e : seq (bytes * nat)) (s : seq (bytes * json)) (acc : seq (nat * json)) : option (seq (nat * json)) :=
  match e, s with
  | k :: e', m :: s' => if same k.1 m.1 then lined_up e' s' ((k.2, m.2) :: acc) else None
  | [::], [::] => Some acc
  | _, _ => None
  end.
Definition numbered (T : Type) (s : seq T) : seq (T * nat) := (foldl (fun r x => ((x, r.2) :: r.1, r.2.+1)) ([::], 0) s).1.
Definition fields (ks : seq bytes) (j : json) : option (seq json) :=
  if j is Obj l then
    let s := by_key l in
    if distinct s then
      omap (fun v => rev (foldl (fun r x => x.2 :: r) [::] (sorted_by (fun x y => x.1 <= y.1) v)))
           (lined_up (by_key (numbered ks)) s [::])
    else None
  else None.
Fixpoint each (T U : Type) (f : T -> option U) (s : seq T) (acc : seq U) : option (seq U) :=
  if s is x :: s' then (if f x is Some y then each f s' (y :: acc) else None) else Some (rev acc).
Definition list_of (T : Type) (f : json -> option T) (j : json) : option (seq T) := if j is Arr l then each f l [::] else None.
Definition str (j : json) : option bytes := if j is Str s then Some s else None.
