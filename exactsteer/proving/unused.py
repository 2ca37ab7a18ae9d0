"""What was chosen about a question although its answer does not depend on it."""

from __future__ import annotations

from dataclasses import replace

from exactsteer.kernel.theorems import (
    LHS_MODEL,
    LHS_NOISE_ROBUSTNESS,
    NO_LHS_MODEL,
    NO_PRODUCT_LHS_MODEL,
    NO_QUANTUM_CORRELATIONS,
    NONLOCAL_CORRELATIONS,
    OUTSIDE_LEVEL,
    PRODUCT_LHS_MODEL,
)
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim

OF_HIDDEN_STATES = (
    LHS_MODEL,
    NO_LHS_MODEL,
    NONLOCAL_CORRELATIONS,
    PRODUCT_LHS_MODEL,
    NO_PRODUCT_LHS_MODEL,
    LHS_NOISE_ROBUSTNESS,
)
OF_A_LEVEL = (NO_QUANTUM_CORRELATIONS, OUTSIDE_LEVEL)


def saying_unused(proved: Certificate, question: Question, claim: str) -> Certificate:
    """The proof of a claim that was asked for, which says what of the question it did not need."""
    plain = Question(question.data)
    reasons = [proved.open]
    if claim in OF_HIDDEN_STATES and question.aim is Aim.INTEGERS:
        reasons.append("small integers are not looked for with this claim")
    unused = []
    if claim in (*OF_HIDDEN_STATES, *OF_A_LEVEL) and question.solver != plain.solver:
        unused.append("--solver")
    if claim not in OF_A_LEVEL and question.levels != plain.levels:
        unused.append("--level")
    if question.starts != plain.starts:
        unused.append("--starts")
    if question.seed != plain.seed:
        unused.append("--seed")
    if unused:
        verb = "has" if len(unused) == 1 else "have"
        reasons.append(f"{' and '.join(unused)} {verb} no part in this claim")
    return replace(proved, open="; ".join(filter(None, reasons)))
