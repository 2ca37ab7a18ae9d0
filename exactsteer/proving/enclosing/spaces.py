"""Solutions of homogeneous linear equations near given numbers, and matrices by coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq, fmpq_mat, fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.proving.enclosing.decimals import nearest_decimal

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


def diagonal_matrix(values: Sequence[fmpq]) -> Hermitian:
    """The diagonal matrix with these entries."""
    den = fmpz(1)
    for v in values:
        den = den.lcm(v.q)
    n = len(values)
    re = [[(v * den).p if i == j else fmpz(0) for j in range(n)] for i, v in enumerate(values)]
    return Hermitian.of(den, re, [[fmpz(0)] * n for _ in range(n)])


def coordinates(m: Hermitian, *, diagonal: bool = False) -> list[fmpq]:
    """Row by row from the diagonal on: the diagonal entry, then real and imaginary parts.

    Only the diagonal, if that is asked for.
    """
    out = []
    for i in range(m.n):
        out.append(m.entry(i, i)[0])
        for j in range(i + 1, 0 if diagonal else m.n):
            out += m.entry(i, j)
    return out


def hermitian_matrix(values: Sequence[fmpq], d: int) -> Hermitian:
    """The d x d matrix with these coordinates."""
    den = fmpz(1)
    for v in values:
        den = den.lcm(v.q)
    numbers = iter([(v * den).p for v in values])
    re, im = ([[fmpz(0)] * d for _ in range(d)] for _ in range(2))
    for i in range(d):
        re[i][i] = next(numbers)
        for j in range(i + 1, d):
            re[i][j] = re[j][i] = next(numbers)
            im[i][j] = next(numbers)
            im[j][i] = -im[i][j]
    return Hermitian.of(den, re, im)


def entries_of(m: Rectangular) -> Iterator[fmpq]:
    """Real and imaginary parts, row by row."""
    rows, columns = m.shape
    for i in range(rows):
        for j in range(columns):
            yield from m.entry(i, j)
