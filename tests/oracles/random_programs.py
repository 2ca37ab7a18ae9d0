"""Assemblages and multipliers for the programs: random, large, without any meaning."""

from __future__ import annotations

import math

import numpy as np
import pytest

from exactsteer.formats.arrays import from_arrays
from exactsteer.kernel.scenario import Scenario, without
from exactsteer.programs.arrays import partial_trace, to_array
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.solve import SolverRun
from exactsteer.programs.structured.real_form import dagger, to_real

SCENARIOS = [
    Scenario(((1,),), (1,)),
    Scenario(((3,),), (2, 2)),
    Scenario(((2, 2),), (4,)),
    Scenario(((2, 2),), (2, 1)),
    Scenario(((2, 3),), (2, 3)),
    Scenario(((3, 1, 2),), (3, 2)),
    Scenario(((2, 2, 2, 2),), (2, 2)),
    Scenario(((2, 2),), (2, 2, 2)),
    Scenario(((2, 2),), (2, 1, 3)),
    Scenario(((2, 2), (2, 2)), (2, 2)),
    Scenario(((2, 3), (3, 1)), (2, 2)),
    Scenario(((2, 2), (2, 2, 2)), (3,)),
]


def arrays(sigma):
    return [{e: to_array(m) for e, m in sigma[k].items()} for k in range(sigma.scenario.N)]


def random_assemblage(scenario, seed):
    """Complex floats: local states of parents of a no-signalling family, one Bob transposed.

    The transposition makes some of them impossible for joint states.
    """
    random = np.random.default_rng(seed)
    size = scenario.joint_dimension
    total = {}
    # A state of Alices and Bobs, measured projectively by each Alice.
    alices = [max(row) for row in scenario.outcomes]
    whole = math.prod(alices) * size
    psi = random.normal(size=(whole, 2)) + 1j * random.normal(size=(whole, 2))
    rho = psi @ psi.conj().T
    rho /= np.trace(rho).real
    povms = []
    for row, d in zip(scenario.outcomes, alices, strict=True):
        settings_ = []
        for o in row:
            q, _ = np.linalg.qr(random.normal(size=(d, d)) + 1j * random.normal(size=(d, d)))
            parts = np.array_split(np.arange(d), o)
            settings_.append([q[:, p] @ q[:, p].conj().T for p in parts])
        povms.append(settings_)
    for a, x in scenario.elements():
        m = np.eye(1)
        for j, (o, s) in enumerate(zip(a, x, strict=True)):
            m = np.kron(m, povms[j][s][o])
        big = np.kron(m, np.eye(size)) @ rho
        blocks = big.reshape(math.prod(alices), size, math.prod(alices), size)
        total[a, x] = np.einsum("aiaj->ij", blocks)
    out = []
    for k in range(scenario.N):
        local = {e: partial_trace(s, scenario.dimensions, k) for e, s in total.items()}
        out.append({e: (m.T if k == 1 else m) for e, m in local.items()})
    return out


def assert_feasible(structure, sigma, iterate):
    scenario, unit = structure.scenario, np.eye(structure.size)
    assert np.linalg.eigvalsh(iterate.m).min() > 0
    assert np.linalg.eigvalsh(iterate.x).min() > 0
    assert np.trace(iterate.m, axis1=1, axis2=2).real.sum() == pytest.approx(1)
    flat = to_real(iterate.m).reshape(len(iterate.m), -1)
    assert np.abs(flat - structure.projected(flat)).max() < 1e-10
    # X + lambda 1 is a solution of (P).
    s = dict(zip(structure.elements, iterate.x + iterate.lam * unit, strict=True))
    for k, family in enumerate(sigma):
        for e, local in family.items():
            marginal = partial_trace(s[e], scenario.dimensions, k)
            assert np.abs(marginal - local).max() < 1e-10
    for j in range(scenario.n):
        sums: dict = {}
        for e, joint in s.items():
            sums[without(e, j)] = sums.get(without(e, j), 0) + joint
        for (b, x), total in sums.items():
            first = sums[b, (*x[:j], 0, *x[j + 1 :])]
            assert np.abs(total - first).max() < 1e-10


def parity_of_blocks(dimensions, noise, seed=0):
    """The parity assemblage in even dimensions: half of each space for each bit, turned at random.

    sigma^(1)_{a|x} = Q_a/d_1, sigma^(2)_{a|x} = Q_{a+x}/d_2 with projectors Q of rank d/2, mixed
    with white noise. Joining each half to one level gives the parity assemblage of qubits back.
    """
    random = np.random.default_rng(seed)
    families = []
    for k, d in enumerate(dimensions):
        shape = (d, d)
        turn, _ = np.linalg.qr(random.normal(size=shape) + 1j * random.normal(size=shape))
        family = np.zeros((2, 2, d, d), complex)
        for a in range(2):
            for x in range(2):
                bit = (a + x * k) % 2
                half = turn[:, bit * d // 2 : (bit + 1) * d // 2]
                sharp = half @ half.conj().T / d
                family[a, x] = (1 - noise) * sharp + noise * np.eye(d) / (2 * d)
        families.append(family)
    return from_arrays(families)


def invented(scenario, random):
    """Multipliers without any meaning, as a broken solver might return."""

    def matrix(n):
        m = random.normal(size=(n, n)) + 1j * random.normal(size=(n, n))
        return m + m.conj().T

    return DualSolution(
        scenario,
        tuple({e: matrix(d) for e in scenario.elements()} for d in scenario.dimensions),
        tuple(
            {e: matrix(scenario.joint_dimension) for e in scenario.marginals(j)}
            for j in range(scenario.n)
        ),
        None,
        -1.0,
        SolverRun("none", 0.0, "optimal"),
    )


def random_scaling(structure, seed):
    random = np.random.default_rng(seed)
    shape = (len(structure.elements), structure.size, structure.size)
    a = random.normal(size=shape) + 1j * random.normal(size=shape)
    return a @ dagger(a) / structure.size + 0.1 * np.eye(structure.size)
