(** The rule `squares` (3.6) proves its inequality, for every *-algebra with projective measurements and every state. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims Positive Gauss Digits Check Literals.
From Verified Require Import Statement Tables Witness Strategies Commuting Naimark Words Squares.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Local Open Scope ring_scope.
Local Arguments int_of C z : simpl never.

Section Value.
Variables (C : numClosedFieldType) (A : star_algebra C) (J : finType) (w : state_on A J).
(** tr[(a (x) R) rho], and twice a real part *)
Definition value (a : A) (R : op C J) : C := \sum_f \sum_g R f g * w f g a.
Definition twice_Re (z : C) : C := z + z^*.
Lemma twice_ReD x y : twice_Re (x + y) = twice_Re x + twice_Re y.
Proof. by rewrite /twice_Re rmorphD addrACA. Qed.
Lemma twice_Re0 : twice_Re 0 = 0. Proof. by rewrite /twice_Re rmorph0 addr0. Qed.
Lemma twice_Re_sum (I : Type) (r : seq I) (P : pred I) (F : I -> C) :
  twice_Re (\sum_(i <- r | P i) F i) = \sum_(i <- r | P i) twice_Re (F i).
Proof. exact: (big_morph _ twice_ReD twice_Re0). Qed.
Lemma twice_Re_real z : z \is Num.real -> twice_Re z = z *+ 2.
Proof. by move/CrealP=> h; rewrite /twice_Re h mulr2n. Qed.
Lemma twice_Re_scale (c z : C) : c \is Num.real -> twice_Re (c * z) = c * twice_Re z.
Proof. by move/CrealP=> h; rewrite /twice_Re rmorphM h mulrDr. Qed.

Lemma value_sum (I : Type) (r : seq I) (P : pred I) (F : I -> A) R : value (\sum_(i <- r | P i) F i) R = \sum_(i <- r | P i) value (F i) R.
Proof.
rewrite /value [RHS]exchange_big; apply: eq_bigr => f _; rewrite [RHS]exchange_big; apply: eq_bigr => g _.
by rewrite phi_sum mulr_sumr.
Qed.
Lemma value_scale (c : C) a R : value (c *: a) R = c * value a R.
Proof.
rewrite /value mulr_sumr; apply: eq_bigr => f _; rewrite mulr_sumr; apply: eq_bigr => g _; by rewrite phiZ mulrCA.
Qed.
Lemma value0 R : value 0 R = 0. Proof. by rewrite -(scale0r (0 : A)) value_scale mul0r. Qed.
Lemma eq_value a R R' : R =2 R' -> value a R = value a R'.
Proof. by move=> e; apply: eq_bigr => f _; apply: eq_bigr => g _; rewrite e. Qed.

Definition at_f (f h : J) (u : A) : A := if h == f then u else 0.
Lemma pick f g u v : \sum_h \sum_k w h k (star (at_f f h u) * at_f g k v) = w f g (star u * v).
Proof.
rewrite (bigD1 f) //= (bigD1 g) //= /at_f !eqxx !big1 ?addr0 // => h /negPf nh.
  by rewrite big1 // => k _; rewrite nh star0 mul0r phi0.
by rewrite nh mulr0 phi0.
Qed.
Lemma cross f g u v :
  0 <= w f f (star u * u) + w f g (star u * v) + w g f (star v * u) + w g g (star v * v).
Proof.
have := phi_ge0 w (fun h => at_f f h u + at_f g h v); congr (0 <= _).
rewrite -(pick f f) -(pick f g) -(pick g f) -(pick g g) -!big_split; apply: eq_bigr => h _ /=.
rewrite -!big_split; apply: eq_bigr => k _ /=; by rewrite starD mulrDl !mulrDr !phiD !addrA.
Qed.
Definition N f := w f f 1.
Lemma N_ge0 f : 0 <= N f. Proof. by have := square_ge0 w f 1; rewrite star1 mulr1. Qed.
(** 2 Re R w_fg(a) >= - |R| (w_ff(1) + w_gg(1)) for a contraction *)
Lemma cross_low f g a (R : C) : contractive w a -> 0 <= twice_Re (R * w f g a) + `|R| * (N f + N g).
Proof.
move=> ha; have [->|R0] := eqVneq R 0; first by rewrite mul0r normr0 mul0r addr0 /twice_Re rmorph0 addr0.
have n0 : 0 < `|R| by rewrite normr_gt0.
rewrite -(pmulr_rge0 _ n0); apply: le_trans (cross f g (`|R| *: 1) (R *: a)) _.
rewrite !starZ star1 (CrealP (normr_real R)) -!scalerAl -!scalerAr !scalerA !mul1r !mulr1 !phiZ.
have -> : w g f (star a) = (w f g a)^* by rewrite phi_herm.
have := ha g 1; rewrite !mulr1 star1 -/(N g) => hg.
have -> : `|R| * (twice_Re (R * w f g a) + `|R| * (N f + N g)) =
  `|R| * `|R| * N f + `|R| * R * w f g a + R^* * `|R| * (w f g a)^* + `|R| * `|R| * N g.
  by rewrite /twice_Re rmorphM /=; ring.
by rewrite [R^* * R]mulrC -normCK expr2 ler_add2l ler_wpmul2l ?mulr_ge0.
Qed.
Lemma value_low a (R : op C J) (b : C) : contractive w a ->
  (forall f, \sum_g `|R f g| <= b) -> (forall g, \sum_f `|R f g| <= b) -> 0 <= twice_Re (value a R) + b *+ 2.
Proof.
move=> ha hrow hcol; apply: le_trans (_ : \sum_f \sum_g (twice_Re (R f g * w f g a) + `|R f g| * (N f + N g)) <= _).
  by apply: sumr_ge0 => f _; apply: sumr_ge0 => g _; apply: cross_low.
have -> : \sum_f \sum_g (twice_Re (R f g * w f g a) + `|R f g| * (N f + N g)) =
    twice_Re (value a R) + (\sum_f (\sum_g `|R f g|) * N f + \sum_g (\sum_f `|R f g|) * N g).
  rewrite [X in _ + (_ + X)](eq_bigr (fun g => \sum_f `|R f g| * N g)) => [|g _]; last by rewrite mulr_suml.
  rewrite [X in _ + (_ + X)]exchange_big -big_split twice_Re_sum -big_split; apply: eq_bigr => f _ /=.
  by rewrite twice_Re_sum mulr_suml -!big_split; apply: eq_bigr => g _; rewrite mulrDr.
rewrite ler_add2l mulr2n -[b in _ <= b + _]mulr1 -[b in _ <= _ + b]mulr1 -(phi_1 w) mulr_sumr.
by apply: ler_add; apply: ler_sum => f _; rewrite ler_wpmul2r ?N_ge0.
Qed.
Lemma value_psd (R : op C J) : psd R -> 0 <= value 1 R.
Proof.
move=> hR; apply: (inner_ge0 (S := fun g f => w f g 1)) => // v.
have := phi_ge0 w (fun f => (v f)^* *: 1); congr (0 <= _); rewrite exchange_big.
by apply: eq_bigr => f _; apply: eq_bigr => g _; rewrite starZ conjCK star1 -scalerAl -scalerAr mul1r scalerA phiZ -mulrA mulrC.
Qed.
End Value.

(** c 1 *)
Definition unit_matrix (D : nat) (c : Z) : matrix := tabulate D (fun p q => if eqn p q then (c, Z0) else g0).

Section Sound.
Variables (C : numClosedFieldType) (A : star_algebra C) (o : seq (seq nat)) (E : nat -> nat -> nat -> A).
Hypothesis E_star : forall j x a, star (E j x a) = E j x a.
Hypothesis E_mul : forall j x a b, E j x a * E j x b = if a == b then E j x a else 0.
Hypothesis E_comm : forall j j' x x' a a', j != j' -> E j x a * E j' x' a' = E j' x' a' * E j x a.
Hypothesis E_sum : forall j x, \sum_(a < outcomes_at o j x) E j x a = 1.
Hypothesis E_out : forall j x a, (outcomes_at o j x <= a)%N -> E j x a = 0.
Variables (J : finType) (w : state_on A J) (D : nat) (code : J -> nat).
Hypothesis code_lt : forall i, (code i < D)%N.
Hypothesis code_inj : forall i j, (code i == code j) = (i == j).
Hypothesis sum_code : forall (P : pred nat) (F : nat -> C),
  \sum_(i | P (code i)) F (code i) = \sum_(p < D | P p) F p.

Definition mat (M : matrix) : op C J := fun f g => number C (entry M (code f) (code g)).
Definition worth (a : A) (M : matrix) : C := value w a (mat M).
Local Notation evw := (evw o E).
Local Notation events_from := (events_from E).

Lemma worth_add a M M' : worth a (add_matrices M M') = worth a M + worth a M'.
Proof.
rewrite /worth /value -big_split; apply: eq_bigr => f _; rewrite -big_split; apply: eq_bigr => g _ /=.
by rewrite /mat add_matricesE mulrDl.
Qed.
Lemma worth_scaled a c M : worth a (scaled c M) = int_of C c * worth a M.
Proof.
rewrite /worth /value mulr_sumr; apply: eq_bigr => f _; rewrite mulr_sumr; apply: eq_bigr => g _.
by rewrite /mat entry_scaled mulrA.
Qed.
Lemma worth_nil a : worth a [::] = 0.
Proof.
by rewrite /worth /value big1 // => f _; rewrite big1 // => g _; rewrite /mat /entry !nth_nil number0 mul0r.
Qed.
Lemma worth_low a M : contractive w a -> 0 <= twice_Re (worth a M) + int_of C (size_of M) *+ 2.
Proof.
move=> ha; apply: value_low => // i.
  apply: le_trans (size_of_row C D M (code i)); rewrite -(sum_code xpredT (fun q => int_of C (gabs1 (entry M (code i) q)))).
  by apply: ler_sum => g _; apply: number_abs_le.
