
type __ = Obj.t
let __ = let rec f _ = Obj.repr f in Obj.repr f

(** val negb : bool -> bool **)

let negb = function
| true -> false
| false -> true

(** val fst : ('a1 * 'a2) -> 'a1 **)

let fst = function
| (x, _) -> x

(** val snd : ('a1 * 'a2) -> 'a2 **)

let snd = function
| (_, y) -> y

type comparison =
| Eq
| Lt
| Gt

(** val compOpp : comparison -> comparison **)

let compOpp = function
| Eq -> Eq
| Lt -> Gt
| Gt -> Lt

(** val pred : int -> int **)

let pred n0 =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> n0)
    (fun u -> u)
    n0

module Coq__1 = struct
 (** val add : int -> int -> int **)let rec add = Integers.nat_add
end
include Coq__1

(** val mul : int -> int -> int **)

let rec mul = Integers.nat_mul

(** val sub : int -> int -> int **)

let rec sub = Integers.nat_sub

type reflect =
| ReflectT
| ReflectF

module Pos =
 struct
  type mask =
  | IsNul
  | IsPos of Integers.t
  | IsNeg
 end

module Coq_Pos =
 struct
  (** val succ : Integers.t -> Integers.t **)

  let rec succ x =
    Integers.match_positive
      (fun p -> Integers.twice (succ p))
      (fun p -> Integers.twice_and_one p)
      (fun _ -> Integers.twice Integers.one)
      x

  (** val add : Integers.t -> Integers.t -> Integers.t **)

  let rec add x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> Integers.twice (add_carry p q))
        (fun q -> Integers.twice_and_one (add p q))
        (fun _ -> Integers.twice (succ p))
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> Integers.twice_and_one (add p q))
        (fun q -> Integers.twice (add p q))
        (fun _ -> Integers.twice_and_one p)
        y)
      (fun _ ->
      Integers.match_positive
        (fun q -> Integers.twice (succ q))
        (fun q -> Integers.twice_and_one q)
        (fun _ -> Integers.twice Integers.one)
        y)
      x

  (** val add_carry : Integers.t -> Integers.t -> Integers.t **)

  and add_carry x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> Integers.twice_and_one (add_carry p q))
        (fun q -> Integers.twice (add_carry p q))
        (fun _ -> Integers.twice_and_one (succ p))
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> Integers.twice (add_carry p q))
        (fun q -> Integers.twice_and_one (add p q))
        (fun _ -> Integers.twice (succ p))
        y)
      (fun _ ->
      Integers.match_positive
        (fun q -> Integers.twice_and_one (succ q))
        (fun q -> Integers.twice (succ q))
        (fun _ -> Integers.twice_and_one Integers.one)
        y)
      x

  (** val pred_double : Integers.t -> Integers.t **)

  let rec pred_double x =
    Integers.match_positive
      (fun p -> Integers.twice_and_one (Integers.twice p))
      (fun p -> Integers.twice_and_one (pred_double p))
      (fun _ -> Integers.one)
      x

  (** val pred_N : Integers.t -> Integers.t **)

  let pred_N x =
    Integers.match_positive
      (fun p -> (Integers.twice p))
      (fun p -> (pred_double p))
      (fun _ -> Integers.zero)
      x

  type mask = Pos.mask =
  | IsNul
  | IsPos of Integers.t
  | IsNeg

  (** val succ_double_mask : mask -> mask **)

  let succ_double_mask = function
  | IsNul -> IsPos Integers.one
  | IsPos p -> IsPos (Integers.twice_and_one p)
  | IsNeg -> IsNeg

  (** val double_mask : mask -> mask **)

  let double_mask = function
  | IsPos p -> IsPos (Integers.twice p)
  | x0 -> x0

  (** val double_pred_mask : Integers.t -> mask **)

  let double_pred_mask x =
    Integers.match_positive
      (fun p -> IsPos (Integers.twice (Integers.twice p)))
      (fun p -> IsPos (Integers.twice (pred_double p)))
      (fun _ -> IsNul)
      x

  (** val sub_mask : Integers.t -> Integers.t -> mask **)

  let rec sub_mask x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> double_mask (sub_mask p q))
        (fun q -> succ_double_mask (sub_mask p q))
        (fun _ -> IsPos (Integers.twice p))
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun q -> double_mask (sub_mask p q))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun _ ->
      Integers.match_positive
        (fun _ -> IsNeg)
        (fun _ -> IsNeg)
        (fun _ -> IsNul)
        y)
      x

  (** val sub_mask_carry : Integers.t -> Integers.t -> mask **)

  and sub_mask_carry x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun q -> double_mask (sub_mask p q))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> double_mask (sub_mask_carry p q))
        (fun q -> succ_double_mask (sub_mask_carry p q))
        (fun _ -> double_pred_mask p)
        y)
      (fun _ -> IsNeg)
      x

  (** val sub : Integers.t -> Integers.t -> Integers.t **)

  let sub x y =
    match sub_mask x y with
    | IsPos z0 -> z0
    | _ -> Integers.one

  (** val mul : Integers.t -> Integers.t -> Integers.t **)

  let rec mul x y =
    Integers.match_positive
      (fun p -> add y (Integers.twice (mul p y)))
      (fun p -> Integers.twice (mul p y))
      (fun _ -> y)
      x

  (** val iter : ('a1 -> 'a1) -> 'a1 -> Integers.t -> 'a1 **)

  let rec iter f x n0 =
    Integers.match_positive
      (fun n' -> f (iter f (iter f x n') n'))
      (fun n' -> iter f (iter f x n') n')
      (fun _ -> f x)
      n0

  (** val div2 : Integers.t -> Integers.t **)

  let div2 p =
    Integers.match_positive
      (fun p0 -> p0)
      (fun p0 -> p0)
      (fun _ -> Integers.one)
      p

  (** val div2_up : Integers.t -> Integers.t **)

  let div2_up p =
    Integers.match_positive
      (fun p0 -> succ p0)
      (fun p0 -> p0)
      (fun _ -> Integers.one)
      p

  (** val size_nat : Integers.t -> int **)

  let rec size_nat p =
    Integers.match_positive
      (fun p0 -> Integers.nat_succ (size_nat p0))
      (fun p0 -> Integers.nat_succ (size_nat p0))
      (fun _ -> Integers.nat_succ 0)
      p

  (** val size : Integers.t -> Integers.t **)

  let rec size p =
    Integers.match_positive
      (fun p0 -> succ (size p0))
      (fun p0 -> succ (size p0))
      (fun _ -> Integers.one)
      p

  (** val compare_cont :
      comparison -> Integers.t -> Integers.t -> comparison **)

  let rec compare_cont r x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> compare_cont r p q)
        (fun q -> compare_cont Gt p q)
        (fun _ -> Gt)
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> compare_cont Lt p q)
        (fun q -> compare_cont r p q)
        (fun _ -> Gt)
        y)
      (fun _ ->
      Integers.match_positive
        (fun _ -> Lt)
        (fun _ -> Lt)
        (fun _ -> r)
        y)
      x

  (** val compare : Integers.t -> Integers.t -> comparison **)

  let compare =
    compare_cont Eq

  (** val eqb : Integers.t -> Integers.t -> bool **)

  let rec eqb p q =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> eqb p0 q0)
        (fun _ -> false)
        (fun _ -> false)
        q)
      (fun p0 ->
      Integers.match_positive
        (fun _ -> false)
        (fun q0 -> eqb p0 q0)
        (fun _ -> false)
        q)
      (fun _ ->
      Integers.match_positive
        (fun _ -> false)
        (fun _ -> false)
        (fun _ -> true)
        q)
      p

  (** val leb : Integers.t -> Integers.t -> bool **)

  let leb x y =
    match compare x y with
    | Gt -> false
    | _ -> true

  (** val sqrtrem_step :
      (Integers.t -> Integers.t) -> (Integers.t -> Integers.t) ->
      (Integers.t * mask) -> Integers.t * mask **)

  let sqrtrem_step f g = function
  | (s, y) ->
    (match y with
     | IsPos r ->
       let s' = Integers.twice_and_one (Integers.twice s) in
       let r' = g (f r) in
       if leb s' r'
       then ((Integers.twice_and_one s), (sub_mask r' s'))
       else ((Integers.twice s), (IsPos r'))
     | _ ->
       ((Integers.twice s),
         (sub_mask (g (f Integers.one)) (Integers.twice (Integers.twice
           Integers.one)))))

  (** val sqrtrem : Integers.t -> Integers.t * mask **)

  let rec sqrtrem p =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun p1 ->
        sqrtrem_step (fun x -> Integers.twice_and_one x) (fun x ->
          Integers.twice_and_one x) (sqrtrem p1))
        (fun p1 ->
        sqrtrem_step (fun x -> Integers.twice x) (fun x ->
          Integers.twice_and_one x) (sqrtrem p1))
        (fun _ -> (Integers.one, (IsPos (Integers.twice Integers.one))))
        p0)
      (fun p0 ->
      Integers.match_positive
        (fun p1 ->
        sqrtrem_step (fun x -> Integers.twice_and_one x) (fun x ->
          Integers.twice x) (sqrtrem p1))
        (fun p1 ->
        sqrtrem_step (fun x -> Integers.twice x) (fun x -> Integers.twice x)
          (sqrtrem p1))
        (fun _ -> (Integers.one, (IsPos Integers.one)))
        p0)
      (fun _ -> (Integers.one, IsNul))
      p

  (** val sqrt : Integers.t -> Integers.t **)

  let sqrt p =
    fst (sqrtrem p)

  (** val gcdn : int -> Integers.t -> Integers.t -> Integers.t **)

  let rec gcdn n0 a b =
    (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
      (fun _ -> Integers.one)
      (fun n1 ->
      Integers.match_positive
        (fun a' ->
        Integers.match_positive
          (fun b' ->
          match compare a' b' with
          | Eq -> a
          | Lt -> gcdn n1 (sub b' a') a
          | Gt -> gcdn n1 (sub a' b') b)
          (fun b0 -> gcdn n1 a b0)
          (fun _ -> Integers.one)
          b)
        (fun a0 ->
        Integers.match_positive
          (fun _ -> gcdn n1 a0 b)
          (fun b0 -> Integers.twice (gcdn n1 a0 b0))
          (fun _ -> Integers.one)
          b)
        (fun _ -> Integers.one)
        a)
      n0

  (** val gcd : Integers.t -> Integers.t -> Integers.t **)

  let gcd a b =
    gcdn (Coq__1.add (size_nat a) (size_nat b)) a b

  (** val coq_Nsucc_double : Integers.t -> Integers.t **)

  let coq_Nsucc_double x =
    Integers.match_n
      (fun _ -> Integers.one)
      (fun p -> (Integers.twice_and_one p))
      x

  (** val coq_Ndouble : Integers.t -> Integers.t **)

  let coq_Ndouble n0 =
    Integers.match_n
      (fun _ -> Integers.zero)
      (fun p -> (Integers.twice p))
      n0

  (** val coq_lor : Integers.t -> Integers.t -> Integers.t **)

  let rec coq_lor p q =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> Integers.twice_and_one (coq_lor p0 q0))
        (fun q0 -> Integers.twice_and_one (coq_lor p0 q0))
        (fun _ -> p)
        q)
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> Integers.twice_and_one (coq_lor p0 q0))
        (fun q0 -> Integers.twice (coq_lor p0 q0))
        (fun _ -> Integers.twice_and_one p0)
        q)
      (fun _ ->
      Integers.match_positive
        (fun _ -> q)
        (fun q0 -> Integers.twice_and_one q0)
        (fun _ -> q)
        q)
      p

  (** val coq_land : Integers.t -> Integers.t -> Integers.t **)

  let rec coq_land p q =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Nsucc_double (coq_land p0 q0))
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun _ -> Integers.one)
        q)
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun q0 -> coq_Ndouble (coq_land p0 q0))
        (fun _ -> Integers.zero)
        q)
      (fun _ ->
      Integers.match_positive
        (fun _ -> Integers.one)
        (fun _ -> Integers.zero)
        (fun _ -> Integers.one)
        q)
      p

  (** val ldiff : Integers.t -> Integers.t -> Integers.t **)

  let rec ldiff p q =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun q0 -> coq_Nsucc_double (ldiff p0 q0))
        (fun _ -> (Integers.twice p0))
        q)
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun q0 -> coq_Ndouble (ldiff p0 q0))
        (fun _ -> p)
        q)
      (fun _ ->
      Integers.match_positive
        (fun _ -> Integers.zero)
        (fun _ -> Integers.one)
        (fun _ -> Integers.zero)
        q)
      p

  (** val coq_lxor : Integers.t -> Integers.t -> Integers.t **)

  let rec coq_lxor p q =
    Integers.match_positive
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Ndouble (coq_lxor p0 q0))
        (fun q0 -> coq_Nsucc_double (coq_lxor p0 q0))
        (fun _ -> (Integers.twice p0))
        q)
      (fun p0 ->
      Integers.match_positive
        (fun q0 -> coq_Nsucc_double (coq_lxor p0 q0))
        (fun q0 -> coq_Ndouble (coq_lxor p0 q0))
        (fun _ -> (Integers.twice_and_one p0))
        q)
      (fun _ ->
      Integers.match_positive
        (fun q0 -> (Integers.twice q0))
        (fun q0 -> (Integers.twice_and_one q0))
        (fun _ -> Integers.zero)
        q)
      p

  (** val iter_op : ('a1 -> 'a1 -> 'a1) -> Integers.t -> 'a1 -> 'a1 **)

  let rec iter_op op0 p a =
    Integers.match_positive
      (fun p0 -> op0 a (iter_op op0 p0 (op0 a a)))
      (fun p0 -> iter_op op0 p0 (op0 a a))
      (fun _ -> a)
      p

  (** val to_nat : Integers.t -> int **)

  let to_nat x =
    iter_op Coq__1.add x (Integers.nat_succ 0)

  (** val of_succ_nat : int -> Integers.t **)

  let rec of_succ_nat n0 =
    (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
      (fun _ -> Integers.one)
      (fun x -> succ (of_succ_nat x))
      n0
 end

module N =
 struct
  (** val succ_pos : Integers.t -> Integers.t **)

  let succ_pos n0 =
    Integers.match_n
      (fun _ -> Integers.one)
      (fun p -> Coq_Pos.succ p)
      n0

  (** val coq_lor : Integers.t -> Integers.t -> Integers.t **)

  let coq_lor n0 m =
    Integers.match_n
      (fun _ -> m)
      (fun p ->
      Integers.match_n
        (fun _ -> n0)
        (fun q -> (Coq_Pos.coq_lor p q))
        m)
      n0

  (** val ldiff : Integers.t -> Integers.t -> Integers.t **)

  let ldiff n0 m =
    Integers.match_n
      (fun _ -> Integers.zero)
      (fun p -> Integers.match_n
                  (fun _ -> n0)
                  (fun q -> Coq_Pos.ldiff p q)
                  m)
      n0

  (** val coq_lxor : Integers.t -> Integers.t -> Integers.t **)

  let coq_lxor n0 m =
    Integers.match_n
      (fun _ -> m)
      (fun p ->
      Integers.match_n
        (fun _ -> n0)
        (fun q -> Coq_Pos.coq_lxor p q)
        m)
      n0
 end

module Z =
 struct
  (** val double : Integers.t -> Integers.t **)

  let double x =
    Integers.match_z
      (fun _ -> Integers.zero)
      (fun p -> (Integers.twice p))
      (fun p -> Integers.neg (Integers.twice p))
      x

  (** val succ_double : Integers.t -> Integers.t **)

  let succ_double x =
    Integers.match_z
      (fun _ -> Integers.one)
      (fun p -> (Integers.twice_and_one p))
      (fun p -> Integers.neg (Coq_Pos.pred_double p))
      x

  (** val pred_double : Integers.t -> Integers.t **)

  let pred_double x =
    Integers.match_z
      (fun _ -> Integers.neg Integers.one)
      (fun p -> (Coq_Pos.pred_double p))
      (fun p -> Integers.neg (Integers.twice_and_one p))
      x

  (** val pos_sub : Integers.t -> Integers.t -> Integers.t **)

  let rec pos_sub x y =
    Integers.match_positive
      (fun p ->
      Integers.match_positive
        (fun q -> double (pos_sub p q))
        (fun q -> succ_double (pos_sub p q))
        (fun _ -> (Integers.twice p))
        y)
      (fun p ->
      Integers.match_positive
        (fun q -> pred_double (pos_sub p q))
        (fun q -> double (pos_sub p q))
        (fun _ -> (Coq_Pos.pred_double p))
        y)
      (fun _ ->
      Integers.match_positive
        (fun q -> Integers.neg (Integers.twice q))
        (fun q -> Integers.neg (Coq_Pos.pred_double q))
        (fun _ -> Integers.zero)
        y)
      x

  (** val add : Integers.t -> Integers.t -> Integers.t **)

  let add = Integers.add

  (** val opp : Integers.t -> Integers.t **)

  let opp = Integers.neg

  (** val sub : Integers.t -> Integers.t -> Integers.t **)

  let sub = Integers.sub

  (** val mul : Integers.t -> Integers.t -> Integers.t **)

  let mul = Integers.mul

  (** val pow_pos : Integers.t -> Integers.t -> Integers.t **)

  let pow_pos z0 =
    Coq_Pos.iter (mul z0) Integers.one

  (** val pow : Integers.t -> Integers.t -> Integers.t **)

  let pow = Integers.pow

  (** val compare : Integers.t -> Integers.t -> comparison **)

  let compare x y =
    Integers.match_z
      (fun _ ->
      Integers.match_z
        (fun _ -> Eq)
        (fun _ -> Lt)
        (fun _ -> Gt)
        y)
      (fun x' ->
      Integers.match_z
        (fun _ -> Gt)
        (fun y' -> Coq_Pos.compare x' y')
        (fun _ -> Gt)
        y)
      (fun x' ->
      Integers.match_z
        (fun _ -> Lt)
        (fun _ -> Lt)
        (fun y' -> compOpp (Coq_Pos.compare x' y'))
        y)
      x

  (** val leb : Integers.t -> Integers.t -> bool **)

  let leb = Integers.leq

  (** val ltb : Integers.t -> Integers.t -> bool **)

  let ltb = Integers.lt

  (** val eqb : Integers.t -> Integers.t -> bool **)

  let eqb = Integers.equal

  (** val abs : Integers.t -> Integers.t **)

  let abs = Integers.abs

  (** val to_nat : Integers.t -> int **)

  let to_nat = Integers.to_nat

  (** val to_N : Integers.t -> Integers.t **)

  let to_N = Integers.to_n

  (** val of_nat : int -> Integers.t **)

  let of_nat = Integers.of_int

  (** val of_N : Integers.t -> Integers.t **)

  let of_N = (fun n -> n)

  (** val pos_div_eucl :
      Integers.t -> Integers.t -> Integers.t * Integers.t **)

  let rec pos_div_eucl a b =
    Integers.match_positive
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' = add (mul (Integers.twice Integers.one) r) Integers.one in
      if ltb r' b
      then ((mul (Integers.twice Integers.one) q), r')
      else ((add (mul (Integers.twice Integers.one) q) Integers.one),
             (sub r' b)))
      (fun a' ->
      let (q, r) = pos_div_eucl a' b in
      let r' = mul (Integers.twice Integers.one) r in
      if ltb r' b
      then ((mul (Integers.twice Integers.one) q), r')
      else ((add (mul (Integers.twice Integers.one) q) Integers.one),
             (sub r' b)))
      (fun _ ->
      if leb (Integers.twice Integers.one) b
      then (Integers.zero, Integers.one)
      else (Integers.one, Integers.zero))
      a

  (** val div_eucl : Integers.t -> Integers.t -> Integers.t * Integers.t **)

  let div_eucl a b =
    Integers.match_z
      (fun _ -> (Integers.zero, Integers.zero))
      (fun a' ->
      Integers.match_z
        (fun _ -> (Integers.zero, a))
        (fun _ -> pos_div_eucl a' b)
        (fun b' ->
        let (q, r) = pos_div_eucl a' b' in
        (Integers.match_z
           (fun _ -> ((opp q), Integers.zero))
           (fun _ -> ((opp (add q Integers.one)), (add b r)))
           (fun _ -> ((opp (add q Integers.one)), (add b r)))
           r))
        b)
      (fun a' ->
      Integers.match_z
        (fun _ -> (Integers.zero, a))
        (fun _ ->
        let (q, r) = pos_div_eucl a' b in
        (Integers.match_z
           (fun _ -> ((opp q), Integers.zero))
           (fun _ -> ((opp (add q Integers.one)), (sub b r)))
           (fun _ -> ((opp (add q Integers.one)), (sub b r)))
           r))
        (fun b' -> let (q, r) = pos_div_eucl a' b' in (q, (opp r)))
        b)
      a

  (** val div : Integers.t -> Integers.t -> Integers.t **)

  let div = Integers.div

  (** val modulo : Integers.t -> Integers.t -> Integers.t **)

  let modulo = Integers.modulo

  (** val div2 : Integers.t -> Integers.t **)

  let div2 z0 =
    Integers.match_z
      (fun _ -> Integers.zero)
      (fun p ->
      Integers.match_positive
        (fun _ -> (Coq_Pos.div2 p))
        (fun _ -> (Coq_Pos.div2 p))
        (fun _ -> Integers.zero)
        p)
      (fun p -> Integers.neg (Coq_Pos.div2_up p))
      z0

  (** val log2 : Integers.t -> Integers.t **)

  let log2 = Integers.log2

  (** val sqrt : Integers.t -> Integers.t **)

  let sqrt = Integers.sqrt

  (** val gcd : Integers.t -> Integers.t -> Integers.t **)

  let gcd = Integers.gcd

  (** val shiftl : Integers.t -> Integers.t -> Integers.t **)

  let shiftl = Integers.shiftl

  (** val shiftr : Integers.t -> Integers.t -> Integers.t **)

  let shiftr = Integers.shiftr

  (** val coq_land : Integers.t -> Integers.t -> Integers.t **)

  let coq_land = Integers.logand

  (** val coq_lxor : Integers.t -> Integers.t -> Integers.t **)

  let coq_lxor = Integers.logxor

  (** val lcm : Integers.t -> Integers.t -> Integers.t **)

  let lcm = Integers.lcm
 end

(** val eqb0 : char -> char -> bool **)

let eqb0 = (fun (a : char) b -> a = b)

(** val to_N0 : char -> Integers.t **)

let to_N0 = Integers.of_char

(** val of_N0 : Integers.t -> char option **)

let of_N0 = Integers.to_char

module Option =
 struct
  (** val apply : ('a1 -> 'a2) -> 'a2 -> 'a1 option -> 'a2 **)

  let apply f x = function
  | Some y -> f y
  | None -> x

  (** val bind : ('a1 -> 'a2 option) -> 'a1 option -> 'a2 option **)

  let bind f =
    apply f None

  (** val map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option **)

  let map f =
    bind (fun x -> Some (f x))
 end

(** val iffP : bool -> reflect -> reflect **)

let iffP _ pb =
  let _evar_0_ = fun _ _ _ -> ReflectT in
  let _evar_0_0 = fun _ _ _ -> ReflectF in
  (match pb with
   | ReflectT -> _evar_0_ __ __ __
   | ReflectF -> _evar_0_0 __ __ __)

(** val idP : bool -> reflect **)

let idP = function
| true -> ReflectT
| false -> ReflectF

type 't pred0 = 't -> bool

type 't rel = 't -> 't pred0

module Equality =
 struct
  type 't axiom = 't -> 't -> reflect

  type 't mixin_of = { op : 't rel; mixin_of__1 : 't axiom }

  (** val op : 'a1 mixin_of -> 'a1 rel **)

  let op m =
    m.op

  type coq_type =
    __ mixin_of
    (* singleton inductive, whose constructor was Pack *)

  type sort = __

  (** val coq_class : coq_type -> sort mixin_of **)

  let coq_class cT =
    cT
 end

(** val eq_op : Equality.coq_type -> Equality.sort rel **)

let eq_op t =
  (Equality.coq_class t).Equality.op

(** val eqn : int -> int -> bool **)

let rec eqn = (fun (a : int) b -> a = b)

(** val eqnP : int Equality.axiom **)

let eqnP n0 m =
  iffP (eqn n0 m) (idP (eqn n0 m))

(** val nat_eqMixin : int Equality.mixin_of **)

let nat_eqMixin =
  { Equality.op = eqn; Equality.mixin_of__1 = eqnP }

(** val nat_eqType : Equality.coq_type **)

let nat_eqType =
  Obj.magic nat_eqMixin

(** val addn_rec : int -> int -> int **)

let addn_rec =
  add

(** val addn : int -> int -> int **)

let addn =
  addn_rec

(** val subn_rec : int -> int -> int **)

let subn_rec =
  sub

(** val subn : int -> int -> int **)

let subn =
  subn_rec

(** val leq : int -> int -> bool **)

let leq m n0 =
  eq_op nat_eqType (Obj.magic subn m n0) (Obj.magic 0)

(** val maxn : int -> int -> int **)

let maxn m n0 =
  if leq (Integers.nat_succ m) n0 then n0 else m

(** val minn : int -> int -> int **)

let minn m n0 =
  if leq (Integers.nat_succ m) n0 then m else n0

(** val iter0 : int -> ('a1 -> 'a1) -> 'a1 -> 'a1 **)

let rec iter0 n0 f x =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> x)
    (fun i -> f (iter0 i f x))
    n0

(** val muln_rec : int -> int -> int **)

let muln_rec =
  mul

(** val muln : int -> int -> int **)

let muln =
  muln_rec

(** val size0 : 'a1 list -> int **)

let rec size0 = function
| [] -> 0
| _ :: s' -> Integers.nat_succ (size0 s')

(** val nilp : 'a1 list -> bool **)

let nilp s =
  eq_op nat_eqType (Obj.magic size0 s) (Obj.magic 0)

(** val ohead : 'a1 list -> 'a1 option **)

let ohead = function
| [] -> None
| x :: _ -> Some x

(** val head : 'a1 -> 'a1 list -> 'a1 **)

let head x0 = function
| [] -> x0
| x :: _ -> x

(** val behead : 'a1 list -> 'a1 list **)

let behead = function
| [] -> []
| _ :: s' -> s'

(** val ncons : int -> 'a1 -> 'a1 list -> 'a1 list **)

let ncons n0 x =
  iter0 n0 (fun x0 -> x :: x0)

(** val nseq : int -> 'a1 -> 'a1 list **)

let nseq n0 x =
  ncons n0 x []

(** val cat : 'a1 list -> 'a1 list -> 'a1 list **)

let rec cat s1 s2 =
  match s1 with
  | [] -> s2
  | x :: s1' -> x :: (cat s1' s2)

(** val rcons : 'a1 list -> 'a1 -> 'a1 list **)

let rec rcons s z0 =
  match s with
  | [] -> z0 :: []
  | x :: s' -> x :: (rcons s' z0)

(** val last : 'a1 -> 'a1 list -> 'a1 **)

let rec last x = function
| [] -> x
| x' :: s' -> last x' s'

(** val nth : 'a1 -> 'a1 list -> int -> 'a1 **)

let rec nth x0 s n0 =
  match s with
  | [] -> x0
  | x :: s' ->
    ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
       (fun _ -> x)
       (fun n' -> nth x0 s' n')
       n0)

(** val filter : 'a1 pred0 -> 'a1 list -> 'a1 list **)

let rec filter a = function
| [] -> []
| x :: s' -> if a x then x :: (filter a s') else filter a s'

(** val has : 'a1 pred0 -> 'a1 list -> bool **)

let rec has a = function
| [] -> false
| x :: s' -> (||) (a x) (has a s')

(** val all : 'a1 pred0 -> 'a1 list -> bool **)

let rec all a = function
| [] -> true
| x :: s' -> (&&) (a x) (all a s')

(** val drop : int -> 'a1 list -> 'a1 list **)

let rec drop n0 s = match s with
| [] -> s
| _ :: s' ->
  ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
     (fun _ -> s)
     (fun n' -> drop n' s')
     n0)

(** val take : int -> 'a1 list -> 'a1 list **)

let rec take n0 = function
| [] -> []
| x :: s' ->
  ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
     (fun _ -> [])
     (fun n' -> x :: (take n' s'))
     n0)

(** val catrev : 'a1 list -> 'a1 list -> 'a1 list **)

let rec catrev s1 s2 =
  match s1 with
  | [] -> s2
  | x :: s1' -> catrev s1' (x :: s2)

(** val rev : 'a1 list -> 'a1 list **)

let rev s =
  catrev s []

(** val map0 : ('a1 -> 'a2) -> 'a1 list -> 'a2 list **)

let rec map0 f = function
| [] -> []
| x :: s' -> (f x) :: (map0 f s')

(** val iota : int -> int -> int list **)

let rec iota m n0 =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> [])
    (fun n' -> m :: (iota (Integers.nat_succ m) n'))
    n0

(** val mkseq : (int -> 'a1) -> int -> 'a1 list **)

let mkseq f n0 =
  map0 f (iota 0 n0)

(** val foldr : ('a1 -> 'a2 -> 'a2) -> 'a2 -> 'a1 list -> 'a2 **)

let rec foldr f z0 = function
| [] -> z0
| x :: s' -> f x (foldr f z0 s')

(** val sumn : int list -> int **)

let sumn =
  foldr addn 0

(** val foldl : ('a2 -> 'a1 -> 'a2) -> 'a2 -> 'a1 list -> 'a2 **)

let rec foldl f z0 = function
| [] -> z0
| x :: s' -> foldl f (f z0 x) s'

(** val zip : 'a1 list -> 'a2 list -> ('a1 * 'a2) list **)

let rec zip s t =
  match s with
  | [] -> []
  | x :: s' -> (match t with
                | [] -> []
                | y :: t' -> (x, y) :: (zip s' t'))

(** val flatten : 'a1 list list -> 'a1 list **)

let flatten s =
  foldr cat [] s

(** val shape : 'a1 list list -> int list **)

let shape s =
  map0 size0 s

(** val flatten_index : int list -> int -> int -> int **)

let flatten_index sh r c =
  addn (sumn (take r sh)) c

(** val edivn : int -> int -> int * int **)

let edivn = Integers.nat_edivn

(** val divn : int -> int -> int **)

let divn m d =
  fst (edivn m d)

(** val modn : int -> int -> int **)

let modn = Integers.nat_modn

type matrix = (Integers.t * Integers.t) list list

type table = matrix list list list

(** val entry : matrix -> int -> int -> Integers.t * Integers.t **)

let entry a i j =
  nth (Integers.zero, Integers.zero) (nth [] a i) j

(** val element : table -> int -> int -> int -> matrix **)

let element s k x a =
  nth [] (nth [] (nth [] s k) x) a

type gauss = Integers.t * Integers.t

(** val g0 : gauss **)

let g0 =
  (Integers.zero, Integers.zero)

(** val gadd : gauss -> gauss -> gauss **)

let gadd x y =
  ((Z.add (fst x) (fst y)), (Z.add (snd x) (snd y)))

(** val gsub : gauss -> gauss -> gauss **)

let gsub x y =
  ((Z.sub (fst x) (fst y)), (Z.sub (snd x) (snd y)))

(** val gmul : gauss -> gauss -> gauss **)

let gmul x y =
  ((Z.sub (Z.mul (fst x) (fst y)) (Z.mul (snd x) (snd y))),
    (Z.add (Z.mul (fst x) (snd y)) (Z.mul (snd x) (fst y))))

(** val gscale : Integers.t -> gauss -> gauss **)

let gscale c x =
  ((Z.mul c (fst x)), (Z.mul c (snd x)))

(** val gmulc : gauss -> gauss -> gauss **)

let gmulc x y =
  ((Z.add (Z.mul (fst x) (fst y)) (Z.mul (snd x) (snd y))),
    (Z.sub (Z.mul (snd x) (fst y)) (Z.mul (fst x) (snd y))))

(** val gabs1 : gauss -> Integers.t **)

let gabs1 x =
  Z.add (Z.abs (fst x)) (Z.abs (snd x))

(** val gprod : gauss list -> gauss **)

let gprod s =
  foldr gmul (Integers.one, Integers.zero) s

(** val geq : gauss -> gauss -> bool **)

let geq x y =
  (&&) (Z.eqb (fst x) (fst y)) (Z.eqb (snd x) (snd y))

(** val gconj_eq : gauss -> gauss -> bool **)

let gconj_eq x y =
  (&&) (Z.eqb (fst x) (fst y)) (Z.eqb (snd x) (Z.opp (snd y)))

(** val dot : gauss list -> gauss list -> gauss **)

let rec dot r s =
  match r with
  | [] -> g0
  | x :: r' ->
    (match s with
     | [] -> g0
     | y :: s' -> gadd (gmulc x y) (dot r' s'))

(** val weigh : Integers.t list -> gauss list -> gauss list **)

let rec weigh w r =
  match w with
  | [] -> []
  | c :: w' ->
    (match r with
     | [] -> []
     | x :: r' -> (gscale c x) :: (weigh w' r'))

(** val zsum : Integers.t list -> Integers.t **)

let rec zsum = function
| [] -> Integers.zero
| x :: s' -> Z.add x (zsum s')

(** val gsum : gauss list -> gauss **)

let rec gsum = function
| [] -> g0
| x :: s' -> gadd x (gsum s')

(** val upto : int -> int pred0 -> bool **)

let upto n0 p =
  all p (iota 0 n0)

(** val radix : int list -> int -> int **)

let radix r k =
  nth (Integers.nat_succ 0) r k

(** val stride : int list -> int -> int **)

let stride r k =
  foldr muln (Integers.nat_succ 0) (drop (Integers.nat_succ k) r)

(** val dig : int list -> int -> int -> int **)

let dig r k p =
  modn (divn p (stride r k)) (radix r k)

(** val off : int list -> int -> int -> int **)

let off r k p =
  subn p (muln (dig r k p) (stride r k))

(** val card : int list -> int **)

let card r =
  foldr muln (Integers.nat_succ 0) r

(** val enc : int list -> (int -> int) -> int **)

let rec enc r f =
  match r with
  | [] -> 0
  | _ :: r' ->
    addn (muln (f 0) (card r')) (enc r' (fun k -> f (Integers.nat_succ k)))

(** val one_at : int -> int list -> int list **)

let one_at j r =
  map0 (fun l ->
    if eq_op nat_eqType (Obj.magic l) (Obj.magic j)
    then Integers.nat_succ 0
    else radix r l) (iota 0 (size0 r))

(** val rest : int list -> int -> int -> int **)

let rest r j a =
  enc (one_at j r) (fun l ->
    if eq_op nat_eqType (Obj.magic l) (Obj.magic j) then 0 else dig r l a)

(** val tabulate : int -> (int -> int -> gauss) -> matrix **)

let tabulate n0 f =
  mkseq (fun p -> mkseq (f p) n0) n0

type witness = (Integers.t * Integers.t list) * matrix

(** val residual :
    matrix -> Integers.t -> matrix -> gauss list -> int -> int -> gauss **)

let residual m c l wp p q =
  gsub (gscale c (entry m p q)) (dot wp (nth [] l q))

(** val dominant_row :
    int -> matrix -> Integers.t -> matrix -> gauss list -> int -> bool **)

let dominant_row n0 m c l wp p =
  Z.leb
    (zsum
      (map0 (fun q ->
        if eq_op nat_eqType (Obj.magic q) (Obj.magic p)
        then Integers.zero
        else gabs1 (residual m c l wp p q)) (iota 0 n0)))
    (fst (residual m c l wp p p))

(** val hermitian : int -> matrix -> bool **)

let hermitian n0 m =
  upto n0 (fun p -> upto n0 (fun q -> gconj_eq (entry m q p) (entry m p q)))

(** val check_psd : int -> matrix -> witness -> bool **)

let check_psd n0 m = function
| (p, l) ->
  let (c, w) = p in
  (&&) (Z.ltb Integers.zero c)
    ((&&) (all (Z.leb Integers.zero) w)
      ((&&) (hermitian n0 m)
        (upto n0 (fun p0 ->
          (&&) (leq (size0 (nth [] l p0)) n0)
            (dominant_row n0 m c l (weigh w (nth [] l p0)) p0)))))

(** val inner_product : int -> matrix -> matrix -> gauss **)

let inner_product n0 a b =
  gsum
    (map0 (fun i ->
      gsum (map0 (fun j -> gmul (entry a i j) (entry b j i)) (iota 0 n0)))
      (iota 0 n0))

(** val box : int -> matrix -> Integers.t **)

let box n0 a =
  zsum
    (map0 (fun i -> zsum (map0 (fun j -> gabs1 (entry a i j)) (iota 0 n0)))
      (iota 0 n0))

(** val gtrace : int -> matrix -> gauss **)

let gtrace n0 a =
  gsum (map0 (fun i -> entry a i i) (iota 0 n0))

(** val setting_radices : int list list -> int list **)

let setting_radices o =
  map0 size0 o

(** val outcome_radices : int list list -> int -> int list **)

let outcome_radices o x =
  map0 (fun j ->
    nth (Integers.nat_succ 0) (nth [] o j) (dig (setting_radices o) j x))
    (iota 0 (size0 o))

(** val nonempty : int list list -> int list -> bool **)

let nonempty o d =
  (&&) (all (leq (Integers.nat_succ 0)) (setting_radices o))
    ((&&) (all (all (leq (Integers.nat_succ 0))) o)
      (all (leq (Integers.nat_succ 0)) d))

(** val events : int list list -> (int -> int -> bool) -> bool **)

let events o p =
  upto (card (setting_radices o)) (fun x ->
    upto (card (outcome_radices o x)) (p x))

(** val gsum_events : int list list -> (int -> int -> gauss) -> gauss **)

let gsum_events o f =
  gsum
    (map0 (fun x ->
      gsum (map0 (fun a -> f x a) (iota 0 (card (outcome_radices o x)))))
      (iota 0 (card (setting_radices o))))

(** val zsum_events :
    int list list -> (int -> int -> Integers.t) -> Integers.t **)

let zsum_events o f =
  zsum
    (map0 (fun x ->
      zsum (map0 (fun a -> f x a) (iota 0 (card (outcome_radices o x)))))
      (iota 0 (card (setting_radices o))))

(** val dual_entry :
    int list list -> int list -> table -> table -> int -> int -> int -> int
    -> gauss **)

let dual_entry o d w v x a p q =
  gadd
    (gsum
      (map0 (fun k ->
        if eq_op nat_eqType (Obj.magic off d k p) (Obj.magic off d k q)
        then entry (element w k x a) (dig d k p) (dig d k q)
        else g0) (iota 0 (size0 d))))
    (gsum
      (map0 (fun j ->
        entry (element v j x (rest (outcome_radices o x) j a)) p q)
        (iota 0 (size0 o))))

(** val dual_matrix :
    int list list -> int list -> table -> table -> int -> int -> matrix **)

let dual_matrix o d w v x a =
  tabulate (card d) (dual_entry o d w v x a)

(** val check_V : int list list -> int list -> table -> bool **)

let check_V o d v =
  upto (size0 o) (fun j ->
    upto (card (setting_radices o)) (fun y ->
      let xs =
        filter (fun x ->
          eq_op nat_eqType (Obj.magic off (setting_radices o) j x)
            (Obj.magic y)) (iota 0 (card (setting_radices o)))
      in
      upto (card (one_at j (outcome_radices o y))) (fun b ->
        upto (card d) (fun p ->
          upto (card d) (fun q ->
            geq (gsum (map0 (fun x -> entry (element v j x b) p q) xs)) g0)))))

(** val steering_value :
    int list list -> int list -> table -> table -> gauss **)

let steering_value o d w s =
  gsum_events o (fun x a ->
    gsum
      (map0 (fun k ->
        inner_product (radix d k) (element w k x a) (element s k x a))
        (iota 0 (size0 d))))

(** val steering_box : int list list -> int list -> table -> Integers.t **)

let steering_box o d w =
  zsum_events o (fun x a ->
    zsum
      (map0 (fun k -> box (radix d k) (element w k x a)) (iota 0 (size0 d))))

(** val check_value :
    int list list -> int list -> Integers.t -> Integers.t -> Integers.t ->
    table -> table -> bool **)

let check_value o d den p q s w =
  (&&) (Z.ltb Integers.zero den)
    ((&&) (Z.ltb Integers.zero q)
      (Z.ltb
        (Z.add (Z.mul (fst (steering_value o d w s)) q)
          (Z.mul (Z.mul p den) (steering_box o d w))) Integers.zero))

(** val check_no_signalling :
    int list list -> (int -> int -> gauss) -> bool **)

let check_no_signalling o f =
  upto (size0 o) (fun j ->
    upto (card (setting_radices o)) (fun x ->
      let y = off (setting_radices o) j x in
      let sum = fun z0 b ->
        gsum
          (map0 (fun a -> f z0 a)
            (filter (fun a ->
              eq_op nat_eqType (Obj.magic rest (outcome_radices o z0) j a) b)
              (iota 0 (card (outcome_radices o z0)))))
      in
      (||) (eq_op nat_eqType (Obj.magic x) (Obj.magic y))
        (upto (card (one_at j (outcome_radices o x))) (fun b ->
          geq (Obj.magic sum x b) (Obj.magic sum y b)))))

(** val partial_trace_entry :
    int list -> matrix -> int -> int -> int -> gauss **)

let partial_trace_entry d a k i j =
  gsum
    (map0 (fun p ->
      gsum
        (map0 (fun q -> entry a p q)
          (filter (fun q ->
            (&&) (eq_op nat_eqType (Obj.magic dig d k q) (Obj.magic j))
              (eq_op nat_eqType (Obj.magic off d k p) (Obj.magic off d k q)))
            (iota 0 (card d)))))
      (filter (fun p -> eq_op nat_eqType (Obj.magic dig d k p) (Obj.magic i))
        (iota 0 (card d))))

(** val check_marginals :
    int list list -> int list -> Integers.t -> Integers.t -> table -> (int ->
    int -> matrix) -> bool **)

let check_marginals o d den denS s s0 =
  upto (size0 d) (fun k ->
    events o (fun x a ->
      let a0 = s0 x a in
      upto (radix d k) (fun i ->
        upto (radix d k) (fun j ->
          geq (gscale den (partial_trace_entry d a0 k i j))
            (gscale denS (entry (element s k x a) i j))))))

(** val settings_outcomes :
    int list list -> (int -> int -> int -> bool) -> bool **)

let settings_outcomes o p =
  upto (size0 o) (fun j ->
    upto (size0 (nth [] o j)) (fun x ->
      upto (nth (Integers.nat_succ 0) (nth [] o j) x) (p j x)))

(** val tensor_entry :
    int list list -> int list -> table -> int -> int -> int -> int -> gauss **)

let tensor_entry o h m x a e e' =
  gprod
    (map0 (fun j ->
      entry
        (element m j (dig (setting_radices o) j x)
          (dig (outcome_radices o x) j a)) (dig h j e) (dig h j e'))
      (iota 0 (size0 o)))

(** val steered_matrix :
    int list list -> int list -> int list -> matrix -> table -> int -> int ->
    matrix **)

let steered_matrix o d h rho m x a =
  let t = tabulate (card h) (tensor_entry o h m x a) in
  tabulate (card d) (fun p q ->
    gsum
      (map0 (fun e ->
        gsum
          (map0 (fun e' ->
            gmul (entry t e e')
              (entry rho (addn (muln e' (card d)) p)
                (addn (muln e (card d)) q))) (iota 0 (card h))))
        (iota 0 (card h))))

type bytes = char list

type json =
| Str of bytes
| Arr of json list
| Obj of (bytes * json) list

(** val code : char -> Integers.t **)

let code c =
  Z.of_N (to_N0 c)

(** val count : 'a1 list -> int **)

let count s =
  foldl (fun n0 _ -> Integers.nat_succ n0) 0 s

(** val between : Integers.t -> Integers.t -> Integers.t -> bool **)

let between a b z0 =
  (&&) (Z.leb a z0) (Z.leb z0 b)

(** val emit : json -> bytes -> bytes **)

let rec emit j out =
  match j with
  | Str s -> '\x22' :: (catrev s ('\x22' :: out))
  | Arr l ->
    '\x5d' :: (match l with
               | [] -> '\x5b' :: out
               | _ :: _ ->
                 behead
                   (foldl (fun out0 v -> '\x2c' :: (emit v out0))
                     ('\x5b' :: out) l))
  | Obj l ->
    '\x7d' :: (match l with
               | [] -> '\x7b' :: out
               | _ :: _ ->
                 behead
                   (foldl (fun out0 kv ->
                     '\x2c' :: (emit (snd kv)
                                 ('\x3a' :: ('\x22' :: (catrev (fst kv)
                                                         ('\x22' :: out0))))))
                     ('\x7b' :: out) l))

(** val print : json -> bytes **)

let print j =
  rev (emit j [])

(** val follows : char -> bool **)

let follows c =
  between (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice Integers.one)))))))
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice Integers.one))))))) (code c)

(** val utf8 : bytes -> bool **)

let rec utf8 = function
| [] -> true
| c :: s1 ->
  let n0 = code c in
  if Z.ltb n0 (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice Integers.one)))))))
  then utf8 s1
  else (match s1 with
        | [] -> false
        | c1 :: s2 ->
          if (&&)
               (between (Integers.twice (Integers.twice_and_one
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice (Integers.twice_and_one Integers.one)))))))
                 (Integers.twice_and_one (Integers.twice_and_one
                 (Integers.twice_and_one (Integers.twice_and_one
                 (Integers.twice_and_one (Integers.twice
                 (Integers.twice_and_one Integers.one))))))) n0) (follows c1)
          then utf8 s2
          else (match s2 with
                | [] -> false
                | c2 :: s3 ->
                  let n1 = code c1 in
                  if (&&)
                       (between (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice_and_one (Integers.twice_and_one
                         Integers.one))))))) (Integers.twice_and_one
                         (Integers.twice_and_one (Integers.twice_and_one
                         (Integers.twice_and_one (Integers.twice
                         (Integers.twice_and_one (Integers.twice_and_one
                         Integers.one))))))) n0)
                       ((&&) (follows c1)
                         ((&&) (follows c2)
                           ((&&)
                             ((||)
                               (negb
                                 (Z.eqb n0 (Integers.twice (Integers.twice
                                   (Integers.twice (Integers.twice
                                   (Integers.twice (Integers.twice_and_one
                                   (Integers.twice_and_one
                                   Integers.one)))))))))
                               (Z.leb (Integers.twice (Integers.twice
                                 (Integers.twice (Integers.twice
                                 (Integers.twice (Integers.twice_and_one
                                 (Integers.twice Integers.one))))))) n1))
                             ((||)
                               (negb
                                 (Z.eqb n0 (Integers.twice_and_one
                                   (Integers.twice (Integers.twice_and_one
                                   (Integers.twice_and_one (Integers.twice
                                   (Integers.twice_and_one
                                   (Integers.twice_and_one
                                   Integers.one)))))))))
                               (Z.ltb n1 (Integers.twice (Integers.twice
                                 (Integers.twice (Integers.twice
                                 (Integers.twice (Integers.twice_and_one
                                 (Integers.twice Integers.one))))))))))))
                  then utf8 s3
                  else (match s3 with
                        | [] -> false
                        | c3 :: s4 ->
                          if (&&)
                               (between (Integers.twice (Integers.twice
                                 (Integers.twice (Integers.twice
                                 (Integers.twice_and_one
                                 (Integers.twice_and_one
                                 (Integers.twice_and_one Integers.one)))))))
                                 (Integers.twice (Integers.twice
                                 (Integers.twice_and_one (Integers.twice
                                 (Integers.twice_and_one
                                 (Integers.twice_and_one
                                 (Integers.twice_and_one Integers.one)))))))
                                 n0)
                               ((&&) (follows c1)
                                 ((&&) (follows c2)
                                   ((&&) (follows c3)
                                     ((&&)
                                       ((||)
                                         (negb
                                           (Z.eqb n0 (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             Integers.one)))))))))
                                         (Z.leb (Integers.twice
                                           (Integers.twice (Integers.twice
                                           (Integers.twice
                                           (Integers.twice_and_one
                                           (Integers.twice (Integers.twice
                                           Integers.one))))))) n1))
                                       ((||)
                                         (negb
                                           (Z.eqb n0 (Integers.twice
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             Integers.one)))))))))
                                         (Z.ltb n1 (Integers.twice
                                           (Integers.twice (Integers.twice
                                           (Integers.twice
                                           (Integers.twice_and_one
                                           (Integers.twice (Integers.twice
                                           Integers.one)))))))))))))
                          then utf8 s4
                          else false)))

