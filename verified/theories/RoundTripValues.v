(** Scenarios and matrices: reading what is written of them gives them back, and what is read is well-formed. *)
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
