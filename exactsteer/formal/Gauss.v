(** Gaussian integers that Coq can compute with, and what they mean in [C]. *)
From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Delimit Scope Z_scope with ZZ. (* mathcomp uses %Z for its own integers *)

Definition gauss := (Z * Z)%type.
Definition g0 : gauss := (Z0, Z0).
Definition gadd (x y : gauss) : gauss := ((x.1 + y.1)%ZZ, (x.2 + y.2)%ZZ).
Definition gsub (x y : gauss) : gauss := ((x.1 - y.1)%ZZ, (x.2 - y.2)%ZZ).
Definition gmul (x y : gauss) : gauss := ((x.1 * y.1 - x.2 * y.2)%ZZ, (x.1 * y.2 + x.2 * y.1)%ZZ).
Definition gscale (c : Z) (x : gauss) : gauss := ((c * x.1)%ZZ, (c * x.2)%ZZ).
(** x times the conjugate of y *)
Definition gmulc (x y : gauss) : gauss := ((x.1 * y.1 + x.2 * y.2)%ZZ, (x.2 * y.1 - x.1 * y.2)%ZZ).
(** |Re x| + |Im x| *)
Definition gabs1 (x : gauss) : Z := (Z.abs x.1 + Z.abs x.2)%ZZ.
Definition gprod (s : seq gauss) : gauss := foldr gmul (Zpos xH, Z0) s.
Definition geq (x y : gauss) : bool := ((x.1 =? y.1) && (x.2 =? y.2))%ZZ.
Definition gconj_eq (x y : gauss) : bool := ((x.1 =? y.1) && (x.2 =? - y.2))%ZZ.

Fixpoint dot (r s : seq gauss) : gauss :=
  match r, s with
  | x :: r', y :: s' => gadd (gmulc x y) (dot r' s')
  | _, _ => g0
  end.
Fixpoint weigh (w : seq Z) (r : seq gauss) : seq gauss :=
  match w, r with
  | c :: w', x :: r' => gscale c x :: weigh w' r'
  | _, _ => [::]
  end.
Fixpoint Zsum (s : seq Z) : Z := if s is x :: s' then (x + Zsum s')%ZZ else Z0.
Fixpoint gsum (s : seq gauss) : gauss := if s is x :: s' then gadd x (gsum s') else g0.

Section Meaning.
Variable C : numClosedFieldType.
Local Notation int_of := (int_of C).
Local Notation number := (number C).

Lemma int_of_nat n : int_of (Z.of_nat n) = n%:R.
Proof. by case: n => //= n; rewrite SuccNat2Pos.id_succ. Qed.
Lemma int_of_opp z : int_of (- z) = - int_of z.
Proof. by case: z => [|p|p] /=; rewrite ?oppr0 ?opprK. Qed.
Lemma int_of_subn m n : int_of (Z.of_nat m - Z.of_nat n) = m%:R - n%:R.
Proof.
case/orP: (leq_total m n) => h.
  have -> : (Z.of_nat m - Z.of_nat n = - Z.of_nat (n - m)%N)%ZZ by move/ssrnat.leP: h => h; rewrite -minusE; lia.
  by rewrite int_of_opp int_of_nat natrB // opprB.
have -> : (Z.of_nat m - Z.of_nat n = Z.of_nat (m - n)%N)%ZZ by move/ssrnat.leP: h => h; rewrite -minusE; lia.
by rewrite int_of_nat natrB.
Qed.
Lemma Z_difference (z : Z) : exists m n : nat, (z = Z.of_nat m - Z.of_nat n)%ZZ.
Proof. by exists (Z.to_nat z), (Z.to_nat (- z)); lia. Qed.
Lemma int_of_add x y : int_of (x + y) = int_of x + int_of y.
Proof.
have [m [n ->]] := Z_difference x; have [m' [n' ->]] := Z_difference y.
have -> : (Z.of_nat m - Z.of_nat n + (Z.of_nat m' - Z.of_nat n') = Z.of_nat (m + m')%N - Z.of_nat (n + n')%N)%ZZ.
  by rewrite -!plusE; lia.
