"""Certified bounds: known maxima, and no quantum behaviour beyond them."""

from __future__ import annotations

import contextlib
import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CERTIFICATES, DATA
from two_checkers import VERIFIED, recheck_verdict

from exactsteer.against import check_covers
from exactsteer.errors import InputError, Malformed, Rejected, Undecided
from exactsteer.formats import read_input
from exactsteer.formats.functional_file import parse_functional_file, read_functional_file
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.proof import name_of
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.words import words_of_level
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.functionals import (
    bb84_game,
    bell_functional,
    chsh,
    guess_your_neighbours_input,
    i3322,
    monogamy_game,
    mub_game,
    tilted_chsh,
)
from exactsteer.model.gaussian import ket_bra
from exactsteer.programs.moments import augmented_lagrangian, interior_point, reference, solvers
from exactsteer.proving.quantum import exclusion, levels
from exactsteer.proving.quantum import rounded_squares as squares
from exactsteer.proving.quantum.bounds import BoundQuestion, certify_bound, certify_exclusive_events
from exactsteer.proving.quantum.exclusion import certify_not_npa, certify_outside
from exactsteer.proving.quantum.levels import lower_levels, program_for, words_for
from exactsteer.proving.quantum.rounded_squares import Best
from exactsteer.testing import hermitians, realisations

FUNCTIONALS = DATA / "functionals"
FORMATS = CERTIFICATES


def number(q):
    return int(q.p) / int(q.q)


Y_BASIS = (ket_bra([1, (0, 1)], fmpq(1, 2)), ket_bra([1, (0, -1)], fmpq(1, 2)))
Z_BASIS = (ket_bra([1, 0]), ket_bra([0, 1]))

