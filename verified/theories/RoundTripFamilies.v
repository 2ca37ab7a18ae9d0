(** Families: reading what is written of them gives them back, and what is read has the shape that its scenario asks for. *)
From Coq Require Import ZArith Lia Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read RoundTripJson RoundTripKeys RoundTripLabels RoundTripValues.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Families (2.3) *)
Definition family_fits (r c : nat) (labels : seq (seq bytes)) (f : family) : bool :=
  (shape f == shape labels) && all (all (matrix_fits r c)) f.
Lemma family_text labels (f : family) : shape f = shape labels ->
  write_family labels f = object (zip (flatten labels) (map write_matrix (flatten f))).
Proof.
move=> hs; congr object; elim: labels f hs => [|l labels IH] [|m f] //= [hs ht]; rewrite IH // map_cat zip_cat //.
by rewrite size_map hs.
Qed.
Lemma groupedE (T U : Type) (labels : seq (seq U)) (s : seq T) : grouped labels s = reshape (shape labels) s.
Proof. by elim: labels s => //= l labels IH s; rewrite IH. Qed.
Lemma size_flatten_shape (T U : Type) (s : seq (seq T)) (t : seq (seq U)) : shape s = shape t -> size (flatten s) = size (flatten t).
Proof. by move=> e; rewrite !size_flatten e. Qed.
Lemma all_flat (T : Type) (P : pred T) s : all P (flatten s) = all (all P) s.
Proof. by elim: s => //= x s IH; rewrite all_cat IH. Qed.
Lemma family_write r c labels f : uniq (flatten labels) -> few (flatten labels) -> family_fits r c labels f ->
  family_at r c labels (write_family labels f) = Some f.
Proof.
move=> u h /andP[/eqP hs hf]; rewrite family_text // /family_at fields_object //; last first.
  by rewrite size_map; apply: size_flatten_shape.
rewrite [obind _ _]/= (@each_some _ _ _ _ (flatten f)); last first.
  by rewrite -all_flat in hf; elim: (flatten f) hf => //= m s IH /andP[/matrix_write-> /IH->].
by rewrite /= groupedE -hs flattenK.
Qed.
Lemma family_plain d labels f : uniq (flatten labels) -> few (flatten labels) -> shape f = shape labels ->
  all plain_string (flatten labels) -> plain d.+4 (write_family labels f).
Proof.
move=> u h hs hp; rewrite family_text //; have e : size (flatten labels) = size (map write_matrix (flatten f)).
  by rewrite size_map; apply/esym/size_flatten_shape.
rewrite plain_object; first last.
- by rewrite fst_zip ?e.
- by rewrite (@few_size _ _ _ (flatten labels)) // size1_zip ?e.
elim: (flatten labels) (flatten f) hp {e} => [|l ls IH] [|m ms] // /andP[hl /IH ht].
apply/andP; split; [apply/andP; split; [exact: hl | exact: matrix_plain] | exact: ht].
Qed.
Lemma lined_up_size e s acc v : lined_up e s acc = Some v -> size s = size e /\ size v = size acc + size e.
Proof.
elim: e s acc => [|k e IH] [|m s] acc //= => [[<-]|]; first by rewrite addn0.
by case: ifP => // _ /IH[-> ->] /=; rewrite addSnnS.
Qed.
Lemma size_numbered (T : Type) (s : seq T) : size (numbered s) = size s.
Proof.
rewrite /numbered; suff h r n : size (foldl (fun r x => ((x, r.2) :: r.1, r.2.+1)) (r, n) s).1 = size r + size s by rewrite h.
by elim: s r n => [|x s IH] r n /=; rewrite ?addn0 // IH addSnnS.
Qed.
Lemma fields_size ks j v : few ks -> fields ks j = Some v -> size v = size ks.
Proof.
move=> h; case: j => // l; rewrite /fields; case: ifP => // _; case E: (lined_up _ _ _) => [w|] //= [<-].
have hn : few (numbered ks) by rewrite (@few_size _ _ _ ks) ?size_numbered.
have [_ sw] := lined_up_size E; rewrite add0n size_sorted_by // size_numbered in sw.
have hw : few w by rewrite (@few_size _ _ _ ks).
rewrite size_rev; suff p (s : seq (nat * json)) r : size (foldl (fun r x => x.2 :: r) r s) = size r + size s.
  by rewrite p size_sorted_by.
