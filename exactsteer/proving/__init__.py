"""From numbers to proofs: repair, rounding, certificates. Only the kernel decides."""
