# SPDX-License-Identifier: MIT
"""Inequalities of hidden states, and how they are proved for more strategies than can be listed.

With one Alice and one Bob who holds a qubit, M_lambda = sum_x F_{lambda(x)|x} >= 0 for all of
exponentially many strategies follows from polynomially many numbers. Take the integers p = (p_1,
p_2, p_3) with |p_1| + |p_2| + |p_3| = k, the *grid* of level k, and numbers n_p > 0 with

    n_p^2 <= |p|^2 - 2/3,       T_p = n_p 1 + p_1 X + p_2 Y + p_3 Z   (Pauli matrices).

Every positive 2 x 2 matrix is a sum of the T_p with weights >= 0. For it is a sum of multiples of
|q| 1 + q.sigma with |q_1| + |q_2| + |q_3| = k. On its face of the octahedron q lies in a triangle
of the grid: q = sum_i t_i p_i, t_i >= 0 with sum 1, of three points at the distance sqrt 2. So

    |q|^2 = sum_i t_i |p_i|^2 - 2 (t_1 t_2 + t_1 t_3 + t_2 t_3) >= sum_i t_i (|p_i|^2 - 2/3)
         >= sum_i t_i n_{p_i}^2 >= (sum_i t_i n_{p_i})^2,

and |q| 1 + q.sigma is sum_i t_i T_{p_i} and a multiple >= 0 of 1 = (T_p + T_{-p})/(2 n_p).

Theorem. If for every p of the grid

(grid) sum_x min_a tr[F_{a|x} T_p] >= 0,

then M_lambda >= 0 for every lambda, because tr[M_lambda T_p] = sum_x tr[F_{lambda(x)|x} T_p] is not
smaller. What is lost, |p|/n_p - 1, is about 1/k^2 and less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from flint import fmpz, fmpz_mat

from exactsteer.kernel.budget import foresee, size, tick
from exactsteer.kernel.errors import require
from exactsteer.kernel.properties.hidden_states import JointHiddenStates
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.rules import check_multipliers
from exactsteer.kernel.scenario import Scenario

MAX_STRATEGIES = 2**20
MAX_STRATEGY_ENTRIES = 2**24
MAX_GRID_TERMS = 2**24
# n_p is a multiple of one over this.
STEPS = 10**6

Point = tuple[int, int, int]


@dataclass(frozen=True)
class ClassicalInequality(Inequality):
    """I(Sigma) >= 0 for all Sigma with hidden states; W is F.

    It is proved strategy by strategy or, if `level` is given, on the grid of that level.
    """

    level: int | None = None


def grid(level: int) -> Iterator[Point]:
    """The integers p with |p_1| + |p_2| + |p_3| = level, 4 level^2 + 2 of them."""
    for i in range(-level, level + 1):
        for j in range(abs(i) - level, level - abs(i) + 1):
            rest = level - abs(i) - abs(j)
            yield i, j, rest
            if rest:
                yield i, j, -rest


def scaled_norm(p: Point) -> int:
    """The largest integer n with (n / STEPS)^2 <= |p|^2 - 2/3."""
    squares = sum(v * v for v in p)
    return int(fmpz(STEPS**2 * (3 * squares - 2) // 3).isqrt())


def check_classical_inequality(inequality: ClassicalInequality) -> None:
    """Rule (positive) for every strategy, or (grid): M_lambda >= 0 for all lambda (see above).

    Theorem. I(Sigma) >= 0 for every Sigma with a local-hidden-state model: R2 (rules.py) for the
    joint blocks of hidden_states.py.
    """
    if inequality.level is None:
        check_multipliers(JointHiddenStates(inequality.scenario), inequality.multipliers())
        return
    table = _in_coordinates(inequality)
    ends = accumulate(inequality.scenario.outcomes[0], initial=0)
    settings = [slice(begin, end) for begin, end in pairwise(ends)]
    for p in grid(inequality.level):
        tick()
        # The integers of STEPS T_p in the coordinates of the table.
        values = (fmpz_mat(1, 4, [scaled_norm(p), *(STEPS * v for v in p)]) * table).entries()
        least = sum((min(values[x]) for x in settings), fmpz(0))
        expected = "sum_x min_a tr[F_{a|x} T_p] >= 0"
        require(least >= 0, "grid", f"the point p = {p}", expected, "a negative number")


def _in_coordinates(inequality: ClassicalInequality) -> fmpz_mat:
    """The traces of F, F X, F Y and F Z, a column for each element, over one denominator."""
    parts = [inequality.W[0][e].integers() for e in inequality.scenario.elements()]
    den = fmpz(1)
    for own, _, _ in parts:
        tick()
        den = den.lcm(own)
        foresee(5 * len(parts) * size(1, den.bit_length()), "the coefficients over one denominator")
    columns = [
        [
            v * (den // own)
            for v in (re[0][0] + re[1][1], 2 * re[0][1], -2 * im[0][1], re[0][0] - re[1][1])
        ]
        for own, re, im in parts
    ]
    return fmpz_mat(4, len(columns), [column[i] for i in range(4) for column in columns])


def has_grid(scenario: Scenario) -> bool:
    """Whether the rule (grid) is for this scenario: one Alice, and one Bob who holds a qubit."""
    return scenario.n == 1 and scenario.dimensions == (2,)
