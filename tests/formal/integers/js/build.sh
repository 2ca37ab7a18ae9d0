# In a folder with the sources: the program table, which prints what Integers computes in node.
set -eu
{
    ocamlrun -p
    sed -n 's|^//Provides: ||p' primitives.js text.js
} >primitives
ocamlc -w -a -use-prims primitives -o table.byte big.ml integers.ml text.ml table.ml
js_of_ocaml --no-source-map primitives.js text.js table.byte -o table.cjs
printf '#!/bin/sh\nexec node "$0.cjs"\n' >table
chmod +x table
