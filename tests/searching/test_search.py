"""exactsteer search: targets, simplification, reproducibility, command line."""

from __future__ import annotations

import json
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner

from exactsteer.cli import group
from exactsteer.errors import InputError, SolverFailed, Undecided
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.named import breuer_hall_steering, parity
from exactsteer.model.noise import TWO_QUBITS
from exactsteer.programs.seesaw import alternate, lambda_of, solve_floats
from exactsteer.programs.structured import Structure, solve_structured
from exactsteer.searching.find import (
    NothingFound,
    Options,
    search_construction,
    search_scenario,
)
from exactsteer.searching.named import NAMED, named_construction
from exactsteer.searching.small_assemblage import small_assemblages
from exactsteer.searching.small_state import small_states
from exactsteer.searching.words import state_text

TRANSPOSE = (1 - 2 / math.sqrt(3)) / 8
BREUER_HALL = -0.005802010
KNOWN_SMALL = -0.0057526


def maker(name):
    return named_construction(name).make


def made(name):
    return maker(name)()


def is_proved(found):
    """The theorem is about the exact assemblage, whose lambda is recomputed by another way in."""
    theorem = check(found.certificate.data)
    assert theorem.claim == "no parent states"
    assert theorem.statement.centre == found.assemblage
    assert solve_structured(found.assemblage).value == pytest.approx(found.value, abs=1e-8)


# ---- Targets ----


def test_the_transpose_assemblage_is_found():
    found = search_construction(maker("transpose"), Options(starts=3))
    assert [s.value for s in found.starts] == pytest.approx([TRANSPOSE] * 3, abs=1e-8)
    assert found.value == pytest.approx(TRANSPOSE, abs=1e-8)
    assert found.state.size == 8
    assert found.assemblage == made("transpose").exact(found.state.amplitudes)
    assert found.robustness == pytest.approx(1 - math.sqrt(3) / 2, abs=1e-6)
    is_proved(found)


def test_the_parity_assemblage_is_found():
    found = search_scenario(TWO_QUBITS, Options(starts=3))
    assert [s.robustness for s in found.starts] == pytest.approx([0.5] * 3, abs=1e-6)
    assert found.robustness >= 0.499
    assert found.state is None
    entries = {v for k in (0, 1) for s in found.assemblage[k].values() for v in s.integers()[0:1]}
    assert entries == {2}
    assert found.value == pytest.approx(solve_structured(parity()).value, abs=1e-8)
    is_proved(found)


@pytest.mark.slow
def test_breuer_hall_is_found_from_every_start():
    found = search_construction(maker("breuer-hall"), Options(starts=8))
    assert all(s.value == pytest.approx(BREUER_HALL, abs=1e-8) for s in found.starts)
    assert all(s.robustness == pytest.approx(0.084946, abs=1e-6) for s in found.starts)
    assert found.value <= KNOWN_SMALL
    assert found.state.size <= 8
    assert solve_structured(breuer_hall_steering()).value >= found.value - 1e-8
    is_proved(found)


@pytest.mark.slow
def test_two_alices_are_searched():
    found = search_construction(maker("breuer-hall-two-alices"), Options(starts=1))
    assert found.assemblage.scenario.n == 2
    assert found.value <= -0.0028763
    is_proved(found)


@pytest.mark.slow
def test_three_settings_reach_the_same_robustness():
    found = search_scenario(Scenario(((2, 2, 2),), (2, 2)), Options(starts=3))
    assert found.robustness >= 0.499
    is_proved(found)


def test_unequal_outcomes_and_two_alices():
    for outcomes in (((2, 3),), ((2, 2), (2, 1))):
        found = search_scenario(Scenario(outcomes, (2, 2)), Options(starts=1))
        assert found.value < -0.01
        is_proved(found)


# ---- Simplification ----


