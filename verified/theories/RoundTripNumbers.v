(** Reading what is written of a natural number, an integer, a rational gives it back; and what is read was written so. *)
From Coq Require Import ZArith Lia Strings.Byte.
From mathcomp Require Import all_ssreflect.
From Verified Require Import Json Statement Read RoundTripJson.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Definition digit (c : byte) : bool := between digit_0 digit_9 (code c).
Definition digit_of (d : Z) : byte := byte_of (48 + d).
Lemma betweenP a b z : reflect (a <= z <= b)%ZZ (between a b z).
Proof.
by apply: (iffP andP) => [[/Z.leb_le ? /Z.leb_le ?]|[/Z.leb_le ? /Z.leb_le ?]].
Qed.
Lemma code_digit d : (0 <= d < 10)%ZZ -> code (digit_of d) = (48 + d)%ZZ.
Proof.
move=> h; have : (d = 0 \/ d = 1 \/ d = 2 \/ d = 3 \/ d = 4 \/ d = 5 \/ d = 6 \/ d = 7 \/ d = 8 \/ d = 9)%ZZ by lia.
by do 9?[case=> [->//|]]; move->.
Qed.
Lemma digit_digit_of d : (0 <= d < 10)%ZZ -> digit (digit_of d).
Proof. by move=> h; apply/betweenP; rewrite code_digit // /digit_0 /digit_9; lia. Qed.
Lemma digit_of_code c : digit_of (code c - 48) = c.
Proof. by rewrite /digit_of Zplus_minus; case: c. Qed.
Lemma digitP c : digit c -> (0 <= code c - 48 < 10)%ZZ.
Proof. by move/betweenP; rewrite /digit_0 /digit_9; lia. Qed.

(** ** Naturals: the digits of 10 a + d are those of a, then d *)
Lemma decimal_out n z out : decimal n z out = decimal n z [::] ++ out.
Proof.
elim: n z out => [|n IH] z out //=; case: ifP => // _.
by rewrite IH [in RHS]IH -catA.
Qed.
Lemma half_fuel n z : (0 <= z < 2 ^ Z.of_nat n.+1)%ZZ -> (0 <= z / 10 < 2 ^ Z.of_nat n)%ZZ.
Proof.
rewrite Nat2Z.inj_succ Z.pow_succ_r; last exact: Nat2Z.is_nonneg.
by move=> [h0 h]; split; [apply: Z.div_pos | apply: Z.div_lt_upper_bound]; lia.
Qed.
Lemma decimal_fuel n m z out : (0 <= z < 2 ^ Z.of_nat n.+1)%ZZ -> (0 <= z < 2 ^ Z.of_nat m.+1)%ZZ ->
  decimal n z out = decimal m z out.
Proof.
have low (k : nat) y o : (y < 10)%ZZ -> decimal k y o = digit_of (y mod 10) :: o by case: k => //= k /Z.ltb_lt->.
elim: n m z out => [|n IH] m z out hn hm; first by have h : (0 <= z < 2)%ZZ := hn; rewrite !low //; lia.
case: m hm => [|m] hm; first by have h : (0 <= z < 2)%ZZ := hm; rewrite !low //; lia.
by rewrite /=; case: ifP => // _; apply: IH; apply: half_fuel.
Qed.
Lemma log2_fuel z : (0 <= z)%ZZ -> (0 <= z < 2 ^ Z.of_nat (Z.to_nat (Z.log2 z)).+1)%ZZ.
Proof.
rewrite Nat2Z.inj_succ Z2Nat.id; last exact: Z.log2_nonneg.
case: (Z.eq_dec z 0) => [->|nz h] //; split=> //; apply: (proj2 (Z.log2_spec z _)); lia.
Qed.
Lemma write_low z : (0 <= z < 10)%ZZ -> write_natural z = [:: digit_of z].
Proof.
by move=> h; rewrite /write_natural; case: (Z.to_nat _) => [|k] /=; rewrite Z.mod_small //; case: ifP => // /Z.ltb_ge; lia.
Qed.
Lemma write_snoc a d : (0 < a)%ZZ -> (0 <= d < 10)%ZZ -> write_natural (ten * a + d) = rcons (write_natural a) (digit_of d).
Proof.
move=> ha hd; rewrite /ten; set z := (10 * a + d)%ZZ.
have hz : (0 <= z)%ZZ by rewrite /z; lia.
have h : (z / 10 = a)%ZZ by rewrite /z Z.mul_comm Z.div_add_l // Z.div_small //; lia.
have hm : (z mod 10 = d)%ZZ by rewrite /z Z.add_comm Z.mul_comm Z_mod_plus_full Z.mod_small.
rewrite /write_natural (@decimal_fuel _ (Z.to_nat (Z.log2 z)).+1 z); last 2 first.
- exact: log2_fuel.
- have := log2_fuel hz; rewrite [in X in _ -> X]Nat2Z.inj_succ Z.pow_succ_r; last exact: Nat2Z.is_nonneg.
  by lia.
have -> : decimal (Z.to_nat (Z.log2 z)).+1 z [::] = decimal (Z.to_nat (Z.log2 z)) a [:: digit_of d].
  rewrite /= hm h; case: ifP => // /Z.ltb_lt; rewrite /z; lia.
rewrite decimal_out -cats1; congr (_ ++ _); apply: decimal_fuel; last by apply: log2_fuel; lia.
have := log2_fuel hz => -[_ hl]; rewrite Nat2Z.inj_succ Z.pow_succ_r in hl *; try exact: Nat2Z.is_nonneg.
rewrite /z in hl *; lia.
Qed.

(** The numbers from 0 on: below 10, or 10 a + d *)
Lemma decimal_ind (P : Z -> Prop) : (forall d, (0 <= d < 10)%ZZ -> P d) ->
  (forall a d, (0 < a)%ZZ -> (0 <= d < 10)%ZZ -> P a -> P (ten * a + d)%ZZ) -> forall z, (0 <= z)%ZZ -> P z.
Proof.
move=> low snoc; apply: Zlt_0_ind => z IH hz; case: (Z_lt_le_dec z 10) => h; first by apply: low.
rewrite (Z.div_mod z 10) //; apply: snoc; first by apply: Z.div_str_pos.
  exact: Z.mod_pos_bound.
by apply: IH; split; [apply: Z.div_pos | apply: Z.div_lt; lia].
Qed.

Lemma write_digits z : (0 <= z)%ZZ -> all digit (write_natural z).
Proof.
move: z; apply: decimal_ind => [d h|a d ha hd IH]; first by rewrite write_low //= digit_digit_of.
by rewrite write_snoc // all_rcons digit_digit_of.
Qed.
(** No leading zero: the first digit of what is not 0 is not 0. *)
Lemma write_head z : (0 <= z)%ZZ -> exists c s, write_natural z = c :: s /\ (Byte.eqb c x30 = (z =? 0)%ZZ /\ ((z = 0)%ZZ -> s = [::])).
Proof.
move: z; apply: decimal_ind => [d h|a d ha hd [c [s [e [hc hs]]]]].
  exists (digit_of d), [::]; rewrite write_low //; split=> //; split=> //.
  have : (d = 0 \/ d = 1 \/ d = 2 \/ d = 3 \/ d = 4 \/ d = 5 \/ d = 6 \/ d = 7 \/ d = 8 \/ d = 9)%ZZ by lia.
  by do 9?[case=> [->//|]]; move->.
exists c, (rcons s (digit_of d)); rewrite write_snoc // e; split=> //.
have nz : ((ten * a + d =? 0) = false)%ZZ by apply/Z.eqb_neq; rewrite /ten; lia.
rewrite nz hc; split; last by move/Z.eqb_eq; rewrite nz.
by apply/Z.eqb_neq; lia.
Qed.
Lemma write_size n z : (0 <= z < 10 ^ Z.of_nat n.+1)%ZZ -> size (write_natural z) <= n.+1.
Proof.
elim: n z => [|n IH] z [hz h]; first by rewrite write_low.
move: z hz h; apply: decimal_ind => [d hd _|a d ha hd _ h]; first by rewrite write_low.
rewrite write_snoc // size_rcons ltnS; apply: IH; split; first exact: Z.lt_le_incl.
move: h; rewrite Nat2Z.inj_succ Z.pow_succ_r /ten; last exact: Nat2Z.is_nonneg.
by lia.
Qed.

(** ** Reading them *)
Lemma digits_cons c s n acc :
  digits (c :: s) n.+1 acc = if digit c then digits s n (ten * acc + (code c - digit_0))%ZZ else None.
Proof. by []. Qed.
Lemma digits_rcons s c n acc : size s < n -> digits (rcons s c) n acc =
  obind (fun a => if digit c then Some (ten * a + (code c - digit_0))%ZZ else None) (digits s n acc).
Proof.
elim: s n acc => [|b s IH] [|n] acc //= h.
by case: ifP => // _; rewrite IH.
Qed.
Lemma digits_write n z : (0 <= z)%ZZ -> size (write_natural z) <= n -> digits (write_natural z) n 0%ZZ = Some z.
Proof.
move=> hz; move: z hz n; apply: decimal_ind => [d h|a d ha hd IH] n.
  rewrite write_low //; case: n => // n _; rewrite digits_cons digit_digit_of // code_digit // /ten /digit_0.
  by congr Some; lia.
rewrite write_snoc // size_rcons => hn; rewrite digits_rcons // IH ?(ltnW hn) //= digit_digit_of // code_digit //.
by congr Some; rewrite /digit_0; lia.
Qed.
Lemma digits_written s n acc z : (0 < acc)%ZZ -> digits s n acc = Some z -> write_natural z = write_natural acc ++ s.
Proof.
elim: s n acc => [|c s IH] n acc ha; first by case: n => [|n] [->]; rewrite cats0.
case: n => // n; rewrite digits_cons; case: ifP => // /digitP hc /IH->; last by move: hc; rewrite /ten /digit_0; lia.
by rewrite write_snoc // digit_of_code cat_rcons.
Qed.
Lemma digits_bound s n acc z : (0 <= acc)%ZZ -> digits s n acc = Some z -> (0 <= z < (acc + 1) * 10 ^ Z.of_nat n)%ZZ.
Proof.
elim: s n acc => [|c s IH] n acc ha.
  have : (1 <= 10 ^ Z.of_nat n)%ZZ by have := Z.pow_pos_nonneg 10 (Z.of_nat n); lia.
  by case: n => [|n] ? [<-]; nia.
case: n => // n; rewrite digits_cons; case: ifP => // /digitP hc /IH; rewrite /ten /digit_0 => h.
have : (0 <= 10 * acc + (code c - 48))%ZZ by lia.
move/h; rewrite Nat2Z.inj_succ Z.pow_succ_r; last exact: Nat2Z.is_nonneg.
have : (1 <= 10 ^ Z.of_nat n)%ZZ by have := Z.pow_pos_nonneg 10 (Z.of_nat n); lia.
by nia.
Qed.

(** The numbers of at most 4000 digits *)
Definition limit : Z := (10 ^ 4000)%ZZ.
Definition small (z : Z) : bool := (Z.abs z <? limit)%ZZ.
Definition natural_upto (n : nat) (s : bytes) : option Z :=
  match s with [::] => None | c :: s' => if Byte.eqb c x30 && ~~ nilp s' then None else digits s n 0%ZZ end.
Lemma natural_write_upto n z : (0 <= z < 10 ^ Z.of_nat n.+1)%ZZ -> natural_upto n.+1 (write_natural z) = Some z.
Proof.
move=> h; have hz := proj1 h; have hd := digits_write hz (write_size h); have [c [s [e [hc hs]]]] := write_head hz.
rewrite /natural_upto {1}e -hd hc; case: Z.eqb_spec => [/hs->|] //=.
Qed.
Lemma natural_written_upto n s z : natural_upto n s = Some z -> write_natural z = s /\ (0 <= z < 10 ^ Z.of_nat n)%ZZ.
Proof.
case: s => // c s; rewrite /natural_upto; case: ifP => // nz h; split; last by have := digits_bound (Z.le_refl 0) h; rewrite Z.add_0_l Z.mul_1_l.
case: n h => // n; rewrite digits_cons; case: ifP => // /digitP hc; rewrite -[(ten * 0 + _)%ZZ]/(code c - digit_0)%ZZ.
case: s nz => [|b s] nz; first by case: n => [|n] [<-]; rewrite write_low // digit_of_code.
move/digits_written->; first by rewrite write_low // digit_of_code.
suff : (code c - 48 <> 0)%ZZ by rewrite /digit_0; lia.
by move=> e; have := digit_of_code c; rewrite e => ec; rewrite -ec in nz.
Qed.

Lemma limitE : (limit = 10 ^ Z.of_nat (Z.to_nat 4000))%ZZ. Proof. by rewrite Z2Nat.id. Qed.
Lemma fuelE : exists n, Z.to_nat 4000 = n.+1. Proof. by case E: (Z.to_nat 4000) => [|n] //; exists n. Qed.
Lemma smallP z : (0 <= z)%ZZ -> small z -> (0 <= z < 10 ^ Z.of_nat (Z.to_nat 4000))%ZZ.
Proof. by move=> h; rewrite /small Z.abs_eq // limitE => /Z.ltb_lt. Qed.
Lemma natural_write z : (0 <= z)%ZZ -> small z -> natural (write_natural z) = Some z.
Proof.
move=> h /(smallP h); rewrite -[natural _]/(natural_upto (Z.to_nat 4000) _); have [n ->] := fuelE.
exact: natural_write_upto.
Qed.
Lemma natural_written s z : natural s = Some z -> [/\ write_natural z = s, (0 <= z)%ZZ & small z].
Proof.
rewrite -[natural _]/(natural_upto (Z.to_nat 4000) _) => /natural_written_upto[? [h]]; rewrite -limitE => b; split=> //.
by rewrite /small Z.abs_eq //; apply/Z.ltb_lt.
Qed.

(** ** Integers *)
Lemma integer_write z : small z -> integer (write_integer z) = Some z.
Proof.
rewrite /write_integer; case: ifP => [/Z.ltb_lt neg h|/Z.ltb_ge pos h].
  rewrite [integer _]/(obind _ (natural _)) natural_write; [|lia|by rewrite /small Z.abs_opp].
  have /Z.eqb_neq nz : (- z <> 0)%ZZ by lia.
  by rewrite [LHS]/= nz Z.opp_involutive.
have [c [s [e _]]] := write_head pos; have := write_digits pos; rewrite e => /andP[hc _].
have nc : Byte.eqb c x2d = false by apply/negP => /Byte.byte_dec_bl ec; rewrite ec in hc.
by rewrite -[integer _]/(if Byte.eqb c x2d then _ else natural (c :: s)) nc -e natural_write.
Qed.
Lemma integer_written s z : integer s = Some z -> write_integer z = s /\ small z.
Proof.
case: s => // c s; rewrite -[integer _]/(if Byte.eqb c x2d then _ else natural (c :: s)).
case: ifP => [/Byte.byte_dec_bl->|_].
  case E: (natural s) => [y|] //; have [es y0 ys] := natural_written E.
  rewrite [obind _ _]/=; case: Z.eqb_spec => // ny [<-]; rewrite /write_integer Z.opp_involutive es /small Z.abs_opp -/(small y) ys.
  by have /Z.ltb_lt-> : (- y < 0)%ZZ by lia.
move=> /natural_written[e h0 ->]; split=> //; rewrite /write_integer.
by have /Z.ltb_ge-> : (0 <= z)%ZZ.
Qed.
Lemma write_positive z : (0 <= z)%ZZ -> write_integer z = write_natural z.
Proof. by rewrite /write_integer => /Z.ltb_ge->. Qed.

(** ** Rationals *)
Definition free_of (x : byte) (s : bytes) : bool := all (fun c => ~~ Byte.eqb c x) s.
Lemma cut_free x s acc : free_of x s -> cut x s acc = (rev acc ++ s, None).
Proof. by elim: s acc => [|c s IH] acc /=; rewrite ?cats0 // => /andP[/negbTE-> /IH->]; rewrite rev_cons cat_rcons. Qed.
Lemma cut_here x s t acc : free_of x s -> cut x (s ++ x :: t) acc = (rev acc ++ s, Some t).
Proof.
elim: s acc => [|c s IH] acc /=; first by rewrite Byte.byte_dec_lb // cats0.
by move=> /andP[/negbTE-> /IH->]; rewrite rev_cons cat_rcons.
Qed.
(** What integers are written with *)
Lemma digits_free x s : ~~ digit x -> all digit s -> free_of x s.
Proof. by move=> hx; apply: sub_all => c hc; apply/negP => /Byte.byte_dec_bl e; rewrite e in hc; rewrite hc in hx. Qed.
Lemma digits_plain s : all digit s -> plain_string s.
Proof. by apply: sub_all; case. Qed.
Lemma integer_free x z : ~~ digit x -> ~~ Byte.eqb x2d x -> free_of x (write_integer z).
Proof.
move=> hx mx; rewrite /write_integer; case: ifP => [/Z.ltb_lt h|/Z.ltb_ge h]; rewrite /= ?mx;
  by apply: digits_free hx (write_digits _); lia.
Qed.
Lemma natural_plain z : (0 <= z)%ZZ -> plain_string (write_natural z).
Proof. by move=> h; apply/digits_plain/write_digits. Qed.
Lemma integer_plain z : plain_string (write_integer z).
Proof. by rewrite /write_integer; case: ifP => [/Z.ltb_lt h|/Z.ltb_ge h] /=; apply: natural_plain; lia. Qed.
Lemma nat_plain n : plain_string (write_nat n). Proof. exact/natural_plain/Nat2Z.is_nonneg. Qed.

(** In lowest terms, with at most 4000 digits each *)
Definition reduced (r : rational) : bool := [&& small r.1, small r.2, 0 <? r.2 & Z.gcd r.1 r.2 =? 1]%ZZ.
Lemma rational_plain r : plain_string (write_rational r).
Proof. by rewrite /write_rational; case: ifP => _; rewrite ?plain_cat ?plain_cons !integer_plain. Qed.
Lemma rational_write r : reduced r -> read_rational (write_rational r) = Some r.
Proof.
case: r => p q /and4P[/= hp hq /Z.ltb_lt q0 g]; rewrite /read_rational /write_rational /=.
case: Z.eqb_spec => [->|nq]; first by rewrite cut_free ?integer_free // integer_write.
rewrite cut_here ?integer_free // integer_write // write_positive; last by lia.
rewrite natural_write //; last by lia.
by rewrite g andbT; have /Z.ltb_lt-> : (1 < q)%ZZ by lia.
Qed.
Lemma rational_read s r : read_rational s = Some r -> reduced r.
Proof.
rewrite /read_rational; case: (cut _ _ _) => p [q|]; last first.
  by case E: (integer p) => [z|] //= [<-]; have [_ h] := integer_written E; rewrite /reduced h Z.gcd_1_r.
case E: (integer p) => [z|] //; case F: (natural q) => [y|] //; case: ifP => // /andP[/Z.ltb_lt y1 g] [<-].
have [_ h] := integer_written E; have [_ y0 hy] := natural_written F.
by rewrite /reduced [_.1]/= [_.2]/= h hy g andbT; apply/Z.ltb_lt; lia.
Qed.
