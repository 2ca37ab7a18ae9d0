"""All assemblages of a scenario, without a construction.

(P)  minimise I(Sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}] over all Sigma with (A1)-(A3).

Written with independent variables only. In an orthonormal basis 1/sqrt(d_k), B_1, B_2, .. of each
Bob's matrices the traceless part of sigma^(k) has a coefficient function f(a, x) for each B, and
p(a|x) is one such function shared by all Bobs. (A3) says that each of them is orthogonal to the
free multipliers of program (D), so each is a combination of an orthonormal basis of what remains.
White noise is the origin; sum p(a|x) = 1 leaves p only the directions that keep it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import cvxopt
import numpy as np
import scipy.linalg

from exactsteer.errors import SolverFailed
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.noise import white_noise
from exactsteer.programs.arrays import ComplexArray, RealArray, arrays_of, traceless_basis
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.multipliers import coefficients
from exactsteer.programs.seesaw.domain import Inequality, Point
from exactsteer.programs.structured import LocalArrays

# Where the best assemblage is not unique, tight tolerances may end in a division by zero.
TOLERANCES = (1e-10, 1e-8, 1e-6)
MAX_ITERATIONS = 60


class AllAssemblages:
    """The set of all assemblages of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def _functions(self) -> RealArray:
        """Orthonormal functions of (a, x) that do not signal, one a column."""
        rows = coefficients(self.scenario).T
        return np.asarray(scipy.linalg.null_space(rows)) if len(rows) else np.eye(rows.shape[1])

    @cached_property
    def _shares(self) -> RealArray:
        """Those with sum_a p(a|x) = 0."""
        x = next(iter(self.scenario.settings()))
        sums = np.array([float(setting == x) for _, setting in self.scenario.elements()])
        return np.asarray(self._functions @ scipy.linalg.null_space((sums @ self._functions)[None]))

    @cached_property
    def _noise(self) -> LocalArrays:
        noise = white_noise(self.scenario)
        return [arrays_of(noise[k]) for k in range(self.scenario.N)]

    @cached_property
    def _directions(self) -> list[ComplexArray]:
        """For each Bob the change of his elements per variable, (variables, elements, d, d)."""
        functions, shares = self._functions, self._shares
        self.refuse_beyond_memory()
        blocks = []
        for k, d in enumerate(self.scenario.dimensions):
            parts = [np.einsum("ef,ij->feij", shares, np.eye(d) / d)]
            for other, size in enumerate(self.scenario.dimensions):
                basis = traceless_basis(size)
                if other == k and basis:
                    parts.append(
                        np.einsum("ef,bij->fbeij", functions, np.array(basis)).reshape(
                            -1, len(functions), d, d
                        )
                    )
                elif basis:
                    count = functions.shape[1] * len(basis)
                    parts.append(np.zeros((count, len(functions), d, d)))
            blocks.append(np.concatenate(parts).astype(complex))
        return blocks

    def refuse_beyond_memory(self) -> None:
        """Raise InputError when there is too little memory.

        It is taken by the directions, the real cone four times, and Newton's matrix.
        """
        functions, shares = self._functions, self._shares
        blocks = sum(d * d for d in self.scenario.dimensions)
        variables = shares.shape[1] + functions.shape[1] * (blocks - self.scenario.N)
        needed = 144 * variables * len(functions) * blocks + 32 * variables**2
        refuse_beyond_memory(needed, "the see-saw")

    @cached_property
    def _cone(self) -> tuple[list[Any], list[Any]]:
        """The constraints G_i z <= h_i, the real form of sigma >= 0 for each element."""
        g, h = [], []
        for noise, directions in zip(self._noise, self._directions, strict=True):
            for i, sigma in enumerate(noise.values()):
                columns = [_real(-m).ravel() for m in directions[:, i]]
                g.append(cvxopt.matrix(np.array(columns).T))
                h.append(cvxopt.matrix(_real(sigma)))
        return g, h

    def families(self, z: RealArray) -> LocalArrays:
        """The assemblage with these values of the variables."""
        out = []
        for noise, directions in zip(self._noise, self._directions, strict=True):
            change = np.einsum("v,veij->eij", z, directions)
            out.append({e: s + change[i] for i, (e, s) in enumerate(noise.items())})
        return out

    def random(self, rng: np.random.Generator) -> Point:
        """The best assemblage for a random functional: a random extreme point."""
        W = []
        for d in self.scenario.dimensions:
            family = {}
            for e in self.scenario.elements():
                parts = rng.standard_normal((2, d, d))
                w = parts[0] + 1j * parts[1]
                family[e] = w + w.conj().T
            W.append(family)
        return self.best(W)

    def best(self, W: Inequality) -> Point:
        """Solve (P); raise SolverFailed."""
        if not len(self._directions[0]):
            return Point(self._noise)
        weights = [np.array(list(family.values())) for family in W]
        c = sum(
            np.einsum("veij,eij->v", directions, w.conj()).real
            for directions, w in zip(self._directions, weights, strict=True)
        )
        c = np.asarray(c / max(float(np.abs(c).max()), 1e-300))
        reasons = []
        for tolerance in TOLERANCES:
            try:
                return Point(self.families(self._solved(c, tolerance)))
            except (ArithmeticError, ValueError) as error:
                reasons.append(str(error))
        raise SolverFailed(f"the best assemblage was not found ({'; '.join(reasons)})")

    def _solved(self, c: RealArray, tolerance: float) -> RealArray:
        """The variables that minimise c.z; raise ArithmeticError or ValueError."""
        g, h = self._cone
        options = {
            "show_progress": False,
            "abstol": tolerance,
            "reltol": tolerance,
            "feastol": tolerance,
            "maxiters": MAX_ITERATIONS,
        }
        solved = cvxopt.solvers.sdp(cvxopt.matrix(c), Gs=g, hs=h, options=options)
        if solved["x"] is None or not np.all(np.isfinite(np.array(solved["x"]))):
            raise ArithmeticError(f"status {solved['status']}, no numbers")
        return np.array(solved["x"]).ravel()


def _real(m: ComplexArray) -> RealArray:
    return np.block([[m.real, -m.imag], [m.imag, m.real]])
