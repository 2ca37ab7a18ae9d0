let of_string = Z.of_string
let to_string = Z.to_string
