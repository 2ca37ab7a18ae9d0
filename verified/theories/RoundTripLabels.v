(** The names of elements: no two have the same, and what is written of an element with outcomes left out is read back. *)
From Coq Require Import ZArith Lia Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read RoundTripJson RoundTripNumbers RoundTripKeys.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Lists in one text *)
Lemma pieces_commas n l acc : l != [::] -> all (free_of x2c) l -> size l <= n -> pieces n x2c (commas l) acc = rev acc ++ l.
Proof.
elim: l n acc => // p l IH [|n] // acc _ /andP[hp hl] hs; case: l hl IH hs => [_ _ _|q l hl IH hs].
  by rewrite /= cats0 cut_free // rev_cons cats1.
rewrite [commas _]/= -[_ :: _ ++ _]/(x2c :: commas (q :: l)) [LHS]/= cut_here // [LHS]/= IH // rev_cons cat_rcons //.
Qed.
Lemma size_commas l : size l <= (size (commas l)).+1.
Proof. by case: l => //= p l; rewrite ltnS size_cat; elim: l => //= q l IH; rewrite addnS ltnS size_cat addnCA (leq_trans IH) ?leq_addl. Qed.
Lemma parts_commas l : l != [::] -> all (free_of x2c) l -> parts x2c (commas l) = l.
Proof. by move=> nl h; rewrite /parts countE pieces_commas // size_commas. Qed.
Lemma free_cat x s t : free_of x (s ++ t) = free_of x s && free_of x t. Proof. exact: all_cat. Qed.
Lemma free_commas x l : ~~ Byte.eqb x2c x -> all (free_of x) l -> free_of x (commas l).
Proof.
move=> nx; case: l => //= p l /andP[hp hl]; rewrite free_cat hp /=.
by elim: l hl => //= q l IH /andP[hq /IH h]; rewrite nx free_cat hq.
Qed.
Lemma nat_free x n : ~~ digit x -> free_of x (write_nat n).
Proof. by move=> hx; apply: digits_free hx (write_digits (Nat2Z.is_nonneg n)). Qed.
Lemma write_nat_inj : injective write_nat.
Proof.
move=> m n e; have h k : k <= m + n -> natural_upto (m + n).+1 (write_nat k) = Some (Z.of_nat k).
  move=> hk; apply: natural_write_upto; split; first exact: Nat2Z.is_nonneg.
  have := Z.pow_gt_lin_r 10 (Z.of_nat (m + n).+1); have /leP/Nat2Z.inj_le := leqW hk; lia.
by apply: Nat2Z.inj; apply: Some_inj; rewrite -!h ?leq_addl ?leq_addr // e.
Qed.
Lemma plain_commas l : all plain_string l -> plain_string (commas l).
Proof.
case: l => // p l /andP[hp hl]; rewrite [commas _]/= plain_cat hp andTb.
by elim: l hl => // q l IH /andP[hq /IH h]; rewrite [flatten _]/= plain_cons plain_cat hq.
Qed.

(** ** Elements of a scenario *)
Section Elements.
Variable o : seq (seq nat).
Hypotheses (some : 0 < size o) (rows : all (fun r => 0 < size r) o) (full : all (all (leq 1)) o).
Let texts (r : seq nat) (p : nat) : seq bytes := [seq write_nat (dig r j p) | j <- iota 0 (size o)].
Lemma texts_free r p x : ~~ digit x -> all (free_of x) (texts r p).
Proof. by move=> hx; rewrite all_map; apply/allP => j _; apply: nat_free. Qed.
Lemma texts_some r p : texts r p != [::].
Proof. by rewrite -size_eq0 size_map size_iota -lt0n. Qed.
Lemma texts_inj r p q : size r = size o -> all (leq 1) r -> p < card r -> q < card r ->
  commas (texts r p) = commas (texts r q) -> p = q.
Proof.
move=> sr rpos hp hq e; have := parts_commas (texts_some r p) (texts_free r p (x := x2c) isT).
rewrite e parts_commas ?texts_some ?texts_free // => et.
rewrite -(enc_dig rpos hp) -(enc_dig rpos hq); apply: eq_enc => k; rewrite sr => hk.
have := congr1 (nth [::] ^~ k) et; rewrite !(nth_map 0) ?size_iota // nth_iota // add0n.
by move/write_nat_inj.
Qed.
Lemma settings_pos : all (leq 1) (setting_radices o). Proof. by rewrite all_map. Qed.
Lemma outcomes_pos x : all (leq 1) (outcome_radices o x).
Proof.
rewrite all_map; apply/allP => j; rewrite mem_iota /= => hj; have := all_nthP [::] full j hj.
rewrite /= => /(all_nthP 1) h; set i := dig _ _ _; case: (ltnP i (size (nth [::] o j))) => hi; first exact: h.
by rewrite nth_default.
Qed.
Lemma element_label_inj x a y b : x < card (setting_radices o) -> y < card (setting_radices o) ->
  a < card (outcome_radices o x) -> b < card (outcome_radices o y) ->
  element_label o x a = element_label o y b -> x = y /\ a = b.
