(* Offers the extracted checker to JavaScript: exactsteerVerified(bytes) = {word, text}. *)

type file

external file_length : file -> int = "file_length"
external file_byte : file -> int -> int = "file_byte"
external offer : (file -> string * string) -> unit = "offer"

let text l =
  let buffer = Buffer.create 4096 in
  List.iter (Buffer.add_char buffer) l;
  Buffer.contents buffer

let examine file =
  let rec bytes i l = if i < 0 then l else bytes (i - 1) (Char.chr (file_byte file i) :: l) in
  match Checker.examine (bytes (file_length file - 1) []) with
  | Checker.Proved statement -> ("verified", text statement)
  | Checker.Rejected rule -> ("rejected", text rule)
  | Checker.Malformed -> ("malformed", "")
  | Checker.Unknown claim -> ("no verified checker", text claim)
  | exception (Failure reason | Invalid_argument reason) -> ("no verdict", reason)
  | exception (Stack_overflow | Out_of_memory) -> ("no verdict", "more memory would be needed")

let () = offer examine