(** val code_points : bytes -> Integers.t **)

let code_points s =
  foldl (fun n0 c -> if follows c then n0 else Z.add n0 Integers.one)
    Integers.zero s

(** val blank : char -> bool **)

let blank c =
  (||) (eqb0 c '\x20')
    ((||) (eqb0 c '\x0a') ((||) (eqb0 c '\x0d') (eqb0 c '\x09')))

(** val skip : bytes -> bytes **)

let rec skip s = match s with
| [] -> s
| c :: s' -> if blank c then skip s' else s

(** val hex : char -> Integers.t option **)

let hex c =
  let n0 = code c in
  if between (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice_and_one Integers.one))))) (Integers.twice_and_one
       (Integers.twice (Integers.twice (Integers.twice_and_one
       (Integers.twice_and_one Integers.one))))) n0
  then Some
         (Z.sub n0 (Integers.twice (Integers.twice (Integers.twice
           (Integers.twice (Integers.twice_and_one Integers.one))))))
  else if between (Integers.twice_and_one (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice_and_one
            Integers.one)))))) (Integers.twice (Integers.twice_and_one
            (Integers.twice_and_one (Integers.twice (Integers.twice
            (Integers.twice_and_one Integers.one)))))) n0
       then Some
              (Z.sub n0 (Integers.twice_and_one (Integers.twice_and_one
                (Integers.twice_and_one (Integers.twice
                (Integers.twice_and_one (Integers.twice Integers.one)))))))
       else if between (Integers.twice_and_one (Integers.twice
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice Integers.one)))))) (Integers.twice
                 (Integers.twice_and_one (Integers.twice_and_one
                 (Integers.twice (Integers.twice (Integers.twice
                 Integers.one)))))) n0
            then Some
                   (Z.sub n0 (Integers.twice_and_one (Integers.twice_and_one
                     (Integers.twice_and_one (Integers.twice
                     (Integers.twice_and_one Integers.one))))))
            else None

(** val hex4 : char -> char -> char -> char -> Integers.t option **)

let hex4 a b c d =
  match hex a with
  | Some a0 ->
    (match hex b with
     | Some b0 ->
       (match hex c with
        | Some c0 ->
          (match hex d with
           | Some d0 ->
             Some
               (Z.add
                 (Z.mul
                   (Z.add
                     (Z.mul
                       (Z.add
                         (Z.mul a0 (Integers.twice (Integers.twice
                           (Integers.twice (Integers.twice Integers.one)))))
                         b0) (Integers.twice (Integers.twice (Integers.twice
                       (Integers.twice Integers.one))))) c0) (Integers.twice
                   (Integers.twice (Integers.twice (Integers.twice
                   Integers.one))))) d0)
           | None -> None)
        | None -> None)
     | None -> None)
  | None -> None

(** val byte_of : Integers.t -> char **)

let byte_of n0 =
  match of_N0 (Z.to_N n0) with
  | Some c -> c
  | None -> '\x00'

(** val point : Integers.t -> bytes **)

let point n0 =
  let low = fun k ->
    byte_of
      (Z.add (Integers.twice (Integers.twice (Integers.twice (Integers.twice
        (Integers.twice (Integers.twice (Integers.twice Integers.one)))))))
        (Z.modulo (Z.div n0 k) (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          Integers.one))))))))
  in
  if Z.ltb n0 (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice Integers.one)))))))
  then (byte_of n0) :: []
  else if Z.ltb n0 (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice (Integers.twice
            Integers.one)))))))))))
       then (low Integers.one) :: ((byte_of
                                     (Z.add (Integers.twice (Integers.twice
                                       (Integers.twice (Integers.twice
                                       (Integers.twice (Integers.twice
                                       (Integers.twice_and_one
                                       Integers.one)))))))
                                       (Z.div n0 (Integers.twice
                                         (Integers.twice (Integers.twice
                                         (Integers.twice (Integers.twice
                                         (Integers.twice Integers.one))))))))) :: [])
       else if Z.ltb n0 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice (Integers.twice (Integers.twice
                 (Integers.twice Integers.one))))))))))))))))
            then (low Integers.one) :: ((low (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          Integers.one))))))) :: ((byte_of
                                                                    (Z.add
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    Integers.one)))))))
                                                                    (Z.div n0
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    Integers.one))))))))))))))) :: []))
            else (low Integers.one) :: ((low (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          Integers.one))))))) :: ((low
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    Integers.one))))))))))))) :: (
                   (byte_of
                     (Z.add (Integers.twice (Integers.twice (Integers.twice
                       (Integers.twice (Integers.twice_and_one
                       (Integers.twice_and_one (Integers.twice_and_one
                       Integers.one)))))))
                       (Z.div n0 (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice Integers.one))))))))))))))))))))) :: [])))

(** val short_escape : char -> char option **)

let short_escape c =
  if eqb0 c '\x22'
  then Some '\x22'
  else if eqb0 c '\x5c'
       then Some '\x5c'
       else if eqb0 c '\x2f'
            then Some '\x2f'
            else if eqb0 c '\x62'
                 then Some '\x08'
                 else if eqb0 c '\x66'
                      then Some '\x0c'
                      else if eqb0 c '\x6e'
                           then Some '\x0a'
                           else if eqb0 c '\x72'
                                then Some '\x0d'
                                else if eqb0 c '\x74'
                                     then Some '\x09'
                                     else None

(** val string : bytes -> bytes -> (bytes * bytes) option **)

let rec string s acc =
  match s with
  | [] -> None
  | c :: s1 ->
    if eqb0 c '\x22'
    then Some ((rev acc), s1)
    else if eqb0 c '\x5c'
         then (match s1 with
               | [] -> None
               | e :: s2 ->
                 (match short_escape e with
                  | Some d -> string s2 (d :: acc)
                  | None ->
                    if eqb0 e '\x75'
                    then (match s2 with
                          | [] -> None
                          | a1 :: l ->
                            (match l with
                             | [] -> None
                             | a2 :: l0 ->
                               (match l0 with
                                | [] -> None
                                | a3 :: l1 ->
                                  (match l1 with
                                   | [] -> None
                                   | a4 :: s3 ->
                                     (match hex4 a1 a2 a3 a4 with
                                      | Some n0 ->
                                        if between (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice (Integers.twice
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             Integers.one)))))))))))))))
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             (Integers.twice_and_one
                                             (Integers.twice
                                             (Integers.twice_and_one
                                             Integers.one))))))))))))))) n0
                                        then (match s3 with
                                              | [] -> None
                                              | b :: l2 ->
                                                (match l2 with
                                                 | [] -> None
                                                 | u :: l3 ->
                                                   (match l3 with
                                                    | [] -> None
                                                    | b1 :: l4 ->
                                                      (match l4 with
                                                       | [] -> None
                                                       | b2 :: l5 ->
                                                         (match l5 with
                                                          | [] -> None
                                                          | b3 :: l6 ->
                                                            (match l6 with
                                                             | [] -> None
                                                             | b4 :: s4 ->
                                                               (match 
                                                                hex4 b1 b2 b3
                                                                  b4 with
                                                                | Some m ->
                                                                  if 
                                                                    (&&)
                                                                    (eqb0 b
                                                                    '\x5c')
                                                                    ((&&)
                                                                    (eqb0 u
                                                                    '\x75')
                                                                    (between
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    Integers.one)))))))))))))))
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    Integers.one)))))))))))))))
                                                                    m))
                                                                  then 
                                                                    string s4
                                                                    (cat
                                                                    (point
                                                                    (Z.add
                                                                    (Z.add
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    Integers.one))))))))))))))))
                                                                    (Z.mul
                                                                    (Z.sub n0
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    Integers.one))))))))))))))))
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    Integers.one))))))))))))
                                                                    (Z.sub m
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice_and_one
                                                                    (Integers.twice
                                                                    (Integers.twice_and_one
                                                                    Integers.one))))))))))))))))))
                                                                    acc)
                                                                  else None
                                                                | None -> None)))))))
                                        else if between (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice
                                                  (Integers.twice_and_one
                                                  Integers.one)))))))))))))))
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice_and_one
                                                  (Integers.twice
                                                  (Integers.twice_and_one
                                                  Integers.one)))))))))))))))
                                                  n0
                                             then None
                                             else string s3
                                                    (cat (point n0) acc)
                                      | None -> None)))))
                    else None))
         else if Z.ltb (code c) (Integers.twice (Integers.twice
                   (Integers.twice (Integers.twice (Integers.twice
                   Integers.one)))))
              then None
              else string s1 (c :: acc)

(** val json_at : int -> int -> bytes -> (json * bytes) option **)

let rec json_at fuel depth s =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> None)
    (fun fuel' ->
    match skip s with
    | [] -> None
    | c :: s1 ->
      if eqb0 c '\x22'
      then (match string s1 [] with
            | Some p -> let (t, s2) = p in Some ((Str t), s2)
            | None -> None)
      else ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
              (fun _ -> None)
              (fun depth' ->
              if eqb0 c '\x5b'
              then (match skip s1 with
                    | [] -> None
                    | c2 :: s2 ->
                      if eqb0 c2 '\x5d'
                      then Some ((Arr []), s2)
                      else items fuel' depth' s1 [])
              else if eqb0 c '\x7b'
                   then (match skip s1 with
                         | [] -> None
                         | c2 :: s2 ->
                           if eqb0 c2 '\x7d'
                           then Some ((Obj []), s2)
                           else members fuel' depth' s1 [])
                   else None)
              depth))
    fuel

(** val items : int -> int -> bytes -> json list -> (json * bytes) option **)

and items fuel depth s acc =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> None)
    (fun fuel' ->
    match json_at fuel' depth s with
    | Some p ->
      let (v, s1) = p in
      (match skip s1 with
       | [] -> None
       | c :: s2 ->
         if eqb0 c '\x2c'
         then items fuel' depth s2 (v :: acc)
         else if eqb0 c '\x5d'
              then Some ((Arr (rev (v :: acc))), s2)
              else None)
    | None -> None)
    fuel

(** val members :
    int -> int -> bytes -> (bytes * json) list -> (json * bytes) option **)

and members fuel depth s acc =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> None)
    (fun fuel' ->
    match skip s with
    | [] -> None
    | c :: s1 ->
      if eqb0 c '\x22'
      then (match string s1 [] with
            | Some p ->
              let (k, s2) = p in
              (match skip s2 with
               | [] -> None
               | c3 :: s3 ->
                 if eqb0 c3 '\x3a'
                 then (match json_at fuel' depth s3 with
                       | Some p0 ->
                         let (v, s4) = p0 in
                         (match skip s4 with
                          | [] -> None
                          | c5 :: s5 ->
                            if eqb0 c5 '\x2c'
                            then members fuel' depth s5 ((k, v) :: acc)
                            else if eqb0 c5 '\x7d'
                                 then Some ((Obj (rev ((k, v) :: acc))), s5)
                                 else None)
                       | None -> None)
                 else None)
            | None -> None)
      else None)
    fuel

