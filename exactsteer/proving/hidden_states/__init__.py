"""Definition 14: proofs for and against local-hidden-state models."""
