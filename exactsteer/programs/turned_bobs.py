"""What turns Bobs into Bobs: the unitaries and antiunitaries that go with a relabelling.

With the elements sent to e', U of Bob k to Bob l has, for all elements e,

    sigma^(l)_{e'} = U sigma^(k)_e U^dagger,   or with the transpose of sigma^(k)_e.

All in floating point; what is found is compared with every element.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.local_unitaries import local_unitary
from exactsteer.programs.relabellings import Permutation

# Images may differ from the assemblage by this share of its largest entry.
TOLERANCE = 1e-11
# Values that differ by less than this share of the largest are the same.
ALIKE = 1e-7
# So many random combinations of matrices generate the same algebra, almost surely.
FEW = 4


class Of(enum.Enum):
    """What the symmetries are to leave as it is."""

    HIDDEN_STATES = "hidden states"
    PARENT_STATES = "parent states"
    BOX_NORM = "parent states, and the moduli of all Re and Im of multipliers"


class TurnedBobs:
    """The elements `sigma[k]` of each Bob, shape (elements, d_k, d_k), and what they generate."""

    def __init__(
        self, sigma: Sequence[ComplexArray], algebras: Sequence[ComplexArray], of: Of
    ) -> None:
        self.sigma, self.algebras, self.of = sigma, algebras, of
        self.combinations = [_orthonormal(s) for s in sigma]
        self.size = max(float(abs(s).max()) for s in sigma)

    def turns(
        self, elements: Permutation, transposed: bool | None
    ) -> list[tuple[int, ComplexArray, bool]] | None:
        """To which Bob each goes, and how, if there are such."""
        turns: list[tuple[int, ComplexArray, bool]] = []
        for k in range(len(self.sigma)):
            others = set(range(len(self.sigma))) - {i for i, _, _ in turns}
            for i in sorted(others, key=lambda i: (i != k, i)):
                if (turn := self.turn(k, i, elements, transposed)) is not None:
                    turns.append((i, *turn))
                    break
            else:
                return None
        return turns

    def turn(
        self, k: int, i: int, elements: Permutation, transposed: bool | None = None
    ) -> tuple[ComplexArray, bool] | None:
        """The unitary or antiunitary from Bob k to Bob i that goes with a relabelling, if any."""
        d, own = self.sigma[k].shape[-1], self.sigma[k]
        if d != self.sigma[i].shape[-1]:
            return None
        image = self.sigma[i][elements]
        combined = np.tensordot(self.combinations[k], image, axes=1)
        flat = combined.reshape(len(combined), -1)
        if np.abs(flat @ flat.conj().T - np.eye(len(flat))).max() > ALIKE:
            return None
        some = _random_rows(len(combined))
        for other in (False, True) if transposed is None else (transposed,):
            given = own.swapaxes(1, 2) if other else own
            before = np.tensordot(self.combinations[k], given, axes=1)
            pairs = [(np.tensordot(r, before, 1), np.tensordot(r, combined, 1)) for r in some]
            U = local_unitary(pairs, d)
            if self.of is Of.BOX_NORM and U is not None:
                U = _with_signs(U, diagonal=len(self.algebras[k]) < d * d)
            if U is not None:
                moved = U @ given @ U.conj().T
                if float(abs(moved - image).max()) < TOLERANCE * self.size:
                    return U, other
        return None


def _random_rows(count: int) -> RealArray:
    """Orthonormal rows: where there are many matrices, a few combinations of them say as much."""
    if count <= FEW:
        return np.eye(count)
    random = np.random.default_rng(0).normal(size=(count, FEW))
    return np.asarray(np.linalg.qr(random)[0].T, dtype=np.float64)


def _with_signs(U: ComplexArray, *, diagonal: bool) -> ComplexArray | None:
    """U without its phase as a permutation with signs +-1, +-i, if it is one.

    Of phases for each row nothing is to be seen in diagonal matrices.
    """
    turned = abs(U) if diagonal else U / U.flat[np.flatnonzero(abs(U) > 0.5 / len(U) ** 0.5)[0]]
    signs: ComplexArray = np.rint(turned.real) + 1j * np.rint(turned.imag)
    is_close = np.abs(turned - signs).max() < ALIKE and bool((abs(signs).sum(axis=0) == 1).all())
    return signs if is_close else None


def _orthonormal(sigma: ComplexArray) -> RealArray:
    """Combinations of Hermitian matrices that are an orthonormal basis of their real span."""
    flat = sigma.reshape(len(sigma), -1)
    left, lengths, _ = np.linalg.svd(np.hstack([flat.real, flat.imag]), full_matrices=False)
    kept = lengths > 1e-9 * lengths[0]
    return np.asarray((left[:, kept] / lengths[kept]).T, dtype=np.float64)