(** val parse : bytes -> json option **)

let parse s =
  if utf8 s
  then (match json_at (Integers.nat_succ (count s)) (Integers.nat_succ
                (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                (Integers.nat_succ (Integers.nat_succ 0)))))))))))) s with
        | Some p ->
          let (v, s') = p in
          (match skip s' with
           | [] -> Some v
           | _ :: _ -> None)
        | None -> None)
  else None

(** val before : bytes -> bytes -> bool **)

let rec before s t =
  match s with
  | [] -> true
  | a :: s' ->
    (match t with
     | [] -> false
     | b :: t' -> if eqb0 a b then before s' t' else Z.ltb (code a) (code b))

(** val same : bytes -> bytes -> bool **)

let rec same s t =
  match s with
  | [] -> (match t with
           | [] -> true
           | _ :: _ -> false)
  | a :: s' ->
    (match t with
     | [] -> false
     | b :: t' -> (&&) (eqb0 a b) (same s' t'))

(** val merge_onto :
    ('a1 -> 'a1 -> bool) -> int -> 'a1 list -> 'a1 list -> 'a1 list -> 'a1
    list **)

let rec merge_onto le fuel s t acc =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ ->
    match s with
    | [] -> catrev t acc
    | _ :: _ -> catrev s acc)
    (fun n0 ->
    match s with
    | [] -> catrev t acc
    | x :: s' ->
      (match t with
       | [] -> catrev s acc
       | y :: t' ->
         if le x y
         then merge_onto le n0 s' t (x :: acc)
         else merge_onto le n0 s t' (y :: acc)))
    fuel

(** val merge_pairs :
    ('a1 -> 'a1 -> bool) -> 'a1 list list -> 'a1 list list -> 'a1 list list **)

let rec merge_pairs le runs acc =
  match runs with
  | [] -> catrev runs acc
  | s :: l ->
    (match l with
     | [] -> catrev runs acc
     | t :: runs' ->
       merge_pairs le runs'
         ((rev (merge_onto le (addn (count s) (count t)) s t [])) :: acc))

(** val merge_all :
    ('a1 -> 'a1 -> bool) -> int -> 'a1 list list -> 'a1 list **)

let rec merge_all le fuel runs =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> head [] runs)
    (fun n0 ->
    match runs with
    | [] -> head [] runs
    | _ :: l0 ->
      (match l0 with
       | [] -> head [] runs
       | _ :: _ -> merge_all le n0 (rev (merge_pairs le runs []))))
    fuel

(** val sorted_by : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list **)

let sorted_by le s =
  merge_all le (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
    (Integers.nat_succ
    0))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
    (rev (foldl (fun r x -> (x :: []) :: r) [] s))

(** val by_key : (bytes * 'a1) list -> (bytes * 'a1) list **)

let by_key s =
  sorted_by (fun x y -> before (fst x) (fst y)) s

(** val distinct : (bytes * 'a1) list -> bool **)

let rec distinct = function
| [] -> true
| x :: s' ->
  (match s' with
   | [] -> true
   | y :: _ -> (&&) (negb (same (fst x) (fst y))) (distinct s'))

(** val lined_up :
    (bytes * int) list -> (bytes * json) list -> (int * json) list ->
    (int * json) list option **)

let rec lined_up e s acc =
  match e with
  | [] -> (match s with
           | [] -> Some acc
           | _ :: _ -> None)
  | k :: e' ->
    (match s with
     | [] -> None
     | m :: s' ->
       if same (fst k) (fst m)
       then lined_up e' s' (((snd k), (snd m)) :: acc)
       else None)

(** val numbered : 'a1 list -> ('a1 * int) list **)

let numbered s =
  fst
    (foldl (fun r x -> (((x, (snd r)) :: (fst r)), (Integers.nat_succ
      (snd r)))) ([], 0) s)

(** val fields : bytes list -> json -> json list option **)

let fields ks = function
| Obj l ->
  let s = by_key l in
  if distinct s
  then Option.map (fun v ->
         rev
           (foldl (fun r x -> (snd x) :: r) []
             (sorted_by (fun x y -> leq (fst x) (fst y)) v)))
         (lined_up (by_key (numbered ks)) s [])
  else None
| _ -> None

(** val each :
    ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list -> 'a2 list option **)

let rec each f s acc =
  match s with
  | [] -> Some (rev acc)
  | x :: s' -> (match f x with
                | Some y -> each f s' (y :: acc)
                | None -> None)

(** val list_of : (json -> 'a1 option) -> json -> 'a1 list option **)

let list_of f = function
| Arr l -> each f l []
| _ -> None

(** val str : json -> bytes option **)

let str = function
| Str s -> Some s
| _ -> None

(** val mask0 : Integers.t **)

let mask0 =
  (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one Integers.one)))))))))))))))))))))))))))))))

(** val word : Integers.t -> Integers.t **)

let word z0 =
  Z.coq_land z0 mask0

(** val twice : Integers.t **)

let twice =
  (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))))

(** val turn : Integers.t -> Integers.t -> Integers.t **)

let turn k z0 =
  word (Z.shiftr (Z.mul z0 twice) k)

(** val xor3 : Integers.t -> Integers.t -> Integers.t -> Integers.t **)

let xor3 a b c =
  Z.coq_lxor a (Z.coq_lxor b c)

(** val constants : Integers.t list **)

let constants =
  (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))))) :: [])))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

(** val start : Integers.t list **)

let start =
  (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    Integers.one))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: ((Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one))))))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))))))))))) :: ((Integers.twice_and_one
    (Integers.twice (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    Integers.one)))))))))))))))))))))))))))))) :: [])))))))

(** val by2 : Integers.t **)

let by2 =
  (Integers.twice Integers.one)

(** val by3 : Integers.t **)

let by3 =
  (Integers.twice_and_one Integers.one)

(** val by6 : Integers.t **)

let by6 =
  (Integers.twice (Integers.twice_and_one Integers.one))

(** val by7 : Integers.t **)

let by7 =
  (Integers.twice_and_one (Integers.twice_and_one Integers.one))

(** val by10 : Integers.t **)

let by10 =
  (Integers.twice (Integers.twice_and_one (Integers.twice Integers.one)))

(** val by11 : Integers.t **)

let by11 =
  (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    Integers.one)))

(** val by13 : Integers.t **)

let by13 =
  (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
    Integers.one)))

(** val by17 : Integers.t **)

let by17 =
  (Integers.twice_and_one (Integers.twice (Integers.twice (Integers.twice
    Integers.one))))

(** val by18 : Integers.t **)

let by18 =
  (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    Integers.one))))

(** val by19 : Integers.t **)

let by19 =
  (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
    (Integers.twice Integers.one))))

(** val by22 : Integers.t **)

let by22 =
  (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
    (Integers.twice Integers.one))))

(** val by25 : Integers.t **)

let by25 =
  (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one Integers.one))))

(** val round :
    Integers.t list -> Integers.t -> Integers.t -> Integers.t list **)

let round v k w =
  match v with
  | [] -> v
  | a :: l ->
    (match l with
     | [] -> v
     | b :: l0 ->
       (match l0 with
        | [] -> v
        | c :: l1 ->
          (match l1 with
           | [] -> v
           | d :: l2 ->
             (match l2 with
              | [] -> v
              | e :: l3 ->
                (match l3 with
                 | [] -> v
                 | f :: l4 ->
                   (match l4 with
                    | [] -> v
                    | g :: l5 ->
                      (match l5 with
                       | [] -> v
                       | h :: l6 ->
                         (match l6 with
                          | [] ->
                            let t1 =
                              Z.add
                                (Z.add
                                  (Z.add
                                    (Z.add h
                                      (xor3 (turn by6 e) (turn by11 e)
                                        (turn by25 e)))
                                    (Z.coq_lxor (Z.coq_land e f)
                                      (Z.coq_land (Z.sub mask0 e) g))) k) w
                            in
                            let t2 =
                              Z.add
                                (xor3 (turn by2 a) (turn by13 a)
                                  (turn by22 a))
                                (xor3 (Z.coq_land a b) (Z.coq_land a c)
                                  (Z.coq_land b c))
                            in
                            (word (Z.add t1 t2)) :: (a :: (b :: (c :: (
                            (word (Z.add d t1)) :: (e :: (f :: (g :: [])))))))
                          | _ :: _ -> v))))))))

(** val slide : Integers.t list -> Integers.t list **)

let slide w =
  let s = fun x -> nth Integers.zero w x in
  rcons (behead w)
    (word
      (Z.add
        (Z.add
          (Z.add (s 0)
            (xor3 (turn by7 (s (Integers.nat_succ 0)))
              (turn by18 (s (Integers.nat_succ 0)))
              (Z.shiftr (s (Integers.nat_succ 0)) by3)))
          (s (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
            (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
            (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
            0)))))))))))
        (xor3
          (turn by17
            (s (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ 0))))))))))))))))
          (turn by19
            (s (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ 0))))))))))))))))
          (Z.shiftr
            (s (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
              (Integers.nat_succ (Integers.nat_succ 0))))))))))))))) by10))))

(** val rounds :
    Integers.t list -> Integers.t list -> Integers.t list -> Integers.t list **)

let rec rounds ks v w =
  match ks with
  | [] -> v
  | k :: ks' -> rounds ks' (round v k (head Integers.zero w)) (slide w)

(** val compress : Integers.t list -> Integers.t list -> Integers.t list **)

let compress h w =
  map0 (fun p -> word (Z.add (fst p) (snd p))) (zip h (rounds constants h w))

(** val byte_size : Integers.t **)

let byte_size =
  (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    Integers.one))))))))

(** val absorb :
    bytes -> int -> Integers.t list -> Integers.t list -> Integers.t list **)

let rec absorb s left w h =
  match s with
  | [] -> h
  | a :: l ->
    (match l with
     | [] -> h
     | b :: l0 ->
       (match l0 with
        | [] -> h
        | c :: l1 ->
          (match l1 with
           | [] -> h
           | d :: s' ->
             let w' =
               (Z.add
                 (Z.mul
                   (Z.add
                     (Z.mul (Z.add (Z.mul (code a) byte_size) (code b))
                       byte_size) (code c)) byte_size) (code d)) :: w
             in
             ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
                (fun _ ->
                absorb s' (Integers.nat_succ (Integers.nat_succ
                  (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                  (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                  (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                  (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                  (Integers.nat_succ 0))))))))))))))) [] (compress h (rev w')))
                (fun left' -> absorb s' left' w' h)
                left))))

(** val big_endian : int -> Integers.t -> bytes -> bytes **)

let rec big_endian n0 z0 out =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> out)
    (fun n' ->
    big_endian n'
      (Z.shiftr z0 (Integers.twice (Integers.twice (Integers.twice
        Integers.one))))
      ((byte_of
         (Z.coq_land z0 (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one Integers.one))))))))) :: out))
    n0

(** val padded : bytes -> bytes **)

let padded s =
  let n0 = Z.of_nat (count s) in
  catrev (rev s)
    ('\x80' :: (ncons
                 (Z.to_nat
                   (Z.modulo
                     (Z.sub (Integers.twice_and_one (Integers.twice_and_one
                       (Integers.twice_and_one (Integers.twice
                       (Integers.twice_and_one Integers.one))))) n0)
                     (Integers.twice (Integers.twice (Integers.twice
                     (Integers.twice (Integers.twice (Integers.twice
                     Integers.one)))))))) '\x00'
                 (big_endian (Integers.nat_succ (Integers.nat_succ
                   (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                   (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                   0))))))))
                   (Z.mul (Integers.twice (Integers.twice (Integers.twice
                     Integers.one))) n0) [])))

(** val hex_digit : Integers.t -> char **)

let hex_digit z0 =
  byte_of
    (if Z.ltb z0 (Integers.twice (Integers.twice_and_one (Integers.twice
          Integers.one)))
     then Z.add (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice_and_one Integers.one))))) z0
     else Z.add (Integers.twice_and_one (Integers.twice_and_one
            (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
            (Integers.twice Integers.one)))))) z0)

(** val hex_word : Integers.t -> bytes **)

let hex_word z0 =
  foldr (fun b out ->
    (hex_digit
      (Z.shiftr (code b) (Integers.twice (Integers.twice Integers.one)))) :: (
    (hex_digit
      (Z.coq_land (code b) (Integers.twice_and_one (Integers.twice_and_one
        (Integers.twice_and_one Integers.one))))) :: out)) []
    (big_endian (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
      (Integers.nat_succ 0)))) z0 [])

(** val sha256 : bytes -> bytes **)

let sha256 s =
  flatten
    (map0 hex_word
      (absorb (padded s) (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ 0))))))))))))))) [] start))

type fraction_matrix = Integers.t * matrix

type family = fraction_matrix list list

type rational = Integers.t * Integers.t

type centred = { outcomes_of : int list list; dims_of : int list;
                 centre_of : family list; radius_of : rational }

type label = (int option * int) list

type bounded = { scenario_of_bound : (int list list * int list);
                 functional_of : (label * fraction_matrix) list;
                 tolerance_of : rational; upper_of : rational }

type statement =
| NoParentStates of centred
| ParentStates of centred
| QuantumRealisation of centred
| NoiseRobustness of centred * family list * rational * rational
| SmallestEigenvalue of centred * rational * rational
| QuantumBound of bounded
| NoQuantumCorrelations of centred
| OutsideLevel of centred
| LhsModel of centred
| NoLhsModel of centred
| LhsNoiseRobustness of centred * family list * rational * rational
| NonlocalCorrelations of centred
| NoProductLhsModel of centred * int list
| ProductLhsModel of centred * int list
| QuantumMixture of centred

(** val decimal : int -> Integers.t -> bytes -> bytes **)

let rec decimal fuel z0 out =
  let out' =
    (byte_of
      (Z.add (Integers.twice (Integers.twice (Integers.twice (Integers.twice
        (Integers.twice_and_one Integers.one)))))
        (Z.modulo z0 (Integers.twice (Integers.twice_and_one (Integers.twice
          Integers.one)))))) :: out
  in
  ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
     (fun _ -> out')
     (fun n0 ->
     if Z.ltb z0 (Integers.twice (Integers.twice_and_one (Integers.twice
          Integers.one)))
     then out'
     else decimal n0
            (Z.div z0 (Integers.twice (Integers.twice_and_one (Integers.twice
              Integers.one)))) out')
     fuel)

(** val write_natural : Integers.t -> bytes **)

let write_natural z0 =
  decimal (Z.to_nat (Z.log2 z0)) z0 []

(** val write_integer : Integers.t -> bytes **)

let write_integer z0 =
  if Z.ltb z0 Integers.zero
  then '\x2d' :: (write_natural (Z.opp z0))
  else write_natural z0

(** val write_nat : int -> bytes **)

let write_nat n0 =
  write_natural (Z.of_nat n0)

(** val write_rational : rational -> bytes **)

let write_rational r =
  if Z.eqb (snd r) Integers.one
  then write_integer (fst r)
  else cat (write_integer (fst r)) ('\x2f' :: (write_integer (snd r)))

(** val commas : bytes list -> bytes **)

let commas = function
| [] -> []
| x :: l' -> cat x (flatten (map0 (fun y -> '\x2c' :: y) l'))

(** val settings_text : int list list -> int -> bytes **)

let settings_text o x =
  commas
    (map0 (fun j -> write_nat (dig (setting_radices o) j x))
      (iota 0 (size0 o)))

(** val element_label : int list list -> int -> int -> bytes **)

let element_label o x a =
  cat
    (commas
      (map0 (fun j -> write_nat (dig (outcome_radices o x) j a))
        (iota 0 (size0 o)))) ('\x7c' :: (settings_text o x))

(** val element_labels : int list list -> bytes list list **)

let element_labels o =
  map0 (fun x ->
    map0 (fun a -> element_label o x a) (iota 0 (card (outcome_radices o x))))
    (iota 0 (card (setting_radices o)))

(** val object0 : (bytes * json) list -> json **)

let object0 l =
  Obj (by_key l)

(** val write_rows :
    ((Integers.t * Integers.t) -> Integers.t) -> matrix -> json **)

let write_rows f a =
  Arr
    (map0 (fun row0 -> Arr
      (map0 (fun z0 -> Str (write_integer (f z0))) row0)) a)

(** val is_real : matrix -> bool **)

let is_real a =
  all (all (fun z0 -> Z.eqb (snd z0) Integers.zero)) a

(** val write_matrix : fraction_matrix -> json **)

let write_matrix m =
  object0
    (cat ((('\x64' :: ('\x65' :: ('\x6e' :: []))), (Str
      (write_integer (fst m)))) :: ((('\x72' :: ('\x65' :: [])),
      (write_rows fst (snd m))) :: []))
      (if is_real (snd m)
       then []
       else (('\x69' :: ('\x6d' :: [])), (write_rows snd (snd m))) :: []))

(** val write_family : bytes list list -> family -> json **)

let write_family labels f =
  object0
    (flatten
      (map0 (fun p -> zip (fst p) (map0 write_matrix (snd p))) (zip labels f)))

(** val write_numbers : int list -> json **)

let write_numbers l =
  Arr (map0 (fun n0 -> Str (write_nat n0)) l)

(** val write_scenario : int list list -> int list -> json **)

let write_scenario o d =
  object0
    ((('\x64' :: ('\x69' :: ('\x6d' :: ('\x65' :: ('\x6e' :: ('\x73' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: [])))))))))),
    (write_numbers d)) :: ((('\x6f' :: ('\x75' :: ('\x74' :: ('\x63' :: ('\x6f' :: ('\x6d' :: ('\x65' :: ('\x73' :: [])))))))),
    (Arr (map0 write_numbers o))) :: []))

(** val write_centred : centred -> (bytes * json) list **)

let write_centred c =
  (('\x73' :: ('\x63' :: ('\x65' :: ('\x6e' :: ('\x61' :: ('\x72' :: ('\x69' :: ('\x6f' :: [])))))))),
    (write_scenario c.outcomes_of c.dims_of)) :: ((('\x63' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x72' :: ('\x65' :: [])))))),
    (Arr
    (map0 (write_family (element_labels c.outcomes_of)) c.centre_of))) :: ((('\x72' :: ('\x61' :: ('\x64' :: ('\x69' :: ('\x75' :: ('\x73' :: [])))))),
    (Str (write_rational c.radius_of))) :: []))

(** val label_text : label -> bytes **)

let label_text l =
  cat
    (commas
      (map0 (fun e ->
        match fst e with
        | Some a -> write_nat a
        | None -> '\x2a' :: []) l))
    ('\x7c' :: (commas (map0 (fun e -> write_nat (snd e)) l)))

(** val write_coefficient : int list -> fraction_matrix -> json **)

let write_coefficient d m =
  if (&&) (all (eqn (Integers.nat_succ 0)) d) (is_real (snd m))
  then Str (write_rational ((fst (entry (snd m) 0 0)), (fst m)))
  else write_matrix m

(** val write_bounded : bounded -> (bytes * json) list **)

let write_bounded b =
  let (o, d) = b.scenario_of_bound in
  (('\x73' :: ('\x63' :: ('\x65' :: ('\x6e' :: ('\x61' :: ('\x72' :: ('\x69' :: ('\x6f' :: [])))))))),
  (write_scenario o d)) :: ((('\x66' :: ('\x75' :: ('\x6e' :: ('\x63' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x61' :: ('\x6c' :: [])))))))))),
  (object0
    (map0 (fun x -> ((label_text (fst x)), (write_coefficient d (snd x))))
      b.functional_of))) :: ((('\x72' :: ('\x61' :: ('\x64' :: ('\x69' :: ('\x75' :: ('\x73' :: [])))))),
  (Str
  (write_rational b.tolerance_of))) :: ((('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))),
  (Str (write_rational b.upper_of))) :: [])))

(** val claim_of : statement -> bytes **)

let claim_of = function
| NoParentStates _ ->
  '\x6e' :: ('\x6f' :: ('\x20' :: ('\x70' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x20' :: ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: [])))))))))))))))
| ParentStates _ ->
  '\x70' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x20' :: ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: []))))))))))))
| QuantumRealisation _ ->
  '\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x72' :: ('\x65' :: ('\x61' :: ('\x6c' :: ('\x69' :: ('\x73' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: []))))))))))))))))))
| NoiseRobustness (_, _, _, _) ->
  '\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: ('\x20' :: ('\x72' :: ('\x6f' :: ('\x62' :: ('\x75' :: ('\x73' :: ('\x74' :: ('\x6e' :: ('\x65' :: ('\x73' :: ('\x73' :: [])))))))))))))))
| SmallestEigenvalue (_, _, _) ->
  '\x73' :: ('\x6d' :: ('\x61' :: ('\x6c' :: ('\x6c' :: ('\x65' :: ('\x73' :: ('\x74' :: ('\x20' :: ('\x65' :: ('\x69' :: ('\x67' :: ('\x65' :: ('\x6e' :: ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: []))))))))))))))))))
| QuantumBound _ ->
  '\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x62' :: ('\x6f' :: ('\x75' :: ('\x6e' :: ('\x64' :: []))))))))))))
| NoQuantumCorrelations _ ->
  '\x6e' :: ('\x6f' :: ('\x20' :: ('\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x63' :: ('\x6f' :: ('\x72' :: ('\x72' :: ('\x65' :: ('\x6c' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: []))))))))))))))))))))))
| OutsideLevel _ ->
  '\x6f' :: ('\x75' :: ('\x74' :: ('\x73' :: ('\x69' :: ('\x64' :: ('\x65' :: ('\x20' :: ('\x61' :: ('\x20' :: ('\x6c' :: ('\x65' :: ('\x76' :: ('\x65' :: ('\x6c' :: []))))))))))))))
| LhsModel _ ->
  '\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: []))))))))
| NoLhsModel _ ->
  '\x6e' :: ('\x6f' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))))))))
| LhsNoiseRobustness (_, _, _, _) ->
  '\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: ('\x20' :: ('\x72' :: ('\x6f' :: ('\x62' :: ('\x75' :: ('\x73' :: ('\x74' :: ('\x6e' :: ('\x65' :: ('\x73' :: ('\x73' :: [])))))))))))))))))))
| NonlocalCorrelations _ ->
  '\x6e' :: ('\x6f' :: ('\x6e' :: ('\x6c' :: ('\x6f' :: ('\x63' :: ('\x61' :: ('\x6c' :: ('\x20' :: ('\x63' :: ('\x6f' :: ('\x72' :: ('\x72' :: ('\x65' :: ('\x6c' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: []))))))))))))))))))))
| NoProductLhsModel (_, _) ->
  '\x6e' :: ('\x6f' :: ('\x20' :: ('\x70' :: ('\x72' :: ('\x6f' :: ('\x64' :: ('\x75' :: ('\x63' :: ('\x74' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))))))))))))))))
| ProductLhsModel (_, _) ->
  '\x70' :: ('\x72' :: ('\x6f' :: ('\x64' :: ('\x75' :: ('\x63' :: ('\x74' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: []))))))))))))))))
| QuantumMixture _ ->
  '\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x6d' :: ('\x69' :: ('\x78' :: ('\x74' :: ('\x75' :: ('\x72' :: ('\x65' :: []))))))))))))))

(** val write_bounds : rational -> rational -> (bytes * json) list **)

let write_bounds lower upper =
  (('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: []))))), (Str
    (write_rational lower))) :: ((('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))),
    (Str (write_rational upper))) :: [])

(** val write_noise : centred -> family list -> bytes * json **)

let write_noise c noise =
  (('\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: []))))), (Arr
    (map0 (write_family (element_labels c.outcomes_of)) noise)))

(** val particulars : statement -> (bytes * json) list **)

let particulars = function
| NoParentStates c -> write_centred c
| ParentStates c -> write_centred c
| QuantumRealisation c -> write_centred c
| NoiseRobustness (c, noise, l, u) ->
  (write_noise c noise) :: (cat (write_centred c) (write_bounds l u))
| SmallestEigenvalue (c, l, u) -> cat (write_centred c) (write_bounds l u)
| QuantumBound b -> write_bounded b
| NoQuantumCorrelations c -> write_centred c
| OutsideLevel c -> write_centred c
| LhsModel c -> write_centred c
| NoLhsModel c -> write_centred c
| LhsNoiseRobustness (c, noise, l, u) ->
  (write_noise c noise) :: (cat (write_centred c) (write_bounds l u))
| NonlocalCorrelations c -> write_centred c
| NoProductLhsModel (c, f) ->
  (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: ('\x73' :: []))))))),
    (write_numbers f)) :: (write_centred c)
| ProductLhsModel (c, f) ->
  (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: ('\x73' :: []))))))),
    (write_numbers f)) :: (write_centred c)
| QuantumMixture c -> write_centred c

(** val format_of : bytes **)

let format_of =
  '\x65' :: ('\x78' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x73' :: ('\x74' :: ('\x65' :: ('\x65' :: ('\x72' :: ('\x20' :: ('\x70' :: ('\x72' :: ('\x6f' :: ('\x6f' :: ('\x66' :: ('\x20' :: ('\x31' :: [])))))))))))))))))

(** val write : statement -> bytes **)

let write st =
  print
    (object0
      (cat
        ((('\x66' :: ('\x6f' :: ('\x72' :: ('\x6d' :: ('\x61' :: ('\x74' :: [])))))),
        (Str
        format_of)) :: ((('\x63' :: ('\x6c' :: ('\x61' :: ('\x69' :: ('\x6d' :: []))))),
        (Str (claim_of st))) :: [])) (particulars st)))

(** val member_of : family -> int -> int -> fraction_matrix **)

let member_of f x a =
  nth (Integers.zero, []) (nth [] f x) a

(** val ten : Integers.t **)

let ten =
  (Integers.twice (Integers.twice_and_one (Integers.twice Integers.one)))

(** val digit_0 : Integers.t **)

let digit_0 =
  (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one Integers.one)))))

(** val digit_9 : Integers.t **)

let digit_9 =
  (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one Integers.one)))))

(** val digits : bytes -> int -> Integers.t -> Integers.t option **)

let rec digits s left acc =
  match s with
  | [] -> Some acc
  | c :: s' ->
    ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
       (fun _ -> None)
       (fun left' ->
       if between digit_0 digit_9 (code c)
       then digits s' left' (Z.add (Z.mul ten acc) (Z.sub (code c) digit_0))
       else None)
       left)

(** val natural : bytes -> Integers.t option **)

let natural s = match s with
| [] -> None
| c :: s' ->
  if (&&) (eqb0 c '\x30') (negb (nilp s'))
  then None
  else digits s
         (Z.to_nat (Integers.twice (Integers.twice (Integers.twice
           (Integers.twice (Integers.twice (Integers.twice_and_one
           (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one
           Integers.one)))))))))))) Integers.zero

(** val integer : bytes -> Integers.t option **)

let integer s = match s with
| [] -> None
| c :: s' ->
  if eqb0 c '\x2d'
  then Option.bind (fun z0 ->
         if Z.eqb z0 Integers.zero then None else Some (Z.opp z0))
         (natural s')
  else natural s

(** val cut : char -> bytes -> bytes -> bytes * bytes option **)

let rec cut x s acc =
  match s with
  | [] -> ((rev acc), None)
  | c :: s' ->
    if eqb0 c x then ((rev acc), (Some s')) else cut x s' (c :: acc)

(** val read_rational : bytes -> rational option **)

let read_rational s =
  let (p, o) = cut '\x2f' s [] in
  (match o with
   | Some q ->
     let o0 = integer p in
     let o1 = natural q in
     (match o0 with
      | Some p0 ->
        (match o1 with
         | Some q0 ->
           if (&&) (Z.ltb Integers.one q0) (Z.eqb (Z.gcd p0 q0) Integers.one)
           then Some (p0, q0)
           else None
         | None -> None)
      | None -> None)
   | None -> Option.map (fun z0 -> (z0, Integers.one)) (integer p))

(** val rational_at : json -> rational option **)

let rational_at j =
  Option.bind read_rational (str j)

(** val integer_at : json -> Integers.t option **)

let integer_at j =
  Option.bind integer (str j)

(** val product : Integers.t list -> Integers.t **)

let product l =
  foldl Z.mul Integers.one l

(** val total : Integers.t list -> Integers.t **)

let total l =
  foldl Z.add Integers.zero l

(** val positive_numbers : Integers.t list -> bool **)

let positive_numbers l =
  all (Z.leb Integers.one) l

(** val scenario_at : json -> (int list list * int list) option **)

let scenario_at j =
  match fields
          (('\x64' :: ('\x69' :: ('\x6d' :: ('\x65' :: ('\x6e' :: ('\x73' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: [])))))))))) :: (('\x6f' :: ('\x75' :: ('\x74' :: ('\x63' :: ('\x6f' :: ('\x6d' :: ('\x65' :: ('\x73' :: [])))))))) :: []))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jd :: l0 ->
       (match l0 with
        | [] -> None
        | jo :: l1 ->
          (match l1 with
           | [] ->
             let o0 = list_of integer_at jd in
             let o1 = list_of (list_of integer_at) jo in
             (match o0 with
              | Some d ->
                (match o1 with
                 | Some o ->
                   let d0 = product d in
                   let e = product (map0 total o) in
                   if (&&) (leq (Integers.nat_succ 0) (size0 d))
                        ((&&) (leq (Integers.nat_succ 0) (size0 o))
                          ((&&)
                            (leq (size0 d) (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ (Integers.nat_succ
                              (Integers.nat_succ
                              0)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
                            ((&&)
                              (leq (size0 o) (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ (Integers.nat_succ
                                (Integers.nat_succ
                                0)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
                              ((&&) (positive_numbers d)
                                ((&&)
                                  (all (fun r ->
                                    (&&)
                                      (leq (Integers.nat_succ 0) (size0 r))
                                      (positive_numbers r)) o)
                                  ((&&)
                                    (Z.leb d0 (Integers.twice (Integers.twice
                                      (Integers.twice (Integers.twice
                                      (Integers.twice (Integers.twice
                                      (Integers.twice (Integers.twice
                                      Integers.one)))))))))
                                    ((&&)
                                      (Z.leb e (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice
                                        Integers.one)))))))))))))))))
                                      (Z.leb (Z.mul e (Z.mul d0 d0))
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        (Integers.twice (Integers.twice
                                        Integers.one))))))))))))))))))))))))))))))))
                   then Some ((map0 (map0 Z.to_nat) o), (map0 Z.to_nat d))
                   else None
                 | None -> None)
              | None -> None)
           | _ :: _ -> None)))
  | None -> None

