(** The rules `marginal`, `signalling` and `positive` of 3.2, shared by 3.4 and 3.5. *)
From Coq Require Import ZArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Duality Gauss Digits Check Literals Sound.
From Verified Require Import Json Statement Meaning Tables Witness Rules Tensor Reach.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ.

Section Margin.
Variable d : seq nat.
Local Notation N := (size d).
Local Notation Zd k := (Z.of_nat (radix d k)).
(** Some Bob has all of the dimension, the others 1. *)
Definition alone (k : nat) : bool := upto N (fun n => (n == k) || (radix d n == 1%N)).
Definition one_big : bool := has alone (iota 0 N).
(** The Bob of least dimension *)
Definition least : nat := foldl (fun m k => if (radix d k < radix d m)%N then k else m) 0%N (iota 0 N).
(** 10000 D times the reach constant *)
Definition reach_number : Z :=
  (Zsum [seq Zd k * (10000 + (Zd k - 1) * 14143) | k <- iota 0 N] + (Z.of_nat N - 1) * Zd least * 10000)%ZZ.
Definition margin (delta l : rational) : rational :=
  if one_big && (l.1 <=? 0)%ZZ then l
  else let big := (10000 * Z.of_nat (card d))%ZZ in
       ((l.1 * delta.2 * big + delta.1 * reach_number * l.2)%ZZ, (l.2 * delta.2 * big)%ZZ).
End Margin.

Definition joint_table (S : family) : Z * (nat -> nat -> matrix) :=
  let den := common [:: S] 1 in let t := table_of den [:: S] in (den, element t 0).
(** q S - p den 1 for S/den and p/q *)
Definition lowered (n : nat) (den : Z) (mu : rational) (S : matrix) : matrix :=
  tabulate n (fun p q => gsub (gscale mu.2 (entry S p q)) (if p == q then (mu.1 * den, 0)%ZZ else g0)).
Definition joint_rules o d (den : Z) (t : table) (denS : Z) (S : nat -> nat -> matrix) (delta l : rational) : seq rule :=
  let mu := margin d delta l in
  [:: named (ascii "marginal") (fun _ => (0 <? denS)%ZZ && check_marginals o d den denS t S);
      named (ascii "signalling") (fun _ => upto (card d) (fun p => upto (card d) (fun q =>
        check_no_signalling o (fun x a => entry (S x a) p q))));
      named (ascii "positive") (fun _ => [&& (least d < size d)%N, 0 <=? delta.1, 0 <? delta.2, 0 <? l.2 & 0 <? mu.2]%ZZ &&
        events o (fun x a => positive (card d) (lowered (card d) denS mu (S x a))))].

Lemma scenario_dims_pos o d : nonempty o d -> forall k, (0 < @dim (scenario_of o d) k)%N.
Proof. by case/and3P => _ _ hd k; move/(all_nthP 1%N): hd; apply. Qed.

Section Sound.
Variables (C : numClosedFieldType) (o : seq (seq nat)) (d : seq nat) (fam : seq family).
Local Notation T := (scenario_of o d).
Local Notation den := (common fam 1).
Local Notation t := (table_of den fam).
Variables (denS : Z) (S : nat -> nat -> matrix) (delta l : rational).
Hypotheses (hne : nonempty o d) (hN : (0 < size d)%N) (fit : fits den fam).
Hypothesis centre_ok : assemblage (elements_of C T fam).
Hypothesis held : hold (joint_rules o d den t denS S delta l).
Local Notation mu := (margin d delta l).
Local Notation xpl := (@xpl o d).
Local Notation fpl := (@fpl o d).

Definition joint_op x (a : @outcome T x) : op C (space T) :=
  fun f g => (int_of C denS)^-1 * number C (entry (S (xpl x) (apl a)) (fpl f) (fpl g)).

Lemma least_ok : (least d < size d)%N.
Proof. by move: held; rewrite !hold_cons /= andbT => /and3P[_ _ /andP[/andP[]]]. Qed.
Lemma numbers_ok : [/\ (0 < denS)%ZZ, (0 <= delta.1)%ZZ, (0 < delta.2)%ZZ, (0 < l.2)%ZZ & (0 < mu.2)%ZZ].
Proof.
move: held; rewrite !hold_cons /= andbT => /and3P[/andP[/Z.ltb_lt h0 _] _ /andP[/and5P[_ h1 h2 h3 h4] _]].
by split=> //; [apply/Z.leb_le | apply/Z.ltb_lt | apply/Z.ltb_lt | apply/Z.ltb_lt].
Qed.

Lemma joint_centre : joint_above (fraction C mu) (elements_of C T fam) joint_op.
Proof.
have [denS0 _ _ _ mu0] := numbers_ok; have denC := int_of_gt0 C denS0; have muC := int_of_gt0 C mu0.
move: held; rewrite !hold_cons /= andbT => /and3P[/andP[_ hm] hn /andP[_ hp]]; split.
- move=> x a; have hx := eventsP hne hp a; have := psd_space (C := C) hne (found_psd hx).
  move=> h; apply: (psd_eq (A := fun f g => (int_of C mu.2 * int_of C denS)^-1 *
      number C (entry (lowered (card d) denS mu (S (xpl x) (apl a))) (fpl f) (fpl g)))) => [f g|]; last first.
    by apply: psd_scale => //; rewrite invr_ge0 mulr_ge0 ?ltW.
  rewrite /entry /lowered /tabulate !nth_mkseq ?fpl_lt // -/(entry _ _ _) number_sub number_scale /joint_op.
  rewrite (fpl_inj hne) /fraction invfM.
  have -> : number C (if f == g then ((mu.1 * denS)%ZZ, Z0) else g0) = int_of C mu.1 * int_of C denS * (f == g)%:R.
    by case: ifP => _; rewrite ?mulr0 ?mulr1 ?number0 // /number /= mulr0 addr0 int_of_mul.
  by field; rewrite !lt0r_neq0.
