"""Certified exclusion of assemblages by moment hierarchies: p(a|x), and the sets Q^k."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.assemblage_file import Printed
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.claims import no_quantum_correlations, outside_level
from exactsteer.kernel.functional import Functional, functional_value, number_of
from exactsteer.kernel.hermitian import Hermitian
from exactsteer.kernel.matrix_text import family_value
from exactsteer.kernel.moments import SumOfSquares, remainder
from exactsteer.kernel.numbers import rational_text
from exactsteer.kernel.proof import write_proof
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.kernel.statement import FORMAT, assemblage_value, scenario_value
from exactsteer.kernel.words import Word, letters
from exactsteer.programs.arrays import (
    partial_trace,
    to_array,
    to_float,
)
from exactsteer.programs.moments.moment_matrix import (
    Array,
    exclusion_program,
    many_body_basis,
    places,
)
from exactsteer.programs.moments.solvers import Solved, solve_program
from exactsteer.proving.certificate import Progress, Stages
from exactsteer.proving.moments.bounds import checked, lowest_shift, provenance, words_for
from exactsteer.proving.moments.squares import Best, rounded_squares, squares_value
from exactsteer.proving.repair import DEFAULT_TOLERANCE, Repaired, repair
from exactsteer.proving.rounding import short_below

# The multipliers are scaled so that the largest is 1, and rounded to multiples of 2^-GRID.
GRID = 40


@dataclass(frozen=True)
class ExclusionCertificate:
    """A proof file's bytes, and the theorem into which the kernel turned these very bytes."""

    data: bytes
    theorem: Theorem
    repaired: Repaired
    radius: fmpq
    words: int
    seconds: dict[str, float]
    lambda_float: float
    """The solver's largest lambda with moment matrix >= lambda 1; not part of the proof."""


def certify_not_npa(
    printed: Printed,
    level: str,
    *,
    tolerance: fmpq = DEFAULT_TOLERANCE,
    source: str = "",
    report: Progress = lambda _: None,
) -> ExclusionCertificate:
    """Prove that the correlations p(a|x) of everything near the printed assemblage are not quantum.

    Theorem 6, condition 1, by a level of the hierarchy of Navascues, Pironio and Acin. Correlations
    alone are an assemblage of one Bob of dimension 1. Raises Undecided when the level does not
    exclude them, InputError for data beyond the tolerance or a wrong level, SolverFailed.
    """
    stages = Stages(report)
    stages.enter("repair")
    repaired = repair(printed, tolerance)
    centre = repaired.centre
    outcomes = centre.scenario.outcomes
    alone = Scenario(outcomes, (1,))
    p = {e: np.array([[to_float(centre.probability(e))]]) for e in alone.elements()}
    found = _separated(alone, [p], level, stages)
    stages.enter("round")
    reach = min(centre.scenario.dimensions)
    family = _lifted_to_proof(alone, found)
    functional = Functional(alone, family[0])
    value = sum((number_of(f) * centre.probability(e) for e, f in family[0].items()), fmpq(0))
    norm = sum((abs(number_of(f)) for f in family[0].values()), fmpq(0)) * reach
    radius = _radius(value, norm, repaired.distance, found.lowest, level)
    evidence = {
        "F": functional_value(functional),
        **squares_value(found.squares, level),
    }
    return _finished(
        no_quantum_correlations.KIND, repaired, radius, evidence, found, source, stages
    )


def certify_outside(
    printed: Printed,
    level: str,
    *,
    tolerance: fmpq = DEFAULT_TOLERANCE,
    source: str = "",
    report: Progress = lambda _: None,
) -> ExclusionCertificate:
    """Prove that nothing near the printed assemblage is in a set Q^k of Definition 13.

    Raises as `certify_not_npa`.
    """
    stages = Stages(report)
    stages.enter("repair")
    repaired = repair(printed, tolerance)
    centre = repaired.centre
    scenario = centre.scenario
    sigma = [{e: to_array(m) for e, m in centre[k].items()} for k in range(scenario.N)]
    found = _separated(scenario, sigma, level, stages)
    stages.enter("round")
    W = _lifted_to_proof(scenario, found)
    value, norm = fmpq(0), fmpq(0)
    for k, family in enumerate(W):
        for e, w in family.items():
            value += w.inner(centre[k][e])
            norm += w.box_norm()
    radius = _radius(value, norm, repaired.distance, found.lowest, level)
    evidence = {
        "W": [family_value(family) for family in W],
        **squares_value(found.squares, level),
    }
    return _finished(outside_level.KIND, repaired, radius, evidence, found, source, stages)


