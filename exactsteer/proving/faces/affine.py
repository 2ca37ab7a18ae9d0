"""All Hermitian blocks on given faces whose views are what they have to be, exactly.

With the columns of B a basis of the face F_b, the block is X_b = B T_b B^dagger. That views agree
(kernel/properties/views.py) is linear in the real coordinates z of all the T:

    diagonal of T first, then real and imaginary part of each entry above the diagonal.

Their reduced row echelon form gives z = offset + matrix y with free rational y; what is put in for
y never spoils the equalities.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.properties.views import Families, Group, Property, Seen, Sigma, View
from exactsteer.model.gaussian import over_one_denominator
from exactsteer.proving.exact_matrices import congruence
from exactsteer.proving.faces.subspaces import Subspace

B = TypeVar("B", bound=Hashable)
Place = tuple[int, int, int]
"""Row, column, and 0 for the real or 1 for the imaginary part."""


@dataclass(frozen=True)
class AffineBlocks(Generic[B]):
    """All Hermitian X_b = B T_b B^dagger that satisfy some equalities, exactly.

    The real coordinates z of all T are `offset` + `matrix` y, y free.
    """

    bases: dict[B, Rectangular]
    offset: list[fmpq]
    matrix: list[list[fmpq]]

    @property
    def free(self) -> int:
        """The number of free parameters y."""
        return len(self.matrix[0]) if self.matrix else 0

    @cached_property
    def _terms(self) -> list[list[tuple[int, fmpq]]]:
        return [[(i, a) for i, a in enumerate(row) if a != 0] for row in self.matrix]

    def positive(self, y: Sequence[fmpq]) -> dict[B, Hermitian] | None:
        """The X_b for the parameters y, None unless all are positive."""
        inner = self.inner(y)
        return self.blocks(inner) if all(map(is_positive, inner.values())) else None

    def inner(self, y: Sequence[fmpq]) -> dict[B, Hermitian]:
        """The T_b for the parameters y, where the face is not 0."""
        z = [
            c + sum((a * y[i] for i, a in terms), fmpq(0))
            for c, terms in zip(self.offset, self._terms, strict=True)
        ]
        out, at = {}, 0
        for b, basis in self.bases.items():
            f = basis.shape[1]
            if f:
                out[b] = from_coordinates(z[at : at + f * f], f)
            at += f * f
        return out

    def blocks(self, inner: Mapping[B, Hermitian]) -> dict[B, Hermitian]:
        """X = B T B^dagger."""
        return {
            b: congruence(basis, inner[b]) if b in inner else Hermitian.zero(basis.shape[0])
            for b, basis in self.bases.items()
        }


def affine_blocks(
    p: Property[B], sigma: Families, faces: Mapping[B, Subspace]
) -> AffineBlocks[B] | None:
    """Blocks on the faces whose views agree and are those of sigma; None when there are none.

    The sigma need not be those of an assemblage.
    """
    bases = {b: face.basis() for b, face in faces.items()}
    return solved(bases, list(_equations(p, sigma, bases)))


def solved(bases: dict[B, Rectangular], rows: Sequence[Sequence[fmpq]]) -> AffineBlocks[B] | None:
    """All solutions of equations in the coordinates z; a row's last entry is its right side."""
    unknowns = sum(b.shape[1] ** 2 for b in bases.values())
    flat = [v for row in rows for v in row]
    echelon, rank = fmpq_mat(len(rows), unknowns + 1, flat).rref()
    pivots = []
    for i in range(rank):
        pivots.append(next(c for c in range(i, unknowns + 1) if echelon[i, c] != 0))
    if unknowns in pivots:
        return None
    known = set(pivots)
    free = [c for c in range(unknowns) if c not in known]
    offset = [fmpq(0)] * unknowns
    matrix = [[fmpq(0)] * len(free) for _ in range(unknowns)]
    for i, p in enumerate(pivots):
        offset[p] = echelon[i, unknowns]
        matrix[p] = [-echelon[i, c] for c in free]
    for i, c in enumerate(free):
        matrix[c][i] = fmpq(1)
    return AffineBlocks(bases, offset, matrix)