by elim: s r => [|x s IH] r /=; rewrite ?addn0 // IH addSnnS.
Qed.
Lemma family_read r c labels j f : few (flatten labels) -> family_at r c labels j = Some f -> family_fits r c labels f.
Proof.
move=> h; rewrite /family_at; case E: (fields _ j) => [v|] //=; case F: (each _ v [::]) => [ms|] //= [<-].
have e := some_each F; have sm : size ms = size (flatten labels).
  by rewrite -(fields_size h E) -(size_map Some) -e size_map.
rewrite groupedE; apply/andP; split; first by rewrite reshapeKl // sm size_flatten.
rewrite -all_flat reshapeKr; last by rewrite sm size_flatten.
by elim: v ms e {E F sm} => [|x v IH] [|m ms] //= [/matrix_read-> /IH->].
Qed.

(** ** The families of a centre *)
Lemma scenario_pos o d : scenario_fits o d ->
  [/\ 0 < size o, all (fun r => 0 < size r) o, all (all (leq 1)) o & all (leq 1) d].
Proof.
case/and3P=> _ _ /and5P[_ so _ _ /and3P[pd po _]].
have pos l : positive_numbers (map Z.of_nat l) = all (leq 1) l.
  by rewrite /positive_numbers all_map; apply: eq_all => n /=; apply/Z.leb_spec0/leP => [/(Nat2Z.inj_le 1)|/(Nat2Z.inj_le 1)].
