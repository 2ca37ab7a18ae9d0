"""Sparse vectors of an orbit.

Vectors v are moved by exp(i H), H in a real space of Hermitian generators, to make sum |t|^p over
their real and imaginary parts t small. For small p this counts what is not zero; local minima have
many zeros, and phases that are powers of i: the best that can happen before rounding to Gaussian
integers. Which of them rounds to the smallest integers is another question, so all are returned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.linalg
import scipy.optimize

from exactsteer.programs.arrays import ComplexArray, RealArray

POWER = 0.3
# |t|^p is smoothed to (t^2 + s^2)^(p/2), s falling through these shares of the mean size.
SMOOTHING = (0.1, 0.02, 0.004)


def size_of(vectors: ComplexArray) -> float:
    """Sum of |t|^p over the real and imaginary parts t."""
    parts = np.abs(np.concatenate([vectors.real.ravel(), vectors.imag.ravel()]))
    return float((parts**POWER).sum())


def sparse_forms(
    vectors: ComplexArray,
    generators: Sequence[ComplexArray],
    rng: np.random.Generator,
    tries: int,
) -> list[ComplexArray]:
    """Local minima found from random points of the orbit, different ones, the sparsest first.

    `vectors` has the shape (dimension, copies); the generators act on the dimension. The first try
    starts from the vectors themselves.
    """
    if not generators:
        return [vectors]
    stack = np.array(generators)
    found: dict[tuple[float, ...], ComplexArray] = {}
    for attempt in range(tries):
        moved = vectors
        if attempt > 0:
            angles = rng.standard_normal(len(stack)) * np.pi
            moved = _exponential(np.tensordot(angles, stack, 1)) @ vectors
        form = _descended(moved, stack)
        found.setdefault(_signature(form), form)
    return sorted(found.values(), key=size_of)


def _signature(vectors: ComplexArray) -> tuple[float, ...]:
    """The sorted sizes of the parts to two digits: the same for forms that differ by symmetries."""
    parts = np.abs(np.concatenate([vectors.real.ravel(), vectors.imag.ravel()]))
    return tuple(float(t) for t in np.round(np.sort(parts / parts.max()), 2) + 0.0)


def _descended(vectors: ComplexArray, stack: ComplexArray) -> ComplexArray:
    mean = float(np.sqrt(np.mean(np.abs(vectors) ** 2)))
    for share in SMOOTHING:
        s = share * mean

        def cost(angles: RealArray) -> tuple[float, RealArray]:
            return _cost(angles, vectors, stack, s)  # noqa: B023

        best = scipy.optimize.minimize(cost, np.zeros(len(stack)), jac=True, method="BFGS")
        vectors = _exponential(np.tensordot(best.x, stack, 1)) @ vectors
    return vectors


def _exponential(h: ComplexArray) -> ComplexArray:
    values, u = np.linalg.eigh(h)
    return np.asarray((u * np.exp(1j * values)) @ u.conj().T)


def _cost(
    angles: RealArray, vectors: ComplexArray, stack: ComplexArray, s: float
) -> tuple[float, RealArray]:
    """The smoothed size of exp(i H) v, H = sum angles * stack, and its gradient."""
    values, u = np.linalg.eigh(np.tensordot(angles, stack, 1))
    phases = np.exp(1j * values)
    inside = u.conj().T @ vectors
    v = (u * phases) @ inside
    re, im = v.real**2 + s * s, v.imag**2 + s * s
    total = float((re ** (POWER / 2)).sum() + (im ** (POWER / 2)).sum())
    slope = v.real * re ** (POWER / 2 - 1) + 1j * v.imag * im ** (POWER / 2 - 1)
    slope = u.conj().T @ (POWER * slope)
    # d exp(iH)[E] = U ((U^dagger E U) * phi) U^dagger with the divided differences phi of exp(i.)
    gaps = values[:, None] - values[None, :]
    mean = np.exp(0.5j * (values[:, None] + values[None, :]))
    phi = 1j * mean * np.sinc(gaps / (2 * np.pi))
    weight = (slope.conj() @ inside.T) * phi
    # sum_ij (U^dagger E U)_ij weight_ij = tr[E (U weight^T U^dagger)]
    back = u @ weight.T @ u.conj().T
    gradient = np.einsum("gij,ji->g", stack, back).real
    return total, gradient
