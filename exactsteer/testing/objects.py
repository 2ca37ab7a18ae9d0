"""Strategies for scenarios, and for what an assemblage of one may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TypedDict, Unpack

from flint import fmpq, fmpz_mat
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.quantum.realisation import Flagged, Pure, Realisation
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.noise import mixture, white_noise
from exactsteer.testing.matrices import (
    Draw,
    corner,
    integer_matrices,
    povms,
    states,
    transposed,
    weights,
)


class Limits(TypedDict, total=False):
    """The largest numbers of a drawn scenario: 2 Alices, 8 for the joint dimension of all Bobs, 24
    pairs (a, x), and 3 Bobs, settings of an Alice, outcomes of a setting, dimensions of a Bob.
    """

    max_alices: int
    max_bobs: int
    max_settings: int
    max_outcomes: int
    max_dimension: int
    max_joint_dimension: int
    max_elements: int


_LIMITS: Limits = {
    "max_alices": 2,
    "max_bobs": 3,
    "max_settings": 3,
    "max_outcomes": 3,
    "max_dimension": 3,
    "max_joint_dimension": 8,
    "max_elements": 24,
}


@st.composite
def scenarios(draw: Draw, **limits: Unpack[Limits]) -> Scenario:
    """Scenarios; outcome numbers depend on party and setting, dimensions on the Bob.

    The simplest one has one Alice, one setting, one outcome and a trivial Bob.
    """
    if unknown := limits.keys() - Limits.__annotations__.keys():
        raise TypeError(f"unexpected {', '.join(unknown)}; expected {', '.join(_LIMITS)}")
    most = _LIMITS | limits
    rows: list[tuple[int, ...]] = []
    room = most["max_elements"]
    for _ in range(draw(st.integers(1, most["max_alices"]))):
        row: list[int] = []
        for _ in range(draw(st.integers(1, most["max_settings"]))):
            left = room - sum(row)
            if left > 0:
                row.append(draw(st.integers(1, min(most["max_outcomes"], left))))
        rows.append(tuple(row))
        room //= sum(row)
    dimensions: list[int] = []
    for _ in range(draw(st.integers(1, most["max_bobs"]))):
        left = most["max_joint_dimension"] // math.prod(dimensions)
        dimensions.append(draw(st.integers(1, min(most["max_dimension"], left))))
    return Scenario(tuple(rows), tuple(dimensions))


@st.composite
def correlations(draw: Draw, scenario: Scenario) -> dict[Element, fmpq]:
    """No-signalling correlations p(a|x) of the Alices of a scenario.

    With one Alice every p(a|x) is one. With several, a product of local distributions is mixed
    with a box in which the first two Alices' bits satisfy a_1 + a_2 = f(x_1, x_2) mod 2 for a drawn
    f: a Popescu-Rohrlich box, among others.
    """
    local = [[draw(weights(o)) for o in row] for row in scenario.outcomes]
    if scenario.n == 1 or draw(st.booleans()):
        return _product_correlations(scenario, local)
    # An outcome number of 1 leaves no bit; the pair of settings is then uncorrelated.
    f = {
        pair: draw(st.integers(0, 1))
        for pair in ((x, y) for x in range(len(local[0])) for y in range(len(local[1])))
    }
    share = draw(st.sampled_from([fmpq(1), fmpq(1, 2), fmpq(3, 4)]))
    uniform = [[_uniform_bit(o) for o in row] for row in scenario.outcomes[:2]]
    box = _product_correlations(scenario, [*uniform, *local[2:]])
    for a, x in scenario.elements():
        if min(scenario.outcomes[0][x[0]], scenario.outcomes[1][x[1]]) > 1:
            box[a, x] = box[a, x] * 2 * int((a[0] + a[1]) % 2 == f[x[0], x[1]])
    product = _product_correlations(scenario, local)
    return {e: share * box[e] + (1 - share) * p for e, p in product.items()}


@st.composite
def realisations(draw: Draw, scenario: Scenario, system: int = 2) -> Realisation:
    """Quantum realisations (Definition 3): a state and POVMs, each Alice's system C^system.

    The state is pure, or mixed of a pure state and a product of a basis state of the Alices with a
    state of the Bobs.
    """
    size, alices = scenario.joint_dimension, system**scenario.n
    psi = draw(integer_matrices(alices, size, 1))
    if psi.norm_squared() == 0:
        psi = Rectangular(1, corner(alices, size), fmpz_mat(alices, size))
    terms: list[Pure | Flagged] = [Pure(psi)]
    if draw(st.booleans()):
        index = draw(st.integers(0, alices - 1))
        terms.append(Flagged(index, draw(states(size, rank=1, bound=1))))
    effects: list[dict[tuple[int, int], Hermitian]] = []
    for row in scenario.outcomes:
        mine = {}
        for x, o in enumerate(row):
            for a, effect in enumerate(draw(povms(system, o))):
                mine[a, x] = effect
        effects.append(mine)
    return Realisation(scenario, (system,) * scenario.n, tuple(terms), tuple(effects))


@st.composite
def quantum_assemblages(
    draw: Draw, scenario: Scenario | None = None, *, full_rank: bool = False
) -> Assemblage:
    """Assemblages computed from a quantum realisation; of a drawn scenario if None.

    With `full_rank` they are mixed with white noise, so that every element is invertible and
    they have invertible parent states.
    """
    t = draw(scenarios()) if scenario is None else scenario
    sigma = Assemblage(t, draw(realisations(t)).families())
    if not full_rank:
        return sigma
    share = draw(st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]))
    return mixture(sigma, white_noise(t), weight=share)


@st.composite
def assemblages(draw: Draw, scenario: Scenario | None = None) -> Assemblage:
    """Assemblages of every kind, quantum or not; of a drawn scenario if None.

    A quantum assemblage of which some Bobs' elements are transposed, mixed with independent
    states of the Bobs that meet no-signalling correlations of the Alices.
    """
    t = draw(scenarios()) if scenario is None else scenario
    sigma = draw(quantum_assemblages(t))
    families = [
        {e: transposed(m) for e, m in sigma[k].items()} if draw(st.booleans()) else sigma[k]
        for k in range(t.N)
    ]
    sigma = Assemblage(t, families)
    if draw(st.booleans()):
        p = draw(correlations(t))
        bobs = [draw(states(d)) for d in t.dimensions]
        product = Assemblage(t, [{e: b.scaled(q) for e, q in p.items()} for b in bobs])
        sigma = mixture(sigma, product, weight=Fraction(1, 2))
    return sigma


def _uniform_bit(outcomes: int) -> tuple[fmpq, ...]:
    if outcomes == 1:
        return (fmpq(1),)
    return (fmpq(1, 2), fmpq(1, 2), *[fmpq(0)] * (outcomes - 2))


def _product_correlations(
    scenario: Scenario, local: Sequence[Sequence[Sequence[fmpq]]]
) -> dict[Element, fmpq]:
    out = {}
    for a, x in scenario.elements():
        p = fmpq(1)
        for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
            p *= local[j][setting][outcome]
        out[a, x] = p
    return out
