"""The optimum itself where it is rational: both ends of an enclosure are then the same number.

An optimum of exact, structured data is algebraic, and its optimal faces lie in a field like its
own. Where that is Q, or Q(i) for the faces, the primal and the dual are found exactly near a
solution in arbitrary precision: the value is recognised, the ranges of the optimal X (of (P) in
programs/precise/interior_point.py) and M are too (feasible/boundary.py), and the linear equations
on them are solved in rational numbers, with the free ones rounded. M vanishes on the complement of
its own range by construction, which contains the range of X, so that tr[M X] = 0 and both ends
agree. Nothing is taken on trust: positivity and the value are decided exactly.

Otherwise the value may be a root of a polynomial of small degree. `algebraic_guess` names one that
fits, which proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flint import arb, ctx, fmpq, fmpq_mat, fmpz, fmpz_mat

from exactsteer.errors import SolverFailed
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.approximation import Approximation
from exactsteer.programs.precise.operators import groups
from exactsteer.proving.enclosing.decimals import nearest_decimal
from exactsteer.proving.enclosing.problem import Ends, Problem
from exactsteer.proving.enclosing.search import MAX_WORK, work
from exactsteer.proving.feasible.boundary import simplest, supports
from exactsteer.proving.feasible.subspaces import Subspace, orthogonal
from exactsteer.proving.integer_multipliers import balanced
from exactsteer.proving.rounding import without_common_factor

DIGITS = 60
# The value is about as accurate as the gap; so many of its digits are compared.
VALUE_DIGITS = 48
MAX_ROUNDING = 20
MAX_DEGREE = 4


def exactly(problem: Problem, enter: Callable[[str], None]) -> tuple[Ends | None, str]:
    """Both ends equal, or None and what was tried; `enter` is told of each stage."""
    if problem.radius > 0:
        return None, "no exact value was looked for, as the numbers given are not exact"
    if work(problem.centre.scenario) > MAX_WORK:
        return None, (
            "no exact value was looked for, as the arbitrary-precision method would take minutes"
        )
    enter("solve precisely")
    try:
        solution = problem.precisely(DIGITS)
    except SolverFailed as error:
        return None, f"no exact value was found: {error}"
    enter("recognise")
    ends = exact_ends(problem, solution)
    return ends, "" if ends else _what_was_tried(solution.value)


def _what_was_tried(value: fmpq) -> str:
    rational = simplest(value, VALUE_DIGITS)
    if rational is not None:
        return (
            f"the value seems to be {rational_text(rational)} (a guess, which proves nothing), but "
            "no optimal matrices with rational entries were found"
        )
    tried = f"no exact value was found: {_decimal(value)} is not near a short rational number"
    if guess := algebraic_guess(value):
        return f"{tried}; a guess, which proves nothing: {guess}"
    return f"{tried}, nor a root of a short polynomial of degree up to {MAX_DEGREE}"


def exact_ends(problem: Problem, solution: Approximation) -> Ends | None:
    """Both ends equal, near a solution of DIGITS digits; None if no rational optimum is found."""
    value = simplest(solution.value, VALUE_DIGITS)
    if value is None or problem.clip(value) != value:
        return None
    joint = problem.joint_at_optimum(solution, value, DIGITS)
    if joint is None:
        return None
    for inequality in _inequalities(solution):
        if problem.bound(inequality) == value:
            return Ends(value, value, inequality, joint, solution.source)
    return None


def _inequalities(solution: Approximation) -> Iterator[SteeringInequality]:
    """Steering inequalities near the optimal one whose M have exactly its ranges."""
    rough = SteeringInequality(solution.scenario, solution.W, solution.V)
    matrices = dict(rough.joint_matrices())
    ranges = supports(matrices, DIGITS)
    if ranges is None:
        return
    unknowns = _Multipliers(solution.scenario)
    space = unknowns.vanishing({e: orthogonal(m) for e, m in ranges.items()})
    values = unknowns.read(solution)
    for digits in range(MAX_ROUNDING):
        inequality = unknowns.inequality(space.near(values, digits))
        joint = [m for _, m in inequality.joint_matrices()]
        if all(map(is_positive, joint)) and any(m.trace() > 0 for m in joint):
            yield without_common_factor(inequality)


class _Space:
    """The solutions of homogeneous equations, by the reduced echelon form of these."""

    def __init__(self, rows: Sequence[Sequence[fmpq]], unknowns: int) -> None:
        flat = [v for row in rows for v in row]
        echelon, rank = fmpq_mat(len(rows), unknowns, flat).rref()
        self.unknowns = unknowns
        self.pivots = [
            next(c for c in range(i, unknowns) if echelon[i, c] != 0) for i in range(rank)
        ]
        known = set(self.pivots)
        self.rows = [
            [(c, echelon[i, c]) for c in range(unknowns) if c not in known and echelon[i, c] != 0]
            for i in range(rank)
        ]

    def near(self, values: Sequence[fmpq], digits: int) -> list[fmpq]:
        """The solution whose free unknowns are the values rounded to so many digits."""
        out = [nearest_decimal(v, digits) for v in values]
        for p, row in zip(self.pivots, self.rows, strict=True):
            out[p] = -sum((f * out[c] for c, f in row), fmpq(0))
        return out


class _Multipliers:
    """The entries of all W^(k)_{a|x}, and of the V that are free, as real unknowns."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.elements = list(scenario.elements())
        self.groups = groups(scenario)
        self.units = [list(_units(d)) for d in scenario.dimensions]
        self.high = list(_units(scenario.joint_dimension))
        self.low = [u.lifted(scenario.dimensions, k) for k, us in enumerate(self.units) for u in us]
        self.first_high = len(self.elements) * len(self.low)
        self.count = self.first_high + len(self.groups) * len(self.high)

    def vanishing(self, kernels: Mapping[Element, Subspace]) -> _Space:
        """The multipliers for which every M_{a|x} vanishes on the subspace given."""
        rows: list[list[fmpq]] = []
        for i, e in enumerate(self.elements):
            kernel = kernels[e].basis()
            if kernel.shape[1] == 0:
                continue
            terms = [(i * len(self.low), self.low, 1)]
            for g, group in enumerate(self.groups):
                for element, sign in group.signs:
                    if element == i:
                        terms.append((self.first_high + g * len(self.high), self.high, sign))
            block = [[fmpq(0)] * self.count for _ in range(2 * kernel.shape[0] * kernel.shape[1])]
            for start, operators, sign in terms:
                for o, operator in enumerate(operators):
                    for r, v in enumerate(_entries(Rectangular.from_hermitian(operator) @ kernel)):
                        block[r][start + o] += sign * v
            rows += block
        return _Space(rows, self.count)

    def read(self, solution: Approximation) -> list[fmpq]:
        """The unknowns of a solution."""
        out: list[fmpq] = []
        for e in self.elements:
            for family in solution.W:
                out += _coordinates(family[e])
        for group in self.groups:
            out += _coordinates(solution.V[group.alice][group.key])
        return out

    def inequality(self, values: Sequence[fmpq]) -> SteeringInequality:
        """The multipliers with these values."""
        W: list[dict[Element, Hermitian]] = [{} for _ in self.scenario.dimensions]
        at = 0
        for e in self.elements:
            for family, d in zip(W, self.scenario.dimensions, strict=True):
                family[e] = _matrix(values[at : at + d * d], d)
                at += d * d
        size = self.scenario.joint_dimension
        zero = Hermitian.zero(size)
        V = [dict.fromkeys(self.scenario.marginals(j), zero) for j in range(self.scenario.n)]
        for group in self.groups:
            V[group.alice][group.key] = _matrix(values[at : at + size**2], size)
            at += size**2
        return SteeringInequality(
            self.scenario,
            tuple(W),
            tuple(balanced(self.scenario, j, family) for j, family in enumerate(V)),
        )


