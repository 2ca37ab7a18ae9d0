(* Integers of any size: zarith's. *)
type t = Z.t

let of_int = Z.of_int
let to_int = Z.to_int
let add = Z.add
let sub = Z.sub
let mul = Z.mul
let divide_down = Z.fdiv
let compare = Z.compare
let shift_left = Z.shift_left
let shift_right_down = Z.shift_right
let logand = Z.logand
let logor = Z.logor
let logxor = Z.logxor
let gcd = Z.gcd
let pow = Z.pow
let length = Z.numbits
let sqrt = Z.sqrt
