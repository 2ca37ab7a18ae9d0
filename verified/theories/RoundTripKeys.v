(** Objects: what [object] puts in the order of its keys is read by its keys, in any order that they are asked for. *)
From Coq Require Import ZArith Lia Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Verified Require Import Json Statement RoundTripJson.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Bytes are a type with decidable equality, and their strings are ordered. *)
Lemma byte_eqP : Equality.axiom Byte.eqb.
Proof. by move=> a b; apply: (iffP idP) => [/Byte.byte_dec_bl|/Byte.byte_dec_lb]. Qed.
Definition byte_eqMixin := EqMixin byte_eqP.
Canonical byte_eqType := EqType byte byte_eqMixin.

Lemma sameE s t : same s t = (s == t).
Proof. by elim: s t => [|a s IH] [|b t] //=; rewrite IH. Qed.
Lemma code_inj : injective code.
Proof. by move=> a b /N2Z.inj e; apply: Some_inj; rewrite -!Byte.of_to_N e. Qed.
Lemma byteE a b : Byte.eqb a b = (a == b). Proof. by []. Qed.
Lemma before_total : total before.
Proof.
elim=> [|a s IH] [|b t] //=; rewrite !byteE [b == a]eq_sym; case: eqP => // ne.
by case: Z.ltb_spec => //= h; apply/Z.ltb_lt; case: (Z.eq_dec (code b) (code a)) => [/code_inj e|]; [case: ne | lia].
Qed.
Lemma before_anti : antisymmetric before.
Proof.
elim=> [|a s IH] [|b t] //=; rewrite !byteE [b == a]eq_sym; case: eqP => [-> /IH->//|_].
by case/andP=> /Z.ltb_lt h /Z.ltb_lt; lia.
Qed.
Lemma before_trans : transitive before.
Proof.
move=> t s u; elim: s t u => [|a s IH] [|b t] [|c u] //=.
rewrite !byteE; case: (eqVneq a b) => [->|ab]; first by case: eqVneq => // _; apply: IH.
case: (eqVneq b c) => [<-|bc]; first by rewrite (negPf ab).
move=> /Z.ltb_lt h /Z.ltb_lt h'; case: eqVneq => [e|_]; last by apply/Z.ltb_lt; lia.
by rewrite e in h; lia.
Qed.

(** ** Sorting *)
Section Sort.
Variables (T : Type) (le : rel T).
Lemma merge_ontoE n s t acc : size s + size t <= n -> merge_onto le n s t acc = catrev (merge le s t) acc.
Proof.
elim: n s t acc => [|n IH] [|x s] [|y t] acc //= h; rewrite ?addn0 // -/(merge le (x :: s)).
by rewrite addSn ltnS in h; case: ifP => _; rewrite IH //= addSnnS.
Qed.
Fixpoint pairs (runs : seq (seq T)) : seq (seq T) :=
  match runs with s :: t :: runs' => merge le s t :: pairs runs' | _ => runs end.
Lemma merge_pairsE runs acc : merge_pairs le runs acc = catrev (pairs runs) acc.
Proof.
have [n] := ubnP (size runs); elim: n runs acc => // n IH [|s [|t runs]] acc //= h.
by rewrite merge_ontoE ?countE // catrevE cats0 revK IH // -ltnS ltnW.
Qed.
Lemma sorted_byE s : sorted_by le s = merge_all le 64 [seq [:: x] | x <- s].
Proof.
rewrite /sorted_by; congr (merge_all _ _ _); rewrite -[RHS]revK; congr rev.
suff h r : foldl (fun r x => [:: x] :: r) r s = catrev [seq [:: x] | x <- s] r by rewrite h catrevE cats0.
by elim: s r => //= x s IH r; rewrite IH.
Qed.
Lemma merge_allS n s t runs : merge_all le n.+1 (s :: t :: runs) = merge_all le n (pairs (s :: t :: runs)).
Proof. by rewrite [LHS]/= -[merge_pairs _ _ _]/(merge_pairs le (s :: t :: runs) [::]) merge_pairsE catrevE cats0 revK. Qed.
Lemma size_pairs runs : size (pairs runs) = uphalf (size runs).
Proof.
have [n] := ubnP (size runs); elim: n runs => // n IH [|s [|t runs]] //= h; by rewrite IH // -ltnS ltnW.
Qed.
End Sort.

Section Sorted.
Variables (T : Type) (le : rel T).
Lemma all_pairs (P Q : pred (seq T)) runs : (forall s, P s -> Q s) -> (forall s t, P s -> P t -> Q (merge le s t)) ->
  all P runs -> all Q (pairs le runs).
