"""Symmetries of functionals, the smaller forms of moment programs, and what they prove."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from bell_inequalities import cglmp, chained, correlators, mermin
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import Undecided
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.functionals import (
    bb84_game,
    bell_functional,
    chsh,
    guess_your_neighbours_input,
    i3322,
    monogamy_game,
)
from exactsteer.model.gaussian import ket_bra
from exactsteer.programs.local_unitaries import local_unitary
from exactsteer.programs.moments import free_entries, interior_point, reference, symmetry
from exactsteer.programs.moments.free_entries import in_free_entries
from exactsteer.programs.moments.orbits import symmetric_program
from exactsteer.programs.moments.solvers import form_of, solve_moments
from exactsteer.programs.moments.symmetry import symmetry_of, unique_form
from exactsteer.proving.quantum import levels
from exactsteer.proving.quantum.bounds import best_squares, certify_bound, least_upper
from exactsteer.proving.quantum.levels import program_for, words_for
from exactsteer.proving.quantum.rounded_squares import Best

HALF = fmpq(1, 2)
Z_BASIS = (ket_bra([1, 0]), ket_bra([0, 1]))
X_BASIS = (ket_bra([1, 1], HALF), ket_bra([1, -1], HALF))
Y_BASIS = (ket_bra([1, (0, 1)], HALF), ket_bra([1, (0, -1)], HALF))


def number(q):
    return int(q.p) / int(q.q)


def generators(symmetry):
    return [u for level in symmetry.levels for u in level]


def moved(functional, symmetry, u):
    """The functional with its points permuted; coefficients of outcomes that are left out too."""
    at = {point: i for i, point in enumerate(symmetry.points)}
    total = {}
    for (a, x), h in functional.coefficients.items():
        new_a, new_x = [-1] * len(a), [0] * len(x)
        for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
            i, y, b = symmetry.points[u[at[j, setting, max(outcome, 0)]]]
            new_a[i], new_x[i] = (b if outcome >= 0 else -1), y
        total[tuple(new_a), tuple(new_x)] = h
    return Functional(functional.scenario, total)


SCENARIOS = [((2, 2), (2, 2)), ((3, 2), (2, 3)), ((3,), (3,)), ((2, 2), (3,)), ((2,), (2,), (2, 2))]


@st.composite
def functionals(draw):
    scenario = Scenario(draw(st.sampled_from(SCENARIOS)), (1,))
    # Few different values, so that there are symmetries.
    coefficients = {e: Hermitian.of(1, [[draw(st.integers(-1, 1))]]) for e in scenario.elements()}
    return Functional(scenario, coefficients)


def brute_force_order(functional, shapes):
    """How many permutations of parties, settings and outcomes fix the functional."""
    outcomes = functional.scenario.outcomes
    form = unique_form(functional)

    def images(j, i):
        """All relabellings of Alice j as Alice i."""
        for order in itertools.permutations(range(len(outcomes[i]))):
            if len(outcomes[j]) != len(order):
                return
            if any(outcomes[j][x] != outcomes[i][y] for x, y in enumerate(order)):
                continue
            for maps in itertools.product(*(itertools.permutations(range(d)) for d in outcomes[j])):
                yield {(j, x, a): (i, order[x], m[a]) for x, m in enumerate(maps) for a in m}

    count = 0
    for pi in itertools.permutations(range(len(outcomes))):
        if {tuple(s[pi[j]] for j in range(len(pi))) for s in shapes} != shapes:
            continue
        for chosen in itertools.product(*(images(j, pi[j]) for j in range(len(pi)))):
            image = {p: q for one in chosen for p, q in one.items()}
            count += {frozenset(image[p] for p in key): c for key, c in form.items()} == form
    return count


@settings(max_examples=30)
@given(functionals())
def test_the_symmetries_are_all_that_fix_the_functional(functional):
    words = words_for(functional.scenario, 1, "1")
    symmetry = symmetry_of(functional, words)
    shapes = {tuple(map(len, word)) for word in words}
    assert symmetry.order == brute_force_order(functional, shapes)
    for u in generators(symmetry):
        assert unique_form(moved(functional, symmetry, u)) == unique_form(functional)


@pytest.mark.parametrize(
    ("functional", "level", "order"),
    [
        (chsh(), "1", 16),
        (chsh(), "1+A", 16),
        (chsh(), "1+AAB", 8),
        (i3322(), "2", 8),
        (guess_your_neighbours_input(), "1", 24),
        (guess_your_neighbours_input(), "1+AB", 8),
        (correlators([[1, 1, 0], [0, 1, 1], [-1, 0, 1]]), "1", 24),
        # Without phases the unitaries keep X and Z up to signs and order: eight, and both Alices.
        (bb84_game(), "1", 16),
        # The Clifford group of a qubit, and both Alices.
        (monogamy_game((Z_BASIS, X_BASIS, Y_BASIS)), "1", 48),
    ],
)
def test_orders_of_groups(functional, level, order):
    """Words that one Alice has and another lacks leave fewer symmetries."""
    D = functional.scenario.joint_dimension
    assert symmetry_of(functional, words_for(functional.scenario, D, level)).order == order


def test_a_product_without_a_unitary_costs_the_symmetry_and_nothing_else(monkeypatch):
    words = words_for(bb84_game().scenario, 2, "1")
    order, calls = symmetry_of(bb84_game(), words).order, []

    def often(pairs, D):
        calls.append(D)
        return local_unitary(pairs, D)

    monkeypatch.setattr(symmetry, "local_unitary", often)
    assert symmetry_of(bb84_game(), words).order == order > 1
    last = len(calls)
    calls.clear()
    monkeypatch.setattr(
        symmetry, "local_unitary", lambda *a: None if len(calls) == last - 1 else often(*a)
    )
    assert symmetry_of(bb84_game(), words).order == 1


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_a_unitary_is_found_where_there_is_one(seed, D):
    rng = np.random.default_rng(seed)
    U = np.linalg.qr(rng.normal(size=(D, D)) + 1j * rng.normal(size=(D, D)))[0]
    given_ = [m + m.conj().T for m in rng.normal(size=(3, D, D)) + 1j * rng.normal(size=(3, D, D))]
    found = local_unitary([(h, U @ h @ U.conj().T) for h in given_], D)
    assert all(np.allclose(found @ h, U @ h @ U.conj().T @ found) for h in given_)
    assert np.allclose(found @ found.conj().T, np.eye(D))
    others = [(h, U @ h @ U.conj().T + (i == 1) * np.diag(range(D))) for i, h in enumerate(given_)]
    assert local_unitary(others, D) is None


def test_settings_that_do_not_matter_may_be_permuted():
    one = bell_functional(((2,) * 6, (2,) * 6), {"0,0|0,0": 1})
    words = words_for(one.scenario, 1, "1")
    expected = 2 * (math.factorial(5) * 2**5) ** 2
    assert symmetry_of(one, words).order == expected


def both(functional, level):
    """What the symmetric and the plain form prove, by the kernel's own sum of the squares."""
    D = functional.scenario.joint_dimension
    words = words_for(functional.scenario, D, level)
    program = program_for(functional, words)
    symmetric = symmetric_program(functional, words)
    proved = []
    for form in (form_of(program, symmetric), form_of(program)):
        best = Best(program, homogeneous=False)
        solve_moments(form, best.offer)
        proved.append(number(least_upper(functional, best_squares(best, words, D))))
    return symmetric, proved


