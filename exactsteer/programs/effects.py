"""Measurements of several Alices as arrays: random ones, and what is left of a state by them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from exactsteer.programs.arrays import ComplexArray

Effects = Mapping[tuple[int, int], ComplexArray]
"""M_{a|x} of one Alice, addressed by (a, x)."""


def random_effects(
    counts: Sequence[int], d: int, generator: np.random.Generator
) -> dict[tuple[int, int], ComplexArray]:
    """A random measurement for each setting, projective as far as the dimension allows."""
    out = {}
    for x, o in enumerate(counts):
        shape = (d, d)
        q, _ = np.linalg.qr(generator.normal(size=shape) + 1j * generator.normal(size=shape))
        for a in range(o):
            out[a, x] = np.zeros(shape, dtype=np.complex128)
        for i in range(d):
            out[i % o, x] += np.outer(q[:, i], q[:, i].conj())
        if o > d:
            vectors = generator.normal(size=(o, d)) + 1j * generator.normal(size=(o, d))
            total = vectors.T @ vectors.conj()
            root = np.linalg.inv(np.linalg.cholesky(total))
            for a, v in enumerate(vectors):
                out[a, x] = np.outer(root @ v, (root @ v).conj())
    return out


def factor(own: Effects, part: tuple[int, int] | None) -> ComplexArray:
    """The effect of a part (x, a) of a term; the unit matrix where there is none."""
    if part is None:
        return np.eye(len(own[0, 0]), dtype=np.complex128)
    x, a = part
    return own[a, x]


def reductions(rho: ComplexArray, systems: Sequence[int], B: ComplexArray) -> ComplexArray:
    """tr_Bobs[(1 (x) B_e) rho] for every e, indices e, i_1..i_n, j_1..j_n."""
    A, D = math.prod(systems), B.shape[-1]
    out = np.einsum("ecb,ibjc->eij", B, rho.reshape(A, D, A, D))
    return np.asarray(out.reshape(len(B), *systems, *systems), dtype=np.complex128)


def contract(reduced: ComplexArray, parts: Sequence[ComplexArray | None], j: int) -> ComplexArray:
    """Trace out every Alice but j with her factor."""
    out, n = reduced, len(parts)
    for i in reversed(range(n)):
        part = parts[i]
        if part is not None:
            # Alices beyond i are gone, but for j.
            left = (out.ndim - 1) // 2
            out = np.tensordot(out, part, axes=([1 + i, 1 + left + i], [1, 0]))
    return out


def normalised(
    raw: Mapping[tuple[int, int], ComplexArray], outcomes: Sequence[int], old: Effects
) -> Effects:
    """Effects that sum to 1, from multipliers that do so up to a factor and rounding errors."""
    out: dict[tuple[int, int], ComplexArray] = {}
    for x, o in enumerate(outcomes):
        own = [raw[a, x] for a in range(o)]
        values, vectors = np.linalg.eigh(sum(own[1:], own[0]))
        if values[0] < 1e-9 * max(values[-1], 1e-9):
            own, root = [old[a, x] for a in range(o)], np.eye(len(values))
        else:
            root = (vectors / np.sqrt(values)) @ vectors.conj().T
        for a in range(o):
            out[a, x] = np.asarray(root @ own[a] @ root.conj().T, dtype=np.complex128)
    return out
