external of_string : string -> Big.t = "big_of_text"
external to_string : Big.t -> string = "text_of_big"
