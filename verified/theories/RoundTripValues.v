(** Scenarios, matrices and families: reading what is written of them gives them back, and what is read is well-formed. *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read RoundTripJson RoundTripNumbers RoundTripKeys RoundTripLabels.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Numbers and lists of numbers *)
Lemma integer_at_write z : small z -> integer_at (Str (write_integer z)) = Some z.
Proof. exact: integer_write. Qed.
Lemma integer_at_read j z : integer_at j = Some z -> small z.
Proof. by case: j => // s /integer_written[]. Qed.
Lemma rational_at_write r : reduced r -> rational_at (Str (write_rational r)) = Some r.
Proof. exact: rational_write. Qed.
Lemma rational_at_read j r : rational_at j = Some r -> reduced r.
Proof. case: j => // s; exact: rational_read. Qed.
Lemma list_of_map (T U : Type) (f : json -> option T) (g : U -> json) (h : U -> T) l :
  (forall x, f (g x) = Some (h x)) -> list_of f (Arr (map g l)) = Some (map h l).
Proof. by move=> e; apply: each_some; rewrite -!map_comp; apply: eq_map. Qed.
Lemma list_of_all (T U : Type) (P : pred U) (f : json -> option T) (g : U -> json) (h : U -> T) l :
  (forall x, P x -> f (g x) = Some (h x)) -> all P l -> list_of f (Arr (map g l)) = Some (map h l).
Proof. move=> e hl; apply: each_some; elim: l hl => //= x l IH /andP[/e-> /IH->] //. Qed.
Lemma list_of_some (T : Type) (P : pred T) (f : json -> option T) j l :
  (forall j x, f j = Some x -> P x) -> list_of f j = Some l -> all P l.
Proof. by move=> e; case: j => // s /some_each; elim: s l => [|x s IH] [|y l] //= [/e-> /IH]. Qed.

Lemma numbers_write l : all small_nat l -> list_of integer_at (write_numbers l) = Some (map Z.of_nat l).
Proof.
apply: list_of_all => n h; rewrite /write_nat -write_positive; last exact: Nat2Z.is_nonneg.
exact: integer_at_write.
Qed.
Lemma numbers_plain d l : plain d.+1 (write_numbers l).
Proof. by rewrite /= all_map; apply/allP => n _; apply: nat_plain. Qed.

(** ** Objects with given keys *)
Lemma plain_object d l : few l -> uniq (map fst l) ->
  plain d.+1 (object l) = all (fun kv => plain_string kv.1 && plain d kv.2) l.
Proof. exact: all_by_key. Qed.

(** ** Scenarios (2.2) *)
Definition scenario_limits (o : seq (seq Z)) (d : seq Z) : bool :=
  let D := product d in let E := product (map total o) in
  [&& 0 < size d, 0 < size o, size d <= 64, size o <= 64, positive_numbers d,
      all (fun r => (0 < size r) && positive_numbers r) o,
      (D <=? 256)%ZZ, (E <=? 65536)%ZZ & (E * (D * D) <=? 16777216)%ZZ].
Definition scenario_fits (o : seq (seq nat)) (d : seq nat) : bool :=
  [&& all (all small_nat) o, all small_nat d & scenario_limits (map (map Z.of_nat) o) (map Z.of_nat d)].
Lemma list_plain (T : Type) d (g : T -> json) l : (forall x, plain d (g x)) -> plain d.+1 (Arr (map g l)).
Proof. by move=> h; rewrite -[plain _ _]/(all (plain d) (map g l)); elim: l => //= x l ->; rewrite h. Qed.
Lemma fields_scenario a b : fields [:: ascii "dimensions"; ascii "outcomes"]
  (object [:: (ascii "dimensions", a); (ascii "outcomes", b)]) = Some [:: a; b].
