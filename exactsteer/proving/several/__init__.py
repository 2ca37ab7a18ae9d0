"""Proofs that assemblages of several Alices are quantum, as mixtures with a classical one."""
