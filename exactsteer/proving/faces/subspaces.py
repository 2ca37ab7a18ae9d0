"""Exact subspaces of C^n over Q(i): span, sum, orthogonal complement, intersection, support.

A subspace is known by the reduced row echelon form of any matrix whose rows span it; the form is
unique, so equal subspaces are equal objects. flint has no matrices over Q(i). A complex vector is
stored as the real one (Re v_1, Im v_1, Re v_2, Im v_2, ..), with i v beside it. The real span is
then closed under multiplication by i, so the pivots of the real echelon form come in pairs
(Re v_c, Im v_c), and every first row of a pair is a row of the complex echelon form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain

from flint import fmpq, fmpq_mat

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.proving.exact_matrices import Entry, rectangular

Vector = tuple[Entry, ...]


@dataclass(frozen=True)
class Subspace:
    """A subspace of C^n; `rows` is its reduced echelon form."""

    n: int
    rows: tuple[Vector, ...]

    @property
    def dimension(self) -> int:
        """The complex dimension."""
        return len(self.rows)

    def pivots(self) -> list[int]:
        """The coordinate where each row of the echelon form begins."""
        return [
            next(c for c, (re, im) in enumerate(row) if re != 0 or im != 0) for row in self.rows
        ]

    def basis(self) -> Rectangular:
        """The rows as the columns of an n x dimension matrix: the unit matrix on the pivots."""
        return rectangular([[row[i] for row in self.rows] for i in range(self.n)], self.dimension)


def everything(n: int) -> Subspace:
    """C^n itself."""
    one, zero = (fmpq(1), fmpq(0)), (fmpq(0), fmpq(0))
    return Subspace(n, tuple(tuple(one if i == j else zero for j in range(n)) for i in range(n)))


def span(n: int, vectors: Iterable[Sequence[Entry]]) -> Subspace:
    """The span of the vectors."""
    real: list[fmpq] = []
    for v in vectors:
        real += chain.from_iterable(v)
        real += chain.from_iterable((-im, re) for re, im in v)
    if not real:
        return Subspace(n, ())
    echelon, rank = fmpq_mat(len(real) // (2 * n), 2 * n, real).rref()
    return Subspace(
        n,
        tuple(
            tuple((echelon[i, 2 * c], echelon[i, 2 * c + 1]) for c in range(n))
            for i in range(0, rank, 2)
        ),
    )


def orthogonal(space: Subspace) -> Subspace:
    """All v with u^dagger v = 0 for every u of the space."""
    pivots = space.pivots()
    vectors = []
    for c in range(space.n):
        if c not in pivots:
            v = [(fmpq(0), fmpq(0))] * space.n
            v[c] = (fmpq(1), fmpq(0))
            for i, row in zip(pivots, space.rows, strict=True):
                re, im = row[c]
                v[i] = (-re, im)
            vectors.append(v)
    return span(space.n, vectors)


def total(spaces: Sequence[Subspace]) -> Subspace:
    """The sum of subspaces of one C^n."""
    return span(spaces[0].n, [row for space in spaces for row in space.rows])


def intersection(spaces: Sequence[Subspace]) -> Subspace:
    """The intersection of subspaces of one C^n."""
    if all(space == spaces[0] for space in spaces):
        return spaces[0]
    return orthogonal(total([orthogonal(space) for space in spaces]))


def support(m: Hermitian) -> Subspace:
    """The range of M, which is the complement of its kernel."""
    return span(m.n, [[m.entry(i, j) for i in range(m.n)] for j in range(m.n)])


def tensor(spaces: Sequence[Subspace]) -> Subspace:
    """The tensor product, in the order of the Kronecker product."""
    return reduce(_tensor, spaces)


def _tensor(first: Subspace, second: Subspace) -> Subspace:
    return span(
        first.n * second.n,
        [
            [(a * c - b * d, a * d + b * c) for a, b in u for c, d in v]
            for u in first.rows
            for v in second.rows
        ],
    )
