(** Lexicographic places of multi-indices, computed with mixed-radix digits. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import Claims Duality.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.

(** [dig r k p]: digit number k of p in radices r;  [off r k p]: p with that digit set to 0. *)
Definition radix (r : seq nat) (k : nat) : nat := nth 1 r k.
Definition stride (r : seq nat) (k : nat) : nat := foldr muln 1 (drop k.+1 r).
Definition dig (r : seq nat) (k p : nat) : nat := (p %/ stride r k) %% radix r k.
Definition off (r : seq nat) (k p : nat) : nat := p - dig r k p * stride r k.
Definition card (r : seq nat) : nat := foldr muln 1 r.
Fixpoint enc (r : seq nat) (f : nat -> nat) : nat :=
  if r is n :: r' then f 0 * card r' + enc r' (fun k => f k.+1) else 0.

(** Number of the outcomes [a] of the parties other than j: digit and radix j left out. *)
Definition one_at (j : nat) (r : seq nat) : seq nat :=
  [seq if l == j then 1 else radix r l | l <- iota 0 (size r)].
Definition rest (r : seq nat) (j a : nat) : nat := enc (one_at j r) (fun l => if l == j then 0 else dig r l a).

Lemma eq_enc r f g : (forall k, k < size r -> f k = g k) -> enc r f = enc r g.
Proof.
elim: r f g => //= n r IH f g h; rewrite (h 0) // (IH _ (fun k => g k.+1)) // => k hk.
exact: (h k.+1).
Qed.
Lemma digS n r k p : dig (n :: r) k.+1 p = dig r k p. Proof. by []. Qed.
Lemma dig0 n r p : dig (n :: r) 0 p = (p %/ card r) %% n. Proof. by rewrite /dig /stride /= drop0. Qed.
Lemma enc_lt r f : (forall k, k < size r -> f k < radix r k) -> enc r f < card r.
Proof.
elim: r f => [|n r IH] f //= h.
have h0 := h 0 isT; have h1 : enc r (fun k => f k.+1) < card r by apply: IH => k hk; apply: (h k.+1).
by apply: (@leq_trans ((f 0).+1 * card r)); rewrite ?leq_mul2r ?h0 ?orbT // mulSn addnC ltn_add2r.
Qed.
Lemma card_split r k : k < size r -> exists t, card r = t * radix r k * stride r k.
Proof.
elim: r k => [|n r IH] [|k] //= hk; first by exists 1; rewrite /stride /= drop0 mul1n.
by have [t et] := IH k hk; exists (n * t); rewrite et /stride /= !mulnA.
Qed.
Lemma card_gt0 r : all (leq 1) r -> 0 < card r.
Proof. by elim: r => //= m r IH /andP[m0 /IH]; rewrite muln_gt0 m0. Qed.
Lemma stride_gt0 r k : all (leq 1) r -> 0 < stride r k.
Proof. by move=> h; apply/card_gt0/allP => i /mem_drop; apply/allP. Qed.
Lemma radix_gt0 r k : all (leq 1) r -> 0 < radix r k.
Proof.
move=> h; rewrite /radix; case: (ltnP k (size r)) => hk; first by move/(all_nthP 1): h; apply.
by rewrite nth_default.
Qed.
Lemma dig_lt r k p : all (leq 1) r -> dig r k p < radix r k.
Proof. by move=> h; rewrite ltn_mod radix_gt0. Qed.
Lemma dig_shift r k c e : all (leq 1) r -> k < size r -> dig r k (c * card r + e) = dig r k e.
Proof.
move=> rpos hk; have [t ->] := card_split hk; rewrite /dig.
by rewrite !mulnA divnMDl ?stride_gt0 // modnMDl.
Qed.
Lemma dig_enc r f k : all (leq 1) r -> (forall k, k < size r -> f k < radix r k) -> k < size r ->
  dig r k (enc r f) = f k.
Proof.
elim: r f k => [|n r IH] f k //= /andP[n0 r0] h.
have h1 : forall k, k < size r -> f k.+1 < radix r k by move=> j hj; apply: (h j.+1).
case: k => [|k] hk; last by rewrite digS dig_shift // (IH (fun k => f k.+1)).
have lt1 := enc_lt h1.
by rewrite dig0 divnMDl ?divn_small ?addn0 ?modn_small ?(h 0) //; exact: leq_ltn_trans lt1.
Qed.
Lemma enc_dig r p : all (leq 1) r -> p < card r -> enc r (fun k => dig r k p) = p.
Proof.
elim: r p => [|n r IH] p /=; first by case: p.
case/andP=> n0 r0 hp.
rewrite dig0 modn_small ?ltn_divLR ?card_gt0 //.
have -> : enc r (fun k => dig (n :: r) k.+1 p) = enc r (fun k => dig r k (p %% card r)).
  by apply: eq_enc => k hk; rewrite digS {1}(divn_eq p (card r)) dig_shift.
by rewrite IH ?ltn_mod ?card_gt0 // -divn_eq.
Qed.

Definition zero_at k (f : nat -> nat) l := if l == k then 0 else f l.
Lemma off_enc r f k : k < size r -> enc r f = enc r (zero_at k f) + f k * stride r k.
Proof.
elim: r f k => [|n r IH] f [|k] //= hk.
  by rewrite {1}/zero_at /= mul0n add0n addnC /stride /= drop0; congr (_ + _); apply: eq_enc.
by rewrite (IH (fun l => f l.+1) k) // /zero_at /= addnA; congr (_ + _ + _).
Qed.
Lemma off_le r k p : off r k p <= p. Proof. exact: leq_subr. Qed.
Lemma offE r k p : all (leq 1) r -> k < size r -> p < card r ->
  off r k p = enc r (zero_at k (fun l => dig r l p)).
Proof. by move=> rpos hk hp; rewrite /off -{1}(enc_dig rpos hp) (off_enc _ hk) addnK. Qed.
Lemma zero_at_lt r k p l : all (leq 1) r -> zero_at k (fun l => dig r l p) l < radix r l.
Proof. by move=> rpos; rewrite /zero_at; case: ifP => _; rewrite ?radix_gt0 ?dig_lt. Qed.
Lemma dig_off r k p l : all (leq 1) r -> k < size r -> l < size r -> p < card r ->
  dig r l (off r k p) = zero_at k (fun l => dig r l p) l.
Proof. by move=> rpos hk hl hp; rewrite offE // dig_enc // => j _; apply: zero_at_lt. Qed.

Lemma size_one_at j r : size (one_at j r) = size r. Proof. by rewrite size_map size_iota. Qed.
Lemma radix_one_at j r l : l < size r -> radix (one_at j r) l = if l == j then 1 else radix r l.
Proof. by move=> h; rewrite {1}/radix (nth_map 0) ?size_iota // nth_iota. Qed.
Lemma one_at_pos j r : all (leq 1) r -> all (leq 1) (one_at j r).
Proof. by move=> rpos; apply/allP=> i /mapP[l _ ->]; case: ifP; rewrite ?radix_gt0. Qed.
Lemma rest_digit_lt j r a l : all (leq 1) r -> l < size r ->
  (if l == j then 0 else dig r l a) < radix (one_at j r) l.
Proof. by move=> rpos hl; rewrite radix_one_at //; case: ifP => //; rewrite dig_lt. Qed.
Lemma rest_lt j r a : all (leq 1) r -> rest r j a < card (one_at j r).
Proof. by move=> rpos; apply: enc_lt => l; rewrite size_one_at; apply: rest_digit_lt. Qed.
Lemma eq_rest j r r' a a' : all (leq 1) r -> one_at j r = one_at j r' ->
  (rest r j a == rest r' j a') = all (fun l => (l == j) || (dig r l a == dig r' l a')) (iota 0 (size r)).
Proof.
move=> rpos e.
have er l : l < size r -> l != j -> radix r l = radix r' l.
  have es : size r = size r' by rewrite -(size_one_at j r) e size_one_at.
  by move=> hl nl; have := radix_one_at j hl; rewrite e radix_one_at -?es // (negPf nl).
have sr : size r = size r' by rewrite -(size_one_at j r) e size_one_at.
have lt' l : l < size r -> (if l == j then 0 else dig r' l a') < radix (one_at j r) l.
  move=> hl; rewrite radix_one_at //; case: ifPn => // nl; rewrite er // ltn_mod -er ?radix_gt0 //.
apply/eqP/allP => [h l|h].
  rewrite mem_iota /= add0n => hl; case: eqVneq => //= nl.
  have := congr1 (dig (one_at j r) l) h; rewrite /rest -e !dig_enc ?size_one_at ?one_at_pos //.
  - by rewrite (negPf nl) => ->.
  - by move=> k; apply: rest_digit_lt.
rewrite /rest -e; apply: eq_enc => l; rewrite size_one_at => hl.
by have := h l; rewrite mem_iota /= => /(_ hl); case: eqP => //= _ /eqP.
Qed.

Lemma card_as_prod r : card r = \prod_(k < size r) radix r k.
Proof. by elim: r => [|m r IH] /=; rewrite ?big_ord0 // big_ord_recl IH. Qed.

(** The mathematical [place] of the claims is [enc]. *)
Lemma place_enc n (rr : 'I_n -> nat) (r : seq nat) (f : 'I_n -> nat) (g : nat -> nat) :
  size r = n -> (forall k, rr k = radix r k) -> (forall k, f k = g k) -> place rr f = enc r g.
Proof.
elim: n rr r f g => [|n IH] rr [|m r] f g //=; first by rewrite /place big_ord0.
case=> hs hr hf; rewrite -(IH (fun k => rr (lift ord0 k)) r (fun k => f (lift ord0 k))) //; last 2 first.
- by move=> k; rewrite hr.
- by move=> k; rewrite hf.
rewrite /place big_ord_recl; congr (_ * _ + _); first exact: hf.
  have {hf} : forall k, rr (lift ord0 k) = radix r k by move=> k; rewrite hr.
  rewrite big_mkcond big_ord_recl /= mul1n => h.
  rewrite (eq_bigr (fun k : 'I_n => radix r k)) => [|k _]; last by rewrite h.
  by rewrite -hs card_as_prod.
apply: eq_bigr => k _; congr (_ * _).
by rewrite big_mkcond big_ord_recl /= mul1n -big_mkcond.
Qed.

Section Places.
Variables (n : nat) (rr : 'I_n -> nat) (r : seq nat).
Hypotheses (size_r : size r = n) (rrE : forall k, rr k = radix r k) (rpos : all (leq 1) r).
Implicit Types f g : multi rr.
Local Notation pl f := (place rr (vals f)).

Definition digit_of f (k : nat) : nat := if insub k is Some k' then f k' else 0.
Lemma digit_ofE f (k : 'I_n) : digit_of f k = vals f k. Proof. by rewrite /digit_of valK. Qed.
Lemma digit_of_lt f k : k < size r -> digit_of f k < radix r k.
Proof. by rewrite size_r => hk; rewrite -[k]/(val (Ordinal hk)) digit_ofE -rrE ltn_ord. Qed.
Lemma placeE f : pl f = enc r (digit_of f).
Proof. by apply: place_enc => // k; rewrite digit_ofE. Qed.
Lemma place_lt f : pl f < card r. Proof. by rewrite placeE; apply: enc_lt => k; apply: digit_of_lt. Qed.
Lemma dig_place f (k : 'I_n) : dig r k (pl f) = f k.
Proof. by rewrite placeE dig_enc //; [apply: digit_ofE | apply: digit_of_lt | rewrite size_r]. Qed.
Lemma place_inj f g : (pl f == pl g) = (f == g).
Proof.
apply/eqP/eqP=> [e|-> //]; apply/ffunP=> k; apply: val_inj.
by rewrite -[val (f k)]/(nat_of_ord _) -[val (g k)]/(nat_of_ord _) -!dig_place e.
Qed.
Lemma agree_off_place f g (k : 'I_n) : agree_off k (vals f) (vals g) = (off r k (pl f) == off r k (pl g)).
Proof.
have hk : k < size r by rewrite size_r.
apply/agree_offP/eqP => [h|h l nl]; last first.
  have hl : l < size r by rewrite size_r.
  have := congr1 (dig r l) h; rewrite !dig_off ?place_lt // /zero_at -[(l : nat) == k]/(l == k) (negPf nl).
  by rewrite !dig_place.
rewrite !offE ?place_lt //; apply: eq_enc => l; rewrite size_r => hl; rewrite /zero_at.
case: eqP => // nl; rewrite -[l]/(val (Ordinal hl)) /= (dig_place f (Ordinal hl)) (dig_place g (Ordinal hl)).
by apply: h; apply/eqP=> e; apply: nl; rewrite -e.
Qed.

Lemma dig_lt_ord (k : 'I_n) p : dig r k p < rr k. Proof. by rewrite rrE dig_lt. Qed.
Definition unplace (p : 'I_(card r)) : multi rr := [ffun k => Ordinal (dig_lt_ord k p)].
Lemma place_unplace p : pl (unplace p) = p.
Proof.
rewrite placeE -[RHS](enc_dig rpos (ltn_ord p)); apply: eq_enc => k; rewrite size_r => hk.
by rewrite -[k]/(val (Ordinal hk)) digit_ofE /vals ffunE.
Qed.
Lemma big_place (R : Type) (idx : R) (op : Monoid.com_law idx) (P : pred nat) (F : nat -> R) :
  \big[op/idx]_(f : multi rr | P (pl f)) F (pl f) = \big[op/idx]_(p < card r | P p) F p.
Proof.
rewrite [RHS](reindex (fun f => Ordinal (place_lt f))) //; apply: onW_bij.
exists unplace => [f|p]; last by apply: val_inj; rewrite /= place_unplace.
by apply/eqP; rewrite -place_inj place_unplace.
Qed.
End Places.
