"""Assemblages of any size for the benchmarks, in floating point and seeded."""

from __future__ import annotations

import math
from functools import reduce
from itertools import product

import numpy as np

from exactsteer.formats.arrays import from_arrays
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import partial_trace


def quantum(dimensions: tuple[int, ...], outcomes: tuple[int, ...], seed: int = 0) -> Printed:
    """A random mixed state of full rank, random projective measurements of one Alice.

    Alice's system has the dimension of the Bobs' (at least the number of outcomes), so parent
    states exist, well inside.
    """
    return from_arrays(_quantum(dimensions, outcomes, seed), outcomes=[outcomes])


def _quantum(dimensions: tuple[int, ...], outcomes: tuple[int, ...], seed: int) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    size, alice = math.prod(dimensions), max(math.prod(dimensions), *outcomes)
    factor = _gaussian(random, alice, size)
    root = factor / np.linalg.norm(factor)
    families = [np.zeros((max(outcomes), len(outcomes), d, d), complex) for d in dimensions]
    for x, count in enumerate(outcomes):
        basis = np.linalg.qr(_gaussian(random, alice, alice))[0]
        for a, part in enumerate(np.array_split(np.arange(alice), count)):
            steered = basis[:, part].conj().T @ root
            joint = steered.conj().T @ steered
            for k, family in enumerate(families):
                family[a, x] = partial_trace(joint, dimensions, k)
    return families


def several_alices(n: int, dimensions: tuple[int, ...], seed: int = 0) -> Printed:
    """A random mixed state of full rank of n qubits and the Bobs; Z and X of each qubit."""
    random = np.random.default_rng(seed)
    size = math.prod(dimensions)
    factor = _gaussian(random, 2**n * size, 2**n * size)
    rho = factor @ factor.conj().T
    rho = (rho / np.trace(rho).real).reshape(2**n, size, 2**n, size)
    bases = (np.eye(2), np.array([[1, 1], [1, -1]]) / np.sqrt(2))
    families = [np.zeros((*(2,) * (2 * n), d, d), complex) for d in dimensions]
    for a in product(range(2), repeat=n):
        for x in product(range(2), repeat=n):
            ket = reduce(np.kron, [bases[s][:, o] for o, s in zip(a, x, strict=True)])
            joint = np.einsum("i,iajb,j->ab", ket, rho, ket)
            for k, family in enumerate(families):
                family[(*a, *x)] = partial_trace(joint, dimensions, k)
    return from_arrays(families, outcomes=[(2, 2)] * n)


def monogamy(d: int) -> Printed:
    """Two Bobs of dimension d, both perfectly correlated with Alice in two unbiased bases."""
    fourier = np.exp(2j * np.pi * np.outer(np.arange(d), np.arange(d)) / d) / np.sqrt(d)
    family = np.zeros((d, 2, d, d), complex)
    for a in range(d):
        family[a, 0, a, a] = 1 / d
        family[a, 1] = np.outer(fourier[:, a], fourier[:, a].conj()) / d
    return from_arrays([family, family])


def hidden_monogamy(dimensions: tuple[int, ...], seed: int = 0) -> Printed:
    """Bobs of even dimensions, each with a qubit perfectly correlated with Alice in Z and X.

    The qubits are hidden by a random unitary of each Bob; a tenth of `quantum` makes it generic.
    """
    random = np.random.default_rng(seed)
    families = _quantum(dimensions, (2, 2), seed)
    for d, family in zip(dimensions, families, strict=True):
        unitary = np.linalg.qr(_gaussian(random, d, d))[0]
        for x, pauli in enumerate(([[1, 0], [0, -1]], [[0, 1], [1, 0]])):
            for a in range(2):
                steered = np.kron((np.eye(2) + (-1) ** a * np.array(pauli)) / 2, np.eye(d // 2))
                hidden = unitary @ steered @ unitary.conj().T / d
                family[a, x] = 0.9 * hidden + 0.1 * family[a, x]
    return from_arrays(families, outcomes=[(2, 2)])


def _gaussian(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    return random.normal(size=(rows, columns)) + 1j * random.normal(size=(rows, columns))