Proof. by []. Qed.
Lemma scenario_write o d : scenario_fits o d -> scenario_at (write_scenario o d) = Some (o, d).
Proof.
case/and3P=> ho hd h.
rewrite /scenario_at fields_scenario; cbv beta iota.
rewrite numbers_write // (list_of_all (P := all small_nat) numbers_write ho).
rewrite -[if _ then _ else _]/(if scenario_limits (map (map Z.of_nat) o) (map Z.of_nat d) then _ else _) h.
congr (Some (_, _)); rewrite -map_comp.
  by rewrite -[RHS]map_id; apply: eq_map => r /=; rewrite -map_comp -[RHS]map_id; apply: eq_map => n; apply: Nat2Z.id.
by rewrite -[RHS]map_id; apply: eq_map => n; apply: Nat2Z.id.
Qed.
Lemma positive_back l : positive_numbers l -> map Z.of_nat (map Z.to_nat l) = l.
Proof. by elim: l => //= z l IH /andP[/Z.leb_le h /IH->]; rewrite Z2Nat.id //; lia. Qed.
Lemma small_back l : positive_numbers l -> all small l -> all small_nat (map Z.to_nat l).
Proof.
elim: l => //= z l IH /andP[/Z.leb_le h /IH hl] /andP[hz /hl->]; rewrite andbT /small_nat Z2Nat.id //.
by apply: Z.le_trans h.
Qed.
Lemma scenario_read j o d : scenario_at j = Some (o, d) -> scenario_fits o d.
Proof.
rewrite /scenario_at; case: (fields _ _) => [[|jd [|jo []]]|] //.
case ed: (list_of _ jd) => [zd|] //; case eo: (list_of _ jo) => [zo|] //.
rewrite -[if _ then _ else _]/(if scenario_limits zo zd then _ else _); case: ifP => // h [<- <-].
have /and5P[_ _ _ _ /and3P[pd po _]] := h.
have hd := list_of_some integer_at_read ed.
have ho := list_of_some (fun j l => list_of_some integer_at_read (j := j) (l := l)) eo.
have bo : map (map Z.of_nat) (map (map Z.to_nat) zo) = zo.
  by elim: (zo) po => //= r l IH /andP[/andP[_ /positive_back->] /IH->].
have so : all (all small_nat) (map (map Z.to_nat) zo).
  by elim: (zo) po ho => //= r l IH /andP[/andP[_ /small_back hr] /IH hl] /andP[/hr-> /hl->].
by apply/and3P; split; [exact: so | exact: small_back hd | rewrite bo positive_back].
Qed.
Lemma scenario_plain d o b : plain d.+3 (write_scenario o b).
Proof.
rewrite plain_object //; apply/and3P; split=> //; first exact: numbers_plain.
by apply: list_plain => r; apply: numbers_plain.
Qed.

(** ** Matrices (2.4) *)
Definition row_fits (c : nat) (row : seq (Z * Z)) : bool := (size row == c) && all (fun z => small z.1 && small z.2) row.
Definition matrix_fits (r c : nat) (m : fraction_matrix) : bool :=
  [&& size m.2 == r, all (row_fits c) m.2, (0 <? m.1)%ZZ, small m.1
    & (gcd_rows (map (map fst) m.2) (gcd_rows (map (map snd) m.2) m.1) =? 1)%ZZ].
Section Fields.
Variables a b c : json.
Lemma fields_real : fields [:: ascii "den"; ascii "re"] (object [:: (ascii "den", a); (ascii "re", b)]) = Some [:: a; b].
Proof. by []. Qed.
Let all_three := object [:: (ascii "den", a); (ascii "re", b); (ascii "im", c)].
Lemma fields_complex_real : fields [:: ascii "den"; ascii "re"] all_three = None. Proof. by []. Qed.
Lemma fields_complex : fields [:: ascii "den"; ascii "re"; ascii "im"] all_three = Some [:: a; b; c]. Proof. by []. Qed.
End Fields.
Lemma rows_write r c f A : size A == r -> all (fun row => (size row == c) && all (fun z => small (f z)) row) A ->
  rows_at r c (write_rows f A) = Some (map (map f) A).
