(** Deciding that a matrix of Gaussian integers is positive semidefinite.  The search for a witness needs no proof:
    what it finds is used only if it passes [check_psd], whose soundness is proved ([Literals.check_psd_sound]). *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Gauss Digits Check.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

Section Search.
Local Open Scope Z_scope.
(** ** A positive definite M: rounded rows of the Cholesky factor of c M - t 1, in units of 2^e *)
Definition nearest (a b : Z) : Z := (2 * a + b) / (2 * b).
(** The row of the factor below the rows [above], for the row [m] of the matrix; [row] is its beginning *)
Fixpoint factor_row (t : Z) (above : matrix) (m row : seq gauss) : option (seq gauss) :=
  match m, above with
  | z :: m', l :: above' =>
      let r := gsub z (dot row l) in
      let p := (last g0 l).1 in
      factor_row t above' m' (rcons row (nearest r.1 p, nearest r.2 p))
  | z :: _, [::] =>
      let r := z.1 - t - (dot row row).1 in
      if 0 <? r then Some (rcons row (Z.sqrt r, 0)) else None
  | [::], _ => None
  end.
Fixpoint factor_rows (t : Z) (m rows : matrix) : option matrix :=
  if m is r :: m' then (if factor_row t rows r [::] is Some l then factor_rows t m' (rcons rows l) else None)
  else Some rows.
(** With tr M = s: units such that the rounding errors of n rows stay below t = s / (n 2^k). *)
Definition rounded (n : nat) (M : matrix) (k : Z) : option witness :=
  let s := Zsum [seq (entry M i i).1 | i <- iota 0 n] in
  if s <=? 0 then None else
  let N := Z.of_nat n in
  let bits := Z.log2 (16 * N * N * N * N) + 2 * k + 1 - Z.log2 s in
  let up := if 0 <? bits then bits / 2 + 1 else 0 in
  let down := if bits <? 0 then - bits / 2 else 0 in
  let unit z := Z.shiftr (Z.shiftl z (2 * up)) (2 * down) in
  let t := unit s / N / 2 ^ k in
  if factor_rows t [seq [seq (unit z.1, unit z.2) | z <- r] | r <- M] [::] is Some L
  then Some (2 ^ (2 * up), nseq n (2 ^ (2 * down)), L) else None.

(** ** Any M: exact elimination without fractions.  Each step gives a column l and an integer d > 0, and M is the sum
    of the l l^dagger / d. *)
Definition content (s : seq gauss) : Z := foldl (fun g z => Z.gcd (Z.gcd g z.1) z.2) 0 s.
Definition shrink (g : Z) (z : gauss) : gauss := (z.1 / g, z.2 / g).
Fixpoint eliminate (n gone : nat) (prev : Z) (A : matrix) : seq (Z * Z * seq gauss) :=
  match n, A with
  | S n', row :: below =>
      let p := (head g0 row).1 in
      if p <=? 0 then eliminate n' gone.+1 prev (map behead below) else
      let column := map (head g0) A in
      let g := content column in
      let step r := let h := head g0 r in
        [seq shrink prev (gsub (gscale p z.1) (gmul h z.2)) | z <- zip (behead r) (behead row)] in
      (p * prev, g, ncons gone g0 (map (shrink g) column)) :: eliminate n' gone.+1 p (map step below)
  | _, _ => [::]
  end.
Definition exact (n : nat) (M : matrix) : witness :=
  let terms := eliminate n 0 1 M in
  let c := foldl (fun c t => Z.lcm c (t.1.1 / Z.gcd t.1.1 (t.1.2 * t.1.2))) 1 terms in
  (c, [seq c * (t.1.2 * t.1.2) / t.1.1 | t <- terms], [seq [seq nth g0 t.2 i | t <- terms] | i <- iota 0 n]).
End Search.

Definition margins : seq Z := [:: 4; 10; 20; 40; 80]%ZZ.
Fixpoint search (n : nat) (M : matrix) (ks : seq Z) : option witness :=
  if ks is k :: ks' then
    if rounded n M k is Some w then (if check_psd n M w then Some w else search n M ks') else search n M ks'
  else let w := exact n M in if check_psd n M w then Some w else None.
Definition positive (n : nat) (M : matrix) : bool := if search n M margins is Some _ then true else false.
Definition found (n : nat) (M : matrix) : witness := odflt witness0 (search n M margins).
Lemma found_psd n M : positive n M -> check_psd n M (found n M).
Proof.
rewrite /positive /found; elim: margins => [|k ks IH] /=; first by case: ifP.
by case: (rounded n M k) => [w|] //; case: ifP.
Qed.

Section Events.
Variables (o : seq (seq nat)) (n : nat) (M : nat -> nat -> matrix).
Definition found_all : witnesses :=
  [seq [seq found n (M x a) | a <- iota 0 (card (outcome_radices o x))] | x <- iota 0 (card (setting_radices o))].
Lemma upto_sub m (P Q : pred nat) : (forall k, (k < m)%N -> P k -> Q k) -> upto m P -> upto m Q.
Proof.
move=> h /uptoP hP; apply/allP=> k; rewrite mem_iota => /andP[_ hk]; exact: h (hP _ hk).
Qed.
Lemma events_found : events o (fun x a => positive n (M x a)) ->
  events o (fun x a => check_psd n (M x a) (witness_of found_all x a)).
Proof.
apply: upto_sub => x hx; apply: upto_sub => a ha /found_psd.
by rewrite /witness_of /found_all (nth_map 0) ?size_iota // nth_iota // (nth_map 0) ?size_iota // nth_iota.
Qed.
End Events.
