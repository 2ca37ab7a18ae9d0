"""Eq. (30): proofs for and against local-hidden-state models with product states."""
