"""A basis of the words in which every invariant moment matrix is block-diagonal.

Matrices that commute with all rho(g) are found as averages of random ones. The eigenspaces of a
Hermitian one, inside an orbit of words, are irreducible; a second one, not symmetric, links the
equivalent ones and turns their bases to each other (Murota, Kanno, Kojima and Kojima,
arXiv:0808.1437). Where it is no multiple of 1 on a real irreducible space, this is of complex or
quaternionic type, and all equivalent spaces together stay one whole block; over the complex numbers
there are no such.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from exactsteer.programs.moments.actions import Actions, components
from exactsteer.programs.moments.blocks import Array

TOLERANCE = 1e-7


@dataclass(frozen=True)
class Isotypic:
    """Q_1, ..., Q_d with orthonormal columns: Q_r^dagger Gamma Q_r is the same for all r, and the
    Q_r^dagger Gamma Q_s vanish for r != s, if Gamma is invariant.
    """

    copies: tuple[sp.csr_matrix, ...]

    @property
    def size(self) -> int:
        """The number of rows of the block."""
        return int(self.copies[0].shape[1])


@dataclass
class _Kind:
    """An irreducible representation: the bases of the spaces that carry it."""

    scalar: bool
    where: list[NDArray[np.int64]]
    bases: list[Array]


def adapted_basis(actions: Actions, seed: int = 0) -> list[Isotypic]:
    """The blocks; their columns together are an orthonormal basis."""
    rng = np.random.default_rng(seed)
    n = actions.on_words[0][0].shape[0]
    pattern = sp.csr_matrix((n, n))
    for level in actions.on_words:
        for rho in level:
            pattern = pattern + abs(rho)
    orbits = components(pattern)
    parts = rng.normal(size=(2, 2, n, n))
    with_phases = any(np.iscomplexobj(rho) for level in actions.on_words for rho in level)
    X, Y = map(actions.average, parts[0] + 1j * parts[1] if with_phases else parts[0])
    X = X + X.conj().T
    kinds: list[_Kind] = []
    for orbit in orbits:
        for V in _eigenspaces(X[np.ix_(orbit, orbit)]):
            _classify(kinds, orbit, V, Y)
    return [_isotypic(kind, n) for kind in kinds]


def _eigenspaces(X: Array) -> list[Array]:
    values, vectors = np.linalg.eigh(X)
    ends = np.flatnonzero(np.diff(values) > TOLERANCE * max(1.0, float(abs(values).max()))) + 1
    return np.split(vectors, ends, axis=1)


def _classify(kinds: list[_Kind], orbit: NDArray[np.int64], V: Array, Y: Array) -> None:
    d = V.shape[1]
    for kind in kinds:
        first, W = kind.where[0], kind.bases[0]
        if W.shape[1] != d:
            continue
        link = W.conj().T @ Y[np.ix_(first, orbit)] @ V
        size = float(np.linalg.norm(link)) / d**0.5
        if size > TOLERANCE:
            kind.where.append(orbit)
            kind.bases.append(V @ (link.conj().T / size) if kind.scalar else V)
            return
    own = V.conj().T @ Y[np.ix_(orbit, orbit)] @ V
    rest = own - np.eye(d) * np.trace(own) / d
    kinds.append(_Kind(float(np.linalg.norm(rest)) < TOLERANCE, [orbit], [V]))


def _isotypic(kind: _Kind, n: int) -> Isotypic:
    d = kind.bases[0].shape[1]
    if kind.scalar:
        copies = [[basis[:, r : r + 1] for basis in kind.bases] for r in range(d)]
    else:
        copies = [kind.bases]
    return Isotypic(tuple(_columns(kind.where, bases, n) for bases in copies))


def _columns(where: list[NDArray[np.int64]], bases: list[Array], n: int) -> sp.csr_matrix:
    rows, columns, values = [], [], []
    at = 0
    for orbit, basis in zip(where, bases, strict=True):
        rows.append(np.repeat(orbit, basis.shape[1]))
        columns.append(np.tile(np.arange(at, at + basis.shape[1]), len(orbit)))
        values.append(basis.reshape(-1))
        at += basis.shape[1]
    data = np.concatenate(values)
    data[abs(data) < 1e-12] = 0
    Q = sp.csr_matrix((data, (np.concatenate(rows), np.concatenate(columns))), shape=(n, at))
    Q.eliminate_zeros()
    return Q
