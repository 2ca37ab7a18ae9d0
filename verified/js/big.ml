(* Integers of any size: BigInt's, by the primitives of primitives.js. *)
type t

external of_int : int -> t = "big_of_int"
external to_int : t -> int = "big_to_int"
external add : t -> t -> t = "big_add"
external sub : t -> t -> t = "big_sub"
external mul : t -> t -> t = "big_mul"
external divide : t -> t -> t = "big_divide" (* rounded to zero *)
external compare : t -> t -> int = "big_compare"
external shift_left : t -> int -> t = "big_shift_left"
external shift_right_down : t -> int -> t = "big_shift_right_down"
external logand : t -> t -> t = "big_logand"
external logor : t -> t -> t = "big_logor"
external logxor : t -> t -> t = "big_logxor"
external digits : t -> int = "big_digits" (* in base 16, for what is not negative *)

let zero = of_int 0
let one = of_int 1
let sign a = compare a zero

let divide_down a b =
  let q = divide a b in
  let r = sub a (mul q b) in
  if sign r * sign b < 0 then sub q one else q

let rec gcd a b = if sign b = 0 then if sign a < 0 then sub zero a else a else gcd b (sub a (mul b (divide a b)))

let rec pow a n =
  if n = 0 then one
  else
    let half = pow a (n / 2) in
    let square = mul half half in
    if n mod 2 = 0 then square else mul a square

(* The number of bits of what is not negative *)
let length a =
  if sign a = 0 then 0
  else
    let last = 4 * (digits a - 1) in
    let first = to_int (shift_right_down a last) in
    last + if first >= 8 then 4 else if first >= 4 then 3 else if first >= 2 then 2 else 1

(* By Newton, from above: the first step that does not go down has found it. *)
let sqrt a =
  let rec from x =
    let y = shift_right_down (add x (divide a x)) 1 in
    if compare y x < 0 then from y else x
  in
  if sign a = 0 then a else from (shift_left one ((length a + 1) / 2))
