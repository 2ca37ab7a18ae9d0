(** 3.8 `no quantum correlations` and 3.9 `outside a level` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound Sanity.
From Verified Require Import Json Statement Commuting Meaning Tables Witness Rules Centre Joint Enclosures Strategies.
From Verified Require Import Naimark Words Squares SquaresSound Behaviours QuantumBound FiniteDimensional.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.
Local Arguments int_of C z : simpl never.

(** An element with all its outcomes, by its places *)
Definition label_of (o : seq (seq nat)) (x a : nat) : label :=
  [seq (Some (dig (outcome_radices o x) j a), dig (setting_radices o) j x) | j <- iota 0 (size o)].

Lemma twice_ReE (C : numClosedFieldType) (z : C) : twice_Re z = 'Re z *+ 2.
Proof. by rewrite ReE -mulr_natr divfK // pnatr_eq0. Qed.

Section Elements.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat).
Hypothesis hne : nonempty o d.
Local Notation T := (scenario_of o d).
Lemma nth_label_of (x : setting T) (a : outcome x) (j : 'I_(alices T)) :
  nth (None, 0%N) (label_of o (xpl x) (apl a)) j = (Some (val (a j)), val (x j)).
Proof.
by rewrite /label_of (nth_map 0%N) ?size_iota // nth_iota // add0n (dig_apl hne) (dig_xpl hne).
Qed.
Lemma events_label_of (A : star_algebra C) (P : kraus_operators T A) : measured P -> (forall y, projective_at P y) ->
  forall (x : setting T) (a : outcome x), events_from (numbered P) 0 (label_of o (xpl x) (apl a)) = \prod_j P j (x j) (a j).
Proof.
move=> hP hproj x a; rewrite -(events_sum hP hproj (x := x)); last 2 first.
- by rewrite size_map size_iota.
- by apply/forallP => j; rewrite nth_label_of.
rewrite (big_pred1 a) // => b; apply/forallP/eqP => [h|-> j]; last by rewrite nth_label_of /= eqxx.
by apply/ffunP => j; apply: val_inj; have := h j; rewrite nth_label_of /= => /eqP.
Qed.
End Elements.

(** ** 3.9 *)
Section Level.
Variables (c : centred) (W : seq family) (k : rational) (e : sum_of_squares).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Local Notation D := (card d).
Definition level_terms (cz : Z) (Wt : table) : seq (label * matrix) :=
  (whole o, unit_matrix D cz) ::
  flatten [seq [seq (label_of o x a, tabulate D (joint_entry d Wt x a)) | a <- iota 0 (card (outcome_radices o x))]
          | x <- iota 0 (card (setting_radices o))].
Definition level_rules : seq rule :=
  let (den, t) := over (centre_of c) in
  let m := common W k.2 in let Wt := table_of m W in let cz := (k.1 * (m / k.2))%ZZ in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "squares") (fun _ => squares_rule o D m (level_terms cz Wt) (factor_den e) (factor_rows_of e));
      named (ascii "value") (fun _ => (0 <? (radius_of c).2)%ZZ &&
        (cz * (den * (radius_of c).2) + value_within o d den t Wt (radius_of c) <? 0)%ZZ)].

Variable C : numClosedFieldType.
Theorem level_sound : hold level_rules -> meaning C (OutsideLevel c).
Proof.
rewrite /level_rules /over; set m := common W k.2; set Wt := table_of m W; set cz := (_ * _)%ZZ.
rewrite hold_cat => /andP[ha]; rewrite !hold_cons andbT => /andP[hsq /andP[/Z.ltb_lt d2 /Z.ltb_lt v0]].
have [hf as_c] := assemblage_sound C ha; have [hne _] := assemblage_nonempty ha; split=> // s _ hb.
suff no : ~ quantum_commuting s by split=> // /quantum_is_commuting.
case=> S hS mS; have [A [w [P [hP hproj SE]]]] := naimark hS; pose E := numbered P.
have := squares_sound (numbered_star hproj) (numbered_mul hproj) (numbered_comm hP)
  (numbered_sum hP hproj) (@numbered_out _ _ _ _ P) w (@fpl_lt o d) (fpl_inj hne) (sum_space hne) hsq.
