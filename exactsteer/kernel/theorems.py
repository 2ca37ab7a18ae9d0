# SPDX-License-Identifier: MIT
"""What proof files claim, as a table of property and verb, each claim with its theorem.

property         has                   lacks                      noise between    number between
---------------  --------------------  -------------------------  ---------------  --------------
parent states    parent states         no parent states           noise            smallest
                                                                  robustness       eigenvalue
hidden states    LHS model             no LHS model,              LHS noise
                                       nonlocal correlations      robustness
product states   product LHS model     no product LHS model
quantum          quantum realisation,  no quantum correlations,                    quantum bound
                 quantum mixture       outside a level

Every function `check_..` decides one claim by the rules of rules.py, quantum/squares.py (R3: words
have squares) and quantum/realisation.py (R4: a realisation is evaluated). It raises Rejected, which
names the rule that fails. Sigma is any assemblage within the radius delta of the centre. How claims
are read and said in words is in claims.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.errors import require
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import require_positive
from exactsteer.kernel.file.numbers import short_text, total
from exactsteer.kernel.properties.classical_inequality import (
    ClassicalInequality,
    check_classical_inequality,
)
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import (
    ParentStates,
    SteeringInequality,
    reach_margin,
)
from exactsteer.kernel.properties.product_states import ProductTerm, Witness, summed
from exactsteer.kernel.properties.views import Families, Inequality
from exactsteer.kernel.quantum.functional import BellInequality, HierarchyInequality, constant_term
from exactsteer.kernel.quantum.realisation import Realisation, check_realisation
from exactsteer.kernel.quantum.squares import SumOfSquares, check_nonnegative
from exactsteer.kernel.rules import (
    check_lower_end,
    check_margins,
    check_multipliers,
    check_views,
    check_violation,
)
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.kernel.statements import Ball, Enclosure, JointBall, NoisyBall, QuantumBound

PARENT_STATES = "parent states"
NO_PARENT_STATES = "no parent states"
NOISE_ROBUSTNESS = "noise robustness"
SMALLEST_EIGENVALUE = "smallest eigenvalue"
LHS_MODEL = "LHS model"
NO_LHS_MODEL = "no LHS model"
NONLOCAL_CORRELATIONS = "nonlocal correlations"
LHS_NOISE_ROBUSTNESS = "LHS noise robustness"
PRODUCT_LHS_MODEL = "product LHS model"
NO_PRODUCT_LHS_MODEL = "no product LHS model"
QUANTUM_REALISATION = "quantum realisation"
QUANTUM_MIXTURE = "quantum mixture"
NO_QUANTUM_CORRELATIONS = "no quantum correlations"
OUTSIDE_LEVEL = "outside a level"
QUANTUM_BOUND = "quantum bound"

E = TypeVar("E")
L = TypeVar("L")


@dataclass(frozen=True)
class TwoEnds(Generic[L, E]):
    """The proof of the lower end, None if that is trivial, and the proof of the upper end."""

    lower: L
    upper: E


# ---- Parent states ----


def check_parent_states(ball: Ball, parents: Family) -> None:
    """Theorem. Rules (marginal), (signalling), (positive) for the S_{a|x}, with the `reach_margin`
    of the radius: every Sigma has parent states (R1, and "Reach" in parent_states.py). With one
    Alice it then has a quantum realisation, by Theorem 6 (Gisin; Hughston, Jozsa and Wootters).
    """
    _check_parents(ball.scenario, ball.centre, parents, reach_margin(ball.scenario, ball.radius))


def _check_parents(scenario: Scenario, sigma: Families, parents: Family, margin: fmpq) -> None:
    p = ParentStates(scenario)
    check_views(p, sigma, parents)
    check_margins(p, parents, lambda _: margin)


def check_no_parent_states(ball: Ball, inequality: SteeringInequality) -> None:
    """Theorem. Rules (balance), (positive), (value): no Sigma has parent states, for these would
    give I(Sigma) >= 0 (R2), while I(Sigma) < 0. Hence none is quantum, by Theorem 6, condition 2.
    """
    check_multipliers(ParentStates(ball.scenario), inequality.multipliers())
    _check_violated(ball, inequality)


def _check_violated(ball: Ball, inequality: Inequality) -> fmpq:
    return check_violation(inequality.value(ball.centre), inequality.box_norm(), ball.radius)


def check_noise_robustness(
    ball: NoisyBall, ends: TwoEnds[SteeringInequality | None, Family]
) -> None:
    """Theorem. Rules (balance), (positive), (value), (lower), unless lower = 0: r noise + (1 - r)
    Sigma has no parent states for r < lower. Rules (marginal), (signalling), (positive) for the
    mixture with the centre and the radius (1 - r) delta at r = upper: there it has.

    So lower <= r* <= upper for the smallest r in [0, 1] at which it has: Eq. (24). There is one,
    since the assemblages that have parent states form a closed set.
    """
    if ends.lower is not None:
        check_multipliers(ParentStates(ball.scenario), ends.lower.multipliers())
        _check_lower(ball, ends.lower)
    r = ball.upper
    margin = reach_margin(ball.scenario, (1 - r) * ball.radius)
    _check_parents(ball.scenario, ball.mixed(ball.noise, r), ends.upper, margin)


def _check_lower(ball: NoisyBall, inequality: Inequality) -> None:
    at_centre = _check_violated(ball, inequality)
    check_lower_end(at_centre, inequality.value(ball.noise), ball.lower)


def check_smallest_eigenvalue(ball: Enclosure, ends: TwoEnds[Family, SteeringInequality]) -> None:
    """Theorem. lambda(Sigma) of Appendix B is the largest number such that Hermitian S_{a|x} >=
    lambda 1 satisfy (marginal) and (signalling).

    Rules (marginal), (signalling), (positive) with the `reach_margin` of the radius and `lower`:
    lambda >= lower. Rules (balance), (positive) for the multipliers, and

    (upper) sum tr M > 0 and I(centre) + delta |W|_box <= upper sum tr M,

    give lambda <= upper, because lambda sum tr M <= I(Sigma) by R2.
    """
    margin = reach_margin(ball.scenario, ball.radius, ball.lower)
    _check_parents(ball.scenario, ball.centre, ends.lower, margin)
    inequality, place = ends.upper, "the steering inequality"
    check_multipliers(ParentStates(ball.scenario), inequality.multipliers())
    trace = total([m.trace() for _, m in inequality.joint_matrices()])
    require(trace > 0, "upper", place, "sum tr M > 0", short_text(trace))
    excess = inequality.value(ball.centre) + ball.radius * inequality.box_norm()
    excess -= ball.upper * trace
    expected = "I + radius |W|_box - upper sum tr M <= 0"
    require(excess <= 0, "upper", place, expected, short_text(excess))


# ---- Hidden states ----


def check_lhs_model(ball: Ball, hidden: HiddenStates) -> None:
    """Theorem (Definition 14). Rules (trace), (model), (reach), (positive): every Sigma has a
    local-hidden-state model (R1, and "Reach" in hidden_states.py).
    """
    _check_hidden(ball.centre, hidden, ball.radius)


def _check_hidden(sigma: Families, hidden: HiddenStates, radius: fmpq) -> None:
    blocks = hidden.by_block()
    check_views(hidden, sigma, blocks)
    check_margins(hidden, blocks, hidden.reach_margin(radius))


def check_no_lhs_model(ball: Ball, inequality: ClassicalInequality) -> None:
    """Theorem. Rules (value), and (positive) or (grid) of classical_inequality.py: no Sigma has a
    local-hidden-state model, for that would give I(Sigma) >= 0, while I(Sigma) < 0.

    For one Bob of dimension 1, Sigma is a table p(a|x) of correlations and the model one of local
    hidden variables: Bell's theorem.
    """
    _check_violated(ball, inequality)
    check_classical_inequality(inequality)


def check_lhs_noise_robustness(
    ball: NoisyBall, ends: TwoEnds[ClassicalInequality | None, HiddenStates]
) -> None:
    """Theorem. As `check_noise_robustness`, with local-hidden-state models: rules (value), (lower),
    (positive) or (grid) unless lower = 0, and (trace), (model), (reach), (positive) at r = upper.
    """
    if ends.lower is not None:
        _check_lower(ball, ends.lower)
        check_classical_inequality(ends.lower)
    r = ball.upper
    _check_hidden(ball.mixed(ball.noise, r), ends.upper, (1 - r) * ball.radius)


# ---- Product states ----


def check_product_lhs_model(ball: JointBall, terms: list[ProductTerm]) -> None:
    """Theorem (Eq. 30). Rules (positive) for every tau of every term, and (model) for their sums by
    strategy: the normalised terms are a model of that form, p(lambda) the terms' traces.
    """
    for i, term in enumerate(terms):
        for k, tau in enumerate(term.states):
            require_positive(tau, "positive", f"tau^({k + 1}) of term {i}")
    hidden = summed(terms, ball.scenario)
    check_views(hidden, ball.centre, hidden.by_block())


def check_no_product_lhs_model(ball: JointBall, witness: Witness) -> None:
    """Theorem. Rules (value), (positive) for the blocks of product_states.py: no Sigma has a model
    with product states, for that would give I(Sigma) >= 0 (R2), while I(Sigma) < 0.
    """
    _check_violated(ball, witness.inequality)
    check_multipliers(witness.property(ball.factors), witness.multipliers())


# ---- Quantum ----


def check_quantum_realisation(ball: Ball, realisation: Realisation) -> None:
    """Theorem (Definition 3). Rules (state), (povm), and (marginal) for the S_{a|x} = tr_Alices
    [(M_{a|x} (x) 1) rho]: the centre has this realisation. If delta > 0, (reach) there is one
    Alice, and (positive) with the `reach_margin`: the S are parent states of the centre, so every
    Sigma has parent states, and by Theorem 6 a realisation.
    """
    check_realisation(realisation)
    p, joint, n = ParentStates(ball.scenario), realisation.joint_states(), ball.scenario.n
    check_views(p, ball.centre, joint)
    if ball.radius > 0:
        require(n == 1, "reach", "statement.radius", "0, or one Alice", f"{n} Alices")
        margin = reach_margin(ball.scenario, ball.radius)
        check_margins(p, joint, lambda _: margin)


@dataclass(frozen=True)
class Mixture:
    """The weight t of the hidden states, 0 < t <= 1, and the two parts of the mixture."""

    weight: fmpq
    realisation: Realisation
    hidden: HiddenStates


def check_quantum_mixture(ball: Ball, mixture: Mixture) -> None:
    """Theorem. Let t be the weight, Q the assemblage of the realisation, and L = (centre - (1 - t)
    Q) / t. Rules (state), (povm), and (trace), (model), (reach), (positive) for L and the radius
    delta / t: every Sigma = centre + Delta is quantum.

    For it is (1 - t) Q + t (L + Delta / t). The traces, sums and no-signalling conditions are
    affine, so L satisfies them as centre and Q do, and L + Delta / t as Sigma does. The latter
    differs from L by at most delta / t, so it has a local-hidden-state model, which is a quantum
    realisation with a separable state. A mixture of two quantum assemblages is quantum: the Alices
    share one bit more of the state, on which their measurements depend.
    """
    t = mixture.weight
    check_realisation(mixture.realisation)
    rest = ball.mixed(mixture.realisation.families(), 1 - t**-1)
    _check_hidden(rest, mixture.hidden, ball.radius * t**-1)


def check_no_quantum_correlations(ball: Ball, inequality: BellInequality) -> None:
    """Theorem. Rules (squares) for sum F_{a|x} E_{a|x}, and (value): the correlations of no Sigma
    are quantum, for that would give F(p) >= 0 (R3), while F(p) < 0. Hence none is quantum, by
    Theorem 6, condition 1 (the hierarchy of Navascues, Pironio and Acin).
    """
    functional = inequality.functional
    check_nonnegative(functional.scenario, functional.coefficients.items(), inequality.squares)
    value, norm = inequality.value_and_norm(ball.centre)
    check_violation(value, norm, ball.radius)


def check_outside_level(ball: Ball, inequality: HierarchyInequality) -> None:
    """Theorem. Rules (squares) for constant 1 + sum E_{a|x} (x) W^(k)_{a|x} (x) 1, and (value): no
    Sigma is quantum, for that would give I(Sigma) = constant + sum_{a,x} tr[(sum_k W^(k)_{a|x} (x)
    1) S_{a|x}] >= 0 (R3), while I(Sigma) < 0.

    Definition 13, the sets Q^k of Johnston, Mittal, Russo and Watrous with parent states inside the
    moment matrix: it excludes assemblages with quantum correlations and with parent states.
    """
    check_nonnegative(ball.scenario, inequality.operator(), inequality.squares)
    _check_violated(ball, inequality)


def check_quantum_bound(bound: QuantumBound, squares: SumOfSquares) -> None:
    """Theorem. Let m be the number of coefficients. Rule (squares) for

        H = (upper - 2 D m radius) 1 - sum E_{a|x} (x) F_{a|x}:

    sum tr[G_{a|x} S_{a|x}] <= upper for the S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho] of any state
    and POVMs, and any Hermitian G within the radius of F: each G - F has rows that sum to at
    most 2 D radius in modulus, hence at most that operator norm, and tr S_{a|x} <= 1.
    """
    check_nonnegative(bound.scenario, _difference(bound), squares)


def _difference(bound: QuantumBound) -> Iterator[tuple[Element, Hermitian]]:
    coefficients, D = bound.functional.coefficients, bound.scenario.joint_dimension
    reserve = 2 * D * len(coefficients) * bound.radius
    yield constant_term(bound.scenario, bound.upper - reserve)
    for element, f in coefficients.items():
        yield element, -f
