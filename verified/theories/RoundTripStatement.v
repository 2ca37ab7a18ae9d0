(** Statements: reading what is written of a well-formed one gives it back, and every statement that is read is
    well-formed. *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement Read.
From Verified Require Import RoundTripJson RoundTripNumbers RoundTripKeys RoundTripLabels RoundTripValues RoundTripFamilies.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Well-formed statements *)
Definition centred_fits (c : centred) : bool :=
  [&& scenario_fits (outcomes_of c) (dims_of c), families_fit (element_labels (outcomes_of c)) (dims_of c) (centre_of c),
      reduced (radius_of c) & (0 <=? (radius_of c).1)%ZZ].
Definition noise_fits (c : centred) (noise : seq family) (lower upper : rational) : bool :=
  [&& centred_fits c, families_fit (element_labels (outcomes_of c)) (dims_of c) noise, reduced lower, reduced upper
    & [&& (0 <=? lower.1)%ZZ, at_most lower upper & at_most upper (1, 1)%ZZ]].
Definition factors_fit (c : centred) (f : seq nat) : bool :=
  [&& centred_fits c, all small_nat f & factors_ok c (map Z.of_nat f)].
Definition coefficient_fits (D : nat) (m : fraction_matrix) : bool :=
  if eqn D 1 then (if m is (q, [:: [:: (p, Z0)]]) then reduced (p, q) else false) else matrix_fits D D m.
Definition bounded_fits (b : bounded) : bool :=
  let (o, d) := scenario_of_bound b in
  [&& scenario_fits o d, reduced (tolerance_of b), reduced (upper_of b), (0 <=? (tolerance_of b).1)%ZZ && few_alices o
    & [&& few (functional_of b), in_order [seq label_text x.1 | x <- functional_of b]
        & all (fun x => label_fits o x.1 && coefficient_fits (card d) x.2) (functional_of b)]].
Definition well_formed (st : statement) : bool :=
  match st with
  | NoParentStates c | ParentStates c | QuantumRealisation c | LhsModel c | NoLhsModel c | QuantumMixture c => centred_fits c
  | NoiseRobustness c n l u | LhsNoiseRobustness c n l u => noise_fits c n l u
  | SmallestEigenvalue c l u => [&& centred_fits c, reduced l, reduced u & at_most l u]
  | QuantumBound b => bounded_fits b
  | NoQuantumCorrelations c | OutsideLevel c => centred_fits c && few_alices (outcomes_of c)
  | NonlocalCorrelations c => centred_fits c && correlations c
  | NoProductLhsModel c f => factors_fit c f && few_strategies c
  | ProductLhsModel c f => factors_fit c f && still c
  end.

(** ** From a statement to JSON and back *)
Definition json_of (st : statement) : json :=
  object ([:: (ascii "format", Str format_of); (ascii "claim", Str (claim_of st))] ++ particulars st).
Lemma writeE st : write st = print (json_of st). Proof. by []. Qed.

Definition scenario_json c := write_scenario (outcomes_of c) (dims_of c).
Definition families_json c s := Arr (map (write_family (element_labels (outcomes_of c))) s).
Lemma centred_write c : centred_fits c ->
  centred_at (scenario_json c) (families_json c (centre_of c)) (Str (write_rational (radius_of c))) = Some c.
Proof.
case/and4P=> h hf hr r0; rewrite /centred_at scenario_write // rational_at_write //; cbv beta iota; rewrite r0 centre_write //.
by case: (c).
Qed.
Lemma centred_read js jc jr c : centred_at js jc jr = Some c -> centred_fits c.
Proof.
rewrite /centred_at; case E: (scenario_at js) => [[o d]|] //; case F: (rational_at jr) => [r|] //; case: ifP => // r0.
case G: (centre_at o d jc) => [s|] //= [<-]; have h := scenario_read E.
by apply/and4P; split=> //; [exact: centre_read h _ _ G | exact: rational_at_read F].
Qed.
Lemma same_refl s : same s s. Proof. by rewrite sameE. Qed.
Lemma with_centre_write more build j c k rest : centred_fits c ->
  fields (keys ++ more) j = Some [:: Str format_of, Str k, scenario_json c, families_json c (centre_of c), Str (write_rational (radius_of c)) & rest] ->
  with_centre more build j = build c rest.
Proof. by move=> h e; rewrite /with_centre e same_refl centred_write. Qed.
Lemma with_centre_read more build j st : with_centre more build j = Some st -> exists c rest, centred_fits c /\ build c rest = Some st.
Proof.
rewrite /with_centre; case: (fields _ j) => [[|[f|?|?] [|[k|?|?] [|js [|jc [|jr rest]]]]]|] //; case: ifP => // _.
by case E: (centred_at _ _ _) => [c|] //= h; exists c, rest; split=> //; apply: centred_read E.
Qed.

