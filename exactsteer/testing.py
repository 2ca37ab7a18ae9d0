"""Hypothesis strategies for exact steering objects; needs the extra ``exactsteer[test]``.

Every object is exact (over Q(i)) and valid by construction, so nothing is filtered, and numbers
stay small, so that examples are quick and shrink to something readable. A property of all quantum
assemblages of a scenario is tested like this::

    from hypothesis import given

    from exactsteer import Scenario
    from exactsteer.testing import quantum_assemblages

    T = Scenario(outcomes=((2, 3),), dimensions=(2, 3))

    @given(quantum_assemblages(T))
    def test_quantum_assemblages_obey_my_inequality(sigma):
        assert my_inequality.value(sigma) >= 0

From small to large: `integer_matrices`, `hermitians`, `unitaries`, `weights`, `states`, `povms`;
`scenarios`, `correlations`; `realisations` (Definition 3), `quantum_assemblages`, `assemblages`
(all kinds) and `postquantum_assemblages` (provably without parent states).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict, Unpack

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.quantum.realisation import Flagged, Pure, Realisation
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import diagonal, hermitian
from exactsteer.model.named import monogamy, parity
from exactsteer.model.noise import mixture, white_noise

Draw = st.DrawFn
Strategy = st.SearchStrategy

# Mixed with white noise up to its robustness, 1 - 1/sqrt 2 = 0.2928.. and 1/2, each of these
# assemblages keeps being postquantum.
_CORES: tuple[tuple[Callable[[], Assemblage], tuple[Fraction, ...]], ...] = (
    (lambda: monogamy("ZX"), tuple(Fraction(p, 100) for p in (0, 10, 20, 29))),
    (parity, tuple(Fraction(p, 100) for p in (0, 20, 40, 49))),
)


class Limits(TypedDict, total=False):
    """The largest numbers of a drawn scenario: 2 Alices, 8 for the joint dimension of all Bobs, 24
    pairs (a, x), and 3 Bobs, settings of an Alice, outcomes of a setting, dimensions of a Bob.
    """

    max_alices: int
    max_bobs: int
    max_settings: int
    max_outcomes: int
    max_dimension: int
    max_joint_dimension: int
    max_elements: int


_LIMITS: Limits = {
    "max_alices": 2,
    "max_bobs": 3,
    "max_settings": 3,
    "max_outcomes": 3,
    "max_dimension": 3,
    "max_joint_dimension": 8,
    "max_elements": 24,
}


@st.composite
def scenarios(draw: Draw, **limits: Unpack[Limits]) -> Scenario:
    """Scenarios; outcome numbers depend on party and setting, dimensions on the Bob.

    The simplest one has one Alice, one setting, one outcome and a trivial Bob.
    """
    if unknown := limits.keys() - Limits.__annotations__.keys():
        raise TypeError(f"unexpected {', '.join(unknown)}; expected {', '.join(_LIMITS)}")
    most = _LIMITS | limits
    rows: list[tuple[int, ...]] = []
    room = most["max_elements"]
    for _ in range(draw(st.integers(1, most["max_alices"]))):
        row: list[int] = []
        for _ in range(draw(st.integers(1, most["max_settings"]))):
            left = room - sum(row)
            if left > 0:
                row.append(draw(st.integers(1, min(most["max_outcomes"], left))))
        rows.append(tuple(row))
        room //= sum(row)
    dimensions: list[int] = []
    for _ in range(draw(st.integers(1, most["max_bobs"]))):
        left = most["max_joint_dimension"] // math.prod(dimensions)
        dimensions.append(draw(st.integers(1, min(most["max_dimension"], left))))
    return Scenario(tuple(rows), tuple(dimensions))


@st.composite
def integer_matrices(draw: Draw, rows: int, columns: int, bound: int = 2) -> Rectangular:
    """Matrices of Gaussian integers, real and imaginary parts at most `bound` in modulus."""
    half = rows * columns
    entries = draw(_small_integers(2 * half, bound))
    return Rectangular(
        1, fmpz_mat(rows, columns, entries[:half]), fmpz_mat(rows, columns, entries[half:])
    )


@st.composite
def hermitians(draw: Draw, n: int, bound: int = 3, max_denominator: int = 1) -> Hermitian:
    """Hermitian n x n matrices, integers of at most `bound` in modulus over one denominator."""
    entries = draw(_small_integers(n * n, bound))
    den = draw(st.integers(1, max_denominator)) if max_denominator > 1 else 1
    return _hermitian_from(n, entries, den)


def unitaries(n: int, bound: int = 1) -> Strategy[Rectangular]:
    """Rational unitary n x n matrices, by Cayley's transform (1 - iH)(1 + iH)^-1."""
    return hermitians(n, bound).map(_cayley)


