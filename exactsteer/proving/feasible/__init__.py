"""The feasible side: exact parent states (Theorem 6) and exact quantum realisations (Def. 3)."""
