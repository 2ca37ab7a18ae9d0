"""Proof files as Coq theorems: a Coq file with the very bytes of each, and the run of coqc.

The Coq theory lies beside these modules (`Claims.v` first); README.md says what it proves.
"""
