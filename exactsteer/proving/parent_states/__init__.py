"""Theorem 6, condition 2: proofs that parent states exist, or that none do.

excluded.py is the driver of those that none do: rounded_multipliers.py rounds the multipliers,
near_boundary.py goes on in arbitrary precision. shown.py is the driver of those that they exist,
and of realisations with one Alice: rounded.py rounds parent states that have room, on_boundary.py
reads those that have none off many digits, one_bob.py needs no program. The recipes for
realisations are realisation_first.py, flag.py and four_squares.py; found.py holds what they give.
"""