(** val rows_at : int -> int -> json -> Integers.t list list option **)

let rows_at r c j =
  Option.bind (fun a ->
    if (&&) (eq_op nat_eqType (Obj.magic size0 a) (Obj.magic r))
         (all (fun row0 ->
           eq_op nat_eqType (Obj.magic size0 row0) (Obj.magic c)) a)
    then Some a
    else None) (list_of (list_of integer_at) j)

(** val gcd_rows : Integers.t list list -> Integers.t -> Integers.t **)

let gcd_rows a g =
  foldl (foldl Z.gcd) g a

(** val matrix_at : int -> int -> json -> fraction_matrix option **)

let matrix_at r c j =
  match fields
          (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: []))
          j with
  | Some l ->
    (match l with
     | [] ->
       (match fields
                (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                j with
        | Some l0 ->
          (match l0 with
           | [] -> None
           | jd :: l1 ->
             (match l1 with
              | [] -> None
              | jr :: l2 ->
                (match l2 with
                 | [] -> None
                 | ji :: l3 ->
                   (match l3 with
                    | [] ->
                      let p = ((integer_at jd), (rows_at r c jr)) in
                      let o = rows_at r c ji in
                      let (o0, o1) = p in
                      (match o0 with
                       | Some d ->
                         (match o1 with
                          | Some re ->
                            (match o with
                             | Some im ->
                               if (&&) (Z.ltb Integers.zero d)
                                    ((&&)
                                      (Z.eqb (gcd_rows re (gcd_rows im d))
                                        Integers.one)
                                      (negb
                                        (all (all (Z.eqb Integers.zero)) im)))
                               then Some (d,
                                      (map0 (fun x -> zip (fst x) (snd x))
                                        (zip re im)))
                               else None
                             | None -> None)
                          | None -> None)
                       | None -> None)
                    | _ :: _ -> None))))
        | None -> None)
     | jd :: l0 ->
       (match l0 with
        | [] ->
          (match fields
                   (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                   j with
           | Some l1 ->
             (match l1 with
              | [] -> None
              | jd0 :: l2 ->
                (match l2 with
                 | [] -> None
                 | jr :: l3 ->
                   (match l3 with
                    | [] -> None
                    | ji :: l4 ->
                      (match l4 with
                       | [] ->
                         let p = ((integer_at jd0), (rows_at r c jr)) in
                         let o = rows_at r c ji in
                         let (o0, o1) = p in
                         (match o0 with
                          | Some d ->
                            (match o1 with
                             | Some re ->
                               (match o with
                                | Some im ->
                                  if (&&) (Z.ltb Integers.zero d)
                                       ((&&)
                                         (Z.eqb (gcd_rows re (gcd_rows im d))
                                           Integers.one)
                                         (negb
                                           (all (all (Z.eqb Integers.zero))
                                             im)))
                                  then Some (d,
                                         (map0 (fun x -> zip (fst x) (snd x))
                                           (zip re im)))
                                  else None
                                | None -> None)
                             | None -> None)
                          | None -> None)
                       | _ :: _ -> None))))
           | None -> None)
        | jr :: l1 ->
          (match l1 with
           | [] ->
             let o = integer_at jd in
             let o0 = rows_at r c jr in
             (match o with
              | Some d ->
                (match o0 with
                 | Some re ->
                   if (&&) (Z.ltb Integers.zero d)
                        (Z.eqb (gcd_rows re d) Integers.one)
                   then Some (d,
                          (map0 (map0 (fun z0 -> (z0, Integers.zero))) re))
                   else None
                 | None -> None)
              | None -> None)
           | _ :: _ ->
             (match fields
                      (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                      j with
              | Some l2 ->
                (match l2 with
                 | [] -> None
                 | jd0 :: l3 ->
                   (match l3 with
                    | [] -> None
                    | jr0 :: l4 ->
                      (match l4 with
                       | [] -> None
                       | ji :: l5 ->
                         (match l5 with
                          | [] ->
                            let p = ((integer_at jd0), (rows_at r c jr0)) in
                            let o = rows_at r c ji in
                            let (o0, o1) = p in
                            (match o0 with
                             | Some d ->
                               (match o1 with
                                | Some re ->
                                  (match o with
                                   | Some im ->
                                     if (&&) (Z.ltb Integers.zero d)
                                          ((&&)
                                            (Z.eqb
                                              (gcd_rows re (gcd_rows im d))
                                              Integers.one)
                                            (negb
                                              (all
                                                (all (Z.eqb Integers.zero))
                                                im)))
                                     then Some (d,
                                            (map0 (fun x ->
                                              zip (fst x) (snd x))
                                              (zip re im)))
                                     else None
                                   | None -> None)
                                | None -> None)
                             | None -> None)
                          | _ :: _ -> None))))
              | None -> None))))
  | None ->
    (match fields
             (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
             j with
     | Some l ->
       (match l with
        | [] -> None
        | jd :: l0 ->
          (match l0 with
           | [] -> None
           | jr :: l1 ->
             (match l1 with
              | [] -> None
              | ji :: l2 ->
                (match l2 with
                 | [] ->
                   let p = ((integer_at jd), (rows_at r c jr)) in
                   let o = rows_at r c ji in
                   let (o0, o1) = p in
                   (match o0 with
                    | Some d ->
                      (match o1 with
                       | Some re ->
                         (match o with
                          | Some im ->
                            if (&&) (Z.ltb Integers.zero d)
                                 ((&&)
                                   (Z.eqb (gcd_rows re (gcd_rows im d))
                                     Integers.one)
                                   (negb (all (all (Z.eqb Integers.zero)) im)))
                            then Some (d,
                                   (map0 (fun x -> zip (fst x) (snd x))
                                     (zip re im)))
                            else None
                          | None -> None)
                       | None -> None)
                    | None -> None)
                 | _ :: _ -> None))))
     | None -> None)

(** val grouped : 'a2 list list -> 'a1 list -> 'a1 list list **)

let rec grouped shape0 s =
  match shape0 with
  | [] -> []
  | l :: shape' -> (take (size0 l) s) :: (grouped shape' (drop (size0 l) s))

(** val family_at : int -> int -> bytes list list -> json -> family option **)

let family_at r c labels j =
  Option.map (grouped labels)
    (Option.bind (fun v -> each (matrix_at r c) v [])
      (fields (flatten labels) j))

(** val families_at :
    (int * bytes list list) list -> json -> family list option **)

let families_at shapes = function
| Arr l ->
  if eq_op nat_eqType (Obj.magic size0 l) (Obj.magic size0 shapes)
  then each (fun f ->
         family_at (fst (fst f)) (fst (fst f)) (snd (fst f)) (snd f))
         (zip shapes l) []
  else None
| _ -> None

(** val centre_at :
    int list list -> int list -> json -> family list option **)

let centre_at o d j =
  families_at (map0 (fun k -> (k, (element_labels o))) d) j

(** val centred_at : json -> json -> json -> centred option **)

let centred_at js jc jr =
  let o0 = scenario_at js in
  let o1 = rational_at jr in
  (match o0 with
   | Some p ->
     let (o, d) = p in
     (match o1 with
      | Some r ->
        if Z.leb Integers.zero (fst r)
        then Option.map (fun c -> { outcomes_of = o; dims_of = d; centre_of =
               c; radius_of = r }) (centre_at o d jc)
        else None
      | None -> None)
   | None -> None)

(** val keys : char list list **)

let keys =
  ('\x66' :: ('\x6f' :: ('\x72' :: ('\x6d' :: ('\x61' :: ('\x74' :: [])))))) :: (('\x63' :: ('\x6c' :: ('\x61' :: ('\x69' :: ('\x6d' :: []))))) :: (('\x73' :: ('\x63' :: ('\x65' :: ('\x6e' :: ('\x61' :: ('\x72' :: ('\x69' :: ('\x6f' :: [])))))))) :: (('\x63' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x72' :: ('\x65' :: [])))))) :: (('\x72' :: ('\x61' :: ('\x64' :: ('\x69' :: ('\x75' :: ('\x73' :: [])))))) :: []))))

(** val with_centre :
    bytes list -> (centred -> json list -> statement option) -> json ->
    statement option **)

let with_centre more build j =
  match fields (cat keys more) j with
  | Some l ->
    (match l with
     | [] -> None
     | j0 :: l0 ->
       (match j0 with
        | Str f ->
          (match l0 with
           | [] -> None
           | j1 :: l1 ->
             (match j1 with
              | Str _ ->
                (match l1 with
                 | [] -> None
                 | js :: l2 ->
                   (match l2 with
                    | [] -> None
                    | jc :: l3 ->
                      (match l3 with
                       | [] -> None
                       | jr :: rest0 ->
                         if same f format_of
                         then Option.bind (fun c -> build c rest0)
                                (centred_at js jc jr)
                         else None)))
              | _ -> None))
        | _ -> None))
  | None -> None

(** val just : (centred -> statement) -> json -> statement option **)

let just mk =
  with_centre [] (fun c _ -> Some (mk c))

(** val at_most : rational -> rational -> bool **)

let at_most r s =
  Z.leb (Z.mul (fst r) (snd s)) (Z.mul (fst s) (snd r))

(** val with_bounds :
    (centred -> rational -> rational -> statement) -> json -> statement option **)

let with_bounds mk =
  with_centre
    (('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: []))))) :: (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: []))
    (fun c rest0 ->
    match rest0 with
    | [] -> None
    | jl :: l ->
      (match l with
       | [] -> None
       | ju :: l0 ->
         (match l0 with
          | [] ->
            let o = rational_at jl in
            let o0 = rational_at ju in
            (match o with
             | Some l1 ->
               (match o0 with
                | Some u -> if at_most l1 u then Some (mk c l1 u) else None
                | None -> None)
             | None -> None)
          | _ :: _ -> None)))

(** val with_noise :
    (centred -> family list -> rational -> rational -> statement) -> json ->
    statement option **)

let with_noise mk =
  with_centre
    (('\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: []))))) :: (('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: []))))) :: (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: [])))
    (fun c rest0 ->
    match rest0 with
    | [] -> None
    | jn :: l ->
      (match l with
       | [] -> None
       | jl :: l0 ->
         (match l0 with
          | [] -> None
          | ju :: l1 ->
            (match l1 with
             | [] ->
               let p = ((centre_at c.outcomes_of c.dims_of jn),
                 (rational_at jl))
               in
               let o = rational_at ju in
               let (o0, o1) = p in
               (match o0 with
                | Some n0 ->
                  (match o1 with
                   | Some l2 ->
                     (match o with
                      | Some u ->
                        if (&&) (Z.leb Integers.zero (fst l2))
                             ((&&) (at_most l2 u)
                               (at_most u (Integers.one, Integers.one)))
                        then Some (mk c n0 l2 u)
                        else None
                      | None -> None)
                   | None -> None)
                | None -> None)
             | _ :: _ -> None))))

(** val few_strategies : centred -> bool **)

let few_strategies c =
  let s = product (map0 Z.of_nat (flatten c.outcomes_of)) in
  let d = product (map0 Z.of_nat c.dims_of) in
  (&&)
    (Z.leb s (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      Integers.one)))))))))))))))))))))
    (Z.leb (Z.mul s (Z.mul d d)) (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice Integers.one)))))))))))))))))))))))))

(** val only_if :
    (centred -> bool) -> (centred -> statement) -> json -> statement option **)

let only_if ok mk =
  with_centre [] (fun c _ -> if ok c then Some (mk c) else None)

(** val correlations : centred -> bool **)

let correlations c =
  match c.dims_of with
  | [] -> false
  | n0 :: l ->
    ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
       (fun _ -> false)
       (fun n1 ->
       (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
         (fun _ -> match l with
                   | [] -> true
                   | _ :: _ -> false)
         (fun _ -> false)
         n1)
       n0)

(** val factors_ok : centred -> Integers.t list -> bool **)

let factors_ok c l =
  (&&) (leq (Integers.nat_succ (Integers.nat_succ 0)) (count l))
    ((&&)
      (leq (count l) (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
        (Integers.nat_succ (Integers.nat_succ 0)))))))))
      ((&&)
        (all
          (between (Integers.twice Integers.one) (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice
            Integers.one))))))))) l)
        (match c.dims_of with
         | [] -> false
         | d :: l0 ->
           (match l0 with
            | [] -> Z.eqb (product l) (Z.of_nat d)
            | _ :: _ -> false))))

(** val with_factors :
    (centred -> bool) -> (centred -> int list -> statement) -> json ->
    statement option **)

let with_factors ok mk =
  with_centre
    (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: ('\x73' :: []))))))) :: [])
    (fun c rest0 ->
    match rest0 with
    | [] -> None
    | jf :: l ->
      (match l with
       | [] ->
         Option.bind (fun l0 ->
           if (&&) (factors_ok c l0) (ok c)
           then Some (mk c (map0 Z.to_nat l0))
           else None) (list_of integer_at jf)
       | _ :: _ -> None))

(** val still : centred -> bool **)

let still c =
  Z.eqb (fst c.radius_of) Integers.zero

(** val pieces : int -> char -> bytes -> bytes list -> bytes list **)

let rec pieces fuel x s acc =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> rev acc)
    (fun n0 ->
    let (p, o) = cut x s [] in
    (match o with
     | Some s' -> pieces n0 x s' (p :: acc)
     | None -> rev (p :: acc)))
    fuel

(** val parts : char -> bytes -> bytes list **)

let parts x s =
  pieces (Integers.nat_succ (count s)) x s []

(** val pair_of : 'a1 option -> 'a2 option -> ('a1 * 'a2) option **)

let pair_of x y =
  match x with
  | Some x0 -> (match y with
                | Some y0 -> Some (x0, y0)
                | None -> None)
  | None -> None

(** val below : int -> bytes -> int option **)

let below n0 s =
  Option.bind (fun z0 ->
    if Z.ltb z0 (Z.of_nat n0) then Some (Z.to_nat z0) else None) (natural s)

(** val event_at : int list -> bytes -> bytes -> (int option * int) option **)

let event_at row0 a x =
  Option.bind (fun x0 ->
    if same a ('\x2a' :: [])
    then Some (None, x0)
    else Option.map (fun a0 -> ((Some a0), x0))
           (below (nth (Integers.nat_succ 0) row0 x0) a))
    (below (size0 row0) x)

(** val label_at : int list list -> bytes -> label option **)

let label_at o s =
  let (sa, o0) = cut '\x7c' s [] in
  (match o0 with
   | Some sx ->
     let a = parts '\x2c' sa in
     let x = parts '\x2c' sx in
     if (&&) (eq_op nat_eqType (Obj.magic size0 a) (Obj.magic size0 o))
          (eq_op nat_eqType (Obj.magic size0 x) (Obj.magic size0 o))
     then each (fun t -> event_at (fst t) (fst (snd t)) (snd (snd t)))
            (zip o (zip a x)) []
     else None
   | None -> None)

(** val coefficient_at : int -> json -> fraction_matrix option **)

let coefficient_at d j =
  if eqn d (Integers.nat_succ 0)
  then Option.map (fun r -> ((snd r), ((((fst r),
         Integers.zero) :: []) :: []))) (rational_at j)
  else matrix_at d d j

(** val functional_at :
    int list list -> int -> json -> (label * fraction_matrix) list option **)

let functional_at o d = function
| Obj l ->
  let s = by_key l in
  if distinct s
  then each (fun kv ->
         pair_of (label_at o (fst kv)) (coefficient_at d (snd kv))) s []
  else None
| _ -> None

(** val few_alices : int list list -> bool **)

let few_alices o =
  Z.leb (Z.of_nat (size0 o)) (Integers.twice (Integers.twice_and_one
    (Integers.twice (Integers.twice_and_one Integers.one))))

(** val bounded_at : json -> statement option **)

let bounded_at j =
  match fields
          (('\x66' :: ('\x6f' :: ('\x72' :: ('\x6d' :: ('\x61' :: ('\x74' :: [])))))) :: (('\x63' :: ('\x6c' :: ('\x61' :: ('\x69' :: ('\x6d' :: []))))) :: (('\x73' :: ('\x63' :: ('\x65' :: ('\x6e' :: ('\x61' :: ('\x72' :: ('\x69' :: ('\x6f' :: [])))))))) :: (('\x66' :: ('\x75' :: ('\x6e' :: ('\x63' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x61' :: ('\x6c' :: [])))))))))) :: (('\x72' :: ('\x61' :: ('\x64' :: ('\x69' :: ('\x75' :: ('\x73' :: [])))))) :: (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: []))))))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | j0 :: l0 ->
       (match j0 with
        | Str f ->
          (match l0 with
           | [] -> None
           | j1 :: l1 ->
             (match j1 with
              | Str _ ->
                (match l1 with
                 | [] -> None
                 | js :: l2 ->
                   (match l2 with
                    | [] -> None
                    | jf :: l3 ->
                      (match l3 with
                       | [] -> None
                       | jr :: l4 ->
                         (match l4 with
                          | [] -> None
                          | ju :: l5 ->
                            (match l5 with
                             | [] ->
                               if same f format_of
                               then let p = ((scenario_at js),
                                      (rational_at jr))
                                    in
                                    let o0 = rational_at ju in
                                    let (o1, o2) = p in
                                    (match o1 with
                                     | Some p0 ->
                                       let (o, d) = p0 in
                                       (match o2 with
                                        | Some r ->
                                          (match o0 with
                                           | Some u ->
                                             if (&&)
                                                  (Z.leb Integers.zero
                                                    (fst r)) (few_alices o)
                                             then Option.map (fun f0 ->
                                                    QuantumBound
                                                    { scenario_of_bound = (o,
                                                    d); functional_of = f0;
                                                    tolerance_of = r;
                                                    upper_of = u })
                                                    (functional_at o 
                                                      (card d) jf)
                                             else None
                                           | None -> None)
                                        | None -> None)
                                     | None -> None)
                               else None
                             | _ :: _ -> None)))))
              | _ -> None))
        | _ -> None))
  | None -> None

(** val readers : (bytes * (json -> statement option)) list **)

let readers =
  (('\x6e' :: ('\x6f' :: ('\x20' :: ('\x70' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x20' :: ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: [])))))))))))))))),
    (just (fun x -> NoParentStates x))) :: ((('\x70' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x6e' :: ('\x74' :: ('\x20' :: ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: []))))))))))))),
    (just (fun x -> ParentStates x))) :: ((('\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x72' :: ('\x65' :: ('\x61' :: ('\x6c' :: ('\x69' :: ('\x73' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: []))))))))))))))))))),
    (just (fun x -> QuantumRealisation x))) :: ((('\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: ('\x20' :: ('\x72' :: ('\x6f' :: ('\x62' :: ('\x75' :: ('\x73' :: ('\x74' :: ('\x6e' :: ('\x65' :: ('\x73' :: ('\x73' :: [])))))))))))))))),
    (with_noise (fun x x0 x1 x2 -> NoiseRobustness (x, x0, x1, x2)))) :: ((('\x73' :: ('\x6d' :: ('\x61' :: ('\x6c' :: ('\x6c' :: ('\x65' :: ('\x73' :: ('\x74' :: ('\x20' :: ('\x65' :: ('\x69' :: ('\x67' :: ('\x65' :: ('\x6e' :: ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: []))))))))))))))))))),
    (with_bounds (fun x x0 x1 -> SmallestEigenvalue (x, x0, x1)))) :: ((('\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x62' :: ('\x6f' :: ('\x75' :: ('\x6e' :: ('\x64' :: []))))))))))))),
    bounded_at) :: ((('\x6e' :: ('\x6f' :: ('\x20' :: ('\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x63' :: ('\x6f' :: ('\x72' :: ('\x72' :: ('\x65' :: ('\x6c' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: []))))))))))))))))))))))),
    (only_if (fun c -> few_alices c.outcomes_of) (fun x ->
      NoQuantumCorrelations x))) :: ((('\x6f' :: ('\x75' :: ('\x74' :: ('\x73' :: ('\x69' :: ('\x64' :: ('\x65' :: ('\x20' :: ('\x61' :: ('\x20' :: ('\x6c' :: ('\x65' :: ('\x76' :: ('\x65' :: ('\x6c' :: []))))))))))))))),
    (only_if (fun c -> few_alices c.outcomes_of) (fun x -> OutsideLevel x))) :: ((('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: []))))))))),
    (just (fun x -> LhsModel x))) :: ((('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6e' :: ('\x6f' :: ('\x69' :: ('\x73' :: ('\x65' :: ('\x20' :: ('\x72' :: ('\x6f' :: ('\x62' :: ('\x75' :: ('\x73' :: ('\x74' :: ('\x6e' :: ('\x65' :: ('\x73' :: ('\x73' :: [])))))))))))))))))))),
    (with_noise (fun x x0 x1 x2 -> LhsNoiseRobustness (x, x0, x1, x2)))) :: ((('\x6e' :: ('\x6f' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))))))))),
    (just (fun x -> NoLhsModel x))) :: ((('\x6e' :: ('\x6f' :: ('\x6e' :: ('\x6c' :: ('\x6f' :: ('\x63' :: ('\x61' :: ('\x6c' :: ('\x20' :: ('\x63' :: ('\x6f' :: ('\x72' :: ('\x72' :: ('\x65' :: ('\x6c' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: ('\x73' :: []))))))))))))))))))))),
    (only_if correlations (fun x -> NonlocalCorrelations x))) :: ((('\x6e' :: ('\x6f' :: ('\x20' :: ('\x70' :: ('\x72' :: ('\x6f' :: ('\x64' :: ('\x75' :: ('\x63' :: ('\x74' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))))))))))))))))),
    (with_factors few_strategies (fun x x0 -> NoProductLhsModel (x, x0)))) :: ((('\x70' :: ('\x72' :: ('\x6f' :: ('\x64' :: ('\x75' :: ('\x63' :: ('\x74' :: ('\x20' :: ('\x4c' :: ('\x48' :: ('\x53' :: ('\x20' :: ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: []))))))))))))))))),
    (with_factors still (fun x x0 -> ProductLhsModel (x, x0)))) :: ((('\x71' :: ('\x75' :: ('\x61' :: ('\x6e' :: ('\x74' :: ('\x75' :: ('\x6d' :: ('\x20' :: ('\x6d' :: ('\x69' :: ('\x78' :: ('\x74' :: ('\x75' :: ('\x72' :: ('\x65' :: []))))))))))))))),
    (just (fun x -> QuantumMixture x))) :: []))))))))))))))

(** val member : bytes -> (bytes * 'a1) list -> 'a1 option **)

let member k l =
  Option.map snd (ohead (filter (fun x -> same k (fst x)) l))

(** val claim_at : json -> bytes option **)

let claim_at = function
| Obj l ->
  Option.bind str
    (member ('\x63' :: ('\x6c' :: ('\x61' :: ('\x69' :: ('\x6d' :: []))))) l)
| _ -> None

(** val statement_at : json -> statement option **)

let statement_at j =
  Option.bind (fun k -> Option.bind (fun f -> f j) (member k readers))
    (claim_at j)

(** val read : bytes -> statement option **)

let read text =
  Option.bind statement_at (parse text)

(** val marginal_label : int list list -> int -> int -> int -> bytes **)

let marginal_label o j x b =
  cat
    (commas
      (map0 (fun l ->
        if eq_op nat_eqType (Obj.magic l) (Obj.magic j)
        then '\x2a' :: []
        else write_nat (dig (one_at j (outcome_radices o x)) l b))
        (iota 0 (size0 o)))) ('\x7c' :: (settings_text o x))

(** val marginal_labels : int list list -> int -> bytes list list **)

let marginal_labels o j =
  map0 (fun x ->
    map0 (fun b -> marginal_label o j x b)
      (iota 0 (card (one_at j (outcome_radices o x)))))
    (iota 0 (card (setting_radices o)))

(** val multipliers_at :
    int list list -> int list -> json -> (family list * family list) option **)

let multipliers_at o d j =
  match fields (('\x57' :: []) :: (('\x56' :: []) :: [])) j with
  | Some l ->
    (match l with
     | [] -> None
     | jW :: l0 ->
       (match l0 with
        | [] -> None
        | jV :: l1 ->
          (match l1 with
           | [] ->
             let o0 = centre_at o d jW in
             let o1 =
               families_at
                 (map0 (fun j0 -> ((card d), (marginal_labels o j0)))
                   (iota 0 (size0 o))) jV
             in
             (match o0 with
              | Some w -> (match o1 with
                           | Some v -> Some (w, v)
                           | None -> None)
              | None -> None)
           | _ :: _ -> None)))
  | None -> None

(** val joint_at : int list list -> int list -> json -> family option **)

let joint_at o d j =
  family_at (card d) (card d) (element_labels o) j

(** val enclosure_at :
    int list list -> int list -> json -> (family * (family list * family
    list)) option **)

let enclosure_at o d j =
  match fields
          (('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: []))))) :: (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: []))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jl :: l0 ->
       (match l0 with
        | [] -> None
        | ju :: l1 ->
          (match l1 with
           | [] -> pair_of (joint_at o d jl) (multipliers_at o d ju)
           | _ :: _ -> None)))
  | None -> None

(** val halves_at :
    rational -> (json -> 'a1 option) -> (json -> 'a2 option) -> json -> ('a1
    option * 'a2) option **)

let halves_at lower at_lower at_upper j =
  if Z.eqb (fst lower) Integers.zero
  then (match fields
                (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: [])
                j with
        | Some l ->
          (match l with
           | [] -> None
           | ju :: l0 ->
             (match l0 with
              | [] -> Option.map (fun u -> (None, u)) (at_upper ju)
              | _ :: _ -> None))
        | None -> None)
  else (match fields
                (('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: []))))) :: (('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: []))))) :: []))
                j with
        | Some l ->
          (match l with
           | [] -> None
           | jl :: l0 ->
             (match l0 with
              | [] -> None
              | ju :: l1 ->
                (match l1 with
                 | [] ->
                   Option.map (fun p -> ((Some (fst p)), (snd p)))
                     (pair_of (at_lower jl) (at_upper ju))
                 | _ :: _ -> None)))
        | None -> None)

(** val inequality_at : centred -> json -> family list option **)

let inequality_at c j =
  if few_strategies c
  then (match fields (('\x46' :: []) :: []) j with
        | Some l ->
          (match l with
           | [] -> None
           | jF :: l0 ->
             (match l0 with
              | [] -> centre_at c.outcomes_of c.dims_of jF
              | _ :: _ -> None))
        | None -> None)
  else None

(** val qubit_grid : centred -> Integers.t -> bool **)

let qubit_grid c k =
  let e = product (map0 (fun r -> total (map0 Z.of_nat r)) c.outcomes_of) in
  (&&)
    (eq_op nat_eqType (Obj.magic count c.outcomes_of)
      (Obj.magic (Integers.nat_succ 0)))
    ((&&)
      (match c.dims_of with
       | [] -> false
       | n0 :: l ->
         ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
            (fun _ -> false)
            (fun n1 ->
            (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
              (fun _ -> false)
              (fun n2 ->
              (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
                (fun _ -> match l with
                          | [] -> true
                          | _ :: _ -> false)
                (fun _ -> false)
                n2)
              n1)
            n0))
      ((&&) (Z.leb Integers.one k)
        (Z.leb
          (Z.mul
            (Z.add
              (Z.mul (Integers.twice (Integers.twice Integers.one))
                (Z.mul k k)) (Integers.twice Integers.one)) e)
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice (Integers.twice
          Integers.one)))))))))))))))))))))))))))

(** val inequality_or_grid_at :
    centred -> json -> (family list * int option) option **)

let inequality_or_grid_at c j =
  match fields
          (('\x46' :: []) :: (('\x67' :: ('\x72' :: ('\x69' :: ('\x64' :: [])))) :: []))
          j with
  | Some l ->
    (match l with
     | [] -> Option.map (fun f -> (f, None)) (inequality_at c j)
     | jF :: l0 ->
       (match l0 with
        | [] -> Option.map (fun f -> (f, None)) (inequality_at c j)
        | jk :: l1 ->
          (match l1 with
           | [] ->
             (match integer_at jk with
              | Some k ->
                if qubit_grid c k
                then Option.map (fun f -> (f, (Some (Z.to_nat k))))
                       (centre_at c.outcomes_of c.dims_of jF)
                else None
              | None -> None)
           | _ :: _ -> Option.map (fun f -> (f, None)) (inequality_at c j))))
  | None -> Option.map (fun f -> (f, None)) (inequality_at c j)

(** val provenance_ok : json -> bool **)

let provenance_ok = function
| Obj l ->
  (&&) (distinct (by_key l))
    (all (fun kv ->
      match snd kv with
      | Str s ->
        Z.leb (code_points s) (Integers.twice (Integers.twice (Integers.twice
          (Integers.twice (Integers.twice_and_one (Integers.twice
          (Integers.twice (Integers.twice (Integers.twice_and_one
          (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
          (Integers.twice Integers.one)))))))))))))
      | _ -> false) l)
