//Provides: big_of_text
//Requires: caml_jsbytes_of_string
function big_of_text(s) { return BigInt(caml_jsbytes_of_string(s)); }
//Provides: text_of_big
//Requires: caml_string_of_jsbytes
function text_of_big(a) { return caml_string_of_jsbytes(a.toString()); }
