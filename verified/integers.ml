(* What the extracted checker calls for Coq's Z, positive, N and nat (theories/Extract.v): trusted.
   Integers are those of Big (native/big.ml, js/big.ml); natural numbers are OCaml's int (63 bits, in JavaScript
   32), and what does not fit is an error, never a remainder. *)

type t = Big.t

let zero = Big.of_int 0
let one = Big.of_int 1
let sign a = Big.compare a zero
let equal a b = Big.compare a b = 0
let leq a b = Big.compare a b <= 0
let lt a b = Big.compare a b < 0
let overflow () = failwith "a natural number that does not fit into a machine word"
let small a = if leq (Big.of_int min_int) a && leq a (Big.of_int max_int) then Big.to_int a else overflow ()

(* positive and N: their constructors, and matching *)
let two = Big.of_int 2
let twice a = Big.mul two a
let twice_and_one a = Big.add one (twice a)

let match_positive odd even last p =
  if equal p one then last ()
  else if equal (Big.logand p one) one then odd (Big.shift_right_down p 1)
  else even (Big.shift_right_down p 1)

let match_z none pos neg z =
  let s = sign z in
  if s = 0 then none () else if s > 0 then pos z else neg (Big.sub zero z)

let match_n none pos n = if sign n = 0 then none () else pos n

(* Z, with the conventions of Coq: the quotient is rounded down, x / 0 = 0 and x mod 0 = x *)
let add = Big.add
let sub = Big.sub
let mul = Big.mul
let neg a = Big.sub zero a
let abs a = if sign a < 0 then neg a else a
let div a b = if sign b = 0 then zero else Big.divide_down a b
let modulo a b = if sign b = 0 then a else sub a (mul b (Big.divide_down a b))
let gcd a b = if sign a = 0 then abs b else if sign b = 0 then abs a else Big.gcd a b
let lcm a b = if sign a = 0 || sign b = 0 then zero else abs (mul a (div b (gcd a b)))
let sqrt a = if sign a <= 0 then zero else Big.sqrt a
let log2 a = if sign a <= 0 then zero else Big.of_int (Big.length a - 1)
let pow a n = if sign n < 0 then zero else Big.pow a (small n)

let shiftl a n =
  let n = small n in
  if n >= 0 then Big.shift_left a n else Big.shift_right_down a (-n)

let shiftr a n = shiftl a (neg n)
let logand = Big.logand
let logor = Big.logor
let logxor = Big.logxor
let to_n a = if sign a < 0 then zero else a

(* bytes *)
let of_char c = Big.of_int (Char.code c)
let to_char n = if lt n (Big.of_int 256) then Some (Char.chr (small n)) else None

(* nat *)
let nat_succ n = if n = max_int then overflow () else n + 1
let nat_add m n = if m > max_int - n then overflow () else m + n
let nat_mul m n = if m = 0 || n <= max_int / m then m * n else overflow ()
let nat_sub m n = if m < n then 0 else m - n
let nat_edivn m d = if d = 0 then (0, m) else (m / d, m mod d)
let nat_modn m d = if d = 0 then m else m mod d
let of_int = Big.of_int
let to_nat z = if sign z < 0 then 0 else small z
