# SPDX-License-Identifier: MIT
"""How the claims of theorems.py are read from a proof file and said in words.

`CLAIMS` has a row for each: the reader of its statement, the reader of its evidence, the theorem
that decides it, and its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from exactsteer.kernel import statements, theorems
from exactsteer.kernel.file import evidence, quantum_evidence
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.file.proof import ProofFile
from exactsteer.kernel.statements import (
    Ball,
    Enclosure,
    JointBall,
    NoisyBall,
    QuantumBound,
    Statement,
)

S = TypeVar("S", bound=Statement)
E = TypeVar("E")


@dataclass(frozen=True)
class Case:
    """A claim that was read; `decide` raises Rejected unless it follows."""

    statement: Statement
    evidence: object
    sentence: str
    decide: Callable[[], None]


@dataclass(frozen=True)
class Claim(Generic[S, E]):
    """How one kind of claim is read, decided and said."""

    parse_statement: Callable[[Mapping[str, object]], S]
    parse_evidence: Callable[[object, S, str], E]
    check: Callable[[S, E], None]
    words: Callable[[S], str]

    def read(self, proof: ProofFile) -> Case:
        """Read statement and evidence; raise Malformed, or Rejected for what is no matrix."""
        statement = self.parse_statement(proof.statement)
        shown = self.parse_evidence(proof.evidence, statement, "evidence")
        sentence = self.words(statement)
        return Case(statement, shown, sentence, lambda: self.check(statement, shown))


def _words(predicate: str) -> Callable[[Ball], str]:
    return lambda ball: f"{ball.subject()} {predicate}. Scenario: {ball.scenario.sentence()}."


def _has_parent_states(ball: Ball) -> str:
    if ball.scenario.n == 1:
        return _words("has parent states, hence, with one Alice, a quantum realisation")(ball)
    alone = "with several Alices this alone does not make it quantum"
    return _words(f"has parent states ({alone})")(ball)


def _becomes(what: str, name: str, ball: NoisyBall) -> str:
    ends = f"{readable_text(ball.lower)} <= r <= {readable_text(ball.upper)}"
    noise = f"by mixing it with the statement's noise of a smallest weight r with {ends}"
    return _words(f"becomes {what} {noise}{name}")(ball)


def _noise_that_makes_parent_states(ball: NoisyBall) -> str:
    if ball.scenario.n > 1:
        return _becomes("compatible with parent states", "", ball)
    name = " (the robustness of Eq. (24) if the noise is quantum, Eq. (25))"
    return _becomes("quantum", name, ball)


def _noise_that_makes_classical(ball: NoisyBall) -> str:
    return _becomes("classical (local-hidden-state model, Definition 14)", "", ball)


def _largest_lambda(ball: Enclosure) -> str:
    ends = f"{readable_text(ball.lower)} <= lambda <= {readable_text(ball.upper)}"
    matrices = "admits joint matrices S >= lambda 1 with its marginals and without signalling"
    return _words(f"{matrices} for a largest lambda with {ends}")(ball)


def _nonlocal(ball: Ball) -> str:
    whose = (
        "The correlations p(a|x) of the statement"
        if ball.radius == 0
        else "All no-signalling correlations whose probabilities p(a|x) differ from those of "
        f"the statement's centre by at most {readable_text(ball.radius)}"
    )
    scenario = ball.scenario.sentence().rpartition("; ")[0]  # without a Bob
    return f"{whose} are nonlocal: they have no local hidden variable model. Scenario: {scenario}."


def _product_model(has: str) -> Callable[[JointBall], str]:
    def words(ball: JointBall) -> str:
        bobs = f"{len(ball.factors)} Bobs of dimensions {', '.join(map(str, ball.factors))}"
        model = f"{has} local-hidden-state model with product states, Eq. (30)"
        return (
            f"{ball.subject()}, which holds joint states of {bobs}, {model}. "
            f"Scenario: {ball.scenario.sentence()}."
        )

    return words


def _at_most(bound: QuantumBound) -> str:
    what = "correlations p(a|x)" if bound.scenario.joint_dimension == 1 else "joint states"
    near = (
        ""
        if bound.radius == 0
        else " (and so is every functional with coefficients of the same elements that differ "
        f"from the statement's by at most {readable_text(bound.radius)} in real and in "
        "imaginary part of each entry)"
    )
    return (
        f"The functional of the statement is at most {readable_text(bound.upper)} on all "
        f"quantum {what}{near}. Scenario: {bound.scenario.sentence()}."
    )


CLAIMS: Mapping[str, Callable[[ProofFile], Case]] = {
    theorems.NO_PARENT_STATES: Claim(
        statements.parse_ball,
        evidence.parse_inequality,
        theorems.check_no_parent_states,
        _words("has no parent states, hence no quantum realisation: it is postquantum"),
    ).read,
    theorems.PARENT_STATES: Claim(
        statements.parse_ball,
        evidence.parse_parents,
        theorems.check_parent_states,
        _has_parent_states,
    ).read,
    theorems.QUANTUM_REALISATION: Claim(
        statements.parse_ball,
        quantum_evidence.parse_realised,
        theorems.check_quantum_realisation,
        _words("has a quantum realisation, a state and measurements: it is quantum"),
    ).read,
    theorems.QUANTUM_MIXTURE: Claim(
        statements.parse_ball,
        quantum_evidence.parse_mixture,
        theorems.check_quantum_mixture,
        _words(
            "has a quantum realisation, a state and measurements, mixed with a "
            "local-hidden-state model: it is quantum"
        ),
    ).read,
    theorems.NOISE_ROBUSTNESS: Claim(
        statements.parse_noisy_ball,
        evidence.noise_between(evidence.parse_inequality, evidence.parse_parents),
        theorems.check_noise_robustness,
        _noise_that_makes_parent_states,
    ).read,
    theorems.SMALLEST_EIGENVALUE: Claim(
        statements.parse_enclosure,
        evidence.two_ends(evidence.parse_parents, evidence.parse_inequality),
        theorems.check_smallest_eigenvalue,
        _largest_lambda,
    ).read,
    theorems.LHS_MODEL: Claim(
        statements.parse_ball,
        evidence.parse_hidden_states,
        theorems.check_lhs_model,
        _words("has a local-hidden-state model (Definition 14): it is classical"),
    ).read,
    theorems.NO_LHS_MODEL: Claim(
        statements.parse_ball,
        evidence.parse_classical_inequality,
        theorems.check_no_lhs_model,
        _words("has no local-hidden-state model (Definition 14): it is nonclassical"),
    ).read,
    theorems.LHS_NOISE_ROBUSTNESS: Claim(
        statements.parse_noisy_ball,
        evidence.noise_between(evidence.parse_classical_inequality, evidence.parse_hidden_states),
        theorems.check_lhs_noise_robustness,
        _noise_that_makes_classical,
    ).read,
    theorems.PRODUCT_LHS_MODEL: Claim(
        statements.parse_joint_centre,
        evidence.parse_terms,
        theorems.check_product_lhs_model,
        _product_model("has a"),
    ).read,
    theorems.NO_PRODUCT_LHS_MODEL: Claim(
        statements.parse_joint_ball,
        evidence.parse_witness,
        theorems.check_no_product_lhs_model,
        _product_model("has no"),
    ).read,
    theorems.NONLOCAL_CORRELATIONS: Claim(
        statements.parse_correlations,
        evidence.parse_classical_inequality,
        theorems.check_no_lhs_model,
        _nonlocal,
    ).read,
    theorems.QUANTUM_BOUND: Claim(
        statements.parse_quantum_bound,
        quantum_evidence.parse_squares,
        theorems.check_quantum_bound,
        _at_most,
    ).read,
    theorems.NO_QUANTUM_CORRELATIONS: Claim(
        statements.parse_ball,
        quantum_evidence.parse_bell_inequality,
        theorems.check_no_quantum_correlations,
        _words(
            "has correlations p(a|x) that are not quantum, hence no quantum realisation: it is "
            "postquantum"
        ),
    ).read,
    theorems.OUTSIDE_LEVEL: Claim(
        statements.parse_ball,
        quantum_evidence.parse_hierarchy_inequality,
        theorems.check_outside_level,
        _words(
            "violates a steering inequality of the moment hierarchy, hence has no quantum "
            "realisation: it is postquantum"
        ),
    ).read,
}
