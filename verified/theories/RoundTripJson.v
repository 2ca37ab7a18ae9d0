(** Reading what [print] makes gives the value back, where its strings are plain and it is not too deep. *)
From Coq Require Import ZArith Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Verified Require Import Json Statement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** Printable ASCII but the quote and the backslash *)
Definition plain_byte (c : byte) : bool := [&& between 32 126 (code c), ~~ Byte.eqb c x22 & ~~ Byte.eqb c x5c].
Definition plain_string (s : bytes) : bool := all plain_byte s.
Lemma plain_cat s t : plain_string (s ++ t) = plain_string s && plain_string t. Proof. exact: all_cat. Qed.
Lemma plain_cons c s : plain_string (c :: s) = plain_byte c && plain_string s. Proof. by []. Qed.
(** Plain strings in at most so many objects and lists *)
Fixpoint plain (depth : nat) (j : json) {struct j} : bool :=
  match j with
  | Str s => plain_string s
  | Arr l => if depth is d.+1 then all (plain d) l else false
  | Obj l => if depth is d.+1 then all (fun kv => plain_string kv.1 && plain d kv.2) l else false
  end.

Fixpoint holds (T : Type) (P : T -> Prop) (l : seq T) : Prop := if l is x :: l' then P x /\ holds P l' else True.
Section Nested.
Variable P : json -> Prop.
Hypotheses (hS : forall s, P (Str s)) (hA : forall l, holds P l -> P (Arr l)) (hO : forall l, holds (fun kv => P kv.2) l -> P (Obj l)).
Fixpoint json_nested (j : json) : P j :=
  match j with
  | Str s => hS s
  | Arr l => hA ((fix go l := if l is x :: l' return holds P l then conj (json_nested x) (go l') else I) l)
  | Obj l => hO ((fix go l := if l is x :: l' return holds (fun kv => P kv.2) l then conj (json_nested x.2) (go l') else I) l)
  end.
End Nested.

(** ** The text, from left to right *)
Definition quoted (s : bytes) : bytes := x22 :: s ++ [:: x22].
Fixpoint text (j : json) : bytes :=
  match j with
  | Str s => quoted s
  | Arr l => x5b :: commas (map text l) ++ [:: x5d]
  | Obj l => x7b :: commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- l] ++ [:: x7d]
  end.
Lemma commas_end x l : commas (x :: l) ++ [:: x2c] = flatten [seq y ++ [:: x2c] | y <- x :: l].
Proof.
elim: l x => [|y l IH] x; first by rewrite /= !cats0.
by have := IH y; rewrite /= -!catA /= -!catA => ->.
Qed.
Lemma listed (T : Type) (put : bytes -> T -> bytes) (f : T -> bytes) l out :
  holds (fun x => forall out, put out x = catrev (f x) out) l ->
  foldl (fun out x => x2c :: put out x) out l = catrev (flatten [seq f x ++ [:: x2c] | x <- l]) out.
Proof.
elim: l out => //= x l IH out [hx /IH->]; by rewrite hx !catrevE !rev_cat -!catA.
Qed.
Lemma enclosed (T : Type) (put : bytes -> T -> bytes) (f : T -> bytes) a b l out :
  holds (fun x => forall out, put out x = catrev (f x) out) l ->
  b :: (if l is [::] then a :: out else behead (foldl (fun out x => x2c :: put out x) (a :: out) l))
  = catrev (a :: commas (map f l) ++ [:: b]) out.
Proof.
case: l => [|x l] // h; rewrite (listed _ h).
have := commas_end (f x) (map f l); rewrite -[_ :: map f l]/(map f (x :: l)) -map_comp => <-.
by rewrite !catrevE rev_cons !rev_cat -![rev [:: _]]/[:: _] -cats1 -!catA.
Qed.
Lemma emit_text j out : emit j out = catrev (text j) out.
Proof.
elim/json_nested: j out => [s|l h|l h] out.
- by rewrite /= !catrevE rev_cat -catA.
- exact: (enclosed (put := fun out v => emit v out)).
apply: (enclosed (put := fun out kv => emit kv.2 (x3a :: x22 :: catrev kv.1 (x22 :: out)))).
elim: l h => //= kv l IH [h /IH]; split=> // o.
by rewrite h -[RHS]/(catrev (quoted kv.1 ++ x3a :: text kv.2) o) !catrevE /quoted rev_cat !rev_cons rev_cat -!cats1 -!catA.
Qed.
Lemma print_text j : print j = text j. Proof. by rewrite /print emit_text catrevE cats0 revK. Qed.