Proof.
move=> hx hy ha hb e; have h z c : cut x7c (element_label o z c) [::] = (commas (texts (outcome_radices o z) c), Some (settings_text o z)).
  by rewrite /element_label cut_here // free_commas ?texts_free.
have := h x a; rewrite e h => -[ea es].
have exy : x = y by apply: (texts_inj _ settings_pos hx hy); rewrite ?size_map.
by split=> //; subst y; apply: (texts_inj _ (outcomes_pos x) ha hb); rewrite ?size_map ?size_iota.
Qed.
Lemma element_labels_uniq : uniq (flatten (element_labels o)).
Proof.
rewrite /element_labels; apply: allpairs_uniq_dep => [|x _|[x a] [y b]]; rewrite ?iota_uniq //.
case/allpairsPdep=> x' [a' [+ + ->]] /allpairsPdep[y' [b' [+ + ->]]] /=.
rewrite !mem_iota /= !add0n => hx ha hy hb e.
by have [-> ->] := element_label_inj hx hy ha hb e.
Qed.
Lemma element_labels_plain : all plain_string (flatten (element_labels o)).
Proof.
apply/allP => l /flatten_mapP[x _ /mapP[a _ ->]].
have h r p : plain_string (commas (texts r p)) by apply: plain_commas; rewrite all_map; apply/allP => j _; apply: nat_plain.
by rewrite plain_cat plain_cons !h.
Qed.
End Elements.

(** ** Lists of what is read *)
Lemma eachE (T U : Type) (f : T -> option U) s acc r : map f s = map Some r -> each f s acc = Some (rev acc ++ r).
Proof.
by elim: s acc r => [|x s IH] acc [|y r] //= => [_|[-> /IH->]]; rewrite ?cats0 // rev_cons cat_rcons.
Qed.
Lemma each_some (T U : Type) (f : T -> option U) s r : map f s = map Some r -> each f s [::] = Some r.
Proof. exact: eachE. Qed.
Lemma some_each (T U : Type) (f : T -> option U) s r : each f s [::] = Some r -> map f s = map Some r.
Proof.
suff h acc : each f s acc = Some r -> exists2 t, r = rev acc ++ t & map f s = map Some t by case/h=> t ->.
elim: s acc => [|x s IH] acc /=; first by case=> <-; exists [::]; rewrite ?cats0.
case: (f x) => // y /IH[t -> e]; exists (y :: t); by rewrite ?rev_cons ?cat_rcons //= e.
Qed.

(** ** Elements with outcomes left out *)
Definition small_nat (n : nat) : bool := small (Z.of_nat n).
Lemma below_write n k : k < n -> small_nat k -> below n (write_nat k) = Some k.
Proof.
move=> /ltP/Nat2Z.inj_lt/Z.ltb_lt h hk; rewrite /below natural_write //; last exact: Nat2Z.is_nonneg.
by rewrite [obind _ _]/= h Nat2Z.id.
Qed.
Lemma below_read n s k : below n s = Some k -> [/\ write_nat k = s, k < n & small_nat k].
Proof.
rewrite /below; case E: (natural s) => [z|] //=; have [w z0 hz] := natural_written E.
case: Z.ltb_spec => // h [<-]; rewrite /write_nat /small_nat Z2Nat.id //; split=> //.
by apply/ltP/Nat2Z.inj_lt; rewrite Z2Nat.id.
Qed.
Definition event_text (a : option nat) : bytes := if a is Some a then write_nat a else [:: x2a].
Definition event_fits (row : seq nat) (e : option nat * nat) : bool :=
  [&& e.2 < size row, small_nat e.2 & if e.1 is Some a then (a < nth 1 row e.2) && small_nat a else true].
Lemma event_write row e : event_fits row e -> event_at row (event_text e.1) (write_nat e.2) = Some e.
Proof.
case: e => -[a|] x /and3P[/= hx sx]; rewrite /event_at below_write //=.
case/andP=> ha sa; rewrite below_write //= (_ : same _ _ = false) //.
apply/negbTE; rewrite sameE; apply/eqP => e; have := write_digits (Nat2Z.is_nonneg a).
by rewrite -[write_natural _]/(write_nat a) e.
Qed.
Lemma event_read row a x e : event_at row a x = Some e -> [/\ event_text e.1 = a, write_nat e.2 = x & event_fits row e].
Proof.
rewrite /event_at; case E: (below _ x) => [y|] //=; have [w hy sy] := below_read E.
rewrite sameE; case: eqP => [-> [<-]|_]; first by split=> //; apply/and3P.
case F: (below _ a) => [b|] //= [<-]; have [v hb sb] := below_read F.
by split=> //; apply/and3P; split=> //; apply/andP.
Qed.