@pytest.mark.parametrize("keep", [0.9, 0.99, 1.0])
def test_simplifications_keep_their_share(keep):
    construction = made("transpose")
    rng = np.random.default_rng(1)
    # A state off the optimum, so that the share matters.
    state = np.array([1, 0.35, 0.1, 0.02, -1j, 0.4j, 0.02j, 0], dtype=complex)
    structure = Structure(construction.scenario)
    best = solve_floats(structure, construction.families(state)).value
    assert best < 0
    bound = keep * best * (1 - 1e-7)
    small = next(small_states(construction, [state], bound, rng, forms=4))
    exact = construction.exact(small.amplitudes)
    assert solve_structured(exact).value <= bound + 1e-8
    assert math.gcd(*(v for pair in small.amplitudes for v in pair)) == 1


@pytest.mark.slow
def test_a_smaller_share_gives_no_larger_integers():
    construction = made("breuer-hall")
    run = alternate(construction, construction.random(np.random.default_rng(2)))
    states = [run.point.state]
    sizes = [
        next(
            small_states(construction, states, keep * run.value, np.random.default_rng(1), forms=6)
        ).size
        for keep in (0.9, 0.999)
    ]
    assert sizes[0] < sizes[1]


def test_what_cannot_be_kept_is_undecided(monkeypatch):
    from exactsteer.searching import find

    monkeypatch.setattr(find, "small_states", lambda *_: iter(()))
    with pytest.raises(Undecided, match="lower --keep"):
        search_construction(maker("transpose"), Options(starts=1))


def test_a_simplification_that_cannot_be_proved_is_passed_over(monkeypatch):
    from exactsteer.searching import find

    proofs = []

    def second(given):
        proofs.append(given)
        if len(proofs) == 1:
            raise Undecided("too close", "try")
        return certify(given)

    certify = find.certify_no_parent_states
    monkeypatch.setattr(find, "certify_no_parent_states", second)
    found = search_scenario(TWO_QUBITS, Options(starts=1))
    assert len(proofs) == 2
    is_proved(found)


# ---- Reproducibility ----


def without_seconds(found):
    return [(s.number, s.tries, s.steps, s.value) for s in found.starts]


@pytest.mark.slow
def test_a_seed_gives_the_same_search_and_start_i_does_not_depend_on_their_number():
    construction = maker("transpose")
    one = search_construction(construction, Options(starts=1, seed=3))
    again = search_construction(construction, Options(starts=1, seed=3))
    assert without_seconds(one) == without_seconds(again)
    assert one.state == again.state
    assert one.assemblage == again.assemblage
    two = search_construction(construction, Options(starts=2, seed=3))
    assert without_seconds(two)[:1] == without_seconds(one)
    assert two.starts[0].value != two.starts[1].value


# ---- Failures ----


def test_nothing_is_found_where_nothing_is():
    with pytest.raises(NothingFound, match="nothing postquantum was found: the smallest") as caught:
        search_scenario(Scenario(((2, 2),), (2,)), Options(starts=2))
    assert len(caught.value.starts) == 2
    assert all(s.value > -1e-7 for s in caught.value.starts)


@pytest.mark.parametrize(
    "bad", [{"starts": 0}, {"seed": -1}, {"keep": 0}, {"keep": 1.5}, {"keep": math.nan}]
)
def test_unfit_options_are_refused(bad):
    with pytest.raises(InputError, match=next(iter(bad))):
        Options(**bad)


def test_states_in_words():
    construction = made("transpose")
    amplitudes = [(2, 0), (0, 1), (0, -1), (-1, 0), (1, -2), (0, 0), (-3, 1), (0, 3)]
    assert state_text(construction, amplitudes) == (
        "2|0>|00> + i|0>|01> - i|0>|10> - |0>|11> + (1 - 2i)|1>|00> + (-3 + i)|1>|10> + 3i|1>|11>"
    )


# ---- Command line ----


def run(*arguments):
    return CliRunner().invoke(group, ["search", *map(str, arguments)])


