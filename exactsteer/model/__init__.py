"""Exact constructions: states, noise, named assemblages, and how they are written."""
