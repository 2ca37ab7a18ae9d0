"""Squares: an exact realisation of prescribed parent states, by sums of rational squares.

For one Alice, without any room to spare. On the range of S_R, with basis V (flag.py),
s_R = L diag(q) L^dagger. Every positive rational is a sum of four rational squares, so
c q_i = |z_i|^2 + |w_i|^2 with z_i, w_i in Q(i), for any c > 0, as the norm of a state is free. With
K = L [diag z | diag w], without the columns that are zero,

    |psi> = sum_j V K e_j (x) |j>,    K^+ = K^dagger (K K^dagger)^-1,
    M_{a|x} = (K^+ c s_{a|x} K^+^dagger)^T, plus in the first outcome (1 - K^+ K)^T,

because K K^dagger = c s_R and K (1 - K^+ K) = 0. The scale is chosen such that many of the
c q_i are sums of two squares.
"""

from __future__ import annotations

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import Pure, Realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import diagonal
from exactsteer.proving.exact_matrices import (
    Entry,
    adjoint,
    congruence,
    inverse,
    lowest,
    primitive,
    rectangular,
    triangular,
)
from exactsteer.proving.parent_states.flag import on_range

# Beyond this integers are not factored, and four squares are taken.
MAX_FACTORED = fmpz(10) ** 24
SMALL_SCALES = range(1, 31)


def squares(scenario: Scenario, parents: Family) -> Realisation:
    """A realisation of exact parent states of one Alice."""
    basis, small = on_range(scenario, parents)
    total = small[(0,), (0,)]
    for a in range(1, scenario.outcomes[0][0]):
        total = total + small[(a,), (0,)]
    lower, q = triangular(lowest(total))
    scale = _best_scale(q)
    columns = [(i, z) for i, value in enumerate(q) for z in norms(value * scale)]
    zero = (fmpq(0), fmpq(0))
    spread = rectangular(
        [[z if row == i else zero for i, z in columns] for row in range(total.n)], len(columns)
    )
    # [diag z | diag w]^dagger diag(1 / c q), so that K^+ = back L^-1
    back = adjoint(spread) @ diagonal([(scale * v) ** -1 for v in q])
    rest = Hermitian.identity(len(columns)) - lowest(back @ spread)
    pseudoinverse = back @ inverse(lower)
    effects = {}
    for (answer, x), s in small.items():
        effect = congruence(pseudoinverse, s).scaled(scale)
        if answer == (0,):
            effect = effect + rest
        effects[answer[0], x[0]] = lowest(_transposed(effect))
    psi = primitive((basis @ lower @ spread).transpose())
    return Realisation(scenario, (len(columns),), (Pure(psi),), (effects,))


def _transposed(m: Hermitian) -> Hermitian:
    den, re, im = m.integers()
    return Hermitian.of(den, re, [[-v for v in row] for row in im])


def _best_scale(q: list[fmpq]) -> fmpq:
    """The scale c for which the c q_i need the fewest columns, and then the most real ones."""
    candidates = [fmpq(c) for c in SMALL_SCALES]
    candidates += [fmpq(c) * v**-1 for v in q for c in (1, 2, 5)]

    def cost(c: fmpq) -> int:
        return sum(_cost(v * c) for v in q)

    return min(candidates, key=cost)


def _cost(q: fmpq) -> int:
    n = q.p * q.q
    if n.isqrt() ** 2 == n:
        return 2
    return 3 if _has_two_squares(n) else 4


def _has_two_squares(n: fmpz) -> bool:
    """Whether n is a sum of two squares, if it is not too large to factor."""
    # flint factors such numbers in milliseconds, sympy in seconds.
    return n <= MAX_FACTORED and all(p % 4 != 3 or e % 2 == 0 for p, e in n.factor())


def norms(q: fmpq) -> list[Entry]:
    """One or two elements of Q(i) whose squared moduli sum to q > 0."""
    if (pair := two_squares(q)) is not None:
        return [pair]
    # sympy takes long to load and is needed here only.
    from sympy.solvers.diophantine.diophantine import sum_of_four_squares

    # p/d = (p d) / d^2
    a, b, c, d = (fmpq(int(v), q.q) for v in sum_of_four_squares(int(q.p * q.q)))
    return [z for z in ((a, b), (c, d)) if z[0] != 0 or z[1] != 0]


def two_squares(q: fmpq) -> Entry | None:
    """(a, b) with a^2 + b^2 = q > 0, or None when there is none or q is too large to factor."""
    n = q.p * q.q
    root = n.isqrt()
    if root * root == n:
        return fmpq(root, q.q), fmpq(0)
    if not _has_two_squares(n):
        return None
    from sympy.solvers.diophantine.diophantine import diop_DN

    pairs = diop_DN(-1, int(n))
    if not pairs:
        return None
    a, b = pairs[0]
    return fmpq(int(a), q.q), fmpq(int(b), q.q)
