# SPDX-License-Identifier: MIT
"""The trusted kernel: standard library and python-flint, exact arithmetic only."""
