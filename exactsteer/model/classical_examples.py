"""Assemblages of Appendix A: Proposition 16's, Werner-type ones, and joint states of the Bobs.

In the traditional description an assemblage holds a joint state of all Bobs for each element. It is
the assemblage of a single Bob of dimension D here, and `joined` makes it. A local-hidden-state
model of a joined assemblage has arbitrary joint hidden states of the Bobs ("Alice against the
Bobs"); Eq. (30) asks for more, for product states. So

    no LHS model of the marginals (Definition 14)
      => no LHS model of the joined assemblage or none whose hidden states are product states
    no LHS model of the joined assemblage => none in the sense of Eq. (30)

and neither converse holds: Proposition 16's assemblage has a model by Definition 14, its joined
assemblage has a model with joint hidden states, and none in the sense of Eq. (30), because its
correlations violate a Bell inequality.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import Number, hermitian, ket_bra, rational
from exactsteer.model.measurements import PAULI_PROJECTORS
from exactsteer.model.noise import TWO_QUBITS, mixture, white_noise


def steered_qubit(axes: str) -> Assemblage:
    """One qubit Bob perfectly correlated with Alice: sigma_{a|x} = |x_a><x_a|/2.

    `axes` names her measurements, such as "ZX" or "ZXY"; a maximally entangled state of two qubits
    gives it.
    """
    scenario = Scenario(((2,) * len(axes),), (2,))
    half = rational(Fraction(1, 2))
    return Assemblage(
        scenario,
        [{(a, x): PAULI_PROJECTORS[axes[x[0]]][a[0]].scaled(half) for a, x in scenario.elements()}],
    )


def werner(axes: str, visibility: Number) -> Assemblage:
    """The assemblage of a two-qubit Werner state: v `steered_qubit` + (1 - v) white noise.

    A local-hidden-state model exists for v <= 1/sqrt(m), m = 2 or 3 orthogonal axes (Cavalcanti,
    Jones, Wiseman and Reid 2009).
    """
    perfect = steered_qubit(axes)
    return mixture(perfect, white_noise(perfect.scenario), weight=1 - rational(visibility))


def proposition_16_joint_states() -> dict[Element, Hermitian]:
    """The Bobs' joint states in Proposition 16, |Psi+><Psi+|/2 whatever Alice does.

    |Psi+> = (|01> + |10>)/sqrt 2; Alice's qubit is maximally mixed.
    """
    state = ket_bra([0, 1, 1, 0], Fraction(1, 4))
    return dict.fromkeys(TWO_QUBITS.elements(), state)


def proposition_16() -> Assemblage:
    """Proposition 16's assemblage, sigma^(k)_{a|x} = 1/4: an unbiased coin and mixed states."""
    return marginals(TWO_QUBITS, proposition_16_joint_states())


def proposition_16_correlations(digits: int = 12) -> tuple[Assemblage, fmpq]:
    """The correlations p(a b_1 b_2|x y_1 y_2) of Proposition 16, and how far off they are at most.

    Bob 1 measures X and Z, Bob 2 (X + Z)/sqrt 2 and (X - Z)/sqrt 2. With c for 1/sqrt 2, below by
    at most 10^-digits, everything is rational; each p is affine in c with the coefficient +-1/8 or
    0, so the true correlations differ by at most 10^-digits/8. They are those of one Bob of
    dimension 1, the Bobs having become uncharacterised parties 2 and 3.
    """
    power = 10**digits
    c = Fraction(isqrt(power * power // 2), power)
    half = Fraction(1, 2)
    tilted = [
        [hermitian([[half + s * t, s * c / 2], [s * c / 2, half - s * t]]) for s in (1, -1)]
        for t in (c / 2, -c / 2)
    ]
    first = [PAULI_PROJECTORS["X"], PAULI_PROJECTORS["Z"]]
    states = proposition_16_joint_states()
    scenario = Scenario(((2, 2), (2, 2), (2, 2)), (1,))
    family: dict[Element, Hermitian] = {}
    for (a, b1, b2), (x, y1, y2) in scenario.elements():
        effect = kron(first[y1][b1], tilted[y2][b2])
        p = states[(a,), (x,)].inner(effect)
        family[(a, b1, b2), (x, y1, y2)] = Hermitian.identity(1).scaled(p)
    return Assemblage(scenario, [family]), fmpq(1, 8 * power)


def joined(scenario: Scenario, joint: Family) -> Assemblage:
    """The joint states of the Bobs, D x D matrices, as the assemblage of a single Bob.

    Raises NotAnAssemblage unless they are positive, normalised and without signalling.
    """
    return Assemblage(Scenario(scenario.outcomes, (scenario.joint_dimension,)), [joint])


def marginals(scenario: Scenario, joint: Family) -> Assemblage:
    """The assemblage of the marginals of the Bobs' joint states."""
    dimensions = scenario.dimensions
    return Assemblage(
        scenario,
        [{e: s.partial_trace(dimensions, k) for e, s in joint.items()} for k in range(scenario.N)],
    )