def weights(count: int, bound: int = 3) -> Strategy[tuple[fmpq, ...]]:
    """Probability distributions on `count` values; the simplest is sure of the first."""
    return st.binary(min_size=count, max_size=count).map(
        lambda data: _normalised([byte % (bound + 1) for byte in data])
    )


@st.composite
def states(draw: Draw, n: int, rank: int | None = None, bound: int = 2) -> Hermitian:
    """Density matrices L L^dagger / tr L L^dagger; pure ones for rank 1.

    `rank` is the number of columns of L, so the rank of the state is at most that; drawn if None.
    """
    columns = draw(st.integers(1, n)) if rank is None else rank
    factor = draw(integer_matrices(n, columns, bound))
    square = Hermitian.from_rectangular(factor @ _adjoint(factor))
    if square.is_zero():
        return diagonal([1, *[0] * (n - 1)])
    return square.scaled(square.trace() ** -1)


@st.composite
def povms(draw: Draw, n: int, outcomes: int) -> tuple[Hermitian, ...]:
    """POVMs on C^n: positive semidefinite effects that sum to the unit matrix exactly.

    Rank-one projections of a rational orthonormal basis are distributed over the outcomes, wholly
    (projective measurements) or in parts; half of the time two such measurements are mixed.
    """
    effects = draw(_basis_povms(n, outcomes))
    if draw(st.booleans()):
        half = fmpq(1, 2)
        others = draw(_basis_povms(n, outcomes))
        return tuple((a + b).scaled(half) for a, b in zip(effects, others, strict=True))
    return effects


@st.composite
def correlations(draw: Draw, scenario: Scenario) -> dict[Element, fmpq]:
    """No-signalling correlations p(a|x) of the Alices of a scenario.

    With one Alice every p(a|x) is one. With several, a product of local distributions is mixed
    with a box in which the first two Alices' bits satisfy a_1 + a_2 = f(x_1, x_2) mod 2 for a drawn
    f: a Popescu-Rohrlich box, among others.
    """
    local = [[draw(weights(o)) for o in row] for row in scenario.outcomes]
    if scenario.n == 1 or draw(st.booleans()):
        return _product_correlations(scenario, local)
    # An outcome number of 1 leaves no bit; the pair of settings is then uncorrelated.
    f = {
        pair: draw(st.integers(0, 1))
        for pair in ((x, y) for x in range(len(local[0])) for y in range(len(local[1])))
    }
    share = draw(st.sampled_from([fmpq(1), fmpq(1, 2), fmpq(3, 4)]))
    uniform = [[_uniform_bit(o) for o in row] for row in scenario.outcomes[:2]]
    box = _product_correlations(scenario, [*uniform, *local[2:]])
    for a, x in scenario.elements():
        if min(scenario.outcomes[0][x[0]], scenario.outcomes[1][x[1]]) > 1:
            box[a, x] = box[a, x] * 2 * int((a[0] + a[1]) % 2 == f[x[0], x[1]])
    product = _product_correlations(scenario, local)
    return {e: share * box[e] + (1 - share) * p for e, p in product.items()}


