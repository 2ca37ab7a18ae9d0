"""What may be done to the state of a construction without changing lambda.

exp(i H) on an Alice's system changes nothing if H commutes with all her effects. On a Bob's system
it acts as a unitary after his map, which changes no verdict, if there is a Hermitian H' with

    Lambda[[H, rho]] = [H', Lambda[rho]]  for all rho:

all H for the identity and the transpose, and for Eq. (19) those with H U + U H^T = c U, because
then exp(i H) U exp(i H)^T is U up to a phase.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import scipy.linalg

from exactsteer.programs.arrays import ComplexArray, RealArray, to_array, traceless_basis
from exactsteer.programs.seesaw.construction import Construction

# Singular values below this share of the largest count as zero.
CUT = 1e-9


def generators(construction: Construction) -> list[ComplexArray]:
    """A basis of the Hermitian H on the state's space, the unit matrix (a global phase) first."""
    sizes = (*construction.systems, *construction.inputs)
    out = [np.eye(construction.dimension, dtype=complex)]
    for place in range(len(sizes)):
        n = len(construction.systems)
        local = _of_alice(construction, place) if place < n else _of_bob(construction, place - n)
        left, right = math.prod(sizes[:place]), math.prod(sizes[place + 1 :])
        out += [np.kron(np.kron(np.eye(left), h), np.eye(right)) for h in local]
    return out


def _of_alice(construction: Construction, j: int) -> list[ComplexArray]:
    effects = [to_array(m) for setting in construction.measurements[j] for m in setting]
    basis = traceless_basis(construction.systems[j])
    columns = [np.array([_commutator(h, m) for m in effects]) for h in basis]
    return _combinations(basis, columns)


def _of_bob(construction: Construction, k: int) -> list[ComplexArray]:
    positive = construction.maps[k]
    basis, after = traceless_basis(positive.d_in), traceless_basis(positive.d_out)
    probes = [*basis, np.eye(positive.d_in, dtype=complex)]
    images = [construction.image(k, rho) for rho in probes]
    columns = [
        np.array([construction.image(k, _commutator(h, rho)) for rho in probes]) for h in basis
    ]
    columns += [-np.array([_commutator(h, image) for image in images]) for h in after]
    return _combinations(basis, columns)


def _commutator(a: ComplexArray, b: ComplexArray) -> ComplexArray:
    return np.asarray(a @ b - b @ a)


def _combinations(
    basis: Sequence[ComplexArray], columns: Sequence[ComplexArray]
) -> list[ComplexArray]:
    """The combinations of the basis whose columns, with those of further unknowns, add up to 0."""
    if not basis:
        return []
    system = np.array([[*c.real.ravel(), *c.imag.ravel()] for c in columns]).T
    kernel: RealArray = scipy.linalg.null_space(system, rcond=CUT)
    # Different solutions may have the same H, and H = 0 where the map forgets H'.
    used = kernel[: len(basis)]
    u, s, _ = np.linalg.svd(used, full_matrices=False)
    independent = u[:, s > CUT]
    return [np.tensordot(c, np.array(basis), 1) for c in independent.T]