have -> : \sum_(x <- level_terms cz Wt) worth w (@fpl o d) (events_from E 0 x.1) x.2 = int_of C cz + Duality.value (weight C Wt) s.
  rewrite big_cons whole_events (unit_worth _ (@fpl_lt o d) (fpl_inj hne)); congr (_ + _).
  rewrite big_flatten big_map sum_iota.
  pose F x a := worth w (@fpl o d) (events_from E 0 (label_of o x a)) (tabulate D (joint_entry d Wt x a)).
  transitivity (\sum_(x < card (setting_radices o)) \sum_(a < card (outcome_radices o x)) F x a).
    by apply: eq_bigr => x _; rewrite big_map sum_iota.
  rewrite -(sum_events hne F); apply: eq_bigr => x _; apply: eq_bigr => a _.
  rewrite /F (events_label_of hne hP hproj) /worth.
  have jE f g : number C (entry (tabulate D (joint_entry d Wt (xpl x) (apl a))) (fpl f) (fpl g)) = \sum_l extend (@weight C o d Wt l x a) f g.
    rewrite entry_tabulate ?fpl_lt // /joint_entry number_gsum_iota; apply: eq_bigr => l _.
    by rewrite /extend (agree_fpl hne) /weight !(dig_fpl hne); case: ifP; rewrite ?number0.
  rewrite /SquaresSound.value (eq_bigr (fun f => \sum_g \sum_l extend (@weight C o d Wt l x a) f g * S x a g f)) => [|f _]; last first.
    by apply: eq_bigr => g _; rewrite /mat jE mulr_suml; apply: eq_bigr => l _; rewrite SE.
  under eq_bigr do rewrite exchange_big; rewrite exchange_big; apply: eq_bigr => l _.
  rewrite -[LHS]/(inner (extend (@weight C o d Wt l x a)) (S x a)) inner_extend; apply: eq_inner => // i j; exact: mS.
have D0 := int_of_gt0 C (den_gt0 hf); have dC := int_of_gt0 C d2.
rewrite twice_ReE pmulrn_lge0 // raddfD /= (Creal_ReP _ (int_of_real C cz)) => ge.
have le := value_within_le Wt hne hf d2 hb.
have := le_trans ge (ler_add (lexx (int_of C cz)) le); rewrite -(pmulr_lge0 _ (mulr_gt0 D0 dC)) mulrDl divfK; last first.
  by rewrite mulf_neq0 // lt0r_neq0.
by rewrite -!int_of_mul -int_of_add => /le_lt_trans/(_ (int_of_lt0 C v0)); rewrite ltxx.
Qed.
End Level.

(** ** 3.8 *)
Section Correlations.
Variables (c : centred) (F : seq (label * fraction_matrix)) (e : sum_of_squares).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition label_place (l : label) : nat := enc (setting_radices o) (fun j => (nth (None, 0%N) l j).2).
Definition stands_for (l : label) (x a : nat) : bool :=
  all (fun j => if (nth (None, 0%N) l j).1 is Some b then eqn (dig (outcome_radices o x) j a) b else true) (iota 0 (size o)).
Definition all_left_out (l : label) : bool := all (fun u => if u.1 is None then true else false) l.
(** The elements for which a key stands, and the sum of their probabilities, times the denominator *)
Definition members_of (l : label) : seq nat :=
  let x := label_place l in [seq a <- iota 0 (card (outcome_radices o x)) | stands_for l x a].
Definition probability (t : table) (l : label) : Z :=
  let x := label_place l in Zsum [seq (gtrace (radix d (least d)) (element t (least d) x a)).1 | a <- members_of l].
Definition moves (l : label) : Z := if all_left_out l then 0%ZZ else (Z.of_nat (radix d (least d)) * Z.of_nat (size (members_of l)))%ZZ.
Definition functional_den : Z := foldl (fun g x => Z.lcm g x.2.1) 1%ZZ F.
Definition functional_terms (m : Z) : seq (label * matrix) := [seq (x.1, scaled (m / x.2.1) x.2.2) | x <- F].
Definition coefficient (x : label * matrix) : Z := (entry x.2 0 0).1.
Definition correlations_rules : seq rule :=
  let (den, t) := over (centre_of c) in let m := functional_den in let terms := functional_terms m in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "squares") (fun _ => all (fun x => label_ok o x.1) terms && squares_rule o 1 m terms (factor_den e) (factor_rows_of e));
      named (ascii "value") (fun _ => [&& 0 <? (radius_of c).2, 0 <=? (radius_of c).1, (least d < size d)%N,
          all (fun x => (entry x.2 0 0).2 =? 0)%ZZ terms &
          (Zsum [seq coefficient x * probability t x.1 | x <- terms] * (radius_of c).2
           + (radius_of c).1 * den * Zsum [seq Z.abs (coefficient x) * moves x.1 | x <- terms] <? 0)]%ZZ)].