KNOWN = {
    "chsh 1": (chsh, "1", 2 * math.sqrt(2)),
    "chsh 1+AB": (chsh, "1+AB", 2 * math.sqrt(2)),
    "tilted chsh": (lambda: tilted_chsh(1), "1+AB", math.sqrt(10)),
    "tilted chsh 1/2": (lambda: tilted_chsh(fmpq(1, 2)), "1+AB", math.sqrt(8.5)),
    "i3322 1": (i3322, "1", 0.375),
    "i3322 1+AB": (i3322, "1+AB", 0.2514708978),
    "i3322 2": (i3322, "2", 0.2509397217),
    "gyni 2": (guess_your_neighbours_input, "2", 1.1651337802),
    "gyni": (guess_your_neighbours_input, "1+AB+AC+BC+ABC", 1.0),
    "bb84": (bb84_game, "1", math.cos(math.pi / 8) ** 2),
    "bb84 1+AB": (bb84_game, "1+AB", math.cos(math.pi / 8) ** 2),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_values(name):
    functional, level, value = KNOWN[name]
    certificate = certify_bound(functional(), level)
    assert value - 1e-9 < number(certificate.upper) < value + 5e-9
    assert check(certificate.data).statement.upper == certificate.upper
    assert certificate.theorem.statement.functional.coefficients == functional().coefficients


def test_i3322_level_3():
    certificate = certify_bound(i3322(), "3")
    assert certificate.words == 88
    assert certificate.upper <= fmpq(2508755625, 10**10)
    assert number(certificate.upper) > 0.25087556


@pytest.mark.slow
def test_i3322_level_4():
    certificate = certify_bound(i3322(), "4")
    assert certificate.words == 244
    assert fmpq(25087538, 10**8) < certificate.upper <= fmpq(2508753846, 10**10)


@pytest.mark.slow
def test_i3322_level_5():
    certificate = certify_bound(i3322(), "5")
    assert certificate.words == 628
    assert fmpq(25087538, 10**8) < certificate.upper <= fmpq(2508753846, 10**10)
    assert recheck_verdict(certificate.data) == VERIFIED


@pytest.mark.slow
@pytest.mark.parametrize("level", ["1", "1+AB"])
def test_mub_game(level):
    """The Clifford group of a qutrit, 216 unitaries, and both Alices."""
    functional, radius = mub_game()
    certificate = certify_bound(BoundQuestion(functional, radius=radius), level)
    assert 2 / 3 - 1e-9 < number(certificate.upper) < 2 / 3 + 1e-8
    assert certificate.theorem.statement.radius == radius
    assert "432 symmetries" in certificate.theorem.provenance["solver"]


def test_a_given_bound_is_taken_or_undecided():
    assert certify_bound(BoundQuestion(chsh(), upper=fmpq(3)), "1").theorem.statement.upper == 3
    with pytest.raises(Undecided, match="higher level"):
        certify_bound(BoundQuestion(chsh(), upper=fmpq(28, 10)), "1")
    with pytest.raises(Malformed, match="level"):
        certify_bound(chsh(), "1+AC")


@pytest.mark.parametrize("exponent", [-200, -25, -7, 4, 25, 200])
def test_coefficients_of_any_size_are_bounded_as_well(exponent):
    """What is proved of a multiple is the multiple of what is proved, and so are the sentences."""
    factor = fmpq(10) ** exponent

    def times(functional):
        scaled = {e: f.scaled(factor) for e, f in functional.coefficients.items()}
        return Functional(functional.scenario, scaled)

    certificate = certify_bound(times(bb84_game()), "1")
    assert abs(number(certificate.upper / factor) - math.cos(math.pi / 8) ** 2) < 1e-9
    assert certificate.theorem.statement.functional == times(bb84_game())
    exact = BoundQuestion(times(i3322()), exact=True)
    assert certify_bound(exact, "1").upper == fmpq(3, 8) * factor
    with pytest.raises(Undecided, match=r"the bound \S+( \* 10\^-?[0-9]+)? at best"):
        certify_bound(BoundQuestion(times(chsh()), upper=fmpq(28, 10) * factor), "1")


def test_exclusive_events():
    certificate = certify_exclusive_events(guess_your_neighbours_input())
    assert certificate.upper == 1
    assert len(certificate.data) < 1000
    for other in (chsh(), bb84_game(), i3322()):
        with pytest.raises(Undecided):
            certify_exclusive_events(other)


def value_of(functional, realisation):
    """F(S) of a realisation, exactly."""
    joint = realisation.joint_states()
    total = fmpq(0)
    for (a, x), f in functional.coefficients.items():
        for b in functional.scenario.answers(x):
            if all(v < 0 or v == w for v, w in zip(a, b, strict=True)):
                total += f.inner(joint[b, x])
    return total


PROVED: dict[str, object] = {}


def proved(name):
    if name not in PROVED:
        functional, level, _ = KNOWN[name]
        PROVED[name] = certify_bound(functional(), level)
    return PROVED[name]


@settings(max_examples=25)
@given(st.sampled_from(["chsh 1", "tilted chsh", "i3322 2", "gyni", "bb84"]), st.data())
def test_no_quantum_behaviour_exceeds_a_proved_bound(name, data):
    functional, _, _ = KNOWN[name]
    realisation = data.draw(realisations(functional().scenario))
    assert value_of(functional(), realisation) <= proved(name).upper


@st.composite
def functionals(draw):
    """Functionals of small scenarios with complex coefficients and three outcomes."""
    scenario = Scenario(
        draw(st.sampled_from([((2, 3), (2,)), ((2, 2), (3,)), ((3,), (2, 2))])),
        draw(st.sampled_from([(1,), (2,)])),
    )
    elements = st.sampled_from(list(scenario.elements()))
    chosen = draw(st.lists(elements, min_size=1, max_size=6, unique=True))
    D = scenario.joint_dimension
    return Functional(scenario, {e: draw(hermitians(D, 2)) for e in chosen})


@settings(max_examples=15)
@given(functionals(), st.data())
def test_random_functionals_are_bounded(functional, data):
    certificate = certify_bound(BoundQuestion(functional, digits=8), "1+AB")
    for _ in range(3):
        realisation = data.draw(realisations(functional.scenario))
        assert value_of(functional, realisation) <= certificate.upper
    # For each setting sum_a tr[F_{a|x} S_{a|x}] is at most the largest eigenvalue of the F_{a|x},
    # or 0 when an element has no coefficient; a level with all products AB knows that.
    worst = sum(
        max(
            [0.0]
            + [
                float(np.linalg.eigvalsh(as_array(f))[-1])
                for (_, y), f in functional.coefficients.items()
                if y == x
            ],
        )
        for x in functional.scenario.settings()
    )
    assert number(certificate.upper) <= worst + 1e-6


def as_array(h):
    den, re, im = h.integers()
    return np.array(
        [
            [complex(int(a), int(b)) / int(den) for a, b in zip(p, q, strict=True)]
            for p, q in zip(re, im, strict=True)
        ]
    )


@pytest.mark.parametrize(
    ("functional", "level"),
    [
        (chsh(), "1+AB"),
        (i3322(), "1+AB"),
        (bb84_game(), "1"),
        (monogamy_game((Z_BASIS, Y_BASIS)), "1"),
        (guess_your_neighbours_input(), "2"),
    ],
)
def test_all_methods_agree(functional, level):
    """(P) max b.y with C - sum y_k A_k >= 0, (D) min tr[C Z] with tr[A_k Z] = b_k, Z >= 0.

    PICOS with CVXOPT, the interior-point and the augmented Lagrangian method give the same values,
    and multipliers Z that satisfy (D).
    """
    scenario = functional.scenario
    words = words_of_level(scenario.outcomes, level, scenario.joint_dimension, "level")
    program = program_for(functional, words).in_one_block()
    expected = reference.solve(program)
    assert expected.dual_value == pytest.approx(expected.primal_value, abs=1e-6)
    for method, accuracy in ((interior_point, 1e-6), (augmented_lagrangian, 1e-6)):
        run = method.solve(program)
        assert run.dual_value == pytest.approx(expected.dual_value, abs=accuracy)
        assert run.primal_value == pytest.approx(expected.dual_value, abs=accuracy)
        assert_multiplier(program, run.Z, accuracy)
    assert_multiplier(program, expected.Z, 1e-6)


def assert_multiplier(program, Z, accuracy):
    traces = sum(
        (b.A.conj().T @ z.reshape(-1)).real for b, z in zip(program.blocks, Z, strict=True)
    )
    assert traces == pytest.approx(program.b, abs=10 * accuracy)
    assert min(np.linalg.eigvalsh(z)[0] for z in Z) > -10 * accuracy


def chained(settings):
    """Braunstein and Caves: at most 2 n cos(pi/2n) for n settings, which level 1 proves."""
    correlators = {f"A{x} B{x}": "1" for x in range(settings)}
    correlators |= {f"A{x + 1} B{x}": "1" for x in range(settings - 1)}
    value = {
        "format": "exactsteer functional 1",
        "scenario": {"dimensions": ["1"], "outcomes": [["2"] * settings] * 2},
        "correlators": {**correlators, f"A0 B{settings - 1}": "-1"},
    }
    return parse_functional_file(json.dumps(value).encode()).functional


def test_a_large_program_by_the_augmented_lagrangian(monkeypatch):
    monkeypatch.setattr(levels, "symmetric_program", lambda functional, words: None)
    monkeypatch.setattr(solvers, "MAX_VARIABLES", 40)
    certificate = certify_bound(chained(3), "2")
    assert "augmented Lagrangian" in certificate.theorem.provenance["solver"]
    assert (certificate.level, certificate.words, certificate.open) == ("2", 28, "")
    assert number(certificate.upper) == pytest.approx(6 * math.cos(math.pi / 6), abs=1e-9)


@pytest.mark.parametrize(
    ("functional", "level", "lower"),
    [(chained(3), "2", "1"), (chsh(), "1+AB", "1"), (bb84_game(), "2", "1")],
)
def test_a_level_whose_solver_did_not_converge_is_no_worse_than_the_level_below(
    functional, level, lower, monkeypatch
):
    monkeypatch.setattr(levels, "symmetric_program", lambda functional, words: None)
    below = certify_bound(functional, lower)
    D = functional.scenario.joint_dimension
    variables = program_for(functional, words_for(functional.scenario, D, lower)).A.shape[1]
    monkeypatch.setattr(solvers, "MAX_VARIABLES", variables)
    monkeypatch.setattr(augmented_lagrangian, "PRODUCTS", 0)
    monkeypatch.setattr(augmented_lagrangian, "FIRST_STEPS", 10)
    with pytest.raises(Undecided, match=f"did not converge at level .*level {lower} does") as error:
        certify_bound(functional, level)
    assert f"{number(below.upper):.9g}"[:8] in str(error.value)


@pytest.mark.parametrize(
    ("level", "lower"),
    [
        ("1", []),
        ("3", ["2", "1"]),
        ("1+AB", ["1"]),
        ("AB+AAB+1", ["AB+1", "1"]),
        ("4+AABB", ["3", "2", "1"]),
        ("1+AABB+2", ["1+2", "1"]),
    ],
)
def test_lower_levels_are_the_first_words_of_a_level(level, lower):
    assert list(lower_levels(level)) == lower
    outcomes = ((2, 3), (2, 2))
    words = words_of_level(outcomes, level, 1, "level")
    for text in lower:
        fewer = words_of_level(outcomes, text, 1, "level")
        assert words[: len(fewer)] == fewer


def test_a_proof_that_fits_in_no_file_is_refused_before_the_solve(monkeypatch):
    monkeypatch.setattr(squares, "ROOM", 3800)
    monkeypatch.setattr(levels, "solve_moments", None)
    monkeypatch.setattr(exclusion, "solve_moments", None)
    with pytest.raises(InputError, match=r"28 words.*lower level"):
        certify_bound(i3322(), "2")
    box = read_input("pr_box")
    monkeypatch.setattr(squares, "ROOM", 100)
    for prove in (certify_not_npa, certify_outside):
        with pytest.raises(InputError, match="lower level"):
            prove(box, "1")


@pytest.mark.parametrize(
    ("functional", "level"), [(i3322(), "2"), (monogamy_game((Z_BASIS, Y_BASIS)), "2")]
)
def test_as_many_bits_as_fit_into_a_file(functional, level, monkeypatch):
    long = certify_bound(functional, level)
    monkeypatch.setattr(squares, "FEWEST_CHARACTERS", 1)
    factor = len(json.dumps(json.loads(long.data)["evidence"], separators=(",", ":")))
    monkeypatch.setattr(squares, "ROOM", int(0.8 * factor))
    short = certify_bound(functional, level)
    saved = (len(long.data) - len(short.data)) / factor
    assert 0.05 < saved < 0.3
    assert long.upper < short.upper < long.upper + fmpq(1, 10**6)
    monkeypatch.setattr(squares, "ROOM", int(0.3 * factor))
    with pytest.raises(Undecided, match="fits in no proof file"):
        certify_bound(functional, level)


def test_stalls_count_only_where_the_solver_is_accurate():
    functional = chsh()
    best = Best(program_for(functional, words_for(functional.scenario, 1, "1")), homogeneous=False)
    Z = np.eye(5)
    assert best.offer(Z, 1e-9)
    assert all(best.offer(Z, 1e-3) for _ in range(50))
    # Another solver is waited for as long.
    for _ in range(2):
        assert [best.offer(Z, 1e-9) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("worse", "better"),
    [(interior_point, "augmented Lagrangian"), (augmented_lagrangian, "interior point")],
)
def test_of_two_methods_the_more_accurate_run_counts(worse, better, monkeypatch):
    solve = worse.solve
    monkeypatch.setattr(levels, "symmetric_program", lambda functional, words: None)
    monkeypatch.setattr(solvers, "FEW_VARIABLES", 0)
    monkeypatch.setattr(solvers, "ACCURATE", 0.0)
    monkeypatch.setattr(worse, "solve", lambda *a, **b: replace(solve(*a, **b), error=1.0))
    certificate = certify_bound(chsh(), "1")
    assert better in certificate.theorem.provenance["solver"]
    assert certificate.open == ""


@pytest.mark.slow
def test_four_settings_at_level_3_are_no_worse_than_level_2():
    """6156 variables, too many for the interior-point method without symmetry."""
    signs = ["++++", "++--", "+-+0", "+--+"]
    joint = {
        f"A{x} B{y}": {"+": "1", "-": "-1", "0": "0"}[sign]
        for x, row in enumerate(signs)
        for y, sign in enumerate(row)
    }
    value = {
        "format": "exactsteer functional 1",
        "scenario": {"dimensions": ["1"], "outcomes": [["2"] * 4] * 2},
        "correlators": {**joint, "A0": "-1/2", "B1": "1/3"},
    }
    functional = parse_functional_file(json.dumps(value).encode()).functional
    below = certify_bound(functional, "2")
    with contextlib.suppress(Undecided):
        assert certify_bound(functional, "3").upper < below.upper + fmpq(1, 10**9)


def test_a_better_bound_of_a_solver_that_did_not_converge_is_called_so(monkeypatch):
    monkeypatch.setattr(levels, "symmetric_program", lambda functional, words: None)
    monkeypatch.setattr(solvers, "MAX_VARIABLES", 40)
    monkeypatch.setattr(augmented_lagrangian, "PRODUCTS", 60)
    certificate = certify_bound(i3322(), "2")
    assert 0.25093972 < number(certificate.upper) < 0.3749
    assert "level 2 may prove less" in certificate.open
    assert "augmented Lagrangian" in certificate.open
    assert check(certificate.data).statement.upper == certificate.upper


def test_the_fall_back_is_picos(monkeypatch):
    monkeypatch.setattr(
        interior_point,
        "solve",
        lambda program, offer: interior_point.Run(
            [block.C for block in program.blocks], program.b, 0.0, 0.0, math.inf, 0, "nothing"
        ),
    )
    certificate = certify_bound(chsh(), "1")
    assert "PICOS" in certificate.theorem.provenance["solver"]
    assert number(certificate.upper) < 2 * math.sqrt(2) + 1e-5


def test_without_the_word_1_a_level_may_bound_nothing():
    """A projector is not 1 when it is squared, so its probability is bounded by 1 alone."""
    probability = bell_functional(((2, 3), (2,)), {"0,*|1,0": 1})
    with pytest.raises(Undecided, match=r"lacks the word 1.*--level '1 \+ A'"):
        certify_bound(probability, "A")
    assert certify_bound(probability, "1+A").upper <= 1 + fmpq(1, 10**9)


def test_levels_that_do_not_reach_the_functional():
    with pytest.raises(InputError, match="A0 B0 C0"):
        certify_bound(guess_your_neighbours_input(), "1")
    # 1 is no product of two projectors, and no moment matrix of theirs alone is normalised.
    for coefficients in ({"0|0": 1}, {}):
        with pytest.raises(InputError, match="the word 1,"):
            certify_bound(bell_functional(((3,),), coefficients), "A")
    assert 1 <= certify_bound(bell_functional(((2,),), {"0|0": 1}), "A+0").upper < fmpq(101, 100)
    constant = bell_functional(((2,), (2,)), {"*,*|0,0": 3})
    assert 3 <= certify_bound(constant, "0").upper <= 3 + fmpq(1, 10**11)


def test_the_worked_example_of_the_format():
    text = (FORMATS / "FORMAT.md").read_text(encoding="utf-8")
    example = re.findall(r"```json example\n(.*?)```", text, re.DOTALL)[1]
    assert check(example.encode()).statement.upper == 1


def test_the_data_files_are_the_named_functionals():
    named = {
        "chsh": (chsh(), 0),
        "tilted_chsh": (tilted_chsh(1), 0),
        "i3322": (i3322(), 0),
        "guess_your_neighbours_input": (guess_your_neighbours_input(), 0),
        "bb84_game": (bb84_game(), 0),
        "mub_game": mub_game(),
    }
    for name, (functional, radius) in named.items():
        read = read_functional_file(FUNCTIONALS / f"{name}.json")
        assert read.functional == functional
        assert read.radius == radius
    game = certify_bound(read_functional_file(FUNCTIONALS / "chsh_game.json").functional, "1")
    assert number(game.upper) == pytest.approx(math.cos(math.pi / 8) ** 2, abs=1e-9)


def test_the_bases_of_the_mub_game_are_unbiased():
    functional, radius = mub_game()
    for (a, x), p in functional.coefficients.items():
        assert p.trace() == fmpq(1, 4)
        for (b, y), q in functional.coefficients.items():
            expected = 1 / 48 if x != y else (1 / 16 if a == b else 0)
            assert number(p.inner(q)) == pytest.approx(expected, abs=1e-15)
    assert radius < fmpq(1, 10**29)


def test_a_bound_lower_by_a_unit_is_rejected():
    certificate = certify_bound(chsh(), "1")
    text = certificate.data.decode()
    digits = f"{certificate.upper.p}/{certificate.upper.q}"
    assert digits in text
    lower = certificate.upper - fmpq(2, 10**12)
    with pytest.raises(Rejected) as error:
        check(renamed(text.replace(digits, f"{lower.p}/{lower.q}")))
    assert error.value.rule == "squares"


def renamed(text):
    value = json.loads(text)
    value["theorem"] = name_of(value["statement"])
    return json.dumps(value).encode()


def test_whether_a_bound_is_about_the_users_functional():
    functional, radius = mub_game()
    near = certify_exclusive_events(guess_your_neighbours_input()).theorem.statement
    check_covers(near, guess_your_neighbours_input(), fmpq(0))
    with pytest.raises(Rejected, match="scenario"):
        check_covers(near, functional, radius)
    terms = dict(guess_your_neighbours_input().coefficients)
    first = next(iter(terms))
    for changed in (
        {first: terms[first].scaled(fmpq(1, 2))},
        {**terms, ((0, 0, 0), (1, 1, 1)): terms[first]},
    ):
        with pytest.raises(Rejected) as error:
            check_covers(near, Functional(near.scenario, changed), fmpq(0))
        assert error.value.rule == "against"
    with pytest.raises(Rejected, match="radius"):
        check_covers(near, guess_your_neighbours_input(), fmpq(1, 100))
    wide = certify_bound(
        BoundQuestion(chsh(), radius=fmpq(1, 1000), upper=fmpq(3)), "1"
    ).theorem.statement
    moved = {e: h.scaled(fmpq(1001, 1000)) for e, h in chsh().coefficients.items()}
    check_covers(wide, Functional(wide.scenario, moved), fmpq(0))
    with pytest.raises(Rejected, match="difference"):
        check_covers(wide, Functional(wide.scenario, moved), fmpq(1, 10**6))


@settings(max_examples=15)
@given(realisations(chsh().scenario), st.lists(st.integers(-1, 1), min_size=16, max_size=16))
def test_the_radius_of_a_bound_covers_the_functionals_within(realisation, signs):
    radius = fmpq(1, 100)
    if "radius" not in PROVED:
        PROVED["radius"] = certify_bound(BoundQuestion(chsh(), radius=radius), "1")
    moved = {
        e: h + Hermitian.identity(1).scaled(radius * s)
        for (e, h), s in zip(chsh().coefficients.items(), signs, strict=True)
    }
    value = value_of(Functional(chsh().scenario, moved), realisation)
    assert value <= PROVED["radius"].upper
