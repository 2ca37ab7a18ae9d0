"""The structured solver of (D) against PICOS, and the bounds that each of its iterates gives."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from random_programs import SCENARIOS, arrays, assert_feasible, random_assemblage

from exactsteer.cli import group
from exactsteer.errors import InputError, SolverFailed
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import (
    breuer_hall_steering,
    monogamy,
    monogamy_two_alices,
    parity,
    pr_box,
    transpose,
)
from exactsteer.model.noise import ghz_noise, w_noise, white_noise
from exactsteer.model.theorem_families import two_settings
from exactsteer.programs import memory, methods
from exactsteer.programs.memory import memory_limit
from exactsteer.programs.methods import is_quick_with_picos, solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.solve import picos_name
from exactsteer.programs.structured import (
    Structure,
    iterates,
    newton,
    sign_decided,
    solve_box,
    solve_structured,
    systems,
)
from exactsteer.testing import assemblages, scenarios

TRACE = Normalisation.TRACE
NAMED = {
    "parity": parity,
    "monogamy ZX": lambda: monogamy("ZX"),
    "monogamy ZXY": lambda: monogamy("ZXY"),
    "transpose": transpose,
    "Breuer-Hall": breuer_hall_steering,
    "GHZ noise": ghz_noise,
    "W noise": w_noise,
    "two Alices": monogamy_two_alices,
    "PR box": pr_box,
}


@pytest.mark.parametrize("name", NAMED)
def test_the_optimum_is_that_of_a_general_solver(name):
    sigma = NAMED[name]()
    ours, theirs = solve_structured(sigma), solve_dual(sigma, TRACE, "picos:cvxopt")
    assert theirs.run.solver == "cvxopt"
    assert ours.value == pytest.approx(theirs.value, abs=1e-7)


@settings(max_examples=3)
@given(assemblages())
def test_the_optimum_of_any_assemblage_is_that_of_a_general_solver(sigma):
    agree_with_a_general_solver(sigma)


@pytest.mark.slow
@settings(max_examples=30)
@given(assemblages())
def test_the_optima_of_many_assemblages_are_those_of_a_general_solver(sigma):
    agree_with_a_general_solver(sigma)


def agree_with_a_general_solver(sigma):
    ours = solve_structured(sigma)
    try:
        theirs = solve_dual(sigma, TRACE, "cvxopt").value
    except SolverFailed:
        return
    assert ours.value == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("scenario", SCENARIOS, ids=Scenario.sentence)
def test_every_iterate_is_feasible(scenario, seed):
    sigma = random_assemblage(scenario, seed)
    structure = Structure(scenario)
    found = list(iterates(structure, sigma))
    assert found[-1].gap < 1e-7
    for before, after in itertools.pairwise(found):
        assert after.gap < before.gap
    for iterate in found:
        assert_feasible(structure, sigma, iterate)
        assert iterate.lam <= found[-1].value + 1e-12
        assert iterate.value >= found[-1].lam - 1e-12
        assert iterate.value - iterate.lam == pytest.approx(iterate.gap, abs=1e-10)


@pytest.mark.parametrize("solve", [solve_structured, solve_box])
def test_another_corrector_saves_systems(monkeypatch, solve):
    taken = []
    for another in (False, True):
        made = Broken(100, singular)
        monkeypatch.setattr(systems, "NewtonSystem", made)
        monkeypatch.setattr(systems, "factors_slowly", lambda *_, is_so=another: is_so)
        solution = solve(breuer_hall_steering(), 1e-5)
        assert solution.run.gap < 1e-5
        taken.append(100 - made.left)
    assert taken[1] < taken[0]


@pytest.mark.parametrize("name", NAMED)
def test_the_multipliers_are_those_of_the_last_iterate(name):
    sigma = NAMED[name]()
    scenario, solution = sigma.scenario, solve_structured(sigma)
    last = [i for i in iterates(Structure(scenario), arrays(sigma)) if i.gap <= solution.run.gap]
    for i, e in enumerate(scenario.elements()):
        assert np.allclose(solution.joint_matrix(e), last[0].m[i], atol=1e-10)
    for j, family in enumerate(solution.V):
        for (b, x), v in family.items():
            others = range(1, len(scenario.outcomes[j]))
            rest = sum(family[b, (*x[:j], s, *x[j + 1 :])] for s in others)
            assert x[j] > 0 or np.allclose(v, -rest, atol=1e-12)
    value = sum(
        np.vdot(solution.W[k][e], m).real for k, f in enumerate(arrays(sigma)) for e, m in f.items()
    )
    assert solution.value == pytest.approx(value, abs=1e-10)


@pytest.mark.parametrize(
    ("sigma", "sign"), [(parity(), -1), (white_noise(ghz_noise().scenario), 1)]
)
def test_it_stops_as_soon_as_the_sign_is_decided(sigma, sign):
    structure = Structure(sigma.scenario)
    decided = [sign_decided(iterate) for iterate in iterates(structure, arrays(sigma))]
    early = solve_structured(sigma, stop=sign_decided)
    assert decided.index(True) < len(decided) - 3
    assert early.run.gap > 1e-6
    assert sign * early.value > 0


# ---- Trouble ----


class Broken:
    """A Newton system that fails from some call on."""

    def __init__(self, good, fault):
        self.left, self.fault = good, fault

    def __call__(self, structure, p, weights=None):
        self.left -= 1
        if self.left < 0:
            return self.fault(structure, p)
        return newton.NewtonSystem(structure, p, weights)


def singular(structure, p):
    raise np.linalg.LinAlgError("pivot 1 is not positive")


def overflowing(structure, p):
    return newton.NewtonSystem(structure, p * 1e200)


def undefined(structure, p):
    return newton.NewtonSystem(structure, p * np.nan)


@pytest.fixture
def no_least_squares(monkeypatch):
    monkeypatch.setattr(systems, "takes_moments", lambda _: False)


@pytest.mark.parametrize("fault", [singular, overflowing, undefined])
@pytest.mark.parametrize("good", [0, 3])
def test_trouble_ends_in_the_last_valid_iterate(monkeypatch, no_least_squares, fault, good):
    monkeypatch.setattr(systems, "NewtonSystem", Broken(good, fault))
    sigma = parity()
    solution = solve_structured(sigma)
    assert solution.run.gap > 1e-6
    assert -1 / 8 <= solution.value <= -1 / 8 + solution.run.gap
    assert all(np.isfinite(m).all() for f in (*solution.W, *solution.V) for m in f.values())


@pytest.mark.parametrize("fault", [singular, overflowing, undefined])
def test_least_squares_take_over(monkeypatch, fault):
    monkeypatch.setattr(systems, "NewtonSystem", Broken(3, fault))
    solution = solve_structured(parity())
    assert solution.run.gap < 1e-9
    assert solution.value == pytest.approx(-1 / 8, abs=1e-9)


# tan(phi/4) of both Bobs and their visibilities. At the optima most digits of the factored matrix
# are lost: it ended at gaps from 2e-9 to 2e-8, under BOX from 2e-8 to 9e-8.
DEGENERATE = [
    ((34, 27), (20, 4)),
    ((45, 51), (20, 5)),
    ((19, 18), (4, 18)),
    ((37, 40), (11, 7)),
    ((15, 1), (9, 4)),
]


@pytest.mark.parametrize(("sixtieths", "twentieths"), DEGENERATE)
def test_a_degenerate_optimum_is_found_as_precisely_as_others(sixtieths, twentieths):
    tangents = [Fraction(t, 60) for t in sixtieths]
    sigma = two_settings(tangents, [Fraction(v, 20) for v in twentieths])
    assert solve_structured(sigma, 1e-10).run.gap < 1e-10
    assert solve_box(sigma, 1e-8).run.gap < 1e-9


def test_the_next_solver_starts_where_the_first_ends_early(monkeypatch, no_least_squares):
    monkeypatch.setattr(systems, "NewtonSystem", Broken(2, singular))
    assert solve_dual(parity(), TRACE).run.solver == "cvxopt"
    alone = solve_dual(parity(), TRACE, "structured").run
    assert alone.solver == "structured"
    assert "ended early with a gap of" in alone.remark()


def test_a_decided_sign_needs_no_other_solver(monkeypatch):
    monkeypatch.setattr(systems, "NewtonSystem", Broken(6, singular))
    decided = solve_dual(parity(), TRACE, stop=sign_decided).run
    assert (decided.solver, decided.remark()) == ("structured", "")


def test_where_every_other_solver_fails_the_last_iterate_is_returned(monkeypatch, no_least_squares):
    def failing(*_):
        raise SolverFailed("no")

    monkeypatch.setattr(systems, "NewtonSystem", Broken(2, singular))
    monkeypatch.setattr(methods, "solve_with_picos", failing)
    last = solve_dual(parity(), TRACE).run
    assert last.solver == "structured"
    assert "its gap shrank no further" in last.remark()
    with pytest.raises(SolverFailed):
        solve_dual(parity(), TRACE, "cvxopt")


def test_large_programs_are_left_to_the_structured_solver(monkeypatch):
    monkeypatch.setattr(systems, "NewtonSystem", Broken(2, singular))
    large = white_noise(Scenario(((2, 2),), (4, 4)))
    assert not is_quick_with_picos(large.scenario)
    assert is_quick_with_picos(parity().scenario)
    assert solve_dual(large, TRACE).run.solver == "structured"


# ---- Names and memory ----


def test_names_of_solvers():
    assert picos_name("auto") == picos_name("cvxopt") == picos_name("picos:cvxopt") == "cvxopt"
    assert solve_dual(parity(), TRACE, "auto").run.solver == "structured"
    assert solve_dual(parity(), TRACE, "cvxopt").run.solver == "cvxopt"
    assert solve_dual(parity(), Normalisation.BOX, "auto").run.solver == "structured"
    for name in ("none", "picos:none", "picos:", ""):
        with pytest.raises(InputError, match="--solver: expected one of auto, structured, picos:"):
            solve_dual(parity(), TRACE, name)


def test_memory_is_asked_for_before_it_is_taken():
    large = Scenario(((2, 2, 2),), (16, 16))
    with memory_limit(2**27), pytest.raises(InputError, match=r"needs about .* MiB .*--memory"):
        Structure(large)
    with memory_limit(2**30):
        assert Structure(large).size == 256
    with memory_limit(2**20), pytest.raises(InputError, match="the solver cvxopt needs about"):
        solve_dual(white_noise(Scenario(((2, 2),), (4, 4))), TRACE, "cvxopt")
    with memory_limit(math.inf):
        assert solve_dual(parity(), TRACE).value == pytest.approx(-1 / 8, abs=1e-8)


def test_free_memory_is_found_out():
    assert memory.available_memory() > 2**20


@settings(max_examples=30)
@given(scenarios())
def test_small_scenarios_need_little_memory(scenario):
    assert Structure(scenario).scenario == scenario
    with memory_limit(2**28):
        Structure(scenario)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--memory", "1K"], 2, "needs about"),
        (["--memory", "lots"], 2, "expected a size such as 900M or 8G"),
        (["--memory", "1G", "--solver", "structured"], 0, "POSTQUANTUM"),
        (["--solver", "picos:cvxopt", "--aim", "verdict"], 0, "POSTQUANTUM"),
    ],
)
def test_solver_options_of_the_command_line(options, code, words):
    result = CliRunner().invoke(group, ["certify", "parity", *options])
    assert result.exit_code == code
    assert words in result.output
