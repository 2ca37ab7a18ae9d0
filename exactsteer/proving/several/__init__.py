"""Proofs that assemblages of several Alices are quantum, as mixtures with a classical one."""

STARTS = 8
"""Random starts of the see-saw with qubits for the Alices, unless told otherwise."""
