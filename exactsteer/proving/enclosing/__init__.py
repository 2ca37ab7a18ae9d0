"""The two ends of an enclosure: exact steering inequalities and exact joint matrices."""