@st.composite
def realisations(draw: Draw, scenario: Scenario, system: int = 2) -> Realisation:
    """Quantum realisations (Definition 3): a state and POVMs, each Alice's system C^system.

    The state is pure, or mixed of a pure state and a product of a basis state of the Alices with a
    state of the Bobs.
    """
    size, alices = scenario.joint_dimension, system**scenario.n
    psi = draw(integer_matrices(alices, size, 1))
    if psi.norm_squared() == 0:
        psi = Rectangular(1, _corner(alices, size), fmpz_mat(alices, size))
    terms: list[Pure | Flagged] = [Pure(psi)]
    if draw(st.booleans()):
        index = draw(st.integers(0, alices - 1))
        terms.append(Flagged(index, draw(states(size, rank=1, bound=1))))
    effects: list[dict[tuple[int, int], Hermitian]] = []
    for row in scenario.outcomes:
        mine = {}
        for x, o in enumerate(row):
            for a, effect in enumerate(draw(povms(system, o))):
                mine[a, x] = effect
        effects.append(mine)
    return Realisation(scenario, (system,) * scenario.n, tuple(terms), tuple(effects))


@st.composite
def quantum_assemblages(
    draw: Draw, scenario: Scenario | None = None, *, full_rank: bool = False
) -> Assemblage:
    """Assemblages computed from a quantum realisation; of a drawn scenario if None.

    With `full_rank` they are mixed with white noise, so that every element is invertible and
    they have invertible parent states.
    """
    t = draw(scenarios()) if scenario is None else scenario
    sigma = Assemblage(t, draw(realisations(t)).families())
    if not full_rank:
        return sigma
    share = draw(st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]))
    return mixture(sigma, white_noise(t), weight=share)


@st.composite
def assemblages(draw: Draw, scenario: Scenario | None = None) -> Assemblage:
    """Assemblages of every kind, quantum or not; of a drawn scenario if None.

    A quantum assemblage of which some Bobs' elements are transposed, mixed with independent
    states of the Bobs that meet no-signalling correlations of the Alices.
    """
    t = draw(scenarios()) if scenario is None else scenario
    sigma = draw(quantum_assemblages(t))
    families = [
        {e: _transposed(m) for e, m in sigma[k].items()} if draw(st.booleans()) else sigma[k]
        for k in range(t.N)
    ]
    sigma = Assemblage(t, families)
    if draw(st.booleans()):
        p = draw(correlations(t))
        bobs = [draw(states(d)) for d in t.dimensions]
        product = Assemblage(t, [{e: b.scaled(q) for e, q in p.items()} for b in bobs])
        sigma = mixture(sigma, product, weight=Fraction(1, 2))
    return sigma


@st.composite
def postquantum_assemblages(draw: Draw, scenario: Scenario | None = None) -> Assemblage:
    """Assemblages without parent states, hence without a quantum realisation.

    The monogamy assemblage {Z, X} or the parity assemblage, mixed with less white noise than
    they tolerate, is placed in the scenario (two settings of one Alice, two Bobs) and turned by
    rational local unitaries. The default scenario has one Alice, two settings of two outcomes and
    two qubits. Raises ValueError when no Alice has two settings of two outcomes or fewer than two
    Bobs have a qubit.
    """
    t = Scenario(((2, 2),), (2, 2)) if scenario is None else scenario
    places = postquantum_places(t)
    if not places:
        raise ValueError(
            "postquantum steering needs an Alice with two settings of two outcomes and two Bobs "
            f"of dimension two or more; got {t.sentence()}"
        )
    core, noises = draw(st.sampled_from(_CORES))
    sigma = core()
    sigma = mixture(sigma, white_noise(sigma.scenario), weight=draw(st.sampled_from(noises)))
    place = draw(st.sampled_from(places))
    local = [[draw(weights(o)) for o in row] for row in t.outcomes]
    bobs = [draw(states(d)) for d in t.dimensions]
    placed = embedded(sigma, t, place, local, bobs)
    turns = [draw(unitaries(d)) for d in t.dimensions]
    return Assemblage(
        t,
        [{e: _turned(m, turn) for e, m in placed[k].items()} for k, turn in enumerate(turns)],
    )