| _ -> false

type rule = bytes * (unit -> bool)

(** val named : bytes -> (unit -> bool) -> rule **)

let named name check =
  (name, check)

(** val first_failed : rule list -> bytes option **)

let rec first_failed = function
| [] -> None
| r :: rules' -> if snd r () then first_failed rules' else Some (fst r)

(** val common : family list -> Integers.t -> Integers.t **)

let common s den =
  foldl (foldl (foldl (fun g m -> Z.lcm g (fst m)))) den s

(** val rescale : Integers.t -> fraction_matrix -> matrix **)

let rescale den m =
  let f = Z.div den (fst m) in map0 (map0 (gscale f)) (snd m)

(** val table_of : Integers.t -> family list -> table **)

let table_of den s =
  map0 (map0 (map0 (rescale den))) s

(** val fits : Integers.t -> family list -> bool **)

let fits den s =
  (&&) (Z.ltb Integers.zero den)
    (all
      (all
        (all (fun m ->
          (&&) (Z.ltb Integers.zero (fst m))
            (Z.eqb (Z.modulo den (fst m)) Integers.zero)))) s)

(** val nearest : Integers.t -> Integers.t -> Integers.t **)

let nearest a b =
  Z.div (Z.add (Z.mul (Integers.twice Integers.one) a) b)
    (Z.mul (Integers.twice Integers.one) b)

(** val factor_row :
    Integers.t -> matrix -> gauss list -> gauss list -> gauss list option **)

let rec factor_row t above m row0 =
  match m with
  | [] -> None
  | z0 :: m' ->
    (match above with
     | [] ->
       let r = Z.sub (Z.sub (fst z0) t) (fst (dot row0 row0)) in
       if Z.ltb Integers.zero r
       then Some (rcons row0 ((Z.sqrt r), Integers.zero))
       else None
     | l :: above' ->
       let r = gsub z0 (dot row0 l) in
       let p = fst (last g0 l) in
       factor_row t above' m'
         (rcons row0 ((nearest (fst r) p), (nearest (snd r) p))))

(** val factor_rows : Integers.t -> matrix -> matrix -> matrix option **)

let rec factor_rows t m rows =
  match m with
  | [] -> Some rows
  | r :: m' ->
    (match factor_row t rows r [] with
     | Some l -> factor_rows t m' (rcons rows l)
     | None -> None)

(** val rounded : int -> matrix -> Integers.t -> witness option **)

let rounded n0 m k =
  let s = zsum (map0 (fun i -> fst (entry m i i)) (iota 0 n0)) in
  if Z.leb s Integers.zero
  then None
  else let n1 = Z.of_nat n0 in
       let bits =
         Z.sub
           (Z.add
             (Z.add
               (Z.log2
                 (Z.mul
                   (Z.mul
                     (Z.mul
                       (Z.mul (Integers.twice (Integers.twice (Integers.twice
                         (Integers.twice Integers.one)))) n1) n1) n1) n1))
               (Z.mul (Integers.twice Integers.one) k)) Integers.one)
           (Z.log2 s)
       in
       let up =
         if Z.ltb Integers.zero bits
         then Z.add (Z.div bits (Integers.twice Integers.one)) Integers.one
         else Integers.zero
       in
       let down =
         if Z.ltb bits Integers.zero
         then Z.div (Z.opp bits) (Integers.twice Integers.one)
         else Integers.zero
       in
       let unit1 = fun z0 ->
         Z.shiftr (Z.shiftl z0 (Z.mul (Integers.twice Integers.one) up))
           (Z.mul (Integers.twice Integers.one) down)
       in
       let t =
         Z.div (Z.div (unit1 s) n1) (Z.pow (Integers.twice Integers.one) k)
       in
       (match factor_rows t
                (map0 (fun r ->
                  map0 (fun z0 -> ((unit1 (fst z0)), (unit1 (snd z0)))) r) m)
                [] with
        | Some l ->
          Some
            (((Z.pow (Integers.twice Integers.one)
                (Z.mul (Integers.twice Integers.one) up)),
            (nseq n0
              (Z.pow (Integers.twice Integers.one)
                (Z.mul (Integers.twice Integers.one) down)))), l)
        | None -> None)

(** val content : gauss list -> Integers.t **)

let content s =
  foldl (fun g z0 -> Z.gcd (Z.gcd g (fst z0)) (snd z0)) Integers.zero s

(** val shrink : Integers.t -> gauss -> gauss **)

let shrink g z0 =
  ((Z.div (fst z0) g), (Z.div (snd z0) g))

(** val eliminate :
    int -> int -> Integers.t -> matrix -> ((Integers.t * Integers.t) * gauss
    list) list **)

let rec eliminate n0 gone prev a =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> [])
    (fun n' ->
    match a with
    | [] -> []
    | row0 :: below0 ->
      let p = fst (head g0 row0) in
      if Z.leb p Integers.zero
      then eliminate n' (Integers.nat_succ gone) prev (map0 behead below0)
      else let column = map0 (head g0) a in
           let g = content column in
           let step = fun r ->
             let h = head g0 r in
             map0 (fun z0 ->
               shrink prev (gsub (gscale p (fst z0)) (gmul h (snd z0))))
               (zip (behead r) (behead row0))
           in
           (((Z.mul p prev), g),
           (ncons gone g0 (map0 (shrink g) column))) :: (eliminate n'
                                                          (Integers.nat_succ
                                                          gone) p
                                                          (map0 step below0)))
    n0

(** val exact : int -> matrix -> witness **)

let exact n0 m =
  let terms0 = eliminate n0 0 Integers.one m in
  let c =
    foldl (fun c t ->
      Z.lcm c
        (Z.div (fst (fst t))
          (Z.gcd (fst (fst t)) (Z.mul (snd (fst t)) (snd (fst t))))))
      Integers.one terms0
  in
  ((c,
  (map0 (fun t ->
    Z.div (Z.mul c (Z.mul (snd (fst t)) (snd (fst t)))) (fst (fst t))) terms0)),
  (map0 (fun i -> map0 (fun t -> nth g0 (snd t) i) terms0) (iota 0 n0)))

(** val margins : Integers.t list **)

let margins =
  (Integers.twice (Integers.twice Integers.one)) :: ((Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one))) :: ((Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one)))) :: ((Integers.twice (Integers.twice (Integers.twice
    (Integers.twice_and_one (Integers.twice
    Integers.one))))) :: ((Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice
    Integers.one)))))) :: []))))

(** val search : int -> matrix -> Integers.t list -> witness option **)

let rec search n0 m = function
| [] -> let w = exact n0 m in if check_psd n0 m w then Some w else None
| k :: ks' ->
  (match rounded n0 m k with
   | Some w -> if check_psd n0 m w then Some w else search n0 m ks'
   | None -> search n0 m ks')

(** val positive0 : int -> matrix -> bool **)

let positive0 n0 m =
  match search n0 m margins with
  | Some _ -> true
  | None -> false

(** val over : family list -> Integers.t * table **)

let over s =
  let den = common s Integers.one in let t = table_of den s in (den, t)

(** val rule_A1 : int list list -> int list -> Integers.t -> table -> bool **)

let rule_A1 o d d0 t =
  (&&) (nonempty o d)
    ((&&) (leq (Integers.nat_succ 0) (size0 d))
      ((&&) (Z.ltb Integers.zero d0)
        (upto (size0 d) (fun k ->
          events o (fun x a -> positive0 (radix d k) (element t k x a))))))

(** val rule_A2 : int list list -> int list -> Integers.t -> table -> bool **)

let rule_A2 o d d0 t =
  (&&)
    (upto (size0 d) (fun k ->
      events o (fun x a ->
        geq (gtrace (radix d k) (element t k x a))
          (gtrace (radix d 0) (element t 0 x a)))))
    (upto (card (setting_radices o)) (fun x ->
      geq
        (gsum
          (map0 (fun a -> gtrace (radix d 0) (element t 0 x a))
            (iota 0 (card (outcome_radices o x))))) (d0, Integers.zero)))

(** val rule_A3 : int list list -> int list -> table -> bool **)

let rule_A3 o d t =
  upto (size0 d) (fun k ->
    upto (radix d k) (fun i ->
      upto (radix d k) (fun j ->
        check_no_signalling o (fun x a -> entry (element t k x a) i j))))

(** val assemblage_rules :
    int list list -> int list -> family list -> Integers.t -> table -> rule
    list **)

let assemblage_rules o d s d0 t =
  (named ('\x41' :: ('\x31' :: [])) (fun _ ->
    (&&) (fits d0 s) (rule_A1 o d d0 t))) :: ((named
                                                ('\x41' :: ('\x32' :: []))
                                                (fun _ -> rule_A2 o d d0 t)) :: (
    (named ('\x41' :: ('\x33' :: [])) (fun _ -> rule_A3 o d t)) :: []))

(** val alone : int list -> int -> bool **)

let alone d k =
  upto (size0 d) (fun n0 ->
    (||) (eq_op nat_eqType (Obj.magic n0) (Obj.magic k))
      (eq_op nat_eqType (Obj.magic radix d n0)
        (Obj.magic (Integers.nat_succ 0))))

(** val one_big : int list -> bool **)

let one_big d =
  has (alone d) (iota 0 (size0 d))

(** val least : int list -> int **)

let least d =
  foldl (fun m k ->
    if leq (Integers.nat_succ (radix d k)) (radix d m) then k else m) 0
    (iota 0 (size0 d))

(** val reach_number : int list -> Integers.t **)

let reach_number d =
  Z.add
    (zsum
      (map0 (fun k ->
        Z.mul (Z.of_nat (radix d k))
          (Z.add (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice_and_one (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice_and_one
            (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
            (Integers.twice Integers.one)))))))))))))
            (Z.mul (Z.sub (Z.of_nat (radix d k)) Integers.one)
              (Integers.twice_and_one (Integers.twice_and_one
              (Integers.twice_and_one (Integers.twice_and_one
              (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
              (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
              (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
              Integers.one)))))))))))))))) (iota 0 (size0 d))))
    (Z.mul
      (Z.mul (Z.sub (Z.of_nat (size0 d)) Integers.one)
        (Z.of_nat (radix d (least d)))) (Integers.twice (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
      (Integers.twice (Integers.twice (Integers.twice_and_one
      (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
      (Integers.twice Integers.one))))))))))))))

(** val margin : int list -> rational -> rational -> rational **)

let margin d delta l =
  if (&&) (one_big d) (Z.leb (fst l) Integers.zero)
  then l
  else let big =
         Z.mul (Integers.twice (Integers.twice (Integers.twice
           (Integers.twice (Integers.twice_and_one (Integers.twice
           (Integers.twice (Integers.twice (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
           (Integers.twice Integers.one))))))))))))) (Z.of_nat (card d))
       in
       ((Z.add (Z.mul (Z.mul (fst l) (snd delta)) big)
          (Z.mul (Z.mul (fst delta) (reach_number d)) (snd l))),
       (Z.mul (Z.mul (snd l) (snd delta)) big))

(** val joint_table : family -> Integers.t * (int -> int -> matrix) **)

let joint_table s =
  let den = common (s :: []) Integers.one in
  let t = table_of den (s :: []) in (den, (element t 0))

(** val lowered : int -> Integers.t -> rational -> matrix -> matrix **)

let lowered n0 den mu s =
  tabulate n0 (fun p q ->
    gsub (gscale (snd mu) (entry s p q))
      (if eq_op nat_eqType (Obj.magic p) (Obj.magic q)
       then ((Z.mul (fst mu) den), Integers.zero)
       else g0))

(** val joint_rules :
    int list list -> int list -> Integers.t -> table -> Integers.t -> (int ->
    int -> matrix) -> rational -> rational -> rule list **)

let joint_rules o d den t denS s delta l =
  let mu = margin d delta l in
  (named
    ('\x6d' :: ('\x61' :: ('\x72' :: ('\x67' :: ('\x69' :: ('\x6e' :: ('\x61' :: ('\x6c' :: []))))))))
    (fun _ ->
    (&&) (Z.ltb Integers.zero denS) (check_marginals o d den denS t s))) :: (
  (named
    ('\x73' :: ('\x69' :: ('\x67' :: ('\x6e' :: ('\x61' :: ('\x6c' :: ('\x6c' :: ('\x69' :: ('\x6e' :: ('\x67' :: []))))))))))
    (fun _ ->
    upto (card d) (fun p ->
      upto (card d) (fun q ->
        check_no_signalling o (fun x a -> entry (s x a) p q))))) :: (
  (named
    ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
    (fun _ ->
    (&&)
      ((&&) (leq (Integers.nat_succ (least d)) (size0 d))
        ((&&) (Z.leb Integers.zero (fst delta))
          ((&&) (Z.ltb Integers.zero (snd delta))
            ((&&) (Z.ltb Integers.zero (snd l))
              (Z.ltb Integers.zero (snd mu))))))
      (events o (fun x a ->
        positive0 (card d) (lowered (card d) denS mu (s x a)))))) :: []))

(** val parent_states_rules : centred -> family -> rule list **)

let parent_states_rules c s =
  let (den, t) = over c.centre_of in
  let (denS, m) = joint_table s in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (joint_rules c.outcomes_of c.dims_of den t denS m c.radius_of
      (Integers.zero, Integers.one))

type letter = int * int

type part = letter list

type word0 = part list

(** val outcomes_at : int list list -> int -> int -> int **)

let outcomes_at o j x =
  nth (Integers.nat_succ 0) (nth [] o j) x

(** val observable : int list -> int -> bool **)

let observable row0 x =
  eqn (nth (Integers.nat_succ 0) row0 x) (Integers.nat_succ
    (Integers.nat_succ 0))

(** val joined : int list -> part -> part -> part option **)

let rec joined row0 u v =
  match u with
  | [] -> Some (catrev u v)
  | a :: u' ->
    (match v with
     | [] -> Some (catrev u v)
     | b :: v' ->
       if eqn (fst a) (fst b)
       then if observable row0 (fst a)
            then joined row0 u' v'
            else if eqn (snd a) (snd b) then Some (catrev u' v) else None
       else Some (catrev u v))

(** val adjoint : word0 -> word0 **)

let adjoint w =
  map0 rev w

(** val product_from :
    int list list -> int -> word0 -> word0 -> word0 option **)

let rec product_from o j s t =
  match s with
  | [] -> Some t
  | u :: s' ->
    (match t with
     | [] -> Some (adjoint s)
     | v :: t' ->
       (match joined (nth [] o j) u v with
        | Some p ->
          Option.map (fun x -> p :: x)
            (product_from o (Integers.nat_succ j) s' t')
        | None -> None))

(** val twice_in_words :
    int list list -> int -> (int option * int) -> (part * Integers.t) list **)

let twice_in_words o j l =
  let x = snd l in
  let n0 = outcomes_at o j x in
  (match fst l with
   | Some a ->
     if leq n0 a
     then []
     else if eqn n0 (Integers.nat_succ 0)
          then ([], (Integers.twice Integers.one)) :: []
          else if eqn n0 (Integers.nat_succ (Integers.nat_succ 0))
               then ([], Integers.one) :: ((((x, 0) :: []),
                      (if eqn a 0
                       then Integers.one
                       else Integers.neg Integers.one)) :: [])
               else if leq (Integers.nat_succ a) (pred n0)
                    then (((x, a) :: []), (Integers.twice Integers.one)) :: []
                    else ([], (Integers.twice
                           Integers.one)) :: (map0 (fun b -> (((x, b) :: []),
                                               (Integers.neg (Integers.twice
                                               Integers.one))))
                                               (iota 0 (pred n0)))
   | None -> ([], (Integers.twice Integers.one)) :: [])

(** val multiplier_tables : (family list * family list) -> table * table **)

let multiplier_tables e =
  let den = common (fst e) (common (snd e) Integers.one) in
  ((table_of den (fst e)), (table_of den (snd e)))

(** val dual_rules :
    int list list -> int list -> Integers.t -> table -> rational -> table ->
    table -> rule list **)

let dual_rules o d den t r w v =
  (named ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: [])))))
    (fun _ -> check_value o d den (fst r) (snd r) t w)) :: ((named
                                                              ('\x62' :: ('\x61' :: ('\x6c' :: ('\x61' :: ('\x6e' :: ('\x63' :: ('\x65' :: [])))))))
                                                              (fun _ ->
                                                              check_V o d v)) :: (
    (named
      ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
      (fun _ ->
      events o (fun x a -> positive0 (card d) (dual_matrix o d w v x a)))) :: []))

(** val no_parent_states_rules :
    centred -> (family list * family list) -> rule list **)

let no_parent_states_rules c e =
  let o = c.outcomes_of in
  let d = c.dims_of in
  let (den, t) = over c.centre_of in
  let (w, v) = multiplier_tables e in
  cat (assemblage_rules o d c.centre_of den t)
    (dual_rules o d den t c.radius_of w v)

(** val mix_matrix :
    int -> rational -> fraction_matrix -> fraction_matrix -> fraction_matrix **)

let mix_matrix n0 r a b =
  ((Z.mul (Z.mul (snd r) (fst a)) (fst b)),
    (tabulate n0 (fun i j ->
      gadd (gscale (Z.mul (fst r) (fst b)) (entry (snd a) i j))
        (gscale (Z.mul (Z.sub (snd r) (fst r)) (fst a)) (entry (snd b) i j)))))

(** val mix_families :
    int list list -> int list -> rational -> family list -> family list ->
    family list **)

let mix_families o d r n0 c =
  mkseq (fun k ->
    mkseq (fun x ->
      mkseq (fun a ->
        mix_matrix (radix d k) r (member_of (nth [] n0 k) x a)
          (member_of (nth [] c k) x a)) (card (outcome_radices o x)))
      (card (setting_radices o))) (size0 d)

(** val value_within :
    int list list -> int list -> Integers.t -> table -> table -> rational ->
    Integers.t **)

let value_within o d den t w delta =
  Z.add (Z.mul (fst (steering_value o d w t)) (snd delta))
    (Z.mul (Z.mul (fst delta) den) (steering_box o d w))

(** val trace_number : centred -> (int -> int -> matrix) -> Integers.t **)

let trace_number c m =
  fst (gsum_events c.outcomes_of (fun x a -> gtrace (card c.dims_of) (m x a)))

(** val smallest_eigenvalue_rules :
    centred -> rational -> rational -> family -> (family list * family list)
    -> rule list **)

let smallest_eigenvalue_rules c lower upper s e =
  let (den, t) = over c.centre_of in
  let (denS, m) = joint_table s in
  let (w, v) = multiplier_tables e in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (cat (joint_rules c.outcomes_of c.dims_of den t denS m c.radius_of lower)
      ((named
         ('\x62' :: ('\x61' :: ('\x6c' :: ('\x61' :: ('\x6e' :: ('\x63' :: ('\x65' :: [])))))))
         (fun _ -> check_V c.outcomes_of c.dims_of v)) :: ((named
                                                             ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
                                                             (fun _ ->
                                                             events
                                                               c.outcomes_of
                                                               (fun x a ->
                                                               positive0
                                                                 (card
                                                                   c.dims_of)
                                                                 (dual_matrix
                                                                   c.outcomes_of
                                                                   c.dims_of
                                                                   w v x a)))) :: (
      (named ('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: [])))))
        (fun _ ->
        let t0 = trace_number c (dual_matrix c.outcomes_of c.dims_of w v) in
        (&&) (Z.ltb Integers.zero t0)
          ((&&) (Z.ltb Integers.zero (snd upper))
            (Z.leb
              (Z.mul
                (value_within c.outcomes_of c.dims_of den t w c.radius_of)
                (snd upper))
              (Z.mul (Z.mul (Z.mul (fst upper) t0) den) (snd c.radius_of)))))) :: []))))

(** val add_rows : gauss list -> gauss list -> gauss list **)

let rec add_rows r s =
  match r with
  | [] -> s
  | x :: r' ->
    (match s with
     | [] -> r
     | y :: s' -> (gadd x y) :: (add_rows r' s'))

(** val add_matrices : matrix -> matrix -> matrix **)

let rec add_matrices a b =
  match a with
  | [] -> b
  | r :: a' ->
    (match b with
     | [] -> a
     | s :: b' -> (add_rows r s) :: (add_matrices a' b'))

(** val all_from : int -> int -> int pred0 -> bool **)

let rec all_from t n0 p =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> true)
    (fun n' -> if p t then all_from (Integers.nat_succ t) n' p else false)
    n0

(** val joint_entry :
    int list -> table -> int -> int -> int -> int -> gauss **)

let joint_entry d f x a p q =
  gsum
    (map0 (fun k ->
      if eq_op nat_eqType (Obj.magic off d k p) (Obj.magic off d k q)
      then entry (element f k x a) (dig d k p) (dig d k q)
      else g0) (iota 0 (size0 d)))

(** val joint_matrices :
    int list list -> int list -> table -> matrix list list **)

let joint_matrices o d f =
  map0 (fun x ->
    map0 (fun a -> tabulate (card d) (joint_entry d f x a))
      (iota 0 (card (outcome_radices o x))))
    (iota 0 (card (setting_radices o)))

(** val strategies : int list list -> int **)

let strategies o =
  card (flatten o)

(** val told : int list list -> int -> int -> int -> int **)

let told o t j y =
  dig (flatten o) (flatten_index (shape o) j y) t

(** val outcome_told : int list list -> int -> int -> int **)

let outcome_told o t x =
  enc (outcome_radices o x) (fun j ->
    told o t j (dig (setting_radices o) j x))

(** val strategy_matrix :
    int list list -> matrix list list -> int -> matrix **)

let strategy_matrix o e t =
  foldl (fun a x ->
    add_matrices a (nth [] (nth [] e x) (outcome_told o t x))) []
    (iota 0 (card (setting_radices o)))

(** val strategy_rule : int list list -> int list -> table -> bool **)

let strategy_rule o d f =
  let e = joint_matrices o d f in
  all_from 0 (strategies o) (fun t ->
    positive0 (card d) (strategy_matrix o e t))

type term =
| Vector of fraction_matrix
| Flagged of fraction_matrix * int
| Whole of fraction_matrix

type realisation = { systems : int list; terms : term list;
                     effects : family list }

(** val term_den : term -> Integers.t **)

let term_den = function
| Vector p -> Z.mul (fst p) (fst p)
| Flagged (e, _) -> fst e
| Whole r -> fst r

(** val term_matrix : int -> int -> term -> matrix **)

let term_matrix a d = function
| Vector p ->
  let v = flatten (snd p) in map0 (fun x -> map0 (fun y -> gmulc x y) v) v
| Flagged (e, i) ->
  tabulate (muln a d) (fun p q ->
    if (&&) (eq_op nat_eqType (Obj.magic divn p d) (Obj.magic i))
         (eq_op nat_eqType (Obj.magic divn q d) (Obj.magic i))
    then entry (snd e) (modn p d) (modn q d)
    else g0)
| Whole r -> snd r

(** val term_ok : int -> int -> term -> bool **)

let term_ok a d = function
| Vector _ -> true
| Flagged (e, _) -> positive0 d (snd e)
| Whole r -> positive0 (muln a d) (snd r)

(** val state_matrix : int -> int -> term list -> matrix **)

let state_matrix a d ts =
  let den = foldl (fun g t -> Z.lcm g (term_den t)) Integers.one ts in
  foldl (fun m t ->
    add_matrices m
      (map0 (map0 (gscale (Z.div den (term_den t)))) (term_matrix a d t))) []
    ts

(** val povm_rule : centred -> realisation -> table -> Integers.t -> bool **)

let povm_rule c e m denM =
  (&&)
    (settings_outcomes c.outcomes_of (fun j x a ->
      positive0 (radix e.systems j) (element m j x a)))
    (upto (size0 c.outcomes_of) (fun j ->
      upto (size0 (nth [] c.outcomes_of j)) (fun x ->
        upto (radix e.systems j) (fun i ->
          upto (radix e.systems j) (fun i' ->
            geq
              (gsum
                (map0 (fun a -> entry (element m j x a) i i')
                  (iota 0
                    (nth (Integers.nat_succ 0) (nth [] c.outcomes_of j) x))))
              (if eq_op nat_eqType (Obj.magic i) (Obj.magic i')
               then (denM, Integers.zero)
               else g0))))))

(** val state_rule :
    centred -> realisation -> matrix -> Integers.t -> Integers.t -> bool **)

let state_rule c e rho denR denM =
  (&&)
    ((&&) (all (term_ok (card e.systems) (card c.dims_of)) e.terms)
      ((&&) (Z.ltb Integers.zero denR) (Z.ltb Integers.zero denM)))
    ((&&)
      (eq_op nat_eqType (Obj.magic size0 e.systems)
        (Obj.magic size0 c.outcomes_of))
      ((&&) (all (leq (Integers.nat_succ 0)) e.systems)
        ((&&) (positive0 (muln (card e.systems) (card c.dims_of)) rho)
          (geq (gtrace (muln (card e.systems) (card c.dims_of)) rho) (denR,
            Integers.zero)))))

(** val realisation_rules : centred -> realisation -> rule list **)

let realisation_rules c e =
  let (den, t) = over c.centre_of in
  let rho = state_matrix (card e.systems) (card c.dims_of) e.terms in
  let denR = fst (gtrace (muln (card e.systems) (card c.dims_of)) rho) in
  let (denM, m) = over e.effects in
  let denS = Z.mul denR (Z.pow denM (Z.of_nat (size0 c.outcomes_of))) in
  let s = steered_matrix c.outcomes_of c.dims_of e.systems rho m in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (cat
      ((named ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: [])))))
         (fun _ -> state_rule c e rho denR denM)) :: ((named
                                                        ('\x70' :: ('\x6f' :: ('\x76' :: ('\x6d' :: []))))
                                                        (fun _ ->
                                                        povm_rule c e m denM)) :: (
      (named
        ('\x6d' :: ('\x61' :: ('\x72' :: ('\x67' :: ('\x69' :: ('\x6e' :: ('\x61' :: ('\x6c' :: []))))))))
        (fun _ -> check_marginals c.outcomes_of c.dims_of den denS t s)) :: (
      (named ('\x72' :: ('\x65' :: ('\x61' :: ('\x63' :: ('\x68' :: [])))))
        (fun _ ->
        (&&)
          ((&&) (Z.leb Integers.zero (fst c.radius_of))
            (Z.ltb Integers.zero (snd c.radius_of)))
          ((||) (Z.eqb (fst c.radius_of) Integers.zero)
            (eq_op nat_eqType (Obj.magic size0 c.outcomes_of)
              (Obj.magic (Integers.nat_succ 0)))))) :: []))))
      (if Z.eqb (fst c.radius_of) Integers.zero
       then []
       else joint_rules c.outcomes_of c.dims_of den t denS s c.radius_of
              (Integers.zero, Integers.one)))

(** val naturals_at : Integers.t -> Integers.t -> json -> int option **)

let naturals_at low high j =
  Option.bind (fun z0 ->
    if between low high z0 then Some (Z.to_nat z0) else None) (integer_at j)

(** val term_at : int -> int -> json -> term option **)

