(** From JSON to statements and evidence, with the limits of certificates/FORMAT.md, all of them checked on
    integers before any natural number is made.  Nothing here is trusted: [Verify] writes what was read and compares. *)
From Coq Require Import ZArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Exactsteer Require Import Claims Digits Check.
From Verified Require Import Json Statement.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Delimit Scope Z_scope with ZZ.

(** ** Numbers (2.1) *)
Definition ten : Z := 10.
Definition digit_0 : Z := 48.
Definition digit_9 : Z := 57.
Fixpoint digits (s : bytes) (left : nat) (acc : Z) : option Z :=
  if s is c :: s' then
    if left is left'.+1 then (if between digit_0 digit_9 (code c) then digits s' left' (ten * acc + (code c - digit_0))%ZZ else None) else None
  else Some acc.
Definition natural (s : bytes) : option Z :=
  match s with
  | [::] => None
  | c :: s' => if Byte.eqb c x30 && ~~ nilp s' then None else digits s (Z.to_nat 4000) 0%ZZ
  end.
Definition integer (s : bytes) : option Z :=
  if s is c :: s' then
    if Byte.eqb c x2d then obind (fun z => if (z =? 0)%ZZ then None else Some (- z)%ZZ) (natural s') else natural s
  else None.
Fixpoint cut (x : byte) (s acc : bytes) : bytes * option bytes :=
  if s is c :: s' then (if Byte.eqb c x then (rev acc, Some s') else cut x s' (c :: acc)) else (rev acc, None).
Definition read_rational (s : bytes) : option rational :=
  match cut x2f s [::] with
  | (p, None) => omap (fun z => (z, 1%ZZ)) (integer p)
  | (p, Some q) => if (integer p, natural q) is (Some p, Some q) then
      (if [&& 1 <? q & Z.gcd p q =? 1]%ZZ then Some (p, q) else None) else None
  end.
Definition rational_at (j : json) : option rational := obind read_rational (str j).
Definition integer_at (j : json) : option Z := obind integer (str j).

(** ** Scenarios (2.2) *)
Definition product (l : seq Z) : Z := foldl Z.mul 1%ZZ l.
Definition total (l : seq Z) : Z := foldl Z.add 0%ZZ l.
Definition positive_numbers (l : seq Z) : bool := all (Z.leb 1) l.
Definition scenario_at (j : json) : option (seq (seq nat) * seq nat) :=
  if fields [:: ascii "dimensions"; ascii "outcomes"] j is Some [:: jd; jo] then
    if (list_of integer_at jd, list_of (list_of integer_at) jo) is (Some d, Some o) then
      let D := product d in let E := product (map total o) in
      if [&& 0 < size d, 0 < size o, size d <= 64, size o <= 64, positive_numbers d,
             all (fun r => (0 < size r) && positive_numbers r) o,
             (D <=? 256)%ZZ, (E <=? 65536)%ZZ & (E * (D * D) <=? 16777216)%ZZ]
      then Some (map (map Z.to_nat) o, map Z.to_nat d) else None
    else None
  else None.

(** ** Matrices (2.4) *)
Definition rows_at (r c : nat) (j : json) : option (seq (seq Z)) :=
  obind (fun A => if (size A == r) && all (fun row => size row == c) A then Some A else None) (list_of (list_of integer_at) j).
Definition gcd_rows (A : seq (seq Z)) (g : Z) : Z := foldl (foldl Z.gcd) g A.
Definition matrix_at (r c : nat) (j : json) : option fraction_matrix :=
  match fields [:: ascii "den"; ascii "re"] j with
  | Some [:: jd; jr] =>
    if (integer_at jd, rows_at r c jr) is (Some d, Some re) then
      if [&& 0 <? d & gcd_rows re d =? 1]%ZZ then Some (d, map (map (fun z => (z, 0%ZZ))) re) else None
    else None
  | _ =>
    if fields [:: ascii "den"; ascii "re"; ascii "im"] j is Some [:: jd; jr; ji] then
      if (integer_at jd, rows_at r c jr, rows_at r c ji) is (Some d, Some re, Some im) then
        if [&& 0 <? d, gcd_rows re (gcd_rows im d) =? 1 & ~~ all (all (Z.eqb 0)) im]%ZZ
        then Some (d, [seq zip x.1 x.2 | x <- zip re im]) else None
      else None
    else None
  end.

