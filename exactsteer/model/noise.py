"""Noise assemblages (Section 6 of the paper): white, GHZ and W noise, and mixtures."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import fmpq, fmpz

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import Number, hermitian, rational

TWO_QUBITS = Scenario(((2, 2),), (2, 2))
"""One Alice with two settings of two outcomes, two qubit Bobs."""


# Sweeps ask for the same one again and again.
@lru_cache(maxsize=1)
def white_noise(scenario: Scenario) -> Assemblage:
    """Eq. (21) for any scenario: sigma^(k)_{a|x} = p(a|x) 1/d_k, every outcome equally likely."""
    families = []
    for d in scenario.dimensions:
        family = {}
        for a, x in scenario.elements():
            count = fmpz(d)
            for row, setting in zip(scenario.outcomes, x, strict=True):
                count *= row[setting]
            family[a, x] = Hermitian.identity(d).scaled(fmpq(1, count))
        families.append(family)
    return Assemblage(scenario, families)


def ghz_noise() -> Assemblage:
    """Eq. (22): Alice measures Z (x = 0) and X (x = 1) on the GHZ state of three qubits.

    The reduced state of a Bob is 1/2 for either outcome of X.
    """
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    mixed = hermitian([[quarter, 0], [0, quarter]])
    family: dict[Element, Hermitian] = {
        ((0,), (0,)): hermitian([[half, 0], [0, 0]]),
        ((1,), (0,)): hermitian([[0, 0], [0, half]]),
        ((0,), (1,)): mixed,
        ((1,), (1,)): mixed,
    }
    return Assemblage(TWO_QUBITS, [family, family])


def w_noise() -> Assemblage:
    """Eq. (23): Alice measures Z (x = 0) and X (x = 1) on the W state of three qubits."""
    third, sixth = Fraction(1, 3), Fraction(1, 6)
    family: dict[Element, Hermitian] = {
        ((0,), (0,)): hermitian([[third, 0], [0, third]]),
        ((1,), (0,)): hermitian([[third, 0], [0, 0]]),
        ((0,), (1,)): hermitian([[third, sixth], [sixth, sixth]]),
        ((1,), (1,)): hermitian([[third, -sixth], [-sixth, sixth]]),
    }
    return Assemblage(TWO_QUBITS, [family, family])


NOISES = ("white noise", "GHZ noise", "W noise")
"""The names of noises, each with a robustness to it."""


def noise_named(name: str, scenario: Scenario) -> Assemblage:
    """The noise of one of these names; raise InputError where it is not defined."""
    if name == NOISES[0]:
        return white_noise(scenario)
    if scenario != TWO_QUBITS:
        raise InputError(
            f"{name} is defined for {TWO_QUBITS.sentence()}; the assemblage has "
            f"{scenario.sentence()}; choose white noise or give a noise assemblage"
        )
    return ghz_noise() if name == NOISES[1] else w_noise()


def depolarised(assemblage: Assemblage) -> Assemblage:
    """p(a|x) 1/d_k: what remains when every Bob's state is replaced by the maximally mixed one.

    Noise of weight (N - 1)/N always suffices for parent states (docs/theorems.md), whatever the
    p(a|x) are.
    """
    scenario = assemblage.scenario
    return Assemblage(
        scenario,
        [
            {
                e: Hermitian.identity(d).scaled(assemblage.probability(e) * fmpq(1, d))
                for e in scenario.elements()
            }
            for d in scenario.dimensions
        ],
    )


def mixture(assemblage: Assemblage, noise: Assemblage, *, weight: Number) -> Assemblage:
    """Eq. (20): (1 - weight) * assemblage + weight * noise, 0 <= weight <= 1.

    The weight is that of the noise, as r is in Eq. (24), in enclosures and in sweeps. Raises
    ValueError when the scenarios differ or the weight is out of range.
    """
    r = rational(weight)
    if not 0 <= r <= 1:
        raise ValueError("the weight of a mixture lies between 0 and 1")
    if assemblage.scenario != noise.scenario:
        raise ValueError("a mixture is made of two assemblages of one scenario")
    families = [
        {e: sigma.scaled(1 - r) + noise[k][e].scaled(r) for e, sigma in assemblage[k].items()}
        for k in range(assemblage.scenario.N)
    ]
    return Assemblage(assemblage.scenario, families)
