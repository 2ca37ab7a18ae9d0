"""Proof files as Coq theorems: literals, evidence, text, and the run of coqc.

The Coq theory lies beside these modules (`Claims.v` first); README.md says what it proves.
"""
