"""A primal-dual interior-point method of any precision for parent states and their relatives.

(P)  maximise t such that X_{a|x} >= 0 on C^D has the marginals sigma^(k)_{a|x} - t eps^(k)_{a|x}
     and its part on two or more Bobs, summed over a_j, does not depend on x_j (every Alice j).

(D)  minimise   I(sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over W, V as in programs/parent_states.py such that M_{a|x} >= 0 and I(eps) = 1.

With eps^(k) = (D/d_k) 1, the marginals of the unit matrix, t is Appendix B's lambda and X is
S - lambda 1. With eps = noise - sigma, -t is the robustness r of Eq. (24) and X are the parent
states of r noise + (1 - r) sigma.

In the coordinates y of operators.py, with B_v the matrices of the variable v on all elements, (P)
is <B_v, X> + t e_v = c_v for all v, (D) is min c.y with e.y = 1 and M = sum_v y_v B_v >= 0. The
steps are Mehrotra's predictor and corrector with the direction of Helmberg, Rendl, Vanderbei and
Wolkowicz (HKM). They start at X = M = 1 and t = 0, which need not satisfy any equality; each step
removes its share of what is missing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flint import acb_mat, arb, arb_mat, ctx

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.precise.coordinates import Coordinates, unit_marginals
from exactsteer.programs.precise.matrices import (
    cholesky,
    column,
    dot,
    exact,
    hermitian_part,
    inverse,
    longest_step,
    rational,
    trace_product,
    unit,
)

# Iterations: so many, and for each digit of the gap so many more.
ITERATIONS = 60
ITERATIONS_PER_DIGIT = 2
# Bits of precision for each digit of the gap: X and M lose as many digits as the gap has, and the
# normal equations contain X and the inverse of M.
BITS_PER_DIGIT = 8
SPARE_BITS = 64
# Steps go this share of the way to the boundary, the larger one once they are long.
SHARES = (0.95, 0.99)
LONG_STEP = 0.9
SHORTEST_STEP = 1e-6
SMALLEST_CENTERING = 1e-8


def smallest_eigenvalue(assemblage: Assemblage, digits: int) -> Approximation:
    """Appendix B's lambda, with a duality gap of 10^-digits if it can be reached.

    Raises SolverFailed when not even a rough solution was found.
    """
    scenario = assemblage.scenario
    return _solve(assemblage, unit_marginals(scenario), digits, 1)


def robustness(assemblage: Assemblage, noise: Assemblage, digits: int) -> Approximation:
    """The robustness r, with a duality gap of 10^-digits if it can be reached.

    It is negative inside the set of assemblages that have parent states. Raises SolverFailed when
    not even a rough solution was found.
    """
    eps = [
        {e: noise[k][e] - sigma for e, sigma in assemblage[k].items()}
        for k in range(assemblage.scenario.N)
    ]
    return _solve(assemblage, eps, digits, -1)


@dataclass
class _Point:
    """X and t of (P), y and M of (D); or a direction in which they change."""

    X: list[acb_mat]
    t: arb
    y: arb_mat
    M: list[acb_mat]


def _solve(assemblage: Assemblage, eps: Sequence[Family], digits: int, sign: int) -> Approximation:
    scenario = assemblage.scenario
    sigma = [assemblage[k] for k in range(scenario.N)]
    with ctx.workprec(BITS_PER_DIGIT * digits + SPARE_BITS):
        coordinates = Coordinates(scenario)
        program = _Program(coordinates, sigma, eps)
        point, error = program.optimum(arb(10) ** -digits, digits)
        value = sign * rational(point.t)
        shift = Hermitian.identity(coordinates.size).scaled(value)
        joint = {e: exact(x) for e, x in zip(coordinates.elements, point.X, strict=True)}
        if sign > 0:
            joint = {e: x + shift for e, x in joint.items()}
        return Approximation(
            scenario,
            coordinates.W(point.y),
            coordinates.V(point.y),
            joint,
            value,
            f"interior-point method in arb arithmetic, gap {error.str(2, radius=False)}",
        )


class _Program:
    def __init__(
        self, coordinates: Coordinates, sigma: Sequence[Family], eps: Sequence[Family]
    ) -> None:
        self.coordinates = coordinates
        self.c = coordinates.of_marginals(sigma)
        self.e = coordinates.of_marginals(eps)
        self.total_size = len(coordinates.elements) * coordinates.size

    def optimum(self, target: arb, digits: int) -> tuple[_Point, arb]:
        """The point with the smallest error (gap and violations of equalities), and the error."""
        y = self.coordinates.unit()
        ones = [unit(self.coordinates.size) for _ in self.coordinates.elements]
        at: _Point | None = _Point(ones, arb(0), y, self.coordinates.joint(y))
        best, least = at, arb(1)
        for _ in range(ITERATIONS + ITERATIONS_PER_DIGIT * digits):
            if at is None:
                break
            gap = _total(map(trace_product, at.X, at.M))
            primal = (self.c - self.e * at.t - self.coordinates.inner(at.X)).mid()
            dual = (1 - dot(self.e, at.y)).mid()
            error = _largest((gap, abs(dual), *(abs(v) for v in primal.entries())))
            if error < least:
                best, least = at, error
            if error < target:
                break
            # Only singular equations can fail, once rounding errors have taken over.
            with contextlib.suppress(ZeroDivisionError):
                at = self._step(at, gap / self.total_size, primal, dual)
                continue
            break
        if best is None or not least < 1:
            raise SolverFailed("the arbitrary-precision method found no solution")
        return best, least

    def _step(self, at: _Point, mu: arb, primal: arb_mat, dual: arb) -> _Point | None:
        """The next point; None when rounding errors have taken over."""
        factors = [cholesky(m) for m in (*at.X, *at.M)]
        known = [f for f in factors if f is not None]
        if len(known) < len(factors):
            return None
        x_factors, m_factors = known[: len(at.X)], known[len(at.X) :]
        inverses = [inverse(m) for m in at.M]
        towards = self._directions(at, inverses, primal, dual)
        predictor = towards([-x for x in at.X])
        reach = min(_reach(x_factors, predictor.X), _reach(m_factors, predictor.M))
        centering = max(SMALLEST_CENTERING, (1 - reach) ** 3)
        corrector = towards(
            [
                hermitian_part(i * (mu * arb(centering)) - x - dx * dm * i)
                for i, x, dx, dm in zip(inverses, at.X, predictor.X, predictor.M, strict=True)
            ]
        )
        share = SHARES[reach >= LONG_STEP]
        alpha = _reach(x_factors, corrector.X, share)
        beta = _reach(m_factors, corrector.M, share)
        if max(alpha, beta) < SHORTEST_STEP:
            return None
        y = (at.y + corrector.y * arb(beta)).mid()
        return _Point(
            [(x + dx * arb(alpha)).mid() for x, dx in zip(at.X, corrector.X, strict=True)],
            (at.t + corrector.t * arb(alpha)).mid(),
            y,
            self.coordinates.joint(y),
        )

    def _directions(
        self, at: _Point, inverses: Sequence[acb_mat], primal: arb_mat, dual: arb
    ) -> Callable[[list[acb_mat]], _Point]:
        normal = self.coordinates.normal_matrix(at.X, inverses)
        variables = range(self.coordinates.count)

        def towards(right: list[acb_mat]) -> _Point:
            """The direction with dX + X dM M^-1 = right after which all equalities hold."""
            missing = self.coordinates.inner(right) - primal
            both = arb_mat(
                len(variables), 2, [v for i in variables for v in (missing[i, 0], self.e[i, 0])]
            )
            solved = normal.solve(both, algorithm="approx").mid()
            y0, y1 = (column([solved[i, part] for i in variables]) for part in (0, 1))
            t = ((dual - dot(self.e, y0)) / dot(self.e, y1)).mid()
            y = (y0 + y1 * t).mid()
            m = self.coordinates.joint(y)
            x = [
                hermitian_part(r - a * b * c)
                for r, a, b, c in zip(right, at.X, m, inverses, strict=True)
            ]
            return _Point(x, t, y, m)

        return towards


def _reach(factors: Sequence[acb_mat], directions: Sequence[acb_mat], share: float = 1.0) -> float:
    """The share of the longest step for which all matrices stay positive, at most 1."""
    longest = min(longest_step(f, d) for f, d in zip(factors, directions, strict=True))
    return min(1.0, share * longest)


def _total(values: Iterable[arb]) -> arb:
    return sum(values, arb(0)).mid()


def _largest(values: Iterable[arb]) -> arb:
    # Doubles, and with them sorting keys, cannot hold 1e-400.
    largest = arb(0)
    for value in values:
        if value > largest:
            largest = value
    return largest
