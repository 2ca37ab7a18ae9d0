// What the checker in JavaScript calls of BigInt, and how it is called: trusted.

//Provides: big_of_int
function big_of_int(n) { return BigInt(n); }
//Provides: big_to_int
function big_to_int(a) { return Number(a); }
//Provides: big_add
function big_add(a, b) { return a + b; }
//Provides: big_sub
function big_sub(a, b) { return a - b; }
//Provides: big_mul
function big_mul(a, b) { return a * b; }
//Provides: big_compare
function big_compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }
//Provides: big_divide
function big_divide(a, b) { return a / b; }
//Provides: big_shift_left
function big_shift_left(a, n) { return a << BigInt(n); }
//Provides: big_shift_right_down
function big_shift_right_down(a, n) { return a >> BigInt(n); }
//Provides: big_logand
function big_logand(a, b) { return a & b; }
//Provides: big_logor
function big_logor(a, b) { return a | b; }
//Provides: big_logxor
function big_logxor(a, b) { return a ^ b; }
//Provides: big_digits
function big_digits(a) { return a.toString(16).length; }

//Provides: file_length
function file_length(file) { return file.length; }
//Provides: file_byte
function file_byte(file, i) { return file[i]; }
//Provides: offer
//Requires: caml_jsbytes_of_string
function offer(examine) {
  globalThis.exactsteerVerified = function (file) {
    var found = examine(file);
    return { word: caml_jsbytes_of_string(found[1]), text: caml_jsbytes_of_string(found[2]) };
  };
}
