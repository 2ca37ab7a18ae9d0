(* exactsteer-verified FILE...: reads the files, calls the extracted checker, prints what it says. *)

let version = "exactsteer-verified 0.1.0"
let limit = 16777216

let usage =
  "usage: exactsteer-verified FILE...\n\
   Checks proof files of exactsteer by a program that Coq has proved correct.\n\
   Exit codes: 0 every file verified, 1 some file rejected, 2 some file malformed, unreadable or\n\
   given up, with a claim that has no verified checker, or wrong usage (2 wins over 1)."

exception Unreadable of string

(* The bytes of a file: one more than the limit is enough to see that it is too long. *)
let read file =
  match open_in_bin file with
  | exception Sys_error _ -> raise (Unreadable "cannot be opened")
  | channel -> (
      let buffer = Buffer.create 65536 in
      match
        while Buffer.length buffer <= limit do
          let before = Buffer.length buffer in
          (try Buffer.add_channel buffer channel 65536 with End_of_file -> ());
          if Buffer.length buffer = before then raise Exit
        done
      with
      | () | (exception Exit) ->
          close_in channel;
          let text = Buffer.contents buffer in
          let rec list i acc = if i < 0 then acc else list (i - 1) (text.[i] :: acc) in
          list (String.length text - 1) []
      | exception Sys_error _ ->
          close_in_noerr channel;
          raise (Unreadable "cannot be read"))

(* A name as it can be shown on a terminal *)
let shown s = String.concat "" (List.map (fun c -> if c < ' ' || c > '~' then "?" else String.make 1 c) s)
let characters s = List.init (min 200 (String.length s)) (String.get s)

let check file =
  let name = shown (characters file) in
  let complain word reason =
    Printf.eprintf "%s %s: %s\n%!" word name reason
  in
  match Checker.examine (read file) with
  | Checker.Proved text ->
      List.iter print_char text;
      Printf.printf "\nVERIFIED %s\n%!" name;
      0
  | Checker.Rejected rule ->
      complain "REJECTED" ("the rule " ^ shown rule ^ " does not hold");
      1
  | Checker.Malformed ->
      complain "MALFORMED" "not of the form that certificates/FORMAT.md describes";
      2
  | Checker.Unknown claim ->
      complain "UNCHECKED" ("no verified checker for the claim \"" ^ shown (List.filteri (fun i _ -> i < 60) claim) ^ "\"");
      2
  | exception Unreadable reason ->
      complain "UNREADABLE" reason;
      2
  | exception (Stack_overflow | Out_of_memory) ->
      complain "GAVE UP" "more memory would be needed";
      2
  | exception (Failure reason | Invalid_argument reason) ->
      complain "GAVE UP" reason;
      2
  | exception Z.Overflow ->
      complain "GAVE UP" "a number that does not fit";
      2

let () =
  match List.tl (Array.to_list Sys.argv) with
  | [ ("-h" | "--help") ] -> print_endline usage
  | [ "--version" ] -> print_endline version
  | [] ->
      prerr_endline usage;
      exit 2
  | files -> exit (List.fold_left (fun code file -> max code (check file)) 0 files)