- move=> f g; apply: no_signallingZ.
  apply: (check_no_signalling_sound C hne (F := fun x a => entry (S x a) (fpl f) (fpl g))).
  by have /uptoP := uptoP hn (fpl_lt f); apply; apply: fpl_lt.
move=> k x a i j; have dd := den_gt0 fit.
by rewrite (check_marginals_sound C hne dd denS0 hm) (data_table C fit).
Qed.

(** 14143/10000 > sqrt 2 *)
Local Notation root := (int_of C 14143%ZZ / int_of C 10000%ZZ).
Lemma root_bound a b : (0 < b)%ZZ -> (0 <= a)%ZZ -> (2 * (b * b) <= a * a)%ZZ ->
  0 <= int_of C a / int_of C b /\ 2%:R <= (int_of C a / int_of C b) ^+ 2.
Proof.
move=> /(int_of_gt0 C) b0 /(int_of_ge0 C) a0 /(int_of_le C); rewrite !int_of_mul => h.
by split; [rewrite divr_ge0 // ltW | rewrite expr_div_n ler_pdivl_mulr ?exprn_gt0 // !expr2].
Qed.
Lemma root_ok : 0 <= root /\ 2%:R <= root ^+ 2.
Proof. by apply: root_bound; lia. Qed.
Lemma whole_card : whole C T = int_of C (Z.of_nat (card d)).
Proof. by rewrite int_of_nat card_as_prod natr_prod. Qed.
Lemma reach_numberE : int_of C (reach_number d) = int_of C 10000%ZZ *
  (\sum_(k < size d) (radix d k)%:R * (1 + ((radix d k)%:R - 1) * root) + ((size d)%:R - 1) * (radix d (least d))%:R).
Proof.
have h : int_of C 10000%ZZ != 0 by apply/lt0r_neq0/int_of_gt0.
rewrite /reach_number int_of_add int_of_Zsum sum_iota mulrDr mulr_sumr; congr (_ + _).
  apply: eq_bigr => k _; rewrite int_of_mul int_of_add int_of_mul int_of_sub int_of_nat -[int_of C 1%ZZ]/1.
  by field.
by rewrite !int_of_mul int_of_sub !int_of_nat -[int_of C 1%ZZ]/1; ring.
Qed.

Theorem joint_sound (s : elements C T) : assemblage s -> ball (fraction C delta) (elements_of C T fam) s ->
  exists S', joint_above (fraction C l) s S'.
Proof.
move=> hs hb; have [_ d1 d2 l2 _] := numbers_ok; have dims := scenario_dims_pos hne.
have d1C := int_of_ge0 C d1; have d2C := int_of_gt0 C d2; have l2C := int_of_gt0 C l2.
case hbig: (one_big d && (l.1 <=? 0)%ZZ).
  case/andP: hbig => /hasP[k]; rewrite mem_iota => /andP[_ hk] /uptoP halone /Z.leb_le hl.
  apply: (@reach_one C T s (fraction C l) (Ordinal hk) hs) => [n nk|].
    by have := halone n (ltn_ord n); case/orP => /eqP // e; case/eqP: nk; apply: val_inj.
  rewrite /fraction mulr_le0_ge0 ?invr_ge0 ?(ltW l2C) // -oppr_ge0 -int_of_opp int_of_ge0 //; lia.
have [r0 r2] := root_ok; have hc := joint_centre.
apply: (@reach C T dims (Ordinal hN) _ s (fraction C delta) root (assemblage_hermitian centre_ok) (assemblage_hermitian hs) hb _ r0 r2 (Ordinal least_ok)
  (fraction C l) (fraction C mu) _ joint_op hc); first by rewrite divr_ge0 // ltW.
have W0 := lt0r_neq0 (whole_gt0 C dims); have t0 : int_of C 10000%ZZ != 0 by apply/lt0r_neq0/int_of_gt0.
rewrite /margin hbig; set A := (_ + _)%ZZ; set B := (_ * _ * _)%ZZ.
rewrite -[fraction C (A, B)]/(int_of C A / int_of C B) /fraction /A /B !int_of_add !int_of_mul -whole_card reach_numberE.
have -> : \sum_k row_bound (T := T) root k / others_dim C k
        = (\sum_(k < size d) (radix d k)%:R * (1 + ((radix d k)%:R - 1) * root)) / whole C T.
  rewrite mulr_suml; apply: eq_bigr => k _; rewrite (wholeE C (T := T) k) /row_bound -[(@dim T k)]/(radix d k).
  have ok := lt0r_neq0 (others_gt0 C dims k); have dk : (radix d k)%:R != 0 :> C by have := lt0r_neq0 (d_gt0 C dims k).
  set Y : C := (radix d k)%:R in dk *; rewrite -[X in (1 + (X - 1) * _) / others_dim C k]/Y.
  by move: Y (others_dim C k) dk ok => Y X dk ok; field; rewrite ok dk t0.
set X := \sum_(k < _) _; rewrite -[bobs T]/(size d) -[(@dim T (Ordinal least_ok))]/(radix d (least d)).
by move: X (whole C T) W0 => X W W0; field; rewrite W0 t0 !lt0r_neq0.
Qed.
End Sound.