Proof.
move=> one two; have [n] := ubnP (size runs); elim: n runs => // n IH [|s [|t runs]] //=; first by rewrite !andbT => _ /one.
by move=> h /and3P[hs ht hr]; rewrite two // IH // -ltnS ltnW.
Qed.
Lemma merge_all_sorted n runs : total le -> all (sorted le) runs -> sorted le (merge_all le n runs).
Proof.
move=> le_total; elim: n runs => [|n IH] [|s [|t runs]] //; try by case/andP.
by move=> h; rewrite merge_allS IH //; apply: all_pairs h => // s' t'; apply: merge_sorted.
Qed.
Lemma merge_all_size n m runs : all (fun s => size s <= m) runs -> size (merge_all le n runs) <= 2 ^ n * m.
Proof.
elim: n m runs => [|n IH] m [|s [|t runs]] //; try by case/andP=> h _; rewrite ?expn0 ?mul1n // (leq_trans h) ?leq_pmull ?expn_gt0.
move=> h; rewrite merge_allS expnS -mulnA mulnCA mulnA -mulnA; apply: IH; apply: all_pairs h => [s' h|s' t' h h'].
  by apply: leq_trans h _; rewrite leq_pmull.
by rewrite size_merge size_cat mul2n -addnn leq_add.
Qed.
End Sorted.
Lemma merge_all_perm (T : eqType) (le : rel T) n runs : size runs <= 2 ^ n -> perm_eq (merge_all le n runs) (flatten runs).
Proof.
have pairs_perm rs : perm_eq (flatten (pairs le rs)) (flatten rs).
  have [m] := ubnP (size rs); elim: m rs => // m IH [|s [|t rs]] // h.
  by rewrite /= catA; apply: perm_cat; rewrite ?perm_merge ?IH // -ltnS ltnW.
elim: n runs => [|n IH] [|s [|t runs]] // h; try by rewrite /= cats0.
by rewrite merge_allS (perm_trans (IH _ _)) // size_pairs leq_uphalf_double -mul2n -expnS.
Qed.

(** The sort of [Json.v] works up to 2^64 elements. *)
Definition few (T : Type) (s : seq T) : bool := (Z.of_nat (size s) <=? 2 ^ 64)%ZZ.
Lemma expnE n : Z.of_nat (2 ^ n) = (2 ^ Z.of_nat n)%ZZ.
Proof.
elim: n => // n IH; rewrite expnS Nat2Z.inj_succ Z.pow_succ_r; last exact: Nat2Z.is_nonneg.
by rewrite -IH -[(2 * 2 ^ n)%N]/(Nat.mul 2 (2 ^ n)) Nat2Z.inj_mul.
Qed.
Lemma fewE n (T : Type) (s : seq T) : n = 64 -> few s = (size s <= 2 ^ n).
Proof.
move=> e; have -> : few s = (Z.of_nat (size s) <=? 2 ^ Z.of_nat n)%ZZ by rewrite e.
by rewrite -expnE; apply/Z.leb_spec0/leP => /Nat2Z.inj_le.
Qed.
Lemma few_size (T U : Type) (s : seq T) (t : seq U) : size s = size t -> few s = few t.
Proof. by rewrite /few => ->. Qed.

Lemma sorted_by_sort (T : eqType) (le : rel T) (s : seq T) : total le -> transitive le -> antisymmetric le -> few s ->
  sorted_by le s = sort le s.
Proof.
move=> le_total le_trans le_anti; rewrite sorted_byE; have [n e] : exists n, n = 64 by exists 64.
rewrite (fewE _ e) -e => h; have q : sorted le (merge_all le n [seq [:: x] | x <- s]).
  by apply: merge_all_sorted => //; elim: (s).