Section Keys.
Variables (k : bytes) (c : centred).
Let start := [:: (ascii "format", Str format_of); (ascii "claim", Str k)].
Let values := [:: Str format_of; Str k; scenario_json c; families_json c (centre_of c); Str (write_rational (radius_of c))].
Lemma keys_centred : fields (keys ++ [::]) (object (start ++ write_centred c)) = Some values. Proof. by []. Qed.
Lemma keys_bounds l u : fields (keys ++ [:: ascii "lower"; ascii "upper"]) (object (start ++ write_centred c ++ write_bounds l u))
  = Some (values ++ [:: Str (write_rational l); Str (write_rational u)]). Proof. by []. Qed.
Lemma keys_noise n l u : fields (keys ++ [:: ascii "noise"; ascii "lower"; ascii "upper"])
  (object (start ++ write_noise c n :: write_centred c ++ write_bounds l u))
  = Some (values ++ [:: families_json c n; Str (write_rational l); Str (write_rational u)]). Proof. by []. Qed.
Lemma keys_factors f : fields (keys ++ [:: ascii "factors"]) (object (start ++ (ascii "factors", write_numbers f) :: write_centred c))
  = Some (values ++ [:: write_numbers f]). Proof. by []. Qed.
End Keys.
Lemma statement_claim st : statement_at (json_of st) = obind (fun f => f (json_of st)) (member (claim_of st) readers).
Proof. by case: st => [c|c|c|c n l u|c l u|[[o d] F r u]|c|c|c|c|c n l u|c|c f|c f|c]. Qed.

(** ** Functionals (3.7) *)
Lemma card_1 d : all (leq 1) d -> all (eqn 1) d = eqn (card d) 1.
Proof.
elim: d => //= n d IH /andP[n0 /IH->]; rewrite -![eqn _ 1]/(_ == 1) muln_eq1 [eqn 1 n](eq_sym 1 n); exact.
Qed.
Lemma coefficient_write d m : all (leq 1) d -> coefficient_fits (card d) m -> coefficient_at (card d) (write_coefficient d m) = Some m.
Proof.
move=> hd; rewrite /coefficient_fits /coefficient_at /write_coefficient card_1 //; case: (eqn _ 1); last exact: matrix_write.
case: m => q [|[|[p [|?|?]] [|? ?]] [|? ?]] // h; rewrite -[write_rational _]/(write_rational (p, q)).
by rewrite [(_ && _)]/= rational_at_write.
Qed.
Lemma coefficient_read D j m : coefficient_at D j = Some m -> coefficient_fits D m.
Proof.
rewrite /coefficient_at /coefficient_fits; case: (eqn D 1); last exact: matrix_read.
by case E: (rational_at j) => [[p q]|] //= [<-]; apply: rational_at_read E.
Qed.
Lemma coefficient_plain n d m : plain n.+3 (write_coefficient d m).
Proof. by rewrite /write_coefficient; case: ifP => _; [apply: rational_plain | apply: matrix_plain]. Qed.
Section Functional.
Variables (o : seq (seq nat)) (d : seq nat).
Hypothesis d_pos : all (leq 1) d.
Let named (F : seq (label * fraction_matrix)) := [seq (label_text x.1, write_coefficient d x.2) | x <- F].
Let keys_named F : map fst (named F) = [seq label_text x.1 | x <- F]. Proof. by rewrite -map_comp. Qed.
Lemma functional_write F : few F -> in_order [seq label_text x.1 | x <- F] ->
  all (fun x => label_fits o x.1 && coefficient_fits (card d) x.2) F -> functional_at o (card d) (object (named F)) = Some F.
Proof.
move=> h ho hF; have hn : few (named F) by rewrite (@few_size _ _ _ F) // size_map.
have [e hd] : by_key (named F) = named F /\ distinct (named F) by apply: by_key_in_order; rewrite ?keys_named.
rewrite /functional_at /object e e hd; apply: each_some; elim: F hF {h ho hn e hd} => //= x F IH /andP[/andP[hl hc] /IH->].
by rewrite label_write // coefficient_write //; case: x {hl hc}.
Qed.
Lemma functional_plain n F : few F -> in_order [seq label_text x.1 | x <- F] -> plain n.+4 (object (named F)).
Proof.
move=> h /andP[u _]; rewrite plain_object ?keys_named //; last by rewrite (@few_size _ _ _ F) // size_map.
elim: F {h u} => // x F IH; apply/andP; split=> //.
by apply/andP; split; [apply: label_plain | apply: coefficient_plain].
Qed.
Lemma functional_read D j F : functional_at o D j = Some F ->
  [&& few F, in_order [seq label_text x.1 | x <- F] & all (fun x => label_fits o x.1 && coefficient_fits D x.2) F].