@dataclass(frozen=True)
class _Separation:
    """Multipliers in floating point: the coefficient of every known word, one family a Bob."""

    words: list[Word]
    squares: SumOfSquares
    coefficients: list[dict[Word, Array]]
    lowest: float
    solved: Solved


def _separated(
    scenario: Scenario, sigma: Sequence[Mapping[Element, Array]], level: str, stages: Stages
) -> _Separation:
    """Solve the level and scale its multiplier; raises Undecided when it excludes nothing."""
    stages.enter("words")
    outcomes, D, dimensions = scenario.outcomes, scenario.joint_dimension, scenario.dimensions
    words = words_for(scenario, D, level)
    at = places(outcomes, words)
    known = {word: _moment(scenario, sigma, word) for word in _single_words(outcomes) if word in at}
    joint = many_body_basis(dimensions)
    stages.enter("solve")
    program = exclusion_program(outcomes, words, D, known, joint)
    best = Best(program, homogeneous=True)
    solved = solve_program(program, best.offer)
    if best.Z is None:
        raise SolverFailed("the solver returned no usable multipliers")
    if best.value >= 0:
        raise Undecided(
            f"not excluded at level {level} (lambda = {solved.value:.3g} in floating point)",
            "nothing is proved by that; try a higher level",
        )
    coefficients: list[dict[Word, Array]] = [{} for _ in dimensions]
    largest = 0.0
    for word in known:
        total = sum(best.Z[t * D : t * D + D, s * D : s * D + D] for s, t in at[word].direct)
        for k, part in enumerate(_one_body(np.asarray(total), dimensions)):
            coefficients[k][word] = part
            largest = max(largest, float(np.abs(part).max()))
    Z = best.Z / largest
    squares = rounded_squares(Z, best.shift / largest, words, D)
    if squares is None:
        raise SolverFailed("the multipliers of the solver are too inaccurate")
    scaled = [{w: c / largest for w, c in family.items()} for family in coefficients]
    return _Separation(words, squares, scaled, best.value, solved)


def _single_words(outcomes: tuple[tuple[int, ...], ...]) -> Iterator[Word]:
    """The words with at most one letter of each Alice."""
    yield from product(*(((), *((c,) for c in letters(row))) for row in outcomes))


def _weight(scenario: Scenario, word: Word, element: Element) -> fmpq:
    """The coefficient of E_{a|x} in a word, averaged over the settings of the Alices not in it."""
    weight = fmpq(1)
    for row, part, a, x in zip(scenario.outcomes, word, *element, strict=True):
        if not part:
            weight *= fmpq(1, len(row))
        elif part[0][0] != x:
            return fmpq(0)
        elif row[x] == 2:
            weight *= 1 - 2 * a
        elif part[0][1] != a:
            return fmpq(0)
    return weight


def _moment(scenario: Scenario, sigma: Sequence[Mapping[Element, Array]], word: Word) -> Array:
    """The part of G(m) that the local states determine: sum_k sigma^(k) (x) 1 d_k/D - .."""
    D, dimensions = scenario.joint_dimension, scenario.dimensions
    total = np.zeros((D, D), dtype=complex)
    p = 0.0
    for k, (d, family) in enumerate(zip(dimensions, sigma, strict=True)):
        local = np.zeros((d, d), dtype=complex)
        for e in scenario.elements():
            weight = _weight(scenario, word, e)
            if weight != 0:
                local = local + to_float(weight) * family[e]
        p = float(np.trace(local).real)
        total += _lift(local, dimensions, k) * (d / D)
    return total - (scenario.N - 1) * p * np.eye(D) / D


