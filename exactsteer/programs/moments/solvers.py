"""The choice of a form and of a method for a moment program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.moments import augmented_lagrangian, interior_point, reference
from exactsteer.programs.moments.blocks import Array, BlockProgram, Blocks
from exactsteer.programs.moments.free_entries import in_free_entries
from exactsteer.programs.moments.interior_point import Offer, Run
from exactsteer.programs.moments.moment_matrix import MomentProgram
from exactsteer.programs.moments.orbits import SymmetricProgram
from exactsteer.programs.threads import one_thread

# Above so many variables the Schur matrix of the interior-point method is too large.
MAX_VARIABLES = 6000
# With more than so many, the other method is tried before it, for so many products of matrices: it
# is ten times quicker where the optimum is not degenerate. Beyond this error it goes on instead.
FEW_VARIABLES = 1500
FIRST_PRODUCTS = 3000
ACCURATE = 1e-9
# The largest relative error of a solver that counts as having found the optimum.
CONVERGED = 1e-6

WholeOffer = Callable[[Array, float], bool]
"""Called with an iterate Z of the whole program and its relative error; False stops."""


@dataclass(frozen=True)
class Solved:
    """How a program was solved; for the record, and to say what may be missing.

    The optimum lies near `value`, of (D), and `lower`, of (P), up to the relative `error`.
    """

    value: float
    lower: float
    error: float
    note: str

    @property
    def converged(self) -> bool:
        """Whether the solver came near the optimum."""
        return self.error < CONVERGED

    def leaves_open(self, proved: float) -> bool:
        """Whether the level may prove clearly less than this."""
        return not self.converged or proved - self.lower > CONVERGED * (1 + abs(proved))


@dataclass(frozen=True)
class Form:
    """What the solvers are given, and how an iterate becomes a Z of the whole program.

    With `mirrored` the values of (P) and (D) have the other sign and change places, and Z is the
    solver's Gamma.
    """

    program: BlockProgram
    lifted: Callable[[Blocks], Array]
    note: str
    mirrored: bool = False

    @property
    def is_large(self) -> bool:
        """Whether the interior-point method takes too much."""
        return self.program.variables > MAX_VARIABLES


def form_of(program: MomentProgram, symmetric: SymmetricProgram | None = None) -> Form:
    """The smallest form of a program: invariant moments and blocks, and the free entries of Z."""
    if symmetric is None:
        form = Form(program.in_one_block(), lambda Z: Z[0], "")
    else:
        form = Form(symmetric.program, symmetric.lifted, symmetric.note())
    free = in_free_entries(form.program)
    if free is None:
        return form
    note = ", ".join(filter(None, [form.note, "free entries"]))
    return Form(free, form.lifted, note, mirrored=True)


@one_thread()
def solve_moments(form: Form, offer: WholeOffer) -> Solved:
    """Solve, offering every multiplier that comes near the optimum.

    Raises SolverFailed, InputError when the memory does not suffice (programs/memory.py).
    """
    program = form.program
    method = augmented_lagrangian if form.is_large else interior_point
    refuse_beyond_memory(method.bytes_needed(program), "the solver for this level")
    if program.variables == 0:
        offer(form.lifted([np.zeros_like(block.C) for block in program.blocks]), 0.0)
        return Solved(program.constant, program.constant, 0.0, "no variables")
    offered = False

    def noted(Z: Blocks, gamma: Blocks, error: float) -> bool:
        nonlocal offered
        offered = True
        return offer(form.lifted(gamma if form.mirrored else Z), error)

    run, name = _run(form, noted)
    if not offered:
        run, name = reference.solve(program), "PICOS"
        gamma = [
            block.C - np.asarray(block.A @ run.y).reshape(block.C.shape) for block in program.blocks
        ]
        noted(run.Z, gamma, run.error)
    value, lower = run.dual_value, run.primal_value
    if form.mirrored:
        value, lower = -lower, -value
    return Solved(value, lower, run.error, _note(run, name, form))


def _run(form: Form, offer: Offer) -> tuple[Run, str]:
    """The run whose errors are small, and the method."""
    program = form.program
    if not form.is_large and program.variables <= FEW_VARIABLES:
        return interior_point.solve(program, offer), "interior point"
    products = None if form.is_large else FIRST_PRODUCTS
    first = augmented_lagrangian.solve(program, offer, products=products)
    if not (form.is_large or first.error < ACCURATE):
        second = interior_point.solve(program, offer)
        if second.error < first.error:
            return second, "interior point"
    return first, "augmented Lagrangian"


def _note(run: Run, name: str, form: Form) -> str:
    used = f" ({form.note})" if form.note else ""
    return f"{name}{used}, {run.iterations} iterations, {run.status}"