Proof.
move=> hs hA; rewrite /rows_at (@list_of_all _ _ (all (fun z => small (f z))) _ _ (map f)).
- rewrite [obind _ _]/= size_map hs all_map (@eq_all _ _ (fun row => size row == c)) => [|row /=]; last by rewrite size_map.
  by rewrite (sub_all _ hA) // => row /andP[].
- by move=> row; apply: list_of_all => z; apply: integer_at_write.
by apply: sub_all hA => row /andP[].
Qed.
Lemma rows_read r c j A : rows_at r c j = Some A -> [/\ size A = r, all (fun row => size row == c) A & all (all small) A].
Proof.
rewrite /rows_at; case e: (list_of _ j) => [B|] //=; case: ifP => // /andP[/eqP sB hB] [<-]; split=> //.
by apply: list_of_some e => j' row; apply: list_of_some integer_at_read.
Qed.
Lemma gcd_zero B g : all (all (Z.eqb 0)) B -> (0 <= g)%ZZ -> gcd_rows B g = g.
Proof.
move=> hB h; rewrite /gcd_rows; elim: B hB => // row B IH /andP[hr /IH hB].
rewrite -[RHS]hB -[LHS]/(foldl (foldl Z.gcd) (foldl Z.gcd g row) B); congr foldl.
elim: row hr => // z row IHr /andP[/Z.eqb_eq<- /IHr hz].
by rewrite -[RHS]hz -[LHS]/(foldl Z.gcd (Z.gcd g 0) row) Z.gcd_0_r Z.abs_eq.
Qed.
Lemma is_realE A : is_real A = all (all (Z.eqb 0)) (map (map snd) A).
Proof. by rewrite all_map; apply: eq_all => row /=; rewrite all_map; apply: eq_all => z /=; rewrite Z.eqb_sym. Qed.
Lemma matrix_write r c m : matrix_fits r c m -> matrix_at r c (write_matrix m) = Some m.
Proof.
case: m => den A /and5P[/= hs hA hd sd hg].
have h1 : rows_at r c (write_rows fst A) = Some (map (map fst) A).
  apply: rows_write => //; apply: sub_all hA => row /andP[-> h]; by apply: sub_all h => z /andP[].
have h2 : rows_at r c (write_rows snd A) = Some (map (map snd) A).
  apply: rows_write => //; apply: sub_all hA => row /andP[-> h]; by apply: sub_all h => z /andP[].
rewrite /write_matrix /matrix_at [_.1]/= [_.2]/=; case: ifP => hr.
  rewrite fields_real; cbv beta iota; rewrite integer_at_write // h1; cbv beta iota.
  have d0 : (0 <= den)%ZZ by apply/Z.lt_le_incl/Z.ltb_lt.
  rewrite (@gcd_zero (map (map snd) A)) -?is_realE // in hg.
  rewrite hd hg; congr (Some (_, _)); rewrite -map_comp -[RHS]map_id; elim: (A) hr => //= row B IH /andP[hr /IH->].
  congr (_ :: _); rewrite -map_comp; elim: row hr => //= -[x y] row IHr /= /andP[/Z.eqb_eq-> /IHr->] //.
rewrite fields_complex_real fields_complex; cbv beta iota; rewrite integer_at_write // h1 h2; cbv beta iota.
rewrite hd hg -is_realE hr; congr (Some (_, _)).
elim: (A) => //= row B ->; congr (_ :: _); elim: row => //= -[x y] row -> //.
Qed.
Lemma fits_parts r c d A : small d -> (0 <? d)%ZZ -> size A = r -> all (fun row => size row == c) A ->
  all (all small) (map (map fst) A) -> all (all small) (map (map snd) A) ->
  (gcd_rows (map (map fst) A) (gcd_rows (map (map snd) A) d) =? 1)%ZZ -> matrix_fits r c (d, A).
