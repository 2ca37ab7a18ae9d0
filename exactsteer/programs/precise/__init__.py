"""Programs (P) and (D) solved in arithmetic of any precision (flint's arb). Nothing is trusted."""
