(** Why the grid of 3.11 suffices: every positive 2 x 2 matrix is a sum of those of the grid. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Exactsteer Require Import Claims.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Octahedron.
Variables (C : numClosedFieldType) (u v1 v2 v3 : C).
Local Notation third := (2%:R / 3%:R : C).
Lemma natr1 n : n%:R + 1 = n.+1%:R :> C. Proof. by rewrite -addn1 natrD. Qed.
Lemma sqr_ge0 (z : C) : z \is Num.real -> 0 <= z ^+ 2. Proof. by move=> h; apply: real_exprn_even_ge0. Qed.

(** Three points P_i with |P_i - P_j|^2 = 2, and a point q = sum_i t_i P_i of their triangle: with n_i^2 <= |P_i|^2 - 2/3
    and |q| <= r, sum_i t_i n_i <= r. *)
Section Triangle.
Variables (a b c n t : 'I_3 -> C) (x y z r : C).
Hypotheses (t0 : forall i, 0 <= t i) (t1 : \sum_i t i = 1) (n0 : forall i, 0 <= n i).
Hypothesis far : forall i j, i != j -> (a i - a j) ^+ 2 + (b i - b j) ^+ 2 + (c i - c j) ^+ 2 = 2%:R.
Hypothesis small : forall i, n i ^+ 2 <= a i ^+ 2 + b i ^+ 2 + c i ^+ 2 - third.
Hypothesis passed : forall i, 0 <= n i * u + (a i * v1 + b i * v2 + c i * v3).
Hypotheses (xE : x = \sum_i t i * a i) (yE : y = \sum_i t i * b i) (zE : z = \sum_i t i * c i).
Hypotheses (r0 : 0 <= r) (norm : x ^+ 2 + y ^+ 2 + z ^+ 2 <= r ^+ 2) (u0 : 0 <= u).

Lemma triangle : 0 <= r * u + (x * v1 + y * v2 + z * v3).
Proof.
pose m := \sum_i t i * n i.
have m0 : 0 <= m by apply: sumr_ge0 => i _; apply: mulr_ge0.
have sum3 (F : 'I_3 -> C) : \sum_i F i = F ord0 + F (lift ord0 ord0) + F (lift ord0 (lift ord0 ord0)).
  by rewrite !big_ord_recl big_ord0 addr0 addrA.
move: t1 xE yE zE; rewrite !sum3; set i0 : 'I_3 := ord0; set i1 := lift _ _; set i2 := lift _ _ => s1 hx hy hz.
have tE : t i2 = 1 - t i0 - t i1 by rewrite -s1; ring.
have tr i := ger0_real (t0 i); have nr i := ger0_real (n0 i).
have mr : m <= r.
  rewrite -ler_sqr ?nnegrE //; apply: le_trans norm; rewrite -subr_ge0.
  have -> : x ^+ 2 + y ^+ 2 + z ^+ 2 - m ^+ 2 = \sum_i t i * (a i ^+ 2 + b i ^+ 2 + c i ^+ 2 - third - n i ^+ 2)
      + ((t i0 - t i1) ^+ 2 + (t i0 - t i2) ^+ 2 + (t i1 - t i2) ^+ 2) / 3%:R
      + (t i0 * t i1 * (n i0 - n i1) ^+ 2 + t i0 * t i2 * (n i0 - n i2) ^+ 2 + t i1 * t i2 * (n i1 - n i2) ^+ 2).
    have f01 := far (isT : i0 != i1); have f02 := far (isT : i0 != i2); have f12 := far (isT : i1 != i2).
    have h3 : 3%:R != 0 :> C by rewrite pnatr_eq0.
    rewrite /m !sum3 -/i0 -/i1 -/i2 hx hy hz.
    have -> : (t i0 * a i0 + t i1 * a i1 + t i2 * a i2) ^+ 2 + (t i0 * b i0 + t i1 * b i1 + t i2 * b i2) ^+ 2
        + (t i0 * c i0 + t i1 * c i1 + t i2 * c i2) ^+ 2
      = t i0 * (a i0 ^+ 2 + b i0 ^+ 2 + c i0 ^+ 2) + t i1 * (a i1 ^+ 2 + b i1 ^+ 2 + c i1 ^+ 2) + t i2 * (a i2 ^+ 2 + b i2 ^+ 2 + c i2 ^+ 2)
        - (t i0 * t i1 * ((a i0 - a i1) ^+ 2 + (b i0 - b i1) ^+ 2 + (c i0 - c i1) ^+ 2)
         + t i0 * t i2 * ((a i0 - a i2) ^+ 2 + (b i0 - b i2) ^+ 2 + (c i0 - c i2) ^+ 2)
         + t i1 * t i2 * ((a i1 - a i2) ^+ 2 + (b i1 - b i2) ^+ 2 + (c i1 - c i2) ^+ 2)) by rewrite tE; ring.
    by rewrite f01 f02 f12 tE; field.
  apply: addr_ge0; first apply: addr_ge0.
  - by apply: sumr_ge0 => i _; rewrite mulr_ge0 // subr_ge0.
  - apply: divr_ge0; last exact: ler0n.
    by apply: addr_ge0; first apply: addr_ge0; apply: sqr_ge0; apply: rpredB.
  by apply: addr_ge0; first apply: addr_ge0; (apply: mulr_ge0; [exact: mulr_ge0 | apply: sqr_ge0; exact: rpredB]).
have -> : r * u + (x * v1 + y * v2 + z * v3) = (r - m) * u + \sum_i t i * (n i * u + (a i * v1 + b i * v2 + c i * v3)).
  by rewrite /m !sum3 -/i0 -/i1 -/i2 hx hy hz; ring.
by apply: addr_ge0; [rewrite mulr_ge0 // subr_ge0 | apply: sumr_ge0 => i _; rewrite mulr_ge0].
Qed.
End Triangle.

Lemma whole_part (k : nat) (x : C) : 0 <= x -> x < k.+1%:R -> exists2 A : nat, A%:R <= x & x < A%:R + 1.
Proof.
move=> x0; elim: k => [|k IH] h; first by exists 0%N => //; rewrite add0r.
have [/IH //|h'] := real_ltP (ger0_real x0) (realn C k.+1); exists k.+1 => //; by rewrite -natr1 in h.
Qed.

(** The face of the octahedron with nonnegative coordinates *)
Section Face.
Variables (k : nat) (n : nat -> nat -> nat -> C).
Hypotheses (n0 : forall a b c, (a + b + c = k)%N -> 0 <= n a b c) (u0 : 0 <= u).
Hypothesis small : forall a b c, (a + b + c = k)%N -> n a b c ^+ 2 <= a%:R ^+ 2 + b%:R ^+ 2 + c%:R ^+ 2 - third.
Hypothesis passed : forall a b c, (a + b + c = k)%N -> 0 <= n a b c * u + (a%:R * v1 + b%:R * v2 + c%:R * v3).

Lemma on_face (x y z r : C) : 0 <= x -> 0 <= y -> 0 <= z -> x + y + z = k%:R -> 0 <= r -> x ^+ 2 + y ^+ 2 + z ^+ 2 <= r ^+ 2 ->
  0 <= r * u + (x * v1 + y * v2 + z * v3).
Proof.
move=> x0 y0 z0 s r0 norm.
have xk : x < k.+1%:R by rewrite -natr1 -s -addrA ltr_spaddr // ?ltr01 // ler_addl addr_ge0.
have yk : y < k.+1%:R by rewrite -natr1 -s [x + y]addrC -addrA ltr_spaddr // ?ltr01 // ler_addl addr_ge0.
have [A Ax xA] := whole_part x0 xk; have [B By yB] := whole_part y0 yk.
pose al := x - A%:R; pose be := y - B%:R.
have al0 : 0 <= al by rewrite subr_ge0.
have be0 : 0 <= be by rewrite subr_ge0.
have xE : x = A%:R + al by rewrite addrC subrK.
have yE : y = B%:R + be by rewrite addrC subrK.
have rec3 (F : 'I_3 -> C) : \sum_i F i = F ord0 + F (lift ord0 ord0) + F (lift ord0 (lift ord0 ord0)).
  by rewrite !big_ord_recl big_ord0 addr0 addrA.
have ABk : (A + B <= k)%N.
  by rewrite -(ler_nat C) natrD -s (le_trans (ler_add Ax By)) // ler_addl.
have [D kE] : exists D, k = (A + B + D)%N by exists (k - (A + B))%N; rewrite subnKC.
have zE : z = D%:R - al - be by move: s; rewrite kE !natrD xE yE => e; rewrite -[z](addrK (x + y)) [z + _]addrC xE yE e; ring.
have tri (p : 'I_3 -> nat * nat * nat) (t : 'I_3 -> C) : (forall i, ((p i).1.1 + (p i).1.2 + (p i).2 = k)%N) ->
    (forall i, 0 <= t i) -> \sum_i t i = 1 ->
    (forall i j, i != j -> ((p i).1.1%:R - (p j).1.1%:R) ^+ 2 + ((p i).1.2%:R - (p j).1.2%:R) ^+ 2 + ((p i).2%:R - (p j).2%:R) ^+ 2 = 2%:R :> C) ->
    x = \sum_i t i * (p i).1.1%:R -> y = \sum_i t i * (p i).1.2%:R -> z = \sum_i t i * (p i).2%:R ->
    0 <= r * u + (x * v1 + y * v2 + z * v3).
  move=> pk t0 t1 far hx hy hz.
  by apply: (@triangle (fun i => (p i).1.1%:R) (fun i => (p i).1.2%:R) (fun i => (p i).2%:R) (fun i => n (p i).1.1 (p i).1.2 (p i).2) t) => // i; auto.
have abr : al + be \is Num.real by rewrite rpredD // ger0_real.
have [le1|gt1] := real_leP abr (real1 C).
  have [D0|D0] := posnP D.
    have ab0 : al = 0 /\ be = 0.
      move: z0; rewrite zE D0 sub0r -opprD oppr_ge0 => h; have : al + be = 0 by apply/le_anti; rewrite h addr_ge0.
      by move/eqP; rewrite paddr_eq0 // => /andP[/eqP-> /eqP->].
    have kAB : (A + B + 0 = k)%N by rewrite kE D0.
    case: ab0 => a0 b0; rewrite xE yE zE a0 b0 D0 !addr0 !subr0; have := passed kAB.
    have nr : n A B 0 <= r.
      rewrite -ler_sqr ?nnegrE ?n0 //; apply: le_trans norm; apply: le_trans (small kAB) _.
      by rewrite xE yE zE a0 b0 D0 !addr0 !subr0 ler_subl_addr ler_addl divr_ge0 ?ler0n.
    by move=> h; apply: le_trans h _; rewrite ler_add2r ler_wpmul2r.
  have [c cE] : exists c, D = c.+1 by exists D.-1; rewrite prednK.
  apply: (tri (fun i : 'I_3 => nth (0, 0, 0)%N [:: (A, B, c.+1); (A.+1, B, c); (A, B.+1, c)] i) (fun i : 'I_3 => nth (0 : C) [:: 1 - al - be; al; be] i)).
  - by case=> [[|[|[|]]]] //= _; rewrite kE cE ?(addSn, addnS).
  - by case=> [[|[|[|]]]] //= _; rewrite -addrA -opprD subr_ge0.
  - by rewrite rec3 /=; ring.
  - by case=> [[|[|[|]]]] //= ? [[|[|[|]]]] //= ? _; rewrite -!natr1; ring.
  - by rewrite rec3 /= -!natr1 xE; ring.
  - by rewrite rec3 /= -!natr1 yE; ring.
  by rewrite rec3 /= -!natr1 zE cE -natr1; ring.
have [c cE] : exists c, D = c.+2.
  have : (1 < D)%N by rewrite -(ltr_nat C) ; apply: lt_le_trans gt1 _; rewrite -subr_ge0 opprD addrA -zE.
  by move: D {kE zE} => [|[|c]] // _; exists c.
apply: (tri (fun i : 'I_3 => nth (0, 0, 0)%N [:: (A.+1, B.+1, c); (A.+1, B, c.+1); (A, B.+1, c.+1)] i) (fun i : 'I_3 => nth (0 : C) [:: al + be - 1; 1 - be; 1 - al] i)).
- by case=> [[|[|[|]]]] //= _; rewrite kE cE ?(addSn, addnS).
- case=> [[|[|[|]]]] //= _; first by rewrite subr_ge0 ltW.
    by rewrite subr_ge0 ltW // -(ltr_add2l B%:R) -yE.
  by rewrite subr_ge0 ltW // -(ltr_add2l A%:R) -xE.
- by rewrite rec3 /=; ring.
- by case=> [[|[|[|]]]] //= ? [[|[|[|]]]] //= ? _; rewrite -!natr1; ring.
- by rewrite rec3 /= -!natr1 xE; ring.
- by rewrite rec3 /= -!natr1 yE; ring.
by rewrite rec3 /= -!natr1 zE cE -!natr1; ring.
Qed.

(** All matrices with x, y, z >= 0: a multiple of one of the face *)
Lemma in_cone (x y z r : C) : (0 < k)%N -> 0 <= x -> 0 <= y -> 0 <= z -> 0 <= r -> x ^+ 2 + y ^+ 2 + z ^+ 2 <= r ^+ 2 ->
  0 <= r * u + (x * v1 + y * v2 + z * v3).
Proof.
move=> k0 x0 y0 z0 r0 norm; pose s := x + y + z.
have s0 : 0 <= s by rewrite !addr_ge0.
have [e|ns] := eqVneq s 0.
  move/eqP: e; rewrite /s paddr_eq0; [|exact: addr_ge0|by []] => /andP[+ /eqP->].
  rewrite paddr_eq0 // => /andP[/eqP-> /eqP->].
  by rewrite !mul0r !addr0 mulr_ge0.
have sp : 0 < s by rewrite lt_def ns.
have [m ms mp] : exists2 m, m * s = k%:R & 0 < m by exists (k%:R / s); rewrite ?divfK // divr_gt0 ?ltr0n.
have M v : 0 <= v -> 0 <= m * v by move=> h; rewrite mulr_ge0 // ltW.
have e : m * x + m * y + m * z = k%:R by rewrite -!mulrDr.
have nm : (m * x) ^+ 2 + (m * y) ^+ 2 + (m * z) ^+ 2 <= (m * r) ^+ 2.
  rewrite !exprMn -!mulrDr; apply: ler_wpmul2l => //; apply: exprn_ge0; exact: ltW.
by have := on_face (M _ x0) (M _ y0) (M _ z0) e (M _ r0) nm; rewrite -!mulrA -!mulrDr pmulr_rge0.
Qed.
End Face.
End Octahedron.
