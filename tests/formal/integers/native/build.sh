# In a folder with the sources: the program table, which prints what Integers computes.
set -eu
ocamlopt -I +zarith zarith.cmxa -w -a big.ml integers.ml text.ml table.ml -o table
