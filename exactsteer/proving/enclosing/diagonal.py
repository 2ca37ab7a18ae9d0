"""The optimum where everything is diagonal: that of a linear program, so it is rational.

If all elements, and those of the noise, are diagonal, the diagonal parts of optimal matrices are
optimal too. An interior-point method ends inside the optimal faces, where of the entries of X and M
at one place one is zero and the other is not (Goldman and Tucker): plain in double precision. With
the zeros set, the equalities are solved exactly, the value being one of the unknowns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import ParentStates, SteeringInequality
from exactsteer.kernel.properties.views import Group, Sigma, View
from exactsteer.kernel.scenario import Element
from exactsteer.model.gaussian import diagonal
from exactsteer.programs.approximation import Approximation
from exactsteer.proving.enclosing.decimal_multipliers import vanishing_inequalities
from exactsteer.proving.enclosing.problem import Ends, ParentStatesProblem
from exactsteer.proving.enclosing.spaces import MAX_ROUNDING, Space
from exactsteer.proving.faces.subspaces import span

Places = Mapping[Element, frozenset[int]]
"""Where on the diagonal X is not zero."""


def is_diagonal(problem: ParentStatesProblem) -> bool:
    """Whether all that is given is diagonal."""
    slopes, _ = problem.direction()
    families = [*slopes, *(problem.centre[k] for k in range(problem.centre.scenario.N))]
    return all(m == _diagonal_part(m) for family in families for m in family.values())


def diagonal_ends(problem: ParentStatesProblem, solution: Approximation) -> Ends | None:
    """Both ends equal, near a solution in floating point; None if the zeros are not plain."""
    places = _places(problem, solution)
    found = _optimum(problem, solution, places)
    if found is None:
        return None
    value, joint = found
    n = problem.centre.scenario.joint_dimension
    one, zero = (fmpq(1), fmpq(0)), (fmpq(0), fmpq(0))
    kernels = {
        e: span(n, [[one if i == b else zero for i in range(n)] for b in sorted(some)])
        for e, some in places.items()
    }
    for inequality in vanishing_inequalities(solution, kernels, diagonal=True):
        if problem.bound(inequality) == value:
            return Ends(value, value, inequality, joint, solution.source)
    return None


def _places(problem: ParentStatesProblem, solution: Approximation) -> Places:
    """Where X = S - unit t 1 is larger than M, both scaled to the largest entry 1."""
    _, unit = problem.direction()
    rough = SteeringInequality(solution.scenario, solution.W, solution.V)
    M = {e: _diagonal(m) for e, m in rough.joint_matrices()}
    X = {e: [v - unit * solution.value for v in _diagonal(s)] for e, s in solution.S.items()}
    most_X, most_M = (max(max(d) for d in family.values()) for family in (X, M))
    return {
        e: frozenset(b for b, v in enumerate(d) if v * most_M > M[e][b] * most_X)
        for e, d in X.items()
    }


def _optimum(
    problem: ParentStatesProblem, solution: Approximation, places: Places
) -> tuple[fmpq, Family] | None:
    """The value and the S for which X has these places, found exactly."""
    _, unit = problem.direction()
    names = [(e, b) for e, some in places.items() for b in sorted(some)]
    at = {name: i for i, name in enumerate(names)}
    # The last unknowns are the value and 1.
    value, one = len(names), len(names) + 1
    space = Space(list(_equations(problem, at)), one + 1)
    if one in space.pivots or value not in space.pivots:
        return None
    near = [_diagonal(solution.S[e])[b] - unit * solution.value for e, b in names]
    size = problem.centre.scenario.joint_dimension
    for digits in range(MAX_ROUNDING):
        z = space.near([*near, solution.value, fmpq(1)], digits)
        if min(z[:value], default=fmpq(0)) >= 0:
            S = {}
            for e in places:
                entries = [z[at[e, b]] if (e, b) in at else fmpq(0) for b in range(size)]
                S[e] = diagonal([v + unit * z[value] for v in entries])
            return z[value], S
    return None


def _equations(
    problem: ParentStatesProblem, at: Mapping[tuple[Element, int], int]
) -> Iterator[list[fmpq]]:
    """That the views of S = X + unit t 1 agree, in the entries of X, t and 1."""
    slopes, unit = problem.direction()
    p, value, one = ParentStates(problem.centre.scenario), len(at), len(at) + 1
    views: dict[View, list[list[fmpq]]] = {}
    for e, n in p.blocks():
        for view, seen in p.seen(e):
            images = [_diagonal(seen.reduce(m)) for m in _units(n)]
            rows = views.setdefault(view, [[fmpq(0)] * (one + 1) for _ in images[0]])
            for b, image in enumerate(images):
                for row, v in zip(rows, image, strict=True):
                    row[value] += unit * v
                    if (e, b) in at:
                        row[at[e, b]] += v
    first: dict[Group, list[list[fmpq]]] = {}
    for view, rows in views.items():
        if isinstance(view, Sigma):
            given = _diagonal(problem.centre[view.k][view.element])
            step = _diagonal(slopes[view.k][view.element])
            for row, constant, slope in zip(rows, given, step, strict=True):
                yield [*row[:value], row[value] - slope, -constant]
        else:
            for row, other in zip(rows, first.setdefault(view.group, rows), strict=True):
                yield [u - v for u, v in zip(row, other, strict=True)]


@cache
def _units(n: int) -> list[Hermitian]:
    return [diagonal([int(i == b) for i in range(n)]) for b in range(n)]


def _diagonal(m: Hermitian) -> list[fmpq]:
    return [m.entry(i, i)[0] for i in range(m.n)]


def _diagonal_part(m: Hermitian) -> Hermitian:
    return diagonal(_diagonal(m))