rewrite size_map in so; rewrite pos in pd; split=> //; move: po; rewrite all_map; apply: sub_all => row /=; rewrite size_map pos; by case/andP.
Qed.
(** The number of elements is the product of the Alices' numbers of pairs of an outcome and a setting. *)
Lemma iota_mul m n : iota 0 (m * n) = flatten [seq [seq c * n + e | e <- iota 0 n] | c <- iota 0 m].
Proof.
elim: m => // m IH; rewrite -[m.+1]addn1 mulnDl mul1n !iotaD map_cat flatten_cat -IH add0n /= cats0; congr (_ ++ _).
by rewrite add0n -[X in iota X _]addn0 iotaDl.
Qed.
Lemma total_nat l : total (map Z.of_nat l) = Z.of_nat (sumn l).
Proof.
rewrite /total -[RHS]Z.add_0_l; elim: l 0%ZZ => [|n l IH] z /=; first by rewrite Z.add_0_r.
by rewrite IH Nat2Z.inj_add; lia.
Qed.
Lemma product_cons z l : product (z :: l) = (z * product l)%ZZ.
Proof.
rewrite /product; have h y : foldl Z.mul y l = (y * foldl Z.mul 1 l)%ZZ.
  elim: l y => [|x l IH] y; first by rewrite Z.mul_1_r.
  by rewrite [LHS](IH (y * x)%ZZ) [foldl _ 1%ZZ (x :: l)](IH (1 * x)%ZZ) Z.mul_1_l Z.mul_assoc.
by rewrite [LHS](h (1 * z)%ZZ) Z.mul_1_l.
Qed.
Lemma size_labels o : all (fun r => 0 < size r) o ->
  Z.of_nat (size (flatten (element_labels o))) = product (map total (map (map Z.of_nat) o)).
Proof.
move=> hr; rewrite size_flatten /shape /element_labels -map_comp.
rewrite (@eq_map _ _ _ (fun x => card (outcome_radices o x))) => [|x /=]; last by rewrite size_map size_iota.
elim: o hr => [|r o IH] // /andP[r0 hr]; rewrite [map (map _) _]/= [map total _]/= product_cons -IH // total_nat -Nat2Z.inj_mul.
congr Z.of_nat; rewrite -[Nat.mul _ _]/(sumn r * _); set n := card (setting_radices o).
have n0 : 0 < n by apply/card_gt0; rewrite /setting_radices all_map.
rewrite [card _]/= -/n iota_mul.
have radE c e : c < size r -> e < n -> card (outcome_radices (r :: o) (c * n + e)) = nth 1 r c * card (outcome_radices o e).
  move=> hc he; rewrite /outcome_radices [iota _ _]/= [map _ _]/= [card _]/=; congr (nth _ _ _ * card _).
    by rewrite -[dig _ _ _]/(dig (size r :: setting_radices o) 0 (c * n + e)) dig0 -/n divnMDl // divn_small // addn0 modn_small.
  rewrite (iotaDl 1 0) -map_comp; apply/eq_in_map => j; rewrite mem_iota /= => hj; congr nth.
  by rewrite -[dig _ (1 + j) _]/(dig (size r :: setting_radices o) j.+1 (c * n + e)) digS dig_shift // ?size_map // all_map.
have sumM (T : Type) (f g : T -> nat) k t : (forall x, f x = k * g x) -> sumn (map f t) = k * sumn (map g t).
  by move=> e; elim: t => [|x t IHt] /=; rewrite ?muln0 // e IHt mulnDr.
have e : all (fun c => c < size r) (iota 0 (size r)) by apply/allP => c; rewrite mem_iota.
have -> : sumn r = sumn [seq nth 1 r c | c <- iota 0 (size r)] by rewrite -[in LHS](mkseq_nth 1 r).
elim: (iota 0 (size r)) e => //= c cs IHc /andP[hc /IHc h]; rewrite map_cat sumn_cat h mulnDl; congr (_ + _).
rewrite -map_comp -(sumM _ (fun e => nth 1 r c * card (outcome_radices o e)) _ (nth 1 r c)) //; congr sumn.
by apply/eq_in_map => x; rewrite mem_iota /= add0n => hx; apply: radE.
Qed.
Lemma labels_few o d : scenario_fits o d -> few (flatten (element_labels o)).
Proof.
move=> h; have [_ hr _ _] := scenario_pos h; case/and3P: h => _ _ /and5P[_ _ _ _ /and5P[_ _ _ /Z.leb_le h _]].
by rewrite /few size_labels //; apply/Z.leb_le/(Z.le_trans _ _ _ h).
Qed.

Definition families_fit (labels : seq (seq bytes)) (d : seq nat) (s : seq family) : bool :=
  (size s == size d) && all (fun p => family_fits p.1 p.1 labels p.2) (zip d s).
Section Centre.
Variables (o : seq (seq nat)) (d : seq nat).
Hypothesis fits : scenario_fits o d.
Let u : uniq (flatten (element_labels o)).
Proof. by have [? ? ? _] := scenario_pos fits; apply: element_labels_uniq. Qed.
Lemma centre_write s : families_fit (element_labels o) d s -> centre_at o d (Arr (map (write_family (element_labels o)) s)) = Some s.
Proof.
case/andP=> /eqP hs hf; rewrite /centre_at /families_at !size_map hs eqxx; apply: each_some.
elim: d s hs hf => [|k d' IH] [|f s] //= [hs] /andP[hf hl]; rewrite IH // family_write //; exact: labels_few fits.
Qed.
Lemma centre_read j s : centre_at o d j = Some s -> families_fit (element_labels o) d s.
Proof.
case: j => // l; rewrite /centre_at /families_at; case: ifP => // /eqP; rewrite size_map => hs /some_each.
rewrite /families_fit; elim: d l s hs => [|k d' IH] [|j l] [|f s] //= [hs] [hf hl].
have /andP[/eqP-> ->] := IH _ _ hs hl; rewrite eqxx andbT.
by apply: family_read hf; apply: labels_few fits.
Qed.
Lemma centre_plain n s : families_fit (element_labels o) d s -> plain n.+4.+1 (Arr (map (write_family (element_labels o)) s)).
Proof.
case/andP=> /eqP hs hf; have [? ? ? _] := scenario_pos fits.
suff h : all (plain n.+4) (map (write_family (element_labels o)) s) by [].
elim: d s hs hf => [|k d' IH] [|f s] // [hs] /andP[/andP[/eqP ef _] hl].
apply/andP; split; last exact: IH hs hl.
by apply: family_plain; rewrite ?element_labels_plain //; apply: labels_few fits.
Qed.
End Centre.