Proof.
case: j => // l; rewrite /functional_at; case: ifP => // /distinct_in_order ho /some_each e.
have [ek hF] : map fst (by_key l) = [seq label_text x.1 | x <- F] /\ all (fun x => label_fits o x.1 && coefficient_fits D x.2) F.
  elim: (by_key l) F e {ho} => [|[k v] s IH] [|[lb m] F] //= [].
  case E: (label_at o k) => [lb'|] //; case G: (coefficient_at D v) => [m'|] //= [<- <-] /IH[-> ->].
  by have [-> ->] := label_read E; rewrite (coefficient_read G).
rewrite -ek ho hF andbT (@few_size _ _ _ (by_key l)) ?few_by_key //.
by have := congr1 size ek; rewrite !size_map => ->.
Qed.
End Functional.

(** ** Statements *)
Definition member_plain (kv : bytes * json) : bool := plain_string kv.1 && plain 11 kv.2.
Lemma centred_plain c : centred_fits c -> all member_plain (write_centred c).
Proof.
case/and4P=> h hf _ _; apply/and4P; split=> //; first exact: scenario_plain.
  exact: (centre_plain h).
by apply/andP; split=> //; apply: rational_plain.
Qed.
Lemma bounds_plain l u : all member_plain (write_bounds l u).
Proof. by apply/and3P; split=> //; apply/andP; split=> //; apply: rational_plain. Qed.
Lemma noise_plain c n l u : noise_fits c n l u -> all member_plain (write_noise c n :: write_centred c ++ write_bounds l u).
Proof.
case/and5P=> hc hf _ _ _; have hr : all member_plain (write_centred c ++ write_bounds l u).
  by rewrite all_cat centred_plain // bounds_plain.
apply/andP; split; last exact: hr.
by case/and4P: hc => h _ _ _; apply: (centre_plain h).
Qed.
Lemma factors_plain c f : factors_fit c f -> all member_plain ((ascii "factors", write_numbers f) :: write_centred c).
Proof. by case/and3P=> /centred_plain h _ _; apply/andP; split=> //; apply: (numbers_plain 10). Qed.
Lemma bounded_plain b : bounded_fits b -> all member_plain (write_bounded b).
Proof.
case: b => [[o d] F r u] /and5P[h _ _ _ /and3P[hF ho _]]; have [_ _ _ hd] := scenario_pos h.
apply/and5P; split=> //.
- exact: scenario_plain.
- exact: (functional_plain d 7 hF ho).
- by apply/andP; split=> //; apply: rational_plain.
by apply/andP; split=> //; apply: rational_plain.
Qed.
Lemma particulars_plain st : well_formed st -> all member_plain (particulars st).
Proof.
have only c b : centred_fits c && b -> all member_plain (write_centred c) by case/andP=> /centred_plain.
have factors c f b : factors_fit c f && b -> all member_plain ((ascii "factors", write_numbers f) :: write_centred c).
  by case/andP=> /factors_plain.
have bounds c l u : [&& centred_fits c, reduced l, reduced u & at_most l u] -> all member_plain (write_centred c ++ write_bounds l u).
  by case/and4P=> /centred_plain h _ _ _; rewrite all_cat h bounds_plain.
case: st => [c|c|c|c n l u|c l u|b|c|c|c|c|c n l u|c|c f|c f|c]; [exact: centred_plain | exact: centred_plain
  | exact: centred_plain | exact: noise_plain | exact: bounds | exact: bounded_plain | exact: only | exact: only
  | exact: centred_plain | exact: centred_plain | exact: noise_plain | exact: only | exact: factors | exact: factors
  | exact: centred_plain].
Qed.
Lemma json_plain st : well_formed st -> plain 12 (json_of st).
Proof.
move=> h; rewrite plain_object; [|by case: st {h} => [c|c|c|c n l u|c l u|[[o d] F r u]|c|c|c|c|c n l u|c|c f|c f|c]..].
by rewrite all_cat -[all _ (particulars _)]/(all member_plain _) particulars_plain // andbT; case: st {h}.
Qed.

Lemma read_centred k c build : centred_fits c ->
  with_centre [::] build (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ write_centred c)) = build c [::].
