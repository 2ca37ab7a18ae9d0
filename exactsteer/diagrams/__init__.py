"""Pictures of sweeps, in which every point is what a proof file proves.

Nothing is taken from a table's verdicts: the kernel checks every proof file again, against the
assemblage that its row stands for, and the points are drawn as these theorems say.
"""