apply: (sorted_eq le_trans le_anti q (sort_sorted le_total s)); rewrite perm_sym perm_sort perm_sym.
by rewrite -[X in perm_eq _ X]flatten_seq1; apply: merge_all_perm; rewrite size_map.
Qed.
Lemma sorted_by_sorted (T : Type) (le : rel T) (s : seq T) : total le -> sorted le (sorted_by le s).
Proof. by move=> h; rewrite sorted_byE; apply: merge_all_sorted => //; elim: s. Qed.
Lemma few_sorted_by (T : Type) (le : rel T) (s : seq T) : few (sorted_by le s).
Proof.
have [n e] : exists n, n = 64 by exists 64.
rewrite (fewE _ e) sorted_byE -e -[2 ^ n]muln1; apply: merge_all_size; by elim: s.
Qed.
Section Natural.
Variables (T U : Type) (f : T -> U) (le : rel U).
Let le' : rel T := fun x y => le (f x) (f y).
Lemma pairs_map runs : pairs le (map (map f) runs) = map (map f) (pairs le' runs).
Proof.
have [n] := ubnP (size runs); elim: n runs => // n IH [|s [|t runs]] //= h.
by rewrite IH; [rewrite (@map_merge _ _ f le' le) | rewrite -ltnS ltnW].
Qed.
Lemma sorted_by_map s : sorted_by le (map f s) = map f (sorted_by le' s).
Proof.
rewrite !sorted_byE -map_comp (map_comp (map f) (fun x => [:: x])).
elim: 64 [seq [:: x] | x <- s] => [|n IH] [|a [|b runs]] //.
transitivity (merge_all le n (pairs le (map (map f) (a :: b :: runs)))); first exact: merge_allS.
by rewrite pairs_map IH; congr map; apply/esym/merge_allS.
Qed.
End Natural.
Lemma size_sorted_by (T : Type) (le : rel T) (s : seq T) : few s -> size (sorted_by le s) = size s.
Proof.
case: s => // x s; move: (x :: s) => t; rewrite -[t](mkseq_nth x) sorted_by_map !size_map => h.
have [n e] : exists n, n = 64 by exists 64.
rewrite sorted_byE -e; have /perm_size-> : perm_eq (merge_all (fun i j => le (nth x t i) (nth x t j)) n [seq [:: i] | i <- iota 0 (size t)]) (iota 0 (size t)).
  rewrite -[X in perm_eq _ X]flatten_seq1; apply: merge_all_perm; rewrite size_map size_iota -(fewE _ e).
  by rewrite (few_size (t := mkseq (nth x t) (size t))) ?size_mkseq.
by [].
Qed.

(** ** Objects by key *)
Section Keyed.
Variables (T : Type) (f : bytes -> T).
Definition keyed (ks : seq bytes) : seq (bytes * T) := [seq (k, f k) | k <- ks].
Lemma by_key_keyed ks : few ks -> by_key (keyed ks) = keyed (sort before ks).
Proof.
move=> h; rewrite /by_key /keyed (@sorted_by_map _ _ (fun k => (k, f k))) -[sorted_by _ ks]/(sorted_by before ks).
by rewrite sorted_by_sort //; [apply: before_total | apply: before_trans | apply: before_anti].
Qed.
Lemma distinct_keyed ks : uniq ks -> distinct (keyed ks).
Proof. by elim: ks => //= k [|k' ks] IH //= /andP[]; rewrite inE negb_or sameE => /andP[-> _] /IH. Qed.
End Keyed.
Lemma sort_before_sort ks : sort before (sort before ks) = sort before ks.
Proof. by apply: (sorted_sort before_trans); apply: (sort_sorted before_total). Qed.
Lemma keyed_zip (T : Type) (v0 : T) ks vs : uniq ks -> size vs = size ks -> zip ks vs = keyed (fun k => nth v0 vs (index k ks)) ks.
Proof.
elim: ks vs => [|k ks IH] [|v vs] //= /andP[nk u] [e]; rewrite eqxx /= IH //; congr (_ :: _).
apply/eq_in_map => k' hk; case: eqP => // ek; by rewrite ek hk in nk.
Qed.
Lemma lined_up_keyed (a : bytes -> nat) (b : bytes -> json) ks acc :
  lined_up (keyed a ks) (keyed b ks) acc = Some (catrev [seq (a k, b k) | k <- ks] acc).
Proof. by elim: ks acc => //= k ks IH acc; rewrite sameE eqxx IH. Qed.
Lemma numberedE ks : uniq ks -> numbered ks = keyed (fun k => index k ks) (rev ks).
Proof.
move=> u; rewrite /numbered /keyed map_rev -[RHS]cats0 -catrevE.
suff h r n : (foldl (fun r x => ((x, r.2) :: r.1, r.2.+1)) (r, n) ks).1 = catrev [seq (k, n + index k ks) | k <- ks] r by rewrite h.
elim: ks u r n => //= k ks IH /andP[nk u] r n; rewrite IH // eqxx addn0; congr catrev.
apply/eq_in_map => k' hk; case: eqP => [ek|_]; first by rewrite ek hk in nk.
by rewrite addSnnS.
Qed.
Lemma fields_object ks vs : uniq ks -> few ks -> size vs = size ks -> fields ks (object (zip ks vs)) = Some vs.
Proof.
move=> u h e; rewrite (keyed_zip (Str [::]) u e); set b := fun k => _.
have hs : few (sort before ks) by rewrite (@few_size _ _ _ ks) ?size_sort.
rewrite /fields /object by_key_keyed // by_key_keyed // sort_before_sort distinct_keyed ?sort_uniq //.
rewrite (numberedE u) by_key_keyed; last by rewrite (@few_size _ _ _ ks) ?size_rev.
have -> : sort before (rev ks) = sort before ks.
  by apply/perm_sortP; [apply: before_total | apply: before_trans | apply: before_anti | rewrite perm_rev].
rewrite lined_up_keyed /omap /obind /oapp catrevE cats0; congr Some.
pose v i := (i, nth (Str [::]) vs i).
have -> : [seq (index k ks, b k) | k <- sort before ks] = map v [seq index k ks | k <- sort before ks] by rewrite -map_comp.
rewrite -map_rev sorted_by_map -[sorted_by _ _]/(sorted_by leq _).
have -> : sorted_by leq (rev [seq index k ks | k <- sort before ks]) = iota 0 (size ks).
  rewrite sorted_by_sort; [|exact: leq_total|exact: leq_trans|exact: anti_leq|by rewrite (@few_size _ _ _ ks) // size_rev size_map size_sort].
  apply: (sorted_eq leq_trans anti_leq); [exact: (sort_sorted leq_total) | exact: iota_sorted | rewrite perm_sort perm_rev].
  apply: perm_trans (perm_map (index^~ ks) (permEl (perm_sort before ks))) _.
  rewrite (_ : [seq _ | k <- ks] = iota 0 (size ks)) //; apply: (@eq_from_nth _ 0); rewrite size_map ?size_iota // => i hi.
  by rewrite (nth_map [::]) // index_uniq // nth_iota.
rewrite -[RHS](mkseq_nth (Str [::])) e /mkseq -[RHS]revK; congr rev.
suff p s r : foldl (fun r x => x.2 :: r) r (map v s) = catrev [seq nth (Str [::]) vs i | i <- s] r by rewrite p catrevE cats0.
by elim: s r => //= i s IH r; rewrite IH.
Qed.

(** Objects whose keys are in order already *)
Definition in_order (ks : seq bytes) : bool := uniq ks && sorted before ks.
Lemma zip_unzip (T U : Type) (l : seq (T * U)) : l = zip (map fst l) (map snd l).
Proof. by elim: l => //= -[a b] l <-. Qed.
Lemma as_keyed (T : Type) (l : seq (bytes * T)) : uniq (map fst l) -> l = [::] \/ exists f, l = keyed f (map fst l).
Proof.
case: l => [|x l] u; [by left | right]; eexists; rewrite {1}(zip_unzip (x :: l)).
by apply: (keyed_zip x.2 u); rewrite !size_map.
Qed.
Lemma all_by_key (T : Type) (P : pred (bytes * T)) l : few l -> uniq (map fst l) -> all P (by_key l) = all P l.
Proof.
move=> h u; case: (as_keyed u) => [->//|[f e]]; rewrite {1}e by_key_keyed; last by rewrite (@few_size _ _ _ l) ?size_map.
rewrite [in RHS]e /keyed; move: (map fst l) => ks; rewrite !all_map; apply: perm_all _ (permEl (perm_sort _ _)).
Qed.
Lemma by_key_in_order (T : Type) (l : seq (bytes * T)) : few l -> in_order (map fst l) -> by_key l = l /\ distinct l.
Proof.
move=> h /andP[u s]; case: (as_keyed u) => [->//|[f e]]; rewrite e; split; last exact: distinct_keyed.
by rewrite by_key_keyed ?(sorted_sort before_trans) // (@few_size _ _ _ l) ?size_map.
Qed.
(** What is read is in order, whatever the order in the file. *)
Lemma distinct_in_order (T : Type) (l : seq (bytes * T)) : distinct (by_key l) -> in_order (map fst (by_key l)).
Proof.
have : sorted before (map fst (by_key l)).
  by rewrite -(@sorted_by_map _ _ fst before); apply: sorted_by_sorted before_total.
move: (by_key l) => s h d; rewrite /in_order h andbT.
apply: (@sorted_uniq _ (fun x y => before x y && (x != y))) => [y x z /andP[xy ny] /andP[yz _]|x|]; last first.
- elim: s h d => //= -[k v] [|[k' v'] s] IH //= /andP[-> h] /andP[]; rewrite sameE => -> d /=; exact: IH.
- by rewrite eqxx andbF.
rewrite (before_trans xy yz) /=; apply: contraNneq ny => e; rewrite -e in yz.
by rewrite (before_anti (x := x) (y := y)) // xy.
Qed.
Lemma few_by_key (T : Type) (l : seq (bytes * T)) : few (by_key l). Proof. exact: few_sorted_by. Qed.