def _lift(m: Array, dimensions: Sequence[int], k: int) -> Array:
    left, right = int(np.prod(dimensions[:k])), int(np.prod(dimensions[k + 1 :]))
    return np.asarray(np.kron(np.kron(np.eye(left), m), np.eye(right)))


def _one_body(m: Array, dimensions: Sequence[int]) -> list[Array]:
    """W^(k) with sum_k W^(k) (x) 1 the part of M that acts on at most one Bob."""
    D = len(m)
    parts = []
    for k, d in enumerate(dimensions):
        local = partial_trace(m, dimensions, k) * (d / D)
        if k > 0:
            local = local - np.trace(local) * np.eye(d) / d
        parts.append(local)
    return parts


def _lifted_to_proof(scenario: Scenario, found: _Separation) -> list[dict[Element, Hermitian]]:
    """Rational W^(k)_{a|x}, with a multiple of 1 added so that the squares prove them."""
    out: list[dict[Element, Hermitian]] = []
    for d, coefficients in zip(scenario.dimensions, found.coefficients, strict=True):
        exact = {word: _on_the_grid(c) for word, c in coefficients.items()}
        family = {}
        for e in scenario.elements():
            total = Hermitian.zero(d)
            for word, c in exact.items():
                weight = _weight(scenario, word, e)
                if weight != 0:
                    total = total + c.scaled(weight)
            family[e] = total
        out.append(family)
    lifted = [
        (e, w.lifted(scenario.dimensions, k))
        for k, family in enumerate(out)
        for e, w in family.items()
    ]
    shift = lowest_shift(remainder(scenario, lifted, found.squares))
    if shift > 0:
        # sum_{a,x} E_{a|x} is the number of settings x.
        share = _coarse_above(shift * fmpq(1, sum(1 for _ in scenario.settings())))
        unit = Hermitian.identity(scenario.dimensions[0]).scaled(share)
        out[0] = {e: w + unit for e, w in out[0].items()}
    return out


def _coarse_above(q: fmpq) -> fmpq:
    """A multiple of 2^-GRID above q."""
    scale = fmpz(2) ** GRID
    scaled = q * scale
    return fmpq(-(-scaled.p // scaled.q), scale)


def _on_the_grid(m: Array) -> Hermitian:
    d = len(m)
    m = np.asarray((m + m.conj().T) / 2)
    parts = [
        fmpz_mat(d, d, [int(v) for v in np.rint(np.ldexp(part, GRID)).ravel()])
        for part in (m.real, m.imag)
    ]
    return Hermitian(fmpz(2) ** GRID, parts[0], parts[1])


def _radius(value: fmpq, norm: fmpq, distance: fmpq, lowest: float, level: str) -> fmpq:
    """The radius that the inequality proves; raises Undecided below the distance of the data."""
    radius = short_below(-value * norm**-1) if value < 0 else fmpq(-1)
    if radius < distance or value >= 0:
        raise Undecided(
            f"too close to the boundary of level {level} (lambda = {lowest:.3g} in floating "
            "point): the certified radius does not cover the distance to the data",
            "try a higher level or data of higher precision",
        )
    return radius


def _finished(
    claim: str,
    repaired: Repaired,
    radius: fmpq,
    evidence: Mapping[str, object],
    found: _Separation,
    source: str,
    stages: Stages,
) -> ExclusionCertificate:
    stages.enter("check")
    centre = repaired.centre
    statement = {
        "format": FORMAT,
        "claim": claim,
        "scenario": scenario_value(centre.scenario),
        "centre": assemblage_value(centre),
        "radius": rational_text(radius),
    }
    distance = {"distance of the centre from the source": rational_text(repaired.distance)}
    data = write_proof(statement, evidence, provenance(source, found.solved) | distance)
    theorem = checked(data)
    stages.leave()
    return ExclusionCertificate(
        data,
        theorem,
        repaired,
        radius,
        len(found.words),
        dict(stages.seconds),
        found.lowest,
    )