@pytest.mark.parametrize(
    ("functional", "level"),
    [
        (chsh(), "1"),
        (i3322(), "2"),
        (i3322(), "1+AB"),
        (guess_your_neighbours_input(), "2"),
        (mermin(), "2"),
        (cglmp(3), "1+AB"),
        (correlators([[1, 1, 0], [0, 1, 1], [-1, 0, 1]]), "1+A+B"),
        (bb84_game(), "2"),
        (monogamy_game((Z_BASIS, Y_BASIS)), "1+AB"),
        (monogamy_game((Z_BASIS, X_BASIS, Y_BASIS)), "1"),
    ],
)
def test_the_symmetric_form_proves_the_same(functional, level):
    symmetric, (reduced, plain) = both(functional, level)
    assert symmetric is not None
    assert reduced == pytest.approx(plain, abs=2e-8)
    sizes = [kind.size * len(kind.copies) for kind in symmetric.isotypic]
    D = functional.scenario.joint_dimension
    assert sum(sizes) == D * len(words_for(functional.scenario, D, level))


@settings(max_examples=5)
@given(functionals())
def test_random_functionals_have_the_same_bound_in_both_forms(functional):
    symmetric, (reduced, plain) = both(
        functional, "+".join(["1", "AB", "ABC"][: functional.scenario.n])
    )
    if symmetric is not None:
        assert reduced == pytest.approx(plain, abs=1e-6)


