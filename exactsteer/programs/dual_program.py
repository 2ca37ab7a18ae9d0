"""The variables and constraints that programs (D) about parent states share, as a PICOS model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import picos

from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray, one_body_basis
from exactsteer.programs.multipliers import DualSolution, free_multipliers
from exactsteer.programs.solve import SolverRun, array_of, dual_of


class DualProgram:
    """Hermitian W^(k)_{a|x} and V^j_{b|x} with sum_{x_j} V^j_{b|x} = 0 and M_{a|x} >= 0.

    `problem` is the PICOS problem, to which objective and normalisation are added; `W[k][a, x]` are
    its variables, `V[j][b, x]` expressions (None where they vanish), `M[a, x]` the joint matrices.
    """

    def __init__(self, scenario: Scenario) -> None:
        dims = scenario.dimensions
        elements = list(scenario.elements())
        self.scenario = scenario
        self.problem = picos.Problem()
        self.W: list[dict[Element, Any]] = [
            {e: picos.HermitianVariable(_name("W", k, e), d) for e in elements}
            for k, d in enumerate(dims)
        ]
        self.V = [_multipliers(scenario, j) for j in range(scenario.n)]
        self.M: dict[Element, Any] = {}
        self._positivity: dict[Element, Any] = {}
        for e in elements:
            m = picos.sum([_lifted(self.W[k][e], dims, k) for k in range(len(dims))])
            for j, family in enumerate(self.V):
                if (term := family[without(e, j)]) is not None:
                    m = m + term
            self.M[e] = m
            self._positivity[e] = self.problem.add_constraint(m >> 0)

    def value(self, families: Sequence[Mapping[Element, ComplexArray]]) -> Any:
        """sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}] as an expression."""
        return picos.sum(
            [
                (families[k][e] | w).real
                for k, family in enumerate(self.W)
                for e, w in family.items()
            ]
        )

    def fix_gauge(self) -> None:
        """W^(k) traceless for k > 1, and no one-body part in V."""
        for family in self.W[1:]:
            for variable in family.values():
                self.problem.add_constraint(picos.trace(variable).real == 0)
        one_body = one_body_basis(self.scenario.dimensions)
        for j, family in enumerate(self.V):
            if self.scenario.N > 1:
                for key in free_multipliers(self.scenario, j):
                    for operator in one_body:
                        self.problem.add_constraint((operator | family[key]).real == 0)

    def solution(self, value: float, shift: float, run: SolverRun) -> DualSolution:
        """The floats after a run; S is the dual variable of M >= 0 plus `shift` times 1."""
        duals = {e: dual_of(constraint) for e, constraint in self._positivity.items()}
        unit = np.eye(self.scenario.joint_dimension)
        primal = {e: s + shift * unit for e, s in duals.items() if s is not None}
        return DualSolution(
            self.scenario,
            tuple({e: array_of(x) for e, x in family.items()} for family in self.W),
            tuple(_values(self.scenario, family) for family in self.V),
            primal if len(primal) == len(duals) else None,
            value,
            run,
        )


def _name(letter: str, party: int, element: Element) -> str:
    return f"{letter}{party}{element}"


def _lifted(w: Any, dims: Sequence[int], k: int) -> Any:
    left, right = int(np.prod(dims[:k])), int(np.prod(dims[k + 1 :]))
    out = w
    if left > 1:
        out = picos.I(left) @ out
    if right > 1:
        out = out @ picos.I(right)
    return out


def _multipliers(scenario: Scenario, j: int) -> dict[Element, Any]:
    """V^j_{b|x} as PICOS expressions, None where it vanishes."""
    family: dict[Element, Any] = dict.fromkeys(scenario.marginals(j))
    if scenario.N == 1:
        return family
    for b, x in free_multipliers(scenario, j):
        variable = picos.HermitianVariable(_name("V", j, (b, x)), scenario.joint_dimension)
        family[b, x] = variable
        first = (b, (*x[:j], 0, *x[j + 1 :]))
        family[first] = -variable if family[first] is None else family[first] - variable
    return family


def _values(scenario: Scenario, family: Mapping[Element, Any]) -> dict[Element, ComplexArray]:
    zero = np.zeros((scenario.joint_dimension,) * 2, dtype=complex)
    return {key: zero if x is None else array_of(x) for key, x in family.items()}
