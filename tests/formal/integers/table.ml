(* Prints what Integers computes, one line for each line "operation a b" of the input. *)
let () =
  let binary =
    [ ("add", Integers.add); ("sub", Integers.sub); ("mul", Integers.mul); ("div", Integers.div);
      ("modulo", Integers.modulo); ("gcd", Integers.gcd); ("lcm", Integers.lcm);
      ("pow", Integers.pow); ("shiftl", Integers.shiftl); ("shiftr", Integers.shiftr);
      ("logand", Integers.logand); ("logor", Integers.logor); ("logxor", Integers.logxor);
      ("sqrt", fun a _ -> Integers.sqrt a); ("log2", fun a _ -> Integers.log2 a);
      ("neg", fun a _ -> Integers.neg a); ("abs", fun a _ -> Integers.abs a);
      ("to_n", fun a _ -> Integers.to_n a);
      ("twice", fun a _ -> Integers.twice a); ("twice_and_one", fun a _ -> Integers.twice_and_one a) ]
  and natural =
    [ ("nat_add", Integers.nat_add); ("nat_mul", Integers.nat_mul); ("nat_sub", Integers.nat_sub);
      ("nat_quotient", fun a b -> fst (Integers.nat_edivn a b));
      ("nat_remainder", fun a b -> snd (Integers.nat_edivn a b)); ("nat_modn", Integers.nat_modn);
      ("nat_succ", fun a _ -> Integers.nat_succ a) ]
  and tests = [ ("equal", Integers.equal); ("leq", Integers.leq); ("lt", Integers.lt) ] in
  try
    while true do
      Scanf.sscanf (read_line ()) "%s %s %s" (fun operation a b ->
          let answer =
            try
              match List.assoc_opt operation binary with
              | Some f -> Text.to_string (f (Text.of_string a) (Text.of_string b))
              | None -> (
                  match List.assoc_opt operation natural with
                  | Some f -> string_of_int (f (int_of_string a) (int_of_string b))
                  | None -> (
                      match List.assoc_opt operation tests with
                      | Some f -> string_of_bool (f (Text.of_string a) (Text.of_string b))
                      | None -> (
                          match operation with
                          | "to_nat" -> string_of_int (Integers.to_nat (Text.of_string a))
                          | "match_z" ->
                              Integers.match_z (fun () -> "0") (fun p -> "+" ^ Text.to_string p)
                                (fun p -> "-" ^ Text.to_string p) (Text.of_string a)
                          | "match_positive" ->
                              Integers.match_positive (fun p -> Text.to_string p ^ " 1")
                                (fun p -> Text.to_string p ^ " 0") (fun () -> "1") (Text.of_string a)
                          | _ -> "?")))
            with Failure _ -> "overflow"
          in
          print_endline answer)
    done
  with End_of_file -> ()
