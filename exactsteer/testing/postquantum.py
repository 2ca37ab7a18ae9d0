"""Strategies for assemblages that are provably without parent states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import hermitian
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import mixture, white_noise
from exactsteer.testing.matrices import (
    Draw,
    states,
    turned,
    unitaries,
    weights,
)

# Mixed with white noise up to its robustness, 1 - 1/sqrt 2 = 0.2928.. and 1/2, each of these
# assemblages keeps being postquantum.
_CORES: tuple[tuple[Callable[[], Assemblage], tuple[Fraction, ...]], ...] = (
    (lambda: monogamy("ZX"), tuple(Fraction(p, 100) for p in (0, 10, 20, 29))),
    (parity, tuple(Fraction(p, 100) for p in (0, 20, 40, 49))),
)


@st.composite
def postquantum_assemblages(draw: Draw, scenario: Scenario | None = None) -> Assemblage:
    """Assemblages without parent states, hence without a quantum realisation.

    The monogamy assemblage {Z, X} or the parity assemblage, mixed with less white noise than
    they tolerate, is placed in the scenario (two settings of one Alice, two Bobs) and turned by
    rational local unitaries. The default scenario has one Alice, two settings of two outcomes and
    two qubits. Raises ValueError when no Alice has two settings of two outcomes or fewer than two
    Bobs have a qubit.
    """
    t = Scenario(((2, 2),), (2, 2)) if scenario is None else scenario
    places = postquantum_places(t)
    if not places:
        raise ValueError(
            "postquantum steering needs an Alice with two settings of two outcomes and two Bobs "
            f"of dimension two or more; got {t.sentence()}"
        )
    core, noises = draw(st.sampled_from(_CORES))
    sigma = core()
    sigma = mixture(sigma, white_noise(sigma.scenario), weight=draw(st.sampled_from(noises)))
    place = draw(st.sampled_from(places))
    local = [[draw(weights(o)) for o in row] for row in t.outcomes]
    bobs = [draw(states(d)) for d in t.dimensions]
    placed = embedded(sigma, t, place, local, bobs)
    turns = [draw(unitaries(d)) for d in t.dimensions]
    return Assemblage(
        t,
        [{e: turned(m, turn) for e, m in placed[k].items()} for k, turn in enumerate(turns)],
    )


@dataclass(frozen=True)
class Place:
    """Where a core with one Alice, two settings and two Bobs sits in a larger scenario."""

    alice: int
    settings: tuple[int, int]
    bobs: tuple[int, int]


def postquantum_places(scenario: Scenario) -> list[Place]:
    """All places for a core: settings of two outcomes or more, Bobs of dimension two or more."""
    bobs = [k for k, d in enumerate(scenario.dimensions) if d > 1]
    out = []
    for j, row in enumerate(scenario.outcomes):
        settings = [x for x, o in enumerate(row) if o > 1]
        out += [
            Place(j, (x, y), (k, m))
            for x in settings
            for y in settings
            if x < y
            for k in bobs
            for m in bobs
            if k < m
        ]
    return out


def embedded(
    core: Assemblage,
    scenario: Scenario,
    place: Place,
    local: Sequence[Sequence[Sequence[fmpq]]],
    bobs: Sequence[Hermitian],
) -> Assemblage:
    """Put a core (one Alice, two settings of two outcomes, two qubits) into a scenario.

    The chosen Alice reports the core's outcome 0 as 0 and its outcome 1 as one of 1, 2, .., chosen
    with the weights `local`; all other outcomes follow `local[j][x]` independently of the rest. The
    qubits are the first two levels of the chosen Bobs; the other Bobs hold `bobs[k]`.
    Restricting the scenario and joining outcomes gives the core back, so parent states of the
    result would give parent states of the core.
    """
    families: list[Family] = []
    for k, d in enumerate(scenario.dimensions):
        family = {}
        for a, x in scenario.elements():
            others = fmpq(1)
            for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
                if j != place.alice:
                    others *= local[j][setting][outcome]
            mine = local[place.alice][x[place.alice]]
            shares = _shares(mine, a[place.alice], x[place.alice], place)
            if k in place.bobs:
                part = _steered(core, place.bobs.index(k), shares)
                family[a, x] = _padded(part, d).scaled(others)
            else:
                p = sum((share * core.probability(e) for e, share in shares.items()), fmpq(0))
                family[a, x] = bobs[k].scaled(others * p)
        families.append(family)
    return Assemblage(scenario, families)


def _shares(mine: Sequence[fmpq], outcome: int, setting: int, place: Place) -> dict[Element, fmpq]:
    """Of which elements of the core, and with which shares, an element is the sum."""
    if setting not in place.settings:
        return {((0,), (0,)): mine[outcome], ((1,), (0,)): mine[outcome]}
    x = place.settings.index(setting)
    if outcome == 0:
        return {((0,), (x,)): fmpq(1)}
    rest = sum(mine[1:], fmpq(0))
    share = mine[outcome] * rest**-1 if rest else fmpq(int(outcome == 1))
    return {((1,), (x,)): share}


def _steered(core: Assemblage, bob: int, shares: Mapping[Element, fmpq]) -> Hermitian:
    total = Hermitian.zero(2)
    for e, share in shares.items():
        total = total + core[bob][e].scaled(share)
    return total


def _padded(m: Hermitian, d: int) -> Hermitian:
    inside = range(m.n)
    return hermitian(
        [[m.entry(i, j) if i in inside and j in inside else 0 for j in range(d)] for i in range(d)]
    )