(** ** Families (2.3) *)
Fixpoint grouped (T U : Type) (shape : seq (seq U)) (s : seq T) : seq (seq T) :=
  if shape is l :: shape' then take (size l) s :: grouped shape' (drop (size l) s) else [::].
Definition family_at (r c : nat) (labels : seq (seq bytes)) (j : json) : option family :=
  omap (grouped labels) (obind (fun v => each (matrix_at r c) v [::]) (fields (flatten labels) j)).
Definition families_at (shapes : seq (nat * seq (seq bytes))) (j : json) : option (seq family) :=
  if j is Arr l then
    if size l == size shapes then each (fun f => family_at f.1.1 f.1.1 f.1.2 f.2) (zip shapes l) [::] else None
  else None.
Definition centre_at (o : seq (seq nat)) (d : seq nat) (j : json) : option (seq family) :=
  families_at [seq (k, element_labels o) | k <- d] j.

(** ** Statements *)
Definition centred_at (js jc jr : json) : option centred :=
  if (scenario_at js, rational_at jr) is (Some (o, d), Some r) then
    if (0 <=? r.1)%ZZ then omap (fun c => Centred o d c r) (centre_at o d jc) else None
  else None.
Definition keys := [:: ascii "format"; ascii "claim"; ascii "scenario"; ascii "centre"; ascii "radius"].
Definition with_centre (more : seq bytes) (build : centred -> seq json -> option statement) (j : json) : option statement :=
  if fields (keys ++ more) j is Some [:: Str f, Str _, js, jc, jr & rest] then
    if same f format_of then obind (fun c => build c rest) (centred_at js jc jr) else None
  else None.
Definition just (mk : centred -> statement) := with_centre [::] (fun c _ => Some (mk c)).
Definition at_most (r s : rational) : bool := (r.1 * s.2 <=? s.1 * r.2)%ZZ.
Definition with_bounds (mk : centred -> rational -> rational -> statement) : json -> option statement :=
  with_centre [:: ascii "lower"; ascii "upper"] (fun c rest =>
    if rest is [:: jl; ju] then
      if (rational_at jl, rational_at ju) is (Some l, Some u) then (if at_most l u then Some (mk c l u) else None) else None
    else None).
Definition with_noise (mk : centred -> seq family -> rational -> rational -> statement) : json -> option statement :=
  with_centre [:: ascii "noise"; ascii "lower"; ascii "upper"] (fun c rest =>
    if rest is [:: jn; jl; ju] then
      if (centre_at (outcomes_of c) (dims_of c) jn, rational_at jl, rational_at ju) is (Some n, Some l, Some u) then
        if [&& (0 <=? l.1)%ZZ, at_most l u & at_most u (1, 1)%ZZ] then Some (mk c n l u) else None
      else None
    else None).
(** 3.11: the number of strategies S, and S D^2 *)
Definition few_strategies (c : centred) : bool :=
  let S := product (map (fun n => Z.of_nat n) (flatten (outcomes_of c))) in let D := product (map Z.of_nat (dims_of c)) in
  (S <=? 1048576)%ZZ && (S * (D * D) <=? 16777216)%ZZ.
Definition only_if (ok : centred -> bool) (mk : centred -> statement) :=
  with_centre [::] (fun c _ => if ok c then Some (mk c) else None).
Definition correlations (c : centred) : bool := if dims_of c is [:: 1%N] then true else false.
(** 3.14, 3.15: one Bob whose dimension is the product of the factors *)
Definition factors_ok (c : centred) (l : seq Z) : bool :=
  [&& 2 <= count l, count l <= 8, all (between 2 256) l
    & if dims_of c is [:: D] then (product l =? Z.of_nat D)%ZZ else false].
