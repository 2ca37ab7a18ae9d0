"""docs/theorems.md: sympy verifies every algebraic step, the checkers the proofs at some points.

The proof files are written here by hand from the formulas of that page, so nothing of the solvers,
of rounding or of the house's writers takes part.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from random import Random

import numpy as np
import picos
import pytest
import sympy as sp
from flint import fmpq
from hypothesis import given, settings
from sympy import Matrix, Rational, kronecker_product
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict

import exactsteer
from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage, marginal_sums
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.model.angles import angles
from exactsteer.model.correlations import hidden_pr_box
from exactsteer.model.named import monogamy, parity, transpose
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.theorem_families import (
    circle_point,
    relative_flips,
    three_settings,
    two_noises,
    two_settings,
    unbiased_qubits,
    w_type_transposed,
)
from exactsteer.programs.arrays import to_array
from exactsteer.programs.structured import Structure, solve_arrays
from exactsteer.testing import assemblages
from exactsteer.verbs import examples

ONE = sp.eye(2)
X, Y, Z = Matrix([[0, 1], [1, 0]]), Matrix([[0, -sp.I], [sp.I, 0]]), sp.diag(1, -1)
PAULI = (X, Y, Z)
OUTCOMES = (0, 1)
Elements = Mapping[tuple[int, int], Matrix]


def tensor(*factors: Matrix) -> Matrix:
    return kronecker_product(*factors)


def on(N: int, k: int, m: Matrix) -> Matrix:
    """The operator m on Bob k of N qubits."""
    return reduce(kronecker_product, [m if i == k else ONE for i in range(N)])


def along(n: Sequence[sp.Expr]) -> Matrix:
    """n . sigma."""
    return sum((c * p for c, p in zip(n, PAULI, strict=True)), sp.zeros(2))


def reduced(m: Matrix, k: int) -> Matrix:
    """The partial trace of a two-qubit matrix that keeps Bob k."""
    at = (lambda i, r: 2 * i + r) if k == 0 else (lambda i, r: 2 * r + i)
    return Matrix(2, 2, lambda i, j: sum(m[at(i, r), at(j, r)] for r in range(2)))


def is_zero(m: Matrix | sp.Expr) -> bool:
    return all(sp.cancel(sp.together(sp.expand(e))) == 0 for e in Matrix([m]))


# Proof files from sympy matrices ----------------------------------------------------------------


def matrix_value(m: Matrix) -> dict[str, object]:
    parts = [[sp.re(e) for e in m], [sp.im(e) for e in m]]
    den = math.lcm(*(int(e.q) for part in parts for e in part))
    whole = [[int(e * den) for e in part] for part in parts]
    g = math.gcd(den, *whole[0], *whole[1])
    n = m.rows
    rows = [[[str(v // g) for v in part[i * n : i * n + n]] for i in range(n)] for part in whole]
    value = {"den": str(den // g), "re": rows[0]}
    return value | {"im": rows[1]} if any(whole[1]) else value


def proof(sigma: Assemblage, claim: str, evidence: object) -> bytes:
    """A proof file about the assemblage itself, radius 0."""
    families = [
        {
            f"{a[0]}|{x[0]}": matrix_value(
                Matrix(2, 2, lambda i, j, m=m: complex_entry(m.entry(i, j)))
            )
            for (a, x), m in sigma[k].items()
        }
        for k in range(sigma.scenario.N)
    ]
    statement = {
        "format": "exactsteer proof 1",
        "claim": claim,
        "scenario": {
            "dimensions": [str(d) for d in sigma.scenario.dimensions],
            "outcomes": [[str(o) for o in row] for row in sigma.scenario.outcomes],
        },
        "centre": families,
        "radius": "0",
    }
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"))
    name = hashlib.sha256(text.encode()).hexdigest()
    file = {"statement": statement, "evidence": evidence, "provenance": {}, "theorem": name}
    return json.dumps(file).encode()


def complex_entry(entry: tuple[object, object]) -> sp.Expr:
    re, im = (Rational(str(part)) for part in entry)
    return re + sp.I * im


def parents(sigma: Assemblage, S: Elements) -> bytes:
    return proof(sigma, "parent states", {f"{a}|{x}": matrix_value(m) for (a, x), m in S.items()})


def inequality(sigma: Assemblage, W: Sequence[Elements], V: Sequence[Matrix]) -> bytes:
    evidence = {
        "W": [{f"{a}|{x}": matrix_value(m) for (a, x), m in w.items()} for w in W],
        "V": [{f"*|{x}": matrix_value(v) for x, v in enumerate(V)}],
    }
    return proof(sigma, "no parent states", evidence)


def verdicts(data: bytes) -> set[str]:
    return {kernel_verdict(data), recheck_verdict(data)}


# Theorem A ----------------------------------------------------------------------------------------


def test_A_the_multipliers_factorise_and_have_the_value_of_the_page() -> None:
    v, c_i, s_i, c_j, s_j = sp.symbols("v c_i s_i c_j s_j", real=True)
    total = 0
    for a, x in itertools.product(OUTCOMES, repeat=2):
        W_i, W_j = ONE / 2 - (-1) ** a * Z, ONE / 2 - (-1) ** (a + x) * X
        M = tensor(W_i, ONE) + tensor(ONE, W_j) + (-1) ** x * tensor(Z, X)
        assert is_zero(M - tensor(ONE - (-1) ** a * Z, ONE - (-1) ** (a + x) * X))
        for W, c, s in ((W_i, c_i, s_i), (W_j, c_j, s_j)):
            sigma = (ONE + (-1) ** a * v * along([(-1) ** x * s, 0, c])) / 4
            total += (W * sigma).trace()
    assert is_zero(total - 2 * (1 - v * (c_i + s_j)))


def test_A_the_four_strategies_give_the_elements() -> None:
    v, q, c, s = sp.symbols("v q c s", positive=True)
    hidden = {(m, m): (q / 2, (-1) ** m * v * c / q * Matrix([0, 0, 1])) for m in OUTCOMES} | {
        (m, 1 - m): ((1 - q) / 2, (-1) ** m * v * s / (1 - q) * Matrix([1, 0, 0])) for m in OUTCOMES
    }
    for a, x in itertools.product(OUTCOMES, repeat=2):
        used = [hidden[ans] for ans in hidden if ans[x] == a]
        assert is_zero(sum(w for w, _ in used) - Rational(1, 2))
        vector = sum((w * b for w, b in used), sp.zeros(3, 1))
        assert is_zero(vector - (-1) ** a * v * Matrix([(-1) ** x * s, 0, c]) / 2)


def test_A_is_the_closed_form_of_the_diagrams() -> None:
    t, u = sp.symbols("t u")
    (ca, sa), (cb, sb) = (((1 - t**2) / (1 + t**2), 2 * t / (1 + t**2)) for t in (t, u))
    # (1 + sin(alpha + beta))(1 + sin(alpha - beta)) = (sin alpha + cos beta)^2, alpha >= beta
    plus, minus = sa * cb + ca * sb, sa * cb - ca * sb
    assert is_zero((1 + plus) * (1 + minus) - (sa + cb) ** 2)


@pytest.mark.parametrize(
    "tangents", [("1/3", "1/2"), ("1/7", "1/7"), ("0", "1"), ("1/5", "2/3", "1/4")]
)
def test_A_at_rational_points_the_checkers_verify_both_sides(tangents: tuple[str, ...]) -> None:
    t = [Fraction(q) for q in tangents]
    points = [circle_point(q) for q in t]
    i = min(range(len(t)), key=lambda k: t[k])
    j = max((k for k in range(len(t)) if k != i), key=lambda k: t[k])
    v = 1 / (points[i][0] + points[j][1])
    # The hidden states are parent states: S_{a|x} = sum of products over the strategies.
    q = v * points[i][0]
    states = {}
    for ans in itertools.product(OUTCOMES, repeat=2):
        weight = (q if ans[0] == ans[1] else 1 - q) / 2
        if not weight:
            continue
        blochs = [
            (0, 0, (-1) ** ans[0] * v * c / q)
            if ans[0] == ans[1]
            else ((-1) ** ans[0] * v * s / (1 - q), 0, 0)
            for c, s in points
        ]
        factors = [(ONE + along([Rational(e) for e in b])) / 2 for b in blochs]
        states[ans] = Rational(weight) * tensor(*factors)
    S = {
        (a, x): sum((m for ans, m in states.items() if ans[x] == a), sp.zeros(2 ** len(t)))
        for a, x in itertools.product(OUTCOMES, repeat=2)
    }
    assert verdicts(parents(two_settings(t, [v] * len(t)), S)) == {VERIFIED}

    N, beyond = len(t), min(Fraction(1), v * (1 + Fraction(1, 10**9)))
    if beyond <= v:
        return
    W = [
        {
            (a, x): ONE / 2 - (-1) ** (a + x) * X
            if k == j
            else (ONE / 2 - (-1) ** a * Z if k == i else sp.zeros(2))
            for a, x in itertools.product(OUTCOMES, repeat=2)
        }
        for k in range(N)
    ]
    V = [(-1) ** x * on(N, j, X) * on(N, i, Z) for x in OUTCOMES]
    assert verdicts(inequality(two_settings(t, [beyond] * N), W, V)) == {VERIFIED}
    assert verdicts(inequality(two_settings(t, [v] * N), W, V)) == {"value"}


# Theorem B ----------------------------------------------------------------------------------------

C, S_ = sp.symbols("c s", positive=True)
P = C**2 * S_**2
V2 = 1 / (2 + P)  # the square of the threshold
RHO = sp.diag(1 / (2 * (1 + S_**2)), (1 + 2 * P) / (2 * (2 + P)), 1 / (2 * (1 + C**2)))
DIRECTIONS = [Matrix([S_, 0, C]), Matrix([-S_, 0, C]), Matrix([0, 1, 0])]


def on_circle(m: Matrix | sp.Expr) -> bool:
    """Whether everything is 0 where c^2 + s^2 = 1."""
    numerators = (sp.numer(sp.cancel(sp.together(e))) for e in Matrix([m]))
    return all(sp.rem(sp.expand(e), S_**2 + C**2 - 1, S_) == 0 for e in numerators)


def cross(w: Matrix) -> Matrix:
    return Matrix([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])


def test_B_on_the_triplets_one_body_operators_are_cross_products() -> None:
    n = Matrix(sp.symbols("n_x n_y n_z", real=True))
    singlet = Matrix([0, 1, -1, 0]) / sp.sqrt(2)
    basis = Matrix.hstack(*[tensor(p, ONE) * singlet for p in PAULI], singlet)
    assert basis.H * basis == sp.eye(4)
    image = (basis.H * (tensor(along(n), ONE) + tensor(ONE, along(n))) * basis).expand()
    assert is_zero(image - sp.diag(2 * sp.I * cross(n), 0))
    for k in range(3):
        assert all(reduced(basis[:, k] * basis[:, k].H, bob) == ONE / 2 for bob in range(2))
    # 1 + i[w'] has the eigenvalues 1, 1 +- |w'|, and congruence turns det rho into w . rho w.
    square = n.dot(n)
    z = sp.symbols("z")
    assert is_zero((sp.I * cross(n)).charpoly(z).as_expr() - z * (z**2 - square))
    rho = sp.diag(*sp.symbols("r_x r_y r_z"))
    assert is_zero((rho + sp.I * cross(n)).det() - (rho.det() - (n.T * rho * n)[0]))


def test_B_the_parent_states_are_singular_and_the_multipliers_complementary() -> None:
    assert on_circle(RHO.trace() - 1)
    assert on_circle(2 + P - (1 + C**2) * (1 + S_**2))
    cofactors = RHO.det() * RHO.inv()
    mu = [1, 1, 1 / RHO[1, 1] - 2]
    assert on_circle(mu[2] - 2 * (1 - P) / (1 + 2 * P))
    total = sp.zeros(3)
    for m, n in zip(mu, DIRECTIONS, strict=True):
        # w = v n/2: products of two w carry v^2/4, and everything odd in w one factor v.
        assert on_circle(RHO.det() - V2 / 4 * (n.T * RHO * n)[0])
        even = cofactors - V2 / 4 * n * n.T
        total += m * even
        # S K with S = rho + i e[w], K = even - i e[rho w]: its even and its odd part vanish.
        assert on_circle(even.T - even)
        assert on_circle(RHO * even + V2 / 4 * cross(n) * cross(RHO * n))
        assert on_circle(cross(n) * even - RHO * cross(RHO * n))
    assert on_circle(total - V2 / 2 * sp.eye(3))


def test_B_the_classical_model_and_its_bound() -> None:
    c, s, v = sp.symbols("c s v", positive=True)
    K = c + s
    q = c / K
    directions = [Matrix([s, c, 0]), Matrix([-s, c, 0]), Matrix([0, 0, 1])]
    hidden = {
        ans: (q / 4, v * Matrix([0, ans[0] * K, ans[2]]))
        if ans[0] == ans[1]
        else ((1 - q) / 4, v * Matrix([ans[0] * K, 0, ans[2]]))
        for ans in itertools.product((1, -1), repeat=3)
    }
    assert all(is_zero(b.dot(b) - v**2 * (1 + K**2)) for _, b in hidden.values())
    for x, n in enumerate(directions):
        used = [hidden[ans] for ans in hidden if ans[x] == 1]
        assert is_zero(sum(w for w, _ in used) - Rational(1, 2))
        assert is_zero(sum((w * b for w, b in used), sp.zeros(3, 1)) - v * n / 2)
    half = Rational(1, 2)
    f = [Matrix([half, half, 0]), Matrix([-half, half, 0]), Matrix([0, 0, 1 / K])]
    for ans in hidden:
        vector = sum((sign * e for sign, e in zip(ans, f, strict=True)), sp.zeros(3, 1))
        assert is_zero(vector.dot(vector) - 1 - 1 / K**2)
    assert is_zero(sum(e.dot(n) for e, n in zip(f, directions, strict=True)) - K - 1 / K)
    assert is_zero((1 + 1 / K**2) / (K + 1 / K) ** 2 - 1 / (1 + K**2))


# Theorem C ----------------------------------------------------------------------------------------


def state_C(a: sp.Expr, b: sp.Expr, sign: int, first: Matrix) -> Matrix:
    both = tensor(X, X) + tensor(Z, Z)
    return (sp.eye(4) + a * b * both + sign * (a * tensor(first, ONE) + b * tensor(ONE, first))) / 8


def multiplier_C(a: sp.Expr, b: sp.Expr, sign: int, first: Matrix) -> Matrix:
    other = X if first == Z else Z
    difference = tensor(first, first) - tensor(other, other)
    return sp.eye(4) - sign * (a * tensor(first, ONE) + b * tensor(ONE, first)) + a * b * difference


@pytest.mark.parametrize(("make", "scale"), [(state_C, 8), (multiplier_C, 1)])
def test_C_the_blocks_are_singular_on_the_circle(make: Callable[..., Matrix], scale: int) -> None:
    t = sp.symbols("t", positive=True)
    a, b = (1 - t**2) / (1 + t**2), 2 * t / (1 + t**2)
    for sign in (1, -1):
        m = scale * make(a, b, sign, Z)
        for block, rest in (([0, 3], [1, 2]), ([1, 2], [0, 3])):
            assert is_zero(m.extract(block, rest))
            assert is_zero(m.extract(block, block).det())
            product = (-1) ** (block == [1, 2]) * a * b
            assert is_zero(m.extract(block, block).trace() - 2 * (1 + product))
        # A rotation by pi about Z + X exchanges the two settings.
        turn = (X + Z) / sp.sqrt(2)
        assert is_zero(tensor(turn, turn) * m * tensor(turn, turn) - scale * make(a, b, sign, X))


@pytest.mark.parametrize(("a", "b"), [("3/5", "4/5"), ("24/25", "7/25"), ("399/401", "40/401")])
def test_C_on_the_circle_the_checkers_verify_both_sides(a: str, b: str) -> None:
    p, q = Rational(a), Rational(b)
    S = {(e, x): state_C(p, q, (-1) ** e, m) for x, m in enumerate((Z, X)) for e in OUTCOMES}
    assert verdicts(parents(two_noises(Fraction(a), Fraction(b)), S)) == {VERIFIED}
    W = [
        {(e, x): ONE / 2 - (-1) ** e * v * m for x, m in enumerate((Z, X)) for e in OUTCOMES}
        for v in (p, q)
    ]
    V = [p * q * (tensor(Z, Z) - tensor(X, X)) * (-1) ** x for x in OUTCOMES]
    beyond = two_noises(Fraction(a) + Fraction(1, 10**9), Fraction(b))
    assert verdicts(inequality(beyond, W, V)) == {VERIFIED}


# Theorem D ----------------------------------------------------------------------------------------


def test_D_no_signalling_leaves_the_diagonal_correlations() -> None:
    names = {"1": ONE, "X": X, "Y": Y, "Z": Z}
    left = set()
    for (p, m), (q, n) in itertools.product(names.items(), repeat=2):
        product = tensor(m, n)
        e = {}
        for g in "XYZ":
            turned = tensor(names[g], names[g]) * product * tensor(names[g], names[g])
            e[g] = 1 if turned == product else -1
            assert turned == e[g] * product
        if 1 + e["Y"] == e["X"] + e["Z"] and product.conjugate() == product:
            left.add(p + q)
    assert left == {"11", "X1", "1X", "Z1", "1Z", "XX", "YY", "ZZ"}
    # The directions: settings and outcomes are exchanged as the page says.
    s, c = sp.symbols("s c")
    for g, (image, sign) in {"Z": (1, 1), "Y": (0, -1), "X": (1, -1)}.items():
        turned = names[g] * along([s, 0, c]) * names[g]
        assert is_zero(turned - sign * along([(-1) ** image * s, 0, c]))


# Noise that always suffices, and the plurality bound ---------------------------------------------


@pytest.mark.parametrize("N", range(2, 8))
def test_the_plurality_bound_is_the_mean_distance_of_a_walk(N: int) -> None:
    g = Fraction(math.comb(N - 1, (N - 1) // 2), 2 ** (N - 1))
    walks = list(itertools.product((1, -1), repeat=N))
    assert Fraction(sum(abs(sum(b)) for b in walks), 2**N) == N * g
    assert all(
        Fraction(sum(b[k] * ((sum(b) > 0) - (sum(b) < 0)) for b in walks), 2**N) == g
        for k in range(N)
    )


@pytest.mark.parametrize("N", [2, 3, 4])
def test_relative_flips_attain_it_and_the_checkers_verify_both_sides(N: int) -> None:
    g = Fraction(math.comb(N - 1, (N - 1) // 2), 2 ** (N - 1))
    flips = [(0, *x) for x in itertools.product(OUTCOMES, repeat=N - 1)]
    T = [sum(((-1) ** x[k] * on(N, k, Z) for k in range(N)), sp.zeros(2**N)) for x in flips]
    size, E = T[0].rows, Rational(N * g) * sp.eye(2**N)
    absolute = [sp.diag(*[abs(t[i, i]) for i in range(size)]) for t in T]
    assert sum(absolute, sp.zeros(size)) == 2 ** (N - 1) * E
    S = {
        (a, x): sp.diag(*[1 + (-1) ** a * sp.sign(t[i, i]) for i in range(size)]) / 2 ** (N + 1)
        for x, t in enumerate(T)
        for a in OUTCOMES
    }
    assert verdicts(parents(relative_flips(N, g), S)) == {VERIFIED}
    W = [
        {
            (a, x): Rational(g) * ONE - (-1) ** (a + flip[k]) * Z
            for x, flip in enumerate(flips)
            for a in OUTCOMES
        }
        for k in range(N)
    ]
    V = [m - E for m in absolute]
    beyond = relative_flips(N, g + Fraction(1, 10**9))
    assert verdicts(inequality(beyond, W, V)) == {VERIFIED}
    assert verdicts(inequality(relative_flips(N, g), W, V)) == {"value"}


@given(assemblages())
@settings(max_examples=20, deadline=None)
def test_the_average_of_the_marginals_is_a_parent_state_of_noise(sigma: Assemblage) -> None:
    N, dimensions = sigma.scenario.N, sigma.scenario.dimensions
    D = sigma.scenario.joint_dimension
    S, noisy = {}, [{} for _ in range(N)]
    for e in sigma.scenario.elements():
        lifted = [
            sigma[k][e].lifted(dimensions, k).scaled(fmpq(d, D)) for k, d in enumerate(dimensions)
        ]
        S[e] = sum(lifted[1:], lifted[0]).scaled(fmpq(1, N))
        for k, d in enumerate(dimensions):
            noise = Hermitian.identity(d).scaled(sigma.probability(e) / d)
            noisy[k][e] = sigma[k][e].scaled(fmpq(1, N)) + noise.scaled(fmpq(N - 1, N))
            assert S[e].partial_trace(dimensions, k) == noisy[k][e]
    # Weight p(a|x) of noise: the mixture is an assemblage, and S are its parent states.
    Assemblage(sigma.scenario, noisy)
    assert all(is_positive(m) for m in S.values())
    for j in range(sigma.scenario.n):
        sums = marginal_sums(sigma.scenario, S, j)
        rest = {}
        for (b, x), total in sums.items():
            assert rest.setdefault((b, (*x[:j], *x[j + 1 :])), total) == total


# States of W type ---------------------------------------------------------------------------------


def W_matrices() -> tuple[tuple[sp.Symbol, ...], sp.Symbol, Matrix, Matrix, Matrix]:
    a, b, c, R = symbols = sp.symbols("a b c R", positive=True)
    h, f, n = a / R, (b + c) / R, a**2 + b**2 + c**2
    M = Matrix([[1 - h, -f, -f, 0], [-f, 1, 1, -f], [-f, 1, 1, -f], [0, -f, -f, 1 + h]])
    k = Matrix([(R + a) / (b + c), 1, 1, (R - a) / (b + c)])
    d = Matrix([0, 1, -1, 0])
    plus, cross_ = k * k.T + d * d.T, k * d.T + d * k.T
    S = (a * (b + c) ** 2 * plus + R * (c**2 - b**2) * cross_) / (8 * a * R**2)
    sigma = [
        Matrix([[a**2 + c**2, a * b], [a * b, b**2]]) / (2 * n),
        Matrix([[a**2 + b**2, a * c], [a * c, c**2]]) / (2 * n),
    ]
    return symbols, n, M, S, sigma


def mod_R(expression: sp.Expr) -> sp.Expr:
    """The numerator modulo R^2 = a^2 + 2 (b + c)^2."""
    a, b, c, R = sp.symbols("a b c R", positive=True)
    numerator = sp.numer(sp.cancel(sp.together(expression)))
    return sp.rem(sp.expand(numerator), R**2 - a**2 - 2 * (b + c) ** 2, R).expand()


def test_W_the_parent_states_have_the_marginals_and_the_multipliers_annihilate_them() -> None:
    (a, _, _, R), n, M, S, sigma = W_matrices()
    v = n / (a * R)
    for k in range(2):
        target = v * sigma[k] + (1 - v) * ONE / 4
        assert all(mod_R(e) == 0 for e in reduced(S, k) - target)
    assert is_zero(S[2, 1])
    assert all(mod_R(e) == 0 for e in M * S)
    assert M[0, 3] == 0
    assert (M[0, 1], M[0, 2]) == (M[2, 3], M[1, 3])
    assert is_zero(M[0, 0] + M[3, 3] - M[1, 1] - M[2, 2])
    minors = {
        sp.factor(mod_R(M.extract(list(rows), list(rows)).det() * R**4))
        for size in range(1, 5)
        for rows in itertools.combinations(range(4), size)
    }
    # Each is 0 or R^4 times 1, 1 - h, 1 + h, 1 - h^2, (1 - h)^2/2, (1 + h)^2/2.
    h = a / R
    allowed = (1, 1 - h, 1 + h, 1 - h**2, (1 - h) ** 2 / 2, (1 + h) ** 2 / 2)
    known = {sp.factor(mod_R(e * R**4)) for e in allowed}
    assert minors <= {sp.Integer(0)} | known


def test_W_the_value_and_where_the_formula_stops() -> None:
    (a, b, c, R), n, M, _, _ = W_matrices()
    v = sp.symbols("v")
    # tr[M S] for any S with these marginals: diagonal entries v a^2 + t, v c^2 + w - t, ..
    t, w, x, y = sp.symbols("t w x y")
    rest = [[v * a**2 + t, x, y], [v * c**2 + w - t, 0, v * a * b - y]]
    S = Matrix(4, 4, lambda i, j: 0)
    S[0, 0], S[0, 1], S[0, 2] = rest[0]
    S[1, 1], S[1, 3] = rest[1][0], rest[1][2]
    S[2, 2], S[2, 3], S[3, 3] = v * b**2 + w - t, v * a * c - x, t
    S = S + S.T - sp.diag(*[S[i, i] for i in range(4)])
    value = 4 * (M * S).trace().subs(w, (1 - v) * n / 2) / (2 * n)
    assert mod_R(value - 2 * (1 - v * a * R / n)) == 0
    difference = a**2 * (b + c) ** 2 - (c - b) ** 2 * (a**2 + 2 * (b + c) ** 2)
    assert is_zero(difference - 2 * (2 * a**2 * b * c - (b**2 - c**2) ** 2))


@pytest.mark.parametrize(
    ("abc", "weight"), [((7, 3, 3), "10/77"), ((7, 2, 2), "2/21"), ((7, 3, 1), "4/63")]
)
def test_W_at_rational_values_the_checkers_verify_the_parent_states(
    abc: tuple[int, int, int], weight: str
) -> None:
    a, b, c = abc
    R = sp.sqrt(a**2 + 2 * (b + c) ** 2)
    assert 1 - Rational(a**2 + b**2 + c**2, a * R) == Rational(weight)
    _, _, _, S, _ = W_matrices()
    values = dict(zip(sp.symbols("a b c R", positive=True), (a, b, c, R), strict=True))
    first = S.subs(values)
    states = {}
    for (e, x), u in {(0, 0): 1, (1, 0): -1, (0, 1): -sp.I, (1, 1): sp.I}.items():
        turn = tensor(sp.diag(1, u), sp.diag(1, sp.conjugate(u)))
        states[e, x] = (turn * first * turn.H).applyfunc(sp.expand)
    pure = w_type_transposed(a, b, c)
    sigma = mixture(pure, white_noise(pure.scenario), weight=Fraction(weight))
    assert verdicts(parents(sigma, states)) == {VERIFIED}


# The families -------------------------------------------------------------------------------------


def test_the_families_contain_the_shipped_assemblages() -> None:
    assert w_type_transposed(2, 1, 1) == transpose()
    assert two_noises(1, 1) == monogamy("ZX")
    assert relative_flips(2) == parity()
    assert unbiased_qubits([[(0, 0, 1), (0, 0, 1)], [(0, 0, 1), (0, 0, -1)]], [1, 1]) == parity()
    assert angles(Fraction(0), Fraction(1)) == parity()


def test_the_examples_are_these_functions() -> None:
    assert exactsteer.examples.two_noises is two_noises
    assert all(callable(getattr(exactsteer.examples, name)) for name in examples.__all__)
    assert set(examples.__all__) <= set(dir(exactsteer.examples))
    with pytest.raises(AttributeError, match="monogami"):
        _ = exactsteer.examples.monogami  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: unbiased_qubits([[(0, 0, 1)], []], [1, 1]), "as many directions"),
        (lambda: two_settings([Fraction(1, 2)] * 2, [1]), "one visibility"),
        (lambda: three_settings(Fraction(1, 2), 2), "from 0 to 1"),
        (lambda: relative_flips(7), "from 2 to 6"),
        (lambda: relative_flips("2"), "from 2 to 6"),  # type: ignore[arg-type]
        (lambda: hidden_pr_box(10**9), "bobs: expected from 1 to 8, got 1000000000"),
        (lambda: hidden_pr_box("2"), "got '2'"),  # type: ignore[arg-type]
        (lambda: two_settings([2, 1], [1, 1]), "tangent: expected an exact number from 0 to 1"),
        (lambda: two_noises(0.5, 1), "visibility: expected an exact number"),  # type: ignore[arg-type]
        (lambda: unbiased_qubits([[(0, 1)]], [1]), "three exact numbers"),  # type: ignore[list-item]
        (lambda: w_type_transposed(0, 1, 1), "a > 0"),
        (lambda: w_type_transposed("2", 1, 1), "got '2', 1, 1"),  # type: ignore[arg-type]
        (lambda: w_type_transposed(True, 1, 1), "got True, 1, 1"),
        (lambda: monogamy("ZW"), "letters X, Y, Z"),
        (lambda: monogamy(3), "letters X, Y, Z"),  # type: ignore[arg-type]
        (lambda: angles("1/2"), "t: expected an exact number from 0 to 1"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_member_is_refused(call: Callable[[], Assemblage], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


# Against the semidefinite program --------------------------------------------------------------


def largest_visibility(sigma: Assemblage) -> float:
    """v* from lambda at v = 1: S(v) = v S + (1 - v) 1/(2D) moves lambda linearly."""
    structure = Structure(sigma.scenario)
    families = [{e: to_array(m) for e, m in sigma[k].items()} for k in range(sigma.scenario.N)]
    share = 1 / (2 * sigma.scenario.joint_dimension)
    return share / (share - solve_arrays(structure, families, 1e-11).value)


def random_tangents(random: Random, count: int) -> list[Fraction]:
    return [Fraction(random.randint(0, 60), 60) for _ in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("N", [3, 4])
def test_A_agrees_with_the_program(N: int) -> None:
    random = Random(N)
    for _ in range(50):
        tangents = random_tangents(random, N)
        points = [circle_point(t) for t in tangents]
        threshold = 1 / (max(c for c, _ in points) + max(s for _, s in points))
        found = largest_visibility(two_settings(tangents, [1] * N))
        assert found == pytest.approx(float(threshold), abs=1e-8)


@pytest.mark.slow
def test_D_agrees_with_the_program() -> None:
    random = Random(0)
    for _ in range(50):
        tangents = random_tangents(random, 2)
        visibilities = [Fraction(random.randint(1, 20), 20) for _ in range(2)]
        points = [circle_point(t) for t in tangents]
        found = largest_visibility(two_settings(tangents, visibilities))
        # 1/v* = 1 - 2 D lambda is the value of the program.
        assert 1 / found == pytest.approx(1 / by_theorem_D(points, visibilities), abs=1e-8)


def by_theorem_D(
    points: Sequence[tuple[Fraction, Fraction]], visibilities: Sequence[Fraction]
) -> float:
    """The largest common factor of the visibilities: a program with three other unknowns."""

    def numbers(m: Matrix) -> picos.Constant:
        return picos.Constant(np.array(m.tolist(), complex).real)

    problem = picos.Problem()
    v, t = picos.RealVariable("v"), picos.RealVariable("t", 3)
    bloch = sp.zeros(4)
    for k, ((c, s), w) in enumerate(zip(points, visibilities, strict=True)):
        bloch += Rational(w) * on(2, k, Rational(s) * X + Rational(c) * Z)
    state = numbers(sp.eye(4)) + v * numbers(bloch)
    for i, pauli in enumerate(PAULI):
        state += t[i] * numbers(tensor(pauli, pauli))
    problem.add_constraint(state >> 0)
    problem.set_objective("max", v)
    problem.options.update(abs_ipm_opt_tol=1e-9, rel_ipm_opt_tol=1e-9, solver="cvxopt")
    problem.solve()
    return float(v.value)
