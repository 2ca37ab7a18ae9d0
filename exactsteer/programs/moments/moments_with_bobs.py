"""Moments G(m) that are D x D matrices, and those that a symmetry does not change.

A symmetry u with the unitary U takes the moments of a state to U^dagger G(alpha_u(m)) U. Invariant
ones are averages of random ones: there are few of them, as a rule.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.words import Word
from exactsteer.programs.arrays import to_array
from exactsteer.programs.moments.actions import Actions
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.centred_letters import projector
from exactsteer.programs.moments.symmetry import Symmetry
from exactsteer.programs.moments.word_arrays import Moments

FIRST_SAMPLE = 32
# More entries of all invariant moment matrices take too much memory.
MAX_ENTRIES = 20_000_000
# Singular values of averages below this share of the largest are rounding.
RANK = 1e-8


def objective_blocks(functional: Functional, every: Moments) -> Array:
    """The functional as sum_m tr[F_m G(m)]: F_m for each class, zero where there is none."""
    scenario = functional.scenario
    total: dict[Word, Array] = {}
    for (a, x), h in functional.coefficients.items():
        terms: dict[Word, float] = {(): 1.0}
        for row, outcome, setting in zip(scenario.outcomes, a, x, strict=True):
            factor = [((), 1.0)] if outcome < 0 else projector(row[setting], setting, outcome)
            terms = {(*word, part): c * f for word, c in terms.items() for part, f in factor}
        value = to_array(h)
        for word, c in terms.items():
            total[word] = total[word] + c * value if word in total else c * value
    at = every.find(every.parts.numbers(list(total)).astype(np.int32))
    D = scenario.joint_dimension
    blocks = np.zeros((len(every.code), D, D), dtype=complex)
    present = at >= 0
    # These words are products of one letter for each Alice at most: F_m of m and m^dagger is one.
    np.add.at(blocks, at[present], np.array(list(total.values()))[present])
    return blocks


def invariant_moments(symmetry: Symmetry, actions: Actions, every: Moments) -> Array | None:
    """A basis, over the reals, of the invariant G with tr G(1) = 0; [k, m, p, q].

    None where it is too large.
    """
    D, K = len(symmetry.unitaries[0][0]), len(every.code)
    steps = [
        [(*_on_classes(actions, every, u), U) for u, U in zip(*level, strict=True)]
        for level in zip(symmetry.levels, symmetry.unitaries, strict=True)
    ]
    rng, count = np.random.default_rng(0), FIRST_SAMPLE
    averages = np.zeros((0, 2 * K * D * D))
    while (len(averages) + count) * (every.size * D) ** 2 <= MAX_ENTRIES:
        G = rng.normal(size=(count, K, D, D)) + 1j * rng.normal(size=(count, K, D, D))
        G[:, every.own] += G[:, every.own].conj().swapaxes(2, 3)
        for level in steps:
            images = [_moved(G, *step) for step in level]
            G = np.sum(images, axis=0) / len(level)
        G[:, 0] -= np.einsum("kpp->k", G[:, 0])[:, None, None] * np.eye(D) / D
        averages = np.concatenate([averages, G.reshape(count, -1).view(float)])
        _, lengths, basis = np.linalg.svd(averages, full_matrices=False)
        rank = int(np.sum(lengths > RANK * lengths[0])) if lengths[0] > RANK else 0
        if rank < len(averages):
            return np.ascontiguousarray(basis[:rank]).view(complex).reshape(rank, K, D, D)
        count = len(averages)
    return None


def _on_classes(actions: Actions, every: Moments, u: Array) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """What G(alpha_u(m)) is of the G(m') and of their adjoints; a row for each m."""
    terms = actions.image(u, every.part)
    at = every.find(terms.part)
    code, _ = every.parts.codes(terms.part)
    own, _ = every.parts.codes(every.part)
    turned = code != own[at]
    shape = (len(every.code),) * 2
    direct, adjoint = (
        sp.csr_matrix((terms.weight[here], (terms.which[here], at[here])), shape=shape)
        for here in (~turned, turned)
    )
    return direct, adjoint


def _moved(G: Array, direct: sp.csr_matrix, adjoint: sp.csr_matrix, U: Array) -> Array:
    count, K, D, _ = G.shape
    by_class = G.swapaxes(0, 1).reshape(K, -1)
    mirrored = G.conj().swapaxes(2, 3).swapaxes(0, 1).reshape(K, -1)
    image = (direct @ by_class + adjoint @ mirrored).reshape(K, count, D, D).swapaxes(0, 1)
    return np.asarray(U.conj().T @ image @ U)


def moment_matrices(every: Moments, G: Array) -> Array:
    """Gamma(s, t) = G(t^dagger s) for each of the G; [k, (s, p), (t, q)]."""
    count, K, D, _ = G.shape
    n = every.size
    shape = (n * n, K)
    direct, adjoint = (
        sp.csr_matrix((every.weight[here], (every.place[here], every.moment[here])), shape=shape)
        for here in (~every.turned, every.turned)
    )
    by_class = G.swapaxes(0, 1).reshape(K, -1)
    mirrored = G.conj().swapaxes(2, 3).swapaxes(0, 1).reshape(K, -1)
    blocks = (direct @ by_class + adjoint @ mirrored).reshape(n, n, count, D, D)
    return np.asarray(blocks.transpose(2, 0, 3, 1, 4).reshape(count, n * D, n * D))