let term_at a d j =
  match fields (('\x70' :: ('\x73' :: ('\x69' :: []))) :: []) j with
  | Some l ->
    (match l with
     | [] ->
       (match fields
                (('\x45' :: []) :: (('\x66' :: ('\x6c' :: ('\x61' :: ('\x67' :: [])))) :: []))
                j with
        | Some l0 ->
          (match l0 with
           | [] ->
             (match fields (('\x52' :: []) :: []) j with
              | Some l1 ->
                (match l1 with
                 | [] -> None
                 | jr :: l2 ->
                   (match l2 with
                    | [] ->
                      Option.map (fun x -> Whole x)
                        (matrix_at (muln a d) (muln a d) jr)
                    | _ :: _ -> None))
              | None -> None)
           | je :: l1 ->
             (match l1 with
              | [] ->
                (match fields (('\x52' :: []) :: []) j with
                 | Some l2 ->
                   (match l2 with
                    | [] -> None
                    | jr :: l3 ->
                      (match l3 with
                       | [] ->
                         Option.map (fun x -> Whole x)
                           (matrix_at (muln a d) (muln a d) jr)
                       | _ :: _ -> None))
                 | None -> None)
              | jf :: l2 ->
                (match l2 with
                 | [] ->
                   let o = matrix_at d d je in
                   let o0 =
                     naturals_at Integers.zero
                       (Z.sub (Z.of_nat a) Integers.one) jf
                   in
                   (match o with
                    | Some e ->
                      (match o0 with
                       | Some i -> Some (Flagged (e, i))
                       | None -> None)
                    | None -> None)
                 | _ :: _ ->
                   (match fields (('\x52' :: []) :: []) j with
                    | Some l4 ->
                      (match l4 with
                       | [] -> None
                       | jr :: l5 ->
                         (match l5 with
                          | [] ->
                            Option.map (fun x -> Whole x)
                              (matrix_at (muln a d) (muln a d) jr)
                          | _ :: _ -> None))
                    | None -> None))))
        | None ->
          (match fields (('\x52' :: []) :: []) j with
           | Some l0 ->
             (match l0 with
              | [] -> None
              | jr :: l1 ->
                (match l1 with
                 | [] ->
                   Option.map (fun x -> Whole x)
                     (matrix_at (muln a d) (muln a d) jr)
                 | _ :: _ -> None))
           | None -> None))
     | jp :: l0 ->
       (match l0 with
        | [] -> Option.map (fun x -> Vector x) (matrix_at a d jp)
        | _ :: _ ->
          (match fields
                   (('\x45' :: []) :: (('\x66' :: ('\x6c' :: ('\x61' :: ('\x67' :: [])))) :: []))
                   j with
           | Some l2 ->
             (match l2 with
              | [] ->
                (match fields (('\x52' :: []) :: []) j with
                 | Some l3 ->
                   (match l3 with
                    | [] -> None
                    | jr :: l4 ->
                      (match l4 with
                       | [] ->
                         Option.map (fun x -> Whole x)
                           (matrix_at (muln a d) (muln a d) jr)
                       | _ :: _ -> None))
                 | None -> None)
              | je :: l3 ->
                (match l3 with
                 | [] ->
                   (match fields (('\x52' :: []) :: []) j with
                    | Some l4 ->
                      (match l4 with
                       | [] -> None
                       | jr :: l5 ->
                         (match l5 with
                          | [] ->
                            Option.map (fun x -> Whole x)
                              (matrix_at (muln a d) (muln a d) jr)
                          | _ :: _ -> None))
                    | None -> None)
                 | jf :: l4 ->
                   (match l4 with
                    | [] ->
                      let o = matrix_at d d je in
                      let o0 =
                        naturals_at Integers.zero
                          (Z.sub (Z.of_nat a) Integers.one) jf
                      in
                      (match o with
                       | Some e ->
                         (match o0 with
                          | Some i -> Some (Flagged (e, i))
                          | None -> None)
                       | None -> None)
                    | _ :: _ ->
                      (match fields (('\x52' :: []) :: []) j with
                       | Some l6 ->
                         (match l6 with
                          | [] -> None
                          | jr :: l7 ->
                            (match l7 with
                             | [] ->
                               Option.map (fun x -> Whole x)
                                 (matrix_at (muln a d) (muln a d) jr)
                             | _ :: _ -> None))
                       | None -> None))))
           | None ->
             (match fields (('\x52' :: []) :: []) j with
              | Some l2 ->
                (match l2 with
                 | [] -> None
                 | jr :: l3 ->
                   (match l3 with
                    | [] ->
                      Option.map (fun x -> Whole x)
                        (matrix_at (muln a d) (muln a d) jr)
                    | _ :: _ -> None))
              | None -> None))))
  | None ->
    (match fields
             (('\x45' :: []) :: (('\x66' :: ('\x6c' :: ('\x61' :: ('\x67' :: [])))) :: []))
             j with
     | Some l ->
       (match l with
        | [] ->
          (match fields (('\x52' :: []) :: []) j with
           | Some l0 ->
             (match l0 with
              | [] -> None
              | jr :: l1 ->
                (match l1 with
                 | [] ->
                   Option.map (fun x -> Whole x)
                     (matrix_at (muln a d) (muln a d) jr)
                 | _ :: _ -> None))
           | None -> None)
        | je :: l0 ->
          (match l0 with
           | [] ->
             (match fields (('\x52' :: []) :: []) j with
              | Some l1 ->
                (match l1 with
                 | [] -> None
                 | jr :: l2 ->
                   (match l2 with
                    | [] ->
                      Option.map (fun x -> Whole x)
                        (matrix_at (muln a d) (muln a d) jr)
                    | _ :: _ -> None))
              | None -> None)
           | jf :: l1 ->
             (match l1 with
              | [] ->
                let o = matrix_at d d je in
                let o0 =
                  naturals_at Integers.zero (Z.sub (Z.of_nat a) Integers.one)
                    jf
                in
                (match o with
                 | Some e ->
                   (match o0 with
                    | Some i -> Some (Flagged (e, i))
                    | None -> None)
                 | None -> None)
              | _ :: _ ->
                (match fields (('\x52' :: []) :: []) j with
                 | Some l3 ->
                   (match l3 with
                    | [] -> None
                    | jr :: l4 ->
                      (match l4 with
                       | [] ->
                         Option.map (fun x -> Whole x)
                           (matrix_at (muln a d) (muln a d) jr)
                       | _ :: _ -> None))
                 | None -> None))))
     | None ->
       (match fields (('\x52' :: []) :: []) j with
        | Some l ->
          (match l with
           | [] -> None
           | jr :: l0 ->
             (match l0 with
              | [] ->
                Option.map (fun x -> Whole x)
                  (matrix_at (muln a d) (muln a d) jr)
              | _ :: _ -> None))
        | None -> None))

(** val effect_labels : int list -> bytes list list **)

let effect_labels r =
  map0 (fun x ->
    map0 (fun a -> cat (write_nat a) ('\x7c' :: (write_nat x)))
      (iota 0 (nth 0 r x))) (iota 0 (size0 r))

(** val realisation_at : centred -> json -> realisation option **)

let realisation_at c j =
  let o = c.outcomes_of in
  let d = c.dims_of in
  (match fields
           (('\x73' :: ('\x79' :: ('\x73' :: ('\x74' :: ('\x65' :: ('\x6d' :: ('\x73' :: []))))))) :: (('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: []))))) :: (('\x4d' :: []) :: [])))
           j with
   | Some l ->
     (match l with
      | [] -> None
      | js :: l0 ->
        (match l0 with
         | [] -> None
         | jt :: l1 ->
           (match l1 with
            | [] -> None
            | jM :: l2 ->
              (match l2 with
               | [] ->
                 (match list_of
                          (naturals_at Integers.one (Integers.twice
                            (Integers.twice (Integers.twice (Integers.twice
                            (Integers.twice (Integers.twice (Integers.twice
                            (Integers.twice (Integers.twice
                            Integers.one)))))))))) js with
                  | Some h ->
                    let a = product (map0 Z.of_nat h) in
                    if (&&)
                         (eq_op nat_eqType (Obj.magic size0 h)
                           (Obj.magic size0 o))
                         (Z.leb (Z.mul a (product (map0 Z.of_nat d)))
                           (Integers.twice (Integers.twice (Integers.twice
                           (Integers.twice (Integers.twice (Integers.twice
                           (Integers.twice (Integers.twice (Integers.twice
                           (Integers.twice Integers.one)))))))))))
                    then let a0 = card h in
                         let d0 = card d in
                         let o0 = list_of (term_at a0 d0) jt in
                         let o1 =
                           families_at (zip h (map0 effect_labels o)) jM
                         in
                         (match o0 with
                          | Some ts ->
                            (match o1 with
                             | Some m ->
                               Some { systems = h; terms = ts; effects = m }
                             | None -> None)
                          | None -> None)
                    else None
                  | None -> None)
               | _ :: _ -> None))))
   | None -> None)

type choices = int list list

(** val told0 : choices -> int -> int -> int **)

let told0 s j y =
  nth 0 (nth [] s j) y

type hidden = { listed : choices list; states_of : family list;
                bases_of : choices list }

(** val departures : int list -> int list -> int list **)

let departures b s =
  filter (fun y ->
    negb
      (eq_op nat_eqType (nth (Obj.magic 0) (Obj.magic b) y)
        (nth (Obj.magic 0) (Obj.magic s) y))) (iota 0 (size0 b))

(** val fullest : int list -> int **)

let fullest r =
  foldl (fun m y ->
    if leq (Integers.nat_succ (nth 0 r m)) (nth 0 r y) then y else m) 0
    (iota 0 (size0 r))

(** val one_coefficient :
    int list -> int list -> int list -> int -> int -> Integers.t **)

let one_coefficient r b s x a =
  match departures b s with
  | [] ->
    let y = fullest r in
    if eq_op nat_eqType (Obj.magic x) (Obj.magic y)
    then if eq_op nat_eqType (Obj.magic a) (nth (Obj.magic 0) (Obj.magic b) y)
         then Integers.one
         else Integers.zero
    else if eq_op nat_eqType (Obj.magic a) (nth (Obj.magic 0) (Obj.magic b) x)
         then Integers.zero
         else Integers.neg Integers.one
  | y :: l ->
    (match l with
     | [] ->
       if (&&) (eq_op nat_eqType (Obj.magic x) (Obj.magic y))
            (eq_op nat_eqType (Obj.magic a)
              (nth (Obj.magic 0) (Obj.magic s) y))
       then Integers.one
       else Integers.zero
     | _ :: _ -> Integers.zero)

(** val one_weight : int list -> int list -> int list -> Integers.t **)

let one_weight r b s =
  match departures b s with
  | [] ->
    Z.sub
      (Z.add Integers.one
        (zsum (map0 (fun k -> Z.sub (Z.of_nat k) Integers.one) r)))
      (Z.sub (Z.of_nat (nth 0 r (fullest r))) Integers.one)
  | _ :: l -> (match l with
               | [] -> Integers.one
               | _ :: _ -> Integers.zero)

(** val zprod : Integers.t list -> Integers.t **)

let zprod l =
  foldl Z.mul Integers.one l

(** val over_bases :
    int list list -> choices list -> (int -> choices -> Integers.t) ->
    Integers.t **)

let over_bases o bs f =
  zsum (map0 (fun b -> zprod (map0 (fun j -> f j b) (iota 0 (size0 o)))) bs)

(** val weight_of : int list list -> choices list -> choices -> Integers.t **)

let weight_of o bs s =
  over_bases o bs (fun j b ->
    one_weight (nth [] o j) (nth [] b j) (nth [] s j))

(** val coefficients :
    int list list -> choices list -> choices -> Integers.t list list **)

let coefficients o bs s =
  map0 (fun x ->
    map0 (fun a ->
      over_bases o bs (fun j b ->
        one_coefficient (nth [] o j) (nth [] b j) (nth [] s j)
          (dig (setting_radices o) j x) (dig (outcome_radices o x) j a)))
      (iota 0 (card (outcome_radices o x))))
    (iota 0 (card (setting_radices o)))

(** val surplus : int list -> int list -> int -> int -> int -> Integers.t **)

let surplus r b x a x' =
  if eq_op nat_eqType (Obj.magic a) (nth (Obj.magic 0) (Obj.magic b) x)
  then Z.sub
         (if eq_op nat_eqType (Obj.magic x') (Obj.magic fullest r)
          then Integers.one
          else Integers.zero)
         (if eq_op nat_eqType (Obj.magic x') (Obj.magic x)
          then Integers.one
          else Integers.zero)
  else Integers.zero

(** val multipliers_for :
    int list list -> choices list -> int -> int -> table **)

let multipliers_for o bs x a =
  map0 (fun j ->
    map0 (fun x' ->
      map0 (fun c ->
        (((over_bases o bs (fun i b ->
            let r = nth [] o i in
            let xi = dig (setting_radices o) i x in
            let ai = dig (outcome_radices o x) i a in
            let xi' = dig (setting_radices o) i x' in
            let same0 =
              if (&&) (eq_op nat_eqType (Obj.magic xi) (Obj.magic xi'))
                   (eq_op nat_eqType (Obj.magic ai)
                     (Obj.magic dig (one_at j (outcome_radices o x')) i c))
              then Integers.one
              else Integers.zero
            in
            let u = surplus r (nth [] b i) xi ai xi' in
            if leq (Integers.nat_succ i) j
            then Z.add same0 u
            else if eq_op nat_eqType (Obj.magic i) (Obj.magic j)
                 then u
                 else same0)), Integers.zero) :: []) :: [])
        (iota 0 (card (one_at j (outcome_radices o x')))))
      (iota 0 (card (setting_radices o)))) (iota 0 (size0 o))

type item = (choices * Integers.t list list) * matrix list

(** val outcome_of : int list list -> choices -> int -> int **)

let outcome_of o s x =
  enc (outcome_radices o x) (fun j -> told0 s j (dig (setting_radices o) j x))

(** val choices_ok : int list list -> choices -> bool **)

let choices_ok o s =
  upto (size0 o) (fun j ->
    upto (size0 (nth [] o j)) (fun y ->
      leq (Integers.nat_succ (told0 s j y))
        (nth (Integers.nat_succ 0) (nth [] o j) y)))

(** val items_of :
    int list list -> int list -> rational -> hidden -> table -> item list **)

let items_of o d delta e tH =
  map0 (fun s -> (((fst s),
    (if Z.eqb (fst delta) Integers.zero
     then []
     else coefficients o e.bases_of (fst s))),
    (map0 (fun k -> element tH k 0 (snd s)) (iota 0 (size0 d)))))
    (zip e.listed (iota 0 (size0 e.listed)))

(** val answering : int list list -> item list -> int -> int -> item list **)

let answering o items0 x a =
  filter (fun it ->
    eq_op nat_eqType (Obj.magic outcome_of o (fst (fst it)) x) (Obj.magic a))
    items0

(** val trace_rule : int list -> item list -> bool **)

let trace_rule d items0 =
  all (fun it ->
    upto (size0 d) (fun k ->
      geq (gtrace (radix d k) (nth [] (snd it) k))
        (gtrace (radix d 0) (nth [] (snd it) 0)))) items0

(** val model_rule :
    int list list -> int list -> Integers.t -> table -> Integers.t -> item
    list -> bool **)

let model_rule o d den t denH items0 =
  (&&) (all (fun it -> choices_ok o (fst (fst it))) items0)
    (upto (size0 d) (fun k ->
      events o (fun x a ->
        let ms = map0 (fun it -> nth [] (snd it) k) (answering o items0 x a)
        in
        upto (radix d k) (fun i ->
          upto (radix d k) (fun j ->
            geq (gscale den (gsum (map0 (fun m -> entry m i j) ms)))
              (gscale denH (entry (element t k x a) i j)))))))

(** val coefficient : item -> int -> int -> Integers.t **)

let coefficient it x a =
  nth Integers.zero (nth [] (snd (fst it)) x) a

(** val size_of_coefficients : int list list -> item -> Integers.t **)

let size_of_coefficients o it =
  zsum_events o (fun x a -> Z.abs (coefficient it x a))

(** val inverse_rule : int list list -> choices list -> item list -> bool **)

let inverse_rule o bs items0 =
  (&&) (leq (Integers.nat_succ 0) (size0 bs))
    (events o (fun x a ->
      let rows = answering o items0 x a in
      let v = multipliers_for o bs x a in
      (&&) (check_V o ((Integers.nat_succ 0) :: []) v)
        (events o (fun x' a' ->
          geq
            ((Z.sub (zsum (map0 (fun it -> coefficient it x' a') rows))
               (if (&&) (eq_op nat_eqType (Obj.magic x) (Obj.magic x'))
                     (eq_op nat_eqType (Obj.magic a) (Obj.magic a'))
                then Z.of_nat (size0 bs)
                else Integers.zero)), Integers.zero)
            (gsum
              (map0 (fun j ->
                entry (element v j x' (rest (outcome_radices o x') j a')) 0 0)
                (iota 0 (size0 o))))))))

(** val shift_of :
    int list -> rational -> int -> int -> Integers.t -> rational **)

let shift_of d delta bases k w =
  ((Z.mul
     (Z.mul (fst delta)
       (Z.add (Integers.twice (Integers.twice (Integers.twice (Integers.twice
         (Integers.twice_and_one (Integers.twice (Integers.twice
         (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
         (Integers.twice_and_one (Integers.twice (Integers.twice
         Integers.one)))))))))))))
         (Z.mul (Z.sub (Z.of_nat (radix d k)) Integers.one)
           (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
           (Integers.twice (Integers.twice_and_one (Integers.twice_and_one
           (Integers.twice_and_one (Integers.twice (Integers.twice_and_one
           Integers.one)))))))))))))))) w),
    (Z.mul
      (Z.mul (snd delta) (Integers.twice (Integers.twice (Integers.twice
        (Integers.twice (Integers.twice_and_one (Integers.twice
        (Integers.twice (Integers.twice (Integers.twice_and_one
        (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
        (Integers.twice Integers.one)))))))))))))) (Z.of_nat bases)))

(** val hidden_rules :
    int list list -> int list -> Integers.t -> table -> rational -> hidden ->
    Integers.t -> table -> rule list **)

let hidden_rules o d den t delta e denH tH =
  let items0 = items_of o d delta e tH in
  let still0 = Z.eqb (fst delta) Integers.zero in
  let bases = if still0 then Integers.nat_succ 0 else size0 e.bases_of in
  let weight = fun it ->
    if still0 then Integers.zero else weight_of o e.bases_of (fst (fst it))
  in
  (named ('\x74' :: ('\x72' :: ('\x61' :: ('\x63' :: ('\x65' :: [])))))
    (fun _ -> trace_rule d items0)) :: ((named
                                          ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))
                                          (fun _ ->
                                          (&&) (Z.ltb Integers.zero denH)
                                            (model_rule o d den t denH items0))) :: (
  (named ('\x72' :: ('\x65' :: ('\x61' :: ('\x63' :: ('\x68' :: [])))))
    (fun _ ->
    (&&)
      ((&&) (Z.leb Integers.zero (fst delta))
        (Z.ltb Integers.zero (snd delta)))
      ((||) still0 (inverse_rule o e.bases_of items0)))) :: ((named
                                                               ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
                                                               (fun _ ->
                                                               all (fun it ->
                                                                 (&&)
                                                                   ((||)
                                                                    still0
                                                                    (Z.leb
                                                                    (size_of_coefficients
                                                                    o it)
                                                                    (weight
                                                                    it)))
                                                                   (upto
                                                                    (size0 d)
                                                                    (fun k ->
                                                                    positive0
                                                                    (radix d
                                                                    k)
                                                                    (lowered
                                                                    (radix d
                                                                    k) denH
                                                                    (shift_of
                                                                    d delta
                                                                    bases k
                                                                    (weight
                                                                    it))
                                                                    (nth []
                                                                    (snd it)
                                                                    k)))))
                                                                 items0)) :: [])))

(** val outcome_text : int -> bytes -> int option **)

let outcome_text r s =
  Option.bind (fun z0 ->
    if Z.ltb z0 (Z.of_nat r) then Some (Z.to_nat z0) else None) (natural s)

(** val own_choices : int list -> bytes -> int list option **)

let own_choices r s =
  let ps = parts '\x2c' s in
  if eq_op nat_eqType (Obj.magic size0 ps) (Obj.magic size0 r)
  then each (fun p -> outcome_text (fst p) (snd p)) (zip r ps) []
  else None

(** val choices_at : int list list -> bytes -> choices option **)

let choices_at o s =
  let ps = parts '\x3b' s in
  if eq_op nat_eqType (Obj.magic size0 ps) (Obj.magic size0 o)
  then each (fun p -> own_choices (fst p) (snd p)) (zip o ps) []
  else None

(** val keys_of : json -> bytes list option **)

let keys_of = function
| Obj l -> Some (map0 fst l)
| _ -> None

(** val hidden_at : centred -> json -> hidden option **)

let hidden_at c j =
  let o = c.outcomes_of in
  let d = c.dims_of in
  (match fields
           (('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: [])))))) :: (('\x62' :: ('\x61' :: ('\x73' :: ('\x65' :: ('\x73' :: []))))) :: []))
           j with
   | Some l ->
     (match l with
      | [] -> None
      | j0 :: l0 ->
        (match j0 with
         | Arr l1 ->
           (match l1 with
            | [] -> None
            | s0 :: ss ->
              (match l0 with
               | [] -> None
               | jb :: l2 ->
                 (match l2 with
                  | [] ->
                    (match keys_of s0 with
                     | Some ks ->
                       let m = count ks in
                       if (&&) (leq (Integers.nat_succ 0) m)
                            ((&&)
                              (eq_op nat_eqType (Obj.magic size0 (s0 :: ss))
                                (Obj.magic size0 d))
                              (Z.leb
                                (Z.mul (Z.of_nat m)
                                  (product
                                    (map0 (fun r -> Z.of_nat (size0 r)) o)))
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                (Integers.twice (Integers.twice
                                Integers.one))))))))))))))))))))))))
                       then let p = ((each (choices_at o) ks []),
                              (each (fun p ->
                                family_at (fst p) (fst p) (ks :: []) (snd p))
                                (zip d (s0 :: ss)) []))
                            in
                            let o0 =
                              list_of (fun b ->
                                Option.bind (choices_at o) (str b)) jb
                            in
                            let (o1, o2) = p in
                            (match o1 with
                             | Some l3 ->
                               (match o2 with
                                | Some f ->
                                  (match o0 with
                                   | Some b ->
                                     if Z.leb (Z.of_nat (count b))
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          (Integers.twice (Integers.twice
                                          Integers.one))))))))))))
                                     then Some { listed = l3; states_of = f;
                                            bases_of = b }
                                     else None
                                   | None -> None)
                                | None -> None)
                             | None -> None)
                       else None
                     | None -> None)
                  | _ :: _ -> None)))
         | _ -> None))
   | None -> None)

(** val one_bob : int list -> int list -> bool **)

let one_bob d f =
  (&&)
    (match d with
     | [] -> false
     | d0 :: l ->
       (match l with
        | [] -> eq_op nat_eqType (Obj.magic d0) (Obj.magic card f)
        | _ :: _ -> false)) (all (leq (Integers.nat_succ 0)) f)

type transposes = (int * (bool list * matrix) list) list

(** val turn0 : int list -> bool list -> int -> int -> int **)

let turn0 f t p q =
  enc f (fun b -> if nth false t b then dig f b q else dig f b p)

(** val reduced :
    int list -> Integers.t -> Integers.t -> matrix -> (bool list * matrix)
    list -> matrix **)

let reduced f denF denQ a qs =
  tabulate (card f) (fun p q ->
    gsub (gscale denQ (entry a p q))
      (gscale denF
        (gsum
          (map0 (fun q0 ->
            entry (snd q0) (turn0 f (fst q0) p q) (turn0 f (fst q0) q p)) qs))))

(** val bob_matrices : int list list -> table -> matrix list list **)

let bob_matrices o w =
  map0 (fun x ->
    map0 (fun a -> element w 0 x a) (iota 0 (card (outcome_radices o x))))
    (iota 0 (card (setting_radices o)))

(** val walk :
    int list list -> int list -> Integers.t -> Integers.t -> matrix list list
    -> int -> int -> transposes -> bool **)

let rec walk o f denF denQ e t n0 l =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> true)
    (fun n' ->
    match l with
    | [] ->
      let qs = [] in
      let l' = [] in
      if positive0 (card f) (reduced f denF denQ (strategy_matrix o e t) qs)
      then walk o f denF denQ e (Integers.nat_succ t) n' l'
      else false
    | p :: l' ->
      let (m, qs) = p in
      if eq_op nat_eqType (Obj.magic m) (Obj.magic t)
      then if positive0 (card f)
                (reduced f denF denQ (strategy_matrix o e t) qs)
           then walk o f denF denQ e (Integers.nat_succ t) n' l'
           else false
      else let qs0 = [] in
           if positive0 (card f)
                (reduced f denF denQ (strategy_matrix o e t) qs0)
           then walk o f denF denQ e (Integers.nat_succ t) n' l
           else false)
    n0

(** val transposes_ok : int list -> transposes -> bool **)

let transposes_ok f l =
  all (fun s -> all (fun q -> positive0 (card f) (snd q)) (snd s)) l

(** val product_rule :
    int list list -> int list -> Integers.t -> Integers.t -> table -> int
    list -> transposes -> bool **)

let product_rule o f denF denQ w d l =
  (&&)
    ((&&)
      ((&&) (one_bob d f)
        ((&&) (Z.ltb Integers.zero denQ) (Z.leb Integers.zero denF)))
      (transposes_ok f l))
    (walk o f denF denQ (bob_matrices o w) 0 (strategies o) l)

(** val no_product_rules :
    centred -> int list -> family list -> (int * (bool
    list * fraction_matrix) list) list -> rule list **)

let no_product_rules c f f0 q =
  let (den, t) = over c.centre_of in
  let denF = common f0 Integers.one in
  let w = table_of denF f0 in
  let denQ = common ((map0 (fun s -> map0 snd (snd s)) q) :: []) Integers.one
  in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    ((named ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: [])))))
       (fun _ ->
       (&&) (Z.ltb Integers.zero (snd c.radius_of))
         (Z.ltb (value_within c.outcomes_of c.dims_of den t w c.radius_of)
           Integers.zero))) :: ((named
                                  ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
                                  (fun _ ->
                                  product_rule c.outcomes_of f denF denQ w
                                    c.dims_of
                                    (map0 (fun s -> ((fst s),
                                      (map0 (fun q0 -> ((fst q0),
                                        (rescale denQ (snd q0)))) (snd s))))
                                      q))) :: []))

type product_term = choices * fraction_matrix list

(** val product_den : product_term -> Integers.t **)

let product_den it =
  foldl Z.mul Integers.one (map0 fst (snd it))

(** val product_entry : int list -> product_term -> int -> int -> gauss **)

let product_entry f it p q =
  gprod
    (map0 (fun b ->
      entry (snd (nth (Integers.zero, []) (snd it) b)) (dig f b p) (dig f b q))
      (iota 0 (size0 f)))

(** val product_matrix : int list -> Integers.t -> product_term -> matrix **)

let product_matrix f l it =
  let s = Z.div l (product_den it) in
  tabulate (card f) (fun p q -> gscale s (product_entry f it p q))

(** val answered :
    centred -> product_term list -> int -> int -> product_term list **)

let answered c terms0 x a =
  filter (fun it ->
    eq_op nat_eqType (Obj.magic outcome_of c.outcomes_of (fst it) x)
      (Obj.magic a)) terms0

(** val factors_rule : int list -> product_term list -> bool **)

let factors_rule f terms0 =
  all (fun it ->
    upto (size0 f) (fun b ->
      let m = nth (Integers.zero, []) (snd it) b in
      (&&) (Z.ltb Integers.zero (fst m)) (positive0 (radix f b) (snd m))))
    terms0

(** val product_model_rule :
    centred -> int list -> product_term list -> Integers.t -> Integers.t ->
    table -> bool **)

let product_model_rule c f terms0 l den t =
  (&&)
    ((&&) ((&&) (one_bob c.dims_of f) (Z.ltb Integers.zero l))
      (all (fun it ->
        (&&) (choices_ok c.outcomes_of (fst it))
          ((&&)
            (eq_op nat_eqType (Obj.magic size0 (snd it)) (Obj.magic size0 f))
            (Z.eqb (Z.mul (Z.div l (product_den it)) (product_den it)) l)))
        terms0))
    (events c.outcomes_of (fun x a ->
      let m =
        foldl (fun a0 it -> add_matrices a0 (product_matrix f l it)) []
          (answered c terms0 x a)
      in
      upto (card f) (fun p ->
        upto (card f) (fun q ->
          geq (gscale den (entry m p q))
            (gscale l (entry (element t 0 x a) p q))))))

(** val product_rules :
    centred -> int list -> product_term list -> rule list **)

let product_rules c f terms0 =
  let (den, t) = over c.centre_of in
  let l = foldl (fun g it -> Z.lcm g (product_den it)) Integers.one terms0 in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    ((named
       ('\x72' :: ('\x61' :: ('\x64' :: ('\x69' :: ('\x75' :: ('\x73' :: []))))))
       (fun _ -> Z.eqb (fst c.radius_of) Integers.zero)) :: ((named
                                                               ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
                                                               (fun _ ->
                                                               factors_rule f
                                                                 terms0)) :: (
    (named ('\x6d' :: ('\x6f' :: ('\x64' :: ('\x65' :: ('\x6c' :: [])))))
      (fun _ -> product_model_rule c f terms0 l den t)) :: [])))

(** val entries : json -> (bytes * json) list option **)

let entries = function
| Obj l -> let s = by_key l in if distinct s then Some s else None
| _ -> None

(** val increasing : Integers.t list -> bool **)

let rec increasing = function
| [] -> true
| x :: s' ->
  (match s' with
   | [] -> true
   | y :: _ -> if Z.ltb x y then increasing s' else false)

(** val factor_set_at : int list -> bytes -> bool list option **)

let factor_set_at f s =
  Option.bind (fun l ->
    if (&&) (increasing l) (all (fun z0 -> Z.ltb z0 (Z.of_nat (size0 f))) l)
    then Some (map0 (fun b -> has (Z.eqb (Z.of_nat b)) l) (iota 0 (size0 f)))
    else None) (each natural (parts '\x2c' s) [])

(** val strategy_code : int list list -> choices -> int **)

let strategy_code o s =
  let l = flatten s in enc (flatten o) (nth 0 l)

(** val transposes_at :
    int list list -> int list -> json -> (int * (bool list * fraction_matrix)
    list) list option **)

let transposes_at o f j =
  let d = card f in
  Option.bind (fun l ->
    Option.map (sorted_by (fun x y -> leq (fst x) (fst y)))
      (each (fun s ->
        pair_of (Option.map (strategy_code o) (choices_at o (fst s)))
          (Option.bind (fun m ->
            each (fun q ->
              pair_of (factor_set_at f (fst q)) (matrix_at d d (snd q))) m [])
            (entries (snd s)))) l [])) (entries j)

(** val no_product_at :
    centred -> int list -> json -> (family list * (int * (bool
    list * fraction_matrix) list) list) option **)

let no_product_at c f j =
  match fields (('\x46' :: []) :: (('\x51' :: []) :: [])) j with
  | Some l ->
    (match l with
     | [] -> None
     | jF :: l0 ->
       (match l0 with
        | [] -> None
        | jQ :: l1 ->
          (match l1 with
           | [] ->
             pair_of (centre_at c.outcomes_of c.dims_of jF)
               (transposes_at c.outcomes_of f jQ)
           | _ :: _ -> None)))
  | None -> None

(** val product_term_at :
    int list list -> int list -> json -> product_term option **)

let product_term_at o f j =
  match fields
          (('\x73' :: ('\x74' :: ('\x72' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x67' :: ('\x79' :: [])))))))) :: (('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x73' :: [])))))) :: []))
          j with
  | Some l0 ->
    (match l0 with
     | [] -> None
     | j0 :: l1 ->
       (match j0 with
        | Str s ->
          (match l1 with
           | [] -> None
           | j1 :: l2 ->
             (match j1 with
              | Arr l ->
                (match l2 with
                 | [] ->
                   if eq_op nat_eqType (Obj.magic count l) (Obj.magic size0 f)
                   then pair_of (choices_at o s)
                          (each (fun x -> matrix_at (fst x) (fst x) (snd x))
                            (zip f l) [])
                   else None
                 | _ :: _ -> None)
              | _ -> None))
        | _ -> None))
  | None -> None

(** val product_terms_at :
    centred -> int list -> json -> product_term list option **)

let product_terms_at c f j =
  match fields
          (('\x74' :: ('\x65' :: ('\x72' :: ('\x6d' :: ('\x73' :: []))))) :: [])
          j with
  | Some l0 ->
    (match l0 with
     | [] -> None
     | j0 :: l1 ->
       (match j0 with
        | Arr l ->
          (match l1 with
           | [] ->
             let m = Z.of_nat (count l) in
             let o = c.outcomes_of in
             if (&&)
                  (Z.leb m (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice Integers.one)))))))))))))))))
                  (Z.leb
                    (Z.mul m (product (map0 (fun r -> Z.of_nat (size0 r)) o)))
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice (Integers.twice (Integers.twice
                    (Integers.twice Integers.one)))))))))))))))))))))))
             then each (product_term_at o f) l []
             else None
           | _ :: _ -> None)
        | _ -> None))
  | None -> None