by rewrite !int_of_subn !natrD; ring.
Qed.
Lemma int_of_sub x y : int_of (x - y) = int_of x - int_of y.
Proof. by rewrite -Z.add_opp_r int_of_add int_of_opp. Qed.
Lemma int_of_mul x y : int_of (x * y) = int_of x * int_of y.
Proof.
have [m [n ->]] := Z_difference x; have [m' [n' ->]] := Z_difference y.
have -> : ((Z.of_nat m - Z.of_nat n) * (Z.of_nat m' - Z.of_nat n') =
           Z.of_nat (m * m' + n * n')%N - Z.of_nat (m * n' + n * m')%N)%ZZ by rewrite -!plusE -!multE; lia.
by rewrite !int_of_subn !natrD !natrM; ring.
Qed.
Lemma int_of_real z : int_of z \is Num.real.
Proof. by case: z => [|p|p] /=; rewrite ?rpredN ?realn ?real0. Qed.
Lemma int_of_conj z : (int_of z)^* = int_of z.
Proof. exact/CrealP/int_of_real. Qed.
Lemma int_of_ge0 z : (0 <= z)%ZZ -> 0 <= int_of z.
Proof. by case: z => [|p|p] //= _; apply: ler0n. Qed.
Lemma int_of_le x y : (x <= y)%ZZ -> int_of x <= int_of y.
Proof. by move=> h; rewrite -subr_ge0 -int_of_sub; apply: int_of_ge0; lia. Qed.
Lemma int_of_gt0 z : (0 < z)%ZZ -> 0 < int_of z.
Proof. by case: z => [|p|p] //= _; rewrite ltr0n; apply/ssrnat.ltP; lia. Qed.
Lemma int_of_lt0 z : (z < 0)%ZZ -> int_of z < 0.
Proof. by case: z => [|p|p] //= _; rewrite oppr_lt0 ltr0n; apply/ssrnat.ltP; lia. Qed.
Lemma int_of_abs z : `|int_of z| = int_of (Z.abs z).
Proof. by case: z => [|p|p] /=; rewrite ?normr0 ?normrN ?normr_nat. Qed.

Let sqr_i : 'i * 'i = -1 :> C. Proof. by rewrite -expr2 sqrCi. Qed.
Lemma number0 : number g0 = 0. Proof. by rewrite /number /= mulr0 addr0. Qed.
Lemma number_add x y : number (gadd x y) = number x + number y.
Proof. by rewrite /number /= !int_of_add; ring. Qed.
Lemma number_sub x y : number (gsub x y) = number x - number y.
Proof. by rewrite /number /= !int_of_sub; ring. Qed.
Lemma number_scale c x : number (gscale c x) = int_of c * number x.
Proof. by rewrite /number /= !int_of_mul; ring. Qed.
Lemma number_conj x : (number x)^* = int_of x.1 - 'i * int_of x.2.
Proof. by rewrite /number rmorphD rmorphM conjCi !int_of_conj mulNr. Qed.
Lemma number_mul x y : number (gmul x y) = number x * number y.
Proof. by rewrite /number /= int_of_sub int_of_add !int_of_mul; ring: sqr_i. Qed.
Lemma number_mulc x y : number (gmulc x y) = number x * (number y)^*.
Proof. by rewrite number_conj /number /= int_of_sub int_of_add !int_of_mul; ring: sqr_i. Qed.
Lemma Re_number x : 'Re (number x) = int_of x.1.
Proof. by rewrite Re_rect ?int_of_real. Qed.
Lemma Im_number x : 'Im (number x) = int_of x.2.
Proof. by rewrite Im_rect ?int_of_real. Qed.
Lemma number_abs_le x : `|number x| <= int_of (gabs1 x).
Proof.
rewrite /number /gabs1 int_of_add -!int_of_abs; apply: le_trans (ler_norm_add _ _) _.
by rewrite normrM normCi mul1r.
Qed.
Lemma geqP x y : geq x y -> number x = number y.
Proof. by case/andP=> /Z.eqb_eq e1 /Z.eqb_eq e2; rewrite /number e1 e2. Qed.
Lemma gconj_eqP x y : gconj_eq x y -> number x = (number y)^*.
Proof. by case/andP=> /Z.eqb_eq e1 /Z.eqb_eq e2; rewrite number_conj /number e1 e2 int_of_opp mulrN. Qed.

