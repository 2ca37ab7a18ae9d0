(* What the extracted checker calls for Coq's Z, positive, N and nat (theories/Extract.v): trusted.
   Integers are zarith's; natural numbers are OCaml's int, and what does not fit is an error, never a remainder. *)

type t = Z.t

let zero = Z.zero
let one = Z.one

(* positive and N: their constructors, and matching *)
let two = Z.of_int 2
let twice a = Z.mul two a
let twice_and_one a = Z.succ (twice a)

let match_positive odd even last p =
  if Z.equal p Z.one then last ()
  else if Z.equal (Z.logand p Z.one) Z.one then odd (Z.shift_right p 1)
  else even (Z.shift_right p 1)

let match_z none pos neg z =
  let s = Z.sign z in
  if s = 0 then none () else if s > 0 then pos z else neg (Z.neg z)

let match_n none pos n = if Z.sign n = 0 then none () else pos n

(* Z, with the conventions of Coq: the quotient is rounded down, x / 0 = 0 and x mod 0 = x *)
let add = Z.add
let sub = Z.sub
let mul = Z.mul
let neg = Z.neg
let abs = Z.abs
let equal = Z.equal
let leq = Z.leq
let lt = Z.lt
let div a b = if Z.sign b = 0 then Z.zero else Z.fdiv a b
let modulo a b = if Z.sign b = 0 then a else Z.sub a (Z.mul b (Z.fdiv a b))
let gcd a b = if Z.sign a = 0 then Z.abs b else if Z.sign b = 0 then Z.abs a else Z.gcd a b

let lcm a b =
  if Z.sign a = 0 || Z.sign b = 0 then Z.zero else Z.abs (Z.mul a (Z.divexact b (gcd a b)))

let sqrt a = if Z.sign a <= 0 then Z.zero else Z.sqrt a
let log2 a = if Z.sign a <= 0 then Z.zero else Z.of_int (Z.numbits a - 1)
let pow a n = if Z.sign n < 0 then Z.zero else Z.pow a (Z.to_int n)

let shiftl a n =
  let n = Z.to_int n in
  if n >= 0 then Z.shift_left a n else Z.shift_right a (-n)

let shiftr a n = shiftl a (Z.neg n)
let logand = Z.logand
let logor = Z.logor
let logxor = Z.logxor
let to_n a = if Z.sign a < 0 then Z.zero else a

(* bytes *)
let of_char c = Z.of_int (Char.code c)
let to_char n = if Z.lt n (Z.of_int 256) then Some (Char.chr (Z.to_int n)) else None

(* nat *)
let overflow () = failwith "a natural number that does not fit into a machine word"
let nat_succ n = if n = max_int then overflow () else n + 1
let nat_add m n = if m > max_int - n then overflow () else m + n
let nat_mul m n = if m = 0 || n <= max_int / m then m * n else overflow ()
let nat_sub m n = if m < n then 0 else m - n
let nat_edivn m d = if d = 0 then (0, m) else (m / d, m mod d)
let nat_modn m d = if d = 0 then m else m mod d
let of_int = Z.of_int

let to_nat z =
  if Z.sign z < 0 then 0 else if Z.leq z (Z.of_int max_int) then Z.to_int z else overflow ()
