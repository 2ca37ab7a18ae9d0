"""Definitions 3 and 13: several Alices' realisations, bounds by squares of words, exclusions."""

STARTS = 8
"""Random starts of the see-saw with qubits for the Alices, unless told otherwise."""
