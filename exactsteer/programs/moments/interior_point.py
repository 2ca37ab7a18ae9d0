"""A primal-dual interior-point method for moment programs, in blocks.

(P) max b.y with Gamma_i = C_i - sum_k y_k A_ik >= 0
(D) min sum_i tr[C_i Z_i] with sum_i tr[A_ik Z_i] = b_k, Z_i >= 0

The steps are those of newton_step.py. Every iterate is offered to a callback, because the last ones
are often worse.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.arrays import hermitian_part
from exactsteer.programs.moments.blocks import BlockProgram, Blocks, FloatArray
from exactsteer.programs.moments.newton_step import BUFFER, Equalities, Step, inner, moved, norm

TOLERANCE = 1e-11
MAX_ITERATIONS = 80
# Iterates are offered once the relative gap is below this.
GAP_OF_INTEREST = 1e-3

Offer = Callable[[Blocks, Blocks, float], bool]
"""Called with an iterate Z, Gamma and its relative error; False stops the method."""


@dataclass
class Run:
    """Z and y at the end of the iterations; values and error at the most accurate iterate.

    `error` is the largest of the relative errors of the equations of (P) and (D) and the gap.
    """

    Z: Blocks
    y: FloatArray
    dual_value: float
    primal_value: float
    error: float
    iterations: int
    status: str


@dataclass
class Accurate:
    """The least error seen, and the values of (D) and (P) there."""

    error: float = math.inf
    upper: float = math.inf
    lower: float = -math.inf

    def see(self, error: float, upper: float, lower: float) -> None:
        """Look at an iterate."""
        if error <= self.error:
            self.error, self.upper, self.lower = error, upper, lower


def relative_gap(upper: float, lower: float) -> float:
    """The distance of two values, relative to them where they are large."""
    return abs(upper - lower) / (1 + abs(upper) + abs(lower))


def solve(
    program: BlockProgram,
    offer: Offer = lambda _, __, ___: True,
    tolerance: float = TOLERANCE,
) -> Run:
    """Run the method until the gap closes, steps become short, or `offer` returns False."""
    # Where (D) has no solution the iterates overflow, and that is seen.
    with np.errstate(over="ignore", invalid="ignore"):
        return _Method(program).run(offer, tolerance)


def bytes_needed(program: BlockProgram) -> int:
    """Memory of the largest arrays that live at the same time.

    The Schur matrix, its factor and copies; the buffer and what is made of it; some matrices.
    """
    matrices = sum(block.C.nbytes for block in program.blocks)
    largest = max(block.C.nbytes for block in program.blocks)
    buffer = min(program.variables * largest, BUFFER * 16)
    return 40 * program.variables**2 + 3 * buffer + 20 * matrices


class _Method(Equalities):
    def start(self) -> tuple[Blocks, Blocks, FloatArray]:
        """Feasible points where they are known, multiples of 1 elsewhere."""
        p = self.p
        units = [block.unit * one for block, one in zip(p.blocks, self.unit, strict=True)]
        squares = sum(
            (np.asarray(abs(block.A).power(2).sum(axis=0)).ravel() for block in p.blocks),
            np.zeros(self.m),
        )
        size = max(10.0, self.n**0.5, float(self.n * np.max((1 + abs(p.b)) / (1 + squares**0.5))))
        missing = p.b - self.traces(units)
        candidate = moved(units, 1.0, self.combination(missing / squares))
        lowest = min(
            float(np.linalg.eigvalsh(z)[0]) / block.unit
            for z, block in zip(candidate, p.blocks, strict=True)
        )
        # If 1 has vanishing traces, a multiple of it may be added without harm.
        if float(np.max(abs(self.traces(units)))) < 1e-9:
            Z = moved(candidate, max(0.0, -lowest) + 1.0, units)
        else:
            Z = [size * u for u in units]
        y = np.zeros(self.m) if p.start is None else np.array(p.start)
        gamma = [hermitian_part(c - a) for c, a in zip(self.C, self.combination(y), strict=True)]
        if min(float(np.linalg.eigvalsh(g)[0]) for g in gamma) < 1e-9:
            scale = max(10.0, self.n**0.5, norm(self.C))
            gamma = [scale * one for one in self.unit]
        return Z, gamma, y

    def run(self, offer: Offer, tolerance: float) -> Run:
        p = self.p
        Z, gamma, y = self.start()
        norm_b, norm_C = 1 + float(np.linalg.norm(p.b)), 1 + norm(self.C)
        status, iterations = "iterations exhausted", 0
        accurate = Accurate()
        for iterations in range(1, MAX_ITERATIONS + 1):  # noqa: B007
            missing = p.b - self.traces(Z)
            excess = self.excess(gamma, y)
            upper, lower = inner(self.C, Z), float(p.b @ y)
            error = max(
                float(np.linalg.norm(missing)) / norm_b,
                norm(excess) / norm_C,
                relative_gap(upper, lower),
            )
            accurate.see(error, upper + p.constant, lower + p.constant)
            if error < GAP_OF_INTEREST and not offer(Z, gamma, error):
                status = "no further progress"
                break
            if error < tolerance:
                status = "optimal"
                break
            try:
                step = Step.of(self, (Z, gamma), missing, excess)
                a, c, dZ, dy, d_gamma = step.predicted_and_corrected()
            except np.linalg.LinAlgError:
                status = "numerical limit"
                break
            if max(a, c) < 1e-7:
                status = "short steps"
                break
            Z, gamma, y = moved(Z, a, dZ), moved(gamma, c, d_gamma), y + c * dy
        return Run(Z, y, accurate.upper, accurate.lower, accurate.error, iterations, status)
