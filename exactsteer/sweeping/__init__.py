"""Verdicts and proofs for many assemblages: where they come from, who works, what is kept.

Only the kernel decides here too: a row says POSTQUANTUM or QUANTUM when its proof file was checked,
and what a solver alone says is called screening.
"""