def test_the_average_over_the_group_proves_the_same():
    functional = i3322()
    words = words_for(functional.scenario, 1, "1+AB")
    program = program_for(functional, words)
    best = Best(program, homogeneous=False)
    solve_moments(form_of(program), best.offer)
    mean = symmetric_program(functional, words).actions.average(best.Z)
    # With two outcomes the letters are the kernel's.
    averaged = Best(program, homogeneous=False)
    averaged.offer(mean, 0.0)
    proved = [
        number(least_upper(functional, best_squares(one, words, 1))) for one in (best, averaged)
    ]
    assert proved[1] <= proved[0] + 1e-10


@pytest.mark.parametrize("few", [0, 200])
def test_a_level_that_bounds_nothing_is_no_crash(few, monkeypatch):
    """A and B alone, without 1: the sum of no squares has the functional's letters."""
    monkeypatch.setattr(levels, "FEW_VARIABLES", few)
    functional = bell_functional(((4,), (3, 2)), {"1,2|0,0": 1})
    with pytest.raises(Undecided, match="lacks the word 1"):
        certify_bound(functional, "A+B")


@pytest.mark.parametrize("functional", [chsh(), i3322()])
def test_blocks_and_whole_multipliers(functional):
    """Blocks >= 0 make a whole multiplier >= 0, with the same traces."""
    symmetric = symmetric_program(functional, words_for(functional.scenario, 1, "1+AB"))
    rng = np.random.default_rng(1)
    Z = []
    for block in symmetric.program.blocks:
        root = rng.normal(size=(block.size, block.size))
        Z.append(root @ root.T)
    whole = symmetric.lifted(Z)
    assert np.linalg.eigvalsh(whole)[0] > -1e-9
    program = program_for(functional, words_for(functional.scenario, 1, "1+AB"))
    value = sum(np.vdot(block.C, z) for block, z in zip(symmetric.program.blocks, Z, strict=True))
    assert np.vdot(program.C, whole) == pytest.approx(value)


@pytest.mark.parametrize(("d", "value"), [(3, 2.9148542155), (4, 2.9726983)])
def test_cglmp_at_level_1_with_products(d, value, monkeypatch):
    """Masanes; Acin, Durt, Gisin and Latorre: 1 + sqrt(11/3) for three outcomes."""
    monkeypatch.setattr(levels, "FEW_VARIABLES", 0)
    certificate = certify_bound(cglmp(d), "1+AB")
    assert number(certificate.upper) == pytest.approx(value, abs=1e-6)
    assert "symmetries" in certificate.theorem.provenance["solver"]
    assert check(certificate.data).statement.upper == certificate.upper


def test_chained_settings_by_symmetry_and_by_free_entries(monkeypatch):
    """Braunstein and Caves: 2 n cos(pi/2n)."""
    n = 13
    functional = chained(n)
    expected = 2 * n * math.cos(math.pi / (2 * n))
    words = words_for(functional.scenario, 1, "1")
    assert symmetric_program(functional, words).program.variables == n - 1
    monkeypatch.setattr(levels, "FEW_VARIABLES", 0)
    assert number(certify_bound(functional, "1").upper) == pytest.approx(expected, abs=1e-8)
    monkeypatch.setattr(levels, "symmetric_program", lambda functional, words: None)
    certificate = certify_bound(functional, "1")
    assert "free entries" in certificate.theorem.provenance["solver"]
    assert number(certificate.upper) == pytest.approx(expected, abs=1e-8)


def test_free_entries_have_the_values_of_the_program_with_the_other_sign(monkeypatch):
    monkeypatch.setattr(free_entries, "FEWEST", 1)
    functional = correlators([[1, 1, 2], [1, -2, 1], [3, 1, -1]])
    program = program_for(functional, words_for(functional.scenario, 1, "1")).in_one_block()
    free = in_free_entries(program)
    assert free.variables == 28 - program.variables
    expected = reference.solve(program)
    run = interior_point.solve(free)
    assert -run.primal_value == pytest.approx(expected.dual_value, abs=1e-6)
    assert -run.dual_value == pytest.approx(expected.primal_value, abs=1e-6)