Proof.
move=> sd hd hs hr h1 h2 hg; apply/and5P; split=> //=; first by rewrite hs.
elim: (A) hr h1 h2 => //= row B IH /andP[hc hr] /andP[h1 hre] /andP[h2 him]; rewrite IH // andbT /row_fits hc.
by elim: row h1 h2 {hc} => //= z row IHr /andP[-> h1] /andP[-> h2]; exact: IHr.
Qed.
Lemma fst_zip (T U : Type) (s : seq T) (t : seq U) : size s = size t -> map fst (zip s t) = s.
Proof. by move=> e; apply: unzip1_zip; rewrite e. Qed.
Lemma snd_zip (T U : Type) (s : seq T) (t : seq U) : size s = size t -> map snd (zip s t) = t.
Proof. by move=> e; apply: unzip2_zip; rewrite e. Qed.
Lemma matrix_read r c j m : matrix_at r c j = Some m -> matrix_fits r c m.
Proof.
rewrite /matrix_at; set other := if fields [:: _; _; _] j is Some [:: _; _; _] then _ else None.
have complex : other = Some m -> matrix_fits r c m.
  rewrite /other; case: (fields _ j) => [[|jd [|jr [|ji [|? ?]]]]|] //.
  case ed: (integer_at jd) => [d|] //; case er: (rows_at r c jr) => [re|] //; case ei: (rows_at r c ji) => [im|] //.
  case: ifP => // /and3P[hd hg _] [<-]; have [sr cr hr] := rows_read er; have [si ci hi] := rows_read ei.
  have [e1 e2] : map (map fst) [seq zip x.1 x.2 | x <- zip re im] = re /\ map (map snd) [seq zip x.1 x.2 | x <- zip re im] = im.
    have ss : size re = size im by rewrite sr si.
    elim: (re) (im) ss cr ci => [|x re' IH] [|y im'] //= [ss] /andP[/eqP cx cr] /andP[/eqP cy ci].
    by have [-> ->] := IH _ ss cr ci; rewrite fst_zip ?snd_zip ?cx ?cy.
  apply: fits_parts; rewrite ?e1 ?e2 ?(integer_at_read ed) //.
    by rewrite -sr -[in RHS]e1 !size_map.
  by move: cr; rewrite -[in X in X -> _]e1 all_map; apply: sub_all => row /=; rewrite size_map.
case: (fields _ j) => [[|jd [|jr [|? ?]]]|] //.
case ed: (integer_at jd) => [d|] //; case er: (rows_at r c jr) => [re|] //; case: ifP => // /andP[hd hg] [<-].
have [sr cr hr] := rows_read er; set A := map _ re.
have e1 : map (map fst) A = re.
  by rewrite -map_comp -[RHS]map_id; apply: eq_map => row /=; rewrite -map_comp -[RHS]map_id; apply: eq_map.
have hz : all (all (Z.eqb 0)) (map (map snd) A).
  rewrite /A; elim: (re) => //= row B ->; rewrite andbT; by elim: row.
apply: fits_parts; rewrite ?e1 ?(integer_at_read ed) //.
- by rewrite size_map.
- by rewrite all_map; move: cr; apply: sub_all => row /=; rewrite size_map.
- by apply: sub_all hz => row; apply: sub_all => z /Z.eqb_eq<-.
by rewrite (gcd_zero hz) //; apply/Z.lt_le_incl/Z.ltb_lt.
Qed.
Lemma rows_plain d f A : plain d.+2 (write_rows f A).
Proof. by apply: list_plain => row; apply: list_plain => z; apply: integer_plain. Qed.
Lemma matrix_plain d m : plain d.+3 (write_matrix m).
Proof.
rewrite /write_matrix plain_object; try by case: ifP.
by rewrite all_cat /all -/all [_.1]/= [_.2]/= rows_plain [plain _ _]integer_plain; case: ifP => // _; apply/andP; split=> //; apply/andP; split=> //; exact: rows_plain.
Qed.

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