Proof. by move=> h; apply: with_centre_write h (keys_centred k c). Qed.
Lemma read_noise k c n l u mk : noise_fits c n l u ->
  with_noise mk (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ write_noise c n :: write_centred c ++ write_bounds l u))
  = Some (mk c n l u).
Proof.
case/and5P=> hc hn hl hu hb; rewrite /with_noise (with_centre_write _ hc (keys_noise k c n l u)).
by case/and4P: hc => h _ _ _; rewrite (centre_write h hn) !rational_at_write // hb.
Qed.
Lemma numbers_back l : map Z.to_nat (map Z.of_nat l) = l.
Proof. by rewrite -map_comp -[RHS]map_id; apply: eq_map => n; apply: Nat2Z.id. Qed.
Lemma read_factors k c f (ok : centred -> bool) mk : factors_fit c f -> ok c ->
  with_factors ok mk (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ (ascii "factors", write_numbers f) :: write_centred c))
  = Some (mk c f).
Proof.
case/and3P=> hc hs hf hk; rewrite /with_factors (with_centre_write _ hc (keys_factors k c f)) numbers_write //.
by rewrite [obind _ _]/= hf hk numbers_back.
Qed.
Lemma fields_bounded f k js jf jr ju :
  fields [:: ascii "format"; ascii "claim"; ascii "scenario"; ascii "functional"; ascii "radius"; ascii "upper"]
    (object [:: (ascii "format", f); (ascii "claim", k); (ascii "scenario", js); (ascii "functional", jf); (ascii "radius", jr); (ascii "upper", ju)])
  = Some [:: f; k; js; jf; jr; ju].
Proof. by []. Qed.
Lemma read_bounded b k : bounded_fits b ->
  bounded_at (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ write_bounded b)) = Some (QuantumBound b).
Proof.
case: b => [[o d] F r u] /and5P[h hr hu h0 /and3P[hF ho hx]]; have [_ _ _ hd] := scenario_pos h.
rewrite /bounded_at [_ ++ _]/= fields_bounded; cbv beta iota; rewrite same_refl scenario_write // !rational_at_write //.
by cbv beta iota; rewrite [X in if X then _ else _]h0 functional_write.
Qed.

Lemma read_only k c ok (mk : centred -> statement) : centred_fits c && ok c ->
  only_if ok mk (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ write_centred c)) = Some (mk c).
Proof. by case/andP=> h hk; rewrite /only_if read_centred // hk. Qed.
Lemma read_bounds k c l u mk : [&& centred_fits c, reduced l, reduced u & at_most l u] ->
  with_bounds mk (object ([:: (ascii "format", Str format_of); (ascii "claim", Str k)] ++ write_centred c ++ write_bounds l u))
  = Some (mk c l u).
Proof.
case/and4P=> hc hl hu hb; rewrite /with_bounds (with_centre_write _ hc (keys_bounds k c l u)).
by rewrite !rational_at_write // hb.
Qed.
Lemma statement_at_json st : well_formed st -> statement_at (json_of st) = Some st.
Proof.
rewrite statement_claim; case: st => [c|c|c|c n l u|c l u|b|c|c|c|c|c n l u|c|c f|c f|c] h.
- exact: (read_centred (claim_of (NoParentStates c)) (fun c _ => Some (NoParentStates c)) h).
- exact: (read_centred (claim_of (ParentStates c)) (fun c _ => Some (ParentStates c)) h).
- exact: (read_centred (claim_of (QuantumRealisation c)) (fun c _ => Some (QuantumRealisation c)) h).
- exact: (read_noise (claim_of (NoiseRobustness c n l u)) NoiseRobustness h).
- exact: (read_bounds (claim_of (SmallestEigenvalue c l u)) SmallestEigenvalue h).
- exact: (read_bounded (claim_of (QuantumBound b)) h).
- exact: (read_only (claim_of (NoQuantumCorrelations c)) NoQuantumCorrelations h).
- exact: (read_only (claim_of (OutsideLevel c)) OutsideLevel h).
- exact: (read_centred (claim_of (LhsModel c)) (fun c _ => Some (LhsModel c)) h).
- exact: (read_centred (claim_of (NoLhsModel c)) (fun c _ => Some (NoLhsModel c)) h).
- exact: (read_noise (claim_of (LhsNoiseRobustness c n l u)) LhsNoiseRobustness h).
- exact: (read_only (claim_of (NonlocalCorrelations c)) NonlocalCorrelations h).
- by case/andP: h => hf hk; exact: (read_factors (claim_of (NoProductLhsModel c f)) NoProductLhsModel hf hk).
- by case/andP: h => hf hk; exact: (read_factors (claim_of (ProductLhsModel c f)) ProductLhsModel hf hk).
exact: (read_centred (claim_of (QuantumMixture c)) (fun c _ => Some (QuantumMixture c)) h).
Qed.

