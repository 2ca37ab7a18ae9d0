"""Proofs for and against local-hidden-state models with product states (Eq. 30)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.hidden_states import Places
from exactsteer.kernel.properties.product_states import Witness
from exactsteer.kernel.properties.strategies import Strategy, count_strategies, response
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import JointBall
from exactsteer.kernel.theorems import NO_PRODUCT_LHS_MODEL, PRODUCT_LHS_MODEL
from exactsteer.model.printed import Printed
from exactsteer.model.writing import terms_value, witness_value
from exactsteer.programs.arrays import lowest_eigenvalue
from exactsteer.programs.multipliers import float_norm, float_value
from exactsteer.programs.product_states import WitnessSolution, solve_witness
from exactsteer.programs.product_terms import solve_product_terms
from exactsteer.proving.certificate import Certificate, Stages, provenance
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.exact_matrices import on_grid
from exactsteer.proving.hidden_states.decided import RUN
from exactsteer.proving.hidden_states.rounded_multipliers import lift_all
from exactsteer.proving.product_states.rounded_terms import round_terms
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import Repaired
from exactsteer.proving.rounding import (
    GOOD_ENOUGH,
    NEARLY,
    Aim,
    Rounded,
    best_rounding,
    scales,
    short_of,
)
from exactsteer.proving.violations import above_text

# The program holds a matrix for each strategy and each set of factors.
MOST_IN_PRODUCTS = 64
FIRST_SCALE = 4.0
ADVICE = "try data with more noise, or less"


def certify_no_product_lhs(given: Printed | Question, factors: Sequence[int]) -> Certificate:
    """Prove that joint states of the Bobs have no model of the form of Eq. (30).

    The data have a single Bob of dimension prod(factors), the joint system. Raises Undecided,
    InputError, SolverFailed.
    """
    question = asked(given)
    stages, repaired = _begin(question, factors)
    centre, factors = repaired.centre, tuple(factors)
    stages.enter("solve")
    solution = solve_witness(centre, factors)
    solutions, open_ = [solution], ""
    if solution.value < 0 and question.aim is Aim.RADIUS:
        try:
            solutions.insert(0, solve_witness(centre, factors, box=True))
        except SolverFailed as error:
            open_ = f"the radius may not be the largest, because {error}"
    stages.enter("round")
    rounded = [_rounded(repaired, found, factors) for found in solutions]
    best = max(filter(None, rounded), key=lambda found: found.radius, default=None)
    if best is None:
        raise Undecided(
            f"no witness with partial transposes excludes a model with product states (optimum "
            f"{solution.value:.3g} in floating point)",
            "try to prove 'product LHS model'",
        )
    if len(solutions) > 1:
        open_ = short_of(best.radius, -solutions[0].value)
    draft = Draft(
        NO_PRODUCT_LHS_MODEL,
        _joint_ball(centre, best.radius, factors),
        witness_value(best.inequality.witness()),
        provenance(question.source, solution.run),
        ADVICE,
    )
    return certificate_of(draft, repaired, stages, solution.value, open_)


def certify_product_lhs(given: Printed | Question, factors: Sequence[int]) -> Certificate:
    """Prove that joint states of the Bobs have a model of the form of Eq. (30); exact data only.

    Raises Undecided, InputError, SolverFailed.
    """
    question = asked(given)
    stages, repaired = _begin(question, factors)
    if repaired.distance > 0:
        raise Undecided(
            "the claim 'product LHS model' is about exact numbers, and those given had to be moved "
            f"by up to {above_text(repaired.distance)}",
            "give an exact file",
        )
    stages.enter("solve")
    solution = solve_product_terms(repaired.centre, factors)
    stages.enter("round")
    terms = round_terms(repaired.centre, solution, factors) if solution.t > 0 else None
    if terms is None:
        stopped = f", where {solution.stopped}" if solution.stopped else ""
        raise Undecided(
            f"no model with product states was found (margin t = {solution.t:.3g} in floating "
            f"point{stopped})",
            "try to prove 'no product LHS model', or data with more noise",
        )
    draft = Draft(
        PRODUCT_LHS_MODEL,
        _joint_ball(repaired.centre, fmpq(0), factors),
        terms_value(terms),
        provenance(question.source, RUN),
        ADVICE,
    )
    return certificate_of(draft, repaired, stages, solution.t)


def _begin(question: Question, factors: Sequence[int]) -> tuple[Stages, Repaired]:
    scenario = question.data.scenario
    if len(factors) < 2 or min(factors) < 2 or scenario.dimensions != (math.prod(factors),):
        raise InputError(
            f"the factors {', '.join(map(str, factors))} do not multiply to the dimension of one "
            f"Bob (the scenario has {scenario.sentence()}): give the assemblage of the joint "
            "states, and at least two dimensions from 2 on"
        )
    count = count_strategies(scenario)
    if count > MOST_IN_PRODUCTS:
        raise Undecided(
            f"more than {MOST_IN_PRODUCTS} deterministic strategies are not tried for models with "
            "product states",
            "leave out settings",
        )
    stages = Stages()
    stages.enter("repair")
    return stages, question.repaired


def _joint_ball(centre: Assemblage, radius: fmpq, factors: Sequence[int]) -> JointBall:
    return JointBall(centre.scenario, centre, radius, tuple(factors))


@dataclass(frozen=True)
class _Witnessed(Inequality):
    """With the Q_{lambda,T} that prove it."""

    Q: Mapping[Strategy, Mapping[Places, Hermitian]]

    def witness(self) -> Witness:
        """As the kernel reads it."""
        return Witness(Inequality(self.scenario, self.W), self.Q)


def _rounded(
    repaired: Repaired, solution: WitnessSolution, factors: tuple[int, ...]
) -> Rounded[_Witnessed] | None:
    """The first rounding within 0.3 per cent of the radius in floating point, or the best."""
    norm = float_norm([solution.F])
    if not norm:
        return None
    enough = -GOOD_ENOUGH * float_value([solution.F], repaired.centre) / norm
    candidates = _roundings(repaired.centre.scenario, solution, factors)
    return best_rounding(candidates, repaired.centre, repaired.distance, enough)


def _roundings(
    scenario: Scenario, solution: WitnessSolution, factors: tuple[int, ...]
) -> Iterator[_Witnessed]:
    """Integers of growing scale; (positive) holds up to floating point."""
    unit = Hermitian.identity(scenario.joint_dimension)
    largest = max(float(np.abs(f).max()) for f in solution.F.values())
    for scale in scales(FIRST_SCALE, 4.0):
        F = {e: on_grid(f * (scale / largest), fmpz(1)) for e, f in solution.F.items()}
        Q: dict[Strategy, dict[Places, Hermitian]] = {}
        worst = math.inf
        for strategy, own in solution.Q.items():
            Q[strategy] = {}
            rest = sum(
                (F[response(strategy, s)] for s in scenario.settings()), unit.scaled(fmpq(0))
            )
            for places, q in own.items():
                rounded = on_grid(q * (scale / largest), fmpz(1))
                rounded = rounded + unit.scaled(fmpq(max(0, -_floor_of_lowest(rounded))))
                if not rounded.is_zero():
                    Q[strategy][places] = rounded
                    rest = rest - rounded.partial_transpose(factors, places)
            worst = min(worst, _floor_of_lowest(rest))
        lift_all(scenario, [F], -int(worst))
        yield _Witnessed(scenario, (F,), {s: own for s, own in Q.items() if own})


def _floor_of_lowest(m: Hermitian) -> int:
    """The smallest eigenvalue rounded down, an integer up to floating errors counting as such."""
    return math.floor(lowest_eigenvalue(m) + NEARLY)