def from_coordinates(z: Sequence[fmpq], n: int) -> Hermitian:
    """The n x n matrix with these coordinates."""
    den, numerators = over_one_denominator(z)
    return from_integers(numerators, den, n)


def from_integers(w: Sequence[fmpz], den: fmpz, n: int) -> Hermitian:
    """The n x n matrix with the coordinates w/den."""
    re, im = [[fmpz(0)] * n for _ in range(n)], [[fmpz(0)] * n for _ in range(n)]
    at = n
    for i in range(n):
        re[i][i] = w[i]
        for j in range(i + 1, n):
            re[i][j] = re[j][i] = w[at]
            im[i][j], im[j][i] = w[at + 1], -w[at + 1]
            at += 2
    return Hermitian.of(den, re, im)


def coordinates(m: Hermitian) -> list[fmpq]:
    """The diagonal, then real and imaginary part of each entry above it."""
    out = [m.entry(i, i)[0] for i in range(m.n)]
    for i in range(m.n):
        for j in range(i + 1, m.n):
            out += m.entry(i, j)
    return out


def _equations(
    p: Property[B], sigma: Families, bases: Mapping[B, Rectangular]
) -> Iterator[list[fmpq]]:
    """The equalities in the coordinates of the T, the right side as the last entry."""
    views: dict[View, dict[Place, dict[int, fmpq]]] = {}
    unknowns = 0
    for b, basis in bases.items():
        alike: dict[Seen, list[dict[Place, dict[int, fmpq]]]] = {}
        for view, seen in p.seen(b):
            alike.setdefault(seen, []).append(views.setdefault(view, {}))
        for image in _images(basis):
            for seen, own in alike.items():
                for place, value in _entries(seen.reduce(image)):
                    for rows in own:
                        rows.setdefault(place, {})[unknowns] = value
            unknowns += 1
    for k in range(p.scenario.N):
        for e, matrix in sigma[k].items():
            rows, right = views.get(Sigma(k, e), {}), dict(_entries(matrix))
            # Where no block contributes this is an equation 0 = value.
            for place in dict.fromkeys((*rows, *right)):
                yield _row(rows.get(place, {}), {}, right.get(place, fmpq(0)), unknowns)
    first: dict[Group, dict[Place, dict[int, fmpq]]] = {}
    for view, rows in views.items():
        if isinstance(view, Sigma):
            continue
        same = first.setdefault(view.group, rows)
        for place in dict.fromkeys((*rows, *same)) if rows is not same else ():
            yield _row(rows.get(place, {}), same.get(place, {}), fmpq(0), unknowns)


def _row(
    plus: Mapping[int, fmpq], minus: Mapping[int, fmpq], right: fmpq, unknowns: int
) -> list[fmpq]:
    row = [fmpq(0)] * (unknowns + 1)
    for c, value in plus.items():
        row[c] = value
    for c, value in minus.items():
        row[c] = row[c] - value
    row[unknowns] = right
    return row


def _entries(m: Hermitian) -> Iterator[tuple[Place, fmpq]]:
    """The parts that are not zero of the entries on and above the diagonal."""
    den, *parts = m.integers()
    for part, values in enumerate(parts):
        for i, row in enumerate(values):
            for j in range(i, m.n):
                if row[j] != 0:
                    yield (i, j, part), fmpq(row[j], den)


def _images(basis: Rectangular) -> Iterator[Hermitian]:
    """B G B^dagger for every coordinate direction G of T."""
    den, re, im = basis.integers()
    d, f = basis.shape
    columns = [
        tuple(fmpz_mat(d, 1, [row[c] for row in part]) for part in (re, im)) for c in range(f)
    ]

    def outer(i: int, j: int) -> tuple[fmpz_mat, fmpz_mat]:
        (p, q), (r, s) = columns[i], (part.transpose() for part in columns[j])
        return p * r + q * s, q * r - p * s

    for i in range(f):
        yield Hermitian(den**2, *outer(i, i))
    for i in range(f):
        for j in range(i + 1, f):
            x, y = outer(i, j)
            yield Hermitian(den**2, x + x.transpose(), y - y.transpose())
            # i (b_i b_j^dagger - b_j b_i^dagger)
            yield Hermitian(den**2, (y + y.transpose()) * -1, x - x.transpose())
