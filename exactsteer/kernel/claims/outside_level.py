# SPDX-License-Identifier: MIT
"""Claim "outside a level": a steering inequality that a level of the hierarchy proves.

Definition 13: the sets Q^k of Johnston, Mittal, Russo and Watrous, with parent states inside the
moment matrix. It excludes assemblages whose correlations are quantum and that have parent states.

Statement: scenario, centre, radius. Evidence: multipliers W, a constant and a sum of squares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.ball import Ball
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.matrices import parse_family
from exactsteer.kernel.file.numbers import parse_rational, short_text
from exactsteer.kernel.file.strict_json import record, sequence
from exactsteer.kernel.quantum.squares import SumOfSquares, check_nonnegative, parse_sum_of_squares

KIND = "outside a level"


class OutsideLevel(Ball):
    """The parsed statement: nothing within `radius` of `centre` is quantum."""

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()} violates a steering inequality of the moment hierarchy, hence has "
            f"no quantum realisation: it is postquantum. Scenario: {self.scenario.sentence()}."
        )


@dataclass(frozen=True)
class Multipliers:
    """The steering inequality constant + sum tr[W sigma] >= 0, and why it holds."""

    W: tuple[Family, ...]
    constant: fmpq
    squares: SumOfSquares


def parse_evidence(value: object, statement: OutsideLevel) -> Multipliers:
    """Read ``{"W": .., "constant": .., "words": .., "factor": ..}``."""
    fields: Mapping[str, object] = record(value, ("W", "constant", "factor", "words"), "evidence")
    scenario = statement.scenario
    families = sequence(fields["W"], "evidence.W", scenario.N)
    W = tuple(
        parse_family(family, scenario.elements(), d, f"evidence.W[{k}]")
        for k, (family, d) in enumerate(zip(families, scenario.dimensions, strict=True))
    )
    squares = parse_sum_of_squares(fields, scenario.outcomes, scenario.joint_dimension, "evidence")
    return Multipliers(W, parse_rational(fields["constant"], "evidence.constant"), squares)


def prove(statement: OutsideLevel, multipliers: Multipliers) -> None:
    """Theorem. Suppose that

    (squares)  constant * 1 + sum_{a,x,k} E_{a|x} (x) W^(k)_{a|x} (x) 1 is proved not negative by
               the squares (quantum/squares.py);
    (value)    I(centre) + radius * sum_{k,a,x} |W^(k)_{a|x}|_box < 0 for
               I(Sigma) = constant + sum tr[W^(k)_{a|x} sigma^(k)_{a|x}].

    Then no assemblage Sigma within the radius has a quantum realisation, for that would make
    I(Sigma) = constant + sum_{a,x} tr[(sum_k W^(k)_{a|x} (x) 1) S_{a|x}] >= 0.

    Raises Rejected, naming the rule in brackets.
    """
    scenario, W = statement.scenario, multipliers.W
    everything = ((-1,) * scenario.n, (0,) * scenario.n)
    unit = Hermitian.identity(scenario.joint_dimension).scaled(multipliers.constant)
    lifted = (
        (e, w.lifted(scenario.dimensions, k))
        for k, family in enumerate(W)
        for e, w in family.items()
    )
    check_nonnegative(scenario, chain([(everything, unit)], lifted), multipliers.squares)
    value, norm = multipliers.constant, fmpq(0)
    for k, family in enumerate(W):
        for e, w in family.items():
            value += w.inner(statement.centre[k][e])
            norm += w.box_norm()
    bound = value + statement.radius * norm
    if bound >= 0:
        raise Rejected(
            "value",
            "the steering inequality",
            "I(centre) + radius * |W|_box < 0",
            short_text(bound),
        )
