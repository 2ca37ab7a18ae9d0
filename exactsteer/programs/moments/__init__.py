"""Moment programs (NPA; Johnston, Mittal, Russo and Watrous) and their solvers."""