Variable C : numClosedFieldType.
Local Notation T := (scenario_of o d).
Lemma unit_inj (i j : unit) : (0%N == 0%N) = (i == j). Proof. by case: i j => [] []. Qed.
Lemma sum_unit (P : pred nat) (G : nat -> C) : \sum_(i : unit | P 0%N) G 0%N = \sum_(p < 1 | P p) G p.
Proof. by rewrite big_mkcond [RHS]big_mkcond big_ord1 (big_pred1 tt) //; case. Qed.
Lemma real_le_norm (x : C) : x \is Num.real -> x <= `|x|.
Proof. by move=> rx; have := (leif_normC_Re_Creal x).1; rewrite (Creal_ReP _ rx) => /(le_trans (real_ler_norm rx)). Qed.

Lemma big_unit (G : unit -> C) : \sum_i G i = G tt. Proof. by rewrite (big_pred1 tt) //; case. Qed.
(** A quantum realisation has quantum correlations. *)
Lemma correlations_of_realisation (s : Claims.elements C T) : quantum_commuting s -> quantum_correlations s.
Proof.
case=> S [A [w [K [hK SE]]]] mS.
pose phi0 (_ _ : unit) (a : A) := \sum_f w f f a.
have D f g a b : phi0 f g (a + b) = phi0 f g a + phi0 f g b.
  by rewrite /phi0 -big_split; apply: eq_bigr => h _; apply: phiD.
have Z f g k a : phi0 f g (k *: a) = k * phi0 f g a.
  by rewrite /phi0 mulr_sumr; apply: eq_bigr => h _; apply: phiZ.
have H f g a : phi0 g f (star a) = (phi0 f g a)^*.
  by rewrite /phi0 rmorph_sum; apply: eq_bigr => h _; apply: phi_herm.
have P (x : unit -> A) : 0 <= \sum_f \sum_g phi0 f g (star (x f) * x g).
  by rewrite !big_unit; apply: sumr_ge0 => f _; apply: square_ge0.
have N : \sum_f phi0 f f 1 = 1 by rewrite big_unit; apply: phi_1.
exists (fun x a => trace (S x a)); last first.
  by move=> k x a; rewrite -(trace_partial_trace k); apply: eq_bigr => i _; rewrite mS.
by exists A, (StateOn D Z H P N), K; split=> // x a f g; apply: eq_bigr => h _; apply: SE.
Qed.

Section Held.
Hypothesis hne : nonempty o d.
Hypothesis hleast : (least d < size d)%N.
Hypothesis hfit : fits (common (centre_of c) 1) (centre_of c).
Local Notation den := (common (centre_of c) 1).
Local Notation t := (table_of den (centre_of c)).
Definition poor : 'I_(bobs T) := Ordinal hleast.
Variable delta : C.
Variable s : Claims.elements C T.
Hypothesis hb : ball delta (centre_in C c) s.
Hypothesis as_c : assemblage (centre_in C c).
Hypothesis as_s : assemblage s.
Hypothesis delta0 : 0 <= delta.
Definition centre_p (x a : nat) : C := int_of C (gtrace (radix d (least d)) (element t (least d) x a)).1 / int_of C den.
Lemma trace_real (u : Claims.elements C T) k x a : assemblage u -> trace (u k x a) \is Num.real.
Proof. by case=> h _ _; apply/ger0_real/sumr_ge0 => i _; apply: psd_diag (h k x a). Qed.
Lemma centre_trace (x : setting T) (a : outcome x) : trace (centre_in C c poor x a) = centre_p (xpl x) (apl a).
Proof.
have trE : trace (centre_in C c poor x a) = number C (gtrace (radix d (least d)) (element t (least d) (xpl x) (apl a))) / int_of C den.
  rewrite /gtrace number_gsum_iota mulr_suml; apply: eq_bigr => i _; exact: (esym (data_table C hfit a i i)).
have rd : (int_of C den)^-1 \is Num.real by rewrite rpredV int_of_real.
by rewrite -(Creal_ReP _ (trace_real poor a as_c)) trE ReM (Creal_ReP _ rd) (Creal_ImP _ rd) mulr0 subr0 Re_number.
Qed.
Lemma trace_near (x : setting T) (a : outcome x) : `|trace (@s poor x a) - centre_p (xpl x) (apl a)| <= (radix d (least d))%:R * delta.
Proof.
rewrite -centre_trace; have r : trace (@s poor x a) - trace (centre_in C c poor x a) \is Num.real by rewrite rpredB ?trace_real.
rewrite -(Creal_ReP _ r) /trace -sumrB raddf_sum; apply: le_trans (ler_norm_sum _ _ _) _.
apply: le_trans (_ : \sum_(i < radix d (least d)) delta <= _); last by rewrite sumr_const card_ord mulr_natl.
by apply: ler_sum => i _; have [] := hb a i i.
Qed.
Lemma place_label l (x : setting T) : fits_setting l x -> label_place l = xpl x.
Proof.
move=> /forallP hx; apply/esym; apply: (place_enc (size_mA o d) (@settingsE o d)) => j; exact/eqP/hx.
Qed.
Lemma stands_forE l (x : setting T) (a : outcome x) : stands_for l (xpl x) (apl a) = fits_outcome l a.
Proof.
apply/allP/forallP => h j.
  have := h j; rewrite mem_iota add0n ltn_ord => /(_ isT); by rewrite (dig_apl hne).