apply: le_trans (size_of_column C D M (code i)); rewrite -(sum_code xpredT (fun p => int_of C (gabs1 (entry M p (code i))))).
by apply: ler_sum => f _; apply: number_abs_le.
Qed.

(** ** Collections *)
Section Trees.
Variables (K : Type) (same : K -> K -> bool) (find : K -> Z) (V : K -> A).
Hypothesis sameP : forall k l, same k l -> k = l.
Definition tree_worth (t : tree K) : C := \sum_(x <- elements t) worth (V x.1) x.2.
Lemma put_worth k M b : \sum_(x <- put same k M b) worth (V x.1) x.2 = \sum_(x <- b) worth (V x.1) x.2 + worth (V k) M.
Proof.
elim: b => [|x b IH] /=; first by rewrite big_nil big_seq1 add0r.
case: ifP => [/sameP e|_]; rewrite !big_cons ?IH ?addrA //=.
by rewrite worth_add addrAC e.
Qed.
Lemma elements_onto_worth t out :
  \sum_(x <- elements_onto t out) worth (V x.1) x.2 = tree_worth t + \sum_(x <- out) worth (V x.1) x.2.
Proof.
rewrite /tree_worth /elements; elim: t out => [|l IHl b r IHr] out /=; first by rewrite big_nil add0r.
by rewrite IHl [in RHS]IHl !catrevE !big_cat /= IHr [in RHS]IHr big_nil addr0 !addrA.
Qed.
Lemma big_reversed (X : Type) (F : X -> C) s : \sum_(x <- rev s) F x = \sum_(x <- s) F x.
Proof. by elim: s => [|x s IH]; rewrite ?big_nil // rev_cons -cats1 big_cat big_seq1 IH big_cons addrC. Qed.
Lemma tree_worth_node l b r : tree_worth (Node l b r) = tree_worth l + \sum_(x <- b) worth (V x.1) x.2 + tree_worth r.
Proof. by rewrite {1}/tree_worth /elements /= elements_onto_worth catrevE big_cat /= big_reversed -addrA. Qed.
Lemma tree_worth_leaf : tree_worth Leaf = 0. Proof. by rewrite /tree_worth big_nil. Qed.
Lemma insert_worth k M t : tree_worth (insert same find k M t) = tree_worth t + worth (V k) M.
Proof.
rewrite /insert; elim: (if find k is Zpos p then p else xH) t => [p IH|p IH|] [|l b r] /=;
  rewrite !tree_worth_node ?IH ?tree_worth_leaf ?big_nil ?big_seq1 ?put_worth ?add0r ?addr0 ?addrA //.
  by ring.
