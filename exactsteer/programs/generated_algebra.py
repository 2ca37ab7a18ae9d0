"""The algebra that Hermitian matrices generate with the unit matrix, in floating point.

Its elements, closed under the adjoint, are what the unitaries that commute with all given matrices
leave alone. The average over these is the orthogonal projection on the algebra; so programs about
the given matrices need no others.
"""

from __future__ import annotations

import numpy as np

from exactsteer.programs.arrays import ComplexArray

# Lengths below this, of vectors of length 1 at most, are rounding errors.
TINY = 1e-8
# So many random combinations of the given matrices must lead to nothing new.
ROUNDS = 3


def generated_algebra(matrices: ComplexArray) -> ComplexArray:
    """An orthonormal basis of its Hermitian elements, the multiple of 1 first; r x d x d."""
    d = matrices.shape[-1]
    generator = np.random.default_rng(0)
    scaled = matrices / max(float(np.abs(matrices).max()), 1e-300)
    span = _basis(np.concatenate([np.eye(d)[None] / d**0.5, scaled]))
    unchanged = 0
    while unchanged < ROUNDS and len(span) < d * d:
        X = np.tensordot(generator.normal(size=len(scaled)), scaled, axes=1)
        more = _basis(np.concatenate([span, span @ (X / np.linalg.norm(X))]))
        unchanged = unchanged + 1 if len(more) == len(span) else 0
        span = more
    adjoint = span.conj().swapaxes(1, 2)
    hermitian = np.concatenate([span + adjoint, 1j * (span - adjoint)])
    unit = np.eye(d) / d**0.5
    traces = np.trace(hermitian, axis1=1, axis2=2).real
    rest = hermitian - traces[:, None, None] / d * np.eye(d)
    flat = rest.reshape(len(rest), -1)
    # Real combinations of Hermitian matrices are Hermitian.
    _, lengths, right = np.linalg.svd(np.hstack([flat.real, flat.imag]), full_matrices=False)
    kept = right[lengths > TINY]
    traceless = (kept[:, : d * d] + 1j * kept[:, d * d :]).reshape(-1, d, d)
    return np.concatenate([unit[None], traceless])


def _basis(matrices: ComplexArray) -> ComplexArray:
    """An orthonormal basis of the complex span."""
    d = matrices.shape[-1]
    _, lengths, right = np.linalg.svd(matrices.reshape(-1, d * d), full_matrices=False)
    return np.asarray(right[lengths > TINY * lengths[0]].reshape(-1, d, d), dtype=np.complex128)
