"""Certified exclusion of assemblages by moment hierarchies: p(a|x), and the sets Q^k."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.quantum.words import Word
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import NO_QUANTUM_CORRELATIONS, OUTSIDE_LEVEL
from exactsteer.model.printed import Printed
from exactsteer.model.writing import family_value, functional_value
from exactsteer.number_text import counted
from exactsteer.programs.arrays import arrays_of, to_float
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.moment_matrix import (
    exclusion_program,
    many_body_basis,
    places,
)
from exactsteer.programs.moments.solvers import Solved, form_of, solve_moments
from exactsteer.proving.certificate import Certificate, Stages, origin
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.quantum.bounds import best_squares
from exactsteer.proving.quantum.correlations import correlations
from exactsteer.proving.quantum.levels import program_for, words_for
from exactsteer.proving.quantum.local import (
    Families,
    FloatFamilies,
    known_moments,
    least_constant,
    lifted,
    local_families,
    rounded,
)
from exactsteer.proving.quantum.rounded_squares import (
    Best,
    refuse_beyond_a_file,
    rounded_squares,
    squares_value,
)
from exactsteer.proving.question import Question, asked
from exactsteer.proving.rounding import Aim, violated_within
from exactsteer.telling import tell

# For the radius, the multipliers are scaled to at most 1 and rounded to multiples of 2^-GRID.
GRID = 40
# For small integers, the largest is 1, 2, 4, .. up to this.
LARGEST_INTEGER = 256
# The share of the radius that small integers have to keep.
INTEGERS_KEEP = 0.9


def certify_not_npa(given: Printed | Question, level: str) -> Certificate:
    """Prove that the correlations p(a|x) of everything near the given assemblage are not quantum.

    Theorem 6, condition 1, by a level of the hierarchy of Navascues, Pironio and Acin. Correlations
    alone are an assemblage of one Bob of dimension 1. With Aim.INTEGERS the Bell inequality has
    small integers, if nearly the whole radius remains. Raises Undecided when the level does not
    exclude them, InputError for data beyond the tolerance, Malformed for a wrong level,
    SolverFailed.
    """
    question = asked(given)
    stages = Stages()
    stages.enter("repair")
    centre = question.repaired.centre
    p = correlations(centre)
    alone = p.scenario
    # A probability is a trace of the smallest of the Bobs' matrices, of so many entries.
    of = _Separated(alone, [p[0]], min(centre.scenario.dimensions), level)
    found = _separation(of, stages)
    stages.enter("round")
    proved = _proved(found, question)
    F = {e: f for e, f in proved.families[0].items() if not f.is_zero()}
    F[(-1,) * alone.n, (0,) * alone.n] = Hermitian.identity(1).scaled(proved.constant)
    evidence = {
        "F": functional_value(Functional(alone, F)),
        **squares_value(proved.squares, level),
    }
    draft = _draft(NO_QUANTUM_CORRELATIONS, question, found, proved, evidence)
    return certificate_of(draft, question.repaired, stages, found.lowest, proved.open)


def certify_outside(given: Printed | Question, level: str) -> Certificate:
    """Prove that nothing near the given assemblage is in a set Q^k of Definition 13.

    Options and errors are those of `certify_not_npa`.
    """
    question = asked(given)
    stages = Stages()
    stages.enter("repair")
    centre = question.repaired.centre
    sigma = [centre[k] for k in range(centre.scenario.N)]
    found = _separation(_Separated(centre.scenario, sigma, 1, level), stages)
    stages.enter("round")
    proved = _proved(found, question)
    evidence = {
        "constant": rational_text(proved.constant),
        "W": [family_value(family) for family in proved.families],
        **squares_value(proved.squares, level),
    }
    draft = _draft(OUTSIDE_LEVEL, question, found, proved, evidence)
    return certificate_of(draft, question.repaired, stages, found.lowest, proved.open)


@dataclass(frozen=True)
class _Separated:
    """What a level is to separate: matrices of a scenario, each of which moves by at most `reach`
    times the radius.
    """

    scenario: Scenario
    sigma: Sequence[Family]
    reach: int
    level: str


@dataclass(frozen=True)
class _Separation:
    """A multiplier in floating point and the local W that it proves, the largest entry 1."""

    of: _Separated
    words: list[Word]
    Z: Array
    shift: float
    W: FloatFamilies
    lowest: float
    solved: Solved


@dataclass(frozen=True)
class _Proved:
    """Exact multipliers, the squares that prove them, the radius."""

    families: Families
    constant: fmpq
    squares: SumOfSquares
    radius: fmpq
    open: str = ""


def _separation(of: _Separated, stages: Stages) -> _Separation:
    """Solve the level; raises Undecided when it excludes nothing."""
    stages.enter("words")
    scenario, level = of.scenario, of.level
    sigma = [arrays_of(family) for family in of.sigma]
    outcomes, D = scenario.outcomes, scenario.joint_dimension
    words = words_for(scenario, D, level)
    at = places(outcomes, words)
    known = {w: g for w, g in known_moments(scenario, sigma).items() if w in at}
    stages.enter("solve")
    tell(f"level {level}, {counted(len(words), 'word')}")
    program = exclusion_program(outcomes, words, D, known, many_body_basis(scenario.dimensions))
    refuse_beyond_a_file(program)
    best = Best(program, homogeneous=True)
    solved = solve_moments(form_of(program), best.offer)
    if best.Z is None:
        raise SolverFailed("the solver returned no usable multipliers")
    if best.value >= 0:
        if not solved.converged:
            raise Undecided(
                f"the solver did not converge at level {level} ({solved.note}, relative error "
                f"{solved.error:.1g}), so that it is open what the level excludes",
                "try a lower level",
            )
        raise Undecided(
            f"not excluded at level {level} (lambda = {solved.value:.3g} in floating point)",
            "nothing is proved by that; try a higher level",
        )
    Z = best.Z
    sums = {
        w: np.asarray(sum(Z[t * D : t * D + D, s * D : s * D + D] for s, t in at[w].direct))
        for w in known
    }
    W = local_families(scenario, sums)
    largest = max(float(np.abs(w).max()) for family in W for w in family.values())
    scaled = [{e: w / largest for e, w in family.items()} for family in W]
    return _Separation(of, words, Z / largest, best.shift / largest, scaled, best.value, solved)


def _proved(found: _Separation, question: Question) -> _Proved:
    """Exact multipliers for the aim; raises Undecided when they do not reach the data."""
    of = found.of

    def proved(families: Families, squares: SumOfSquares) -> _Proved | None:
        constant = least_constant(of.scenario, families, squares)
        inequality = Inequality(of.scenario, tuple(families))
        value, norm = inequality.value(of.sigma), of.reach * inequality.box_norm()
        radius = violated_within(value + constant, norm, question.repaired.distance)
        return None if radius is None else _Proved(families, constant, squares, radius)

    squares = rounded_squares(found.Z, found.shift, found.words, of.scenario.joint_dimension)
    if squares is None:
        raise SolverFailed("the multipliers of the solver are too inaccurate")
    best = proved(rounded(found.W, 2.0**GRID, fmpz(2) ** GRID), squares)
    if best is None:
        raise Undecided(
            f"too close to the boundary of level {of.level} (lambda = {found.lowest:.3g} in "
            "floating point): no certified radius covers the distance to the data",
            "try a higher level or data of higher precision",
        )
    if question.aim is Aim.INTEGERS:
        for families, small in _small_integers(found):
            candidate = proved(families, small)
            if candidate and to_float(candidate.radius) >= INTEGERS_KEEP * to_float(best.radius):
                return candidate
        return replace(
            best,
            open=f"no integers up to {LARGEST_INTEGER} were found that keep {INTEGERS_KEEP:.0%} of "
            "the radius; the multipliers are those of a large radius",
        )
    return best if question.aim is Aim.VERDICT else replace(best, open=_not_the_largest(found))


def _not_the_largest(found: _Separation) -> str:
    """Why the radius may not be that of the best multipliers of the level."""
    level, solved = found.of.level, found.solved
    if solved.converged:
        return (
            f"the radius may not be the largest, since of the multipliers of level {level} those "
            "of the largest margin were taken"
        )
    return (
        f"the radius may not be the largest, because the solver did not converge at level {level} "
        f"({solved.note}, relative error {solved.error:.1g})"
    )


def _small_integers(found: _Separation) -> Iterator[tuple[Families, SumOfSquares]]:
    """Inequalities with growing integers; each is rounded first and then proved anew."""
    scenario = found.of.scenario
    largest = 1
    while largest <= LARGEST_INTEGER:
        families = rounded(found.W, float(largest), fmpz(1))
        total: dict[Element, Hermitian] = {}
        for e, h in lifted(scenario, families):
            total[e] = total[e] - h if e in total else -h
        functional = Functional(scenario, total)
        best = Best(program_for(functional, found.words), homogeneous=False)
        solve_moments(form_of(best.program), best.offer)
        yield families, best_squares(best, found.words, scenario.joint_dimension)
        largest *= 2


def _draft(
    claim: str,
    question: Question,
    found: _Separation,
    proved: _Proved,
    evidence: Mapping[str, object],
) -> Draft:
    centre = question.repaired.centre
    statement = Ball(centre.scenario, centre, proved.radius)
    made = origin(question.source, found.solved.note)
    return Draft(claim, statement, evidence, made, "try another level")