(** val mixture_at :
    centred -> json -> ((rational * realisation) * hidden) option **)

let mixture_at c j =
  match fields
          (('\x77' :: ('\x65' :: ('\x69' :: ('\x67' :: ('\x68' :: ('\x74' :: [])))))) :: (('\x72' :: ('\x65' :: ('\x61' :: ('\x6c' :: ('\x69' :: ('\x73' :: ('\x61' :: ('\x74' :: ('\x69' :: ('\x6f' :: ('\x6e' :: []))))))))))) :: (('\x68' :: ('\x69' :: ('\x64' :: ('\x64' :: ('\x65' :: ('\x6e' :: [])))))) :: [])))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jt :: l0 ->
       (match l0 with
        | [] -> None
        | jr :: l1 ->
          (match l1 with
           | [] -> None
           | jh :: l2 ->
             (match l2 with
              | [] ->
                (match rational_at jt with
                 | Some t ->
                   if (&&) (Z.ltb Integers.zero (fst t))
                        (at_most t (Integers.one, Integers.one))
                   then pair_of
                          (Option.map (fun x -> (t, x)) (realisation_at c jr))
                          (hidden_at c jh)
                   else None
                 | None -> None)
              | _ :: _ -> None))))
  | None -> None

(** val thinner : rational -> rational -> rational **)

let thinner r delta =
  ((Z.mul (Z.sub (snd r) (fst r)) (fst delta)), (Z.mul (snd r) (snd delta)))

(** val lower_rule :
    int list list -> int list -> Integers.t -> Integers.t -> Integers.t ->
    Integers.t -> table -> table -> rational -> bool **)

let lower_rule o d v den q denN tN w lo =
  (&&) (Z.ltb v Integers.zero)
    ((&&) (Z.ltb Integers.zero (snd lo))
      ((&&) (Z.leb (fst lo) (snd lo))
        (Z.leb
          (Z.add
            (Z.mul (Z.mul (fst lo) (fst (steering_value o d w tN)))
              (Z.mul den q)) (Z.mul (Z.mul (Z.sub (snd lo) (fst lo)) v) denN))
          Integers.zero)))

(** val mixed : centred -> family list -> rational -> family list **)

let mixed c n0 upper =
  mix_families c.outcomes_of c.dims_of upper n0 c.centre_of

(** val upper_ok :
    centred -> family list -> rational -> Integers.t -> bool **)

let upper_ok c n0 upper den =
  (&&)
    ((&&) (Z.ltb Integers.zero (snd upper))
      ((&&) (Z.leb Integers.zero (fst upper))
        ((&&) (Z.leb (fst upper) (snd upper))
          ((&&) (Z.ltb Integers.zero (snd c.radius_of))
            (Z.leb Integers.zero (fst c.radius_of))))))
    (fits den (mixed c n0 upper))

(** val lower_rules :
    centred -> rational -> ((family list * family list) option * family) ->
    Integers.t -> table -> Integers.t -> table -> rule list **)

let lower_rules c lower e den t denN tN =
  match fst e with
  | Some m ->
    let (w, v) = multiplier_tables m in
    let r = c.radius_of in
    (named
      ('\x62' :: ('\x61' :: ('\x6c' :: ('\x61' :: ('\x6e' :: ('\x63' :: ('\x65' :: [])))))))
      (fun _ -> check_V c.outcomes_of c.dims_of v)) :: ((named
                                                          ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
                                                          (fun _ ->
                                                          events
                                                            c.outcomes_of
                                                            (fun x a ->
                                                            positive0
                                                              (card c.dims_of)
                                                              (dual_matrix
                                                                c.outcomes_of
                                                                c.dims_of w v
                                                                x a)))) :: (
    (named ('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: [])))))
      (fun _ ->
      lower_rule c.outcomes_of c.dims_of
        (value_within c.outcomes_of c.dims_of den t w r) den (snd r) denN tN
        w lower)) :: []))
  | None ->
    (named ('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: [])))))
      (fun _ -> Z.eqb (fst lower) Integers.zero)) :: []

(** val noise_robustness_rules :
    centred -> family list -> rational -> rational -> ((family list * family
    list) option * family) -> rule list **)

let noise_robustness_rules c n0 lower upper e =
  let (den, t) = over c.centre_of in
  let (denN, tN) = over n0 in
  let (denM, tM) = over (mixed c n0 upper) in
  let (denS, m) = joint_table (snd e) in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (cat (assemblage_rules c.outcomes_of c.dims_of n0 denN tN)
      ((named ('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: [])))))
         (fun _ -> upper_ok c n0 upper denM)) :: (cat
                                                   (lower_rules c lower e den
                                                     t denN tN)
                                                   (joint_rules c.outcomes_of
                                                     c.dims_of denM tM denS m
                                                     (thinner upper
                                                       c.radius_of)
                                                     (Integers.zero,
                                                     Integers.one)))))

type pauli = ((Integers.t * Integers.t) * Integers.t) * Integers.t

(** val pauli_of : matrix -> pauli **)

let pauli_of m =
  let a = entry m 0 0 in
  let b = entry m 0 (Integers.nat_succ 0) in
  let c = entry m (Integers.nat_succ 0) 0 in
  let e = entry m (Integers.nat_succ 0) (Integers.nat_succ 0) in
  ((((Z.add (fst a) (fst e)), (Z.add (fst b) (fst c))),
  (Z.sub (snd c) (snd b))), (Z.sub (fst a) (fst e)))

(** val million : Integers.t **)

let million =
  (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice_and_one (Integers.twice
    (Integers.twice_and_one (Integers.twice_and_one (Integers.twice_and_one
    Integers.one)))))))))))))))))))

(** val at_point :
    Integers.t -> Integers.t -> Integers.t -> Integers.t -> pauli ->
    Integers.t **)

let at_point n0 a b c w =
  Z.add (Z.mul n0 (fst (fst (fst w))))
    (Z.mul million
      (Z.add (Z.add (Z.mul a (snd (fst (fst w)))) (Z.mul b (snd (fst w))))
        (Z.mul c (snd w))))

(** val least0 : (pauli -> Integers.t) -> pauli list -> Integers.t **)

let least0 f = function
| [] -> Integers.zero
| w :: row' ->
  foldl (fun m w0 -> let v = f w0 in if Z.ltb v m then v else m) (f w) row'

(** val sum_least : (pauli -> Integers.t) -> pauli list list -> Integers.t **)

let sum_least f rows =
  foldl (fun t row0 -> Z.add t (least0 f row0)) Integers.zero rows

(** val signed : bool -> Integers.t -> Integers.t **)

let signed s z0 =
  if s then z0 else Z.opp z0

(** val both : (bool -> bool) -> bool **)

let both p =
  (&&) (p true) (p false)

(** val points_ok :
    pauli list list -> Integers.t -> Integers.t -> Integers.t -> bool **)