(** ** Reading it *)
Lemma plain_byteP c : plain_byte c -> [/\ Byte.eqb c x22 = false, Byte.eqb c x5c = false & (code c <? 32)%ZZ = false].
Proof. by case/and3P=> /andP[/Z.leb_le/Z.ltb_ge-> _] /negbTE-> /negbTE->. Qed.
Lemma string_step c t acc : plain_byte c -> string (c :: t) acc = string t (c :: acc).
Proof. by case/plain_byteP=> q b l; rewrite {1}/string -/string q b l. Qed.
Lemma string_plain s acc rest : plain_string s -> string (s ++ x22 :: rest) acc = Some (rev acc ++ s, rest).
Proof.
elim: s acc => [|c s IH] acc; first by rewrite cats0.
by case/andP=> pc /IH h; rewrite cat_cons (string_step _ _ pc) h rev_cons cat_rcons.
Qed.
Lemma text_head j : exists c s, text j = c :: s /\ (c = x22 \/ c = x5b \/ c = x7b).
Proof. by case: j => [s|l|l] /=; do 2 eexists; split=> //; auto. Qed.
Lemma skip_text j rest : skip (text j ++ rest) = text j ++ rest.
Proof. by have [c [s [-> [->|[->|->]]]]] := text_head j. Qed.

Definition reads (j : json) : Prop := forall fuel depth rest,
  plain depth j -> size (text j) <= fuel -> json_at fuel depth (text j ++ rest) = Some (j, rest).
Lemma items_text l fuel depth rest acc : holds reads l -> all (plain depth) l -> ~~ nilp l ->
  size (commas (map text l)) < fuel ->
  items fuel depth (commas (map text l) ++ x5d :: rest) acc = Some (Arr (rev acc ++ l), rest).
Proof.
elim: l fuel acc => //= v l IH [|fuel] // acc [hv hl] /andP[pv pl] _; rewrite ltnS size_cat /= => hs.
rewrite -catA hv //; last by apply: leq_trans hs; rewrite leq_addr.
case: l hl pl IH hs => [_ _ _ _|w l hl pl IH hs]; first by rewrite /= rev_cons -cats1.
rewrite /= -[_ ++ flatten _]/(commas (map text (w :: l))) IH ?rev_cons ?cat_rcons //.
by apply: leq_trans hs; rewrite /= size_cat addnS ltnS leq_addl.
Qed.
Lemma members_text l fuel depth rest acc :
  holds (fun kv => reads kv.2) l -> all (fun kv => plain_string kv.1 && plain depth kv.2) l -> ~~ nilp l ->
  size (commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- l]) < fuel ->
  members fuel depth (commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- l] ++ x7d :: rest) acc = Some (Obj (rev acc ++ l), rest).
Proof.
elim: l fuel acc => //= -[k v] l IH [|fuel] // acc [/= hv hl] /andP[/andP[/= pk pv] pl] _; rewrite ltnS /= => hs.
rewrite -!catA string_plain //=.
rewrite hv //; last first.
  by apply: leq_trans hs; rewrite !size_cat /= -addnA addSn; apply: leqW; rewrite -addnS addnC -!addnA leq_addr.
case: l hl pl IH hs => [_ _ _ _|w l hl pl IH hs]; first by rewrite /= rev_cons -cats1.
rewrite /= -[_ :: _ ++ _]/(commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- w :: l] ++ x7d :: rest).
rewrite IH ?rev_cons ?cat_rcons //.
by apply: leq_ltn_trans hs; rewrite size_cat; apply: leq_trans (leqnSn _) (leq_addl _ _).
Qed.
Lemma json_list fuel depth t c s : skip t = c :: s -> Byte.eqb c x5d = false ->
  json_at fuel.+1 depth.+1 (x5b :: t) = items fuel depth t [::].
