"""Semidefinite programs, solved in floating point. Nothing here is trusted."""
