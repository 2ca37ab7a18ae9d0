(** 3.14 `no product LHS model` and 3.15 `product LHS model` *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Tensor Enclosures Lhs Strategies LhsReach Realisation LhsModel Factors.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Definition one_bob (d f : seq nat) : bool := (if d is [:: D] then D == card f else false) && all (leq 1) f.
Lemma one_bobP o d f : one_bob d f -> [/\ all (leq 1) f, d = [:: card f] & forall k, @dim (scenario_of o d) k = card f].
Proof. by case: d => [|D [|? ?]] //= /andP[/eqP-> hf]; split=> // -[[|k] hk]. Qed.

(** ** 3.14: partial transposes, for each strategy by its number (Strategies.v) *)
Definition transposes := seq (nat * seq (seq bool * matrix)).
Section NoProduct.
Variables (o : seq (seq nat)) (f : seq nat).
Local Notation D := (card f).
Definition turn (T : seq bool) (p q : nat) : nat := enc f (fun b => if nth false T b then dig f b q else dig f b p).
(** denQ sum_x F_{g(x)|x} - denF sum_T Q^[T] *)
Definition reduced (denF denQ : Z) (A : matrix) (qs : seq (seq bool * matrix)) : matrix :=
  tabulate D (fun p q => gsub (gscale denQ (entry A p q))
                              (gscale denF (gsum [seq entry Q.2 (turn Q.1 p q) (turn Q.1 q p) | Q <- qs]))).
Variables (denF denQ : Z) (W : table).
Definition bob_matrices : seq (seq matrix) :=
  [seq [seq element W 0 x a | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card (setting_radices o))].
Section Walk.
Variable E : seq (seq matrix).
(** The listed strategies in order of their numbers *)
Fixpoint walk (t n : nat) (l : transposes) : bool :=
  if n is n'.+1 then
    let (qs, l') := if l is (m, qs) :: l' then (if m == t then (qs, l') else ([::], l)) else ([::], [::]) in
    if positive D (reduced denF denQ (strategy_matrix o E t) qs) then walk t.+1 n' l' else false
  else true.
Definition transposes_ok (l : transposes) : bool := all (fun s => all (fun Q => positive D Q.2) s.2) l.
Lemma walkP t0 n l t : transposes_ok l -> walk t0 n l -> (t0 <= t < t0 + n)%N ->
  exists qs, all (fun Q => positive D Q.2) qs /\ positive D (reduced denF denQ (strategy_matrix o E t) qs).
Proof.
elim: n t0 l => [|n IH] t0 l hl /=; first by rewrite addn0 => _ /andP[/leq_ltn_trans h /h]; rewrite ltnn.
rewrite leq_eqVlt addnS -addSn => + /andP[/orP[/eqP<-|lo] hi].
  case: l hl => [|[m qs] l] /=; first by move=> _; case: ifP => // hp _; exists [::].
  by case/andP=> hq _; case: eqP => _; case: ifP => // hp _; [exists qs | exists [::]].
have next l' : transposes_ok l' -> walk t0.+1 n l' -> exists qs, all (fun Q => positive D Q.2) qs /\ positive D (reduced denF denQ (strategy_matrix o E t) qs).
  by move=> h1 h2; apply: IH h1 h2 _; rewrite lo.
case: l hl => [|[m qs] l] hl /=; first by case: ifP => // _; apply: next.
by case: eqP => _; case: ifP => // _; apply: next => //; case/andP: hl.
Qed.
End Walk.
Definition product_rule (d : seq nat) (l : transposes) : bool :=
  [&& one_bob d f, 0 <? denQ & 0 <=? denF]%ZZ && transposes_ok l && walk bob_matrices 0 (strategies o) l.

Variables (C : numClosedFieldType) (d : seq nat) (l : transposes).
Local Notation T := (scenario_of o d).
Local Notation B := (scenario_of [::] f).
Hypotheses (hne : nonempty o d) (held : product_rule d l).
Theorem product_rule_sound (s : elements C T) : product_lhs_model f s -> 0 <= 'Re (value (weight C W) s).
Proof.
case/andP: held => /andP[/and3P[/(one_bobP o)[fpos dE Dk] /Z.ltb_lt/(int_of_gt0 C) q0 /Z.leb_le/(int_of_ge0 C) f0] hl] hw.
have hB := factors_nonempty fpos.
apply: (@product_value_ge0 C T f fpos Dk (@weight C o d W) s) => g rho hrho; have [t ht tE] := strategy_number hne g.
have [//|qs [hqs hp]] := walkP hl hw (t := t).
set A := strategy_matrix _ _ t in hp.
pose num (M : matrix) : op C (space B) := fun m n => number C (entry M (fpl m) (fpl n)).
have N0 : (0 < size d)%N by rewrite dE.
have E : \sum_x \sum_k inner (weight C W (answer g x)) (joined fpos Dk rho (k := k)) = inner (num A) (product_op rho).
  rewrite -(inner_joined fpos Dk (fun p q => number C (entry A p q)) rho (Ordinal N0)).
  rewrite (eq_bigr (fun x => inner (@weight C o d W (Ordinal N0) x (answer g x)) (joined fpos Dk rho (k := Ordinal N0)))) => [|x _]; last first.
    rewrite (big_pred1 (Ordinal N0)) // => k; apply/esym/eqP/val_inj; have := ltn_ord k; rewrite /= {2}dE /=.
    by rewrite ltnS leqn0 => /eqP.
  rewrite inner_suml; apply: eq_inner => // i j.
  rewrite /A /strategy_matrix sum_matricesE /entry nth_nil nth_nil number0 add0r sum_iota -!/(entry _ _ _).
  rewrite -(sum_setting hne xpredT (fun x => number C (entry (nth [::] (nth [::] bob_matrices x) (outcome_told o t x)) i j))).
  apply: eq_bigr => x _; have -> : outcome_told o t (xpl x) = apl (answer g x).
    rewrite /apl (place_enc (size_oR o d (xpl x)) (outcomesE hne x) (g := fun j => Strategies.told o t j (dig (setting_radices o) j (xpl x)))) // => b.
    by rewrite /vals ffunE (dig_xpl hne) tE.
  rewrite /weight /bob_matrices (nth_map 0%N) ?size_iota ?xpl_lt // nth_iota ?xpl_lt // add0n.
  by rewrite (nth_map 0%N) ?size_iota ?(apl_lt hne) // nth_iota ?(apl_lt hne).
rewrite E; have psd_num M : positive D M -> psd (num M) by move=> /found_psd; apply: psd_space.
have turnE Q (m n : space B) : fpl (swapped (nth false Q) m n) = turn Q (fpl m) (fpl n).
  by apply: (place_enc (r := f)) => // b; rewrite /vals ffunE !(dig_fpl hB); case: ifP.
have RE m n : num (reduced denF denQ A qs) m n = int_of C denQ * num A m n
    - int_of C denF * \sum_(Q <- qs) num Q.2 (swapped (nth false Q.1) m n) (swapped (nth false Q.1) n m).
  rewrite /num {1}/entry /reduced /tabulate !nth_mkseq ?fpl_lt // number_sub !number_scale number_gsum.
  by congr (_ - _ * _); apply: eq_bigr => Q _; rewrite !turnE.
have R0 := inner_ge0 (psd_num _ hp) (product_psd hrho).
have Q0 : 0 <= \sum_(Q <- qs) inner (num Q.2) (product_op (turned_state (nth false Q.1) rho)).
  elim: qs hqs {RE hp R0} => [|Q qs IH] /=; first by rewrite big_nil.
  case/andP=> h1 h2; rewrite big_cons addr_ge0 ?IH //.
  by apply: inner_ge0 (psd_num _ h1) (product_psd _) => b; apply: turned_psd.
have tot : int_of C denQ * inner (num A) (product_op rho) = inner (num (reduced denF denQ A qs)) (product_op rho)
    + int_of C denF * \sum_(Q <- qs) inner (num Q.2) (product_op (turned_state (nth false Q.1) rho)).
  have -> : \sum_(Q <- qs) inner (num Q.2) (product_op (turned_state (nth false Q.1) rho))
          = \sum_(Q <- qs) inner (fun m n => num Q.2 (swapped (nth false Q.1) m n) (swapped (nth false Q.1) n m)) (product_op rho).
    by apply: eq_bigr => Q _; rewrite inner_turned.
  rewrite (eq_inner (A' := fun m n => int_of C denQ * num A m n - int_of C denF * \sum_(Q <- qs) num Q.2 (swapped (nth false Q.1) m n) (swapped (nth false Q.1) n m)) (B' := product_op rho) RE) //.
  rewrite /inner !mulr_sumr.
  have -> : \sum_(Q <- qs) int_of C denF * (\sum_m \sum_n num Q.2 (swapped (nth false Q.1) m n) (swapped (nth false Q.1) n m) * product_op rho n m)
      = \sum_m \sum_n int_of C denF * (\sum_(Q <- qs) num Q.2 (swapped (nth false Q.1) m n) (swapped (nth false Q.1) n m)) * product_op rho n m.
    under eq_bigr do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => m _.
    under eq_bigr do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => n _.
    by rewrite mulr_sumr mulr_suml; apply: eq_bigr => Q _; rewrite mulrA.
  rewrite -big_split; apply: eq_bigr => m _; rewrite mulr_sumr -big_split; apply: eq_bigr => n _ /=.
  by rewrite mulrBl mulrA subrK.
have v0 : 0 <= inner (num A) (product_op rho).
  by rewrite -(pmulr_rge0 _ q0) tot addr_ge0 // mulr_ge0.
by rewrite (Creal_ReP _ (ger0_real v0)).
Qed.
End NoProduct.

Section NoProductRules.
Variables (c : centred) (f : seq nat) (F : seq family) (Q : seq (nat * seq (seq bool * fraction_matrix))).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Definition no_product_rules : seq rule :=
  let (den, t) := over (centre_of c) in let denF := common F 1 in let W := table_of denF F in
  let denQ := common [:: [seq [seq q.2 | q <- s.2] | s <- Q]] 1 in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "value") (fun _ => [&& 0 <? (radius_of c).2 & value_within o d den t W (radius_of c) <? 0]%ZZ);
      named (ascii "positive") (fun _ => product_rule o f denF denQ W d [seq (s.1, [seq (q.1, rescale denQ q.2) | q <- s.2]) | s <- Q])].

Theorem no_product_sound (C : numClosedFieldType) : hold no_product_rules ->
  within (fun s : elements C (scenario_in c) => ~ product_lhs_model f s).
Proof.
rewrite /no_product_rules /over hold_cat => /andP[ha]; rewrite !hold_cons andbT => /andP[/andP[/Z.ltb_lt d2 /Z.ltb_lt v0] hp].
have [hf as_c] := assemblage_sound C ha; split=> // s _ hb hl; have [hne _] := assemblage_nonempty ha.
have := le_trans (product_rule_sound hne hp hl) (value_within_le _ hne hf d2 hb).
rewrite pmulr_lge0; last by rewrite invr_gt0 mulr_gt0 //; [exact: int_of_gt0 (den_gt0 hf) | exact: int_of_gt0].
by move/le_lt_trans/(_ (int_of_lt0 C v0)); rewrite ltxx.
Qed.
End NoProductRules.

(** ** 3.15 *)
Definition product_term := (choices * seq fraction_matrix)%type.
Section Product.
Variables (c : centred) (f : seq nat) (terms : seq product_term).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Local Notation D := (card f).
Local Notation mA := (setting_radices o).
Definition product_den (it : product_term) : Z := foldl Z.mul 1%ZZ [seq M.1 | M <- it.2].
Definition product_entry (it : product_term) (p q : nat) : gauss :=
  gprod [seq entry (nth (Z0, [::]) it.2 b).2 (dig f b p) (dig f b q) | b <- iota 0 (size f)].
(** tau^(1) (x) .. (x) tau^(N) over the denominator L *)
Definition product_matrix (L : Z) (it : product_term) : matrix :=
  let s := (L / product_den it)%ZZ in tabulate D (fun p q => gscale s (product_entry it p q)).
Definition answered (x a : nat) : seq product_term := [seq it <- terms | outcome_of o it.1 x == a].
Definition factors_rule : bool :=
  all (fun it => upto (size f) (fun b => let M := nth (Z0, [::]) it.2 b in (0 <? M.1)%ZZ && positive (radix f b) M.2)) terms.
Definition product_model_rule (L den : Z) (t : table) : bool :=
  one_bob d f && (0 <? L)%ZZ &&
  all (fun it => [&& choices_ok o it.1, size it.2 == size f & (L / product_den it * product_den it =? L)%ZZ]) terms &&
  events o (fun x a => let M := foldl (fun A it => add_matrices A (product_matrix L it)) [::] (answered x a) in
    upto D (fun p => upto D (fun q => geq (gscale den (entry M p q)) (gscale L (entry (element t 0 x a) p q))))).
Definition product_rules : seq rule :=
  let (den, t) := over (centre_of c) in let L := foldl (fun g it => Z.lcm g (product_den it)) 1%ZZ terms in
  assemblage_rules o d (centre_of c) den t ++
  [:: named (ascii "radius") (fun _ => ((radius_of c).1 =? 0)%ZZ);
      named (ascii "positive") (fun _ => factors_rule);
      named (ascii "model") (fun _ => product_model_rule L den t)].

Section Sound.
Variables (C : numClosedFieldType) (L : Z).
Local Notation T := (scenario_in c).
Local Notation B := (scenario_of [::] f).
Local Notation den := (common (centre_of c) 1).
Local Notation t := (table_of den (centre_of c)).
Hypotheses (hne : nonempty o d) (fit : fits den (centre_of c)) (hf : factors_rule) (hm : product_model_rule L den t).
Local Notation I := 'I_(size terms).
Local Notation term_of l := (nth ([::], [::]) terms l).
Lemma all_terms (P : pred product_term) : all P terms -> forall l : I, P (term_of l).
Proof. by move=> /(all_nthP ([::], [::])) h l; apply: h. Qed.
Lemma term_told_lt (l : I) j (y : 'I_(@settings T j)) : (told (term_of l).1 j y < outcomes y)%N.
Proof.
case/andP: hm => /andP[_ /all_terms/(_ l) /and3P[h _ _]] _.
by have /uptoP := uptoP h (ltn_ord j); apply; apply: ltn_ord.
Qed.
Definition term_resp (l : I) j (y : 'I_(@settings T j)) : 'I_(outcomes y) := Ordinal (term_told_lt l y).
Lemma term_told_eq l x (a : outcome x) : (told_outcome term_resp l x == a) = (outcome_of o (term_of l).1 (@xpl o d x) == apl a).
Proof.
rewrite -(place_inj (size_oR o d (xpl x)) (outcomesE hne x) (outcomes_pos hne _)); congr (_ == _).
rewrite (place_enc (size_oR o d (xpl x)) (outcomesE hne x) (g := fun j => told (term_of l).1 j (dig mA j (xpl x)))) // => j.
by rewrite /vals ffunE (dig_xpl hne).
Qed.
Definition factor_op (l : I) (b : 'I_(bobs B)) : op C 'I_(@dim B b) := fun i j => fraction_entry C (nth (Z0, [::]) (term_of l).2 b) i j.
Lemma factor_op_psd l b : psd (@factor_op l b).
Proof.
have := all_terms hf l => /uptoP/(_ _ (ltn_ord b))/andP[/Z.ltb_lt/(int_of_gt0 C) h0 /found_psd/(check_psd_ord (C := C)) h].
have v0 : 0 <= (int_of C (nth (Z0, [::]) (term_of l).2 b).1)^-1 by rewrite invr_ge0 ltW.
by apply: (psd_eq _ (psd_scale v0 h)) => i j; rewrite /factor_op /fraction_entry mulrC.
Qed.
Lemma foldl_mul (z : Z) s : foldl Z.mul z s = (z * foldr Z.mul 1 s)%ZZ.
Proof. by elim: s z => [|x s IH] z /=; [lia | rewrite IH; lia]. Qed.
Lemma int_of_product (s : seq Z) : int_of C (foldl Z.mul 1%ZZ s) = \prod_(z <- s) int_of C z.
Proof.
rewrite foldl_mul Z.mul_1_l; elim: s => [|x s IH]; first by rewrite big_nil.
by rewrite big_cons /= int_of_mul IH.
Qed.
Lemma product_opE l (m n : space B) : product_op (@factor_op l) m n = number C (entry (product_matrix L (term_of l)) (fpl m) (fpl n)) / int_of C L.
Proof.
case/andP: hm => /andP[/andP[/andP[_ fpos] /Z.ltb_lt L0] /all_terms/(_ l) /and3P[_ /eqP sz /Z.eqb_eq e]] _.
have LC := lt0r_neq0 (int_of_gt0 C L0); have hB := factors_nonempty fpos.
rewrite /entry /product_matrix /tabulate !nth_mkseq ?fpl_lt // number_scale /product_entry number_gprod_iota.
have denE : int_of C (product_den (term_of l)) = \prod_(b < size f) int_of C (nth (Z0, [::]) (term_of l).2 b).1.
  by rewrite /product_den int_of_product big_map (big_nth (Z0, [::])) big_mkord sz.
have dn : int_of C (product_den (term_of l)) != 0.
  by apply: contraNneq LC => h; rewrite -e int_of_mul h mulr0.
have -> : int_of C (L / product_den (term_of l))%ZZ = int_of C L / int_of C (product_den (term_of l)).
  by rewrite -{2}e int_of_mul mulfK.
set P := \prod_(b < size f) _; transitivity (P / int_of C (product_den (term_of l))); last by field; rewrite dn LC.
rewrite denE /product_op /factor_op /P -prodfV -big_split; apply: eq_bigr => b _ /=.
by rewrite /fraction_entry !(dig_fpl hB).
Qed.

Theorem product_terms_sound : assemblage (elements_of C T (centre_of c)) -> product_lhs_model f (elements_of C T (centre_of c)).
Proof.
move=> as_c; case/andP: (hm) => /andP[/andP[h1 /Z.ltb_lt L0] _] hE.
have [fpos dE Dk] := one_bobP o h1; have N0 : (0 < size d)%N by rewrite dE.
have pos (j : 'I_(alices T)) : (0 < settings j)%N.
  by case/and3P: hne => /(all_nthP 0%N) h _ _; have := h j; rewrite size_map (nth_map [::]) //; apply.
pose x0 : setting T := [ffun j => Ordinal (pos j)].
refine (@product_model C T f fpos Dk (Ordinal N0) x0 (ordinal_finType (size terms)) (@term_resp) _ (@factor_op) as_c _ _).
  by move=> l b; apply: factor_op_psd.
move=> k x a m n; rewrite (eq_bigr _ (fun l _ => product_opE l m n)) -mulr_suml.
have k0 : k = 0%N :> nat by have := ltn_ord k; rewrite /= {2}dE /= ltnS leqn0 => /eqP.
have := eventsP hne hE a => /uptoP/(_ _ (fpl_lt m))/uptoP/(_ _ (fpl_lt n))/(geqP C).
rewrite !number_scale sum_matricesE /entry nth_nil nth_nil number0 add0r -!/(entry _ _ _) big_filter (big_nth ([::], [::])) big_mkord => e1.
rewrite -(data_table C fit) /data -/(@xpl o d x) -/(apl a) k0.
have dC := lt0r_neq0 (int_of_gt0 C (den_gt0 fit)); have LC := lt0r_neq0 (int_of_gt0 C L0).
rewrite (eq_bigl _ _ (fun l => term_told_eq l a)); apply: (mulfI dC); rewrite mulrA e1 /=.
by field; rewrite dC LC.
Qed.
End Sound.

Theorem product_sound (C : numClosedFieldType) : hold product_rules ->
  within (fun s : elements C (scenario_in c) => product_lhs_model f s).
Proof.
rewrite /product_rules /over hold_cat => /andP[ha]; rewrite !hold_cons andbT => /and3P[/Z.eqb_eq r0 hf hm].
have [fit as_c] := assemblage_sound C ha; split=> // s _ hb; have [hne _] := assemblage_nonempty ha.
have hb0 : ball 0 (centre_in C c) s by move: hb; rewrite /fraction r0 mul0r.
have [L [w [rho [p [h1 h2 h3 h4 h5]]]]] := product_terms_sound hne fit hf hm as_c.
exists L, w, rho, p; split=> // k x a m n i j hi hj; rewrite -(ball0 hb0 a i j); exact: h5.
Qed.
End Product.
