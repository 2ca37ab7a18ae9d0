# SPDX-License-Identifier: MIT
"""Quantum realisations and quantum behaviours (Definitions 3 and 13 of the paper)."""