Proof. by move=> /= -> ->. Qed.
Lemma json_object fuel depth t c s : skip t = c :: s -> Byte.eqb c x7d = false ->
  json_at fuel.+1 depth.+1 (x7b :: t) = members fuel depth t [::].
Proof. by move=> /= -> ->. Qed.
Lemma json_text j : reads j.
Proof.
elim/json_nested: j => [s|l h|l h] [|fuel] depth rest //.
- by move=> p _; rewrite /= -catA string_plain.
- case: depth => // depth; case: l h => [|v l] h p // hs.
  have [c [s [e hc]]] := text_head v.
  rewrite -[text _]/(x5b :: commas (map text (v :: l)) ++ [:: x5d]) cat_cons -catA.
  rewrite (@json_list _ _ _ c (s ++ flatten [seq x2c :: y | y <- map text l] ++ x5d :: rest)); first last.
  - by case: hc => [->|[->|->]].
  - by rewrite /= e -catA; case: hc => [->|[->|->]].
  rewrite items_text //; move: hs; rewrite -[text _]/(x5b :: commas (map text (v :: l)) ++ [:: x5d]) [size _]/= ltnS size_cat addn1.
  exact.
case: depth => // depth; case: l h => [|v l] h p // hs.
rewrite -[text _]/(x7b :: commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- v :: l] ++ [:: x7d]) cat_cons -catA.
rewrite (@json_object _ _ _ x22 (behead (commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- v :: l] ++ x7d :: rest))) //.
rewrite members_text //; move: hs.
rewrite -[text _]/(x7b :: commas [seq quoted kv.1 ++ x3a :: text kv.2 | kv <- v :: l] ++ [:: x7d]) [size _]/= ltnS size_cat addn1.
exact.
Qed.

(** ** UTF-8 *)
Definition ascii_byte (c : byte) : bool := (code c <? 128)%ZZ.
Lemma ascii_utf8 s : all ascii_byte s -> utf8 s.
Proof. by elim: s => //= c s IH /andP[hc /IH h]; rewrite [(_ <? _)%ZZ]hc. Qed.
Lemma ascii_plain s : plain_string s -> all ascii_byte s.
Proof.
apply: sub_all => c /and3P[/andP[_ /Z.leb_le h] _ _]; apply/Z.ltb_lt; exact: Z.le_lt_trans h _.
Qed.
Lemma ascii_commas l : all (all ascii_byte) l -> all ascii_byte (commas l).
Proof.
case: l => //= x l /andP[hx hl]; rewrite all_cat hx /=.
by elim: l hl => //= y l IH /andP[hy /IH h]; rewrite all_cat hy.
Qed.
Lemma ascii_text depth j : plain depth j -> all ascii_byte (text j).
Proof.
have quotedP s : plain_string s -> all ascii_byte (quoted s) by move/ascii_plain=> h; rewrite /quoted /= all_cat h.
elim/json_nested: j depth => [s|l h|l h] depth /=; first exact: quotedP.
- case: depth => // depth hl; rewrite all_cat /= andbT ascii_commas //.
  by elim: l h hl => //= v l IH [hv hl] /andP[/hv-> /IH->].
case: depth => // depth hl; rewrite all_cat /= andbT ascii_commas //.
elim: l h hl => //= v l IH [hv hl] /andP[/andP[/quotedP/= hk /hv pv] /IH->] //.
by rewrite all_cat hk /= pv.
Qed.

(** The reader of JSON reads what the printer prints; so the printer gives no two values one text. *)
Theorem parse_print j : plain 12 j -> parse (print j) = Some j.
Proof.
move=> p; rewrite print_text /parse (ascii_utf8 (ascii_text p)) countE.
by rewrite -[text j]cats0 json_text // cats0.
Qed.
Theorem print_injective j j' : plain 12 j -> plain 12 j' -> print j = print j' -> j = j'.
Proof. by move=> p p' e; apply: Some_inj; rewrite -(parse_print p) e parse_print. Qed.