rewrite mem_iota add0n => hj; have := h (Ordinal hj); by rewrite -(dig_apl hne a (Ordinal hj)).
Qed.
Lemma sum_members l (x : setting T) (G : nat -> C) : fits_setting l x ->
  \sum_(a <- members_of l) G a = \sum_(a : outcome x | fits_outcome l a) G (apl a).
Proof.
move=> hx; rewrite /members_of (place_label hx) big_filter sum_iota.
rewrite -(sum_outcome hne x (stands_for l (xpl x)) G); by apply: eq_bigl => a; rewrite stands_forE.
Qed.
Lemma label_moves l (x : setting T) : fits_setting l x ->
  `|\sum_(a : outcome x | fits_outcome l a) trace (@s poor x a) - int_of C (probability t l) / int_of C den|
  <= int_of C (moves l) * delta.
Proof.
move=> hx; have -> : int_of C (probability t l) / int_of C den = \sum_(a : outcome x | fits_outcome l a) centre_p (xpl x) (apl a).
  rewrite -(sum_members (fun a => centre_p (xpl x) a) hx) /probability int_of_Zsum mulr_suml.
  by apply: eq_bigr => a _; rewrite (place_label hx).
rewrite /moves; case: ifP => [/(all_nthP (None, 0%N)) hl|_].
  have all_fit (a : outcome x) : fits_outcome l a.
    apply/forallP => j; case: (ltnP j (size l)) => hj; last by rewrite nth_default.
    by have := hl j hj; case: (nth _ l j) => -[].
  have one (u : Claims.elements C T) : assemblage u -> \sum_(a : outcome x | fits_outcome l a) trace (@u poor x a) = 1.
    by case=> _ [q [hq hs]] _; rewrite -(hs x); apply: eq_big => // a _; rewrite -(hq poor).
  by rewrite (one _ as_s) -(eq_bigr _ (fun a _ => centre_trace a)) (one _ as_c) subrr normr0 [int_of C 0](_ : _ = 0) // mul0r.
rewrite -sumrB; apply: le_trans (ler_norm_sum _ _ _) _.
apply: le_trans (_ : \sum_(a : outcome x | fits_outcome l a) (radix d (least d))%:R * delta <= _).
  by apply: ler_sum => a _; apply: trace_near.
rewrite -(sum_members (fun=> (radix d (least d))%:R * delta) hx) big_const_seq count_predT iter_addr_0.
by rewrite int_of_mul !int_of_nat -(mulr_natr (_ * _)) mulrAC lexx.
Qed.
End Held.

Theorem correlations_sound : hold correlations_rules -> meaning C (NoQuantumCorrelations c).
Proof.
rewrite /correlations_rules /over; set m := functional_den; set terms := functional_terms m.
rewrite hold_cat => /andP[ha]; rewrite !hold_cons andbT => /andP[/andP[hl hsq] /and5P[/Z.ltb_lt d2 /Z.leb_le r0 hleast him /Z.ltb_lt v0]].
have [hf as_c] := assemblage_sound C ha; have [hne _] := assemblage_nonempty ha; split=> // s as_s hb.
have rC : 0 <= fraction C (radius_of c) by rewrite /fraction mulr_ge0 ?int_of_ge0 // invr_ge0 int_of_ge0 //; lia.
suff no : ~ quantum_correlations s.
  have no' : ~ quantum_commuting s by move/correlations_of_realisation.
  by split=> //; split=> // /quantum_is_commuting.
case=> p hp pE; have [A [w [P [hP hproj SE]]]] := naimark hp; pose E := numbered P.
have := squares_sound (numbered_star hproj) (numbered_mul hproj) (numbered_comm hP)
  (numbered_sum hP hproj) (@numbered_out _ _ _ _ P) w (D := 1) (code := fun=> 0%N) (fun=> isT) unit_inj sum_unit hsq.
pose den := common (centre_of c) 1; pose t := table_of den (centre_of c).
pose delta := fraction C (radius_of c).
pose q (l : label) : C := int_of C (probability t l) / int_of C den.
pose v (l : label) := w tt tt (events_from E 0 l).
have step x : label_ok o x.1 && ((entry x.2 0 0).2 =? 0)%ZZ -> worth w (fun=> 0%N) (events_from E 0 x.1) x.2 \is Num.real /\
    worth w (fun=> 0%N) (events_from E 0 x.1) x.2 <= int_of C (coefficient x) * q x.1 + int_of C (Z.abs (coefficient x) * moves x.1) * delta.
  case/andP=> lo /Z.eqb_eq im0.
  have -> : worth w (fun=> 0%N) (events_from E 0 x.1) x.2 = int_of C (coefficient x) * v x.1.
    rewrite /worth /SquaresSound.value !big_unit /mat /v; congr (_ * _).
    by rewrite /number im0 [int_of C 0](_ : _ = 0) // mulr0 addr0.
  have [x0 hx] := only_setting d lo; have fx : fits_setting x.1 x0 by rewrite hx /= eqxx.
  have vE : v x.1 = \sum_(a : outcome x0 | fits_outcome x.1 a) trace (@s (poor hleast) x0 a).
    rewrite /v; have := key_worth hP hproj SE (fun _ _ => 1) lo; rewrite (big_pred1 x0) // /SquaresSound.value !big_unit mul1r => <-.
    by apply: eq_bigr => a _; rewrite /inner !big_unit mul1r pE.
  have vr : v x.1 \is Num.real by rewrite vE; apply: rpred_sum => a _; apply: trace_real.
  have qr : q x.1 \is Num.real by rewrite /q rpred_div ?int_of_real.
  split; first by rewrite rpredM ?int_of_real.
  rewrite -ler_subl_addl -mulrBr; apply: le_trans (real_le_norm _) _; first by rewrite rpredM ?int_of_real ?rpredB.
  rewrite normrM int_of_abs int_of_mul -mulrA ler_wpmul2l ?int_of_ge0 ?vE //; first lia.
  exact: label_moves fx.
have all_terms l : all (fun x => label_ok o x.1) l -> all (fun x => (entry x.2 0 0).2 =? 0)%ZZ l ->
    \sum_(x <- l) worth w (fun=> 0%N) (events_from E 0 x.1) x.2 \is Num.real /\
    \sum_(x <- l) worth w (fun=> 0%N) (events_from E 0 x.1) x.2 <=
      \sum_(x <- l) (int_of C (coefficient x) * q x.1 + int_of C (Z.abs (coefficient x) * moves x.1) * delta).
  elim: l => [|x l IH] /=; first by rewrite !big_nil real0.
  case/andP=> h1 hl' /andP[h2 hi']; have [r1 le1] := IH hl' hi'; have [|r2 le2] := step x; first by rewrite h1.
  by rewrite !big_cons; split; [apply: rpredD | apply: ler_add].
have [rr le] := all_terms terms hl him.
rewrite twice_Re_real // pmulrn_lge0 // => ge; have := le_trans ge le.
have D0 := int_of_gt0 C (den_gt0 hf); have dC := int_of_gt0 C d2.
rewrite -(pmulr_lge0 _ (mulr_gt0 D0 dC)).
have -> : (\sum_(x <- terms) (int_of C (coefficient x) * q x.1 + int_of C (Z.abs (coefficient x) * moves x.1) * delta)) * (int_of C den * int_of C (radius_of c).2)
   = int_of C (Zsum [seq coefficient x * probability t x.1 | x <- terms]%ZZ * (radius_of c).2 + (radius_of c).1 * den * Zsum [seq Z.abs (coefficient x) * moves x.1 | x <- terms])%ZZ.
  rewrite int_of_add !int_of_mul !int_of_Zsum big_split /= -mulr_suml.
  rewrite (eq_bigr (fun x => int_of C (coefficient x * probability t x.1)%ZZ / int_of C den)) => [|x _]; last by rewrite int_of_mul mulrA.
  rewrite -mulr_suml /delta /fraction; move: (\sum_(x <- terms) _) (\sum_(x <- terms) _) => X Y.
  by field; rewrite !lt0r_neq0.
by move/le_lt_trans/(_ (int_of_lt0 C v0)); rewrite ltxx.
Qed.
End Correlations.
