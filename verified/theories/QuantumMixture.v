(** 3.16 `quantum mixture`: (1 - t) of a realisation and t of hidden states that reach every neighbour *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Sanity Gauss Digits Check Literals.
From Verified Require Import Json Statement Meaning Tables Witness Rules Centre Reach Convex Realisation LhsModel.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

(** ** L = (s - (1 - t) Q)/t *)
Section Remainder.
Variables (C : numClosedFieldType) (T : scenario) (t : C) (q : elements C T).
Hypotheses (t0 : 0 < t) (q_ok : hermitian_assemblage q).
Definition remainder (s : elements C T) : elements C T := fun k x a i j => (@s k x a i j - (1 - t) * @q k x a i j) / t.
Lemma remainder_hermitian s : hermitian_assemblage s -> hermitian_assemblage (remainder s).
Proof.
move=> [h1 [p [h2 h3]] h4]; case: q_ok => [q1 [p' [q2 q3]] q4]; have tn := lt0r_neq0 t0; have tr := ger0_real (ltW t0).
split.
- move=> k x a i j; rewrite /remainder h1 q1 rmorphM rmorphB rmorphM rmorphB rmorph1 fmorphV /=.
  by rewrite (CrealP tr).
- exists (fun x a => (p x a - (1 - t) * p' x a) / t); split=> [k x a|x].
    by rewrite -(h2 k x a) -(q2 k x a) /trace mulr_sumr -sumrB mulr_suml.
  by rewrite -mulr_suml sumrB -mulr_sumr h3 q3; field.
move=> k i j; apply: (no_signalling_eq (F := fun x a => t^-1 * (@s k x a i j + - (1 - t) * @q k x a i j))) => [x a|].
  by rewrite mulNr mulrC.
by apply: no_signallingZ; apply: no_signallingD; [exact: h4 | apply: no_signallingZ; exact: q4].
Qed.
Lemma remainder_ball delta c s : ball delta c s -> ball (delta / t) (remainder c) (remainder s).
Proof.
move=> h k x a i j; have [h1 h2] := h k x a i j; have tr : t^-1 \is Num.real by rewrite rpredV ger0_real ?ltW.
have -> : remainder s a i j - remainder c a i j = t^-1 * (@s k x a i j - @c k x a i j).
  by rewrite /remainder; field; exact: lt0r_neq0.
have ti : 0 <= t^-1 by rewrite invr_ge0 ltW.
rewrite ReM ImM (Creal_ReP _ tr) (Creal_ImP _ tr) !(mul0r, mulr0, subr0, addr0, add0r) !normrM (ger0_norm ti) [delta / t]mulrC.
by split; apply: ler_wpmul2l.
Qed.
Lemma remainder_mixed s k x (a : outcome x) (i j : 'I_(@dim T k)) : mixture C T (1 - t) q (remainder s) k x a i j = s k x a i j.
Proof. by rewrite /mixture /remainder; field; exact: lt0r_neq0. Qed.
End Remainder.

(** ** The same for the matrices of a file *)
Definition remainder_matrix (n : nat) (t : rational) (den : Z) (A : fraction_matrix) (Q : matrix) : fraction_matrix :=
  ((t.1 * A.1 * den)%ZZ, tabulate n (fun i j =>
     gsub (gscale (t.2 * den)%ZZ (entry A.2 i j)) (gscale ((t.2 - t.1) * A.1)%ZZ (entry Q i j)))).
Section Tables.
Variables (o : seq (seq nat)) (d : seq nat).
Local Notation N := (size d).
Local Notation mA := (setting_radices o).
Local Notation oR := (outcome_radices o).
Definition for_elements (U : Type) (F : nat -> nat -> nat -> U) : seq (seq (seq U)) :=
  mkseq (fun k => mkseq (fun x => mkseq (F k x) (card (oR x))) (card mA)) N.
(** The marginals of joint operators *)
Definition marginal_table (S : nat -> nat -> matrix) : table :=
  for_elements (fun k x a => let A := S x a in tabulate (radix d k) (partial_trace_entry d A k)).
Definition remainder_families (t : rational) (c : seq family) (den : Z) (q : table) : seq family :=
  for_elements (fun k x a => remainder_matrix (radix d k) t den (member_of (nth [::] c k) x a) (element q k x a)).

Lemma for_elementsE (U : Type) (u : U) F k x a : (k < N)%N -> (x < card mA)%N -> (a < card (oR x))%N ->
  nth u (nth [::] (nth [::] (for_elements F) k) x) a = F k x a.
Proof. by move=> hk hx ha; rewrite /for_elements !nth_mkseq. Qed.
Lemma uptoI n (P : pred nat) : (forall k, (k < n)%N -> P k) -> upto n P.
Proof. by move=> h; apply/allP => k; rewrite mem_iota => /andP[_ /h]. Qed.
Lemma marginals_of den S : check_marginals o d den den (marginal_table S) S.
Proof.
apply: uptoI => k hk; apply: uptoI => x hx; apply: uptoI => a ha; apply: uptoI => i hi; apply: uptoI => j hj.
rewrite /element /marginal_table for_elementsE // /entry /tabulate nth_mkseq // nth_mkseq //.
by rewrite /geq !Z.eqb_refl.
Qed.

Lemma remainder_data (C : numClosedFieldType) (t : rational) (c : seq family) (den : Z) (q : table) (denL : Z) :
  nonempty o d -> (0 < t.1)%ZZ -> (0 < t.2)%ZZ -> (0 < den)%ZZ -> fits denL (remainder_families t c den q) ->
  let T := scenario_of o d in forall k x a i j,
  elements_of C T (remainder_families t c den q) k x a i j
  = remainder (fraction C t) (data C T den q) (elements_of C T c) a i j.
Proof.
move=> hne p0 q0 den0 fit /= k x a i j.
rewrite /elements_of /remainder /data -/(@xpl o d x) -/(apl a).
set A := member_of (nth [::] c k) _ _; set Q := element q k _ _.
have kN : (k < N)%N := ltn_ord k.
have hx : (xpl x < card mA)%N := xpl_lt x; have ha := apl_lt hne a.
have E : member_of (nth [::] (remainder_families t c den q) k) (xpl x) (apl a) = remainder_matrix (radix d k) t den A Q.
  by rewrite /member_of for_elementsE.
have : (0 < (remainder_matrix (radix d k) t den A Q).1)%ZZ.
  rewrite -E /member_of; case/andP: fit => _ h.
  have h1 := (all_nthP [::] h) k; rewrite size_mkseq in h1.
  have h2 := (all_nthP [::] (h1 kN)) (xpl x); rewrite nth_mkseq // size_mkseq in h2.
  have h3 := (all_nthP (Z0, [::]) (h2 hx)) (apl a); rewrite nth_mkseq // size_mkseq in h3.
  have /andP[/Z.ltb_lt h4 _] := h3 ha.
  by rewrite /remainder_families /for_elements nth_mkseq // nth_mkseq.
rewrite E /remainder_matrix /= => pos.
have A0 : int_of C A.1 != 0.
  by apply/eqP => e; move: (int_of_gt0 C pos); rewrite !int_of_mul e mulr0 mul0r ltxx.
have p0' := lt0r_neq0 (int_of_gt0 C p0); have q0' := lt0r_neq0 (int_of_gt0 C q0); have d0' := lt0r_neq0 (int_of_gt0 C den0).
rewrite /fraction_entry /= {1}/entry /tabulate !nth_mkseq ?ltn_ord //.
rewrite number_sub !number_scale !int_of_mul int_of_sub /fraction.
move: (number C _) (number C _) => X Y; by field; rewrite A0 d0' q0' p0'.
Qed.
End Tables.

Section Rules.
Variables (c : centred) (t : rational) (e : realisation) (f : hidden).
Local Notation o := (outcomes_of c).
Local Notation d := (dims_of c).
Local Notation h := (systems e).
(** delta/t *)
Definition thicker (delta : rational) : rational := ((delta.1 * t.2)%ZZ, (delta.2 * t.1)%ZZ).
Definition quantum_mixture_rules : seq rule :=
  let (den, tc) := over (centre_of c) in
  let rho := state_matrix (card h) (card d) (terms e) in let denR := (gtrace (card h * card d)%N rho).1 in
  let (denM, M) := over (effects e) in
  let denS := (denR * Z.pow denM (Z.of_nat (size o)))%ZZ in
  let L := remainder_families o d t (centre_of c) denS (marginal_table o d (steered_matrix o d h rho M)) in
  let (denL, tL) := over L in let (denH, tH) := over (states_of f) in
  assemblage_rules o d (centre_of c) den tc ++
  [:: named (ascii "state") (fun _ => state_rule c e rho denR denM);
      named (ascii "povm") (fun _ => povm_rule c e M denM);
      named (ascii "weight") (fun _ => [&& 0 <? t.1, 0 <? t.2, t.1 <=? t.2 & 0 <? (radius_of c).2]%ZZ && fits denL L)]
  ++ hidden_rules o d denL tL (thicker (radius_of c)) f denH tH.

Theorem quantum_mixture_sound (C : numClosedFieldType) : hold quantum_mixture_rules ->
  within (fun s : elements C (scenario_in c) => quantum s).
Proof.
rewrite /quantum_mixture_rules /over; set den := common (centre_of c) 1; set tc := table_of den (centre_of c).
set rho := state_matrix _ _ _; set denR := (gtrace _ _).1; set denM := common (effects e) 1; set M := table_of denM _.
set denS := (denR * _)%ZZ; set tQ := marginal_table _ _ _; set L := remainder_families _ _ _ _ _ _.
set denH := common (states_of f) 1; set tH := table_of denH _.
rewrite !hold_cat => /and3P[ha + hh]; rewrite !hold_cons => /and4P[hs hp /andP[/and4P[/Z.ltb_lt t1 /Z.ltb_lt t2 /Z.leb_le t12 /Z.ltb_lt r2] hL] _].
have [hf as_c] := assemblage_sound C ha; split=> // s hs' hb; have [hne hN] := assemblage_nonempty ha.
have denS0 : (0 < denS)%ZZ.
  case/andP: hs => /andP[_ /andP[/Z.ltb_lt hR /Z.ltb_lt hM]] _.
  by apply: Z.mul_pos_pos => //; apply: Z.pow_pos_nonneg => //; apply: Nat2Z.is_nonneg.
have hQ : quantum (data C (scenario_in c) denS tQ) := realised_table C hne denS0 hs hp (marginals_of o d denS _).
have q_ok := assemblage_hermitian (quantum_assemblage hQ).
have tp : 0 < fraction C t by rewrite divr_gt0 ?int_of_gt0.
have tle : fraction C t <= 1 by rewrite /fraction ler_pdivr_mulr ?int_of_gt0 // mul1r int_of_le.
pose q := data C (scenario_in c) denS tQ.
have E : forall k x (a : outcome x) i j, elements_of C (scenario_in c) L k x a i j = remainder (fraction C t) q (centre_in C c) a i j.
  exact: (remainder_data C hne t1 t2 denS0 hL).
have L_ok : hermitian_assemblage (elements_of C (scenario_in c) L).
  have [h1 [p [h2 h3]] h4] := remainder_hermitian tp q_ok (assemblage_hermitian as_c); split.
  - by move=> k x a i j; rewrite !E h1.
  - by exists p; split=> // k x a; rewrite -(h2 k x a); apply: eq_bigr => i _; rewrite E.
  by move=> k i j; apply: no_signalling_eq (h4 k i j) => x a; rewrite E.
have near : ball (fraction C (thicker (radius_of c))) (elements_of C (scenario_in c) L) (remainder (fraction C t) q s).
  have -> : fraction C (thicker (radius_of c)) = fraction C (radius_of c) / fraction C t.
    have t1C := lt0r_neq0 (int_of_gt0 C t1); have t2C := lt0r_neq0 (int_of_gt0 C t2); have r2C := lt0r_neq0 (int_of_gt0 C r2).
    by rewrite /fraction /thicker !int_of_mul; field; rewrite t1C t2C r2C.
  by apply: (ball_centre' (fun k x a i j => E k x a i j)); apply: remainder_ball.
have hl := hidden_sound hne hN hL L_ok hh (remainder_hermitian tp q_ok (assemblage_hermitian hs')) near.
have r0 : 0 <= 1 - fraction C t by rewrite subr_ge0.
have r1 : 1 - fraction C t <= 1 by rewrite ler_subl_addr ler_addl ltW.
apply: (quantum_same (s := mixture C (scenario_in c) (1 - fraction C t) q (remainder (fraction C t) q s))) => [k x a i j|].
  exact: remainder_mixed.
exact: mixture_quantum r0 r1 hQ (lhs_quantum hl).
Qed.
End Rules.
