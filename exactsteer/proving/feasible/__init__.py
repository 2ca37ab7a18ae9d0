"""The feasible side: exact parent states (Theorem 6) and exact quantum realisations (Def. 3).

realise.py is the driver; parents.py rounds parent states that have room, faces.py finds those that
have none (affine.py: all solutions of the equalities on a face; short.py: solutions with small
denominators; guess.py: subspaces over Q(i) from floats; subspaces.py: their exact algebra); the
recipes for realisations are realisation_first.py, flag.py and squares.py; matrices.py is exact
matrix algebra over Q(i).
"""