def test_search_writes_files_that_belong_together(tmp_path):
    proof, assemblage = tmp_path / "proof.json", tmp_path / "assemblage.json"
    result = run(
        "--construction", "transpose", "--starts", 2, "-o", proof, "--assemblage", assemblage
    )
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split()[:4] == ["start", "tries", "steps", "lambda"]
    assert [line.split()[0] for line in lines[1:3]] == ["1", "2"]
    assert any(line.startswith("state, not normalised: ") for line in lines)
    assert lines[-1].startswith("POSTQUANTUM, proved")
    checked = CliRunner().invoke(group, ["check", str(proof), "--against", str(assemblage)])
    assert checked.exit_code == 0, checked.output
    written = json.loads(assemblage.read_text(encoding="utf-8"))
    assert written["numbers"] == "exact"
    assert "State, not normalised: " in written["note"]


def test_search_in_json():
    result = run("--outcomes", "2,2", "--dimensions", "2,2", "--starts", 1, "--json")
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    assert value["verdict"] == "postquantum"
    assert value["white_noise_robustness"] == pytest.approx(0.5, abs=1e-6)
    assert value["state"] is None
    assert len(value["starts"]) == 1


def test_several_alices_in_one_option_or_several():
    texts = [
        run("--dimensions", "2,2", "--starts", 1, *outcomes).stdout
        for outcomes in (
            ("--outcomes", "2,2;2"),
            ("--outcomes", "2,2", "--outcomes", "2"),
        )
    ]
    assert "Alice 2 with 1 setting of 2 outcomes" in texts[0]
    assert texts[0].splitlines()[-4:] == texts[1].splitlines()[-4:]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "either --construction or --outcomes"),
        (["--construction", "transpose", "--outcomes", "2"], "either --construction"),
        (["--construction", "foo"], "breuer-hall, breuer-hall-two-alices, transpose"),
        (["--outcomes", "2,2"], "both --outcomes and --dimensions"),
        (["--dimensions", "2,2"], "both --outcomes and --dimensions"),
        (["--outcomes", "2,x", "--dimensions", "2,2"], "'2,x'"),
        (["--outcomes", "2,0", "--dimensions", "2,2"], "'2,0'"),
        (["--outcomes", "2,2;", "--dimensions", "2,2"], "--outcomes"),
        (["--outcomes", "2,2", "--dimensions", "200,2"], "at most 256"),
        (["--outcomes", "2,2", "--dimensions", "2,2", "--keep", "2"], "keep"),
        (["--outcomes", "2,2", "--dimensions", "2,2", "--starts", "0"], "starts"),
        (["--construction", "transpose", "--seed", "-1"], "seed"),
        (["--construction", "transpose", "--solver", "nosolver"], "--solver"),
        (["--construction", "transpose", "--assemblage", "a.txt"], ".json, .npz, .mat"),
        (["--construction", "transpose", "-o", "/nonexistent/a.json"], "does not exist"),
    ],
)
def test_bad_input_is_one_sentence(arguments, part):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    text = result.stderr.strip()
    assert len(text.splitlines()) == 1
    assert part in text
    assert "Traceback" not in text


def test_nothing_found_is_exit_code_3():
    result = run("--outcomes", "2,2", "--dimensions", "2", "--starts", 1)
    assert result.exit_code == 3
    assert result.stderr.startswith("UNDECIDED: search: nothing postquantum was found")
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_help_names_every_construction():
    text = run("--help").output
    assert all(name in text for name in NAMED)


def test_a_failing_solver_is_another_try_until_all_failed(monkeypatch):
    from exactsteer.searching import starts

    calls = []

    def failing(domain, point, structure):
        calls.append(point)
        if len(calls) < 3:
            raise SolverFailed("no numbers")
        return alternate(domain, point, structure=structure)

    monkeypatch.setattr(starts, "alternate", failing)
    found = search_construction(maker("transpose"), Options(starts=1))
    assert found.starts[0].tries == 3

    def never(domain, point, structure):
        raise SolverFailed("no numbers")

    monkeypatch.setattr(starts, "alternate", never)
    with pytest.raises(
        SolverFailed, match="none of the random starts came to an end; every one of 10"
    ):
        search_construction(maker("transpose"), Options(starts=2))


