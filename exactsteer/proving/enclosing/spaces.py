"""Solutions of homogeneous linear equations near given numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq, fmpq_mat

from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.proving.decimals import nearest_decimal

# So many digits of what is free are tried, from none.
MAX_ROUNDING = 20


class Space:
    """The solutions of homogeneous equations, by the reduced echelon form of these."""

    def __init__(self, rows: Sequence[Sequence[fmpq]], unknowns: int) -> None:
        flat = [v for row in rows for v in row]
        echelon, rank = fmpq_mat(len(rows), unknowns, flat).rref()
        self.unknowns = unknowns
        self.pivots = [
            next(c for c in range(i, unknowns) if echelon[i, c] != 0) for i in range(rank)
        ]
        known = set(self.pivots)
        self.rows = [
            [(c, echelon[i, c]) for c in range(unknowns) if c not in known and echelon[i, c] != 0]
            for i in range(rank)
        ]

    def near(self, values: Sequence[fmpq], digits: int) -> list[fmpq]:
        """The solution whose free unknowns are the values rounded to so many digits."""
        out = [nearest_decimal(v, digits) for v in values]
        for p, row in zip(self.pivots, self.rows, strict=True):
            out[p] = -sum((f * out[c] for c, f in row), fmpq(0))
        return out


def entries_of(m: Rectangular) -> Iterator[fmpq]:
    """Real and imaginary parts, row by row."""
    rows, columns = m.shape
    for i in range(rows):
        for j in range(columns):
            yield from m.entry(i, j)
