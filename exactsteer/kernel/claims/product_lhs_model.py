# SPDX-License-Identifier: MIT
"""Claim "product LHS model": joint states of the Bobs explained by local hidden states, Eq. (30).

Statement: scenario (one Bob), factors, centre, radius (0). Evidence: the terms of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.exact.positivity import require_positive
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.properties.product_states import JointBall, ProductTerm, parse_terms, summed
from exactsteer.kernel.rules import check_views

KIND = "product LHS model"


class ProductLhsModel(JointBall):
    """The parsed statement: the centre has a model with product states."""

    @classmethod
    def parse(cls, value: Mapping[str, object]) -> ProductLhsModel:  # type: ignore[override]
        """Read the statement; raise Malformed or Rejected."""
        ball = cast("ProductLhsModel", super().parse(value))
        if ball.radius != 0:
            raise Malformed("statement.radius", "0 for this claim", short_text(ball.radius))
        return ball

    def sentence(self) -> str:
        """The theorem in words."""
        return (
            f"{self.subject()}, which holds joint states of {self.bobs()}, has a "
            "local-hidden-state model with product states, Eq. (30). "
            f"Scenario: {self.scenario.sentence()}."
        )


def parse_evidence(value: object, statement: ProductLhsModel) -> list[ProductTerm]:
    """Read the terms."""
    return parse_terms(value, statement.scenario, statement.factors, "evidence")


def prove(statement: ProductLhsModel, terms: list[ProductTerm]) -> None:
    """Theorem (Eq. 30). Suppose that

    (positive) every tau of every term is positive semidefinite;
    (model)    sum_i D_{lambda_i}(a|x) tau^(1)_i (x) .. (x) tau^(N)_i = sigma_{a|x} of the centre.

    Then the normalised terms are a model of the form of Eq. (30), p(lambda) the terms' traces.

    Raises Rejected, naming the rule in brackets.
    """
    for i, term in enumerate(terms):
        for k, tau in enumerate(term.states):
            require_positive(tau, "positive", f"tau^({k + 1}) of term {i}")
    hidden = summed(terms, statement.scenario)
    check_views(hidden, statement.centre, hidden.by_block())