(** ** What is read is well-formed *)
Lemma read_noise_fits mk j st : with_noise mk j = Some st -> exists c n l u, st = mk c n l u /\ noise_fits c n l u.
Proof.
case/with_centre_read=> c [[|jn [|jl [|ju [|? ?]]]] [hc]] //.
case E: (centre_at _ _ jn) => [n|] //; case F: (rational_at jl) => [l|] //; case G: (rational_at ju) => [u|] //.
case: ifP => // hb [<-]; exists c, n, l, u; split=> //; have /and4P[h _ _ _] := hc.
by apply/and5P; split=> //; [exact: (centre_read h E) | exact: rational_at_read F | exact: rational_at_read G].
Qed.
Lemma read_factors_fit ok mk j st : with_factors ok mk j = Some st -> exists c f, st = mk c f /\ factors_fit c f && ok c.
Proof.
case/with_centre_read=> c [[|jf [|? ?]] [hc]] //; case E: (list_of _ jf) => [l|] //=.
case: ifP => // /andP[hf hk] [<-]; exists c, (map Z.to_nat l); split=> //; rewrite hk andbT.
have hp : positive_numbers l.
  by case/and4P: hf => _ _ hl _; apply: sub_all hl => z /betweenP[h _]; apply/Z.leb_le; lia.
apply/and3P; split=> //; first by apply: small_back hp (list_of_some integer_at_read E).
by rewrite positive_back.
Qed.
Lemma bounded_read j st : bounded_at j = Some st -> well_formed st.
Proof.
rewrite /bounded_at; case: (fields _ j) => [[|[f|?|?] [|[k|?|?] [|js [|jf [|jr [|ju [|? ?]]]]]]]|] //; case: ifP => // _.
case E: (scenario_at js) => [[o d]|] //; case F: (rational_at jr) => [r|] //; case G: (rational_at ju) => [u|] //.
case: ifP => // h0; case H: (functional_at _ _ jf) => [s|] //= [<-].
apply/and5P; split=> //; [exact: scenario_read E | exact: rational_at_read F | exact: rational_at_read G | exact: functional_read H].
Qed.
Lemma just_fits mk : (forall c, well_formed (mk c) = centred_fits c) -> forall j st, just mk j = Some st -> well_formed st.
Proof. by move=> e j st /with_centre_read[c [rest [hc [<-]]]]; rewrite e. Qed.
Lemma only_fits ok mk : (forall c, well_formed (mk c) = centred_fits c && ok c) -> forall j st, only_if ok mk j = Some st -> well_formed st.
Proof. by move=> e j st /with_centre_read[c [rest [hc]]]; case: ifP => // hk [<-]; rewrite e hc. Qed.
Lemma bounds_fit j st : with_bounds SmallestEigenvalue j = Some st -> well_formed st.
Proof.
case/with_centre_read=> c [[|jl [|ju [|? ?]]] [hc]] //; case F: (rational_at jl) => [l|] //; case G: (rational_at ju) => [u|] //.
by case: ifP => // hb [<-]; apply/and4P; split=> //; [exact: rational_at_read F | exact: rational_at_read G].
Qed.
Definition fits (f : json -> option statement) : Prop := forall j st, f j = Some st -> well_formed st.
Lemma readers_fit : holds (fun r => fits r.2) readers.
Proof.
split; first exact: just_fits.
split; first exact: just_fits.
split; first exact: just_fits.
split; first by move=> j st /read_noise_fits[c [n [l [u [->]]]]].
split; first exact: bounds_fit.
split; first exact: bounded_read.
split; first exact: only_fits.
split; first exact: only_fits.
split; first exact: just_fits.
split; first by move=> j st /read_noise_fits[c [n [l [u [->]]]]].
split; first exact: just_fits.
split; first exact: only_fits.
split; first by move=> j st /read_factors_fit[c [f [->]]].
split; first by move=> j st /read_factors_fit[c [f [->]]].
by split; first exact: just_fits.
Qed.
Lemma member_fits k f : member k readers = Some f -> fits f.
Proof.
rewrite /member; elim: readers readers_fit => //= r l IH [hr /IH h].
by case: ifP => [_ [<-]|_].
Qed.
Theorem read_well_formed text st : read text = Some st -> well_formed st.
Proof.
rewrite /read /statement_at /obind /oapp; case: (parse text) => // j; case: (claim_at j) => // k.
case E: (member k readers) => [f|] //; exact: member_fits E _ _.
Qed.
