# SPDX-License-Identifier: MIT
"""One file for each claim: its statement, its evidence, and the rule that decides it."""