Definition label_fits (o : seq (seq nat)) (l : label) : bool :=
  [&& 0 < size o, size l == size o & all (fun p => event_fits p.1 p.2) (zip o l)].
Lemma event_free e x : ~~ digit x -> ~~ Byte.eqb x2a x -> free_of x (event_text e).
Proof. by move=> hx nx; case: e => [a|] /=; rewrite ?nat_free ?nx. Qed.
Lemma label_write o l : label_fits o l -> label_at o (label_text l) = Some l.
Proof.
case/and3P=> some /eqP sl hl; rewrite /label_at /label_text.
have hf x : ~~ digit x -> ~~ Byte.eqb x2a x -> all (free_of x) [seq event_text e.1 | e <- l].
  by move=> hx nx; rewrite all_map; apply/allP => e _; apply: event_free.
have hn : all (free_of x2c) [seq write_nat e.2 | e <- l] by rewrite all_map; apply/allP => e _; apply: nat_free.
have ne T (f : (option nat * nat) -> T) : [seq f e | e <- l] <> [::] by case: (l) sl => // sl; rewrite -sl in some.
rewrite -[[seq if _ is Some a then _ else _ | e <- l]]/[seq event_text e.1 | e <- l].
rewrite cut_here ?free_commas ?hf // !parts_commas ?hf //; try by apply/eqP/ne.
rewrite !size_map sl !eqxx; apply: each_some.
elim: (o) (l) sl hl => [|row o' IH] [|e l'] //= [sl] /andP[he hl]; by rewrite event_write // IH.
Qed.

Lemma cutP x s acc : match cut x s acc with
  | (p, Some t) => rev acc ++ s = p ++ x :: t /\ size t < size s
  | (p, None) => p = rev acc ++ s
  end.
Proof.
elim: s acc => [|c s IH] acc /=; first by rewrite cats0.
case: ifP => [/Byte.byte_dec_bl->//|_]; have := IH (c :: acc).
by case: (cut _ _ _) => p [t|] => [[<- /leqW]|->]; rewrite rev_cons cat_rcons.
Qed.
Lemma piecesP n s acc : size s < n -> exists2 l, pieces n x2c s acc = rev acc ++ l & (l != [::]) && (commas l == s).
Proof.
elim: n s acc => // n IH s acc; rewrite ltnS => hs /=; have := cutP x2c s [::].
case: (cut _ _ _) => p [t|] => [[e ht]|->]; last by exists [:: s]; rewrite ?rev_cons ?cats1 //= cats0 eqxx.
have [l el /andP[nl /eqP el']] := IH t (p :: acc) (leq_trans ht hs).
exists (p :: l); rewrite ?el ?rev_cons ?cat_rcons //=.
by case: l nl el' {el} => // q l _ /= el'; rewrite -[s]/(rev [::] ++ s) e -el'.
Qed.
Lemma commas_parts s : commas (parts x2c s) = s.
Proof. by rewrite /parts countE; have [l -> /andP[_ /eqP]] := piecesP [::] (ltnSn (size s)). Qed.
Lemma parts_some s : parts x2c s != [::].
Proof. by rewrite /parts countE; have [l -> /andP[]] := piecesP [::] (ltnSn (size s)). Qed.
Lemma label_read o s l : label_at o s = Some l -> label_text l = s /\ label_fits o l.
Proof.
rewrite /label_at; have := cutP x7c s [::]; case: (cut _ _ _) => a [x|] // [/= -> _].
case: ifP => // /andP[/eqP ha /eqP hx] /some_each.
have some : 0 < size o by rewrite -ha lt0n size_eq0 parts_some.
rewrite -{2}(commas_parts a) -{2}(commas_parts x) /label_fits some /label_text; move: ha hx {some}.
rewrite -[[seq if _ is Some a then _ else _ | e <- l]]/[seq event_text e.1 | e <- l] => ha hx h.
suff [-> -> -> ->] : [/\ [seq event_text e.1 | e <- l] = parts x2c a, [seq write_nat e.2 | e <- l] = parts x2c x,
  size l == size o & all (fun p => event_fits p.1 p.2) (zip o l)] by [].
elim: (o) (parts _ a) (parts _ x) (l) ha hx h => [|row o' IH] [|ta a'] [|tx x'] [|e l'] //= [ha] [hx] [/event_read[-> -> ->]] h.
by have [-> -> /eqP-> ->] := IH _ _ _ ha hx h.
Qed.
Lemma label_plain l : plain_string (label_text l).
Proof.
rewrite /label_text plain_cat plain_cons !plain_commas //; apply/allP => t /mapP[e _ ->]; first exact: nat_plain.
by case: e.1 => // a; apply: nat_plain.
Qed.