let points_ok rows a b c =
  let q =
    Z.sub
      (Z.mul (Integers.twice_and_one Integers.one)
        (Z.add (Z.add (Z.mul a a) (Z.mul b b)) (Z.mul c c))) (Integers.twice
      Integers.one)
  in
  let n0 =
    Z.sqrt
      (Z.div (Z.mul (Z.mul million million) q) (Integers.twice_and_one
        Integers.one))
  in
  (&&) (Z.ltb Integers.zero n0)
    ((&&)
      (Z.leb (Z.mul (Integers.twice_and_one Integers.one) (Z.mul n0 n0))
        (Z.mul (Z.mul million million) q))
      (both (fun s ->
        both (fun s' ->
          both (fun s'' ->
            Z.leb Integers.zero
              (sum_least
                (at_point n0 (signed s a) (signed s' b) (signed s'' c)) rows))))))

(** val pauli_rows : int list list -> table -> pauli list list **)

let pauli_rows o w =
  map0 (fun x ->
    map0 (fun a -> pauli_of (element w 0 x a))
      (iota 0 (card (outcome_radices o x))))
    (iota 0 (card (setting_radices o)))

(** val one_qubit : int list -> bool **)

let one_qubit = function
| [] -> false
| n0 :: l ->
  ((fun zero succ n -> if n = 0 then zero () else succ (n - 1))
     (fun _ -> false)
     (fun n1 ->
     (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
       (fun _ -> false)
       (fun n2 ->
       (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
         (fun _ -> match l with
                   | [] -> true
                   | _ :: _ -> false)
         (fun _ -> false)
         n2)
       n1)
     n0)

(** val grid_rule : int list list -> int -> table -> bool **)

let grid_rule o k w =
  let rows = pauli_rows o w in
  (&&) (leq (Integers.nat_succ 0) k)
    (upto (Integers.nat_succ k) (fun a ->
      upto (subn (Integers.nat_succ k) a) (fun b ->
        points_ok rows (Z.of_nat a) (Z.of_nat b)
          (Z.of_nat (subn (subn k a) b)))))

type inequality = family list * int option

(** val classical_rule :
    int list list -> int list -> table -> int option -> rule **)

let classical_rule o d w = function
| Some k ->
  named ('\x67' :: ('\x72' :: ('\x69' :: ('\x64' :: [])))) (fun _ ->
    (&&) (one_qubit d) (grid_rule o k w))
| None ->
  named
    ('\x70' :: ('\x6f' :: ('\x73' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x76' :: ('\x65' :: []))))))))
    (fun _ -> strategy_rule o d w)

(** val no_lhs_rules : centred -> inequality -> rule list **)

let no_lhs_rules c e =
  let (den, t) = over c.centre_of in
  let w = table_of (common (fst e) Integers.one) (fst e) in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    ((named ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: [])))))
       (fun _ ->
       (&&) (Z.ltb Integers.zero (snd c.radius_of))
         (Z.ltb (value_within c.outcomes_of c.dims_of den t w c.radius_of)
           Integers.zero))) :: ((classical_rule c.outcomes_of c.dims_of w
                                  (snd e)) :: []))

(** val lhs_model_rules : centred -> hidden -> rule list **)

let lhs_model_rules c e =
  let (den, t) = over c.centre_of in
  let (denH, tH) = over e.states_of in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (hidden_rules c.outcomes_of c.dims_of den t c.radius_of e denH tH)

(** val lhs_lower_rules :
    centred -> rational -> (inequality option * hidden) -> Integers.t ->
    table -> Integers.t -> table -> rule list **)

let lhs_lower_rules c lower e den t denN tN =
  match fst e with
  | Some i ->
    let (f, grid) = i in
    let w = table_of (common f Integers.one) f in
    let r = c.radius_of in
    (classical_rule c.outcomes_of c.dims_of w grid) :: ((named
                                                          ('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: [])))))
                                                          (fun _ ->
                                                          lower_rule
                                                            c.outcomes_of
                                                            c.dims_of
                                                            (value_within
                                                              c.outcomes_of
                                                              c.dims_of den t
                                                              w r) den
                                                            (snd r) denN tN w
                                                            lower)) :: [])
  | None ->
    (named ('\x6c' :: ('\x6f' :: ('\x77' :: ('\x65' :: ('\x72' :: [])))))
      (fun _ -> Z.eqb (fst lower) Integers.zero)) :: []

(** val lhs_noise_rules :
    centred -> family list -> rational -> rational -> (inequality
    option * hidden) -> rule list **)

let lhs_noise_rules c n0 lower upper e =
  let (den, t) = over c.centre_of in
  let (denN, tN) = over n0 in
  let (denM, tM) = over (mixed c n0 upper) in
  let (denH, tH) = over (snd e).states_of in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    (cat (assemblage_rules c.outcomes_of c.dims_of n0 denN tN)
      ((named ('\x75' :: ('\x70' :: ('\x70' :: ('\x65' :: ('\x72' :: [])))))
         (fun _ -> upper_ok c n0 upper denM)) :: (cat
                                                   (lhs_lower_rules c lower e
                                                     den t denN tN)
                                                   (hidden_rules
                                                     c.outcomes_of c.dims_of
                                                     denM tM
                                                     (thinner upper
                                                       c.radius_of) (snd e)
                                                     denH tH))))

(** val remainder_matrix :
    int -> rational -> Integers.t -> fraction_matrix -> matrix ->
    fraction_matrix **)

let remainder_matrix n0 t den a q =
  ((Z.mul (Z.mul (fst t) (fst a)) den),
    (tabulate n0 (fun i j ->
      gsub (gscale (Z.mul (snd t) den) (entry (snd a) i j))
        (gscale (Z.mul (Z.sub (snd t) (fst t)) (fst a)) (entry q i j)))))

(** val for_elements :
    int list list -> int list -> (int -> int -> int -> 'a1) -> 'a1 list list
    list **)

let for_elements o d f =
  mkseq (fun k ->
    mkseq (fun x -> mkseq (f k x) (card (outcome_radices o x)))
      (card (setting_radices o))) (size0 d)

(** val marginal_table :
    int list list -> int list -> (int -> int -> matrix) -> table **)

let marginal_table o d s =
  for_elements o d (fun k x a ->
    let a0 = s x a in tabulate (radix d k) (partial_trace_entry d a0 k))

(** val remainder_families :
    int list list -> int list -> rational -> family list -> Integers.t ->
    table -> family list **)

let remainder_families o d t c den q =
  for_elements o d (fun k x a ->
    remainder_matrix (radix d k) t den (member_of (nth [] c k) x a)
      (element q k x a))

(** val thicker : rational -> rational -> rational **)

let thicker t delta =
  ((Z.mul (fst delta) (snd t)), (Z.mul (snd delta) (fst t)))

(** val quantum_mixture_rules :
    centred -> rational -> realisation -> hidden -> rule list **)

let quantum_mixture_rules c t e f =
  let (den, tc) = over c.centre_of in
  let rho = state_matrix (card e.systems) (card c.dims_of) e.terms in
  let denR = fst (gtrace (muln (card e.systems) (card c.dims_of)) rho) in
  let (denM, m) = over e.effects in
  let denS = Z.mul denR (Z.pow denM (Z.of_nat (size0 c.outcomes_of))) in
  let l =
    remainder_families c.outcomes_of c.dims_of t c.centre_of denS
      (marginal_table c.outcomes_of c.dims_of
        (steered_matrix c.outcomes_of c.dims_of e.systems rho m))
  in
  let (denL, tL) = over l in
  let (denH, tH) = over f.states_of in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den tc)
    (cat
      ((named ('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: [])))))
         (fun _ -> state_rule c e rho denR denM)) :: ((named
                                                        ('\x70' :: ('\x6f' :: ('\x76' :: ('\x6d' :: []))))
                                                        (fun _ ->
                                                        povm_rule c e m denM)) :: (
      (named
        ('\x77' :: ('\x65' :: ('\x69' :: ('\x67' :: ('\x68' :: ('\x74' :: []))))))
        (fun _ ->
        (&&)
          ((&&) (Z.ltb Integers.zero (fst t))
            ((&&) (Z.ltb Integers.zero (snd t))
              ((&&) (Z.leb (fst t) (snd t))
                (Z.ltb Integers.zero (snd c.radius_of))))) (fits denL l))) :: [])))
      (hidden_rules c.outcomes_of c.dims_of denL tL (thicker t c.radius_of) f
        denH tH))

type 'k tree =
| Leaf
| Node of 'k tree * ('k * matrix) list * 'k tree

(** val put :
    ('a1 -> 'a1 -> bool) -> 'a1 -> matrix -> ('a1 * matrix) list ->
    ('a1 * matrix) list **)

let rec put same0 k m = function
| [] -> (k, m) :: []
| x :: b' ->
  if same0 (fst x) k
  then ((fst x), (add_matrices (snd x) m)) :: b'
  else x :: (put same0 k m b')

(** val insert_at :
    ('a1 -> 'a1 -> bool) -> Integers.t -> 'a1 -> matrix -> 'a1 tree -> 'a1
    tree **)

let rec insert_at same0 p k m t =
  Integers.match_positive
    (fun p' ->
    match t with
    | Leaf -> Node (Leaf, [], (insert_at same0 p' k m Leaf))
    | Node (l, b, r) -> Node (l, b, (insert_at same0 p' k m r)))
    (fun p' ->
    match t with
    | Leaf -> Node ((insert_at same0 p' k m Leaf), [], Leaf)
    | Node (l, b, r) -> Node ((insert_at same0 p' k m l), b, r))
    (fun _ ->
    match t with
    | Leaf -> Node (Leaf, ((k, m) :: []), Leaf)
    | Node (l, b, r) -> Node (l, (put same0 k m b), r))
    p

(** val insert :
    ('a1 -> 'a1 -> bool) -> ('a1 -> Integers.t) -> 'a1 -> matrix -> 'a1 tree
    -> 'a1 tree **)

let insert same0 code0 k m t =
  insert_at same0
    (Integers.match_z
       (fun _ -> Integers.one)
       (fun p -> p)
       (fun _ -> Integers.one)
       (code0 k)) k m t

(** val elements_onto :
    'a1 tree -> ('a1 * matrix) list -> ('a1 * matrix) list **)

let rec elements_onto t out =
  match t with
  | Leaf -> out
  | Node (l, b, r) -> elements_onto l (catrev b (elements_onto r out))

(** val elements : 'a1 tree -> ('a1 * matrix) list **)

let elements t =
  elements_onto t []

(** val same_part : part -> part -> bool **)

let rec same_part p q =
  match p with
  | [] -> (match q with
           | [] -> true
           | _ :: _ -> false)
  | a :: p' ->
    (match q with
     | [] -> false
     | b :: q' ->
       (&&) (eqn (fst a) (fst b))
         ((&&) (eqn (snd a) (snd b)) (same_part p' q')))

(** val same_word : word0 -> word0 -> bool **)

let rec same_word s t =
  match s with
  | [] -> (match t with
           | [] -> true
           | _ :: _ -> false)
  | p :: s' ->
    (match t with
     | [] -> false
     | q :: t' -> (&&) (same_part p q) (same_word s' t'))

(** val same_event : (int option * int) -> (int option * int) -> bool **)

let same_event a b =
  (&&) (eqn (snd a) (snd b))
    (match fst a with
     | Some c -> (match fst b with
                  | Some d -> eqn c d
                  | None -> false)
     | None -> (match fst b with
                | Some _ -> false
                | None -> true))

(** val same_label : label -> label -> bool **)

let rec same_label l k =
  match l with
  | [] -> (match k with
           | [] -> true
           | _ :: _ -> false)
  | a :: l' ->
    (match k with
     | [] -> false
     | b :: k' -> (&&) (same_event a b) (same_label l' k'))

(** val same_pending : (word0 * label) -> (word0 * label) -> bool **)

let same_pending k l =
  (&&) (same_word (fst k) (fst l)) (same_label (snd k) (snd l))

(** val no_letters : word0 -> bool **)

let no_letters w =
  all (fun p -> match p with
                | [] -> true
                | _ :: _ -> false) w

(** val largest : int list -> int **)

let largest s =
  foldl maxn 0 s

(** val span : int list list -> Integers.t **)

let span o =
  Z.of_nat (Integers.nat_succ (largest (map0 largest o)))

(** val base : int list list -> Integers.t **)

let base o =
  Z.add (Integers.twice Integers.one)
    (Z.mul (span o) (Z.of_nat (largest (map0 size0 o))))

(** val part_code : int list list -> Integers.t -> part -> Integers.t **)

let part_code o z0 p =
  Z.mul
    (foldl (fun z1 a ->
      Z.add
        (Z.add (Z.add (Z.mul z1 (base o)) Integers.one)
          (Z.mul (Z.of_nat (fst a)) (span o))) (Z.of_nat (snd a))) z0 p)
    (base o)

(** val word_code : int list list -> word0 -> Integers.t **)

let word_code o w =
  foldl (part_code o) Integers.one w

(** val event_code :
    int list list -> Integers.t -> (int option * int) -> Integers.t **)

let event_code o z0 l =
  Z.add
    (Z.add (Z.add (Z.mul z0 (base o)) Integers.one)
      (Z.mul (Z.of_nat (snd l)) (span o)))
    (match fst l with
     | Some a -> Z.of_nat (Integers.nat_succ a)
     | None -> Integers.zero)

(** val pending_code : int list list -> (word0 * label) -> Integers.t **)

let pending_code o k =
  foldl (event_code o) (word_code o (fst k)) (snd k)

type row = Integers.t list * Integers.t list

(** val zdot :
    Integers.t list -> Integers.t list -> Integers.t -> Integers.t **)

let rec zdot r s acc =
  match r with
  | [] -> acc
  | x :: r' ->
    (match s with
     | [] -> acc
     | y :: s' -> zdot r' s' (Z.add acc (Z.mul x y)))

(** val row_dot : row -> row -> gauss **)

let row_dot r s =
  ((zdot (fst r) (fst s) (zdot (snd r) (snd s) Integers.zero)),
    (Z.sub (zdot (snd r) (fst s) Integers.zero)
      (zdot (fst r) (snd s) Integers.zero)))

(** val block : row list -> row list -> matrix **)

let block rows rows' =
  map0 (fun r -> map0 (fun r' -> row_dot r r') rows') rows

(** val scaled : Integers.t -> matrix -> matrix **)

let scaled c m =
  map0 (map0 (gscale c)) m

(** val daggered : int -> matrix -> matrix **)

let daggered d m =
  tabulate d (fun p q -> let z0 = entry m q p in ((fst z0), (Z.opp (snd z0))))

(** val zmax : Integers.t -> Integers.t -> Integers.t **)

let zmax a b =
  if Z.leb a b then b else a

(** val add_vectors :
    Integers.t list -> Integers.t list -> Integers.t list **)

let rec add_vectors r s =
  match r with
  | [] -> s
  | x :: r' ->
    (match s with
     | [] -> r
     | y :: s' -> (Z.add x y) :: (add_vectors r' s'))

(** val column_sums : matrix -> Integers.t list **)

let column_sums m =
  foldr add_vectors [] (map0 (map0 gabs1) m)

(** val size_of : matrix -> Integers.t **)

let size_of m =
  foldl zmax (foldl zmax Integers.zero (column_sums m))
    (map0 (fun r -> zsum (map0 gabs1 r)) m)

(** val add_square :
    int list list -> (word0 * row list) -> word0 tree -> word0 tree **)

let add_square o s z0 =
  match product_from o 0 (fst s) (fst s) with
  | Some m -> insert same_word (word_code o) m (block (snd s) (snd s)) z0
  | None -> z0

(** val add_pair :
    int list list -> int -> (word0 * row list) -> word0 tree -> (word0 * row
    list) -> word0 tree **)

let add_pair o d s z0 t =
  match product_from o 0 (fst s) (fst t) with
  | Some m ->
    let b = block (snd s) (snd t) in
    insert same_word (word_code o) (adjoint m) (daggered d b)
      (insert same_word (word_code o) m b z0)
  | None -> z0

(** val add_squares :
    int list list -> int -> (word0 * row list) list -> word0 tree -> word0
    tree **)

let rec add_squares o d l z0 =
  match l with
  | [] -> z0
  | s :: l' ->
    add_squares o d l' (foldl (add_pair o d s) (add_square o s z0) l')

(** val next_alice :
    int list list -> (word0 * label) tree -> ((word0 * label) * matrix) ->
    (word0 * label) tree **)

let next_alice o z0 = function
| (p, m) ->
  let (w, l) = p in
  (match l with
   | [] ->
     insert same_pending (pending_code o) (w, [])
       (scaled (Integers.twice Integers.one) m) z0
   | e :: l' ->
     foldl (fun z1 t ->
       insert same_pending (pending_code o) ((rcons w (fst t)), l')
         (scaled (snd t) m) z1) z0 (twice_in_words o (size0 w) e))

(** val in_words :
    int list list -> (label * matrix) list -> ((word0 * label) * matrix) list **)

let in_words o terms0 =
  iter0 (size0 o) (fun l -> elements (foldl (next_alice o) Leaf l))
    (foldl (fun l t -> (([], (fst t)), (snd t)) :: l) [] terms0)

(** val rest_of : (word0 * matrix) list -> matrix * Integers.t **)

let rest_of l =
  foldl (fun r x ->
    if no_letters (fst x)
    then ((add_matrices (fst r) (snd x)), (snd r))
    else ((fst r), (Z.add (snd r) (size_of (snd x))))) ([], Integers.zero) l

(** val less_unit : int -> matrix -> Integers.t -> matrix **)

let less_unit d m b =
  tabulate d (fun p q ->
    let z0 = entry m p q in
    if eqn p q then ((Z.sub (fst z0) b), (snd z0)) else z0)

(** val squares_rule :
    int list list -> int -> Integers.t -> (label * matrix) list -> Integers.t
    -> (word0 * row list) list -> bool **)

let squares_rule o d h terms0 den l =
  let h0 = in_words o terms0 in
  let f =
    Z.opp (Z.mul h (Z.pow (Integers.twice Integers.one) (Z.of_nat (size0 o))))
  in
  let d2 = Z.mul den den in
  let z0 =
    foldl (fun z0 x ->
      insert same_word (word_code o) (fst x) (scaled f (snd x)) z0) Leaf
      (elements (add_squares o d l Leaf))
  in
  let r =
    rest_of
      (elements
        (foldl (fun z1 x ->
          insert same_word (word_code o) (fst (fst x)) (scaled d2 (snd x)) z1)
          z0 h0))
  in
  (&&) (Z.ltb Integers.zero h)
    ((&&) (Z.ltb Integers.zero den)
      ((&&)
        (all (fun x -> match snd (fst x) with
                       | [] -> true
                       | _ :: _ -> false) h0)
        (positive0 d (less_unit d (fst r) (snd r)))))

(** val unit_matrix : int -> Integers.t -> matrix **)

let unit_matrix d c =
  tabulate d (fun p q -> if eqn p q then (c, Integers.zero) else g0)

(** val label_ok : int list list -> label -> bool **)

let label_ok o l =
  (&&) (eq_op nat_eqType (Obj.magic size0 l) (Obj.magic size0 o))
    (all (fun j ->
      leq (Integers.nat_succ (snd (nth (None, 0) l j))) (size0 (nth [] o j)))
      (iota 0 (size0 o)))

type sum_of_squares = { factor_den : Integers.t;
                        factor_rows_of : (word0 * row list) list }

(** val whole : int list list -> label **)

let whole o =
  nseq (size0 o) (None, 0)

(** val bound_den : bounded -> Integers.t **)

let bound_den b =
  foldl (fun g x -> Z.lcm g (fst (snd x)))
    (Z.lcm (snd b.tolerance_of) (snd b.upper_of)) b.functional_of

(** val bound_terms : bounded -> Integers.t -> (label * matrix) list **)

let bound_terms b h =
  let k = Z.of_nat (count b.functional_of) in
  let c =
    Z.sub (Z.mul (fst b.upper_of) (Z.div h (snd b.upper_of)))
      (Z.mul
        (Z.mul
          (Z.mul (Integers.twice Integers.one)
            (Z.of_nat (card (snd b.scenario_of_bound)))) k)
        (Z.mul (fst b.tolerance_of) (Z.div h (snd b.tolerance_of))))
  in
  ((whole (fst b.scenario_of_bound)),
  (unit_matrix (card (snd b.scenario_of_bound)) c)) :: (map0 (fun x ->
                                                         ((fst x),
                                                         (scaled
                                                           (Z.opp
                                                             (Z.div h
                                                               (fst (snd x))))
                                                           (snd (snd x)))))
                                                         b.functional_of)

(** val divides : Integers.t -> Integers.t -> bool **)

let divides a h =
  (&&) (Z.ltb Integers.zero a) (Z.eqb (Z.modulo h a) Integers.zero)

(** val quantum_bound_rules : bounded -> sum_of_squares -> rule list **)

let quantum_bound_rules b e =
  (named
    ('\x68' :: ('\x65' :: ('\x72' :: ('\x6d' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x61' :: ('\x6e' :: [])))))))))
    (fun _ ->
    all (fun x -> hermitian (card (snd b.scenario_of_bound)) (snd (snd x)))
      b.functional_of)) :: ((named
                              ('\x73' :: ('\x71' :: ('\x75' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x73' :: [])))))))
                              (fun _ ->
                              let h = bound_den b in
                              (&&)
                                (nonempty (fst b.scenario_of_bound)
                                  (snd b.scenario_of_bound))
                                ((&&)
                                  (Z.leb Integers.zero (fst b.tolerance_of))
                                  ((&&) (divides (snd b.tolerance_of) h)
                                    ((&&) (divides (snd b.upper_of) h)
                                      ((&&)
                                        (all (fun x ->
                                          (&&)
                                            (label_ok
                                              (fst b.scenario_of_bound)
                                              (fst x))
                                            (divides (fst (snd x)) h))
                                          b.functional_of)
                                        (squares_rule
                                          (fst b.scenario_of_bound)
                                          (card (snd b.scenario_of_bound)) h
                                          (bound_terms b h) e.factor_den
                                          e.factor_rows_of))))))) :: [])

(** val label_of : int list list -> int -> int -> label **)

let label_of o x a =
  map0 (fun j -> ((Some (dig (outcome_radices o x) j a)),
    (dig (setting_radices o) j x))) (iota 0 (size0 o))

(** val level_terms :
    centred -> Integers.t -> table -> (label * matrix) list **)

let level_terms c cz wt =
  ((whole c.outcomes_of),
    (unit_matrix (card c.dims_of) cz)) :: (flatten
                                            (map0 (fun x ->
                                              map0 (fun a ->
                                                ((label_of c.outcomes_of x a),
                                                (tabulate (card c.dims_of)
                                                  (joint_entry c.dims_of wt x
                                                    a))))
                                                (iota 0
                                                  (card
                                                    (outcome_radices
                                                      c.outcomes_of x))))
                                              (iota 0
                                                (card
                                                  (setting_radices
                                                    c.outcomes_of)))))

(** val level_rules :
    centred -> family list -> rational -> sum_of_squares -> rule list **)

let level_rules c w k e =
  let (den, t) = over c.centre_of in
  let m = common w (snd k) in
  let wt = table_of m w in
  let cz = Z.mul (fst k) (Z.div m (snd k)) in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    ((named
       ('\x73' :: ('\x71' :: ('\x75' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x73' :: [])))))))
       (fun _ ->
       squares_rule c.outcomes_of (card c.dims_of) m (level_terms c cz wt)
         e.factor_den e.factor_rows_of)) :: ((named
                                               ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: [])))))
                                               (fun _ ->
                                               (&&)
                                                 (Z.ltb Integers.zero
                                                   (snd c.radius_of))
                                                 (Z.ltb
                                                   (Z.add
                                                     (Z.mul cz
                                                       (Z.mul den
                                                         (snd c.radius_of)))
                                                     (value_within
                                                       c.outcomes_of
                                                       c.dims_of den t wt
                                                       c.radius_of))
                                                   Integers.zero))) :: []))

(** val label_place : centred -> label -> int **)

let label_place c l =
  enc (setting_radices c.outcomes_of) (fun j -> snd (nth (None, 0) l j))

(** val stands_for : centred -> label -> int -> int -> bool **)

let stands_for c l x a =
  all (fun j ->
    match fst (nth (None, 0) l j) with
    | Some b -> eqn (dig (outcome_radices c.outcomes_of x) j a) b
    | None -> true) (iota 0 (size0 c.outcomes_of))

(** val all_left_out : label -> bool **)

let all_left_out l =
  all (fun u -> match fst u with
                | Some _ -> false
                | None -> true) l

(** val members_of : centred -> label -> int list **)

let members_of c l =
  let x = label_place c l in
  filter (fun a -> stands_for c l x a)
    (iota 0 (card (outcome_radices c.outcomes_of x)))

(** val probability : centred -> table -> label -> Integers.t **)

let probability c t l =
  let x = label_place c l in
  zsum
    (map0 (fun a ->
      fst
        (gtrace (radix c.dims_of (least c.dims_of))
          (element t (least c.dims_of) x a))) (members_of c l))

(** val moves : centred -> label -> Integers.t **)

let moves c l =
  if all_left_out l
  then Integers.zero
  else Z.mul (Z.of_nat (radix c.dims_of (least c.dims_of)))
         (Z.of_nat (size0 (members_of c l)))

(** val functional_den : (label * fraction_matrix) list -> Integers.t **)

let functional_den f =
  foldl (fun g x -> Z.lcm g (fst (snd x))) Integers.one f

(** val functional_terms :
    (label * fraction_matrix) list -> Integers.t -> (label * matrix) list **)

let functional_terms f m =
  map0 (fun x -> ((fst x), (scaled (Z.div m (fst (snd x))) (snd (snd x))))) f

(** val coefficient0 : (label * matrix) -> Integers.t **)

let coefficient0 x =
  fst (entry (snd x) 0 0)

(** val correlations_rules :
    centred -> (label * fraction_matrix) list -> sum_of_squares -> rule list **)

let correlations_rules c f e =
  let (den, t) = over c.centre_of in
  let m = functional_den f in
  let terms0 = functional_terms f m in
  cat (assemblage_rules c.outcomes_of c.dims_of c.centre_of den t)
    ((named
       ('\x73' :: ('\x71' :: ('\x75' :: ('\x61' :: ('\x72' :: ('\x65' :: ('\x73' :: [])))))))
       (fun _ ->
       (&&) (all (fun x -> label_ok c.outcomes_of (fst x)) terms0)
         (squares_rule c.outcomes_of (Integers.nat_succ 0) m terms0
           e.factor_den e.factor_rows_of))) :: ((named
                                                  ('\x76' :: ('\x61' :: ('\x6c' :: ('\x75' :: ('\x65' :: [])))))
                                                  (fun _ ->
                                                  (&&)
                                                    (Z.ltb Integers.zero
                                                      (snd c.radius_of))
                                                    ((&&)
                                                      (Z.leb Integers.zero
                                                        (fst c.radius_of))
                                                      ((&&)
                                                        (leq
                                                          (Integers.nat_succ
                                                          (least c.dims_of))
                                                          (size0 c.dims_of))
                                                        ((&&)
                                                          (all (fun x ->
                                                            Z.eqb
                                                              (snd
                                                                (entry
                                                                  (snd x) 0 0))
                                                              Integers.zero)
                                                            terms0)
                                                          (Z.ltb
                                                            (Z.add
                                                              (Z.mul
                                                                (zsum
                                                                  (map0
                                                                    (fun x ->
                                                                    Z.mul
                                                                    (coefficient0
                                                                    x)
                                                                    (probability
                                                                    c t
                                                                    (fst x)))
                                                                    terms0))
                                                                (snd
                                                                  c.radius_of))
                                                              (Z.mul
                                                                (Z.mul
                                                                  (fst
                                                                    c.radius_of)
                                                                  den)
                                                                (zsum
                                                                  (map0
                                                                    (fun x ->
                                                                    Z.mul
                                                                    (Z.abs
                                                                    (coefficient0
                                                                    x))
                                                                    (moves c
                                                                    (fst x)))
                                                                    terms0))))
                                                            Integers.zero)))))) :: []))

(** val letters : int list -> part **)

let letters row0 =
  rev
    (foldl (fun l x ->
      foldl (fun l0 a -> (x, a) :: l0) l
        (iota 0 (pred (nth (Integers.nat_succ 0) row0 x)))) []
      (iota 0 (size0 row0)))

(** val letter_at : int list list -> bytes -> (int * letter) option **)

let letter_at o = function
| [] -> None
| c :: s' ->
  if between (Integers.twice_and_one (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice Integers.one))))))
       (Integers.twice (Integers.twice_and_one (Integers.twice
       (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
       Integers.one)))))) (code c)
  then let j =
         Z.to_nat
           (Z.sub (code c) (Integers.twice_and_one (Integers.twice
             (Integers.twice (Integers.twice (Integers.twice (Integers.twice
             Integers.one)))))))
       in
       let row0 = nth [] o j in
       let (sx, sa) = cut '\x2e' s' [] in
       (match below (size0 row0) sx with
        | Some x ->
          let n0 = nth (Integers.nat_succ 0) row0 x in
          (match sa with
           | Some sa0 ->
             if leq (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                  0))) n0
             then Option.map (fun a -> (j, (x, a))) (below (pred n0) sa0)
             else None
           | None ->
             if eqn n0 (Integers.nat_succ (Integers.nat_succ 0))
             then Some (j, (x, 0))
             else None)
        | None -> None)
  else None

(** val add_letters :
    int -> word0 -> part -> (int * letter) list -> (int * word0) option **)

let rec add_letters j done0 now = function
| [] -> Some (j, ((rev now) :: done0))
| p :: l' ->
  let (i, a) = p in
  if leq (Integers.nat_succ i) j
  then None
  else if eqn i j
       then (match now with
             | [] -> add_letters j done0 (a :: []) l'
             | b :: _ ->
               if eqn (fst a) (fst b)
               then None
               else add_letters j done0 (a :: now) l')
       else add_letters i
              (iter0 (pred (subn i j)) (fun x -> [] :: x)
                ((rev now) :: done0)) (a :: []) l'

(** val word_at : int list list -> bytes -> word0 option **)

let word_at o s =
  let n0 = size0 o in
  if same s ('\x31' :: [])
  then Some (nseq n0 [])
  else if Z.leb (Z.of_nat (count s)) (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice (Integers.twice
            (Integers.twice (Integers.twice (Integers.twice (Integers.twice
            Integers.one))))))))))
       then (match each (letter_at o) (parts '\x20' s) [] with
             | Some l ->
               Option.map (fun r ->
                 rev
                   (iter0 (pred (subn n0 (fst r))) (fun x -> [] :: x) (snd r)))
                 (add_letters 0 [] [] l)
             | None -> None)
       else None

(** val enough_rows : Integers.t -> int -> bool **)

let enough_rows words d =
  between Integers.one (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    Integers.one))))))))))) (Z.mul words (Z.of_nat d))

(** val listed_words :
    int list list -> int -> json list -> word0 list option **)

let listed_words o d l =
  if enough_rows (Z.of_nat (count l)) d
  then (match each str l [] with
        | Some texts ->
          if distinct (by_key (map0 (fun t -> (t, ())) texts))
          then each (word_at o) texts []
          else None
        | None -> None)
  else None

(** val endless : int list -> bool **)

let endless row0 =
  leq (Integers.nat_succ (Integers.nat_succ 0))
    (size0
      (filter (fun n0 -> leq (Integers.nat_succ (Integers.nat_succ 0)) n0)
        row0))

(** val longest : int -> int list -> int **)

let longest k row0 =
  if endless row0
  then k
  else if has (leq (Integers.nat_succ (Integers.nat_succ 0))) row0
       then minn (Integers.nat_succ 0) k
       else 0

(** val many : int **)

let many =
  Z.to_nat (Integers.twice_and_one (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    (Integers.twice (Integers.twice (Integers.twice (Integers.twice
    Integers.one)))))))))))

(** val shapes_upto : int list list -> int -> int list list **)

let rec shapes_upto o k =
  match o with
  | [] -> [] :: []
  | row0 :: o' ->
    foldl (fun l m ->
      if leq many (count l)
      then l
      else foldl (fun l0 s -> (m :: s) :: l0) l (shapes_upto o' (subn k m)))
      [] (iota 0 (Integers.nat_succ (longest k row0)))

(** val names_shape : int list list -> bytes -> int list list option **)

let names_shape o s =
  if (&&)
       (Z.leb (Z.of_nat (count s)) (Integers.twice (Integers.twice
         (Integers.twice (Integers.twice (Integers.twice (Integers.twice
         Integers.one)))))))
       (all (fun c ->
         between (Integers.twice_and_one (Integers.twice (Integers.twice
           (Integers.twice (Integers.twice (Integers.twice Integers.one))))))
           (Z.add (Integers.twice (Integers.twice (Integers.twice
             (Integers.twice (Integers.twice (Integers.twice
             Integers.one)))))) (Z.of_nat (size0 o))) (code c)) s)
  then let shape0 =
         map0 (fun j ->
           size0
             (filter (fun c ->
               Z.eqb (code c)
                 (Z.add (Integers.twice_and_one (Integers.twice
                   (Integers.twice (Integers.twice (Integers.twice
                   (Integers.twice Integers.one)))))) (Z.of_nat j))) s))
           (iota 0 (size0 o))
       in
       Some
       (if all (fun t ->
             leq (snd t)
               (longest (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ (Integers.nat_succ
                 (Integers.nat_succ (Integers.nat_succ
                 0))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
                 (fst t))) (zip o shape0)
        then shape0 :: []
        else [])
  else None

(** val term_shapes : int list list -> bytes -> int list list option **)

let term_shapes o s = match s with
| [] -> None
| c :: _ ->
  if between (Integers.twice_and_one (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice Integers.one))))))
       (Integers.twice (Integers.twice_and_one (Integers.twice
       (Integers.twice_and_one (Integers.twice_and_one (Integers.twice
       Integers.one)))))) (code c)
  then names_shape o s
  else Option.bind (fun z0 ->
         if Z.leb z0 (Integers.twice_and_one (Integers.twice_and_one
              (Integers.twice (Integers.twice (Integers.twice
              (Integers.twice_and_one Integers.one))))))
         then Some (shapes_upto o (Z.to_nat z0))
         else None) (natural s)

(** val more_first : int list -> int list -> bool **)

let rec more_first s t =
  match s with
  | [] -> true
  | x :: s' ->
    (match t with
     | [] -> true
     | y :: t' ->
       if eqn x y then more_first s' t' else leq (Integers.nat_succ y) x)

(** val shape_before : int list -> int list -> bool **)

let shape_before s t =
  let m = sumn s in
  let n0 = sumn t in
  if eqn m n0 then more_first s t else leq (Integers.nat_succ m) n0

(** val same_shape : int list -> int list -> bool **)

let rec same_shape s t =
  match s with
  | [] -> (match t with
           | [] -> true
           | _ :: _ -> false)
  | x :: s' ->
    (match t with
     | [] -> false
     | y :: t' -> (&&) (eqn x y) (same_shape s' t'))

(** val once : ('a1 -> 'a1 -> bool) -> 'a1 list -> 'a1 list -> 'a1 list **)

let rec once eq s acc =
  match s with
  | [] -> rev acc
  | x :: s' ->
    (match acc with
     | [] -> once eq s' (x :: [])
     | y :: _ -> if eq x y then once eq s' acc else once eq s' (x :: acc))

(** val parts_of : int list -> int -> part list option **)

let rec parts_of row0 k =
  (fun zero succ n -> if n = 0 then zero () else succ (n - 1))
    (fun _ -> Some ([] :: []))
    (fun k' ->
    match parts_of row0 k' with
    | Some l ->
      let r =
        foldl (fun r p ->
          if leq many (snd r)
          then r
          else foldl (fun r0 a ->
                 if match p with
                    | [] -> false
                    | b :: _ -> eqn (fst a) (fst b)
                 then r0
                 else (((a :: p) :: (fst r0)), (Integers.nat_succ (snd r0))))
                 r (letters row0)) ([], 0) l
      in
      if leq many (snd r) then None else Some (rev (fst r))
    | None -> None)
    k

(** val shape_parts : int list list -> int list -> part list list option **)

let shape_parts o shape0 =
  each (fun t -> parts_of (fst t) (snd t)) (zip o shape0) []

(** val shape_words : part list list -> word0 list **)

let shape_words parts0 =
  foldl (fun l ps ->
    rev
      (foldl (fun out w ->
        foldl (fun out0 p -> ((rev p) :: w) :: out0) out ps) [] l))
    ([] :: []) parts0

(** val level_words :
    int list list -> Integers.t -> int list list -> word0 list -> word0 list
    option **)

let rec level_words o left shapes acc =
  match shapes with
  | [] -> Some (rev (map0 rev acc))
  | s :: shapes' ->
    (match shape_parts o s with
     | Some parts0 ->
       let n0 = product (map0 (fun l -> Z.of_nat (count l)) parts0) in
       if Z.leb n0 left
       then level_words o (Z.sub left n0) shapes'
              (catrev (shape_words parts0) acc)
       else None
     | None -> None)

(** val words_of_level :
    int list list -> int -> bytes -> word0 list option **)

let words_of_level o d s =
  let terms0 = once same (sorted_by before (parts '\x2b' s)) [] in
  (match each (term_shapes o) terms0 [] with
   | Some l ->
     let shapes =
       once same_shape
         (sorted_by shape_before (foldl (fun r s0 -> catrev s0 r) [] l)) []
     in
     Option.bind (fun w ->
       if enough_rows (Z.of_nat (count w)) d then Some w else None)
       (level_words o (Integers.twice (Integers.twice (Integers.twice
         (Integers.twice (Integers.twice (Integers.twice (Integers.twice
         (Integers.twice (Integers.twice (Integers.twice (Integers.twice
         Integers.one))))))))))) shapes [])
   | None -> None)

(** val words_at : int list list -> int -> json -> word0 list option **)

let words_at o d = function
| Str s -> words_of_level o d s
| Arr l -> listed_words o d l
| Obj _ -> None

(** val ragged : int -> json -> Integers.t list list option **)

let ragged n0 j =
  Option.bind (fun a ->
    if (&&) (eq_op nat_eqType (Obj.magic count a) (Obj.magic n0))
         (all (fun r -> leq (count r) n0) a)
    then Some a
    else None) (list_of (list_of integer_at) j)

(** val by_word :
    int -> word0 list -> row list -> (word0 * row list) list -> (word0 * row
    list) list **)

let rec by_word d words rows acc =
  match words with
  | [] -> rev acc
  | w :: words' -> by_word d words' (drop d rows) ((w, (take d rows)) :: acc)

(** val factored :
    int -> word0 list -> Integers.t -> Integers.t list list -> Integers.t
    list list -> sum_of_squares option **)

let factored d words den re im =
  if (&&) (Z.ltb Integers.zero den)
       ((||) (has (fun r -> negb (nilp r)) re)
         (has (fun r -> negb (nilp r)) im))
  then Some { factor_den = den; factor_rows_of =
         (by_word d words (zip re im) []) }
  else None

(** val squares_at :
    int list list -> int -> json -> json -> sum_of_squares option **)

let squares_at o d jw jf =
  match words_at o d jw with
  | Some words ->
    let n0 = muln (count words) d in
    (match fields
             (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: []))
             jf with
     | Some l ->
       (match l with
        | [] ->
          (match fields
                   (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                   jf with
           | Some l0 ->
             (match l0 with
              | [] -> None
              | jd :: l1 ->
                (match l1 with
                 | [] -> None
                 | jr :: l2 ->
                   (match l2 with
                    | [] -> None
                    | ji :: l3 ->
                      (match l3 with
                       | [] ->
                         let p = ((integer_at jd), (ragged n0 jr)) in
                         let o0 = ragged n0 ji in
                         let (o1, o2) = p in
                         (match o1 with
                          | Some d0 ->
                            (match o2 with
                             | Some re ->
                               (match o0 with
                                | Some im -> factored d words d0 re im
                                | None -> None)
                             | None -> None)
                          | None -> None)
                       | _ :: _ -> None))))
           | None -> None)
        | jd :: l0 ->
          (match l0 with
           | [] ->
             (match fields
                      (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                      jf with
              | Some l1 ->
                (match l1 with
                 | [] -> None
                 | jd0 :: l2 ->
                   (match l2 with
                    | [] -> None
                    | jr :: l3 ->
                      (match l3 with
                       | [] -> None
                       | ji :: l4 ->
                         (match l4 with
                          | [] ->
                            let p = ((integer_at jd0), (ragged n0 jr)) in
                            let o0 = ragged n0 ji in
                            let (o1, o2) = p in
                            (match o1 with
                             | Some d0 ->
                               (match o2 with
                                | Some re ->
                                  (match o0 with
                                   | Some im -> factored d words d0 re im
                                   | None -> None)
                                | None -> None)
                             | None -> None)
                          | _ :: _ -> None))))
              | None -> None)
           | jr :: l1 ->
             (match l1 with
              | [] ->
                let o0 = integer_at jd in
                let o1 = ragged n0 jr in
                (match o0 with
                 | Some d0 ->
                   (match o1 with
                    | Some re -> factored d words d0 re (nseq n0 [])
                    | None -> None)
                 | None -> None)
              | _ :: _ ->
                (match fields
                         (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                         jf with
                 | Some l2 ->
                   (match l2 with
                    | [] -> None
                    | jd0 :: l3 ->
                      (match l3 with
                       | [] -> None
                       | jr0 :: l4 ->
                         (match l4 with
                          | [] -> None
                          | ji :: l5 ->
                            (match l5 with
                             | [] ->
                               let p = ((integer_at jd0), (ragged n0 jr0)) in
                               let o0 = ragged n0 ji in
                               let (o1, o2) = p in
                               (match o1 with
                                | Some d0 ->
                                  (match o2 with
                                   | Some re ->
                                     (match o0 with
                                      | Some im -> factored d words d0 re im
                                      | None -> None)
                                   | None -> None)
                                | None -> None)
                             | _ :: _ -> None))))
                 | None -> None))))
     | None ->
       (match fields
                (('\x64' :: ('\x65' :: ('\x6e' :: []))) :: (('\x72' :: ('\x65' :: [])) :: (('\x69' :: ('\x6d' :: [])) :: [])))
                jf with
        | Some l ->
          (match l with
           | [] -> None
           | jd :: l0 ->
             (match l0 with
              | [] -> None
              | jr :: l1 ->
                (match l1 with
                 | [] -> None
                 | ji :: l2 ->
                   (match l2 with
                    | [] ->
                      let p = ((integer_at jd), (ragged n0 jr)) in
                      let o0 = ragged n0 ji in
                      let (o1, o2) = p in
                      (match o1 with
                       | Some d0 ->
                         (match o2 with
                          | Some re ->
                            (match o0 with
                             | Some im -> factored d words d0 re im
                             | None -> None)
                          | None -> None)
                       | None -> None)
                    | _ :: _ -> None))))
        | None -> None))
  | None -> None

(** val bound_evidence : bounded -> json -> sum_of_squares option **)

let bound_evidence b j =
  match fields
          (('\x77' :: ('\x6f' :: ('\x72' :: ('\x64' :: ('\x73' :: []))))) :: (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: [])))))) :: []))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jw :: l0 ->
       (match l0 with
        | [] -> None
        | jf :: l1 ->
          (match l1 with
           | [] ->
             squares_at (fst b.scenario_of_bound)
               (card (snd b.scenario_of_bound)) jw jf
           | _ :: _ -> None)))
  | None -> None

(** val correlations_evidence :
    centred -> json -> ((label * fraction_matrix) list * sum_of_squares)
    option **)

let correlations_evidence c j =
  match fields
          (('\x46' :: []) :: (('\x77' :: ('\x6f' :: ('\x72' :: ('\x64' :: ('\x73' :: []))))) :: (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: [])))))) :: [])))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jF :: l0 ->
       (match l0 with
        | [] -> None
        | jw :: l1 ->
          (match l1 with
           | [] -> None
           | jf :: l2 ->
             (match l2 with
              | [] ->
                pair_of
                  (functional_at c.outcomes_of (Integers.nat_succ 0) jF)
                  (squares_at c.outcomes_of (Integers.nat_succ 0) jw jf)
              | _ :: _ -> None))))
  | None -> None

(** val level_evidence :
    centred -> json -> ((family list * rational) * sum_of_squares) option **)

let level_evidence c j =
  match fields
          (('\x57' :: []) :: (('\x63' :: ('\x6f' :: ('\x6e' :: ('\x73' :: ('\x74' :: ('\x61' :: ('\x6e' :: ('\x74' :: [])))))))) :: (('\x77' :: ('\x6f' :: ('\x72' :: ('\x64' :: ('\x73' :: []))))) :: (('\x66' :: ('\x61' :: ('\x63' :: ('\x74' :: ('\x6f' :: ('\x72' :: [])))))) :: []))))
          j with
  | Some l ->
    (match l with
     | [] -> None
     | jW :: l0 ->
       (match l0 with
        | [] -> None
        | jc :: l1 ->
          (match l1 with
           | [] -> None
           | jw :: l2 ->
             (match l2 with
              | [] -> None
              | jf :: l3 ->
                (match l3 with
                 | [] ->
                   pair_of
                     (pair_of (centre_at c.outcomes_of c.dims_of jW)
                       (rational_at jc))
                     (squares_at c.outcomes_of (card c.dims_of) jw jf)
                 | _ :: _ -> None)))))
  | None -> None

(** val hermitian_rule : family list -> rule **)

let hermitian_rule fs =
  named
    ('\x68' :: ('\x65' :: ('\x72' :: ('\x6d' :: ('\x69' :: ('\x74' :: ('\x69' :: ('\x61' :: ('\x6e' :: [])))))))))
    (fun _ -> all (all (all (fun m -> hermitian (size0 (snd m)) (snd m)))) fs)

(** val rules_of : statement -> json -> rule list option **)

let rules_of st evidence =
  match st with
  | NoParentStates c ->
    Option.map (fun e ->
      (hermitian_rule (cat (fst e) (snd e))) :: (no_parent_states_rules c e))
      (multipliers_at c.outcomes_of c.dims_of evidence)
  | ParentStates c ->
    Option.map (parent_states_rules c)
      (joint_at c.outcomes_of c.dims_of evidence)
  | QuantumRealisation c ->
    Option.map (realisation_rules c) (realisation_at c evidence)
  | NoiseRobustness (c, n0, l, u) ->
    Option.map (fun e ->
      (hermitian_rule
        (match fst e with
         | Some m -> cat (fst m) (snd m)
         | None -> [])) :: (noise_robustness_rules c n0 l u e))
      (halves_at l (multipliers_at c.outcomes_of c.dims_of)
        (joint_at c.outcomes_of c.dims_of) evidence)
  | SmallestEigenvalue (c, l, u) ->
    Option.map (fun e ->
      (hermitian_rule (cat (fst (snd e)) (snd (snd e)))) :: (smallest_eigenvalue_rules
                                                              c l u (fst e)
                                                              (snd e)))
      (enclosure_at c.outcomes_of c.dims_of evidence)
  | QuantumBound b ->
    Option.map (quantum_bound_rules b) (bound_evidence b evidence)
  | NoQuantumCorrelations c ->
    Option.map (fun e -> correlations_rules c (fst e) (snd e))
      (correlations_evidence c evidence)
  | OutsideLevel c ->
    Option.map (fun e ->
      (hermitian_rule (fst (fst e))) :: (level_rules c (fst (fst e))
                                          (snd (fst e)) (snd e)))
      (level_evidence c evidence)
  | LhsModel c -> Option.map (lhs_model_rules c) (hidden_at c evidence)
  | NoLhsModel c ->
    Option.map (fun e -> (hermitian_rule (fst e)) :: (no_lhs_rules c e))
      (inequality_or_grid_at c evidence)
  | LhsNoiseRobustness (c, n0, l, u) ->
    Option.map (fun e ->
      (hermitian_rule (match fst e with
                       | Some f -> fst f
                       | None -> [])) :: (lhs_noise_rules c n0 l u e))
      (halves_at l (inequality_or_grid_at c) (hidden_at c) evidence)
  | NonlocalCorrelations c ->
    Option.map (fun e -> (hermitian_rule e) :: (no_lhs_rules c (e, None)))
      (inequality_at c evidence)
  | NoProductLhsModel (c, f) ->
    Option.map (fun e ->
      (hermitian_rule ((map0 (fun s -> map0 snd (snd s)) (snd e)) :: (fst e))) :: 
      (no_product_rules c f (fst e) (snd e))) (no_product_at c f evidence)
  | ProductLhsModel (c, f) ->
    Option.map (product_rules c f) (product_terms_at c f evidence)
  | QuantumMixture c ->
    Option.map (fun e ->
      quantum_mixture_rules c (fst (fst e)) (snd (fst e)) (snd e))
      (mixture_at c evidence)

type verdict =
| Proved of bytes
| Rejected of bytes
| Malformed
| Unknown of bytes

(** val judge : statement -> bytes -> json -> verdict **)

let judge st text evidence =
  match rules_of st evidence with
  | Some rules ->
    (match first_failed rules with
     | Some r -> Rejected r
     | None -> Proved text)
  | None -> Malformed

(** val examine : bytes -> verdict **)

let examine file =
  if Z.leb (Z.of_nat (count file)) (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice (Integers.twice (Integers.twice
       (Integers.twice (Integers.twice Integers.one))))))))))))))))))))))))
  then (match parse file with
        | Some j ->
          (match fields
                   (('\x73' :: ('\x74' :: ('\x61' :: ('\x74' :: ('\x65' :: ('\x6d' :: ('\x65' :: ('\x6e' :: ('\x74' :: []))))))))) :: (('\x65' :: ('\x76' :: ('\x69' :: ('\x64' :: ('\x65' :: ('\x6e' :: ('\x63' :: ('\x65' :: [])))))))) :: (('\x70' :: ('\x72' :: ('\x6f' :: ('\x76' :: ('\x65' :: ('\x6e' :: ('\x61' :: ('\x6e' :: ('\x63' :: ('\x65' :: [])))))))))) :: (('\x74' :: ('\x68' :: ('\x65' :: ('\x6f' :: ('\x72' :: ('\x65' :: ('\x6d' :: []))))))) :: []))))
                   j with
           | Some l ->
             (match l with
              | [] -> Malformed
              | js :: l0 ->
                (match l0 with
                 | [] -> Malformed
                 | je :: l1 ->
                   (match l1 with
                    | [] -> Malformed
                    | jp :: l2 ->
                      (match l2 with
                       | [] -> Malformed
                       | jt :: l3 ->
                         (match l3 with
                          | [] ->
                            (match claim_at js with
                             | Some k ->
                               (match member k readers with
                                | Some f ->
                                  (match f js with
                                   | Some st ->
                                     let text = write st in
                                     (match read text with
                                      | Some st' ->
                                        if (&&) (same (write st') text)
                                             (provenance_ok jp)
                                        then (match jt with
                                              | Str name ->
                                                if same name (sha256 text)
                                                then judge st' text je
                                                else Rejected
                                                       ('\x6e' :: ('\x61' :: ('\x6d' :: ('\x65' :: []))))
                                              | _ -> Malformed)
                                        else Malformed
                                      | None -> Malformed)
                                   | None -> Malformed)
                                | None -> Unknown k)
                             | None -> Malformed)
                          | _ :: _ -> Malformed)))))
           | None -> Malformed)
        | None -> Malformed)
  else Malformed