@dataclass(frozen=True)
class Place:
    """Where a core with one Alice, two settings and two Bobs sits in a larger scenario."""

    alice: int
    settings: tuple[int, int]
    bobs: tuple[int, int]


def postquantum_places(scenario: Scenario) -> list[Place]:
    """All places for a core: settings of two outcomes or more, Bobs of dimension two or more."""
    bobs = [k for k, d in enumerate(scenario.dimensions) if d > 1]
    out = []
    for j, row in enumerate(scenario.outcomes):
        settings = [x for x, o in enumerate(row) if o > 1]
        out += [
            Place(j, (x, y), (k, m))
            for x in settings
            for y in settings
            if x < y
            for k in bobs
            for m in bobs
            if k < m
        ]
    return out


def embedded(
    core: Assemblage,
    scenario: Scenario,
    place: Place,
    local: Sequence[Sequence[Sequence[fmpq]]],
    bobs: Sequence[Hermitian],
) -> Assemblage:
    """Put a core (one Alice, two settings of two outcomes, two qubits) into a scenario.

    The chosen Alice reports the core's outcome 0 as 0 and its outcome 1 as one of 1, 2, .., chosen
    with the weights `local`; all other outcomes follow `local[j][x]` independently of the rest. The
    qubits are the first two levels of the chosen Bobs; the other Bobs hold `bobs[k]`.
    Restricting the scenario and joining outcomes gives the core back, so parent states of the
    result would give parent states of the core.
    """
    families: list[Family] = []
    for k, d in enumerate(scenario.dimensions):
        family = {}
        for a, x in scenario.elements():
            others = fmpq(1)
            for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
                if j != place.alice:
                    others *= local[j][setting][outcome]
            mine = local[place.alice][x[place.alice]]
            shares = _shares(mine, a[place.alice], x[place.alice], place)
            if k in place.bobs:
                part = _steered(core, place.bobs.index(k), shares)
                family[a, x] = _padded(part, d).scaled(others)
            else:
                p = sum((share * core.probability(e) for e, share in shares.items()), fmpq(0))
                family[a, x] = bobs[k].scaled(others * p)
        families.append(family)
    return Assemblage(scenario, families)


def _shares(mine: Sequence[fmpq], outcome: int, setting: int, place: Place) -> dict[Element, fmpq]:
    """Of which elements of the core, and with which shares, an element is the sum."""
    if setting not in place.settings:
        return {((0,), (0,)): mine[outcome], ((1,), (0,)): mine[outcome]}
    x = place.settings.index(setting)
    if outcome == 0:
        return {((0,), (x,)): fmpq(1)}
    rest = sum(mine[1:], fmpq(0))
    share = mine[outcome] * rest**-1 if rest else fmpq(int(outcome == 1))
    return {((1,), (x,)): share}


def _steered(core: Assemblage, bob: int, shares: Mapping[Element, fmpq]) -> Hermitian:
    total = Hermitian.zero(2)
    for e, share in shares.items():
        total = total + core[bob][e].scaled(share)
    return total


def _padded(m: Hermitian, d: int) -> Hermitian:
    inside = range(m.n)
    return hermitian(
        [[m.entry(i, j) if i in inside and j in inside else 0 for j in range(d)] for i in range(d)]
    )


