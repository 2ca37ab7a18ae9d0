"""Proofs that everything near a printed assemblage of several Alices is quantum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from flint import fmpq

from exactsteer.errors import SolverFailed, Undecided
from exactsteer.kernel.quantum.realisation import Realisation
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import QUANTUM_MIXTURE, QUANTUM_REALISATION
from exactsteer.model.printed import Printed
from exactsteer.model.writing import realisation_value
from exactsteer.programs.arrays import to_float
from exactsteer.programs.conic import TOLERANCE
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation, SolverRun
from exactsteer.proving.certificate import Certificate, Stages, provenance
from exactsteer.proving.checked import Draft, certificate_of
from exactsteer.proving.hidden_states.decided import certify_lhs
from exactsteer.proving.hidden_states.on_faces import BOUNDARY
from exactsteer.proving.quantum.fewer_alices import left_out
from exactsteer.proving.quantum.given_realisation import refuse_unfit
from exactsteer.proving.quantum.lifting import lifted_mixture, lifted_realisation
from exactsteer.proving.quantum.mixing import ExactMixture
from exactsteer.proving.quantum.see_saw import CONTINUED, MAX_STATE, SeeSaw
from exactsteer.proving.quantum.textbook import pauli_measurements, textbook_realisation
from exactsteer.proving.question import Question, asked
from exactsteer.proving.repair import BETTER_NUMBERS
from exactsteer.telling import tell

# Margins up to this are taken for rounding errors of the floating parent states.
HOPELESS = 1e-8
RUN = SolverRun("CVXOPT, see-saw", TOLERANCE, "")


def certify_quantum_several(
    given: Printed | Question, realisation: Realisation | None = None
) -> Certificate:
    """Prove that everything near the given assemblage is quantum; any number of Alices.

    The claim proved is "LHS model" if there is one, else "quantum mixture", or "quantum
    realisation" for exact numbers that the given realisation yields exactly. A realisation given is
    tried before the see-saw, which then starts from its measurements too. Raises Undecided, which
    does not mean that the assemblage is not quantum; InputError for data beyond the tolerance or a
    realisation of another scenario; SolverFailed.
    """
    question = asked(given)
    run = _Run(question)
    if realisation is not None:
        refuse_unfit(realisation, question.data.scenario)
        if run.repaired.distance == 0 and run.is_given_by(realisation):
            return run.certificate(
                QUANTUM_REALISATION, fmpq(0), realisation_value(realisation), 0.0, "as given"
            )
    if run.classical > -BOUNDARY:
        try:
            return certify_lhs(question)
        except Undecided:
            tell("no local-hidden-state model could be proved")
    return run.prove(realisation)


class _Run:
    """One question, and what was found out about it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.stages = Stages()
        self.stages.enter("repair")
        self.repaired = question.repaired
        self.centre = self.repaired.centre
        self.stages.enter("classical")
        self.classical, self.paulis = question.hidden.t, False
        self.see_saw = SeeSaw(question, self.stages)
        self.stages.enter("parent states")
        self.room = self.see_saw.problem.margin_below(question.lambda_low)
        if self.is_hopeless():
            least = solve_dual(self.centre, Normalisation.TRACE).value
            self.room = self.see_saw.problem.margin_below(least)

    def is_hopeless(self) -> bool:
        """Whether parent states leave no room for a mixture."""
        return self.room <= max(HOPELESS, self.see_saw.needed)

    def is_given_by(self, realisation: Realisation) -> bool:
        """Whether the realisation yields the centre itself."""
        return all(
            family == dict(self.centre[k]) for k, family in enumerate(realisation.families())
        )

    def prove(self, realisation: Realisation | None) -> Certificate:
        """Try the realisation given, then the see-saw from all starts; raise Undecided."""
        see_saw = self.see_saw
        if see_saw.needed >= see_saw.problem.largest_margin:
            raise Undecided(
                "the numbers given are too rough: an exact assemblage lies "
                f"{to_float(self.repaired.distance):.3g} from them, and no proof of this kind "
                "reaches so far",
                BETTER_NUMBERS,
            )
        if realisation is not None:
            self.stages.enter("given realisation")
            found = see_saw.mixed_with(realisation)
            if found is not None:
                return self._mixture(found, "the realisation given")
        elif self.repaired.distance == 0 and (certificate := self._with_fewer_alices()):
            return certificate
        hopeless = self.is_hopeless()
        choices = list(pauli_measurements(self.centre.scenario))
        self.paulis = bool(choices)
        if not hopeless:
            # Where a mixture leaves no room for 0 either, there is no exact realisation.
            choices, roomy = see_saw.fitting(choices)
            if mixed := see_saw.found_from(roomy):
                return self._mixture(*mixed)
        if self.repaired.distance == 0:
            self.stages.enter("Pauli measurements")
            exact = textbook_realisation(self.centre, choices)
            if exact is not None and self.is_given_by(exact):
                value, kind = realisation_value(exact), QUANTUM_REALISATION
                return self.certificate(kind, fmpq(0), value, 0.0, "Pauli measurements")
        if hopeless:
            raise Undecided(*self._why_hopeless())
        if mixed := see_saw.found_from(see_saw.starts(realisation), CONTINUED):
            return self._mixture(*mixed)
        raise Undecided(*self._why_not())

    def _with_fewer_alices(self) -> Certificate | None:
        """A proof lifted from what remains where one of the Alices can be left out."""
        left = left_out(self.centre)
        if left is None or self.room < -HOPELESS:
            return None
        self.stages.enter(left.in_words())
        if (found := lifted_mixture(self.centre, left)) is not None and found.radius > 0:
            return self._mixture(found, left.in_words())
        exact = lifted_realisation(left)
        if exact is None or not self.is_given_by(exact):
            return None
        return self.certificate(
            QUANTUM_REALISATION, fmpq(0), realisation_value(exact), 0.0, left.in_words()
        )

    def _why_not(self) -> tuple[str, str]:
        """Reason and advice; raise SolverFailed when not one see-saw went as far as a number."""
        see_saw = self.see_saw
        advice = (
            "give a realisation (--realisation), try more --starts or another --seed, mix in a "
            "little noise"
        )
        if not see_saw.fits(2**self.centre.scenario.n):
            return (
                "the see-saw is not tried: a state of all parties is larger than "
                f"{MAX_STATE} x {MAX_STATE}",
                "give a realisation (--realisation)",
            )
        if not np.isfinite(see_saw.best):
            raise SolverFailed("the see-saw returned no usable numbers from any start")
        if self.repaired.distance > 0:
            advice += f"; or {BETTER_NUMBERS}"
        return (
            "no quantum realisation was found with room for a proof (margin "
            f"{see_saw.best:.3g} in floating point, {see_saw.needed:.3g} needed); this does not "
            "mean that there is none",
            advice,
        )

    def _why_hopeless(self) -> tuple[str, str]:
        distance = to_float(self.repaired.distance)
        nothing = "; this does not mean that there is none"
        if self.room < -HOPELESS:
            return (
                "no parent states seem to exist, without which there is no realisation (their "
                f"margin is {self.room:.3g} in floating point){nothing}",
                "mix in noise, or try the claim 'no parent states'",
            )
        where = (
            "the assemblage lies on the boundary of those that have parent states, or close to it ("
            f"their margin is {max(self.room, 0):.3g} in floating point): "
        )
        if distance > 0:
            return (
                f"{where}no realisation is proved for all that is as near to it as the numbers "
                f"given, {distance:.3g}{nothing}",
                "give exact numbers (fractions) or more digits, or mix in a little noise",
            )
        return (
            f"{where}a realisation has to be guessed there, and Pauli measurements on qubits "
            f"{'gave none' if self.paulis else 'do not fit the scenario'}{nothing}",
            "give a realisation (--realisation), or mix in a little noise",
        )

    def _mixture(self, found: ExactMixture, name: str) -> Certificate:
        return self.certificate(
            QUANTUM_MIXTURE, found.radius, found.value(), float(self.see_saw.best), name
        )

    def certificate(
        self, kind: str, radius: fmpq, evidence: Mapping[str, object], margin: float, search: str
    ) -> Certificate:
        """Have the kernel check it."""
        draft = Draft(
            kind,
            Ball(self.centre.scenario, self.centre, radius),
            evidence,
            provenance(self.question.source, RUN, search=search),
            "try data of higher precision, or less noise",
        )
        return certificate_of(draft, self.repaired, self.stages, margin)