Lemma number_dot n r s : (size r <= n)%N ->
  number (dot r s) = \sum_(k < n) number (nth g0 r k) * (number (nth g0 s k))^*.
Proof.
elim: r s n => [|x r IH] s n /=.
  by move=> _; rewrite number0 big1 // => k _; rewrite nth_nil number0 mul0r.
case: s => [|y s].
  by move=> _; rewrite number0 big1 // => k _; rewrite nth_nil number0 conjC0 mulr0.
by case: n => // n hn; rewrite number_add number_mulc (IH _ n) // big_ord_recl.
Qed.
Lemma size_weigh w r : (size (weigh w r) <= size r)%N.
Proof. by elim: w r => [|c w IH] [|x r] //=; apply: IH. Qed.
Lemma nth_weigh w r k : number (nth g0 (weigh w r) k) = int_of (nth Z0 w k) * number (nth g0 r k).
Proof.
elim: w r k => [|c w IH] [|x r] [|k] //=; rewrite ?number0 ?mul0r ?mulr0 ?number_scale //.
Qed.

Lemma number_gsum (J : Type) (s : seq J) (F : J -> gauss) : number (gsum (map F s)) = \sum_(k <- s) number (F k).
Proof. by elim: s => [|k s IH] /=; rewrite ?big_nil ?number0 // big_cons number_add IH. Qed.
Lemma int_of_Zsum (J : Type) (s : seq J) (F : J -> Z) : int_of (Zsum (map F s)) = \sum_(k <- s) int_of (F k).
Proof. by elim: s => [|k s IH] /=; rewrite ?big_nil // big_cons int_of_add IH. Qed.
Lemma sum_iota n (P : pred nat) (F : nat -> C) : \sum_(k <- iota 0 n | P k) F k = \sum_(k < n | P k) F k.
Proof. by rewrite -(big_mkord P F) /index_iota subn0. Qed.
Lemma number_gsum_iota n (F : nat -> gauss) : number (gsum (map F (iota 0 n))) = \sum_(k < n) number (F k).
Proof. by rewrite number_gsum sum_iota. Qed.
Lemma number_gsum_filter n (P : pred nat) (F : nat -> gauss) :
  number (gsum (map F (filter P (iota 0 n)))) = \sum_(k < n | P k) number (F k).
Proof. by rewrite number_gsum big_filter sum_iota. Qed.
Lemma number_gprod (J : Type) (s : seq J) (F : J -> gauss) : number (gprod (map F s)) = \prod_(k <- s) number (F k).
Proof.
elim: s => [|k s IH] /=; last by rewrite big_cons number_mul IH.
by rewrite big_nil /number /= mulr0 addr0.
Qed.
Lemma number_gprod_iota n (F : nat -> gauss) : number (gprod (map F (iota 0 n))) = \prod_(k < n) number (F k).
Proof. by rewrite number_gprod -(big_mkord xpredT (fun k => number (F k))) /index_iota subn0. Qed.
Lemma int_of_pow z n : int_of (Z.pow z (Z.of_nat n)) = int_of z ^+ n.
Proof.
elim: n => [|n IH]; first by rewrite expr0.
by rewrite Nat2Z.inj_succ Z.pow_succ_r ?int_of_mul ?IH ?exprS //; lia.
Qed.
End Meaning.

(** [all] over an initial segment of the natural numbers *)
Definition upto (n : nat) (P : pred nat) : bool := all P (iota 0 n).
Lemma uptoP n P : upto n P -> forall k, (k < n)%N -> P k.
Proof. by move=> /allP h k hk; apply: h; rewrite mem_iota. Qed.