def test_a_start_that_fails_is_a_row_with_its_reason(monkeypatch):
    from exactsteer.searching import starts

    calls = []

    def failing(domain, point, structure):
        calls.append(point)
        if len(calls) <= starts.MAX_TRIES:
            raise np.linalg.LinAlgError("eigenvalues did not converge")
        return alternate(domain, point, structure=structure)

    monkeypatch.setattr(starts, "alternate", failing)
    found = search_construction(maker("transpose"), Options(starts=2))
    assert found.starts[0].value is None
    assert "eigenvalues did not converge" in found.starts[0].reason
    assert found.starts[1].value == pytest.approx(TRANSPOSE, abs=1e-8)
    is_proved(found)


# ---- The starts as a sweep ----


@pytest.mark.slow
def test_starts_are_the_same_wherever_they_are_carried_out():
    here = search_construction(maker("transpose"), Options(starts=3, seed=2))
    with ThreadPoolExecutor(2) as executor:
        there = search_construction(
            maker("transpose"), Options(starts=3, seed=2, executor=executor)
        )
    assert without_seconds(here) == without_seconds(there)
    assert here.assemblage == there.assemblage


@pytest.mark.slow
def test_starts_in_processes():
    here = search_construction(maker("transpose"), Options(starts=6, seed=2))
    there = search_construction(maker("transpose"), Options(starts=6, seed=2, workers=2))
    assert without_seconds(here) == without_seconds(there)
    assert here.assemblage == there.assemblage
    in_scenario = [search_scenario(TWO_QUBITS, Options(starts=4, workers=w)) for w in (None, 2)]
    assert len({found.assemblage for found in in_scenario}) == 1


def test_a_folder_keeps_the_starts(tmp_path, monkeypatch):
    from exactsteer.searching import starts

    began = []

    def counted(domain, point, structure):
        began.append(point)
        if len(began) == 3:
            raise KeyboardInterrupt
        return alternate(domain, point, structure=structure)

    monkeypatch.setattr(starts, "alternate", counted)
    with pytest.raises(KeyboardInterrupt):
        search_construction(maker("transpose"), Options(starts=3, folder=tmp_path / "kept"))
    kept = len((tmp_path / "kept" / "rows.jsonl").read_text().splitlines())
    assert kept >= 1
    monkeypatch.setattr(starts, "alternate", alternate)
    found = search_construction(maker("transpose"), Options(starts=2, folder=tmp_path / "kept"))
    fresh = search_construction(maker("transpose"), Options(starts=2))
    assert without_seconds(found) == without_seconds(fresh)
    assert found.assemblage == fresh.assemblage
    table = (tmp_path / "kept" / "results.csv").read_text().splitlines()
    assert table[0].startswith("index,name,steps,tries,screening")
    with pytest.raises(InputError, match="holds another sweep"):
        search_construction(maker("transpose"), Options(seed=5, folder=tmp_path / "kept"))


def test_irrational_assemblages_get_a_denominator():
    """Monogamy correlations along Z and at one radian, elements of rank one, Bobs turned apart."""
    rng = np.random.default_rng(11)

    def family():
        turn = np.linalg.qr(rng.standard_normal((2, 2)) + 1j * rng.standard_normal((2, 2)))[0]
        return {
            ((a,), (x,)): turn
            @ (np.eye(2) + (-1) ** a * np.array([[np.cos(x), np.sin(x)], [np.sin(x), -np.cos(x)]]))
            @ turn.conj().T
            / 4
            for a in (0, 1)
            for x in (0, 1)
        }

    sigma = [family(), family()]
    best = lambda_of(Structure(TWO_QUBITS), sigma)
    assert best < -0.01
    small = next(small_assemblages(TWO_QUBITS, [sigma], 0.99 * best, rng))
    assert small.denominator < 2000
    assert solve_structured(small.assemblage).value <= 0.99 * best + 1e-8
    for family_ in (small.assemblage[0], small.assemblage[1]):
        assert all(small.denominator % int(s.integers()[0]) == 0 for s in family_.values())