by ring.
Qed.
Lemma foldl_worth (X : Type) (f : tree K -> X -> tree K) (F : X -> C) :
  (forall t x, tree_worth (f t x) = tree_worth t + F x) ->
  forall l t, tree_worth (foldl f t l) = tree_worth t + \sum_(x <- l) F x.
Proof.
move=> h; elim=> [|x l IH] t /=; first by rewrite big_nil addr0.
by rewrite IH h big_cons addrA.
Qed.
End Trees.

(** ** The squares *)
Section Factor.
Variable n : nat.
Definition short (rows : seq row) : Prop := forall i, (size (nth ([::], [::]) rows i).1 <= n)%N /\ (size (nth ([::], [::]) rows i).2 <= n)%N.
Definition L_entry (s : word * seq row) (f : J) (k : 'I_n) : C := row_entry C (nth ([::], [::]) s.2 (code f)) k.
Definition pair_block (s t : word * seq row) : op C J := fun f g => \sum_k L_entry s f k * (L_entry t g k)^*.
Definition pair_worth (s t : word * seq row) : C := value w (star (evw 0 s.1) * evw 0 t.1) (pair_block s t).
Lemma row_entry_nil k : row_entry C ([::], [::]) k = 0.
Proof. by rewrite /row_entry /= !nth_nil number0. Qed.
Lemma mat_block s t : short s.2 -> mat (block s.2 t.2) =2 pair_block s t.
Proof.
move=> hs f g; rewrite /mat /entry /block /pair_block /L_entry.
case: (ltnP (code f) (size s.2)) => hf; last first.
  rewrite [nth [::] _ _]nth_default ?size_map // nth_nil number0 big1 // => k _.
  by rewrite [nth _ s.2 _]nth_default // row_entry_nil mul0r.
rewrite (nth_map ([::], [::])) //; case: (ltnP (code g) (size t.2)) => hg; last first.
  rewrite nth_default ?size_map // number0 big1 // => k _.
  by rewrite [nth _ t.2 _]nth_default // row_entry_nil conjC0 mulr0.
rewrite (nth_map ([::], [::])) //; have [h1 h2] := hs (code f); exact: number_row_dot.
Qed.
Lemma mat_daggered M f g : mat (daggered D M) f g = (mat M g f)^*.
Proof.
rewrite /mat /daggered entry_tabulate // number_conj /number /= int_of_opp; ring.
Qed.
Local Notation T := (tree_worth (evw 0)).
Lemma add_square_worth s z : short s.2 -> T (add_square o s z) = T z + pair_worth s s.
Proof.
move=> hs; rewrite /add_square /pair_worth (product_fromP E_star E_mul E_comm E_sum).
case: (product_from o 0 s.1 s.1) => [m|]; last by rewrite value0 addr0.
rewrite (insert_worth _ _ same_wordP); congr (_ + _); apply: eq_value; exact: mat_block.
Qed.
Lemma add_pair_worth s z t : short s.2 -> T (add_pair o D s z t) = T z + (pair_worth s t + pair_worth t s).
Proof.
move=> hs; rewrite /add_pair /pair_worth.
have -> : star (evw 0 t.1) * evw 0 s.1 = star (star (evw 0 s.1) * evw 0 t.1) by rewrite starM starK.
rewrite (product_fromP E_star E_mul E_comm E_sum).
case: (product_from o 0 s.1 t.1) => [m|]; last by rewrite star0 !value0 !addr0.
rewrite !(insert_worth _ _ same_wordP) -addrA; congr (_ + (_ + _)); first by apply: eq_value; exact: mat_block.
rewrite (evw_star o E_star E_comm); apply: eq_value => f g; rewrite mat_daggered (mat_block _ hs) rmorph_sum.
by apply: eq_bigr => k _; rewrite rmorphM conjCK mulrC.
Qed.
Lemma add_squares_worth L z : (forall i, short (nth ([::], [::]) L i).2) ->
  T (add_squares o D L z) = T z + \sum_(s <- L) \sum_(t <- L) pair_worth s t.
Proof.
elim: L z => [|s L IH] z hL /=; first by rewrite big_nil addr0.
have hs : short s.2 := hL 0%N.
rewrite IH => [|i]; last exact: (hL i.+1).
rewrite (foldl_worth (fun t x => add_pair_worth t x hs)) add_square_worth // -!addrA; congr (_ + _).
rewrite big_cons big_cons -addrA; congr (_ + _); under [X in _ = _ + X]eq_bigr do rewrite big_cons.
by rewrite !big_split /= -addrA.
Qed.
Lemma squares_worth_ge0 L : 0 <= \sum_(s <- L) \sum_(t <- L) pair_worth s t.
Proof.
pose x k f := \sum_(s <- L) (L_entry s f k)^* *: evw 0 s.1.
suff -> : \sum_(s <- L) \sum_(t <- L) pair_worth s t = \sum_k \sum_f \sum_g w f g (star (x k f) * x k g).
  by apply: sumr_ge0 => k _; apply: phi_ge0.
rewrite [RHS]exchange_big /=.
transitivity (\sum_f \sum_(s <- L) \sum_(t <- L) \sum_g pair_block s t f g * w f g (star (evw 0 s.1) * evw 0 t.1)).
  rewrite [RHS]exchange_big; apply: eq_bigr => s _; exact: exchange_big.
apply: eq_bigr => f _; rewrite [RHS]exchange_big /=.
transitivity (\sum_g \sum_(s <- L) \sum_(t <- L) pair_block s t f g * w f g (star (evw 0 s.1) * evw 0 t.1)).
  rewrite [RHS]exchange_big; apply: eq_bigr => s _; exact: exchange_big.
apply: eq_bigr => g _; transitivity (\sum_(s <- L) \sum_(t <- L) \sum_k L_entry s f k * (L_entry t g k)^* * w f g (star (evw 0 s.1) * evw 0 t.1)).
  by apply: eq_bigr => s _; apply: eq_bigr => t _; rewrite mulr_suml.
transitivity (\sum_(s <- L) \sum_k \sum_(t <- L) L_entry s f k * (L_entry t g k)^* * w f g (star (evw 0 s.1) * evw 0 t.1)).
  by apply: eq_bigr => s _; exact: exchange_big.
rewrite exchange_big; apply: eq_bigr => k _; rewrite /x star_sum mulr_suml phi_sum; apply: eq_bigr => s _.
rewrite mulr_sumr phi_sum; apply: eq_bigr => t _.
by rewrite starZ conjCK -scalerAl -scalerAr scalerA phiZ.
Qed.
End Factor.
Lemma all_short (L : seq (word * seq row)) : exists n, forall i, short n (nth ([::], [::]) L i).2.
Proof.
have grow m n s : (m <= n)%N -> short m s -> short n s.
  by move=> le h i; have [h1 h2] := h i; split; [exact: leq_trans h1 le | exact: leq_trans h2 le].
have one s : exists n, short n s.
  elim: s => [|r s [n IH]]; first by exists 0%N => i; rewrite nth_nil.
  exists (maxn n (maxn (size r.1) (size r.2))) => -[|i] /=; first by rewrite !leq_max !leqnn !orbT.
  by have [h1 h2] := IH i; rewrite !leq_max h1 h2.
elim: L => [|s L [n IH]]; first by exists 0%N => i; rewrite nth_nil => k; rewrite nth_nil.
have [m hm] := one s.2; exists (maxn m n) => -[|i] /=; first by apply: grow hm; rewrite leq_maxl.
by apply: grow (IH i); rewrite leq_maxr.
Qed.

(** ** The functional in words *)
Definition pending (k : word * label) : A := evw 0 k.1 * events_from (size k.1) k.2.
Lemma next_alice_worth z x : tree_worth pending (next_alice o z x) = tree_worth pending z + int_of C 2 * worth (pending x.1) x.2.
Proof.
case: x => [[v [|e l]] M]; rewrite /next_alice.
  by rewrite (insert_worth _ _ same_pendingP) worth_scaled.
rewrite (foldl_worth (F := fun t => int_of C t.2 * worth (pending (rcons v t.1, l)) M)); last first.
  by move=> t y; rewrite (insert_worth _ _ same_pendingP) worth_scaled.
congr (_ + _); rewrite /pending /worth -value_scale /=.
have -> : int_of C 2 *: (evw 0 v * (event E (size v) e * events_from (size v).+1 l)) =
    \sum_(t <- twice_in_words o (size v) e) int_of C t.2 *: (evw 0 (rcons v t.1) * events_from (size v).+1 l).
  rewrite mulrA scalerAl scalerAr (twice_in_wordsP E_sum E_out) mulr_sumr mulr_suml; apply: eq_bigr => t _.
  by rewrite evw_rcons -scalerAr -scalerAl.
rewrite value_sum; apply: eq_bigr => t _; by rewrite value_scale size_rcons.
Qed.
Lemma in_words_worth terms : \sum_(x <- in_words o terms) worth (pending x.1) x.2 =
  int_of C (2 ^ Z.of_nat (size o)) * \sum_(x <- terms) worth (events_from 0 x.1) x.2.
Proof.
rewrite /in_words int_of_pow; elim: (size o) => [|m IH] /=; last first.
  rewrite exprS -mulrA -IH mulr_sumr -[LHS]/(tree_worth pending _) (foldl_worth next_alice_worth).
  by rewrite tree_worth_leaf add0r.
rewrite expr0 mul1r.
have start l acc : \sum_(x <- foldl (fun l (t : label * matrix) => ([::] : word, t.1, t.2) :: l) acc l) worth (pending x.1) x.2 =
    \sum_(x <- acc) worth (pending x.1) x.2 + \sum_(x <- l) worth (events_from 0 x.1) x.2.
  elim: l acc => [|x l IH] acc /=; first by rewrite big_nil addr0.
  by rewrite IH !big_cons /pending /= mul1r addrA; congr (_ + _); rewrite addrC.
by rewrite start big_nil add0r.
Qed.

(** ** What is left *)
Lemma no_lettersP j v : no_letters v -> evw j v = 1.
Proof.
elim: v j => //= -[|//] v IH j /= /IH->; by rewrite /evp big_nil mulr1.
Qed.
Lemma rest_of_worth l : twice_Re (worth 1 (rest_of l).1) - int_of C (rest_of l).2 *+ 2
  <= twice_Re (\sum_(x <- l) worth (evw 0 x.1) x.2).
Proof.
rewrite /rest_of; set start := ([::], 0%ZZ).
have -> : twice_Re (\sum_(x <- l) worth (evw 0 x.1) x.2) =
    twice_Re (worth 1 start.1) - int_of C start.2 *+ 2 + twice_Re (\sum_(x <- l) worth (evw 0 x.1) x.2).
  by rewrite /start /= worth_nil twice_Re0 mul0rn subr0 add0r.
elim: l start => [|x l IH] r /=; first by rewrite big_nil twice_Re0 addr0.
apply: le_trans (IH _) _; rewrite big_cons twice_ReD addrA ler_add2r; case: ifP => /= hx.
  by rewrite (no_lettersP _ hx) worth_add twice_ReD addrAC.
rewrite int_of_add mulrnDl opprD addrA ler_add2l -subr_ge0 opprK addrC.
by rewrite addrC; apply: worth_low; apply: (evw_contractive E_star E_mul E_sum).
Qed.
Lemma less_unit_worth M b : worth 1 (less_unit D M b) = worth 1 M - int_of C b.
Proof.
rewrite -[int_of C b]mulr1 -(phi_1 w) mulr_sumr /worth /value -sumrB; apply: eq_bigr => f _.
rewrite (bigD1 f) //= [X in _ = X - _](bigD1 f) //= addrAC -mulrBl; congr (_ + _).
  congr (_ * _); rewrite /mat /less_unit entry_tabulate // /number /=.
  by rewrite -[eqn _ _]/(code f == code f) eqxx /= int_of_sub; ring.
apply: eq_bigr => g ng; rewrite /mat /less_unit entry_tabulate //.
by rewrite -[eqn _ _]/(code f == code g) code_inj eq_sym (negPf ng).
Qed.

Lemma unit_worth c : worth 1 (unit_matrix D c) = int_of C c.
Proof.
rewrite -[RHS]mulr1 -(phi_1 w) mulr_sumr /worth /value; apply: eq_bigr => f _.
rewrite (bigD1 f) //= big1 ?addr0 => [|g ng]; rewrite /mat /unit_matrix entry_tabulate //.
  by rewrite -[eqn _ _]/(code f == code f) eqxx /number /= [int_of C 0](_ : _ = 0) // mulr0 addr0.
by rewrite -[eqn _ _]/(code f == code g) code_inj eq_sym (negPf ng) number0 mul0r.
Qed.
Lemma settled (l : seq (word * label * matrix)) : all (fun x => if x.1.2 is [::] then true else false) l ->
  \sum_(x <- l) worth (evw 0 x.1.1) x.2 = \sum_(x <- l) worth (pending x.1) x.2.
Proof.
elim: l => [|[[v [|//]] M] l IH] /=; first by rewrite !big_nil.
by move=> /IH e; rewrite !big_cons e /pending /= mulr1.
Qed.
Theorem squares_sound h terms den L : squares_rule o D h terms den L ->
  0 <= twice_Re (\sum_(x <- terms) worth (events_from 0 x.1) x.2).
Proof.
rewrite /squares_rule; set H := in_words o terms; set f := (- _)%ZZ; set d2 := (den * den)%ZZ.
set z := foldl _ Leaf _; set r := rest_of _.
case/and4P=> /Z.ltb_lt h0 /Z.ltb_lt den0 hH /found_psd/(check_psd_sound code_lt code_inj sum_code) hp.
have [n hn] := all_short L.
pose sq := \sum_(s <- L) \sum_(t <- L) pair_worth n s t.
have zE : tree_worth (evw 0) z = int_of C f * sq.
  rewrite /z (foldl_worth (F := fun x => int_of C f * worth (evw 0 x.1) x.2)) => [|t x]; last first.
    by rewrite (insert_worth _ _ same_wordP) worth_scaled.
  rewrite tree_worth_leaf add0r -mulr_sumr -/(tree_worth (evw 0) _); congr (_ * _).
  by rewrite (add_squares_worth _ hn) tree_worth_leaf add0r.
pose S := \sum_(x <- terms) worth (events_from 0 x.1) x.2.
have allE : tree_worth (evw 0) (foldl (fun z x => insert same_word (word_code o) x.1.1 (scaled d2 x.2) z) z H) =
    int_of C f * sq + int_of C d2 * (int_of C (2 ^ Z.of_nat (size o)) * S).
  rewrite (foldl_worth (F := fun x => int_of C d2 * worth (evw 0 x.1.1) x.2)) => [|t x]; last first.
    by rewrite (insert_worth _ _ same_wordP) worth_scaled.
  rewrite zE -mulr_sumr -/S -in_words_worth -/H; congr (_ + _ * _).
  by apply: settled.
have d0 : 0 < int_of C d2 by apply: int_of_gt0; rewrite /d2; nia.
have p0 : 0 < int_of C (2 ^ Z.of_nat (size o)) by apply: int_of_gt0; apply: Z.pow_pos_nonneg; lia.
have f0 : int_of C f <= 0.
  by rewrite /f int_of_opp int_of_mul oppr_le0 mulr_ge0 ?(ltW p0) // ltW // int_of_gt0.
have sq0 : 0 <= sq := squares_worth_ge0 n L.
have hr : 0 <= worth 1 (less_unit D r.1 r.2) := value_psd w hp.
have := rest_of_worth (elements (foldl (fun z x => insert same_word (word_code o) x.1.1 (scaled d2 x.2) z) z H)).
rewrite -/r -[X in _ <= twice_Re X]/(tree_worth (evw 0) _) allE => le.
have : 0 <= twice_Re (int_of C f * sq + int_of C d2 * (int_of C (2 ^ Z.of_nat (size o)) * S)).
  apply: le_trans le; move: hr; rewrite less_unit_worth => hr.
  have -> : worth 1 r.1 = worth 1 r.1 - int_of C r.2 + int_of C r.2 by rewrite subrK.
  by rewrite twice_ReD [twice_Re (int_of C _)]twice_Re_real ?int_of_real // addrK twice_Re_real ?ger0_real // mulrn_wge0.
rewrite twice_ReD (twice_Re_scale _ (int_of_real _ f)) (twice_Re_real (ger0_real sq0)).
rewrite !(twice_Re_scale _ (int_of_real _ _)) => ge.
rewrite -(pmulr_rge0 _ p0) -(pmulr_rge0 _ d0); apply: le_trans ge _.
by rewrite -subr_ge0 opprD addrCA subrr addr0 oppr_ge0 mulr_le0_ge0 // mulrn_wge0.
Qed.
End Sound.
