"""Unitaries on the Bobs that go with a relabelling: U H U^dagger = H' for all pairs of matrices.

The U with U H = H' U form a linear space. If it has a unitary, almost every element is invertible,
and the unitary factor of its polar decomposition lies in the space too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exactsteer.programs.arrays import ComplexArray

TOLERANCE = 1e-9


def local_unitary(
    pairs: Sequence[tuple[ComplexArray, ComplexArray]], D: int
) -> ComplexArray | None:
    """A unitary U with U H U^dagger = H' for the pairs (H, H') of D x D matrices, if any."""
    one = np.eye(D)
    normal = np.zeros((D * D, D * D), dtype=complex)
    for h, image in pairs:
        # Row by row U is a vector, and U H - H' U the product with this matrix.
        equation = np.kron(one, h.T) - np.kron(image, one)
        normal += equation.conj().T @ equation
    values, vectors = np.linalg.eigh(normal)
    solutions = vectors[:, values < TOLERANCE * max(1.0, float(values[-1]))]
    weights = np.random.default_rng(0).normal(size=solutions.shape[1])
    left, lengths, right = np.linalg.svd((solutions @ weights).reshape(D, D))
    if lengths[-1] < TOLERANCE**0.5:
        return None
    U = left @ right
    size = max((float(abs(h).max()) for h, _ in pairs), default=1.0)
    fits = all(
        float(abs(U @ h @ U.conj().T - image).max()) < TOLERANCE * size for h, image in pairs
    )
    return U if fits else None
