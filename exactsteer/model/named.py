"""The named assemblages, exact, each with its source."""

from __future__ import annotations

from fractions import Fraction

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal, hermitian, rational

_HALF = Fraction(1, 2)

PAULI_PROJECTORS: dict[str, tuple[Hermitian, Hermitian]] = {
    "Z": (diagonal([1, 0]), diagonal([0, 1])),
    "X": (
        hermitian([[_HALF, _HALF], [_HALF, _HALF]]),
        hermitian([[_HALF, -_HALF], [-_HALF, _HALF]]),
    ),
    "Y": (
        hermitian([[_HALF, (0, -_HALF)], [(0, _HALF), _HALF]]),
        hermitian([[_HALF, (0, _HALF)], [(0, -_HALF), _HALF]]),
    ),
}
"""The eigenprojectors of the Pauli matrices, eigenvalue +1 first."""


def monogamy(axes: str) -> Assemblage:
    """Both qubit Bobs perfectly correlated with Alice: sigma^(k)_{a|x} = |x_a><x_a|/2.

    `axes` names her measurements, such as "ZX" or "ZXY". Impossible because entanglement is
    monogamous.
    """
    scenario = Scenario(((2,) * len(axes),), (2, 2))
    family = {
        (a, x): PAULI_PROJECTORS[axes[x[0]]][a[0]].scaled(rational(_HALF))
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])


def monogamy_two_alices() -> Assemblage:
    """Two Alices who share the monogamy correlations {Z, X} between them.

    sigma^(k)_{a|x} = |x_c><x_c|/4 with x = x_1 and the sum c = a_1 + a_2 mod 2: both Bobs are
    perfectly correlated with what the Alices know together; either Alice alone knows nothing. The
    second Alice has two settings as well, which change nothing.
    """
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    family = {
        (a, x): PAULI_PROJECTORS["ZX"[x[0]]][(a[0] + a[1]) % 2].scaled(rational(Fraction(1, 4)))
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])


def parity() -> Assemblage:
    """Alice's setting decides whether the Bobs' bits agree or differ; all matrices diagonal.

    sigma^(1)_{a|x} = |a><a|/2, sigma^(2)_{a|x} = |a+x><a+x|/2.
    """
    scenario = Scenario(((2, 2),), (2, 2))
    bit = [diagonal([_HALF, 0]), diagonal([0, _HALF])]
    first = {(a, x): bit[a[0]] for a, x in scenario.elements()}
    second = {(a, x): bit[(a[0] + x[0]) % 2] for a, x in scenario.elements()}
    return Assemblage(scenario, [first, second])


def pr_box() -> Assemblage:
    """Example 5: p(a|x) a Popescu-Rohrlich box of two Alices, every Bob's state 1/2.

    Postquantum because p(a|x) is; its parent states exist.
    """
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    state = diagonal([Fraction(1, 4), Fraction(1, 4)])
    family = {
        (a, x): state if (a[0] + a[1]) % 2 == x[0] * x[1] else Hermitian.zero(2)
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])