def _units(d: int) -> Iterator[Hermitian]:
    """The Hermitian matrices of the coordinates: as `_coordinates` counts them."""
    for c in range(d * d):
        yield _matrix([fmpq(int(i == c)) for i in range(d * d)], d)


def _coordinates(m: Hermitian) -> list[fmpq]:
    """Row by row from the diagonal on: the diagonal entry, then real and imaginary parts."""
    out = []
    for i in range(m.n):
        out.append(m.entry(i, i)[0])
        for j in range(i + 1, m.n):
            out += m.entry(i, j)
    return out


def _matrix(values: Sequence[fmpq], d: int) -> Hermitian:
    den = fmpz(1)
    for v in values:
        den = den.lcm(v.q)
    numbers = iter([(v * den).p for v in values])
    re, im = ([[fmpz(0)] * d for _ in range(d)] for _ in range(2))
    for i in range(d):
        re[i][i] = next(numbers)
        for j in range(i + 1, d):
            re[i][j] = re[j][i] = next(numbers)
            im[i][j] = next(numbers)
            im[j][i] = -im[i][j]
    return Hermitian.of(den, re, im)


def _entries(m: Rectangular) -> Iterator[fmpq]:
    rows, columns = m.shape
    for i in range(rows):
        for j in range(columns):
            yield from m.entry(i, j)


def algebraic_guess(value: fmpq) -> str:
    """A polynomial of degree 2 to MAX_DEGREE with a root near the value; "" if none fits."""
    for degree in range(2, MAX_DEGREE + 1):
        if (found := _relation(value, degree)) is not None:
            return f"the root of {_in_words(found)} near it"
    return ""


def _relation(value: fmpq, degree: int) -> list[int] | None:
    """The coefficients of the smallest polynomial, if chance can be excluded."""
    scale = fmpz(10) ** VALUE_DIGITS
    lattice, power = fmpz_mat(degree + 1, degree + 2), fmpq(1)
    for i in range(degree + 1):
        lattice[i, i] = 1
        scaled = power * scale
        lattice[i, degree + 1] = (2 * scaled.p + scaled.q) // (2 * scaled.q)
        power = power * value
    shortest = lattice.lll()
    row = [shortest[0, i] for i in range(degree + 1)]
    largest = max(abs(c) for c in row)
    # A relation by chance has coefficients of about VALUE_DIGITS/(degree + 1) digits.
    if row[degree] == 0 or largest ** (degree + 1) * 10 ** (VALUE_DIGITS // 2) > scale:
        return None
    sign = 1 if row[degree] > 0 else -1
    return [sign * int(c) for c in row]


def _in_words(coefficients: Sequence[int]) -> str:
    terms = list[str]()
    for power, c in reversed(list(enumerate(coefficients))):
        x = "" if power == 0 else "x" if power == 1 else f"x^{power}"
        if c != 0:
            size = str(abs(c)) if abs(c) != 1 or not x else ""
            sign = ("-" if c < 0 else "") if not terms else (" - " if c < 0 else " + ")
            terms.append(f"{sign}{size}{x}")
    return "".join(terms)


def _decimal(value: fmpq) -> str:
    with ctx.workprec(256):
        return str(arb(value).str(12, radius=False))