Definition with_factors (ok : centred -> bool) (mk : centred -> seq nat -> statement) : json -> option statement :=
  with_centre [:: ascii "factors"] (fun c rest =>
    if rest is [:: jf] then
      obind (fun l => if factors_ok c l && ok c then Some (mk c (map Z.to_nat l)) else None) (list_of integer_at jf)
    else None).
Definition still (c : centred) : bool := ((radius_of c).1 =? 0)%ZZ.
(** The pieces of a text between separators *)
Fixpoint pieces (fuel : nat) (x : byte) (s : bytes) (acc : seq bytes) : seq bytes :=
  if fuel is n.+1 then
    match cut x s [::] with (p, None) => rev (p :: acc) | (p, Some s') => pieces n x s' (p :: acc) end
  else rev acc.
Definition parts (x : byte) (s : bytes) : seq bytes := pieces (count s).+1 x s [::].
Definition pair_of (T U : Type) (x : option T) (y : option U) : option (T * U) :=
  if (x, y) is (Some x, Some y) then Some (x, y) else None.
(** ** Elements with outcomes left out, and functionals (3.7) *)
Definition below (n : nat) (s : bytes) : option nat :=
  obind (fun z => if (z <? Z.of_nat n)%ZZ then Some (Z.to_nat z) else None) (natural s).
Definition event_at (row : seq nat) (a x : bytes) : option (option nat * nat) :=
  obind (fun x => if same a [:: x2a] then Some (None, x) else omap (fun a => (Some a, x)) (below (nth 1 row x) a))
        (below (size row) x).
Definition label_at (o : seq (seq nat)) (s : bytes) : option label :=
  if cut x7c s [::] is (sa, Some sx) then
    let a := parts x2c sa in let x := parts x2c sx in
    if (size a == size o) && (size x == size o)
    then each (fun t => event_at t.1 t.2.1 t.2.2) (zip o (zip a x)) [::] else None
  else None.
Definition coefficient_at (D : nat) (j : json) : option fraction_matrix :=
  if eqn D 1 then omap (fun r => (r.2, [:: [:: (r.1, 0%ZZ)]])) (rational_at j) else matrix_at D D j.
Definition functional_at (o : seq (seq nat)) (D : nat) (j : json) : option (seq (label * fraction_matrix)) :=
  if j is Obj l then
    let s := by_key l in
    if distinct s then each (fun kv => pair_of (label_at o kv.1) (coefficient_at D kv.2)) s [::] else None
  else None.
Definition few_alices (o : seq (seq nat)) : bool := (Z.of_nat (size o) <=? 26)%ZZ.
Definition bounded_at (j : json) : option statement :=
  if fields [:: ascii "format"; ascii "claim"; ascii "scenario"; ascii "functional"; ascii "radius"; ascii "upper"] j
      is Some [:: Str f; Str _; js; jf; jr; ju] then
    if same f format_of then
      if (scenario_at js, rational_at jr, rational_at ju) is (Some (o, d), Some r, Some u) then
        if (0 <=? r.1)%ZZ && few_alices o
        then omap (fun F => QuantumBound (Bounded (o, d) F r u)) (functional_at o (card d) jf) else None
      else None
    else None
  else None.

(** The readers by claim; a claim that is not among them has no verified checker. *)
Definition readers : seq (bytes * (json -> option statement)) :=
  [:: (ascii "no parent states", just NoParentStates);
      (ascii "parent states", just ParentStates);
      (ascii "quantum realisation", just QuantumRealisation);
      (ascii "noise robustness", with_noise NoiseRobustness);
      (ascii "smallest eigenvalue", with_bounds SmallestEigenvalue);
      (ascii "quantum bound", bounded_at);
      (ascii "no quantum correlations", only_if (fun c => few_alices (outcomes_of c)) NoQuantumCorrelations);
      (ascii "outside a level", only_if (fun c => few_alices (outcomes_of c)) OutsideLevel);
      (ascii "LHS model", just LhsModel);
      (ascii "LHS noise robustness", with_noise LhsNoiseRobustness);
      (ascii "no LHS model", just NoLhsModel);
      (ascii "nonlocal correlations", only_if correlations NonlocalCorrelations);
      (ascii "no product LHS model", with_factors few_strategies NoProductLhsModel);
      (ascii "product LHS model", with_factors still ProductLhsModel);
      (ascii "quantum mixture", just QuantumMixture)].
Definition member (k : bytes) (T : Type) (l : seq (bytes * T)) : option T :=
  omap snd (ohead [seq x <- l | same k x.1]).
Definition claim_at (j : json) : option bytes := if j is Obj l then obind str (member (ascii "claim") l) else None.
Definition statement_at (j : json) : option statement :=
  obind (fun k => obind (fun f => f j) (member k readers)) (claim_at j).
Definition read (text : bytes) : option statement := obind statement_at (parse text).

(** ** Evidence of 3.1 *)
Section Marginal.
Variables (o : seq (seq nat)) (d : seq nat).
(** The outcome of Alice j left out; b is the place of the others' outcomes. *)
Definition marginal_label (j x b : nat) : bytes :=
  commas [seq if l == j then [:: x2a] else write_nat (dig (one_at j (outcome_radices o x)) l b) | l <- iota 0 (size o)]
  ++ x7c :: settings_text o x.
Definition marginal_labels (j : nat) : seq (seq bytes) :=
  [seq [seq marginal_label j x b | b <- iota 0 (card (one_at j (outcome_radices o x)))] | x <- iota 0 (card (setting_radices o))].
Definition multipliers_at (j : json) : option (seq family * seq family) :=
  if fields [:: ascii "W"; ascii "V"] j is Some [:: jW; jV] then
    if (centre_at o d jW, families_at [seq (card d, marginal_labels j) | j <- iota 0 (size o)] jV) is (Some W, Some V)
    then Some (W, V) else None
  else None.
End Marginal.
(** Evidence of 3.2, 3.4 and 3.5 *)
Definition joint_at (o : seq (seq nat)) (d : seq nat) (j : json) : option family :=
  family_at (card d) (card d) (element_labels o) j.
Definition enclosure_at (o : seq (seq nat)) (d : seq nat) (j : json) : option (family * (seq family * seq family)) :=
  if fields [:: ascii "lower"; ascii "upper"] j is Some [:: jl; ju]
  then pair_of (joint_at o d jl) (multipliers_at o d ju) else None.
(** The lower half is there if and only if the lower bound is not 0. *)
Definition halves_at (T U : Type) (lower : rational) (at_lower : json -> option T) (at_upper : json -> option U) (j : json)
  : option (option T * U) :=
  if (lower.1 =? 0)%ZZ then
    if fields [:: ascii "upper"] j is Some [:: ju] then omap (fun u => (@None T, u)) (at_upper ju) else None
  else
    if fields [:: ascii "lower"; ascii "upper"] j is Some [:: jl; ju]
    then omap (fun p => (Some p.1, p.2)) (pair_of (at_lower jl) (at_upper ju)) else None.
(** Evidence of 3.13, and of 3.11 and 3.12 *)
Definition inequality_at (c : centred) (j : json) : option (seq family) :=
  if few_strategies c then
    if fields [:: ascii "F"] j is Some [:: jF] then centre_at (outcomes_of c) (dims_of c) jF else None
  else None.
Definition qubit_grid (c : centred) (k : Z) : bool :=
  let E := product (map (fun r => total (map Z.of_nat r)) (outcomes_of c)) in
  [&& count (outcomes_of c) == 1, (if dims_of c is [:: 2] then true else false), (1 <=? k)%ZZ & ((4 * (k * k) + 2) * E <=? 16777216)%ZZ].
Definition inequality_or_grid_at (c : centred) (j : json) : option (seq family * option nat) :=
  if fields [:: ascii "F"; ascii "grid"] j is Some [:: jF; jk] then
    if integer_at jk is Some k then
      if qubit_grid c k then omap (fun F => (F, Some (Z.to_nat k))) (centre_at (outcomes_of c) (dims_of c) jF) else None
    else None
  else omap (fun F => (F, None)) (inequality_at c j).
Definition provenance_ok (j : json) : bool :=
  if j is Obj l then distinct (by_key l) && all (fun kv => if kv.2 is Str s then (code_points s <=? 10000)%ZZ else false) l
  else false.
