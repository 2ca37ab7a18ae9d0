(** Reading the statement of 3.7 and the evidence of 3.7 to 3.9: functionals, words and levels, factors.  Nothing here is
    trusted. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read ReadHidden Words Squares QuantumBound.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Words *)
Definition letters (row : seq nat) : part :=
  rev (foldl (fun l x => foldl (fun l a => (x, a) :: l) l (iota 0 (nth 1 row x).-1)) [::] (iota 0 (size row))).
Definition letter_at (o : seq (seq nat)) (s : bytes) : option (nat * letter) :=
  if s is c :: s' then
    if between 65 90 (code c) then
      let j := Z.to_nat (code c - 65)%ZZ in let row := nth [::] o j in
      let (sx, sa) := cut x2e s' [::] in
      if below (size row) sx is Some x then
        let n := nth 1 row x in
        if sa is Some sa then (if 2 < n then omap (fun a => (j, (x, a))) (below n.-1 sa) else None)
        else if eqn n 2 then Some (j, (x, 0)) else None
      else None
    else None
  else None.
(** Parts and letters reversed: the next letter is one of a later Alice, or of another setting of the same one. *)
Fixpoint add_letters (j : nat) (done : word) (now : part) (l : seq (nat * letter)) : option (nat * word) :=
  if l is (i, a) :: l' then
    if i < j then None
    else if eqn i j then
      if now is b :: _ then (if eqn a.1 b.1 then None else add_letters j done (a :: now) l')
      else add_letters j done [:: a] l'
    else add_letters i (iter (i - j).-1 (cons [::]) (rev now :: done)) [:: a] l'
  else Some (j, rev now :: done).
Definition word_at (o : seq (seq nat)) (s : bytes) : option word :=
  let n := size o in
  if same s [:: x31] then Some (nseq n [::])
  else if (Z.of_nat (count s) <=? 1024)%ZZ then
    if each (letter_at o) (parts x20 s) [::] is Some l then
      omap (fun r => rev (iter (n - r.1).-1 (cons [::]) r.2)) (add_letters 0 [::] [::] l)
    else None
  else None.
Definition enough_rows (words : Z) (D : nat) : bool := between 1 2048 (words * Z.of_nat D).
Definition listed_words (o : seq (seq nat)) (D : nat) (l : seq json) : option (seq word) :=
  if enough_rows (Z.of_nat (count l)) D then
    if each str l [::] is Some texts then
      if distinct (by_key (map (fun t => (t, tt)) texts)) then each (word_at o) texts [::] else None
    else None
  else None.

(** ** Levels: shapes are the numbers of letters of each Alice *)
Definition endless (row : seq nat) : bool := 1 < size [seq n <- row | 1 < n].
Definition longest (k : nat) (row : seq nat) : nat := if endless row then k else if has (leq 2) row then minn 1 k else 0.
Definition many : nat := Z.to_nat 2049.
(** At most so many of the shapes, each of which has a word *)
Fixpoint shapes_upto (o : seq (seq nat)) (k : nat) : seq (seq nat) :=
  if o is row :: o' then
    foldl (fun l m => if many <= count l then l else foldl (fun l s => (m :: s) :: l) l (shapes_upto o' (k - m)))
          [::] (iota 0 (longest k row).+1)
  else [:: [::]].
Definition names_shape (o : seq (seq nat)) (s : bytes) : option (seq (seq nat)) :=
  if (Z.of_nat (count s) <=? 64)%ZZ && all (fun c => between 65 (64 + Z.of_nat (size o)) (code c)) s then
    let shape := [seq size [seq c <- s | (code c =? 65 + Z.of_nat j)%ZZ] | j <- iota 0 (size o)] in
    Some (if all (fun t => t.2 <= longest 64 t.1) (zip o shape) then [:: shape] else [::])
  else None.
Definition term_shapes (o : seq (seq nat)) (s : bytes) : option (seq (seq nat)) :=
  if s is c :: _ then
    if between 65 90 (code c) then names_shape o s
    else obind (fun z => if (z <=? 99)%ZZ then Some (shapes_upto o (Z.to_nat z)) else None) (natural s)
  else None.
Fixpoint more_first (s t : seq nat) : bool :=
  match s, t with x :: s', y :: t' => if eqn x y then more_first s' t' else y < x | _, _ => true end.
Definition shape_before (s t : seq nat) : bool :=
  let m := sumn s in let n := sumn t in if eqn m n then more_first s t else m < n.
Fixpoint same_shape (s t : seq nat) : bool :=
  match s, t with [::], [::] => true | x :: s', y :: t' => eqn x y && same_shape s' t' | _, _ => false end.
(** Each once, from a list in order *)
Fixpoint once (T : Type) (eq : T -> T -> bool) (s acc : seq T) : seq T :=
  if s is x :: s' then (if acc is y :: _ then (if eq x y then once eq s' acc else once eq s' (x :: acc)) else once eq s' [:: x])
  else rev acc.
(** Reduced parts of a length; None if there are more than words may be *)
Fixpoint parts_of (row : seq nat) (k : nat) : option (seq part) :=
  if k is k'.+1 then
    if parts_of row k' is Some l then
      let r := foldl (fun r p => if many <= r.2 then r else
                 foldl (fun r a => if (if p is b :: _ then eqn a.1 b.1 else false) then r else ((a :: p) :: r.1, r.2.+1)) r (letters row))
               ([::], 0) l in
      if many <= r.2 then None else Some (rev r.1)
    else None
  else Some [:: [::]].
Definition shape_parts (o : seq (seq nat)) (shape : seq nat) : option (seq (seq part)) :=
  each (fun t => parts_of t.1 t.2) (zip o shape) [::].
Definition shape_words (parts : seq (seq part)) : seq word :=
  foldl (fun l ps => rev (foldl (fun out w => foldl (fun out p => (rev p :: w) :: out) out ps) [::] l)) [:: [::]] parts.
Fixpoint level_words (o : seq (seq nat)) (left : Z) (shapes : seq (seq nat)) (acc : seq word) : option (seq word) :=
  if shapes is s :: shapes' then
    if shape_parts o s is Some parts then
      let n := product (map (fun l => Z.of_nat (count l)) parts) in
      if (n <=? left)%ZZ then level_words o (left - n)%ZZ shapes' (catrev (shape_words parts) acc) else None
    else None
  else Some (rev (map rev acc)).
Definition words_of_level (o : seq (seq nat)) (D : nat) (s : bytes) : option (seq word) :=
  let terms := once same (sorted_by before (parts x2b s)) [::] in
  if each (term_shapes o) terms [::] is Some l then
    let shapes := once same_shape (sorted_by shape_before (foldl (fun r s => catrev s r) [::] l)) [::] in
    obind (fun w => if enough_rows (Z.of_nat (count w)) D then Some w else None) (level_words o 2048 shapes [::])
  else None.
Definition words_at (o : seq (seq nat)) (D : nat) (j : json) : option (seq word) :=
  match j with Str s => words_of_level o D s | Arr l => listed_words o D l | Obj _ => None end.

(** ** Factors *)
Definition ragged (n : nat) (j : json) : option (seq (seq Z)) :=
  obind (fun A => if (count A == n) && all (fun r => count r <= n) A then Some A else None) (list_of (list_of integer_at) j).
Fixpoint by_word (D : nat) (words : seq word) (rows : seq row) (acc : seq (word * seq row)) : seq (word * seq row) :=
  if words is w :: words' then by_word D words' (drop D rows) ((w, take D rows) :: acc) else rev acc.
Definition factored (D : nat) (words : seq word) (den : Z) (re im : seq (seq Z)) : option sum_of_squares :=
  if (0 <? den)%ZZ && (has (fun r => ~~ nilp r) re || has (fun r => ~~ nilp r) im)
  then Some (SumOfSquares den (by_word D words (zip re im) [::])) else None.
Definition squares_at (o : seq (seq nat)) (D : nat) (jw jf : json) : option sum_of_squares :=
  if words_at o D jw is Some words then
    let n := count words * D in
    match fields [:: ascii "den"; ascii "re"] jf with
    | Some [:: jd; jr] =>
        if (integer_at jd, ragged n jr) is (Some d, Some re) then factored D words d re (nseq n [::]) else None
    | _ => if fields [:: ascii "den"; ascii "re"; ascii "im"] jf is Some [:: jd; jr; ji] then
        if (integer_at jd, ragged n jr, ragged n ji) is (Some d, Some re, Some im) then factored D words d re im else None
      else None
    end
  else None.
Definition bound_evidence (b : bounded) (j : json) : option sum_of_squares :=
  if fields [:: ascii "words"; ascii "factor"] j is Some [:: jw; jf]
  then squares_at (scenario_of_bound b).1 (card (scenario_of_bound b).2) jw jf else None.
Definition correlations_evidence (c : centred) (j : json) : option (seq (label * fraction_matrix) * sum_of_squares) :=
  if fields [:: ascii "F"; ascii "words"; ascii "factor"] j is Some [:: jF; jw; jf]
  then pair_of (functional_at (outcomes_of c) 1 jF) (squares_at (outcomes_of c) 1 jw jf) else None.
Definition level_evidence (c : centred) (j : json) : option (seq family * rational * sum_of_squares) :=
  if fields [:: ascii "W"; ascii "constant"; ascii "words"; ascii "factor"] j is Some [:: jW; jc; jw; jf] then
    pair_of (pair_of (centre_at (outcomes_of c) (dims_of c) jW) (rational_at jc))
            (squares_at (outcomes_of c) (card (dims_of c)) jw jf)
  else None.