def _basis_povms(n: int, outcomes: int) -> Strategy[tuple[Hermitian, ...]]:
    size = n * n

    def effects(data: bytes) -> tuple[Hermitian, ...]:
        entries, rest = _decoded(data[:size], 1), [byte % 4 for byte in data[size:]]
        basis = _cayley(_hermitian_from(n, entries, 1))
        shares = [_normalised(rest[i * outcomes : (i + 1) * outcomes]) for i in range(n)]
        return tuple(_turned(diagonal([s[a] for s in shares]), basis) for a in range(outcomes))

    # All in one draw, which is much faster than many.
    length = size + n * outcomes
    return st.binary(min_size=length, max_size=length).map(effects)


def _small_integers(count: int, bound: int) -> Strategy[list[int]]:
    """Integers of modulus at most `bound`, drawn at once."""
    return st.binary(min_size=count, max_size=count).map(lambda data: _decoded(data, bound))


def _decoded(data: bytes, bound: int) -> list[int]:
    """Bytes as integers of modulus at most `bound`; smaller bytes stand for simpler integers."""
    order = sorted(range(-bound, bound + 1), key=lambda n: (abs(n), -n))
    return [order[byte % len(order)] for byte in data]


def _normalised(numbers: Sequence[int]) -> tuple[fmpq, ...]:
    total = sum(numbers)
    if total == 0:
        return (fmpq(1), *[fmpq(0)] * (len(numbers) - 1))
    return tuple(fmpq(p, total) for p in numbers)


def _hermitian_from(n: int, entries: Sequence[int], den: int) -> Hermitian:
    """The lower triangle of the square of numbers is the real part, the upper one the imaginary."""
    re = [[entries[max(i, j) * n + min(i, j)] for j in range(n)] for i in range(n)]
    im = [
        [(0 if i == j else entries[i * n + j] if i < j else -entries[j * n + i]) for j in range(n)]
        for i in range(n)
    ]
    return Hermitian.of(den, re, im)


def _cayley(h: Hermitian) -> Rectangular:
    """(1 - iH)(1 + iH)^-1, computed in the real form [[re, -im], [im, re]] of the matrices."""
    n = h.n
    den, re, im = h.integers()
    plus = fmpz_mat(2 * n, 2 * n)
    for i in range(n):
        for j in range(n):
            unit = den * int(i == j)
            plus[i, j] = plus[n + i, n + j] = unit - im[i][j]
            plus[n + i, j], plus[i, n + j] = re[i][j], -re[i][j]
    twice = fmpz_mat(
        2 * n, 2 * n, [2 * den * int(i == j) for i in range(2 * n) for j in range(2 * n)]
    )
    turn = fmpq_mat(twice - plus) * fmpq_mat(plus).inv()
    common = fmpz(1)
    for q in turn.entries():
        common = common.lcm(q.q)
    scaled = [[(turn[i, j] * common).p for j in range(n)] for i in range(2 * n)]
    return Rectangular(
        common,
        fmpz_mat(n, n, [v for row in scaled[:n] for v in row]),
        fmpz_mat(n, n, [v for row in scaled[n:] for v in row]),
    )


def _adjoint(m: Rectangular) -> Rectangular:
    return m.conjugate().transpose()


def _turned(m: Hermitian, turn: Rectangular) -> Hermitian:
    return Hermitian.from_rectangular(turn @ m @ _adjoint(turn))


def _transposed(m: Hermitian) -> Hermitian:
    return Hermitian.from_rectangular(m.transpose())


def _corner(rows: int, columns: int) -> fmpz_mat:
    m = fmpz_mat(rows, columns)
    m[0, 0] = 1
    return m


def _uniform_bit(outcomes: int) -> tuple[fmpq, ...]:
    if outcomes == 1:
        return (fmpq(1),)
    return (fmpq(1, 2), fmpq(1, 2), *[fmpq(0)] * (outcomes - 2))


def _product_correlations(
    scenario: Scenario, local: Sequence[Sequence[Sequence[fmpq]]]
) -> dict[Element, fmpq]:
    out = {}
    for a, x in scenario.elements():
        p = fmpq(1)
        for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
            p *= local[j][setting][outcome]
        out[a, x] = p
    return out
