"""Proofs for and against a local-hidden-state model (Definition 14), accepted by the kernel."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.properties.classical_inequality import ClassicalInequality, has_grid
from exactsteer.kernel.properties.strategies import count_strategies
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import LHS_MODEL, NO_LHS_MODEL, NONLOCAL_CORRELATIONS
from exactsteer.model.printed import Printed
from exactsteer.model.writing import (
    classical_inequality_value,
    hidden_states_value,
)
from exactsteer.number_text import counted
from exactsteer.programs.classical_box import solve_classical_box
from exactsteer.programs.hidden_states import ClassicalSolution
from exactsteer.programs.multipliers import SolverRun, float_norm, float_value
from exactsteer.programs.strategy_cone import GAP
from exactsteer.programs.threads import one_thread
from exactsteer.proving.certificate import Certificate, Stages, origin
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.hidden_states.on_faces import BOUNDARY, exact_model
from exactsteer.proving.hidden_states.rounded_multipliers import beyond_listing, round_inequality
from exactsteer.proving.question import Question, asked
from exactsteer.proving.rounding import Rounded, short_of
from exactsteer.proving.violations import above_text

# Up to so many strategies the inequality of the largest radius is computed: always, and if the
# first one found does not reach as far as the data need.
ALWAYS_LARGEST = 8
SOMETIMES_LARGEST = 64
RUN = SolverRun("exactsteer's interior-point method for strategies", GAP, "")


@one_thread()
def decide_classical(given: Printed | Question) -> Certificate:
    """Prove that everything near the given assemblage has an LHS model, or that nothing has.

    Any numbers of Alices and Bobs; the claim says which it is. Raises Undecided (too close to the
    boundary, or too many strategies to refute), InputError for data beyond the tolerance,
    SolverFailed.
    """
    run = _Run(asked(given))
    if run.solution.t > 0:
        return run.prove_model()
    if run.solution.t < -BOUNDARY:
        return run.prove_none(NO_LHS_MODEL)
    try:
        return run.prove_model()
    except Undecided:
        return run.prove_none(NO_LHS_MODEL)


@one_thread()
def certify_lhs(given: Printed | Question) -> Certificate:
    """Prove that everything near the given assemblage has a local-hidden-state model.

    Raises Undecided when no model is found, InputError, SolverFailed.
    """
    return _Run(asked(given)).prove_model()


@one_thread()
def certify_no_lhs(given: Printed | Question) -> Certificate:
    """Prove that nothing near the given assemblage has a local-hidden-state model.

    Raises Undecided when no inequality is found, InputError, SolverFailed.
    """
    return _none(asked(given), NO_LHS_MODEL)


@one_thread()
def certify_nonlocal(given: Printed | Question) -> Certificate:
    """Prove that correlations p(a|x), given with one Bob of dimension 1, violate a Bell inequality.

    Raises Undecided when no inequality is found, InputError, SolverFailed.
    """
    return _none(asked(given), NONLOCAL_CORRELATIONS)


def _none(question: Question, kind: str) -> Certificate:
    # Before anything is solved.
    refuse_many_strategies(question.repaired.centre.scenario)
    return _Run(question).prove_none(kind)


class _Run:
    """One question, solved, whichever proof is asked for."""

    def __init__(self, question: Question) -> None:
        self.source = question.source
        self.stages = Stages()
        self.stages.enter("repair")
        self.repaired = question.repaired
        self.stages.enter("solve")
        self.solution = question.hidden

    def prove_model(self) -> Certificate:
        """Round the hidden states found; raise Undecided."""
        centre, distance = self.repaired.centre, self.repaired.distance
        self.stages.enter("round")
        found = exact_model(centre, self.solution, distance)
        if found is None:
            raise Undecided(*self._why_no_model())
        hidden, radius = found
        evidence, stopped = hidden_states_value(hidden), self.solution.search.stopped
        open_ = f"the radius may not be the largest, because {stopped}" if stopped else ""
        return self._certificate(LHS_MODEL, radius, evidence, open_)

    def prove_none(self, kind: str) -> Certificate:
        """Round the multipliers found; raise Undecided."""
        refuse_many_strategies(self.repaired.centre.scenario)
        self.stages.enter("round")
        found = self._rounded_inequality() if self.solution.value < 0 else None
        if found is None:
            raise Undecided(*self._why_no_inequality())
        rounded, open_ = found
        evidence = classical_inequality_value(rounded.inequality)
        return self._certificate(kind, rounded.radius, evidence, open_)

    def _rounded_inequality(self) -> tuple[Rounded[ClassicalInequality], str] | None:
        """The multipliers at hand, or those of the largest radius where that is worth the time.

        The text says why the radius may not be the largest.
        """
        centre, distance = self.repaired.centre, self.repaired.distance
        rounded = round_inequality(centre, self.solution.F, distance)
        count = count_strategies(centre.scenario)
        open_ = (
            f"the radius may not be the largest, which is looked for with up to {ALWAYS_LARGEST} "
            f"strategies; there are {count_text(centre.scenario)}"
        )
        if count <= ALWAYS_LARGEST or (rounded is None and count <= SOMETIMES_LARGEST):
            try:
                F = solve_classical_box(centre)
            except SolverFailed as error:
                open_ = f"the radius may not be the largest, because {error}"
            else:
                other = round_inequality(centre, F, distance)
                if rounded is None or (other is not None and other.radius > rounded.radius):
                    rounded = other
                largest = -float_value(F, centre) / float_norm(F)
                open_ = "" if rounded is None else short_of(rounded.radius, largest)
        return None if rounded is None else (rounded, open_)

    def _certificate(
        self, kind: str, radius: fmpq, evidence: Mapping[str, object], open_: str
    ) -> Certificate:
        centre, advice = self.repaired.centre, "try data of higher precision, or less noise"
        statement = Ball(centre.scenario, centre, radius)
        made = search_provenance(self.source, self.solution)
        draft = Draft(kind, statement, evidence, made, advice)
        return certificate_of(draft, self.repaired, self.stages, self.solution.t, open_)

    def _why_no_model(self) -> tuple[str, str]:
        t = self.solution.t
        if t < -BOUNDARY:
            return (
                f"no local-hidden-state model seems to exist (margin t = {t:.3g} in floating "
                f"point{self._stopped()})",
                "try to prove 'no LHS model'",
            )
        return self._boundary()

    def _why_no_inequality(self) -> tuple[str, str]:
        t = self.solution.t
        if t > BOUNDARY:
            return (
                f"a local-hidden-state model seems to exist (margin t = {t:.3g} in floating point"
                f"{self._stopped()})",
                "try to prove 'LHS model'",
            )
        return self._boundary()

    def _boundary(self) -> tuple[str, str]:
        return (
            "the assemblage is too close to the boundary of the classical ones (margin t = "
            f"{self.solution.t:.3g} in floating point{self._stopped()}) for a proof about the "
            f"numbers given, which needs a radius of {above_text(self.repaired.distance)}",
            self.repaired.advice(),
        )

    def _stopped(self) -> str:
        stopped = self.solution.search.stopped
        return f", where {stopped}" if stopped else ""


def refuse_many_strategies(scenario: Scenario) -> None:
    """Raise Undecided when the strategies are more than the checker goes through or bounds."""
    if beyond_listing(scenario) and not has_grid(scenario):
        raise Undecided(
            f"{count_text(scenario)} deterministic strategies of joint dimension "
            f"{scenario.joint_dimension} are more than the checker goes through",
            "leave out settings or Bobs: no model for a part means no model for the whole",
        )


def count_text(scenario: Scenario) -> str:
    """How many strategies there are, never a long number."""
    count = count_strategies(scenario)
    return str(count) if count < 10**12 else "over 10^12"


def search_provenance(source: str, solution: ClassicalSolution) -> dict[str, str]:
    """Where a proof about hidden states comes from."""
    solver, searched = search_words(solution)
    return origin(source, solver, search=searched)


def search_words(solution: ClassicalSolution) -> tuple[str, str]:
    """The solver, and how the strategies were searched, for the record."""
    rounds = f"{counted(solution.search.rounds, 'round')} of column generation"
    searched = f"{len(solution.S)} strategies of {count_text(solution.scenario)}, {rounds}"
    run = RUN.with_symmetries(solution.symmetries)
    return run.words(), searched
