"""The search for strongly postquantum assemblages with small exact numbers, and their proofs."""
