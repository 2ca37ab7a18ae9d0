"""Exact blocks of lower rank, for any property: the faces of the cone on which they live.

reduction.py is the driver; affine.py solves the equalities on a face, short.py finds solutions with
small denominators, guess.py subspaces over Q(i) from floats, subspaces.py is their algebra.
"""
