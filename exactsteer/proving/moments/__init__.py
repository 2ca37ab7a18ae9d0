"""From floating multipliers of moment programs to proofs that the kernel accepts."""
