"""Assemblages with many symmetries, in floating point: any bases, and GHZ states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import product

import numpy as np

from exactsteer.formats.arrays import from_arrays
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import partial_trace

X, Y, Z = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])


def polygon(m: int) -> list[np.ndarray]:
    """m observables whose eigenvectors make a regular polygon of 2 m corners."""
    return [np.cos(np.pi * i / m) * X + np.sin(np.pi * i / m) * Y for i in range(m)]


def dodecahedron() -> list[np.ndarray]:
    """Ten observables whose eigenvectors are the corners of a dodecahedron."""
    g = (1 + 5**0.5) / 2
    corners = [(1, i, j) for i in (1, -1) for j in (1, -1)]
    corners += [v for s in (1, -1) for v in [(0, 1 / g, s * g), (1 / g, s * g, 0), (g, 0, s / g)]]
    return [np.tensordot(v, [X, Y, Z], axes=1) / 3**0.5 for v in corners]


def unbiased(d: int, count: int) -> list[np.ndarray]:
    """So many mutually unbiased bases, the columns, of an odd prime dimension d."""
    j, a = np.arange(d)[:, None], np.arange(d)[None]
    others = [np.exp(2j * np.pi / d * ((c * j * j + a * j) % d)) / d**0.5 for c in range(d)]
    return [np.eye(d, dtype=complex), *others][:count]


def isotropic(bases: Sequence[np.ndarray], visibility: float, bobs: int = 1) -> Printed:
    """Alice's outcome tells all Bobs the basis vector, mixed with white noise."""
    d = len(bases[0])
    family = np.zeros((d, len(bases), d, d), complex)
    for x, basis in enumerate(bases):
        for a in range(d):
            projector = np.outer(basis[:, a], basis[:, a].conj())
            family[a, x] = (visibility * projector + (1 - visibility) * np.eye(d) / d) / d
    return from_arrays([family] * bobs)


def eigenbases(observables: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Their eigenvectors as columns, the largest eigenvalue first."""
    return [np.linalg.eigh(m)[1][:, ::-1] for m in observables]


def ghz(alices: int, bobs: int, observables: Sequence[np.ndarray], visibility: float) -> Printed:
    """Qubits in a GHZ state mixed with white noise; every Alice measures the same observables."""
    n, m, D = alices, len(observables), 2**bobs
    psi = np.zeros(2 ** (n + bobs))
    psi[[0, -1]] = 0.5**0.5
    rho = visibility * np.outer(psi, psi) + (1 - visibility) * np.eye(len(psi)) / len(psi)
    rho = rho.reshape(2**n, D, 2**n, D)
    families = [np.zeros((2,) * n + (m,) * n + (2, 2), complex) for _ in range(bobs)]
    for a in product(range(2), repeat=n):
        for x in product(range(m), repeat=n):
            each = [(np.eye(2) + (-1) ** o * observables[s]) / 2 for o, s in zip(a, x, strict=True)]
            joint = np.einsum("ji,iajb->ab", reduce(np.kron, each), rho)
            for k, family in enumerate(families):
                family[(*a, *x)] = partial_trace(joint, (2,) * bobs, k)
    return from_arrays(families, outcomes=[(2,) * m] * n)
